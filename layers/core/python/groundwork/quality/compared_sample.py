"""Which data objects of a job are compared where comparing all would take too long."""

from __future__ import annotations

from dataclasses import dataclass

from groundwork.consolidation.vote_sample import scattered

MOST_SECONDS = 360.0
"""Of the 15 minutes a function may run; reading all answers takes its time too, whether they are compared or not."""
NUMBERS = float(1 << 32)


@dataclass(slots=True)
class ComparedSample:
    """Takes an even share of the objects, by a number that follows from their ids alone.

    How large the share may be follows from what objects have cost so far, so that it takes no second pass. Where later
    ones are much larger, no more is compared after twice the time.
    """

    objects: int
    """Of the job, at the most."""
    most_seconds: float = MOST_SECONDS
    seen: int = 0
    seen_seconds: float = 0.0
    spent_seconds: float = 0.0
    taken: int = 0

    def takes(self, object_id: int, seconds: float, *, foremost: bool = False) -> bool:
        """Whether to compare an object that takes so long; `foremost` ones while there is any time at all."""
        self.seen += 1
        self.seen_seconds += seconds
        total = self.seen_seconds / self.seen * max(self.objects, self.seen)
        within = scattered(object_id) / NUMBERS * total < self.most_seconds
        if not (foremost or within) or self.spent_seconds + seconds > 2 * self.most_seconds:
            return False
        self.spent_seconds += seconds
        self.taken += 1
        return True

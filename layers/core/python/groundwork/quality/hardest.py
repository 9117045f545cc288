"""The data objects whose labels are least sure."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from groundwork.quality.judged import JudgedObject

MOST = 24
"""Objects that are listed."""
SURE = 0.9
"""Confidence from which a label that all workers agree on is in no doubt."""
LONGEST_TEXT = 500
"""Characters of a text that are shown."""


@dataclass(frozen=True, slots=True)
class HardObject:
    """An object and the mean agreement of its answers."""

    item: JudgedObject
    agreement: float | None

    @property
    def rank(self) -> tuple[float, float, int]:
        """Lowest confidence first, then lowest agreement; where there is no confidence, the agreement stands for it."""
        agreement = 1.0 if self.agreement is None else self.agreement
        confidence = agreement if self.item.confidence is None else self.item.confidence
        return confidence, agreement, self.item.object_id


@dataclass(slots=True)
class Hardest:
    """The hardest objects so far; memory does not grow with the number of objects."""

    found: list[tuple[tuple[float, float, int], HardObject]] = field(default_factory=list)

    def add(self, item: JudgedObject, agreement: float | None) -> None:
        """Keep the object if it is one of the hardest; one of which nothing is in doubt, never."""
        hard = HardObject(item, agreement)
        confidence, least, object_id = hard.rank
        if not item.labeled or (confidence >= SURE and least >= 1):
            return
        # A heap gives up its smallest element, which is to be the easiest object.
        heapq.heappush(self.found, ((-confidence, -least, -object_id), hard))
        if len(self.found) > MOST:
            heapq.heappop(self.found)

    def listed(self) -> list[HardObject]:
        """List them, the hardest first."""
        return sorted((hard for _, hard in self.found), key=lambda hard: hard.rank)

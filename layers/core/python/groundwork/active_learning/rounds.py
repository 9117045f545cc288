"""One round: what the model labels now, which data objects people label next (spec: workflows §3).

The bound speaks of one population: the open objects, and those held-out ones that would be open too had they not been
drawn. An object that is asked for because the model is unsure leaves the open ones; so a held-out object that would
have been asked for in that round stops validating. What validates is thus always a lot's share of what is judged.

Labels of the model are final, and nothing is gained by giving them early: the objects that people label in between are
unsure ones, which the model would not label anyway. So a round labels only when all that is left over fits into one
more round of people, or when a look has failed and learning promises no fewer labels of people. Until then it learns.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from groundwork.active_learning.arrays import Floats, Indices
from groundwork.active_learning.calibration import calibrated
from groundwork.active_learning.next_people import next_people, split
from groundwork.active_learning.outlook import Outlook, expected_violation, outlook
from groundwork.active_learning.pool import Asked, Pool
from groundwork.active_learning.reasons import NOTHING_OPEN, needed, never, still_learning, too_few, too_wrong
from groundwork.active_learning.representation import represent
from groundwork.active_learning.risk import SHARE, first_size, round_size
from groundwork.active_learning.round import AutoLabels, Figures, History, NextPeople, Round
from groundwork.active_learning.settings import Settings
from groundwork.active_learning.threshold import HeldOut, Threshold, convincible, lowest, thresholds
from groundwork.active_learning.trainer import Scores, Trainer
from groundwork.active_learning.violation import least_mean

AMPLE = 3.0
"""Times the faultless held-out objects that would do, at which a look is taken whatever is believed."""


def first_sample(objects: int, settings: Settings) -> Indices:
    """Draw the rows that people label before there is a model, in the order to ask for them."""
    drawn: Indices = np.random.default_rng([settings.seed, 1]).permutation(objects)
    return drawn[: first_size(objects, settings)]


def next_round(pool: Pool, settings: Settings, history: History, trainer: Trainer) -> Round:
    """Train, score and decide."""
    if pool.features is not None:
        pool = replace(pool, features=represent(pool.features))
    return decide(pool, trainer.score(pool, settings), settings, history)


def decide(pool: Pool, scores: Scores, settings: Settings, history: History) -> Round:
    """Decide from a model's scores, wherever they were computed."""
    return _Decision(pool, scores, settings, history).made()


class _Decision:
    """The open objects and the held-out ones that are like them, in the order of their lots, and what follows."""

    def __init__(self, pool: Pool, scores: Scores, settings: Settings, history: History) -> None:
        self._pool, self._scores, self._settings = pool, scores, settings
        self._number = int(history.get("round", 0)) + 1
        self._spent = float(history.get("spent", 0.0))
        self._left = np.array(history.get("left", []), dtype=np.int64)
        self._expected_before: int | None = history.get("labelsInAll")
        self._open = pool.in_lot_order(pool.open())
        self._held = pool.in_lot_order(np.setdiff1d(pool.held_out(), self._left))
        self._held_out = HeldOut(scores.confidence[self._held], scores.quality[self._held])
        self._open_confidence = scores.confidence[self._open]
        self._believed = self._belief()
        self._asked = int((pool.asked != Asked.NOT).sum())
        self._size = round_size(self._asked, len(self._open), settings)
        # After the last look nothing needs to be kept of what may be risked.
        self._last = self._size in {0, len(self._open)}
        self._risk = self._unspent * (1 if self._last else SHARE)

    def _belief(self) -> Floats:
        """Expect the quality of the open objects without a look at what validates, so at no risk.

        Labels that people gave to chosen objects correct what the model says of itself.
        """
        others = np.setdiff1d(self._pool.labeled(), self._held)
        others = others[~np.isnan(self._scores.quality[others])]
        return calibrated(self._scores.confidence[others], self._scores.quality[others], self._open_confidence)

    @property
    def _unspent(self) -> float:
        return max(0.0, 1 - self._settings.bound - self._spent)

    def made(self) -> Round:
        """Look for a threshold; without one, ask people."""
        if not len(self._open):
            return self._end(None, NOTHING_OPEN)
        sequence = self._sequence()
        found = lowest(self._held_out, sequence, self._settings.target, self._risk)
        if sequence:
            self._spent += self._risk
        if found is not None:
            return self._end(found, "")
        if self._last:
            return self._end(None, self._reason(looked=bool(sequence)))
        if self._faultless_hope() >= len(self._open):
            return self._end(None, never(len(self._open), self._settings))
        return self._learn(self._reason(looked=bool(sequence)))

    def _sequence(self) -> list[Threshold]:
        """Lay out the thresholds worth a test; people could label in one round what falls below any of them.

        Where learning further no longer pays, those that leave people more than a round are worth one too.
        """
        least = len(self._open) - self._size if self._size and not self._learns_in_vain() else 1
        laid_out = thresholds(self._held_out, self._open_confidence, least)
        sequence = [each for each in laid_out if convincible(each, self._settings.target, self._risk)]
        if self._last or not sequence:
            return sequence
        expected = [self._expected_violation(each) for each in sequence]
        start = int(np.argmin(expected))
        first = sequence[start]
        ample = convincible(replace(first, validated=round(first.validated / AMPLE)), self._settings.target, self._risk)
        worth_it = self._trusts_itself() and (ample or expected[start] <= self._risk)
        return sequence[start:] if worth_it else []

    def _labels_in_all(self) -> int:
        """Expect how many labels people will have given in the end, were the model to stay as good as is believed."""
        return self._asked + outlook(self._believed, len(self._held), self._settings.target, self._risk).people

    def _learns_in_vain(self) -> bool:
        """Tell whether a look has failed, and the labels since then promise no fewer labels in the end."""
        return self._spent > 0 and self._expected_before is not None and self._labels_in_all() >= self._expected_before

    def _expected_violation(self, threshold: Threshold) -> float:
        """Expect what the test would find, were the model as good as is believed."""
        if not self._speaks_of_classes():
            return 0.0
        wrong = float(1 - self._believed[self._open_confidence >= threshold.confidence].mean())
        return expected_violation(wrong, threshold.validated, threshold.kept, self._settings.target)

    def _speaks_of_classes(self) -> bool:
        """Tell whether a confidence means how often a class is right; that of boxes is on a scale of its own."""
        return bool((self._scores.classes[self._open] >= 0).all())

    def _trusts_itself(self) -> bool:
        """Tell whether the model is believed to reach the target on what people don't label next.

        Before that, people's labels are better spent on what it is unsure of.
        """
        if not self._speaks_of_classes():
            return True
        kept = np.sort(self._believed)[self._size :]
        return len(kept) > 0 and float(kept.mean()) >= self._settings.target

    def _faultless_hope(self) -> int:
        """Count the labels of people that even a faultless model would take."""
        return outlook(np.ones(len(self._open)), len(self._held), self._settings.target, self._unspent).people

    def _expected(self) -> Floats:
        return calibrated(self._held_out.confidence, self._held_out.quality, self._open_confidence)

    def _hope(self) -> Outlook | None:
        """Weigh learning against certainty; None while the model itself has too much to learn."""
        if not self._trusts_itself():
            return None
        risk, target = SHARE * self._unspent, self._settings.target
        expected = self._expected()
        if not self._spent and expected.mean() >= target and self._speaks_of_classes():
            own = outlook(self._believed, len(self._held), target, risk)
            if own.people - own.further <= self._size:
                return own
        return outlook(expected, len(self._held), target, risk)

    def _learn(self, reason: str) -> Round:
        lot = np.random.default_rng([self._settings.seed, 2, self._number])
        people = next_people(self._open, self._open_confidence, split(self._size, self._hope()), lot)
        auto = AutoLabels(self._open[:0], self._scores.classes[:0], np.empty(0))
        figures = self._figures(auto, people, None, reason)
        return Round(auto, people, figures, exhausted=False, history=self._history(people))

    def _end(self, threshold: Threshold | None, reason: str) -> Round:
        """Label what is above the threshold, if there is one, and leave the rest to people, as far as they may."""
        kept = self._open_confidence >= (np.inf if threshold is None else threshold.confidence)
        rows = self._open[kept]
        auto = AutoLabels(rows, self._scores.classes[rows], self._expected()[kept])
        rest = self._open[~kept][np.argsort(self._open_confidence[~kept], kind="stable")]
        if self._settings.human_budget is not None:
            rest = rest[: max(0, self._settings.human_budget - self._asked)]
        people = NextPeople(rest, np.zeros(len(rest), dtype=np.bool_))
        figures = self._figures(auto, people, threshold, reason)
        return Round(auto, people, figures, exhausted=True, history=self._history(people))

    def _history(self, people: NextPeople) -> History:
        """Note the held-out objects that would have been among those the model is unsure of."""
        chosen = people.rows[~people.at_random]
        left = self._left
        if len(chosen):
            least_sure = self._held[self._held_out.confidence <= self._scores.confidence[chosen].max()]
            left = np.sort(np.concatenate([left, least_sure]))
        return {
            "round": self._number,
            "spent": self._spent,
            "left": left.tolist(),
            "labelsInAll": self._labels_in_all(),
        }

    def _figures(self, auto: AutoLabels, people: NextPeople, threshold: Threshold | None, reason: str) -> Figures:
        quality = self._held_out.quality if threshold is None else self._held_out.above(threshold.confidence)
        judged = len(self._open) if threshold is None else threshold.kept
        return Figures(
            round=self._number,
            target=self._settings.target,
            human_labeled=len(self._pool.labeled()),
            open=len(self._open),
            validated=len(quality),
            wrong=float((1 - quality).sum()),
            bound=least_mean(quality, judged, self._risk),
            risk=self._risk,
            threshold=None if threshold is None else threshold.confidence,
            auto_labeled=len(auto.rows),
            people_next=len(people.rows),
            reason=reason,
        )

    def _reason(self, *, looked: bool) -> str:
        validated, open_objects = len(self._held), len(self._open)
        if not looked:
            least = needed(self._settings.target, self._risk, open_objects)
            if least is not None and validated >= least and self._speaks_of_classes():
                return still_learning(float(self._believed.mean()), open_objects, self._settings)
            return too_few(validated, open_objects, self._risk, self._settings)
        quality = self._held_out.quality
        bound = least_mean(quality, open_objects, self._risk)
        return too_wrong(validated, float((1 - quality).sum()), bound, self._settings)

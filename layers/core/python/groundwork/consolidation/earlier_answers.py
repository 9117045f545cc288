"""What earlier jobs showed of the workers of a job, as far as the job's own answers bear it out.

Expected counts of earlier jobs enter the estimates as answers given before the first one. People change, and so do
data objects: so the prior of a worker is a mixture, of what the earlier jobs say and of what is expected of anybody
(Schmidli et al., Robust meta-analytic-predictive priors in clinical trials with historical control information,
Biometrics 70, 2014). How likely each of the two makes the right and wrong answers of this job decides how much the
earlier ones count:

    trust : 1 - trust  =  u B(a + R + r, b + W + w) / B(a + R, b + W)  :  (1 - u) B(a + r, b + w) / B(a, b)

with R and W right and wrong answers before, r and w in this job, a and b what the crowd says in advance, and u how
probable it is that a worker is as before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from groundwork.consolidation.expected_counts import SMALLEST_COUNT, Confusion
from groundwork.consolidation.learned_prior import Lean, log_gamma
from groundwork.consolidation.vote_table import Floats, Indices, VoteTable

UNCHANGED = 0.9
"""u: how probable it is in advance that a worker is as before, the weight that Schmidli et al. give to the past."""

EarlierCounts = Mapping[str, Sequence[Confusion]]
"""By worker id, what earlier jobs showed, worth as many answers as its counts add up to."""
NOTHING_BEFORE: EarlierCounts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """Expected counts of the workers of one table; nothing at all for those of whom nothing is known."""

    truth: Indices
    """True label of each count, ascending."""
    worker: Indices
    """Worker number of each count."""
    label: Indices
    """Given label of each count."""
    pair: Indices
    """Pair number of each count; -1 where the worker gives that label nowhere in the table."""
    count: Floats
    first: Indices
    """Where the counts of each true label begin, and where the last ones end."""
    right: Floats
    """Right answers by worker number."""
    given: Floats
    """Answers by worker number."""

    @classmethod
    def of(cls, table: VoteTable, labels: int, known: EarlierCounts) -> EarlierAnswers:
        """Pick the workers of `table`."""
        found = sorted(
            (truth, number, label, count)
            for number, worker in enumerate(table.workers)
            for truth, label, count in known.get(worker, ())
        )
        columns = np.array(found, np.float64).reshape(-1, 4)
        truth, worker, label = columns[:, :3].T.astype(np.int64)
        count, workers = columns[:, 3], len(table.workers)
        pairs = table.pair_worker * labels + table.pair_label
        wanted = worker * labels + label
        place = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
        return cls(
            truth,
            worker,
            label,
            np.where(pairs[place] == wanted, place, -1) if len(pairs) else place,
            count,
            np.searchsorted(truth, np.arange(labels + 1)),
            np.bincount(worker, count * (truth == label), workers).astype(np.float64),
            np.bincount(worker, count, workers).astype(np.float64),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing is known of anybody."""
        return not len(self.count)

    def trust(self, right: Floats, given: Floats, lean: Lean) -> Floats:
        """Tell how far the answers of this job bear out the earlier ones, from 0 to 1 by worker number."""
        as_before, as_anybody = self._evidence(right, given, lean)
        # Beyond e^50 the other hypothesis is out of the question anyway.
        odds = np.exp(np.clip(as_anybody - as_before, -50, 50)) * (1 - UNCHANGED) / UNCHANGED
        trust: Floats = 1 / (1 + odds)
        return trust

    def joined(self, right: Floats, given: Floats, lean: Lean) -> tuple[Floats, Floats]:
        """Add the earlier answers, as far as they count, to right and to all answers of this job, by worker number."""
        if self.empty:
            return right, given
        trust = self.trust(np.minimum(right, given), given, lean)
        return right + trust * self.right, given + trust * self.given

    def evidence(self, right: Floats, given: Floats, lean: Lean) -> float:
        """Log-likelihood of all workers' right and wrong answers under the mixture.

        Where nothing is known of a worker the two parts are the same, and so is their mixture.
        """
        as_before, as_anybody = self._evidence(right, given, lean)
        return float(np.logaddexp(np.log(UNCHANGED) + as_before, np.log(1 - UNCHANGED) + as_anybody).sum())

    def _evidence(self, right: Floats, given: Floats, lean: Lean) -> tuple[Floats, Floats]:
        wrong, wrong_before = given - right, self.given - self.right
        return (
            _evidence(right, wrong, lean.right + self.right, lean.wrong + wrong_before),
            _evidence(right, wrong, np.full_like(right, lean.right), np.full_like(right, lean.wrong)),
        )

    def row(self, table: VoteTable, truth: int, trust: Floats) -> Floats:
        """Count the answers to one true label, by pair."""
        part = self._part(truth)
        counts = np.zeros(len(table.pair_worker))
        pair = self.pair[part]
        kept = pair >= 0
        counts[pair[kept]] = (self.count[part] * trust[self.worker[part]])[kept]
        return counts

    def totals(self, truth: int, trust: Floats) -> Floats:
        """Count the answers to one true label, by worker number."""
        part = self._part(truth)
        weights = self.count[part] * trust[self.worker[part]]
        return np.bincount(self.worker[part], weights, len(trust)).astype(np.float64)

    def given_before_only(self, truth: int, trust: Floats) -> tuple[Indices, Floats]:
        """List the labels, and their counts, that workers gave to one true label before and give nowhere now."""
        part = self._part(truth)
        only = self.pair[part] < 0
        return self.label[part][only], (self.count[part] * trust[self.worker[part]])[only]

    def trusted(self, table: VoteTable, trust: Floats) -> dict[str, tuple[Confusion, ...]]:
        """Write the counts as the estimates store them, as much of them as counts."""
        found: dict[str, list[Confusion]] = {}
        for truth, worker, label, count in zip(
            self.truth.tolist(), self.worker.tolist(), self.label.tolist(), self.count * trust[self.worker], strict=True
        ):
            if count >= SMALLEST_COUNT:
                found.setdefault(table.workers[worker], []).append((truth, label, float(f"{count:.6g}")))
        return {worker: tuple(counts) for worker, counts in sorted(found.items())}

    def _part(self, truth: int) -> slice:
        return slice(int(self.first[truth]), int(self.first[truth + 1]))


def _evidence(right: Floats, wrong: Floats, lean_right: Floats, lean_wrong: Floats) -> Floats:
    """Log-likelihood of right and wrong answers, the rate being integrated over."""
    return _log_beta(lean_right + right, lean_wrong + wrong) - _log_beta(lean_right, lean_wrong)


def _log_beta(right: Floats, wrong: Floats) -> Floats:
    return log_gamma(right) + log_gamma(wrong) - log_gamma(right + wrong)

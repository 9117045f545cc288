"""The default for single labels: three beliefs about the crowd, averaged.

Is one worker as good as another (`alike_workers`), is each right at a rate of their own (`learned_one_coin`), or does
each confuse particular labels (`learned_confusions`)? On real crowds each of the three is best somewhere and clearly
wrong somewhere else, and the votes don't say where: a model that explains them better may explain what makes workers
err together. So none is chosen. Each gives its probabilities, and their even mean labels: a linear opinion pool (Stone,
The Opinion Pool, 1961), whose loss, squared or logarithmic, is never above the mean of its members'. Where two of them
are sure of a label, it wins.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import Field

from groundwork.consolidation.alike_workers import CrowdAccuracy, alike_posterior, alike_workers
from groundwork.consolidation.crowd_estimate import CrowdEstimate
from groundwork.consolidation.earlier_answers import NOTHING_BEFORE, EarlierCounts
from groundwork.consolidation.expected_counts import Confusion, all_counts_of, sparse_counts
from groundwork.consolidation.label_prior import LabelPrior
from groundwork.consolidation.learned_confusions import Row, at_once, evidence, learned_confusions, normalized
from groundwork.consolidation.learned_one_coin import Accuracies, accuracies_posterior, learned_one_coin
from groundwork.consolidation.learned_prior import STRENGTH, Lean
from groundwork.consolidation.vote_table import Floats, VoteTable

BELIEFS = 3


class ModelAverage(CrowdEstimate):
    """`.groundwork/worker-quality.json` of single labels, by default.

    A worker's quality can be read of `workers`: what this person said how often when which label was most likely true.
    `accuracy` is the short form, right answers of all answers, from the model that knows no more than that.
    """

    prior: tuple[float, ...] = Field(description="Share of each label, in label order; adds up to 1")
    workers: dict[str, tuple[Confusion, ...]] = Field(description="Expected counts by worker id")
    earlier: dict[str, tuple[Confusion, ...]] = Field(
        default={}, description="The same of earlier jobs, as far as it counts in this one"
    )
    accuracy: dict[str, tuple[float, float]] = Field(
        description="Expected right answers, and answers, by worker id; those of earlier jobs as far as they count"
    )
    crowd_accuracy: tuple[float, float] = Field(description="The same of all workers together, taken for alike")
    worker_prior: tuple[float, float] = Field(description="What the crowd says of a worker's accuracy, in answers")
    label_priors: tuple[LabelPrior, ...] = Field(description="What it says of the answers to each true label")
    rounds: int = Field(ge=0)
    converged: bool

    @classmethod
    def of(cls, table: VoteTable, labels: int, earlier: EarlierCounts = NOTHING_BEFORE) -> Self:
        """Estimate by both models that know workers."""
        if labels == 1:
            return cls._of_one_label(table)
        crowd = alike_workers(table, labels)
        found = learned_one_coin(table, labels, earlier)
        coin, known, begin = found.accuracies, found.earlier, found.posterior if found.earlier else None
        # Labels that begin nothing would be held through the rounds to come: a hundred megabytes of a large job.
        del found
        matrix = learned_confusions(table, labels, known, begin)
        counts = (table.slots.to_pairs(labeled) for labeled in matrix.labeled)
        right = [float(f"{count:.6g}") for count in coin.right]
        return cls(
            prior=tuple(float(share) for share in matrix.prior),
            workers=sparse_counts(table, counts),
            earlier=matrix.before,
            accuracy=dict(zip(table.workers, zip(right, coin.given.tolist(), strict=True), strict=True)),
            crowd_accuracy=(crowd.right, crowd.given),
            worker_prior=(coin.lean.right, coin.lean.wrong),
            label_priors=tuple(LabelPrior.of(row) for row in matrix.priors),
            objects=len(table.objects),
            rounds=matrix.rounds,
            converged=matrix.converged,
        )

    @classmethod
    def _of_one_label(cls, table: VoteTable) -> Self:
        given = table.sum_by_worker(table.slots.given).tolist()
        return cls(
            prior=(1.0,),
            workers={worker: ((0, 0, count),) for worker, count in zip(table.workers, given, strict=True)},
            accuracy={worker: (count, count) for worker, count in zip(table.workers, given, strict=True)},
            crowd_accuracy=(sum(given), sum(given)),
            worker_prior=(Lean().right, Lean().wrong),
            label_priors=(LabelPrior(elsewhere=STRENGTH, labels=()),),
            objects=len(table.objects),
            rounds=0,
            converged=True,
        )

    def posterior(self, table: VoteTable) -> Floats:
        """Average the three beliefs."""
        labels = len(self.prior)
        if labels == 1:
            return np.ones((1, len(table.objects)))
        average = alike_posterior(table, CrowdAccuracy(*self.crowd_accuracy), labels)
        average += self._by_accuracy(table)
        average += self._by_confusions(table)
        average /= BELIEFS
        return average

    def _by_accuracy(self, table: VoteTable) -> Floats:
        known = np.array([self.accuracy.get(worker, (0.0, 0.0)) for worker in table.workers]).reshape(-1, 2)
        model = Accuracies(known[:, 0], known[:, 1], Lean(*self.worker_prior))
        return accuracies_posterior(table, model, len(self.prior))

    def _by_confusions(self, table: VoteTable) -> Floats:
        labels = len(self.prior)
        counts, totals = all_counts_of(table, labels, self.workers, self.earlier)
        rows = [
            Row(truth, counts[truth], totals[truth], prior.row(labels)) for truth, prior in enumerate(self.label_priors)
        ]
        joint = np.empty((labels, len(table.objects)))
        for some in at_once(labels):
            joint[some] = evidence(table, rows[some])
        return normalized(joint, np.array(self.prior))

"""Estimates that hold no more than a number a worker: majority vote and one-coin Dawid-Skene."""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import Field

from groundwork.consolidation.crowd_estimate import CrowdEstimate
from groundwork.consolidation.earlier_answers import NOTHING_BEFORE, EarlierCounts
from groundwork.consolidation.learned_one_coin import learned_one_coin
from groundwork.consolidation.majority_vote import majority_vote
from groundwork.consolidation.one_coin import ACCURACY, OneCoin, one_coin, one_coin_posterior
from groundwork.consolidation.vote_table import Floats, VoteTable


class MajorityVote(CrowdEstimate):
    """`.groundwork/worker-quality.json` of `majority-vote`, which knows nothing of workers."""

    labels: int = Field(ge=1)

    @classmethod
    def of(cls, table: VoteTable, labels: int, earlier: EarlierCounts = NOTHING_BEFORE) -> Self:
        """There is nothing to estimate."""
        return cls(labels=labels, objects=len(table.objects))

    def posterior(self, table: VoteTable) -> Floats:
        """Share of each label among the votes."""
        return majority_vote(table, self.labels)


class WorkerAccuracy(CrowdEstimate):
    """`.groundwork/worker-quality.json` of `one-coin`."""

    prior: tuple[float, ...] = Field(description="Share of each label, in label order; adds up to 1")
    accuracy: dict[str, float] = Field(description="How often a worker is right, by worker id")

    @classmethod
    def of(cls, table: VoteTable, labels: int, earlier: EarlierCounts = NOTHING_BEFORE) -> Self:
        """Estimate by one-coin Dawid-Skene."""
        if labels == 1:
            return cls(prior=(1.0,), accuracy=dict.fromkeys(table.workers, 1.0), objects=len(table.objects))
        model = one_coin(table, labels)
        if earlier and (found := learned_one_coin(table, labels, earlier)).earlier:
            model = one_coin(table, labels, found.earlier, found.posterior)
        return cls(
            prior=tuple(float(share) for share in model.prior),
            accuracy=dict(zip(table.workers, (float(f"{right:.6g}") for right in model.accuracy), strict=True)),
            objects=len(table.objects),
        )

    def posterior(self, table: VoteTable) -> Floats:
        """Weigh the votes by the accuracies."""
        if len(self.prior) == 1:
            return np.ones((1, len(table.objects)))
        accuracy = np.array([self.accuracy.get(worker, ACCURACY) for worker in table.workers])
        return one_coin_posterior(table, OneCoin(accuracy, np.array(self.prior)))

"""The estimated workers as a small JSON document: from Dawid-Skene, and back to label a batch with it."""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import Field

from groundwork.consolidation.crowd_estimate import CrowdEstimate
from groundwork.consolidation.dawid_skene import Estimate, dawid_skene, e_step, log_columns
from groundwork.consolidation.dawid_skene_after import dawid_skene_after
from groundwork.consolidation.earlier_answers import NOTHING_BEFORE, EarlierAnswers, EarlierCounts
from groundwork.consolidation.expected_counts import Confusion, all_counts_of, sparse_counts
from groundwork.consolidation.learned_one_coin import learned_one_coin
from groundwork.consolidation.vote_table import Floats, VoteTable


class WorkerQuality(CrowdEstimate):
    """`.groundwork/worker-quality.json` of `dawid-skene`.

    Counts are sparse: with hundreds of labels almost all of a worker's matrix is 0.
    """

    prior: tuple[float, ...] = Field(description="Share of each label, in label order; adds up to 1")
    workers: dict[str, tuple[Confusion, ...]] = Field(description="Expected counts by worker id")
    earlier: dict[str, tuple[Confusion, ...]] = Field(
        default={}, description="The same of earlier jobs, as far as it counts in this one"
    )
    rounds: int = Field(ge=0)
    converged: bool

    @classmethod
    def of(cls, table: VoteTable, labels: int, earlier: EarlierCounts = NOTHING_BEFORE) -> Self:
        """Estimate by Dawid-Skene."""
        if labels == 1 or not earlier or not (found := learned_one_coin(table, labels, earlier)).earlier:
            return cls.from_estimate(table, dawid_skene(table, labels))
        known = EarlierAnswers.of(table, labels, found.earlier)
        estimate, before = dawid_skene_after(table, found.posterior, known)
        return cls.from_estimate(table, estimate).model_copy(update={"earlier": before})

    @classmethod
    def from_estimate(cls, table: VoteTable, estimate: Estimate) -> Self:
        """Keep of an estimate what labels further objects."""
        return cls(
            prior=tuple(float(share) for share in estimate.prior),
            workers=sparse_counts(table, estimate.counts),
            objects=len(table.objects),
            rounds=estimate.rounds,
            converged=estimate.converged,
        )

    def posterior(self, table: VoteTable) -> Floats:
        """Probability of each label of each object in `table`; a worker never seen gets the prior matrix.

        Returns
        -------
        Floats
            Shape (labels, objects).
        """
        labels = len(self.prior)
        if labels == 1:
            return np.ones((1, len(table.objects)))
        counts, totals = all_counts_of(table, labels, self.workers, self.earlier)
        posterior, _ = e_step(table, log_columns(table, counts, totals), np.array(self.prior))
        return posterior

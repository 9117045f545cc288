"""The estimated workers as a small JSON document: from Dawid-Skene, and back to label a batch with it."""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import Field

from groundwork.consolidation.crowd_estimate import CrowdEstimate
from groundwork.consolidation.dawid_skene import Estimate, dawid_skene, e_step, log_columns
from groundwork.consolidation.expected_counts import Confusion, counts_of, sparse_counts
from groundwork.consolidation.vote_table import Floats, VoteTable


class WorkerQuality(CrowdEstimate):
    """`.groundwork/worker-quality.json` of `dawid-skene`.

    Counts are sparse: with hundreds of labels almost all of a worker's matrix is 0.
    """

    prior: tuple[float, ...] = Field(description="Share of each label, in label order; adds up to 1")
    workers: dict[str, tuple[Confusion, ...]] = Field(description="Expected counts by worker id")
    rounds: int = Field(ge=0)
    converged: bool

    @classmethod
    def of(cls, table: VoteTable, labels: int) -> Self:
        """Estimate by Dawid-Skene."""
        return cls.from_estimate(table, dawid_skene(table, labels))

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
        counts, totals = counts_of(table, labels, self.workers)
        posterior, _ = e_step(table, log_columns(table, counts, totals), np.array(self.prior))
        return posterior

"""The estimated workers as a small JSON document: from Dawid-Skene, and back to label a batch with it."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import Field

from groundwork.consolidation.dawid_skene import Estimate, e_step, log_columns
from groundwork.consolidation.vote_table import Floats, VoteTable
from groundwork.job.labeling_job import Frozen

SMALLEST_COUNT = 1e-3
"""Expected counts below a thousandth of an object are left out: the prior outweighs them."""

Confusion = tuple[int, int, float]
"""True label, given label, expected number of objects."""


class WorkerQuality(Frozen):
    """`.groundwork/worker-quality.json` of single-label classification.

    Counts are sparse: with hundreds of labels almost all of a worker's matrix is 0.
    """

    prior: tuple[float, ...] = Field(description="Share of each label, in label order; adds up to 1")
    workers: dict[str, tuple[Confusion, ...]] = Field(description="Expected counts by worker id")
    objects: int = Field(ge=0, description="Data objects the estimate rests on")
    rounds: int = Field(ge=0)
    converged: bool

    @classmethod
    def from_estimate(cls, table: VoteTable, estimate: Estimate) -> WorkerQuality:
        """Keep of an estimate what labels further objects."""
        workers: dict[str, list[Confusion]] = {worker: [] for worker in table.workers}
        for pair, truth in np.argwhere(estimate.counts.T >= SMALLEST_COUNT):
            worker = table.workers[table.pair_worker[pair]]
            count = float(f"{estimate.counts[truth, pair]:.6g}")
            workers[worker].append((int(truth), int(table.pair_label[pair]), count))
        return cls(
            prior=tuple(float(share) for share in estimate.prior),
            workers={worker: tuple(counts) for worker, counts in workers.items()},
            objects=len(table.objects),
            rounds=estimate.rounds,
            converged=estimate.converged,
        )

    def to_json(self) -> dict[str, Any]:
        """Write as what `json.dumps` takes."""
        return self.model_dump(mode="json")

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
        known, counts = self._columns(table)
        posterior, _ = e_step(table, log_columns(known, counts)[:, : len(table.pair_worker)], np.array(self.prior))
        return posterior

    def _columns(self, table: VoteTable) -> tuple[VoteTable, Floats]:
        """Extend the pairs of `table` by all that its workers ever gave, for the sums of their rows."""
        labels = len(self.prior)
        number = {
            (int(worker), int(label)): pair
            for pair, (worker, label) in enumerate(zip(table.pair_worker, table.pair_label, strict=True))
        }
        entries: list[tuple[int, int, float]] = []
        for index, worker in enumerate(table.workers):
            for truth, given, count in self.workers.get(worker, ()):
                entries.append((truth, number.setdefault((index, given), len(number)), count))
        counts = np.zeros((labels, len(number)))
        for truth, pair, count in entries:
            counts[truth, pair] = count
        workers, given_labels = np.array(list(number), dtype=np.int64).reshape(-1, 2).T
        known = VoteTable(
            objects=table.objects,
            workers=table.workers,
            object_of=table.object_of,
            label_of=table.label_of,
            pair_of=table.pair_of,
            pair_worker=workers,
            pair_label=given_labels,
        )
        return known, counts

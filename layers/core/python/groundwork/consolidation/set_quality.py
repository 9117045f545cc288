"""The estimated workers of a multi-label job as a small JSON document, and back to label a batch with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from pydantic import Field

from groundwork.consolidation.label_sets import SENSITIVITY, SPECIFICITY, SetEstimate, applies
from groundwork.consolidation.set_table import SetTable
from groundwork.consolidation.vote_table import Floats
from groundwork.job.labeling_job import Frozen


class SetWorker(Frozen):
    """How one worker chooses, by label."""

    sensitivity: tuple[float, ...] = Field(description="Share of the labels that apply which this worker chooses")
    specificity: tuple[float, ...] = Field(description="Share of those that do not which this worker leaves out")
    sets: int = Field(default=0, ge=0, description="Answers the estimate rests on")


class SetQuality(Frozen):
    """`.groundwork/worker-quality.json` of multi-label classification."""

    shares: tuple[float, ...] = Field(description="Share of the objects each label applies to, in label order")
    workers: dict[str, SetWorker]
    objects: int = Field(ge=0, description="Data objects the estimate rests on")
    rounds: int = Field(ge=0)
    converged: bool

    @classmethod
    def from_estimate(cls, table: SetTable, estimate: SetEstimate) -> SetQuality:
        """Keep of an estimate what labels further objects."""
        sets = np.bincount(table.worker_of, minlength=len(table.workers))
        return cls(
            shares=_rounded(estimate.shares),
            workers={
                worker: SetWorker(
                    sensitivity=_rounded(estimate.sensitivity[:, number]),
                    specificity=_rounded(estimate.specificity[:, number]),
                    sets=int(sets[number]),
                )
                for number, worker in enumerate(table.workers)
            },
            objects=len(table.objects),
            rounds=estimate.rounds,
            converged=estimate.converged,
        )

    def to_json(self) -> dict[str, Any]:
        """Write as what `json.dumps` takes."""
        return self.model_dump(mode="json")

    def posterior(self, table: SetTable) -> Floats:
        """Probability that each label applies to each object in `table`, shape (labels, objects).

        A worker never seen counts as the prior.
        """
        unknown = SetWorker(
            sensitivity=(SENSITIVITY,) * table.labels,
            specificity=(SPECIFICITY,) * table.labels,
        )
        workers = [self.workers.get(worker, unknown) for worker in table.workers]
        sensitivity = np.array([worker.sensitivity for worker in workers]).T
        specificity = np.array([worker.specificity for worker in workers]).T
        return applies(table, sensitivity, specificity, np.array(self.shares))


def _rounded(values: Iterable[float]) -> tuple[float, ...]:
    """Keep six digits; 0 and 1 have no logarithm, so the digits are those of the smaller side."""
    return tuple(float(f"{value:.6g}") if value < 0.5 else 1 - float(f"{1 - value:.6g}") for value in values)

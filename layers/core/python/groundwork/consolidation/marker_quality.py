"""The estimated workers of a span job as a small JSON document."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import Field

from groundwork.consolidation.span_model import ACCURACY, FALSE_MARKS, SENSITIVITY, SHARE, Markers, SpanEstimate
from groundwork.consolidation.span_table import SpanTable
from groundwork.job.labeling_job import Frozen

Rates = tuple[float, float, float]
"""Sensitivity, false marks, accuracy of labels; each between 0 and 1."""


class MarkerQuality(Frozen):
    """`.groundwork/worker-quality.json` of span tasks; without estimate, workers of whom nothing is known."""

    workers: dict[str, Rates] = Field(default={}, description="Rates by worker id")
    crowd: Rates = (SENSITIVITY, FALSE_MARKS, ACCURACY)
    share: float = Field(default=SHARE, gt=0, lt=1, description="Part of the text that belongs to entities")
    objects: int = 0
    rounds: int = 0
    converged: bool = True

    @classmethod
    def from_estimate(cls, table: SpanTable, estimate: SpanEstimate) -> MarkerQuality:
        """Keep of an estimate what labels further objects."""
        return cls(
            workers=dict(zip(table.workers, _rates(estimate.markers), strict=True)),
            crowd=_rates(estimate.crowd)[0],
            share=estimate.share,
            objects=len(table.objects),
            rounds=estimate.rounds,
            converged=estimate.converged,
        )

    def to_json(self) -> dict[str, Any]:
        """Write as what `json.dumps` takes."""
        return self.model_dump(mode="json")

    def markers(self, workers: tuple[str, ...]) -> Markers:
        """Arrange workers by number; one never seen is as the crowd."""
        rates = np.array([self.workers.get(worker, self.crowd) for worker in workers]).reshape(-1, 3)
        return Markers(*rates.T)


def _rates(markers: Markers) -> list[Rates]:
    columns = (markers.sensitivity, markers.false_marks, markers.accuracy)
    return [(float(s), float(f), float(a)) for s, f, a in zip(*columns, strict=True)]

"""What the crowd is expected to say when one label is true, sparse, as it is stored."""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import Field

from groundwork.consolidation.expected_counts import SMALLEST_COUNT
from groundwork.consolidation.vote_table import Floats
from groundwork.job.labeling_job import Frozen


class LabelPrior(Frozen):
    """Parameters of a Dirichlet distribution over the labels that are given; most labels share the least of them."""

    elsewhere: float = Field(gt=0, description="Answers that a label which is not in `labels` is worth")
    labels: tuple[tuple[int, float], ...] = Field(description="Given label, answers that it is worth")

    @classmethod
    def of(cls, row: Floats) -> Self:
        """Keep a row, shape (labels,), to six digits."""
        least = float(row.min())
        kept = np.flatnonzero(row > least + SMALLEST_COUNT)
        return cls(elsewhere=_six(least), labels=tuple((int(label), _six(row[label])) for label in kept))

    def row(self, labels: int) -> Floats:
        """Write the row out, shape (labels,)."""
        row = np.full(labels, self.elsewhere)
        for label, value in self.labels:
            row[label] = value
        return row


def _six(value: float) -> float:
    return float(f"{value:.6g}")

"""How sure the labels of a job are."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundwork.quality.mean import Mean, rounded
from groundwork.quality.measure import Json

BINS = 10


@dataclass(slots=True)
class ConfidenceHistogram:
    """Counts in bins of a tenth; 1 belongs to the last."""

    counts: list[int] = field(default_factory=lambda: [0] * BINS)
    mean: Mean = field(default_factory=Mean)

    def add(self, confidence: float) -> None:
        """Count one label."""
        # Confidences have two decimals; 0.7 * 10 is less than 7 in binary.
        self.counts[min(BINS - 1, int(round(confidence * 100, 6)) * BINS // 100)] += 1
        self.mean.add(confidence)

    def document(self) -> dict[str, Json]:
        """Describe the histogram."""
        return {
            "mean": rounded(self.mean.value),
            "histogram": [
                {"from": index / BINS, "to": (index + 1) / BINS, "objects": count}
                for index, count in enumerate(self.counts)
            ],
        }

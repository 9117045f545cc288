"""What happened in one iteration of a job."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundwork.quality.judged import JudgedObject
from groundwork.quality.mean import Mean, rounded
from groundwork.quality.measure import Json
from groundwork.quality.timeline import moment_text


@dataclass(slots=True)
class IterationTally:
    """Sums over the data objects of an iteration."""

    objects: int = 0
    labeled: int = 0
    answers: int = 0
    missing: int = 0
    agreement: Mean = field(default_factory=Mean)
    confidence: Mean = field(default_factory=Mean)
    first: float | None = None
    last: float | None = None

    def add(self, item: JudgedObject, agreement: float | None) -> None:
        """Count one object."""
        self.objects += 1
        self.labeled += item.labeled
        self.answers += len(item.answers)
        self.missing += item.missing
        if agreement is not None:
            self.agreement.add(agreement)
        if item.confidence is not None:
            self.confidence.add(item.confidence)
        self.first = item.ready_at if self.first is None else min(self.first, item.ready_at)
        self.last = item.ready_at if self.last is None else max(self.last, item.ready_at)

    def document(self, iteration: int) -> dict[str, Json]:
        """Describe the iteration."""
        return {
            "iteration": iteration,
            "objects": self.objects,
            "labeled": self.labeled,
            "answers": self.answers,
            "missing": self.missing,
            "agreement": rounded(self.agreement.value),
            "confidence": rounded(self.confidence.value),
            "from": moment_text(self.first or 0),
            "to": moment_text(self.last or 0),
        }

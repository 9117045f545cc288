"""What people made of the data objects of which the answer is known."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from groundwork.quality.judged import JudgedObject
from groundwork.quality.mean import Mean, rounded
from groundwork.quality.measure import AgreementMeasure, Json

MOST_MISSED = 24
"""Gold objects that are listed: one that most workers miss may be wrong itself."""


@dataclass(slots=True)
class GoldTally:
    """Sums over the gold objects."""

    objects: int = 0
    answers: Mean = field(default_factory=Mean)
    labels: Mean = field(default_factory=Mean)
    missed: list[tuple[float, int]] = field(default_factory=list)
    """Share of right answers and object id, both negative: a heap that gives up the best answered."""

    def add(self, item: JudgedObject, measure: AgreementMeasure) -> None:
        """Count one gold object."""
        self.objects += 1
        if item.gold is None:
            return
        own = Mean()
        for answer in item.usable:
            own.add(measure.similarity(answer.value, item.gold))
            self.answers.add(measure.similarity(answer.value, item.gold))
        if item.label is not None:
            self.labels.add(measure.similarity(item.label, item.gold))
        if own.value is not None and own.value < 0.5:
            heapq.heappush(self.missed, (-own.value, -item.object_id))
            if len(self.missed) > MOST_MISSED:
                heapq.heappop(self.missed)

    def document(self) -> dict[str, Json]:
        """Describe the gold objects; `labels` is how often the label that people made of one was right."""
        listed = sorted((-right, -number) for right, number in self.missed)
        return {
            "objects": self.objects,
            "answers": {"count": self.answers.count, "right": rounded(self.answers.total)},
            "labels": {"count": self.labels.count, "right": rounded(self.labels.total)},
            "missed": [{"objectId": number, "right": rounded(right)} for right, number in listed],
        }

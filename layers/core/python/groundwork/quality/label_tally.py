"""What is known of the labels of a job: how often each was given, and to how many objects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from groundwork.quality.alpha import AlphaCounts
from groundwork.quality.judged import JudgedObject
from groundwork.quality.mean import rounded
from groundwork.quality.measure import AgreementMeasure, Json


@dataclass(slots=True)
class LabelTally:
    """Counts by label index."""

    objects: Counter[int] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    alpha: AlphaCounts = field(default_factory=AlphaCounts)

    def add(self, item: JudgedObject, measure: AgreementMeasure) -> None:
        """Count one object."""
        named = [measure.labels(answer.value) for answer in item.usable]
        self.alpha.add(named)
        for labels in named:
            self.answers.update(labels)
        if item.label is not None and not item.is_gold:
            self.objects.update(measure.labels(item.label))

    def shares(self) -> dict[int, float]:
        """Tell the share of each label among all labels given to objects."""
        total = self.objects.total()
        return {label: count / total for label, count in sorted(self.objects.items())} if total else {}

    def document(self, labels: tuple[str, ...]) -> list[dict[str, Json]]:
        """Describe every label of the job, in its order."""
        return [
            {
                "label": label,
                "objects": self.objects[index],
                "answers": self.answers[index],
                "alpha": rounded(self.alpha.of_label(index)),
            }
            for index, label in enumerate(labels)
        ]

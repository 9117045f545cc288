"""What careful workers with a slip now and then answer, and what must come of it: one entry a task type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.end_to_end.shown_task import ShownTask

Json = Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of an output manifest: the task's own label and metadata, the line it was made of, and S3."""

    label: Json
    metadata: Mapping[str, Json]
    line: Mapping[str, Json]
    labels: tuple[str, ...]
    read: Callable[[str], bytes]
    """Read an object by its S3 URI."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a task type is answered, and how its labels are checked."""

    answer: Callable[[ShownTask], Mapping[str, Json]]
    check: Callable[[Outcome], None]


def slips(task: ShownTask) -> bool:
    """Whether this worker errs at this task: the first one does, at the first line."""
    return task.worker == 0 and task.number == 0


def check_confidence(confidence: Json) -> None:
    """Several people answered, so the confidence says something."""
    assert isinstance(confidence, float)
    assert 0.0 < confidence < 1.0


def truth_of(line: Mapping[str, Json], labels: tuple[str, ...]) -> Json:
    """What the example expects; where it expects nothing, the first label."""
    return line.get("expected", labels[0])


def one_label(element: str, *, as_text: bool = False) -> Kind:
    """One label a data object; a verification's class id is a text."""

    def answer(task: ShownTask) -> Mapping[str, Json]:
        truth = truth_of(task.line, task.labels)
        wrong = next(label for label in task.labels if label != truth)
        return {task.field(element): {"label": wrong if slips(task) else truth}}

    def check(outcome: Outcome) -> None:
        truth = truth_of(outcome.line, outcome.labels)
        class_id = outcome.labels.index(truth)
        assert outcome.label == (str(class_id) if as_text else class_id)
        assert outcome.metadata["class-name"] == truth
        check_confidence(outcome.metadata["confidence"])

    return Kind(answer, check)


def several_labels(element: str) -> Kind:
    """Every label that applies; whoever slips forgets one."""

    def answer(task: ShownTask) -> Mapping[str, Json]:
        truth = list(truth_of(task.line, task.labels))
        chosen = truth[:-1] if slips(task) and len(truth) > 1 else truth
        return {task.field(element): {"labels": chosen}}

    def check(outcome: Outcome) -> None:
        truth = truth_of(outcome.line, outcome.labels)
        assert sorted(outcome.labels[class_id] for class_id in outcome.label) == sorted(truth)
        assert outcome.metadata["class-map"] == {str(number): outcome.labels[number] for number in outcome.label}
        assert set(outcome.metadata["confidence-map"]) == set(outcome.metadata["class-map"])
        for confidence in outcome.metadata["confidence-map"].values():
            check_confidence(confidence)

    return Kind(answer, check)


def entities() -> Kind:
    """Spans of a text; whoever slips marks the first one a character too short."""

    def answer(task: ShownTask) -> Mapping[str, Json]:
        spans = [dict(span) for span in task.line["expected"]]
        if slips(task):
            spans[0]["endOffset"] -= 1
        return {task.field("crowd-entity-annotation"): {"entities": spans}}

    def check(outcome: Outcome) -> None:
        annotations = outcome.label["annotations"]
        assert tuple(entry["label"] for entry in annotations["labels"]) == outcome.labels
        spans = [(span["startOffset"], span["endOffset"], span["label"]) for span in annotations["entities"]]
        expected = [(span["startOffset"], span["endOffset"], span["label"]) for span in outcome.line["expected"]]
        assert sorted(spans) == sorted(expected)
        assert len(outcome.metadata["entities"]) == len(spans)
        for entity in outcome.metadata["entities"]:
            check_confidence(entity["confidence"])

    return Kind(answer, check)

"""The answer to a span task: one object `{"entities": […]}` under whatever name the page gave it.

Offsets count code points, and the end is exclusive (spec: crowd-elements §6.3, data-formats §9.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from groundwork.task_types.single_label_answer import listed
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError, Json

MOST_ENTITIES = 10_000
"""In one answer: far more than anyone marks by hand."""


class Span(NamedTuple):
    """One marked part of a text: code points from `start` up to, not including, `end`; `label` is an index."""

    start: int
    end: int
    label: int


def marked_spans(answer: Mapping[str, Json], labels: Sequence[str]) -> list[Span] | None:
    """Read the sound spans of an answer, each once, in ascending order.

    Returns
    -------
    list[Span] | None
        None when the answer is no answer to a span task.
    """
    entities = _entities(answer)
    if entities is None:
        return None
    index = {label: number for number, label in enumerate(labels)}
    return sorted(
        {
            Span(entity["startOffset"], entity["endOffset"], index[entity["label"]])
            for entity in entities
            if span_problem(entity, index) is None
        }
    )


def check_entities(answer: Mapping[str, Json], task: AnsweredTask) -> None:
    """Refuse an answer with a span that does not lie in the text or bears none of the job's labels.

    A span given twice counts once, so it is no reason to refuse.

    Raises
    ------
    InvalidAnswerError
        With a sentence for the worker.
    """
    entities = _entities(answer)
    if entities is None:
        raise InvalidAnswerError(
            'The answer does not say what was marked: expected exactly one field {"entities": […]}, empty if there is '
            "nothing to mark."
        )
    if len(entities) > MOST_ENTITIES:
        raise InvalidAnswerError(f"{len(entities):,} entities are marked; at most {MOST_ENTITIES:,} are accepted.")
    if not entities:
        return
    index = {label: number for number, label in enumerate(task.labels)}
    for number, entity in enumerate(entities, start=1):
        if problem := span_problem(entity, index):
            raise InvalidAnswerError(f"Entity {number} {problem}")
    length = len(task.read_task_input()["taskObject"])
    for number, entity in enumerate(entities, start=1):
        if entity["endOffset"] > length:
            raise InvalidAnswerError(
                f"Entity {number} ends at {entity['endOffset']}, but the text has only {length} characters. "
                "Remove the mark and set it again."
            )


def _entities(answer: Mapping[str, Json]) -> list[Json] | None:
    found = list(_entity_lists(answer))
    return found[0] if len(found) == 1 else None


def _entity_lists(answer: Mapping[str, Json]) -> Iterator[list[Json]]:
    for value in answer.values():
        if isinstance(value, Mapping) and isinstance(entities := value.get("entities"), list):
            yield entities


def span_problem(entity: Json, index: Mapping[str, int]) -> str | None:
    """Say what is wrong with an entity, as the end of a sentence that begins with its number."""
    if not isinstance(entity, Mapping):
        return 'is no object {"startOffset": …, "endOffset": …, "label": …}.'
    return _place_problem(entity.get("startOffset"), entity.get("endOffset")) or _label_problem(
        entity.get("label"), index
    )


def _place_problem(start: Json, end: Json) -> str | None:
    if type(start) is not int or type(end) is not int:
        return "needs whole numbers as startOffset and endOffset."
    if start < 0:
        return f"begins at {start}, before the text does."
    if start >= end:
        return f"is empty: it begins at {start} and ends at {end}."
    return None


def _label_problem(label: Json, index: Mapping[str, int]) -> str | None:
    if not isinstance(label, str):
        return "has no label. Choose one for it, or remove the mark."
    if label not in index:
        return f'has the label "{label[:100]}", which is not of this job. Choose one of {listed(list(index))}.'
    return None

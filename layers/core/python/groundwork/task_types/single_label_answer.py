"""The answer to a single-label task: one object `{"label": text}` under whatever name the template gave it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError, Json


def chosen_label(answer: Mapping[str, Json], labels: Sequence[str]) -> str | None:
    """Find the label a worker chose (spec: task-types §2.2); None when there is none (see `choice_of`)."""
    choice = choice_of(answer, labels)
    return None if choice is None else choice["label"]


def choice_of(answer: Mapping[str, Json], labels: Sequence[str]) -> Mapping[str, Json] | None:
    """Find the object that holds the label a worker chose, and what the worker said about it.

    Further fields of the form are passed over. Where several have the shape of a choice, the one that names a label
    of the job counts.

    Returns
    -------
    Mapping[str, Json] | None
        None when there is no choice, or more than one that could be meant.
    """
    choices = list(_choices(answer))
    if len(choices) > 1:
        choices = [choice for choice in choices if choice["label"] in labels]
    return choices[0] if len(choices) == 1 else None


def check_single_label(answer: Mapping[str, Json], task: AnsweredTask) -> None:
    """Refuse an answer that does not choose exactly one of the job's labels.

    Raises
    ------
    InvalidAnswerError
        With a sentence for the worker.
    """
    if not any(choice["label"] for choice in _choices(answer)):
        raise InvalidAnswerError("No label was chosen. Choose one label and submit again.")
    label = chosen_label(answer, task.labels)
    if label is None:
        raise InvalidAnswerError(
            "The answer does not say which label is meant: expected exactly one field "
            f'{{"label": …}} with one of {listed(task.labels)}.'
        )
    if label not in task.labels:
        raise InvalidAnswerError(f'"{label[:100]}" is not a label of this job. Choose one of {listed(task.labels)}.')


def _choices(answer: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    for value in answer.values():
        if isinstance(value, Mapping) and isinstance(value.get("label"), str):
            yield value


def listed(labels: Sequence[str]) -> str:
    """Write labels for a sentence, the first ten of many."""
    shown = ", ".join(f'"{label}"' for label in labels[:10])
    return shown if len(labels) <= 10 else f"{shown} and {len(labels) - 10} more"

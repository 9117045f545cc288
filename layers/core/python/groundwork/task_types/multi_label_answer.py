"""The answer to a multi-label task: one object `{"labels": […]}` under whatever name the template gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.single_label_answer import listed
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError, Json

NOTHING_CHOSEN = "No label was chosen. Choose at least one label and submit again."
LONGEST_SHOWN = 100
"""Characters of a foreign value that a sentence repeats."""


def chosen_labels(answer: Mapping[str, Json], job: LabelingJob) -> tuple[str, ...]:
    """Read the labels a worker chose (spec: task-types §2.2, crowd-elements §6.1).

    Further fields of the form are passed over. Where several have the shape of a choice, the one that names labels of
    the job counts.

    A template may have an exclusion category, a choice that stands for "none of these" and whose text is then the only
    entry. It is written in the template and unknown here, so in a job with a template of its own a single text that is
    no label is taken for it.

    Returns
    -------
    tuple[str, ...]
        In the order of the answer; empty when the exclusion category was chosen.

    Raises
    ------
    InvalidAnswerError
        With a sentence for the worker.
    """
    labels = job.labels or ()
    chosen = _texts(_choice(answer, labels))
    unknown = [label for label in chosen if label not in labels]
    if unknown and len(chosen) == 1 and job.template_uri is not None:
        return ()
    if unknown:
        raise InvalidAnswerError(f"{_shown(unknown[0])} is not a label of this job. Choose among {listed(labels)}.")
    if len(set(chosen)) < len(chosen):
        twice = next(label for label in chosen if chosen.count(label) > 1)
        raise InvalidAnswerError(f"{_shown(twice)} is chosen twice. Choose each label at most once.")
    return chosen


def check_multi_label(answer: Mapping[str, Json], task: AnsweredTask) -> None:
    """Refuse an answer that chooses none of the job's labels, or anything else.

    Raises
    ------
    InvalidAnswerError
        With a sentence for the worker.
    """
    chosen_labels(answer, task.job)


def _choice(answer: Mapping[str, Json], labels: Sequence[str]) -> Json:
    choices = [value["labels"] for value in answer.values() if isinstance(value, Mapping) and "labels" in value]
    if not choices:
        raise InvalidAnswerError(NOTHING_CHOSEN)
    if len(choices) > 1:
        choices = [choice for choice in choices if _names_only(choice, labels)]
    if len(choices) != 1:
        raise InvalidAnswerError(
            "The answer does not say which labels are meant: expected exactly one field "
            f'{{"labels": […]}} with some of {listed(labels)}.'
        )
    return choices[0]


def _names_only(choice: Json, labels: Sequence[str]) -> bool:
    return isinstance(choice, list) and bool(choice) and all(label in labels for label in choice)


def _texts(choice: Json) -> tuple[str, ...]:
    if not isinstance(choice, list):
        raise InvalidAnswerError(f"labels must be a list of labels, not {_shown(choice)}.")
    for label in choice:
        if not isinstance(label, str):
            raise InvalidAnswerError(f"labels must be a list of texts; {_shown(label)} is none.")
    if not choice:
        raise InvalidAnswerError(NOTHING_CHOSEN)
    return tuple(choice)


def _shown(value: Json) -> str:
    return f'"{value[:LONGEST_SHOWN]}"' if isinstance(value, str) else repr(value)[:LONGEST_SHOWN]

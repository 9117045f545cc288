"""The answer to a verification: `{"label": text, "workerComment"?: text}` under whatever name the template gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from groundwork.task_types.single_label_answer import check_single_label, choice_of
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError, Json

COMMENT = "workerComment"


def worker_comment(answer: Mapping[str, Json], labels: Sequence[str]) -> str | None:
    """Read what a worker wrote beside a verdict; None when that is nothing but blanks (spec: data-formats §11.5)."""
    choice = choice_of(answer, labels)
    comment = choice.get(COMMENT) if choice is not None and choice["label"] in labels else None
    return comment if isinstance(comment, str) and comment.strip() else None


def check_verdict(answer: Mapping[str, Json], task: AnsweredTask) -> None:
    """Refuse an answer that does not choose exactly one verdict, or whose comment is no text.

    Raises
    ------
    InvalidAnswerError
        With a sentence for the worker.
    """
    check_single_label(answer, task)
    comment = (choice_of(answer, task.labels) or {}).get(COMMENT)
    if comment is not None and not isinstance(comment, str):
        raise InvalidAnswerError(f"{COMMENT} must be a text. Write your comment again and submit.")

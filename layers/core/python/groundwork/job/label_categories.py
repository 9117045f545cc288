"""The label category configuration file of image, text and video classification and of boxes and masks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundwork.job.parse_request import parse_object
from groundwork.job.problems import Problem, ProblemsError
from groundwork.job.request_types import shown
from groundwork.task_types.task_type import LabelCount

LONGEST_LABEL = 256
_SHAPE = 'an object {"labels": [{"label": "<name>"}, …]}'
_LABEL = f"a text of 1 to {LONGEST_LABEL} characters"


def parse_label_categories(content: bytes, uri: str, count: LabelCount | None) -> tuple[str, ...]:
    """Read the labels in their order, which defines the class ids (spec: data-formats §5.1).

    `document-version` is not looked at.

    Parameters
    ----------
    uri
        Where the file lies, for the problems.
    count
        How many labels the task type needs and takes; None for custom jobs, which take any number.

    Raises
    ------
    ProblemsError
        With everything that is wrong in the file.
    """
    document = parse_object(content, uri, _SHAPE)
    entries = document.get("labels")
    if not isinstance(entries, list):
        message = "'labels' is missing" if entries is None else "'labels' is not a list"
        raise ProblemsError([Problem(path=uri, message=message, expected=_SHAPE)])
    problems = [*_entry_problems(entries, uri), *_count_problems(len(entries), uri, count)]
    if problems:
        raise ProblemsError(problems)
    return tuple(entry["label"] for entry in entries)


def _entry_problems(entries: list[Any], uri: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        path = f"{uri} labels[{index}].label"
        label = entry.get("label") if isinstance(entry, dict) else None
        if not isinstance(label, str):
            yield Problem(path=path, message="missing or not a text", expected=_LABEL)
        elif not 1 <= len(label) <= LONGEST_LABEL:
            message = f"{shown(label)} has {len(label)} characters"
            yield Problem(path=path, message=message, expected=_LABEL)
        elif label in first:
            message = f"{shown(label)} stands already at labels[{first[label]}]"
            yield Problem(path=path, message=message, expected="labels that are all different")
        else:
            first[label] = index


def _count_problems(found: int, uri: str, count: LabelCount | None) -> Iterator[Problem]:
    if count is None:
        return
    if found < count.least or (count.most is not None and found > count.most):
        most = "" if count.most is None else f" and at most {count.most}"
        yield Problem(path=uri, message=f"{found} labels", expected=f"at least {count.least} labels{most}")

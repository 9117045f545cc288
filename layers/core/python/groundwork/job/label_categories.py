"""The label category configuration file of image and text types (spec: data-formats §5.1, §5.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from groundwork.job.labeling_job import Frozen, Instructions
from groundwork.job.parse_request import parse_object
from groundwork.job.problems import Problem, ProblemsError
from groundwork.job.request_types import shown
from groundwork.task_types.task_type import LabelCount

LONGEST_LABEL = 256
_SHAPE = 'an object {"labels": [{"label": "<name>"}, …]}'
_LABEL = f"a text of 1 to {LONGEST_LABEL} characters"
_SHORT_NAME = "a text of at least one character, or no shortDisplayName"
_INSTRUCTIONS = 'an object {"shortInstruction": "<text or HTML>", "fullInstruction": "<text or HTML>"}'


class LabelCategories(Frozen):
    """What the label file says; the order of the labels defines the class ids."""

    labels: tuple[str, ...]
    short_display_names: dict[str, str] = Field(default_factory=dict)
    instructions: Instructions | None = None
    audited_attribute: str | None = None


def parse_label_categories(
    content: bytes, uri: str, count: LabelCount | None, *, instructions_required: bool = False
) -> LabelCategories:
    """Read a label file; `document-version` is not looked at.

    Parameters
    ----------
    uri
        Where the file lies, for the problems.
    count
        How many labels the task type needs and takes; None for custom jobs, which take any number.
    instructions_required
        Whether the page of the task type takes its instructions from this file.

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
    problems = [
        *_entry_problems(entries, uri),
        *_count_problems(len(entries), uri, count),
        *_instruction_problems(document.get("instructions"), uri, required=instructions_required),
        *_audit_problems(document.get("auditLabelAttributeName"), uri),
    ]
    if problems:
        raise ProblemsError(problems)
    instructions = document.get("instructions")
    return LabelCategories(
        labels=tuple(entry["label"] for entry in entries),
        short_display_names={e["label"]: e["shortDisplayName"] for e in entries if e.get("shortDisplayName")},
        instructions=Instructions(short=instructions["shortInstruction"], full=instructions["fullInstruction"])
        if instructions
        else None,
        audited_attribute=document.get("auditLabelAttributeName"),
    )


def _entry_problems(entries: list[Any], uri: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        path = f"{uri} labels[{index}]"
        label = entry.get("label") if isinstance(entry, dict) else None
        if not isinstance(label, str):
            yield Problem(path=f"{path}.label", message="missing or not a text", expected=_LABEL)
            continue
        if not 1 <= len(label) <= LONGEST_LABEL:
            message = f"{shown(label)} has {len(label)} characters"
            yield Problem(path=f"{path}.label", message=message, expected=_LABEL)
        elif label in first:
            message = f"{shown(label)} stands already at labels[{first[label]}]"
            yield Problem(path=f"{path}.label", message=message, expected="labels that are all different")
        else:
            first[label] = index
        short = entry.get("shortDisplayName")
        if short is not None and not (isinstance(short, str) and short):
            yield Problem(path=f"{path}.shortDisplayName", message=f"{shown(short)}", expected=_SHORT_NAME)


def _count_problems(found: int, uri: str, count: LabelCount | None) -> Iterator[Problem]:
    if count is None:
        return
    if found < count.least or (count.most is not None and found > count.most):
        most = "" if count.most is None else f" and at most {count.most}"
        yield Problem(path=uri, message=f"{found} labels", expected=f"at least {count.least} labels{most}")


def _instruction_problems(instructions: Any, uri: str, *, required: bool) -> Iterator[Problem]:
    path = f"{uri} instructions"
    if instructions is None:
        if required:
            yield Problem(path=path, message="missing", expected=_INSTRUCTIONS)
    elif not isinstance(instructions, Mapping):
        yield Problem(path=path, message=f"{shown(instructions)} is no object", expected=_INSTRUCTIONS)
    else:
        for key in ("shortInstruction", "fullInstruction"):
            if not isinstance(instructions.get(key), str):
                yield Problem(path=f"{path}.{key}", message="missing or not a text", expected=_INSTRUCTIONS)


def _audit_problems(attribute: Any, uri: str) -> Iterator[Problem]:
    if attribute is not None and not (isinstance(attribute, str) and attribute):
        expected = "the name of the earlier job's label attribute, or nothing"
        yield Problem(path=f"{uri} auditLabelAttributeName", message=shown(attribute), expected=expected)

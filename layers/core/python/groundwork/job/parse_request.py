"""Read a CreateLabelingJob request and say, for each refused member, where it is and what belongs there."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StrictBool, ValidationError
from pydantic_core import ErrorDetails

from groundwork.job.problems import Problem, ProblemsError
from groundwork.job.request import LabelingJobRequest
from groundwork.job.request_types import Between, Flag, Integer, Items, Text, shown

_KEY_ITSELF = "[key]"
"""Last step to a key that is refused, as pydantic writes it."""
BOUNDS = (Text, Integer, Between, Items, Flag)
_KINDS = {bool: "true or false", str: "a text", int: "an integer", float: "a number", list: "a list", dict: "an object"}


def parse_json(content: bytes, path: str, expected: str) -> Any:
    """Read the JSON of a file that people write.

    Raises
    ------
    ProblemsError
        The file is not UTF-8 or not JSON; the problem gives line and column.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte {content[error.start]:#04x} at offset {error.start}"
        raise ProblemsError([Problem(path=path, message=message, expected=expected, line=line)]) from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise ProblemsError([Problem(path=path, message=message, expected=expected, line=error.lineno)]) from error
    except (ValueError, RecursionError) as error:
        message = "not JSON that can be read: a number of too many digits or a too deep nesting"
        raise ProblemsError([Problem(path=path, message=message, expected=expected)]) from error


def parse_object(content: bytes, path: str, expected: str) -> dict[str, Any]:
    """Read a file that must hold one JSON object, as `parse_json`."""
    document = parse_json(content, path, expected)
    if not isinstance(document, dict):
        raise ProblemsError([Problem(path=path, message=f"found {_kind(document)}", expected=expected)])
    return document


def parse_request(request: Mapping[str, Any]) -> LabelingJobRequest:
    """Check every member of a complete request by itself.

    Raises
    ------
    ProblemsError
        With one problem for each member that is missing, unknown or against its constraint.
    """
    try:
        return LabelingJobRequest.model_validate(dict(request))
    except ValidationError as error:
        raise ProblemsError([_problem(detail) for detail in error.errors(include_url=False)]) from error


def dotted(place: Sequence[int | str]) -> str:
    """Write a place in a document: `HumanTaskConfig.TaskKeywords[1]`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")


def _problem(detail: ErrorDetails) -> Problem:
    place = detail["loc"]
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _keys(_annotation_at(place[:-1]))
        near = difflib.get_close_matches(str(place[-1]), known, n=1)
        hint = f", did you mean {near[0]!r}?" if near else ""
        return Problem(
            path=dotted(place), message=f"unknown key {place[-1]!r}{hint}", expected=f"one of {', '.join(known)}"
        )
    if kind == "missing":
        message = "missing"
    elif kind == "constraint":
        message = detail["msg"]
    elif kind == "literal_error":
        message = f"{shown(detail['input'])} is not accepted"
    else:
        message = f"found {_kind(detail['input'])}"
    return Problem(path=dotted(place), message=message, expected=_expected(_annotation_at(place)))


def _kind(value: object) -> str:
    return "null" if value is None else _KINDS.get(type(value), type(value).__name__)


def _annotation_at(place: Sequence[int | str]) -> Any:
    annotation: Any = LabelingJobRequest
    for step in place:
        if step == _KEY_ITSELF:
            continue
        inner = _without_options(annotation)
        if get_origin(inner) is Annotated:
            inner = get_args(inner)[0]
        if get_origin(inner) is dict:
            annotation = get_args(inner)[0 if place[-1] == _KEY_ITSELF else 1]
        else:
            annotation = get_args(inner)[0] if isinstance(step, int) else _field(inner, step)
    return annotation


def _field(model: type[BaseModel], alias: str) -> Any:
    field = next(field for field in model.model_fields.values() if field.alias == alias)
    if field.metadata:
        return Annotated[field.annotation, *field.metadata]
    return field.annotation


def _without_options(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        return next(option for option in get_args(annotation) if option is not type(None))
    return annotation


def _keys(annotation: Any) -> list[str]:
    return [str(field.alias) for field in _without_options(annotation).model_fields.values()]


def _expected(annotation: Any) -> str:
    annotation = _without_options(annotation)
    if annotation == StrictBool:
        return "true or false"
    if get_origin(annotation) is Annotated:
        bounds = next(item for item in get_args(annotation)[1:] if isinstance(item, BOUNDS))
        return bounds.expected
    if get_origin(annotation) is Literal:
        return f"one of {', '.join(get_args(annotation))}"
    return f"an object with the keys {', '.join(_keys(annotation))}"

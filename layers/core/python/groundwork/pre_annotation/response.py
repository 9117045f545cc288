"""What a customer's pre-annotation function answers, read leniently (spec: workflows §1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from groundwork.json_text import compact_json
from groundwork.task_types.task_type import Json

FLAG = "isHumanAnnotationRequired"
OLD_FLAG = "humanAnnotationRequired"
"""Spelling of the starter recipe and of one example of the guide."""


class PreAnnotationError(ValueError):
    """A response, or no response, that leaves the object without a task; the text goes into its failure reason."""


@dataclass(frozen=True, slots=True)
class PreAnnotation:
    """A response that can be used."""

    task_input: dict[str, Json]
    human_required: bool = True
    warnings: tuple[str, ...] = field(default=())


def parse_response(response: Json) -> PreAnnotation:
    """Read a function's response.

    Both spellings of the flag are read, booleans and their names in any case; Ground Truth's own spelling wins. Any
    other value counts as true, with a warning.

    Raises
    ------
    PreAnnotationError
        `taskInput` is missing, no object or no JSON.
    """
    if not isinstance(response, Mapping):
        raise PreAnnotationError(f"expected an object with taskInput, got {_kind(response)}")
    if "taskInput" not in response:
        raise PreAnnotationError("the response has no taskInput")
    task_input = response["taskInput"]
    if not isinstance(task_input, Mapping):
        raise PreAnnotationError(f"taskInput must be an object, got {_kind(task_input)}")
    try:
        compact_json(task_input)
    except ValueError as error:
        raise PreAnnotationError("taskInput holds NaN or an infinity, which is no JSON") from error
    required, warnings = _human_required(response)
    return PreAnnotation(dict(task_input), required, warnings)


def _human_required(response: Mapping[str, Json]) -> tuple[bool, tuple[str, ...]]:
    key = FLAG if FLAG in response else OLD_FLAG
    value = response.get(key, True)
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true", ()
    if isinstance(value, bool):
        return value, ()
    return True, (f"{key} must be true or false, got {str(value)[:80]!r}; taken as true",)


def _kind(value: Json) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return "null" if value is None else names.get(type(value), "an object")

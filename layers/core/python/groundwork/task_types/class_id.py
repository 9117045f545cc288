"""Class ids of earlier labels: written as integers and, in maps and some of Ground Truth's samples, as texts."""

from __future__ import annotations

from collections.abc import Sequence

from groundwork.task_types.task_type import Json

LONGEST = 9
"""Digits; no label file is that long."""


def read_class_id(value: Json) -> int | None:
    """Read a class id; None when it is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= LONGEST:
        return int(value)
    return value if type(value) is int else None


def find_class(value: Json, labels: Sequence[str]) -> int | None:
    """Find the label that a person names, by its text or its class id; None when there is none."""
    if isinstance(value, str) and value in labels:
        return labels.index(value)
    number = read_class_id(value)
    return number if number is not None and 0 <= number < len(labels) else None

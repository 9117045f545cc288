"""Class ids of earlier labels: written as integers and, in maps and some of Ground Truth's samples, as texts."""

from __future__ import annotations

from groundwork.task_types.task_type import Json

LONGEST = 9
"""Digits; no label file is that long."""


def read_class_id(value: Json) -> int | None:
    """Read a class id; None when it is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= LONGEST:
        return int(value)
    return value if type(value) is int else None

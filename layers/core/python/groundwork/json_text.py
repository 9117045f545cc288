"""JSON as Groundwork writes it: UTF-8, in one line unless a person is to read it."""

from __future__ import annotations

import json
from typing import Any


def compact_json(value: Any) -> bytes:
    """Write a value as one line of UTF-8 without spaces.

    Raises
    ------
    ValueError
        The value holds NaN or an infinity, which JSON has no word for.
    """
    try:
        return _dump(value, ascii_only=False).encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair can come in as an escape and can only go out as one.
        return _dump(value, ascii_only=True).encode()


def readable_json(value: Any) -> bytes:
    """Write a value as indented ASCII, for people to read."""
    return json.dumps(value, indent=2, allow_nan=False).encode()


def _dump(value: Any, *, ascii_only: bool) -> str:
    return json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":"), allow_nan=False)

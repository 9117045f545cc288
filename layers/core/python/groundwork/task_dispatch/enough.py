"""Whether the answers that a data object asked for are enough, or one more shall be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Enough = Callable[[Mapping[str, Any]], bool]
"""Asked of the votes so far, by worker, once the object has as many answers as it asks for."""


def as_asked(votes: Mapping[str, Any]) -> bool:
    """Be content with the answers that were asked for, whatever they say."""
    return True


def not_yet(votes: Mapping[str, Any]) -> bool:
    """Ask for all that may be asked for."""
    return False

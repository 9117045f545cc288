"""What became of a data object, and the label files in which consolidation says it (docs/architecture.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from groundwork.json_text import compact_json
from groundwork.task_types.task_type import Json


@dataclass(frozen=True, slots=True)
class Labeled:
    """The object has a label; `content` is merged into its line."""

    content: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Known:
    """The object is gold: its label was known before; `content` is merged into its line."""

    content: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Failed:
    """The object can't be labeled."""

    reason: str


@dataclass(frozen=True, slots=True)
class Copied:
    """The line came with the label already (spec: data-formats §13)."""


@dataclass(frozen=True, slots=True)
class Unlabeled:
    """Nothing is known of the object yet, or the job stopped before it."""


Outcome: TypeAlias = Labeled | Known | Failed | Copied | Unlabeled
"""Exactly one of these holds of every line of the manifest."""


class LabelFileError(ValueError):
    """A line that is not one of a label file."""


class ObjectOutcome(NamedTuple):
    """A line of `.groundwork/labels/…`."""

    object_id: int
    outcome: Labeled | Failed


def write_outcome(object_id: int, outcome: Labeled | Failed) -> bytes:
    """Write one line of a label file, line break included."""
    said = {"content": dict(outcome.content)} if isinstance(outcome, Labeled) else {"reason": outcome.reason}
    return compact_json({"object": object_id, **said}) + b"\n"


def read_outcome(line: bytes) -> ObjectOutcome:
    """Read one line of a label file.

    Raises
    ------
    LabelFileError
        It has neither content nor a reason.
    """
    match json.loads(line):
        case {"object": int(object_id), "content": dict(content)}:
            return ObjectOutcome(object_id, Labeled(content))
        case {"object": int(object_id), "reason": str(reason)}:
            return ObjectOutcome(object_id, Failed(reason))
    raise LabelFileError(f'expected {{"object", "content"}} or {{"object", "reason"}}, got {line[:80]!r}')

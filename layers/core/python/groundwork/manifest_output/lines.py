"""From an input line and what became of its object to the output line (spec: data-formats §8.1).

What came in goes out as it came: lines without a new label byte for byte, and in lines with one every other
attribute keeps its very text, be it a float, a large integer or an escape.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from groundwork.job.labeling_job import LabelingJob
from groundwork.json_text import compact_json
from groundwork.manifest_output.failure import failure_metadata
from groundwork.manifest_output.outcomes import Failed, Known, Labeled, Outcome
from groundwork.task_types.task_type import Json

_SPACE = " \t\n\r"


class OutputLineError(ValueError):
    """A line that can't carry a label because it is no JSON object."""


class _Member(NamedTuple):
    name: str
    text: str
    """`"name": value` as it stands in the line."""


def output_line(raw: bytes, outcome: Outcome, job: LabelingJob, metadata_type: str, now: datetime) -> bytes:
    """Assemble the output line of one data object.

    Parameters
    ----------
    raw : bytes
        The input line, with or without its line break; the output line ends as it does.
    outcome : Outcome
    job : LabelingJob
    metadata_type : str
        `TaskType.metadata_type`, for failed objects.
    now : datetime
        With a zone; the creation date of a failure.

    Raises
    ------
    OutputLineError
        A label or failure is to be written and `raw` is no JSON object.
    """
    if isinstance(outcome, Labeled | Known):
        return _merge(raw, outcome.content, replaced={job.label_attribute, job.metadata_attribute})
    if isinstance(outcome, Failed):
        metadata = failure_metadata(job, metadata_type, outcome.reason, now)
        return _merge(raw, {job.metadata_attribute: metadata}, replaced={job.label_attribute, job.metadata_attribute})
    return raw


def _merge(raw: bytes, content: Mapping[str, Json], replaced: set[str]) -> bytes:
    line = raw.rstrip(b"\r\n")
    ending = raw[len(line) :]
    members = list(_members(line))
    dropped = replaced | content.keys()
    added = compact_json(dict(content))[1:-1]
    if not added:
        return raw
    if any(member.name in dropped for member in members):
        kept = [member.text.encode() for member in members if member.name not in dropped]
        return b"{" + b",".join([*kept, added]) + b"}" + ending
    close = line.rindex(b"}")
    comma = b"," if members else b""
    return line[:close] + comma + added + line[close:] + ending


def _members(line: bytes) -> Iterator[_Member]:
    try:
        text = line.decode("utf-8-sig")
        yield from _scan(text)
    except (ValueError, IndexError) as error:
        raise OutputLineError(f"expected one JSON object in a line, got {line[:80]!r}") from error


def _scan(text: str) -> Iterator[_Member]:
    """Split a JSON object into its members without touching their text."""
    at = _skip(text, 0)
    _expect(text, at, "{")
    at = _skip(text, at + 1)
    while text[at] != "}":
        start = at
        _expect(text, at, '"')
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        _expect(text, at, ":")
        _, at = _DECODER.raw_decode(text, _skip(text, at + 1))
        yield _Member(name, text[start:at])
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
            _expect(text, at, '"')
        else:
            _expect(text, at, "}")
    if _skip(text, at + 1) != len(text):
        raise ValueError("text after the object")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _expect(text: str, at: int, character: str) -> None:
    if text[at] != character:
        raise ValueError(f"expected {character} at {at}")


_DECODER = json.JSONDecoder()

"""The lines of a manifest: found in a stream of bytes, and judged one by one (spec: data-formats §2.1)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple, NoReturn

from groundwork.job.problems import Problem
from groundwork.task_types.task_type import TaskType

BOM = b"\xef\xbb\xbf"
LONGEST_LINE = 100_000
"""Characters."""
LONGEST_VALUE = 20_000
"""Characters of one attribute: of the text itself, of anything else as compact JSON."""
LARGEST_LINE_READ = 4 * 1024 * 1024
"""Bytes; a longer line is not held in memory and can't be told to be JSON."""


class ManifestLine(NamedTuple):
    """A line and its place: `start` to `end` (exclusive) in bytes, the line break included.

    `raw` is the line without its break; None for a line of more than `LARGEST_LINE_READ` bytes.
    """

    start: int
    end: int
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class LineRules:
    """What the job asks of each line.

    `source_keys` and `extensions` are the task type's, `buckets` those the deployment may read data objects from.
    """

    source_keys: tuple[str, ...]
    buckets: frozenset[str]
    extensions: tuple[str, ...] = ()

    @classmethod
    def of(cls, task_type: TaskType, readable_buckets: Iterable[str]) -> LineRules:
        """Take the rules of a task type, for a deployment that may read these buckets."""
        return cls(task_type.source_keys, frozenset(readable_buckets), task_type.extensions)


@dataclass(frozen=True, slots=True)
class FailedLine:
    """A line that is a data object which can't be labeled; the job goes on without it."""

    reason: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that keeps the whole job from starting."""

    message: str
    expected: str

    def problem(self, uri: str, line: int) -> Problem:
        """Name the place; `line` counts from 1."""
        return Problem(path=uri, message=self.message, expected=self.expected, line=line)


def read_lines(chunks: Iterable[bytes]) -> Iterator[ManifestLine]:
    r"""Find the lines in a stream of bytes.

    Lines end in `\n` or `\r\n`, the last one may lack it. A byte order mark at the start belongs to no line.

    Parameters
    ----------
    chunks
        The manifest in pieces of any size, cut anywhere.
    """
    chunks = iter(chunks)
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= len(BOM):
            break
    start = len(BOM) if head.startswith(BOM) else 0
    pieces, held = list[bytes](), 0
    for chunk in itertools.chain([head[start:]], chunks):
        first, *others = chunk.split(b"\n")
        held += len(first)
        if held <= LARGEST_LINE_READ:
            pieces.append(first)
        if not others:
            continue
        *whole, last = others
        yield _line(start, held, b"".join(pieces), 1)
        start += held + 1
        for raw in whole:
            yield _line(start, len(raw), raw, 1)
            start += len(raw) + 1
        pieces, held = [last], len(last)
    if held:
        yield _line(start, held, b"".join(pieces), 0)


def _line(start: int, length: int, raw: bytes, line_break: int) -> ManifestLine:
    kept = raw.removesuffix(b"\r") if length <= LARGEST_LINE_READ else None
    return ManifestLine(start, start + length + line_break, kept)


def check_line(raw: bytes | None, rules: LineRules) -> dict[str, Any] | FailedLine | RefusedLine:
    """Judge a line: the data object itself when it is sound.

    Of a key that stands twice in a line the last one counts, as in most readers of JSON.
    """
    if raw is None:
        return RefusedLine(f"longer than {LARGEST_LINE_READ} bytes", f"at most {LONGEST_LINE} characters")
    try:
        text = raw.decode()
        data = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        return _unreadable(raw, error)
    if type(data) is not dict:
        return RefusedLine("JSON, but no object", _AN_OBJECT)
    return _check_object(data, text, rules)


def _unreadable(raw: bytes, error: Exception) -> RefusedLine:
    if isinstance(error, UnicodeDecodeError):
        byte = f"{raw[error.start]:#04x} at position {error.start + 1}"
        return RefusedLine(f"not UTF-8: byte {byte}", "UTF-8 text")
    if not raw.strip():
        return RefusedLine("an empty line", _AN_OBJECT)
    if isinstance(error, json.JSONDecodeError):
        return RefusedLine(f"not JSON: {error.msg} at column {error.colno}", _AN_OBJECT)
    return RefusedLine(f"not JSON that can be read: {_first_words(error)}", _AN_OBJECT)


_AN_OBJECT = "one JSON object in a line"


def _check_object(data: dict[str, Any], text: str, rules: LineRules) -> dict[str, Any] | FailedLine | RefusedLine:
    reference = data.get("source-ref")
    if reference is not None and type(reference) is str and reference.startswith("s3://"):
        bucket = reference[5:].partition("/")[0]
        if bucket not in rules.buckets and bucket:
            return _foreign_bucket(bucket, rules)
    reason = _source_fault(data, rules) or _size_fault(data, text) or _name_fault(data, text)
    return data if reason is None else FailedLine(f"ClientError: {reason}", data)


def _foreign_bucket(bucket: str, rules: LineRules) -> RefusedLine:
    return RefusedLine(
        f"source-ref points to the bucket {bucket!r}, which this deployment may not read",
        f"a bucket of the deployment's setting dataBuckets (now: {', '.join(sorted(rules.buckets))}); "
        "add it there and deploy again",
    )


def _source_fault(data: Mapping[str, Any], rules: LineRules) -> str | None:
    if "source-ref" in data:
        if "source" in data:
            return "The line has both source and source-ref; exactly one of them is needed."
        return _reference_fault(data["source-ref"], rules)
    if "source" not in data:
        return f"The line has no data object; {' or '.join(rules.source_keys)} is needed."
    if "source" not in rules.source_keys:
        return f"This task type takes no source; {' or '.join(rules.source_keys)} is needed."
    if type(data["source"]) is not str:
        return "source is not a text."
    return None


def _reference_fault(reference: object, rules: LineRules) -> str | None:
    if "source-ref" not in rules.source_keys:
        return f"This task type takes no source-ref; {' or '.join(rules.source_keys)} is needed."
    if type(reference) is not str or not reference.startswith("s3://"):
        return "source-ref is not an S3 address s3://bucket/key."
    bucket, _, key = reference[5:].partition("/")
    if not bucket or not key:
        return "source-ref is not an S3 address s3://bucket/key."
    if rules.extensions and not key.lower().endswith(rules.extensions):
        return f"source-ref does not end in {', '.join(rules.extensions)}."
    return None


def _size_fault(data: Mapping[str, Any], text: str) -> str | None:
    if len(text) <= LONGEST_VALUE:
        return None
    if len(text) > LONGEST_LINE:
        return f"The line has {len(text)} characters; at most {LONGEST_LINE} are allowed."
    for name, value in data.items():
        if _written_by_a_job(name, data):
            continue
        length = len(value) if type(value) is str else len(_COMPACT.encode(value))
        if length > LONGEST_VALUE:
            return f"The attribute {name[:80]!r} has {length} characters; at most {LONGEST_VALUE} are allowed."
    return None


def _written_by_a_job(name: str, data: Mapping[str, Any]) -> bool:
    if name in ("source", "source-ref"):
        return False
    return f"{name}-metadata" in data or (name.endswith("-metadata") and name.removesuffix("-metadata") in data)


def _name_fault(data: Mapping[str, Any], text: str) -> str | None:
    escaped = "\\u" in text
    if "$" in text or escaped:
        for name in data:
            if name.startswith("$"):
                return f"The attribute name {name[:80]!r} begins with $, which is reserved."
    if escaped:
        try:
            _COMPACT.encode(data).encode()
        except UnicodeEncodeError:
            return "The line has an escape that is half a character (a lone surrogate)."
    return None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _finite(text: str) -> float:
    number = float(text)
    # Read as an infinity, it could not be written as JSON again.
    if not isfinite(number):
        raise ValueError(f"{text[:20]} is larger than a number can be")
    return number


def _first_words(error: Exception) -> str:
    return str(error).partition(";")[0]


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

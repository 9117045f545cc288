"""One pass over a manifest: every line judged, the whole cut into shards (docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import Field

from groundwork.job.labeling_job import Frozen
from groundwork.job.problems import Problem
from groundwork.prepare_job.lines import FailedLine, LineRules, ManifestLine, RefusedLine, check_line, read_lines

MOST_PROBLEMS = 1_000
SMALLEST_SHARD, LARGEST_SHARD = 50, 500


class Shard(Frozen):
    """A piece of the manifest that one Lambda works on."""

    shard: int = Field(description="Number of the shard, from 0")
    first: int = Field(description="Object id of its first line: the 0-based line number")
    count: int = Field(description="Number of lines")
    start: int = Field(description="Byte at which it begins")
    end: int = Field(description="Byte before which it ends")


class ShardList(Frozen):
    """The content of `.groundwork/shards.json`."""

    objects: int
    shards: tuple[Shard, ...]


@dataclass(frozen=True, slots=True)
class ManifestSummary:
    """What one pass over the manifest found.

    The job can start when `problems` is empty; otherwise there are no shards. `failed` data objects do not hinder it.
    """

    objects: int
    failed: int
    problems: tuple[Problem, ...]
    shards: tuple[Shard, ...]

    @property
    def shard_list(self) -> ShardList:
        """What is stored for the stages that follow."""
        return ShardList(objects=self.objects, shards=self.shards)


class ShardMismatchError(ValueError):
    """The bytes are not those the shard was cut from."""


def shard_size(max_concurrent: int, has_pre_function: bool) -> int:
    """Choose the number of data objects in a shard.

    A shard is pre-annotated as a whole. A customer's pre-annotation function often presigns addresses, which age, so
    it must not run far ahead of the workers: its shards hold about one window of `max_concurrent` objects.
    """
    if not has_pre_function:
        return LARGEST_SHARD
    return max(SMALLEST_SHARD, min(max_concurrent, LARGEST_SHARD))


def summarize(chunks: Iterable[bytes], rules: LineRules, size: int, uri: str) -> ManifestSummary:
    """Judge every line of a manifest and cut it into shards of `size` data objects.

    Empty lines at the end are no data objects. After 1,000 problems the rest is counted only.

    Parameters
    ----------
    chunks
        The manifest in pieces of any size.
    uri
        Where the manifest lies, for the problems.
    """
    tally = _Tally(uri)
    shards = tuple(cut_shards(tally.judge(read_lines(chunks), rules), size))
    problems = tally.all_problems()
    return ManifestSummary(tally.objects, tally.failed, problems, () if problems else shards)


def cut_shards(lines: Iterable[ManifestLine], size: int) -> Iterator[Shard]:
    """Cut consecutive lines into shards of `size` lines; the last one may hold fewer."""
    number = first = count = start = end = 0
    for line in lines:
        if count == size:
            yield Shard(shard=number, first=first, count=count, start=start, end=end)
            number, first, count = number + 1, first + count, 0
        if count == 0:
            start = line.start
        count += 1
        end = line.end
    if count:
        yield Shard(shard=number, first=first, count=count, start=start, end=end)


def read_shard(shard: Shard, content: bytes) -> list[tuple[int, bytes]]:
    """Split the bytes of a shard into (object id, line without its break).

    Raises
    ------
    ShardMismatchError
        The bytes hold another number of lines than the shard.
    """
    lines = content.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) != shard.count:
        raise ShardMismatchError(f"shard {shard.shard} has {shard.count} lines, its bytes hold {len(lines)}")
    return [(shard.first + index, raw.removesuffix(b"\r")) for index, raw in enumerate(lines)]


@dataclass(slots=True)
class _Tally:
    """Counts while the lines pass through."""

    uri: str
    objects: int = 0
    failed: int = 0
    problems: list[Problem] = field(default_factory=list)
    unlisted: int = 0

    def judge(self, lines: Iterable[ManifestLine], rules: LineRules) -> Iterator[ManifestLine]:
        """Pass on every line that is not empty; empty ones count only when something follows them."""
        empty = 0
        for line in lines:
            if line.raw is not None and (not line.raw or line.raw.isspace()):
                empty += 1
                continue
            for _ in range(empty):
                self._count(b"", rules)
            empty = 0
            self._count(line.raw, rules)
            yield line

    def _count(self, raw: bytes | None, rules: LineRules) -> None:
        self.objects += 1
        verdict = check_line(raw, rules)
        if type(verdict) is FailedLine:
            self.failed += 1
        elif type(verdict) is RefusedLine:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(verdict.problem(self.uri, self.objects))
            else:
                self.unlisted += 1

    def all_problems(self) -> tuple[Problem, ...]:
        if not self.objects:
            message = "the manifest holds no data object"
            return (Problem(path=self.uri, message=message, expected="one JSON object a line"),)
        if self.unlisted:
            message = f"{self.unlisted} more lines have problems"
            return (*self.problems, Problem(path=self.uri, message=message, expected="as above"))
        return tuple(self.problems)

"""Data objects that a round labels, with what was predicted of them (docs/architecture.md: `.groundwork/decided/`)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pydantic import ConfigDict, Field

from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Frozen
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import compact_json
from groundwork.task_types.task_type import Json


class Decision(Frozen):
    """One data object, as a line of a file of its shard."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    object_id: int = Field(alias="object", ge=0)
    prediction: Json = Field(description="In the form that the task type reads, for classes the index of a label")
    confidence: float = Field(ge=0, le=1)

    def to_line(self) -> bytes:
        """Write without a line break."""
        return compact_json(self.model_dump(by_alias=True))


def write_decisions(
    at: JobAtHand, number: int, decisions: Iterable[Decision], shards: Mapping[int, int]
) -> tuple[int, ...]:
    """Write the decisions of a round, one file a shard; tells the shards. `shards` by object id."""
    by_shard: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_shard[shards[decision.object_id]].append(decision)
    at.store.write_many(
        (at.paths.decided(number, shard), b"\n".join(each.to_line() for each in part))
        for shard, part in by_shard.items()
    )
    return tuple(sorted(by_shard))


def read_decisions(at: JobAtHand, number: int, shard: int) -> list[Decision]:
    """Read what a round decided of a shard's data objects."""
    lines = at.store.read(at.paths.decided(number, shard)).splitlines()
    return [Decision.model_validate(json.loads(line)) for line in lines]


def decided_objects(at: JobAtHand, number: int, shards: Iterable[int]) -> Iterator[int]:
    """Go through the data objects that a round labeled, without their predictions."""
    uris: list[S3Uri] = [at.paths.decided(number, shard) for shard in shards]
    for content in at.store.read_many(uris):
        yield from (json.loads(line)["object"] for line in content.splitlines())

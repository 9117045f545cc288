"""What the model is asked about and what it said, as files between the stages of a round."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pydantic import ConfigDict, Field

from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Frozen
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import compact_json
from groundwork.task_types.task_type import Json


class AskedObject(Frozen):
    """A data object that the model is asked about."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    object_id: int = Field(alias="object", ge=0)
    source: str = Field(description="The text, or the image's S3 address")
    part: str = Field(description="Part of the inference input that it is in")
    label: dict[str, Json] | None = Field(default=None, description="Of a held-out object, people's label")


class AskedShard(Frozen):
    """`.groundwork/inference/<round>/<shard>.json`."""

    objects: tuple[AskedObject, ...]


class Prediction(Frozen):
    """A line of `.groundwork/predictions/<round>/<shard>.ndjson`."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    object_id: int = Field(alias="object", ge=0)
    value: Json = Field(description="As the task type's MachineLabels take it")
    confidence: float = Field(ge=0, le=1)
    quality: float | None = Field(default=None, ge=0, le=1, description="Of a held-out object, against people's label")


def write_predictions(at: JobAtHand, paths: TrainingPaths, shard: int, predictions: Iterable[Prediction]) -> None:
    """Write what the model said of a shard."""
    lines = (compact_json(each.model_dump(by_alias=True, exclude_none=True)) + b"\n" for each in predictions)
    at.store.write(paths.predictions(shard), b"".join(lines), "application/x-ndjson")


def read_predictions(at: JobAtHand, paths: TrainingPaths) -> Iterator[Prediction]:
    """Read what the model said of all shards."""
    prefix = paths.predictions_prefix
    uris = [S3Uri(prefix.bucket, key) for key in sorted(at.store.keys(prefix))]
    for content in at.store.read_many(uris):
        yield from (Prediction.model_validate(json.loads(line)) for line in content.splitlines())

"""The input of transform jobs.

Texts are lines of files, one file a shard. Images are named by lists, one for each bucket, since a list has one prefix
(API reference, `TransformS3DataSource`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from groundwork.active_learning.sagemaker.predictions import AskedObject
from groundwork.active_learning.sagemaker.training_lines import tokens
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import compact_json

TEXTS = "texts"
"""The one part that texts are in."""


def image_parts(sources: Iterable[str]) -> dict[str, str]:
    """Give each bucket of the images its part, in alphabetical order."""
    buckets = sorted({S3Uri.parse(source).bucket for source in sources})
    return {bucket: str(number) for number, bucket in enumerate(buckets)}


def image_lists(shards: Iterable[Sequence[AskedObject]], parts: Mapping[str, str]) -> dict[str, list[object]]:
    """Write the list of each part: the prefix, and below it every image once."""
    keys: dict[str, dict[str, None]] = defaultdict(dict)
    for shard in shards:
        for item in shard:
            source = S3Uri.parse(item.source)
            keys[source.bucket][source.key] = None
    return {parts[bucket]: [{"prefix": f"s3://{bucket}/"}, *found] for bucket, found in keys.items()}


def text_lines(shard: Iterable[AskedObject], classes: int) -> bytes:
    """Write a shard's texts for BlazingText; `k` asks for the probabilities of all classes."""
    lines = ({"id": item.object_id, "source": tokens(item.source), "k": classes} for item in shard)
    return b"".join(compact_json(line) + b"\n" for line in lines)


def text_file(shard: int) -> str:
    """Name the file of a shard's texts below its part."""
    return f"{TEXTS}/{shard:06d}.ndjson"


def image_output(paths: TrainingPaths, item: AskedObject) -> S3Uri:
    """Locate the answer about an image: its key below the part's output, with `.out` added."""
    return paths.inference_output(item.part).child(f"{S3Uri.parse(item.source).key}.out")


def text_output(paths: TrainingPaths, shard: int) -> S3Uri:
    """Locate the answers about a shard's texts."""
    return paths.inference_output(f"{text_file(shard)}.out")

"""The last stage: assemble the augmented output manifest, shard by shard, and tell the job's counters.

Every line of the input manifest is in it exactly once: labeled, failed with its reason, copied through, or,
while the job runs and after a stop, as it came. It is streamed, so a manifest of any size fits in memory.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from groundwork.job.counters import LabelCounters
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.manifest_output.lines import output_line
from groundwork.manifest_output.outcomes import Copied, Failed, Known, Labeled, Outcome, Unlabeled, read_outcome
from groundwork.prepare_job.sharding import Shard, ShardList, read_shard


@dataclass(slots=True)
class Tally:
    """Counts while the lines pass through.

    `short` objects are labeled by fewer workers than asked; gold objects count as `copied`, since their labels came
    with the manifest.
    """

    objects: int = 0
    human: int = 0
    machine: int = 0
    failed: int = 0
    copied: int = 0
    short: int = 0
    reasons: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, outcome: Outcome, metadata_attribute: str) -> None:
        """Count one data object."""
        self.objects += 1
        match outcome:
            case Labeled(content):
                metadata = content.get(metadata_attribute, {})
                self.machine += metadata.get("human-annotated") == "no"
                self.human += metadata.get("human-annotated") != "no"
                self.short += "answers-missing" in metadata
            case Failed(reason):
                self.failed += 1
                self.reasons[reason] += 1
            case Copied() | Known():
                self.copied += 1

    def counters(self) -> LabelCounters:
        """Turn the counts into Ground Truth's."""
        return LabelCounters.count(
            objects=self.objects,
            human_labeled=self.human,
            machine_labeled=self.machine,
            failed=self.failed,
            copied=self.copied,
        )


def publish(at: JobAtHand) -> Tally:
    """Write `output.manifest` anew and count what is in it."""
    stored = at.store.find_json(at.paths.shards)
    tally = Tally()
    if stored is None:
        return tally
    shards = ShardList.model_validate(stored).shards
    pieces = (_shard_lines(at, shard, files, tally) for shard, files in _with_label_files(at, shards))
    at.store.write_stream(at.paths.output_manifest, pieces, "application/x-ndjson")
    return tally


def _with_label_files(at: JobAtHand, shards: tuple[Shard, ...]) -> Iterator[tuple[Shard, list[S3Uri]]]:
    prefix = at.paths.labels_prefix
    files: dict[int, list[S3Uri]] = defaultdict(list)
    for key in sorted(at.store.keys(prefix)):
        files[int(key.removeprefix(prefix.key).split("/")[0])].append(S3Uri(prefix.bucket, key))
    for shard in shards:
        yield shard, files[shard.shard]


def _shard_lines(at: JobAtHand, shard: Shard, label_files: list[S3Uri], tally: Tally) -> bytes:
    manifest = at.job.manifest
    content = at.store.read(S3Uri.parse(manifest.uri), start=shard.start, end=shard.end, pin=manifest)
    outcomes = _outcomes(at, shard, label_files)
    lines = []
    for object_id, raw in read_shard(shard, content):
        outcome = outcomes.get(object_id, Unlabeled())
        tally.add(outcome, at.job.metadata_attribute)
        lines.append(output_line(raw, outcome, at.job, at.task_type.metadata_type, at.moment()))
    return b"".join(line + b"\n" for line in lines)


def _outcomes(at: JobAtHand, shard: Shard, label_files: list[S3Uri]) -> dict[int, Outcome]:
    """Tell what is known of each object; a label given later takes the place of an earlier one, a known one of all."""
    outcomes: dict[int, Outcome] = {}
    gold: dict[int, Outcome] = {}
    if at.store.find_json(at.paths.task_input_index(shard.shard)) is not None:
        for line in at.store.read(at.paths.task_input(shard.shard)).splitlines():
            record = json.loads(line)
            if record["state"] == "failed":
                outcomes[record["object"]] = Failed(record["reason"])
            elif record["state"] == "copied":
                outcomes[record["object"]] = Copied()
            elif at.task_type.gold is not None and "gold" in record:
                moment, metadata_type = at.moment(), at.task_type.metadata_type
                gold[record["object"]] = Known(at.task_type.gold.content(record["gold"], at.job, metadata_type, moment))
    for file in at.store.read_many(label_files):
        for line in file.splitlines():
            object_id, outcome = read_outcome(line)
            outcomes[object_id] = outcome
    return outcomes | gold

"""The first stage: read the manifest once, cut it into shards, and have a queue to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.problems import Problem
from groundwork.job.s3_uri import S3Uri
from groundwork.prepare_job.lines import LineRules
from groundwork.prepare_job.rebuild import Rebuilt, rebuild
from groundwork.prepare_job.sharding import ShardList, shard_size, summarize
from groundwork.task_dispatch.window import FIRST_READY_OBJECTS, READY_OBJECTS, Window


@dataclass(frozen=True, slots=True)
class Prepared:
    """How many data objects the manifest has, what keeps it from being labeled, and what was rebuilt."""

    objects: int
    shards: int
    problems: tuple[Problem, ...] = ()
    rebuilt: Rebuilt | None = None


def prepare(at: JobAtHand, readable_buckets: frozenset[str], *, rebuild_queue: bool) -> Prepared:
    """Cut the manifest into shards, or, when that is done already, bring the queue in line with S3.

    `readable_buckets` are those whose objects the deployment may show to workers. Without `rebuild_queue` a
    prepared job is left as it is: a new execution goes on for an old one that had enough events.
    """
    stored = at.store.find_json(at.paths.shards)
    if stored is not None:
        shards = ShardList.model_validate(stored)
        rebuilt = rebuild(at, first_window(at.job, shards)) if rebuild_queue else None
        return Prepared(shards.objects, len(shards.shards), rebuilt=rebuilt)
    rules = line_rules(at, readable_buckets)
    chunks = at.store.chunks(S3Uri.parse(at.job.manifest.uri), pin=at.job.manifest)
    size = shard_size(at.job.max_concurrent, at.job.functions.pre is not None)
    summary = summarize(chunks, rules, size, at.job.manifest.uri)
    if summary.problems:
        return Prepared(summary.objects, 0, summary.problems)
    at.queue.put_window(first_window(at.job, summary.shard_list), replace_old=True)
    # Written last: where it is, the job is prepared.
    at.store.write_json(at.paths.shards, summary.shard_list.model_dump())
    return Prepared(summary.objects, len(summary.shards))


def line_rules(at: JobAtHand, readable_buckets: frozenset[str]) -> LineRules:
    """State what each line of the job's manifest has to be."""
    return LineRules.of(at.task_type, readable_buckets)


def first_window(job: LabelingJob, shards: ShardList) -> Window:
    """Begin the counters of a job; a stopping condition becomes the number of objects that may be labeled.

    Where a model labels too, a percentage counts its labels as well and is minded when objects are selected.
    """
    conditions = job.stop_conditions
    limits = [conditions.max_human_labeled_objects] if conditions.max_human_labeled_objects else []
    if conditions.max_percentage_labeled and job.automation is None:
        # The least number of labels with labeled x 100 >= limit x total (spec: job-api §13.5).
        limits.append(-(-conditions.max_percentage_labeled * shards.objects // 100))
    return Window(
        max_concurrent=job.max_concurrent,
        objects=shards.objects,
        shards=len(shards.shards),
        most_labeled=min(limits, default=None),
        first_round=FIRST_READY_OBJECTS if job.adaptive else READY_OBJECTS,
    )

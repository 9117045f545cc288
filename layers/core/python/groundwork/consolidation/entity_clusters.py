"""Ground Truth's consolidation of named entities, as far as it is published (spec: workflows §2.11)."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import Field

from groundwork.consolidation.entity_label import Entity, entity_label, spans_in_text
from groundwork.consolidation.known_votes import told_apart
from groundwork.job.labeling_job import Frozen, LabelingJob
from groundwork.task_types.entity_answer import Span, marked_spans
from groundwork.task_types.task_type import GOLD_VOTER, AnsweredObject, ConsolidatedLabel, Json, Vote

if TYPE_CHECKING:
    from groundwork.consolidation.span_table import SpanTable
    from groundwork.consolidation.vote_table import VoteTable

UNKNOWN = 0.7
"""Accuracy of a worker of whom nothing is known."""


class WorkerAccuracy(Frozen):
    """`.groundwork/worker-quality.json` of this way of consolidation."""

    workers: dict[str, float] = Field(default={}, description="Accuracy by worker id")
    prior: tuple[float, ...] = Field(default=(), description="Share of each label, and of no entity, among clusters")


@dataclass(frozen=True, slots=True)
class EntityClusters:
    """Clusters by Jaccard index; bounds by mode, else median; the label of most; clusters of one worker are kept."""

    metadata_type: str

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> list[Span] | None:
        """List the spans of an answer, label by index."""
        return marked_spans(answer, job.labels or ())

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate how often each worker is right about clusters, "no entity" included."""
        from groundwork.consolidation.one_coin import one_coin  # noqa: PLC0415
        from groundwork.consolidation.span_clusters import cluster_spans  # noqa: PLC0415
        from groundwork.consolidation.span_table import SpanTable  # noqa: PLC0415
        from groundwork.consolidation.vote_sample import sampled  # noqa: PLC0415

        labels = len(job.labels or ())
        given, known = told_apart(votes)
        answers = [(object_id, GOLD_VOTER, spans) for object_id, spans in known.items()]
        table = SpanTable.build([*sampled(given, foremost=known), *answers], max(1, labels))
        model = one_coin(cluster_votes := _cluster_votes(table, cluster_spans(table.spans), labels), labels + 1)
        return WorkerAccuracy(
            workers=dict(zip(cluster_votes.workers, map(float, model.accuracy), strict=True)),
            prior=tuple(map(float, model.prior)),
        ).model_dump(mode="json")

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object; entities ascend by start, then end."""
        votes = [
            (item.object_id, answer.worker_id, spans)
            for item in objects
            for answer in item.answers
            if (spans := spans_in_text(self.vote(answer.content, job), item)) is not None
        ]
        found = _entities(votes, WorkerAccuracy.model_validate(estimate or {}), job)
        return [
            entity_label(item, found[item.object_id], job, self.metadata_type, now)
            for item in objects
            if item.object_id in found
        ]


def _entities(
    votes: Sequence[tuple[int, str, list[Span]]], quality: WorkerAccuracy, job: LabelingJob
) -> dict[int, list[Entity]]:
    import numpy as np  # noqa: PLC0415

    from groundwork.consolidation.one_coin import OneCoin, one_coin_posterior  # noqa: PLC0415
    from groundwork.consolidation.span_clusters import cluster_spans  # noqa: PLC0415
    from groundwork.consolidation.span_table import SpanTable  # noqa: PLC0415

    labels = len(job.labels or ())
    table = SpanTable.build(votes, max(1, labels))
    clusters = cluster_spans(table.spans)
    cluster_votes = _cluster_votes(table, clusters, labels)
    model = OneCoin(
        np.array([quality.workers.get(worker, UNKNOWN) for worker in cluster_votes.workers]),
        np.array(quality.prior or [1 / (labels + 1)] * (labels + 1)),
    )
    posterior = one_coin_posterior(cluster_votes, model)
    columns = zip(
        table.objects[table.spans.object_of].tolist(),
        table.spans.start.tolist(),
        table.spans.end.tolist(),
        table.spans.label_of.tolist(),
        strict=True,
    )
    spans = [(object_id, Span(start, end, label)) for object_id, start, end, label in columns]
    found: dict[int, list[Entity]] = {int(object_id): [] for object_id in table.objects}
    for number, rows in enumerate(clusters):
        object_id = spans[rows[0]][0]
        span = _consensus([spans[row][1] for row in rows], f"{job.arn}\n{object_id}")
        found[object_id].append(Entity(span, float(posterior[span.label, number])))
    return {object_id: sorted(entities) for object_id, entities in found.items()}


def _cluster_votes(table: SpanTable, clusters: Sequence[Sequence[int]], labels: int) -> VoteTable:
    """Let every worker of a text vote on each of its clusters: a label, or the number after the last for no entity.

    What `GOLD_VOTER` says of a cluster is known to be so.
    """
    from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415

    workers_of: dict[int, list[int]] = defaultdict(list)
    for number, worker in zip(table.answer_object.tolist(), table.answer_worker.tolist(), strict=True):
        workers_of[number].append(worker)
    object_of, worker_of, label_of = (
        column.tolist() for column in (table.spans.object_of, table.spans.worker_of, table.spans.label_of)
    )

    gold = table.workers.index(GOLD_VOTER) if GOLD_VOTER in table.workers else None
    known = {
        number: next((label_of[row] for row in rows if worker_of[row] == gold), labels)
        for number, rows in enumerate(clusters)
        if gold in workers_of[object_of[rows[0]]]
    }

    def votes() -> Iterable[tuple[int, str, int]]:
        for number, rows in enumerate(clusters):
            given = {worker_of[row]: label_of[row] for row in rows}
            for worker in workers_of[object_of[rows[0]]]:
                if worker != gold:
                    yield number, table.workers[worker], given.get(worker, labels)

    return VoteTable.build(votes(), labels + 1, known)


def _consensus(spans: Sequence[Span], seed: str) -> Span:
    """Combine a cluster's spans."""
    start, end = _bound([span.start for span in spans]), _bound([span.end for span in spans])
    if start >= end:
        # The modes are of different spans; medians keep the order of starts and ends.
        start, end = _lower_median([span.start for span in spans]), _lower_median([span.end for span in spans])
    tied = sorted(_most_common(span.label for span in spans))
    digest = hashlib.sha256(f"{seed}\n{start}".encode()).digest()
    return Span(start, end, tied[int.from_bytes(digest) % len(tied)])


def _bound(values: Sequence[int]) -> int:
    modes = _most_common(values)
    return modes[0] if len(modes) == 1 else _lower_median(values)


def _lower_median(values: Sequence[int]) -> int:
    return sorted(values)[(len(values) - 1) // 2]


def _most_common(values: Iterable[Any]) -> list[Any]:
    counts = Counter(values)
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]

"""Consolidation of named entities: which parts of a text bear which labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from groundwork.consolidation.entity_label import Entity, entity_label, spans_in_text
from groundwork.consolidation.known_votes import told_apart
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.entity_answer import Span, marked_spans
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel, Json, Vote


@dataclass(frozen=True, slots=True)
class EntitySpans:
    """Weighs every worker's marks by how thoroughly he marks all texts of the job (see `span_model`).

    A vote is the list of an answer's spans. numpy is loaded only when something is computed.
    """

    metadata_type: str

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> list[Span] | None:
        """List the spans of an answer, label by index; none at all is a vote too."""
        return marked_spans(answer, job.labels or ())

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate how much each worker overlooks and marks wrongly (see `marker_quality.MarkerQuality`)."""
        from groundwork.consolidation.marker_quality import MarkerQuality  # noqa: PLC0415
        from groundwork.consolidation.span_model import estimate_markers  # noqa: PLC0415
        from groundwork.consolidation.span_table import SpanTable  # noqa: PLC0415
        from groundwork.consolidation.vote_sample import sampled  # noqa: PLC0415

        labels = max(1, len(job.labels or ()))
        given, known = told_apart(votes)
        table = SpanTable.build(sampled(given, foremost=known), labels, known)
        return MarkerQuality.from_estimate(table, estimate_markers(table, labels)).to_json()

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object by the estimated workers; one without a usable answer is left out.

        Confidence is `round(0.05 + 0.9 p, 2)`, p the average over the entity's characters of the probability that they
        belong to an entity times the share of the label; 0 where one worker an object was asked for (spec: workflows
        §2.2).
        """
        votes = [
            (item.object_id, answer.worker_id, spans)
            for item in objects
            for answer in item.answers
            if (spans := spans_in_text(self.vote(answer.content, job), item)) is not None
        ]
        found = self._entities(votes, estimate, max(1, len(job.labels or ())))
        return [
            entity_label(item, found[item.object_id], job, self.metadata_type, now)
            for item in objects
            if item.object_id in found
        ]

    def _entities(
        self, votes: Sequence[tuple[int, str, list[Span]]], estimate: Json, labels: int
    ) -> dict[int, list[Entity]]:
        from groundwork.consolidation.marker_quality import MarkerQuality  # noqa: PLC0415
        from groundwork.consolidation.span_decoding import decode  # noqa: PLC0415
        from groundwork.consolidation.span_table import SpanTable  # noqa: PLC0415

        quality = MarkerQuality.model_validate(estimate or {})
        table = SpanTable.build(votes, labels)
        entities = decode(table, quality.markers(table.workers), quality.share, labels)
        found: dict[int, list[Entity]] = {int(object_id): [] for object_id in table.objects}
        for number, start, end, label, probability in zip(
            table.objects[entities.object_of].tolist(),
            entities.start.tolist(),
            entities.end.tolist(),
            entities.label_of.tolist(),
            entities.probability.tolist(),
            strict=True,
        ):
            found[number].append(Entity(Span(start, end, label), probability))
        return found

"""The label of a text with its entities (spec: data-formats §11.7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from groundwork.consolidation.metadata import creation_date, metadata_job_name, record_missing_answers
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.entity_answer import Span
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel, Json


class Entity(NamedTuple):
    """A span of the label, and how probable it is."""

    span: Span
    probability: float


def labels_with_names(job: LabelingJob) -> list[dict[str, str]]:
    """List all labels of a job, with the short names of those that have one."""
    return [
        {"label": label}
        if (short := job.short_display_names.get(label)) is None
        else {"label": label, "shortDisplayName": short}
        for label in job.labels or ()
    ]


def spans_in_text(spans: Sequence[Span] | None, item: AnsweredObject) -> list[Span] | None:
    """Keep of spans what lies in the object's text, where the text is known."""
    text = item.data_object.get("content")
    if spans is None or text is None:
        return None if spans is None else list(spans)
    return [span._replace(end=min(span.end, len(text))) for span in spans if span.start < len(text)]


def entity_label(
    item: AnsweredObject, entities: Iterable[Entity], job: LabelingJob, metadata_type: str, now: datetime
) -> ConsolidatedLabel:
    """Write entities as the label of an object; every confidence is 0 where one worker was asked."""
    names = job.labels or ()
    found = list(entities)
    metadata: dict[str, Json] = {
        "job-name": metadata_job_name(job, metadata_type),
        "type": metadata_type,
        "creation-date": creation_date(now),
        "human-annotated": "yes",
        "entities": [
            {"confidence": 0 if job.workers_per_object == 1 else round(0.05 + 0.9 * entity.probability, 2)}
            for entity in found
        ],
    }
    record_missing_answers(metadata, item.missing)
    label = {
        "annotations": {
            "labels": labels_with_names(job),
            "entities": [
                {"label": names[span.label], "startOffset": span.start, "endOffset": span.end} for span, _ in found
            ],
        }
    }
    return ConsolidatedLabel(item.object_id, {job.label_attribute: label, job.metadata_attribute: metadata})

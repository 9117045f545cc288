"""What consolidation answered: a customer's function, read carefully, and ours (spec: workflows §1.8, §1.11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from groundwork.consolidation.metadata import custom_metadata, record_missing_answers
from groundwork.job.labeling_job import LabelingJob
from groundwork.json_text import compact_json
from groundwork.manifest_output.failure import NOT_IN_RESPONSE, post_annotation_failed
from groundwork.task_types.task_type import ConsolidatedLabel, Json

LARGEST_RESPONSE = 6 * 1024 * 1024
"""Bytes; what Lambda returns at most to a synchronous call."""
PROTECTED = ("source", "source-ref")
"""Keys a function can't overwrite: they say which object the line is about."""
_OTHER_SPELLINGS = {"job-name": "job_name", "creation-date": "creation_date"}


@dataclass(frozen=True, slots=True)
class ConsolidationResponse:
    """The result for a batch: every object of it is in `labels` or in `failures`."""

    labels: list[ConsolidatedLabel]
    failures: dict[int, str]
    """Object id → failure reason."""
    warnings: list[str] = field(default_factory=list)


def parse_response(
    response: Json, missing: Mapping[int, int], job: LabelingJob, now: datetime
) -> ConsolidationResponse:
    """Read what a customer's post-annotation function returned for a batch.

    The last of several elements for an object wins; elements for other objects are passed over with a warning; an
    object without an element fails. A response that is no list or too large fails the whole batch.

    Parameters
    ----------
    response : Json
        As `json.loads` gave it.
    missing : Mapping[int, int]
        Object id → answers that never came, for all objects of the batch.
    job : LabelingJob
    now : datetime
        When the response arrived, with a zone.
    """
    problem = _batch_problem(response)
    if problem is not None:
        return ConsolidationResponse([], dict.fromkeys(missing, post_annotation_failed(problem)), [problem])
    contents: dict[int, Mapping[str, Json]] = {}
    failures = dict.fromkeys(missing, NOT_IN_RESPONSE)
    warnings: list[str] = []
    for position, element in enumerate(response):
        object_id = _object_id(element)
        if object_id is None or object_id not in missing:
            warnings.append(f"element {position} is for no object of the request: {_shown(element)}")
            continue
        content = _content(element)
        if content is None:
            contents.pop(object_id, None)
            failures[object_id] = post_annotation_failed("consolidatedAnnotation.content is no object")
            continue
        contents[object_id] = content
    labels: list[ConsolidatedLabel] = []
    for object_id, content in contents.items():
        merged, remarks = _with_metadata(content, missing[object_id], job, now)
        labels.append(ConsolidatedLabel(object_id, merged))
        warnings += [f"object {object_id}: {remark}" for remark in remarks]
    unlabeled = {object_id: reason for object_id, reason in failures.items() if object_id not in contents}
    return ConsolidationResponse(labels, unlabeled, warnings)


def response_file(labels: Iterable[ConsolidatedLabel]) -> list[dict[str, Json]]:
    """Form the consolidation-response file of a built-in consolidation (spec: data-formats §10.4).

    What a customer's function returned is stored as it came.
    """
    return [
        {"datasetObjectId": str(label.object_id), "consolidatedAnnotation": {"content": dict(label.content)}}
        for label in labels
    ]


def _batch_problem(response: Json) -> str | None:
    if not isinstance(response, Sequence) or isinstance(response, str):
        return f"expected a list of results, got {_shown(response)}"
    try:
        size = len(compact_json(response))
    except ValueError:
        return "the response holds NaN or an infinity, which is no JSON"
    if size > LARGEST_RESPONSE:
        return f"the response has {size} bytes, at most {LARGEST_RESPONSE} can be taken"
    return None


def _object_id(element: Json) -> int | None:
    value = element.get("datasetObjectId") if isinstance(element, Mapping) else None
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 20:
        return int(value)
    return value if type(value) is int else None


def _content(element: Mapping[str, Json]) -> Mapping[str, Json] | None:
    annotation = element.get("consolidatedAnnotation")
    content = annotation.get("content") if isinstance(annotation, Mapping) else None
    return content if isinstance(content, Mapping) else None


def _with_metadata(
    content: Mapping[str, Json], missing: int, job: LabelingJob, now: datetime
) -> tuple[dict[str, Json], list[str]]:
    """Merge the service's metadata into a function's content, whose own keys win; and what is odd about it."""
    remarks: list[str] = []
    merged = {key: value for key, value in content.items() if key not in PROTECTED}
    if len(merged) < len(content):
        remarks.append("source and source-ref of the result are ignored")
    if job.label_attribute not in merged:
        remarks.append(f"the result has no {job.label_attribute}")
    own = merged.pop(job.metadata_attribute, {})
    if not isinstance(own, Mapping):
        remarks.append(f"{job.metadata_attribute} of the result is no object and is replaced")
        own = {}
    metadata = dict(own)
    for key, value in custom_metadata(job, now).items():
        if key not in own and _OTHER_SPELLINGS.get(key) not in own:
            metadata[key] = value
    record_missing_answers(metadata, missing)
    return merged | {job.metadata_attribute: metadata}, remarks


def _shown(value: Json) -> str:
    return repr(value)[:80]

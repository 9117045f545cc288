"""What consolidation is asked: the request file, and the event that points a customer's function to it.

Spec: workflows §1.6 and §1.7, data-formats §10.2 and §10.3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from groundwork.consolidation.collected import CollectedAnswer, CollectedObject
from groundwork.job.labeling_job import LabelingJob
from groundwork.json_text import compact_json
from groundwork.task_types.task_type import Json

VERSION = "2018-10-16"
LARGEST_INLINE = 256 * 1024
"""Bytes of one answer's JSON text; a larger one goes by reference."""
MOST_OBJECTS = 50
"""Data objects in one request; more were never seen (spec: workflows §1.10)."""


@dataclass(frozen=True, slots=True)
class ConsolidationRequest:
    """The request file, and the answers that are stored beside it because they are too large for it."""

    payload: list[dict[str, Json]]
    by_reference: dict[str, bytes]
    """S3 URI → JSON text of the answer; to be written before the function is called."""


def consolidation_request(
    objects: Sequence[CollectedObject], reference: Callable[[int, str], str]
) -> ConsolidationRequest:
    """Form the request file for some data objects.

    Parameters
    ----------
    objects : Sequence[CollectedObject]
    reference : Callable[[int, str], str]
        Object id and worker id → the S3 URI at which a large answer shall lie.
    """
    by_reference: dict[str, bytes] = {}

    def annotation(item: CollectedObject, answer: CollectedAnswer) -> dict[str, Json]:
        text = compact_json(answer.answer_content)
        if len(text) <= LARGEST_INLINE:
            return {"workerId": answer.worker_id, "annotationData": {"content": text.decode()}}
        uri = reference(item.object_id, answer.worker_id)
        by_reference[uri] = text
        # The schema says s3Uri, Ground Truth's own recipe reads s3uri.
        return {"workerId": answer.worker_id, "annotationData": {"s3Uri": uri, "s3uri": uri}}

    payload = [
        {
            "datasetObjectId": str(item.object_id),
            "dataObject": item.data_object,
            "annotations": [annotation(item, answer) for answer in item.answers],
        }
        for item in objects
    ]
    return ConsolidationRequest(payload, by_reference)


def post_annotation_event(
    job: LabelingJob, payload_uri: str, role_arn: str, *, vpc_enabled: bool = False
) -> dict[str, Json]:
    """Form the event of a customer's post-annotation function.

    Parameters
    ----------
    job : LabelingJob
    payload_uri : str
        S3 URI of the request file.
    role_arn : str
        A role the function may assume to read it.
    vpc_enabled : bool
        Whether the job runs within a VPC of the customer's.
    """
    event: dict[str, Json] = {
        "version": VERSION,
        "labelingJobArn": job.arn,
        "labelCategories": None if job.labels is None else list(job.labels),
        "labelAttributeName": job.label_attribute,
        "roleArn": role_arn,
        "outputConfig": f"{job.output_root}/annotations",
        "maxHumanWorkersPerDataObject": job.workers_per_object,
        "vpcEnabled": vpc_enabled,
        "payload": {"s3Uri": payload_uri},
    }
    if job.output_kms_key is not None:
        event["kmsKeyId"] = job.output_kms_key
    return event

"""The metadata beside a label in an output line (spec: data-formats §8.2, §11)."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import UTC, datetime

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import Json

CUSTOM_TYPE = "groundtruth/custom"
"""`type` of custom jobs, as real output spells it."""

MISSING_ANSWERS = "answers-missing"
"""How many of the answers asked for never came; absent when all came. Not a field of Ground Truth."""


def creation_date(moment: datetime) -> str:
    """Write a time as output metadata has it: UTC, six digits, no zone (spec: data-formats §1).

    Raises
    ------
    ValueError
        `moment` has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a creation date needs a time with a zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def built_in_metadata(
    job: LabelingJob, metadata_type: str, now: datetime, *, confidence: float, class_name: str
) -> dict[str, Json]:
    """Describe a single label in the key order of real output (spec: data-formats §1)."""
    return {
        "confidence": confidence,
        "job-name": metadata_job_name(job, metadata_type),
        "class-name": class_name,
        "human-annotated": "yes",
        "creation-date": creation_date(now),
        "type": metadata_type,
    }


def custom_metadata(job: LabelingJob, now: datetime) -> dict[str, Json]:
    """Describe a custom label; milliseconds padded to six digits, as real output has them (spec: workflows §1.8)."""
    milliseconds = now.replace(microsecond=now.microsecond // 1000 * 1000)
    return {
        "type": CUSTOM_TYPE,
        "job-name": metadata_job_name(job, CUSTOM_TYPE),
        "human-annotated": "yes",
        "creation-date": creation_date(milliseconds),
    }


def metadata_job_name(job: LabelingJob, metadata_type: str) -> str:
    """`labeling-job/<lower case name>`; custom jobs have the bare name (spec: data-formats §8.2, §11.13)."""
    return job.key if metadata_type == CUSTOM_TYPE else f"labeling-job/{job.key}"


def record_missing_answers(metadata: MutableMapping[str, Json], missing: int) -> None:
    """Say in the metadata how many answers are missing, if any."""
    if missing:
        metadata[MISSING_ANSWERS] = missing

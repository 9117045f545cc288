"""Why a data object has no label, as the output line says it (spec: data-formats §8.3, workflows §1.11).

Ground Truth's texts are known only by their first words; readers look for the key `failure-reason`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from groundwork.consolidation.metadata import creation_date, metadata_job_name
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import Json

FAILURE_REASON = "failure-reason"
LONGEST_QUOTE = 200
"""Characters of a text from outside that a reason repeats."""

EXCLUDED = "ClientError: pre-annotation function excluded the object"
"""The customer's function answered `isHumanAnnotationRequired: false` (spec: workflows §1.4)."""
NOT_IN_RESPONSE = "ClientError: The post-annotation function returned no result for the object."
ALL_EXCLUDED = "ClientError: Every worker who answered the data object is excluded."
NO_USABLE_ANSWER = "ClientError: No answer can be used: none names a label of the job, or none can be read."


def expired(availability: int) -> str:
    """Nobody answered while the object was open to workers, which was `availability` seconds."""
    return (
        "ClientError: Annotation tasks expired. No worker submitted an answer within "
        f"TaskAvailabilityLifetimeInSeconds ({availability} seconds)."
    )


def declined(reasons: Sequence[str | None]) -> str:
    """As many workers declined as were asked for; `reasons` has one entry a worker, None for no reason given."""
    counted = Counter(_quoted(reason) for reason in reasons if reason)
    given = "; ".join(f"{reason} ({count})" if count > 1 else reason for reason, count in counted.most_common())
    workers = "1 worker" if len(reasons) == 1 else f"{len(reasons)} workers"
    return f"ClientError: Declined by {workers}" + (f": {given}" if given else ", who gave no reason") + "."


def pre_annotation_failed(problem: str) -> str:
    """Blame an answer of the customer's pre-annotation function that can't be used."""
    return f"ClientError: pre-annotation function: {_quoted(problem)}"


def post_annotation_failed(problem: str) -> str:
    """Blame an answer of the customer's post-annotation function that can't be used."""
    return f"ClientError: post-annotation function: {_quoted(problem)}"


def failure_metadata(job: LabelingJob, metadata_type: str, reason: str, now: datetime) -> dict[str, Json]:
    """Form the metadata of a failed object; such a line has no label.

    Parameters
    ----------
    job : LabelingJob
    metadata_type : str
        `TaskType.metadata_type` of the job's task type.
    reason : str
        One of this module's texts or a stage's own, `ClientError: …` or `InternalServerError: …`.
    now : datetime
        With a zone.
    """
    return {
        FAILURE_REASON: reason,
        "job-name": metadata_job_name(job, metadata_type),
        "type": metadata_type,
        "human-annotated": "yes",
        "creation-date": creation_date(now),
    }


def is_failed(line: Mapping[str, Json], job: LabelingJob) -> bool:
    """Whether an output line says that its object failed under this job's label attribute."""
    metadata = line.get(job.metadata_attribute)
    return job.label_attribute not in line and isinstance(metadata, Mapping) and FAILURE_REASON in metadata


def _quoted(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_QUOTE else f"{one_line[:LONGEST_QUOTE]}…"

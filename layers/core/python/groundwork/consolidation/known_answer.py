"""The known answer to a gold object, as if a worker had given it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwork.job.labeling_job import LabelingJob
from groundwork.job.s3_uri import S3Uri, S3UriError
from groundwork.task_types.prediction import UnusablePredictionError
from groundwork.task_types.task_type import GoldAnswers, Json

if TYPE_CHECKING:
    from groundwork.aws.object_store import ObjectStore


def known_answer(
    answers: GoldAnswers | None, known: Json | None, job: LabelingJob, store: ObjectStore
) -> dict[str, Json] | None:
    """Put what a gold object's record holds into an answer's form; None of other objects.

    None too when the file that it points to has gone since the task was made: the answer is then not known any more.
    """
    if answers is None or known is None:
        return None
    address = answers.file(known)
    try:
        return answers.answer(known, job, None if address is None else readable(store, address))
    except UnusablePredictionError:
        return None


def readable(store: ObjectStore, address: str) -> bytes | None:
    """Read a file that others may have taken away, or never let us read."""
    try:
        return store.read(S3Uri.parse(address))
    except (S3UriError, LookupError, PermissionError):
        return None

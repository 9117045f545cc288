"""A worker's answer as it is kept, and the worker-response file of a data object (spec: data-formats §9.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel

from groundwork.job.labeling_job import Frozen
from groundwork.task_types.task_type import Json


def worker_time(moment: datetime) -> str:
    """Write a time as worker-response files have it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


WorkerTime = Annotated[AwareDatetime, PlainSerializer(worker_time, return_type=str)]


class WorkerIdentity(Frozen):
    """Who a private worker is at the identity provider."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    identity_provider_type: Literal["Cognito", "Oidc"]
    issuer: str
    sub: str


class StoredAnswer(Frozen):
    """One submitted answer: `.groundwork/answers/<object>/<worker>.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    worker_id: str
    answer_content: dict[str, Json]
    acceptance_time: WorkerTime = Field(description="When the task was shown to the worker")
    submission_time: WorkerTime
    time_spent_in_seconds: float = Field(ge=0, description="Active time, pauses excluded")
    identity: WorkerIdentity | None = Field(default=None, description="None outside private work teams")

    def to_json(self) -> dict[str, Json]:
        """Write under the names of the stored file."""
        return self.model_dump(mode="json", by_alias=True)


def worker_response(answers: Iterable[StoredAnswer]) -> dict[str, Json]:
    """Form the worker-response file of a data object: every answer, the earliest submission first."""
    ordered = sorted(answers, key=lambda answer: (answer.submission_time, answer.worker_id))
    return {"answers": [_entry(answer) for answer in ordered]}


def _entry(answer: StoredAnswer) -> dict[str, Json]:
    entry: dict[str, Json] = {
        "acceptanceTime": worker_time(answer.acceptance_time),
        "answerContent": answer.answer_content,
        "submissionTime": worker_time(answer.submission_time),
        "timeSpentInSeconds": round(answer.time_spent_in_seconds, 3),
        "workerId": answer.worker_id,
    }
    if answer.identity is not None:
        entry["workerMetadata"] = {"identityData": answer.identity.model_dump(by_alias=True)}
    return entry

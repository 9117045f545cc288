"""Events of the state machine, as the stages receive them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class JobEvent(BaseModel):
    """Names the labeling job; every stage gets this."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)

    job_key: str


class ExecutionEvent(JobEvent):
    """Also names the execution, and says whether the queue has to be brought in line with S3."""

    execution: int
    rebuild: bool


class BatchEvent(JobEvent):
    """One batch of a consolidation plan."""

    plan: str
    batch: int


class ShardEvent(JobEvent):
    """One shard of the manifest."""

    shard: int


class RoundShardEvent(ShardEvent):
    """A shard in a round of active learning."""

    round: int


class StateError(BaseModel):
    """What a Catch keeps of an error."""

    model_config = ConfigDict(frozen=True)

    error: str = Field(default="Error", alias="Error")
    cause: str = Field(default="", alias="Cause")

    @property
    def message(self) -> str:
        """What the function said, or SageMaker of a job; the cause itself when it is the JSON of neither."""
        with suppress(ValueError, TypeError, AttributeError):
            said = json.loads(self.cause)
            return str(said.get("errorMessage") or said.get("FailureReason") or self.cause)
        return self.cause


Response = dict[str, Any]

"""Events of the state machine, as the stages receive them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
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


Response = dict[str, Any]

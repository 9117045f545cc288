"""The compacted answers of a batch, one line a data object (docs/architecture.md: `.groundwork/collected/`)."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from groundwork.job.labeling_job import Frozen
from groundwork.json_text import compact_json
from groundwork.task_types.task_type import Answer, AnsweredObject, Json


class CollectedAnswer(Frozen):
    """One worker's answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    worker_id: str = Field(alias="workerId")
    answer_content: dict[str, Json] = Field(alias="answerContent")
    time_spent: float | None = Field(default=None, ge=0, alias="timeSpentInSeconds", description="Active seconds")


class CollectedObject(Frozen):
    """A data object that got at least one answer, with what consolidation needs of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    object_id: int = Field(alias="object", ge=0)
    entry: int = Field(ge=0)
    data_object: dict[str, str] = Field(alias="dataObject")
    answers: tuple[CollectedAnswer, ...] = Field(min_length=1)
    response_uri: str = Field(alias="responseUri", description="S3 URI of the worker-response file")
    gold: Json | None = Field(default=None, description="Known answer of a gold object, as its task type reads it")
    missing: int = Field(default=0, ge=0, description="Answers asked for that never came")

    def to_line(self) -> bytes:
        """Write without a line break."""
        return compact_json(self.model_dump(by_alias=True))

    def answered(self) -> AnsweredObject:
        """Hand over to a task type's consolidation."""
        answers = tuple(Answer(answer.worker_id, answer.answer_content) for answer in self.answers)
        return AnsweredObject(self.object_id, answers, self.response_uri, self.missing, self.data_object)

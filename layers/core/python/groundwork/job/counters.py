"""How far a labeling job is, counted in data objects (spec: job-api §11)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from groundwork.job.labeling_job import Frozen

Count = Annotated[int, Field(ge=0)]


class LabelCounters(Frozen):
    """`LabelCounters` of Ground Truth: an object counts once, however many workers answer it.

    Objects copied through because they carry the label already are in none of the counters
    (spec: data-formats §13).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    total_labeled: Count = Field(default=0, alias="TotalLabeled")
    human_labeled: Count = Field(default=0, alias="HumanLabeled")
    machine_labeled: Count = Field(default=0, alias="MachineLabeled")
    failed: Count = Field(default=0, alias="FailedNonRetryableError")
    unlabeled: Count = Field(default=0, alias="Unlabeled")

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        if self.total_labeled != self.human_labeled + self.machine_labeled:
            raise ValueError(
                f"TotalLabeled is {self.total_labeled}, HumanLabeled + MachineLabeled is "
                f"{self.human_labeled + self.machine_labeled}"
            )
        return self

    @classmethod
    def count(
        cls, *, objects: int, human_labeled: int = 0, machine_labeled: int = 0, failed: int = 0, copied: int = 0
    ) -> Self:
        """Derive every counter from what happened to the manifest's `objects`.

        Raises
        ------
        ValueError
            More happened than there are objects.
        """
        labeled = human_labeled + machine_labeled
        unlabeled = objects - copied - labeled - failed
        if unlabeled < 0:
            raise ValueError(
                f"{labeled} labeled, {failed} failed and {copied} copied are more than the {objects} objects of the job"
            )
        return cls(
            total_labeled=labeled,
            human_labeled=human_labeled,
            machine_labeled=machine_labeled,
            failed=failed,
            unlabeled=unlabeled,
        )

    @property
    def accepted(self) -> int:
        """Objects the job has to label or has dealt with."""
        return self.total_labeled + self.failed + self.unlabeled

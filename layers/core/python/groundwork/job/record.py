"""What the queue table knows of a labeling job: its state, for lists and for the stages.

The labeling job itself (`LabelingJob`) lies in S3; this record points there.
"""

from __future__ import annotations

from pydantic import Field

from groundwork.job.labeling_job import Frozen, LabelingJob


class JobRecord(Frozen):
    """State of one labeling job. Times are epoch seconds."""

    key: str = Field(description="Job name in lower case")
    name: str
    output_root: str
    folder: str = Field(description="Folder of the drop in the jobs bucket")
    work_team: str
    title: str
    description: str
    keywords: tuple[str, ...] = ()
    task_time_limit: int
    task_type: str
    status: str = "InProgress"
    created_at: float
    modified_at: float
    failure_reason: str | None = None
    execution: int = Field(default=1, description="Number of the latest execution of the machine")
    rebuilding: bool = Field(default=False, description="The queue is being brought in line with S3")
    objects: int = Field(default=0, description="Lines of the manifest")
    labeled: int = 0
    failed: int = 0
    unlabeled: int = 0
    copied: int = Field(default=0, description="Lines that carried the label already")
    short: int = Field(default=0, description="Labeled with fewer answers than asked for")
    tasks_created: bool = Field(default=False, description="Whether anything was shown to workers")

    @classmethod
    def of(cls, job: LabelingJob, folder: str) -> JobRecord:
        """Begin the record of a job."""
        moment = job.created_at.timestamp()
        return cls(
            key=job.key,
            name=job.name,
            output_root=job.output_root,
            folder=folder,
            work_team=job.work_team,
            title=job.title,
            description=job.description,
            keywords=job.keywords,
            task_time_limit=job.task_time_limit,
            task_type=job.task_type,
            created_at=moment,
            modified_at=moment,
        )

    @property
    def gives_tasks(self) -> bool:
        """Whether workers may be given tasks now."""
        return self.status == "InProgress" and not self.rebuilding

    @property
    def finished(self) -> bool:
        """Whether the job has reached a terminal status."""
        return self.status in {"Completed", "Failed", "Stopped"}

"""Where what is known of a work team lies in the jobs bucket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from groundwork.job.s3_uri import S3Uri
from groundwork.team_quality.label_set import label_set_name

WORK_TEAMS = ".groundwork/work-teams/"
"""No job's folder: the name of a job begins with a letter or digit."""


@dataclass(frozen=True, slots=True)
class TeamPaths:
    """The records of one work team."""

    bucket: str
    team: str

    @property
    def prefix(self) -> S3Uri:
        """All of them."""
        return S3Uri(self.bucket, f"{WORK_TEAMS}{self.team}/")

    def record(self, task_type: str, labels: Sequence[str]) -> S3Uri:
        """Locate the record for jobs of one task type and one set of labels."""
        return self.prefix.child(f"{task_type}/{label_set_name(labels)}.json")

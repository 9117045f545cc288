"""Names of training jobs, models and transform jobs: at most 63 letters, digits and hyphens, unique in an account."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from groundwork.job.labeling_job import Frozen, LabelingJob

LONGEST = 63
_JOB_CHARACTERS = 20


class JobNames(Frozen):
    """`.groundwork/training-jobs/<round>.json`: what a round starts at SageMaker."""

    training_job: str
    model: str
    transform_jobs: tuple[str, ...]


def job_names(prefix: str, job: LabelingJob, number: int, transforms: int, now: datetime) -> JobNames:
    """Name what a round starts.

    Parameters
    ----------
    prefix : str
        The deployment's name; the machine has rights on names that begin with it and no others.
    job : LabelingJob
    number : int
        Of the round.
    transforms : int
        Number of transform jobs.
    now : datetime
        A round that is tried again, in another execution, needs names that were never used.
    """
    digest = hashlib.sha256(f"{job.arn} {number} {now.isoformat()}".encode()).hexdigest()[:8]
    short = re.sub(r"-+", "-", job.key[:_JOB_CHARACTERS]).strip("-")
    name = f"{prefix}-{short}-{digest}-{number}"
    return JobNames(
        training_job=name, model=name, transform_jobs=tuple(f"{name}-{place}" for place in range(transforms))
    )

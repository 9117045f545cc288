"""What a job that has ended showed of its workers goes into the record of its work team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwork.job.s3_uri import S3Uri
from groundwork.team_quality.label_set import label_set, places_in_record
from groundwork.team_quality.record import JobPart, TeamRecord
from groundwork.team_quality.tally import TeamTally

if TYPE_CHECKING:
    from groundwork.job.job_at_hand import JobAtHand

TRIES = 20
"""Of a write that meets those of other jobs that end at the same moment."""


class RecordBusyError(RuntimeError):
    """Other jobs wrote the record again and again; a repetition may succeed."""


def keep_team_quality(at: JobAtHand, tally: TeamTally) -> None:
    """Fold the job into the record, in place of what it showed before; nothing where the job keeps no quality.

    Raises
    ------
    RecordBusyError
        Too many others write.
    """
    if at.job.team_record is None:
        return
    labels = at.job.labels or ()
    part = JobPart(job=at.job.key, ended_at=at.now(), workers=tally.parts(places_in_record(labels)))
    shared = at.store.shared(S3Uri.parse(at.job.team_record))
    empty = TeamRecord(work_team=at.job.work_team, task_type=at.job.task_type, labels=label_set(labels))
    for _ in range(TRIES):
        found = shared.find()
        record = empty if found is None else TeamRecord.model_validate_json(found.content)
        folded = record.fold(part)
        if folded == record:
            return
        if shared.replace(found, folded.model_dump_json().encode()):
            break
    else:
        raise RecordBusyError(f"{at.job.team_record} is written by too many jobs at once")
    at.log.life_cycle(
        at.now(),
        "WORKER_QUALITY_KEPT",
        f"what the job shows of {len(part.workers)} workers of {at.job.work_team} is kept for the next job",
        workers=len(part.workers),
        record=at.job.team_record,
    )

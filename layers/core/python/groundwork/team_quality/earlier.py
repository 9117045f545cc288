"""What a job starts with: the record of its work team as it was when the job first estimated its workers.

It is kept with the job, so that the same answers give the same labels however often and however late they are
consolidated, and so that a job never takes its own part of the record for an earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groundwork.job.labeling_job import Frozen
from groundwork.job.s3_uri import S3Uri
from groundwork.team_quality.known_quality import KnownQuality, known_quality, label_shares
from groundwork.team_quality.label_set import places_in_job
from groundwork.team_quality.prior import prior_counts
from groundwork.team_quality.record import Confusion, Gold, TeamRecord

if TYPE_CHECKING:
    from groundwork.job.job_at_hand import JobAtHand


class EarlierWorker(Frozen):
    """One worker before the job; `counts` by indices of the job's labels, worth what they add up to."""

    jobs: int
    answers: int
    gold: Gold
    quality: KnownQuality | None
    counts: tuple[Confusion, ...]


class EarlierQuality(Frozen):
    """`.groundwork/earlier-quality.json`."""

    workers: dict[str, EarlierWorker]

    def counts(self) -> dict[str, tuple[Confusion, ...]]:
        """Give what the estimate starts with, by worker id."""
        return {worker: known.counts for worker, known in self.workers.items() if known.counts}

    def documents(self) -> dict[str, dict[str, Any]]:
        """Describe the workers before the job as `quality.json` does, by worker id."""
        return {worker: known.model_dump(mode="json", exclude={"counts"}) for worker, known in self.workers.items()}

    @classmethod
    def of(cls, record: TeamRecord, labels: tuple[str, ...]) -> EarlierQuality:
        """Take what the record knows, for a job with these labels."""
        known = record.known()
        shares, places = label_shares(known.values()), places_in_job(labels)
        workers = {
            worker: EarlierWorker(
                jobs=each.jobs,
                answers=each.answers,
                gold=each.gold,
                quality=known_quality(each, shares),
                counts=prior_counts(each, places),
            )
            for worker, each in known.items()
        }
        return cls(workers=workers)


def earlier_quality(at: JobAtHand) -> EarlierQuality | None:
    """Read what the job starts with, and keep it when it is first asked for; None where the job keeps no quality."""
    if at.job.team_record is None:
        return None
    stored = at.store.find(at.paths.earlier_quality)
    if stored is None:
        found = at.store.shared(S3Uri.parse(at.job.team_record)).find()
        earlier = EarlierQuality(workers={})
        if found is not None:
            earlier = EarlierQuality.of(TeamRecord.model_validate_json(found.content), at.job.labels or ())
        at.store.write_new(at.paths.earlier_quality, earlier.model_dump_json().encode())
        stored = at.store.read(at.paths.earlier_quality)
    return EarlierQuality.model_validate_json(stored)

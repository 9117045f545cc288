"""Workers whose answers a job leaves out: kept, but neither weighed nor counted."""

from __future__ import annotations

from groundwork.consolidation.collected import CollectedObject
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Frozen


class Exclusion(Frozen):
    """`.groundwork/excluded-workers.json`."""

    workers: tuple[str, ...]


def exclude(at: JobAtHand, workers: tuple[str, ...]) -> None:
    """Leave out these workers from the next consolidation on, and no others."""
    at.store.write_json(at.paths.excluded_workers, Exclusion(workers=workers).model_dump())


def excluded_workers(at: JobAtHand) -> frozenset[str]:
    """Read whom the job leaves out."""
    stored = at.store.find_json(at.paths.excluded_workers)
    return frozenset() if stored is None else frozenset(Exclusion.model_validate(stored).workers)


def without(collected: CollectedObject, excluded: frozenset[str]) -> CollectedObject | None:
    """Take answers out of a data object, which are missing then; None when none is left."""
    kept = tuple(answer for answer in collected.answers if answer.worker_id not in excluded)
    if len(kept) == len(collected.answers):
        return collected
    missing = collected.missing + len(collected.answers) - len(kept)
    return collected.model_copy(update={"answers": kept, "missing": missing}) if kept else None

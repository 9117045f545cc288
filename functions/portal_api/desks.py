"""The desk of a job, opened for one worker."""

from __future__ import annotations

import random
import secrets
from functools import partial

from aws_lambda_powertools.metrics import MetricUnit
from groundwork.job.job_at_hand import JobAtHand
from groundwork.task_dispatch.desk import Desk
from groundwork.task_dispatch.progress import log_progress, slide, wake_if_due
from groundwork.task_dispatch.redundancy import FIXED, Redundancy, redundancy
from groundwork.task_dispatch.slots import QueuedObject

from functions import wiring
from functions.observability import deployment_metric, job_metric, logger
from functions.portal_api.refusal import RefusalError
from functions.portal_api.worker import Worker

ACTIVE_SECONDS = 300
"""A worker is counted as active once in this time."""

CROWD_SECONDS = 20
"""How long the estimate of a job's workers is kept in memory."""

_last_active: dict[str, float] = {}
_known_crowds: dict[str, tuple[float, Redundancy]] = {}


def job_for(worker: Worker, job_key: str) -> JobAtHand:
    """Take up a job that this worker's teams may see.

    Raises
    ------
    RefusalError
        There is none of that name for them.
    """
    record = wiring.jobs().find(job_key.lower())
    if record is None or record.work_team not in worker.teams:
        raise RefusalError(404, "no_such_job", "There is no such labeling job for your work teams.")
    return wiring.at_hand_of(record, "task_dispatch")


def desk(at: JobAtHand) -> Desk:
    """Open the desk."""
    return Desk(
        job=at.job,
        queue=at.queue,
        store=at.store,
        now=at.now,
        new_token=partial(secrets.token_urlsafe, 24),
        scatter=lambda entries: random.sample(entries, len(entries)),
        on_ready=partial(_on_ready, at),
        redundancy=_redundancy(at),
    )


def _redundancy(at: JobAtHand) -> Redundancy:
    """Take up the job's rule; what is known of the workers is read when an answer comes that needs it."""
    if at.job.adaptive is None:
        return FIXED
    return Redundancy(lambda answer: _known(at).vote(answer), lambda votes: _known(at).enough(votes))


def _known(at: JobAtHand) -> Redundancy:
    """Read what is known of the job's workers, or remember it for a while: it changes by rounds."""
    now, root = at.now(), at.job.output_root
    for other, (read_at, _) in list(_known_crowds.items()):
        if now - read_at >= CROWD_SECONDS:
            del _known_crowds[other]
    if root not in _known_crowds:
        _known_crowds[root] = now, redundancy(at)
    return _known_crowds[root][1]


def count(at: JobAtHand, worker: Worker, event: str, seconds: float | None = None) -> None:
    """Count what a worker did."""
    job_metric(event, 1, at.job.name)
    deployment_metric(event, WorkTeam=at.job.work_team)
    if seconds is not None:
        job_metric("TimeSpent", seconds, at.job.name, MetricUnit.Seconds)
    if at.now() - _last_active.get(worker.id, 0.0) >= ACTIVE_SECONDS:
        _last_active[worker.id] = at.now()
        deployment_metric("ActiveWorkers", WorkTeam=at.job.work_team)


def _on_ready(at: JobAtHand, item: QueuedObject) -> None:
    """Let the window slide on. The worker's answer is stored whatever happens here; the clock catches up."""
    try:
        _, window = slide(at.job, at.queue, at.store, at.now)
        log_progress(at.log, window, at.now())
        wake_if_due(window, wiring.machine(), at.now())
    except Exception:
        logger.exception("the window did not slide", job=at.job.key, entry=item.entry)

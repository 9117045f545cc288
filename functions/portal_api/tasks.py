"""What a worker asks for, answered in the portal's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from groundwork.aws.job_store import HeldTask
from groundwork.aws.queue import Queue
from groundwork.consolidation.worker_response import StoredAnswer
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.record import JobRecord
from groundwork.task_dispatch.desk import Hand
from groundwork.task_dispatch.slots import NotLeasedError, QueuedObject, Slot, TaskConflictError
from groundwork.task_types.task_type import AnsweredTask

from functions import wiring
from functions.portal_api.desks import count, desk, job_for
from functions.portal_api.pages import render, task_input
from functions.portal_api.refusal import RefusalError
from functions.portal_api.requests import Decline, Draft, NextTask, PrefetchedTask, Submission, TaskToken
from functions.portal_api.worker import Worker

BROKEN_OBJECT = "the object does not load"


def list_jobs(worker: Worker) -> dict[str, Any]:
    """List the jobs open to the worker's teams."""
    records = {record.key: record for team in sorted(worker.teams) for record in wiring.jobs().of_team(team)}
    held = wiring.jobs().held(worker.id)
    return {
        "worker": {"id": worker.id, "name": worker.name},
        "jobs": [
            _job(record, [task for task in held if task.job_key == record.key])
            for record in sorted(records.values(), key=lambda record: record.created_at)
        ],
    }


def next_task(worker: Worker, job: str, request: NextTask) -> dict[str, Any]:
    """Give a task, or say why there is none."""
    at = job_for(worker, job)
    if not at.record.gives_tasks:
        return _none(at)
    hand = None
    if request.entry is not None:
        hand = desk(at).take(worker.id, request.entry, show=request.show)
    hand = hand or desk(at).next_task(worker.id, request.after, show=request.show)
    if hand is None:
        return _none(at)
    if request.show:
        count(at, worker, "TasksAccepted")
    return {"task": _task(at, worker, hand), "after": hand.position or request.after}


def submit(worker: Worker, job: str, entry: int, request: Submission) -> dict[str, Any]:
    """Take an answer, and start the clock of the next task with it."""
    at = job_for(worker, job)
    at.task_type.check_answer(request.answer, AnsweredTask(at.job, lambda: task_input(at, at.queue.get(entry))))
    if at.record.finished and worker.id not in at.queue.get(entry).answered_by:
        raise _job_stopped()
    spent = 0.0

    def answer(slot: Slot) -> Mapping[str, Any]:
        nonlocal spent
        accepted, submitted = slot.accepted_at or at.now(), slot.submitted_at or at.now()
        spent = min(request.time_spent_in_seconds, submitted - accepted)
        return StoredAnswer(
            worker_id=worker.id,
            answer_content=request.answer,
            acceptance_time=datetime.fromtimestamp(accepted, UTC),
            submission_time=datetime.fromtimestamp(submitted, UTC),
            time_spent_in_seconds=max(0.0, spent),
            identity=worker.identity,
        ).to_json()

    desk(at).submit(worker.id, entry, request.token, answer)
    count(at, worker, "TasksSubmitted", spent)
    _forget(at, worker, entry)
    return {"outcome": "submitted", "next": _shown(at, worker, request.next) if request.next else None}


def show(worker: Worker, job: str, entry: int, request: TaskToken) -> dict[str, Any]:
    """Start the clock of a reserved task."""
    at = job_for(worker, job)
    return {"leaseUntil": _begin(at, worker, entry, request.token)}


def decline(worker: Worker, job: str, entry: int, request: Decline) -> dict[str, Any]:
    """Take a task back for ever; a broken object is declined with that reason."""
    at = job_for(worker, job)
    reason = request.reason
    if request.code is not None:
        reason = f"{BROKEN_OBJECT}: {reason}" if reason else BROKEN_OBJECT
    desk(at).decline(worker.id, entry, request.token, reason)
    at.log.stage(
        at.now(),
        "TASK_DECLINED",
        f"task {entry} declined: {reason or 'no reason given'}",
        entry=entry,
        worker=worker.id,
    )
    count(at, worker, "TasksDeclined")
    _forget(at, worker, entry)
    return {"outcome": "declined"}


def skip(worker: Worker, job: str, entry: int, request: TaskToken) -> dict[str, Any]:
    """Take a task back for now."""
    at = job_for(worker, job)
    desk(at).skip(worker.id, entry, request.token)
    count(at, worker, "TasksReturned")
    return {"outcome": "skipped"}


def save_draft(worker: Worker, job: str, entry: int, request: Draft) -> dict[str, Any]:
    """Keep unfinished work; with `stop` the worker leaves it for later, and the clock goes on."""
    at = job_for(worker, job)
    item = _holding(at, worker, entry, request.token)
    document = {"draft": request.draft, "timeSpentInSeconds": request.time_spent_in_seconds}
    at.store.write_json(at.paths.draft(item.object_id, worker.id), document)
    slot = item.slots[worker.id]
    held = HeldTask(
        job_key=at.job.key,
        entry=entry,
        object_id=item.object_id,
        stopped_at=at.now(),
        lease_until=slot.until,
        time_spent=request.time_spent_in_seconds,
        has_draft=bool(request.draft),
    )
    at.jobs.hold(worker.id, held)
    return {"outcome": "saved"}


def renew(worker: Worker, job: str, entry: int, request: TaskToken) -> dict[str, Any]:
    """Give fresh addresses of the task's objects."""
    at = job_for(worker, job)
    return {"urls": render(at, _holding(at, worker, entry, request.token)).granted}


def _task(at: JobAtHand, worker: Worker, hand: Hand) -> dict[str, Any]:
    tasks = at.jobs.held(worker.id, at.job.key) if hand.known else []
    held = next((task for task in tasks if task.entry == hand.item.entry), None)
    draft = at.store.find_json(at.paths.draft(hand.item.object_id, worker.id)) if held else None
    return {
        "entry": hand.item.entry,
        "token": hand.token,
        "pageUrl": f"/pages/{at.job.key}/{hand.item.entry}/{hand.token}",
        "leaseUntil": hand.lease_until(worker.id),
        "taskTimeLimitInSeconds": at.job.task_time_limit,
        "timeSpentInSeconds": draft["timeSpentInSeconds"] if draft else 0.0,
        **({"draft": draft["draft"]} if draft else {}),
    }


def _none(at: JobAtHand) -> dict[str, Any]:
    if at.record.status != "InProgress":
        message = "This labeling job is being stopped or has ended; it gives no more tasks."
        return {"task": None, "reason": "stopped", "message": message}
    window = at.queue.find_window()
    if window is None or at.record.rebuilding or not window.exhausted():
        message = "Other workers have the open tasks. New ones appear here as soon as there are any."
        return {"task": None, "reason": "waiting", "message": message}
    if at.job.automation is not None and window.ready < window.for_people:
        message = "The next tasks are being chosen. They appear here as soon as there are any."
        return {"task": None, "reason": "waiting", "message": message}
    return {"task": None, "reason": "done", "message": "Every task of this labeling job is done. Thank you."}


def _shown(at: JobAtHand, worker: Worker, task: PrefetchedTask) -> dict[str, Any] | None:
    try:
        return {"entry": task.entry, "leaseUntil": _begin(at, worker, task.entry, task.token)}
    except (TaskConflictError, LookupError, RefusalError):
        return None


def _begin(at: JobAtHand, worker: Worker, entry: int, token: str) -> float | None:
    if at.record.status != "InProgress":
        raise _job_stopped()
    item = desk(at).show(worker.id, entry, token)
    count(at, worker, "TasksAccepted")
    return item.slots[worker.id].until


def _job_stopped() -> RefusalError:
    return RefusalError(409, "job_stopped", "This labeling job is being stopped or has ended.")


def _holding(at: JobAtHand, worker: Worker, entry: int, token: str) -> QueuedObject:
    item = at.queue.get(entry)
    slot = item.slots.get(worker.id)
    if slot is None or slot.token != token or not slot.holds(at.now()):
        raise NotLeasedError("You do not hold this task any more.")
    return item


def _forget(at: JobAtHand, worker: Worker, entry: int) -> None:
    at.jobs.let_go(worker.id, at.job.key, entry)


def _job(record: JobRecord, held: list[HeldTask]) -> dict[str, Any]:
    window = Queue(wiring.table(), record.key).find_window()
    return {
        "name": record.name,
        "title": record.title,
        "description": record.description,
        "keywords": list(record.keywords),
        "status": record.status,
        "taskTimeLimitInSeconds": record.task_time_limit,
        "createdAt": record.created_at,
        "counts": {"total": window.for_people, "ready": window.ready} if window else {"total": 0, "ready": 0},
        "held": [
            {
                "entry": task.entry,
                "stoppedAt": task.stopped_at,
                "hasDraft": task.has_draft,
                "leaseUntil": task.lease_until,
            }
            for task in held
        ],
    }

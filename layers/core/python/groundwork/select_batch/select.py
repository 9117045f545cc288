"""What the machine does next: consolidate what is ready, pre-annotate more, or finish.

The machine's state carries numbers and short names only; what they stand for lies in S3 (Step Functions
passes at most 256 KB from state to state).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import Field

from groundwork.active_learning.learning_round import Learning, due
from groundwork.consolidation.plan import Batch, Plan, labeled_again, plan_batches, planned
from groundwork.consolidation.request import post_annotation_event
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Frozen, LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.manifest_output.failure import declined, expired
from groundwork.select_batch.stopping import is_overdue
from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject, SlotState
from groundwork.task_dispatch.window import WakeReason, Window

LOOPS = 200
"""Rounds of the machine in one execution: each is up to 120 history events, and an execution may have 25,000."""
INDEX_PATIENCE_SECONDS = 10.0
"""How long to wait for the index to show every ready data object; it lags by well under a second."""
INDEX_POLL_SECONDS = 0.2


class Selection(Frozen):
    """The answer to the machine; `plan` is absent when there is nothing to consolidate."""

    loop: int
    finished: bool = False
    rotate: bool = False
    shards: tuple[int, ...] = ()
    learning: Learning | None = None
    plan: str | None = None
    batches: tuple[dict[str, Any], ...] = ()
    function: str = Field(default="", description="The customer's post-annotation Lambda")
    request: dict[str, Any] = Field(default={}, description="What its calls have in common; a batch adds its payload")

    @classmethod
    def of_plan(cls, plan: Plan, job: LabelingJob, output_role_arn: str, **values: Any) -> Selection:
        """Tell the machine of a plan: numbers, and the customer's request once for all batches."""
        batches = tuple(_machine_item(job, index, batch) for index, batch in enumerate(plan.batches))
        function = job.functions.post
        if function is None:
            return cls(plan=plan.name, batches=batches, **values)
        request = post_annotation_event(job, payload_uri="", role_arn=output_role_arn)
        del request["payload"]
        return cls(plan=plan.name, batches=batches, function=function, request=request, **values)


def select(at: JobAtHand, loop: int, output_role_arn: str, sleep: Callable[[float], None] = time.sleep) -> Selection:
    """Decide, and write the plan of the consolidation round if there is one.

    `output_role_arn` is the role a customer's post-annotation Lambda may assume to read its payload.
    """
    window = at.queue.window()
    if is_overdue(at.job, at.now()) and not window.stopping:
        # As if somebody stopped it, without a grace: answers that came are labeled before the job fails.
        at.queue.set_window(stop_deadline=at.now(), next_sweep_at=at.now())
        window = at.queue.window()
    learning = due(at, window)
    finished = window.exhausted() and learning is None
    if loop >= LOOPS and not finished:
        # Whatever is due is due in the next execution too: a job that has labels to give in every round would never
        # come to hand over otherwise.
        return Selection(loop=loop + 1, rotate=True)
    if finished or learning is not None or window.wake_reason(at.now()) is WakeReason.READY:
        plan = _plan(at, window, loop, finished=finished, sleep=sleep)
    else:
        plan = None
    shards = () if finished else shards_to_annotate(window, everything=at.job.automation is not None)
    if plan is None:
        return Selection(loop=loop + 1, finished=finished, shards=shards, learning=learning)
    at.store.write_json(at.paths.plan(plan.name), plan.model_dump(mode="json"))
    at.queue.set_window(first_ready_at=None, last_batch_at=max(batch.time.timestamp() for batch in plan.batches))
    of_all = {"loop": loop + 1, "finished": finished, "shards": shards, "learning": learning}
    return Selection.of_plan(plan, at.job, output_role_arn, **of_all)


def shards_to_annotate(window: Window, *, everything: bool = False) -> tuple[int, ...]:
    """Choose the next shards, so that pre-annotation stays about two windows ahead of the answers.

    How many of a shard's objects need people is not known before it is annotated; the average size serves.
    `everything` where data objects are drawn from all of them.
    """
    if not window.more_to_annotate:
        return ()
    if everything:
        return tuple(range(window.annotated_shards, window.shards))
    average = max(1.0, window.objects / window.shards)
    wanted = max(1, round((2 * window.max_concurrent - window.ahead()) / average))
    return tuple(range(window.annotated_shards, min(window.shards, window.annotated_shards + wanted)))


def _plan(at: JobAtHand, window: Window, loop: int, *, finished: bool, sleep: Callable[[float], None]) -> Plan | None:
    items = _ready_items(at, window.ready - window.done, sleep)
    name = f"{at.record.execution:04d}-{loop:05d}"
    start = at.moment().replace(microsecond=0)
    if window.last_batch_at is not None:
        start = max(start, datetime.fromtimestamp(window.last_batch_at, UTC) + timedelta(seconds=1))
    pairs = [(item.shard, planned(item, _no_answer_reason(at, item))) for item in items]
    batches = plan_batches(name, pairs, at.job, start, at.task_type.batch_objects)
    # At the end every label is given by the final estimate of the workers; a customer's function is asked once.
    again = _labeled_again(at, name) if finished and not at.job.functions.post else ()
    batches = [*again, *batches]
    return Plan(name=name, batches=tuple(batches)) if batches else None


def _ready_items(at: JobAtHand, expected: int, sleep: Callable[[float], None]) -> list[QueuedObject]:
    """Read the ready data objects; the counters are exact, the index follows them a moment later.

    In that moment it may also name objects that are done, so it is the objects themselves that are counted.
    """
    for _ in range(round(INDEX_PATIENCE_SECONDS / INDEX_POLL_SECONDS)):
        items = [item for item in at.queue.find_many(at.queue.ready_entries()) if item.status is ObjectStatus.READY]
        if len(items) >= expected:
            return items
        sleep(INDEX_POLL_SECONDS)
    return [item for item in at.queue.entries(0, at.queue.window().opened) if item.status is ObjectStatus.READY]


def _labeled_again(at: JobAtHand, name: str) -> list[Batch]:
    """List the batches of earlier plans; one that a crash kept from being labeled was planned anew."""
    labeled = set(at.store.keys(at.paths.labels_prefix))
    batches = labeled_again(_earlier_plans(at, name))
    return [batch for batch in batches if at.paths.labels(batch.shard, batch.plan, batch.number).key in labeled]


def _earlier_plans(at: JobAtHand, name: str) -> list[Plan]:
    keys = [key for key in at.store.keys(at.paths.plans_prefix) if not key.endswith(f"/{name}.json")]
    root = at.paths.root
    contents = at.store.read_many([type(root)(root.bucket, key) for key in sorted(keys)])
    return [Plan.model_validate_json(content) for content in contents]


def _no_answer_reason(at: JobAtHand, item: QueuedObject) -> str | None:
    """Say why nobody answered; nothing when the job was stopped before the object's time was over."""
    reasons = [slot.reason for slot in item.slots.values() if slot.state is SlotState.DECLINED]
    if len(reasons) >= item.largest:
        return declined(reasons)
    cut_short = (item.expires_at or 0.0) - (item.opened_at or 0.0) < at.job.task_availability
    return None if cut_short else expired(at.job.task_availability)


def _machine_item(job: LabelingJob, index: int, batch: Batch) -> dict[str, Any]:
    """Describe a batch to the machine; one for the customer's function says what is its own in the request."""
    if not job.functions.post or not batch.objects:
        return {"batch": index}
    payload = JobPaths(job.output).consolidation_request(batch.iteration, batch.time)
    return {"batch": index, "payload": {"payload": {"s3Uri": str(payload)}}}

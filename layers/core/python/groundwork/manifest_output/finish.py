"""The end of a labeling job: its final status, counters and events, whatever brought it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwork.job.counters import LabelCounters
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.status import LabelingJobStatus
from groundwork.manifest_output.iterations import keep_annotations, keep_manifest
from groundwork.manifest_output.publish import Tally, publish

if TYPE_CHECKING:
    from groundwork.aws.state_events import StateEvents
    from groundwork.aws.wake_schedule import WakeSchedule

LONGEST_REASON = 1_024
"""Characters of `FailureReason` (spec: job-api §4)."""


@dataclass(frozen=True, slots=True)
class Published:
    """The counters, and the status the job has now."""

    tally: Tally
    counters: LabelCounters
    status: LabelingJobStatus


def publish_progress(at: JobAtHand) -> Published:
    """Rewrite the output manifest and the counters while the job runs."""
    return _publish(at, LabelingJobStatus(at.record.status), finished=False)


def finish(
    at: JobAtHand,
    status: LabelingJobStatus,
    events: StateEvents,
    schedule: WakeSchedule,
    failure_reason: str | None = None,
) -> Published:
    """Publish what is labeled and end the job.

    The status comes last: whoever sees it finds everything else in place, and an end that was cut short is
    repeated as a whole.
    """
    reason = failure_reason[:LONGEST_REASON] if failure_reason else None
    published = _publish(at, status, finished=True)
    keep_annotations(at)
    at.jobs.leave_lists(at.record)
    schedule.clear(at.job.key)
    message = f"labeling job is {status.value}" + (f": {reason}" if reason else "")
    at.log.life_cycle(
        at.now(),
        "LABELING_JOB_STATE",
        message,
        status=status.value,
        counters=published.counters.model_dump(by_alias=True),
        failures=dict(published.tally.reasons),
        output=str(at.paths.output_manifest),
    )
    events.publish(at.job.arn, status.value)
    at.jobs.change(at.job.key, at.now(), status=status.value, failure_reason=reason)
    return published


def _publish(at: JobAtHand, status: LabelingJobStatus, *, finished: bool) -> Published:
    tally = publish(at)
    counters = tally.counters()
    window = at.queue.find_window()
    if window is not None and tally.objects:
        if tally.machine != window.machine_labeled:
            at.queue.set_window(machine_labeled=tally.machine)
        keep_manifest(at, window.done, finished=finished)
    at.jobs.change(
        at.job.key,
        at.now(),
        labeled=counters.total_labeled,
        failed=counters.failed,
        unlabeled=counters.unlabeled,
        copied=tally.copied,
        short=tally.short,
    )
    at.log.life_cycle(
        at.now(),
        "EXPORTED_LABELED_MANIFEST",
        f"{counters.total_labeled} labeled, {counters.failed} failed, "
        f"{counters.unlabeled} unlabeled, {tally.copied} copied through, "
        f"{tally.short} labeled with fewer answers than asked for",
        counters=counters.model_dump(by_alias=True),
        copied=tally.copied,
        short=tally.short,
    )
    return Published(tally, counters, status)

"""Workers who answer at once, in the order of calls the portal makes: reserve the next task, submit, go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from local.portal_client import NextTask, PortalClient, PortalError, PortalTask

WAIT_SECONDS = 0.2
ANSWERS_A_REFUSAL = 10
"""Every so many answers the worker asks for a job that does not exist, to time a call that does nothing."""
LOST_RACE = frozenset({"lease_expired", "not_leased", "already_submitted", "object_closed"})


@dataclass(slots=True)
class InstantRecord:
    """What one worker did; moments are of `time.monotonic`, durations in seconds."""

    first_task_at: float | None = None
    last_submitted_at: float | None = None
    submitted: int = 0
    next_task_seconds: list[float] = field(default_factory=list)
    submit_seconds: list[float] = field(default_factory=list)
    refused_seconds: list[float] = field(default_factory=list)


class InstantWorker:
    """One worker who gives the same answer to every task, loads no page, and pauses `pause` seconds at each."""

    def __init__(
        self, client: PortalClient, job: str, answer: Mapping[str, Mapping[str, str]], pause: float = 0.0
    ) -> None:
        self._client = client
        self._job = job
        self._answer = answer
        self._pause = pause
        self._after: str | None = None
        self.record = InstantRecord()

    def work(self, stop: threading.Event) -> InstantRecord:
        """Answer until the job is done, or `stop` is set."""
        while not stop.is_set():
            offered = self._offered(show=True)
            if offered.task is not None:
                self.record.first_task_at = self.record.first_task_at or time.monotonic()
                self._answer_from(offered.task)
            elif offered.reason in {"done", "stopped"}:
                break
            else:
                stop.wait(WAIT_SECONDS)
        return self.record

    def _answer_from(self, task: PortalTask) -> None:
        """Answer this task and all that can be reserved while at one."""
        shown: PortalTask | None = task
        while shown is not None:
            reserved = self._offered(show=False).task
            time.sleep(self._pause)
            shown = self._submit(shown, reserved)

    def _submit(self, task: PortalTask, following: PortalTask | None) -> PortalTask | None:
        """Submit; gives the following task if its clock has started."""
        started = time.perf_counter()
        try:
            answer = self._client.submit(self._job, task, self._answer, seconds=0.1, following=following)
        except PortalError as error:
            if error.code not in LOST_RACE:
                raise
            return None
        self.record.submit_seconds.append(time.perf_counter() - started)
        self.record.last_submitted_at = time.monotonic()
        self.record.submitted += 1
        if self.record.submitted % ANSWERS_A_REFUSAL == 1:
            self._be_refused()
        return following if answer.get("next") else None

    def _be_refused(self) -> None:
        started = time.perf_counter()
        with suppress(PortalError):
            self._client.next_task("no-such-job")
        self.record.refused_seconds.append(time.perf_counter() - started)

    def _offered(self, *, show: bool) -> NextTask:
        """Ask for a task; a job that is not known yet has none."""
        started = time.perf_counter()
        try:
            offered = self._client.next_task(self._job, after=self._after, show=show)
        except PortalError as error:
            if error.status != 404:
                raise
            return NextTask(None, None, "waiting")
        if offered.task is not None:
            self.record.next_task_seconds.append(time.perf_counter() - started)
        self._after = offered.after or self._after
        return offered

"""A simulated workforce that labels through the real portal API, as people in a browser do.

Each worker signs in, takes a task, loads its page, looks for the data object on it, loads that too, and submits
an answer with the mistakes of their `Behaviour`. Only what the right label would be comes from outside.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from local.behaviour import Behaviour
from local.deployment import Deployment
from local.portal_client import PortalClient, PortalError, PortalTask, sign_in
from local.task_page import TaskPage, read_task_page
from local.workers import invite, new_password

WAIT_SECONDS = 0.3
# Outcomes of a race that leave nothing to do for this worker but to take the next task.
LOST_RACE = frozenset({"lease_expired", "not_leased", "already_submitted", "object_closed"})


@dataclass(slots=True)
class WorkerRecord:
    """What one worker has done."""

    submitted: int = 0
    declined: int = 0
    submit_seconds: list[float] = field(default_factory=list)
    next_task_seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labeling:
    """What the workforce is to label, and what the right labels are: file name or text → label."""

    job: str
    truth: Mapping[str, str]
    labels: Sequence[str]


class SimulatedWorker:
    """One worker at work on one job until nothing is left."""

    def __init__(self, client: PortalClient, behaviour: Behaviour, labeling: Labeling, pause: float = 0.0) -> None:
        self._client = client
        self._behaviour = behaviour
        self._labeling = labeling
        self._pause = pause
        self.record = WorkerRecord()

    def work(self, stop: threading.Event) -> WorkerRecord:
        """Label until the job is done or stopped, or `stop` is set."""
        self._wait_for_job(stop)
        after = None
        while not stop.is_set():
            started = time.perf_counter()
            offered = self._client.next_task(self._labeling.job, after=after)
            self.record.next_task_seconds.append(time.perf_counter() - started)
            after = offered.after
            if offered.task is not None:
                self._label(offered.task)
            elif offered.reason in ("done", "stopped"):
                break
            else:
                stop.wait(WAIT_SECONDS)
        return self.record

    def _wait_for_job(self, stop: threading.Event) -> None:
        """Look at the list of jobs until this one is on it."""
        while not any(job["name"] == self._labeling.job for job in self._client.jobs()):
            if stop.wait(WAIT_SECONDS):
                break

    def _label(self, task: PortalTask) -> None:
        started = time.monotonic()
        page = read_task_page(self._client.page(task))
        data_object = page.find(self._labeling.truth)
        if data_object is None or not self._loads(page, data_object):
            self._client.decline(self._labeling.job, task, code="broken_object", reason="it does not load")
            self.record.declined += 1
            return
        label = self._behaviour.label(data_object, self._labeling.truth[data_object], self._labeling.labels)
        if self._pause:
            time.sleep(self._pause)
        self._submit(task, page.answer(label), time.monotonic() - started)

    def _submit(self, task: PortalTask, answer: Mapping[str, Mapping[str, str]], seconds: float) -> None:
        started = time.perf_counter()
        try:
            self._client.submit(self._labeling.job, task, answer, seconds=seconds)
        except PortalError as error:
            if error.code not in LOST_RACE:
                raise
            return
        self.record.submit_seconds.append(time.perf_counter() - started)
        self.record.submitted += 1

    def _loads(self, page: TaskPage, data_object: str) -> bool:
        """Load the picture, as the browser would; a text is there already."""
        if data_object in page.texts:
            return True
        address = next(address for address in page.addresses if data_object in address)
        try:
            return bool(self._client.load(address).body)
        except PortalError:
            return False


class Workforce:
    """Several simulated workers of one team, working at the same time, each in a thread."""

    def __init__(self, deployment: Deployment, team: str, names: Sequence[str]) -> None:
        self._deployment = deployment
        self._team = team
        self._names = names
        self._stop = threading.Event()
        self._tokens: list[str] = []

    def sign_in(self) -> None:
        """Invite every worker and take the forced first password change."""
        for name in self._names:
            password = new_password()
            temporary = invite(self._deployment, name, self._team, renew=True)
            self._tokens.append(sign_in(self._deployment, name, temporary, new_password=password))

    def start(
        self, labeling: Labeling, behaviours: Sequence[Behaviour], *, pause: float = 0.0
    ) -> list[Future[WorkerRecord]]:
        """Let the workers label; each future gives what its worker has done, or raises what stopped them."""
        pool = ThreadPoolExecutor(max_workers=len(self._tokens), thread_name_prefix="worker")
        futures = [
            pool.submit(
                SimulatedWorker(PortalClient(self._deployment["ApiUrl"], token), behaviour, labeling, pause).work,
                self._stop,
            )
            for token, behaviour in zip(self._tokens, behaviours, strict=True)
        ]
        pool.shutdown(wait=False)
        return futures

    def stop(self) -> None:
        """Send the workers home after the task in hand."""
        self._stop.set()

"""A labeling job on a local cloud of the benchmark's own, from the drop to `Completed`, by workers who answer at once.

Two results come of one run: what the pipeline adds to the people's part, and how fast the portal's API answers.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3

from local import cloud
from local.bench.instant_worker import InstantRecord, InstantWorker
from local.bench.percentile import percentile
from local.bench.table import Table, against
from local.deploy import deploy_local
from local.deployment import Deployment
from local.drop import drop, refusal
from local.portal_client import PortalClient, sign_in
from local.settings import ROOT, CloudSettings
from local.workers import invite, new_password

PORT = 4650
OBJECTS = 1_000
WORKERS = 4
WARM_UP_OBJECTS = 20
PACED_OBJECTS = 200
PAUSE_SECONDS = 0.5
TEAM = "bench-readers"
EXAMPLE = ROOT / "examples" / "text-classification"
ANSWER = {"crowd-classifier": {"label": "billing"}}
LONGEST_SECONDS = 1_800.0
POLL_SECONDS = 0.2
AIM_SUBMIT_P95 = 100
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class LabelRun:
    """Seconds of each part of a job, and every call's duration in seconds."""

    objects: int
    to_first_task: float
    people: float
    to_completed: float
    next_task: Sequence[float]
    submit: Sequence[float]
    refused: Sequence[float]


def measure(objects: int = OBJECTS, workers: int = WORKERS) -> tuple[Table, Table, Table]:
    """Deploy, warm up, label one job, and take everything down again."""
    with tempfile.TemporaryDirectory(prefix="groundwork-bench-") as folder, _deployed(Path(folder)) as deployment:
        tokens = [_signed_in(deployment, f"instant-{number}") for number in range(1, workers + 1)]
        label(deployment, tokens, "warm-up", WARM_UP_OBJECTS)
        run = label(deployment, tokens, "bench", objects)
        paced = label(deployment, tokens, "paced", min(objects, PACED_OBJECTS), PAUSE_SECONDS)
    return (
        overhead_table(run, workers),
        portal_table(run, f"{workers} workers without pauses"),
        portal_table(paced, f"{workers} workers who take {PAUSE_SECONDS:g} s a task"),
    )


def label(deployment: Deployment, tokens: Sequence[str], job: str, objects: int, pause: float = 0.0) -> LabelRun:
    """Drop a text classification job, one worker an object, and have it labeled.

    Raises
    ------
    SystemExit
        The drop was refused, or the job did not complete.
    """
    stop = threading.Event()
    pool = ThreadPoolExecutor(len(tokens), thread_name_prefix="worker")
    arn = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{TEAM}"
    lines = [{"source": f"Ticket {number}: the invoice of last month was charged twice."} for number in range(objects)]
    drop(
        deployment,
        job,
        EXAMPLE,
        lines,
        {"HumanTaskConfig": {"WorkteamArn": arn, "NumberOfHumanWorkersPerDataObject": 1}},
    )
    dropped = time.monotonic()
    clients = [PortalClient(deployment["ApiUrl"], token) for token in tokens]
    futures = [pool.submit(InstantWorker(client, job, ANSWER, pause).work, stop) for client in clients]
    try:
        completed = _completed_at(deployment, job, _failures(futures))
    finally:
        stop.set()
        pool.shutdown()
    records = [future.result() for future in futures]
    submitted = sum(record.submitted for record in records)
    if submitted != objects:
        raise SystemExit(f"{job}: {submitted} answers to {objects} data objects")
    first = min(record.first_task_at for record in records if record.first_task_at is not None)
    last = max(record.last_submitted_at for record in records if record.last_submitted_at is not None)
    return LabelRun(
        objects,
        to_first_task=first - dropped,
        people=last - first,
        to_completed=completed - last,
        next_task=[seconds for record in records for seconds in record.next_task_seconds],
        submit=[seconds for record in records for seconds in record.submit_seconds],
        refused=[seconds for record in records for seconds in record.refused_seconds],
    )


def overhead_table(run: LabelRun, workers: int) -> Table:
    """Show where the time of the job went."""
    whole = run.to_first_task + run.people + run.to_completed
    parts = (
        ("drop to first task", run.to_first_task),
        (f"people's part ({workers} workers)", run.people),
        ("last submission to Completed", run.to_completed),
        ("drop to Completed", whole),
    )
    overhead = run.to_first_task + run.to_completed
    return Table(
        f"End to end: {run.objects:,} texts, one worker each, {workers} workers who answer at once, local cloud",
        ("", "seconds", "share"),
        [(name, f"{seconds:.1f}", f"{seconds / whole:.0%}") for name, seconds in parts],
        (
            f"the pipeline without the people: {overhead:.1f} s, {overhead / run.objects * 1000:.0f} ms an object",
            f"answers a second: {run.objects / run.people:.0f}",
        ),
    )


def portal_table(run: LabelRun, people: str) -> Table:
    """Show how fast the portal's API answered, as its callers saw it."""
    floor = percentile(run.refused, 0.5)
    measured = (
        ("next task (reserved)", run.next_task),
        ("submit, starts the next task", run.submit),
        ("refused at once: one read", run.refused),
    )
    rows = []
    for name, seconds in measured:
        fiftieth, ninety_fifth = percentile(seconds, 0.5), percentile(seconds, 0.95)
        reached = against(ninety_fifth * 1000, AIM_SUBMIT_P95) if seconds is run.submit else ""
        figures = (f"{fiftieth * 1000:.0f}", f"{ninety_fifth * 1000:.0f}", f"{fiftieth / floor:.1f}", reached)
        rows.append((name, str(len(seconds)), *figures))
    return Table(
        f"Portal API, {people}, local cloud",
        ("", "calls", "p50 ms", "p95 ms", "p50 : refused", f"p95 under {AIM_SUBMIT_P95}"),
        rows,
        ("a call that is refused at once shows what the local cloud itself takes for any call",),
    )


@contextmanager
def _deployed(directory: Path) -> Iterator[Deployment]:
    before = dict(os.environ)
    settings = CloudSettings(directory=directory / "cloud", port=PORT)
    settings.connect()
    boto3.DEFAULT_SESSION = None
    cloud.start(settings)
    try:
        yield deploy_local(settings, output=directory / "cdk.out")
    finally:
        cloud.stop(settings)
        os.environ.clear()
        os.environ.update(before)
        boto3.DEFAULT_SESSION = None


def _signed_in(deployment: Deployment, name: str) -> str:
    temporary = invite(deployment, name, TEAM, renew=True)
    return sign_in(deployment, name, temporary, new_password=new_password())


def _failures(futures: Sequence[Future[InstantRecord]]) -> Callable[[], None]:
    def raise_first() -> None:
        for future in futures:
            if future.done():
                future.result()

    return raise_first


def _completed_at(deployment: Deployment, job: str, check: Callable[[], None]) -> float:
    """Wait until the job has ended; gives the moment."""
    table = boto3.resource("dynamodb").Table(deployment["QueueTable"])
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        check()
        record = table.get_item(Key={"pk": f"JOB#{job}", "sk": "JOB"}, ConsistentRead=True).get("Item")
        if record is None and (problems := refusal(deployment, job)) is not None:
            raise SystemExit(f"the drop was refused:\n{problems}")
        status = record["status"] if record else "InProgress"
        if status == "Completed":
            return time.monotonic()
        if status != "InProgress":
            raise SystemExit(f"{job} ended as {status!r}: {record!r}")
        time.sleep(POLL_SECONDS)
    raise SystemExit(f"{job} was not completed within {LONGEST_SECONDS:.0f} s")

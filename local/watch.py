"""Tail a labeling job's log as a progress bar: `python -m local.watch JOB`.

Reads CloudWatch Logs, the group `/aws/sagemaker/LabelingJobs/<job>` with a stream per stage.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import boto3

from local.connection import connect
from local.deployment import Deployment
from local.drop import MANIFESTS, refusal
from local.progress import JobProgress

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

GROUP = "/aws/sagemaker/LabelingJobs"
POLL_SECONDS = 1.0
# Events can be stored a little later than their own time; this far back is read again, each event shown once.
OVERLAP_MILLISECONDS = 15_000


def job_events(logs: CloudWatchLogsClient, job: str) -> Iterator[list[dict[str, Any]]]:
    """Yield what is new in a job's log, oldest first, at each look at it; there is no end to it."""
    seen: set[str] = set()
    since = 0
    while True:
        new = [event for event in _read(logs, job, since) if event["eventId"] not in seen]
        seen.update(event["eventId"] for event in new)
        since = max([since, *(event["timestamp"] - OVERLAP_MILLISECONDS for event in new)])
        yield [_parse(event["message"]) for event in new]


def _read(logs: CloudWatchLogsClient, job: str, since: int) -> list[Any]:
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName=f"{GROUP}/{job}", startTime=since)
    try:
        events = [event for page in pages for event in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        # The first event makes the group.
        return []
    return sorted(events, key=lambda event: event["timestamp"])


def _parse(message: str) -> dict[str, Any]:
    try:
        event = json.loads(message)
    except ValueError:
        return {"event-log-message": message}
    return event if isinstance(event, dict) else {"event-log-message": message}


class Display:
    """One bar that redraws itself on a terminal; plain lines elsewhere."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._shown = ""
        self._drawn = False

    def show(self, progress: JobProgress) -> None:
        """Show the progress, if it looks different from what is shown."""
        line = progress.bar()
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            print("\r" + f"{line}  {progress.message}"[:width].ljust(width), end="", flush=True)
            self._drawn = True
        elif line != self._shown:
            print(f"{line}  {progress.message}", flush=True)
        self._shown = line

    def tell(self, message: str) -> None:
        """Show a message once while there is no progress yet."""
        if message != self._shown:
            print(message, flush=True)
            self._shown = message

    def end(self) -> None:
        """Leave the bar as it stands."""
        if self._drawn:
            print()


def watch(deployment: Deployment, job: str, check: Callable[[], None] | None = None) -> JobProgress:
    """Show a job's progress until it ends; `check` is called between two looks and may raise.

    Raises
    ------
    SystemExit
        The drop was refused, or there is none.
    """
    progress = JobProgress(job)
    display = Display()
    try:
        for events in job_events(boto3.client("logs"), job):
            for event in events:
                progress = progress.follow(event)
                display.show(progress)
            # Only now: a job that failed can have been dropped again, and began anew later in the same log.
            if progress.finished:
                break
            if check:
                check()
            if not progress.started:
                display.tell(_why_not_started(deployment, job))
            time.sleep(POLL_SECONDS)
    finally:
        display.end()
    return progress


def _why_not_started(deployment: Deployment, job: str) -> str:
    """Say what a drop waits for; raises SystemExit when waiting is in vain."""
    folder = f"s3://{deployment.jobs_bucket}/{job}/"
    if (problems := refusal(deployment, job)) is not None:
        raise SystemExit(f"the drop was refused, {folder}error.json says why:\n{problems}")
    found = boto3.client("s3").list_objects_v2(Bucket=deployment.jobs_bucket, Prefix=f"{job}/", Delimiter="/")
    files = [key["Key"] for key in found.get("Contents", [])]
    if not files and not found.get("CommonPrefixes"):
        raise SystemExit(f"no job {job!r}: nothing lies in {folder}")
    if f"{job}/job.json" not in files:
        return f"{job} has not started: {folder}job.json is missing"
    if not any(PurePath(file).suffix in MANIFESTS for file in files):
        return f"{job} has not started: no manifest lies in {folder}"
    return f"{job} is about to start"


def main() -> None:
    """Watch the job named on the command line."""
    if len(sys.argv) != 2 or not sys.argv[1]:
        raise SystemExit("usage: make watch JOB=<job name>")
    deployment = connect()
    try:
        progress = watch(deployment, sys.argv[1])
    except KeyboardInterrupt:
        return
    for line in progress.summary():
        print(line)


if __name__ == "__main__":
    main()

"""Tail a labeling job's log as a progress bar: `python -m local.watch JOB`.

Reads CloudWatch Logs, the group `/aws/sagemaker/LabelingJobs/<job>` with a stream per stage.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import boto3

from local.deployment import connect
from local.progress import JobProgress

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

GROUP = "/aws/sagemaker/LabelingJobs"
POLL_SECONDS = 1.0
# Events can be stored a little later than their own time; this far back is read again, each event shown once.
OVERLAP_MILLISECONDS = 15_000


def job_events(logs: CloudWatchLogsClient, job: str, wait: Callable[[], None]) -> Iterator[dict[str, Any]]:
    """Yield the events of a job's log as they come, without end; `wait` is called between two looks."""
    seen: set[str] = set()
    since = 0
    while True:
        for event in _read(logs, job, since):
            if event["eventId"] in seen:
                continue
            seen.add(event["eventId"])
            since = max(since, event["timestamp"] - OVERLAP_MILLISECONDS)
            yield _parse(event["message"])
        wait()


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

    def show(self, progress: JobProgress) -> None:
        """Show the progress, if it looks different from what is shown."""
        line = progress.bar()
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            print("\r" + f"{line}  {progress.message}"[:width].ljust(width), end="", flush=True)
        elif line != self._shown:
            print(f"{line}  {progress.message}", flush=True)
        self._shown = line

    def end(self) -> None:
        """Leave the bar as it stands."""
        if self._live:
            print()


def watch(job: str, check: Callable[[], None] | None = None) -> JobProgress:
    """Show a job's progress until it ends; `check` is called between two looks and may raise."""

    def wait() -> None:
        if check:
            check()
        time.sleep(POLL_SECONDS)

    progress = JobProgress(job)
    display = Display()
    try:
        for event in job_events(boto3.client("logs"), job, wait):
            progress = progress.follow(event)
            display.show(progress)
            if progress.finished:
                break
    finally:
        display.end()
    return progress


def main() -> None:
    """Watch the job named on the command line."""
    if len(sys.argv) != 2 or not sys.argv[1]:
        raise SystemExit("usage: make watch JOB=<job name>")
    connect()
    try:
        progress = watch(sys.argv[1])
    except KeyboardInterrupt:
        return
    print(f"{progress.job}: {progress.status}. {progress.message}")


if __name__ == "__main__":
    main()

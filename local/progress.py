"""What a job's log events add up to, and the line that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

FINAL = frozenset({"Completed", "Failed", "Stopped"})
# Not a status of Ground Truth: the drop became no job, and can be repaired.
REFUSED = "refused"
BAR_WIDTH = 30


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is, read from its log."""

    job: str
    total: int = 0
    ready: int = 0
    open: int = 0
    labeled: int = 0
    failed: int = 0
    unlabeled: int = 0
    failures: Mapping[str, int] = field(default_factory=dict)
    output: str = ""
    status: str = ""
    message: str = ""

    @property
    def started(self) -> bool:
        """Whether the drop became a job."""
        return self.status not in ("", REFUSED)

    @property
    def finished(self) -> bool:
        """Whether the job has ended."""
        return self.status in FINAL

    def follow(self, event: Mapping[str, Any]) -> JobProgress:
        """Take in one event of the job's log; unknown events only change what is shown as the latest message."""
        progress = replace(self, message=str(event.get("event-log-message", "")))
        name = event.get("event-name")
        if name == "PROGRESS":
            return replace(
                progress,
                total=int(event["total"]),
                # Events of several writers can arrive out of order; a bar does not go back.
                ready=max(self.ready, int(event["ready"])),
                open=int(event.get("open", self.open)),
            )
        if name == "WAITING_FOR_WORKERS":
            return replace(
                progress,
                open=int(event.get("open", self.open)),
                total=int(event.get("total", self.total)),
                ready=max(self.ready, int(event.get("ready", 0))),
            )
        if name == "LABELING_JOB_REFUSED":
            return replace(progress, status=REFUSED)
        if name == "LABELING_JOB_STATE":
            return progress._at_state(event)
        return progress

    def bar(self, width: int = BAR_WIDTH) -> str:
        """Draw the progress as one line."""
        share = self.ready / self.total if self.total else 0.0
        full = round(share * width)
        state = self.status or "InProgress"
        return f"[{'#' * full}{'.' * (width - full)}] {share:4.0%} {self.ready}/{self.total} {state} {self.open} open"

    def summary(self) -> Iterator[str]:
        """Say in lines how an ended job ended."""
        yield f"{self.job}: {self.status}, {self.labeled} labeled, {self.failed} failed, {self.unlabeled} unlabeled"
        for reason, objects in self.failures.items():
            yield f"  {objects} failed: {reason}"
        yield f"  output manifest: {self.output}" if self.output else f"  {self.message}"

    def _at_state(self, event: Mapping[str, Any]) -> JobProgress:
        status, counters = str(event.get("status", "")), event.get("counters", {})
        return replace(
            self,
            status=status,
            open=0 if status in FINAL else self.open,
            labeled=int(counters.get("TotalLabeled", self.labeled)),
            failed=int(counters.get("FailedNonRetryableError", self.failed)),
            unlabeled=int(counters.get("Unlabeled", self.unlabeled)),
            failures=event.get("failures", self.failures),
            output=str(event.get("output", self.output)),
        )

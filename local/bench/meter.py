"""Counts what AWS would bill, by botocore's events on the clients that the functions themselves use."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from local.bench.prices import Unit
from local.bench.request_units import RequestUnits

S3_PUTS = frozenset(
    {"PutObject", "CopyObject", "ListObjectsV2", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"}
)
S3_GETS = frozenset({"GetObject", "HeadObject"})
S3_FREE = frozenset({"DeleteObject", "AbortMultipartUpload"})
S3_CREATES = frozenset({"PutObject", "CopyObject", "CompleteMultipartUpload", "DeleteObject"})
"""Each makes an event: the jobs bucket tells EventBridge of every object."""
FREE = frozenset({"cognito-idp"})
"""Calls of these cost nothing by themselves; what they set going is counted elsewhere."""
LOG_EVENT_BYTES = 26
"""What CloudWatch Logs adds to every event."""
CONTEXT = "benchmark"


class Meter:
    """What was called, and what of it is billed.

    `seconds` are the assumed durations of one call of a service (`local.bench.assumptions`).
    """

    def __init__(self, seconds: Mapping[str, float]) -> None:
        self.units: Counter[Unit] = Counter()
        self.calls: Counter[tuple[str, str]] = Counter()
        self.waited = 0.0
        self.metrics: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self.released: dict[str, str] = {}
        self.scheduled: dict[str, str] = {}
        self._seconds = seconds
        self._tables = RequestUnits()

    def watch(self, session: Any) -> None:
        """Count the calls of every client that this botocore session makes from now on."""
        session.register("before-parameter-build", self._before)
        session.register("after-call", self._after)

    def add(self, unit: Unit, amount: float = 1) -> None:
        """Count something that is no call of a client."""
        self.units[unit] += amount  # type: ignore[assignment]

    def log(self, text: str) -> None:
        """Count a line that a function writes to its log."""
        self.add(Unit.LOG_GB, (len(text.encode()) + LOG_EVENT_BYTES) / 1e9)

    def metric(self, document: Mapping[str, Any], hour: int) -> None:
        """Count the custom metrics of one line in the embedded metric format: billed by the hour they have values."""
        for directive in document["_aws"]["CloudWatchMetrics"]:
            for dimensions in directive["Dimensions"]:
                values = [f"{name}={document[name]}" for name in sorted(dimensions)]
                for metric in directive["Metrics"]:
                    self.metrics[(directive["Namespace"], metric["Name"], *values)].add(hour)

    def _before(self, params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context[CONTEXT] = dict(params)

    def _after(self, parsed: Mapping[str, Any], model: Any, context: Mapping[str, Any], **_: Any) -> None:
        service, operation = model.service_model.service_name, model.name
        params = context[CONTEXT]
        self.calls[service, operation] += 1
        self.waited += self._seconds.get(service, self._seconds["other"])
        match service:
            case "dynamodb":
                for unit, amount in self._tables.of(operation, params, parsed):
                    self.add(unit, amount)
            case "s3":
                self._s3(operation)
            case "logs":
                self._log_events(params.get("logEvents"))
            case "events":
                self.add(Unit.EVENT, len(params["Entries"]))
            case "stepfunctions":
                self._machine(operation, params)
            case "scheduler":
                self._clock(operation, params)
            case "sns":
                self.add(Unit.NOTICE)
            case other if other not in FREE:
                raise ValueError(f"the benchmark does not know what {other}'s {operation} costs")

    def _log_events(self, events: Iterable[Mapping[str, Any]] | None) -> None:
        """Count the events of a PutLogEvents; the other calls of CloudWatch Logs are free."""
        if events is not None:
            self.add(Unit.LOG_REQUEST)
            for event in events:
                self.log(event["message"])

    def _machine(self, operation: str, params: Mapping[str, Any]) -> None:
        """Remember which token was released; the machine's transitions are counted where it is walked through."""
        if operation == "SendTaskSuccess":
            self.released[params["taskToken"]] = json.loads(params["output"])["reason"]

    def _clock(self, operation: str, params: Mapping[str, Any]) -> None:
        """Remember when a job's clock rings; the ringing is what is billed."""
        if operation == "DeleteSchedule":
            self.scheduled.pop(params["Name"], None)
        else:
            self.scheduled[params["Name"]] = params["ScheduleExpression"]

    def _s3(self, operation: str) -> None:
        if operation in S3_PUTS:
            self.add(Unit.S3_PUT)
        elif operation in S3_GETS:
            self.add(Unit.S3_GET)
        elif operation not in S3_FREE:
            raise ValueError(f"the benchmark does not know what S3's {operation} costs")
        if operation in S3_CREATES:
            self.add(Unit.S3_EVENT)

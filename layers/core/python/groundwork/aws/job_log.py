"""The logs of a labeling job in CloudWatch.

A job has a group of its own, `/aws/sagemaker/LabelingJobs/<job name>`, with a stream per stage; the group
`/aws/sagemaker/LabelingJobs` has one stream per job with its life-cycle events, as Ground Truth has it
(spec: job-api §18.2).
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

LIFE_CYCLE_GROUP = "/aws/sagemaker/LabelingJobs"


class JobLog:
    """Writes events of one labeling job; `stage` names the stream."""

    def __init__(
        self,
        client: CloudWatchLogsClient,
        job_name: str,
        stage: str,
        *,
        retention_days: int | None = None,
        key_arn: str | None = None,
    ) -> None:
        self._client = client
        self._job_name = job_name
        self._stage = stage
        self._retention_days = retention_days
        self._key_arn = key_arn

    def stage(self, moment: float, event: str, message: str, **values: Any) -> None:
        """Write an event to the stage's stream in the job's own group."""
        line = self._line(event, message, values)
        self._write(f"{LIFE_CYCLE_GROUP}/{self._job_name}", self._stage, moment, line)

    def life_cycle(self, moment: float, event: str, message: str, **values: Any) -> None:
        """Write an event to the job's stream in the group of all jobs, and to the stage's stream."""
        self._write(LIFE_CYCLE_GROUP, self._job_name, moment, self._line(event, message, values))
        self.stage(moment, event, message, **values)

    def _line(self, event: str, message: str, values: dict[str, Any]) -> str:
        line = {"labeling-job-name": self._job_name, "event-name": event, "event-log-message": message, **values}
        return json.dumps(line, ensure_ascii=False, default=str)

    def _write(self, group: str, stream: str, moment: float, text: str) -> None:
        entry: Any = {"timestamp": int(moment * 1000), "message": text}
        arguments: dict[str, Any] = {"logGroupName": group, "logStreamName": stream, "logEvents": [entry]}
        try:
            self._client.put_log_events(**arguments)
        except self._client.exceptions.ResourceNotFoundException:
            self._create(group, stream)
            self._client.put_log_events(**arguments)

    def _create(self, group: str, stream: str) -> None:
        """Make the group and the stream; a group that exists already keeps its own retention and key."""
        with suppress(self._client.exceptions.ResourceAlreadyExistsException):
            key: dict[str, Any] = {"kmsKeyId": self._key_arn} if self._key_arn else {}
            self._client.create_log_group(logGroupName=group, **key)
            if self._retention_days:
                self._client.put_retention_policy(logGroupName=group, retentionInDays=self._retention_days)
        with suppress(self._client.exceptions.ResourceAlreadyExistsException):
            self._client.create_log_stream(logGroupName=group, logStreamName=stream)

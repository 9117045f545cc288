"""The state machine: starting an execution, and waking one that waits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

GONE = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


class LabelingMachine:
    """The state machine `labeling_job`."""

    def __init__(self, client: SFNClient, arn: str) -> None:
        self._client = client
        self._arn = arn

    def start(self, job_key: str, number: int, *, rebuild: bool = True) -> int:
        """Start the job's execution with this number, or the next one that is free; tells which.

        Execution names are used up for 90 days, so every start of a job has a number of its own. One that is
        running already is the one that was asked for. `rebuild` tells the machine to look at S3 first.
        """
        while True:
            try:
                self._client.start_execution(
                    stateMachineArn=self._arn,
                    name=f"{job_key}-{number}",
                    input=json.dumps({"jobKey": job_key, "execution": number, "rebuild": rebuild}),
                )
            except self._client.exceptions.ExecutionAlreadyExists:
                if not self.running(job_key, number):
                    number += 1
                    continue
            return number

    def running(self, job_key: str, execution: int) -> bool:
        """Whether that execution is still at work."""
        arn = self._arn.replace(":stateMachine:", ":execution:") + f":{job_key}-{execution}"
        try:
            return self._client.describe_execution(executionArn=arn)["status"] == "RUNNING"
        except self._client.exceptions.ExecutionDoesNotExist:
            return False

    def wake(self, token: str, reason: str) -> bool:
        """Release the waiting machine; False when it went on already."""
        return self._send(self._client.send_task_success, taskToken=token, output=json.dumps({"reason": reason}))

    def fail(self, token: str, error: str, cause: str) -> bool:
        """Let the waiting state fail."""
        return self._send(self._client.send_task_failure, taskToken=token, error=error[:256], cause=cause[:32_768])

    def _send(self, call: Any, **arguments: str) -> bool:
        try:
            call(**arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return False
            raise
        return True

"""One EventBridge schedule a job, set to the next moment at which something is due.

Nobody else wakes a machine whose workers are away: an availability lifetime, a ready object that has waited
ten minutes, the end of the grace period of a stop.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient


class WakeSchedule:
    """Schedules in one group; each invokes the wake function for one job."""

    def __init__(
        self, client: EventBridgeSchedulerClient, *, group: str, wake_function_arn: str, role_arn: str
    ) -> None:
        self._client = client
        self._group = group
        self._function = wake_function_arn
        self._role = role_arn

    def set(self, job_key: str, moment: float) -> None:
        """Wake the job at this moment (epoch seconds, rounded up), in place of an earlier arrangement."""
        at = datetime.fromtimestamp(int(moment) + 1, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        arguments: dict[str, Any] = {
            "Name": job_key,
            "GroupName": self._group,
            "ScheduleExpression": f"at({at})",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ActionAfterCompletion": "DELETE",
            "Target": {"Arn": self._function, "RoleArn": self._role, "Input": json.dumps({"jobKey": job_key})},
        }
        try:
            self._client.update_schedule(**arguments)
        except self._client.exceptions.ResourceNotFoundException:
            try:
                self._client.create_schedule(**arguments)
            except self._client.exceptions.ConflictException:
                self._client.update_schedule(**arguments)

    def clear(self, job_key: str) -> None:
        """Forget the arrangement."""
        try:
            self._client.delete_schedule(Name=job_key, GroupName=self._group)
        except self._client.exceptions.ResourceNotFoundException:
            return

"""SNS: tell the workers of a team that there is a new labeling job (spec: workforces §8)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from groundwork.job.labeling_job import LabelingJob

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

AVAILABLE = "LabelingJobAvailable"
LONGEST_SUBJECT = 100


class WorkerNotices:
    """Publishes to the deployment's topic; subscribers filter by the attribute `workteamName`."""

    def __init__(self, client: SNSClient, topic_arn: str, portal_url: str) -> None:
        self._client = client
        self._topic = topic_arn
        self._portal = portal_url

    def job_available(self, job: LabelingJob, now: float) -> None:
        """Tell that a job has its first open tasks."""
        expires = datetime.fromtimestamp(now + job.task_availability, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        text = f'New labeling job "{job.title}" for team {job.work_team}. Sign in: {self._portal}'
        message = {
            "default": text,
            "email": text,
            "version": "1",
            "event": AVAILABLE,
            "labelingJobName": job.name,
            "labelingJobArn": job.arn,
            "portal": self._portal,
            "expiresAt": expires,
        }
        subject = f"New labeling job {job.name}"[:LONGEST_SUBJECT]
        self._client.publish(
            TopicArn=self._topic,
            Subject=subject,
            # SNS sends `default` or the entry of a subscription's protocol; a queue gets the whole.
            Message=json.dumps({"default": json.dumps(message), "email": text}),
            MessageStructure="json",
            MessageAttributes={
                "event": {"DataType": "String", "StringValue": AVAILABLE},
                "workteamName": {"DataType": "String", "StringValue": job.work_team},
            },
        )

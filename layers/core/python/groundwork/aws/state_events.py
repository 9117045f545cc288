"""EventBridge: a job's final state, with Ground Truth's detail type and a source of our own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

DETAIL_TYPE = "SageMaker Ground Truth Labeling Job State Change"


class StateEvents:
    """Publishes state changes (spec: job-api §18.1); `aws.*` sources are reserved."""

    def __init__(self, client: EventBridgeClient, source: str) -> None:
        self._client = client
        self._source = source

    def publish(self, job_arn: str, status: str) -> None:
        """Tell that the job is Completed, Failed or Stopped."""
        self._client.put_events(
            Entries=[
                {
                    "Source": self._source,
                    "DetailType": DETAIL_TYPE,
                    "Resources": [job_arn],
                    "Detail": json.dumps({"LabelingJobStatus": status}),
                }
            ]
        )

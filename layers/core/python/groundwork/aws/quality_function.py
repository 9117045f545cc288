"""Our own function `manifest_output_quality`, started where no state machine is left to call it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class QualityFunction:
    """Starts the quality figures; Lambda tries a start again twice when it fails."""

    def __init__(self, client: LambdaClient, arn: str) -> None:
        self._client = client
        self._arn = arn

    def start(self, job_key: str) -> None:
        """Start the figures of a labeling job, without waiting for them."""
        payload = json.dumps({"jobKey": job_key}).encode()
        self._client.invoke(FunctionName=self._arn, InvocationType="Event", Payload=payload)

"""Our own function `manifest_output_export`, started where no state machine is left to call it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class ExportFunction:
    """Starts exports; Lambda tries a start again twice when it fails."""

    def __init__(self, client: LambdaClient, arn: str) -> None:
        self._client = client
        self._arn = arn

    def start(self, job_key: str, name: str) -> None:
        """Start one export of a labeling job, without waiting for it."""
        event = {"jobKey": job_key, "format": name}
        self._client.invoke(FunctionName=self._arn, InvocationType="Event", Payload=json.dumps(event).encode())

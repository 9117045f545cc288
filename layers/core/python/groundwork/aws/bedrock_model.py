"""Amazon Bedrock's models, asked many times side by side."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from groundwork.active_learning.feature_extraction.extractor_errors import (
    ExtractorBusyError,
    FeatureExtractorError,
    RefusedBodyError,
)

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

THREADS = 8
"""Calls at a time of one function; a Map runs many functions, and the quota is the account's, by minute."""
BACKOFF_SECONDS = (1, 2, 4, 8, 16)
"""Waits between attempts while the model is throttled or not there."""
PASSING = {429, 500, 502, 503, 504}
"""HTTP statuses of what may go well the next time; 429 is a throttled or an unready model."""
JUDGED_BY_MODEL = {"ValidationException", "ModelErrorException"}
"""Errors of one request."""


class BedrockModel:
    """Invokes models until `deadline` (epoch seconds)."""

    def __init__(
        self,
        client: BedrockRuntimeClient,
        deadline: float,
        *,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._deadline = deadline
        self._now = now
        self._sleep = sleep

    def __call__(
        self, model_id: str, bodies: Sequence[Mapping[str, Any]]
    ) -> list[Mapping[str, Any] | RefusedBodyError]:
        """Send requests side by side and return the answers in their order; a refused one in place of its answer.

        Raises
        ------
        ExtractorBusyError
            The model stayed throttled, or the deadline came.
        FeatureExtractorError
            The deployment may not use the model, or there is none.
        """
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(lambda body: self._answer(model_id, body), bodies))

    def _answer(self, model_id: str, body: Mapping[str, Any]) -> Mapping[str, Any] | RefusedBodyError:
        reason = ""
        for wait in (*BACKOFF_SECONDS, None):
            try:
                answer = self._client.invoke_model(
                    modelId=model_id,
                    body=json.dumps(body).encode(),
                    contentType="application/json",
                    accept="application/json",
                )
                return dict(json.loads(answer["body"].read()))
            except ClientError as error:
                reason = f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
                status = error.response["ResponseMetadata"]["HTTPStatusCode"]
                if error.response["Error"]["Code"] in JUDGED_BY_MODEL:
                    return RefusedBodyError(reason)
                if status not in PASSING:
                    raise FeatureExtractorError(f"bedrock:{model_id}", reason) from error
            except BotoCoreError as error:
                reason = f"{type(error).__name__}: {error}"
            if wait is None or self._now() + wait >= self._deadline:
                break
            self._sleep(wait)
        raise ExtractorBusyError(f"no answer from the model before the end of the function's time ({reason})")

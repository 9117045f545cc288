"""The customer's own Lambdas of a custom job, called as Ground Truth calls them (spec: workflows §1.11, §1.13)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

BACKOFF_SECONDS = (1, 4, 16)
"""Waits between attempts after throttling and server errors."""


class AnnotationFunctionError(RuntimeError):
    """The function can't be invoked or throws; fails the job. The text is Ground Truth's."""

    def __init__(self, arn: str, role_arn: str, code: str) -> None:
        super().__init__(
            f"ClientError: Exception invoking the Lambda function {arn}. LambdaErrorCode: {code}. "
            f"Ensure the Lambda function exists, that the role {role_arn} has permissions to invoke it "
            "and try your request again."
        )


class AnnotationFunction:
    """One function, invoked synchronously."""

    def __init__(
        self, client: LambdaClient, arn: str, role_arn: str, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._client = client
        self._arn = arn
        self._role_arn = role_arn
        self._sleep = sleep

    def __call__(self, request: dict[str, Any]) -> Any:
        """Invoke with a request and return the decoded response.

        Raises
        ------
        AnnotationFunctionError
            After three attempts on throttling and server errors, two on an exception in the function.
        """
        crashes = 0
        for wait in (*BACKOFF_SECONDS, None):
            try:
                answer = self._client.invoke(FunctionName=self._arn, Payload=json.dumps(request).encode())
            except ClientError as error:
                code = error.response["Error"]["Code"]
                retry = error.response["ResponseMetadata"]["HTTPStatusCode"] in (429, 500, 502, 503, 504)
            except BotoCoreError as error:
                code, retry = type(error).__name__, True
            else:
                if "FunctionError" not in answer:
                    return json.loads(answer["Payload"].read() or b"null")
                crashes += 1
                code, retry = answer["FunctionError"], crashes < 2
            if not retry or wait is None:
                break
            self._sleep(wait)
        raise AnnotationFunctionError(self._arn, self._role_arn, code)

"""A job that fails keeps its reason, and what is labeled."""

from __future__ import annotations

import json

import pytest

from tests.functions.deployment import Deployment, call, event


def test_a_job_that_has_lasted_thirty_days_fails_with_that_reason(deployment: Deployment) -> None:
    deployment.labeling().start()
    deployment.clock.forward(30 * 86_400 + 1)
    call("select_batch", event("select_batch"))
    call("task_dispatch", event("task_dispatch"))
    assert call("select_batch", {"jobKey": "pier-kind", "loop": 2})["finished"]
    call("manifest_output", event("manifest_output"))
    record = deployment.account.jobs.get("pier-kind")
    assert record.status == "Failed"
    assert record.failure_reason == "ClientError: the labeling job was not finished within 30 days"


def test_a_job_whose_execution_was_aborted_fails_and_keeps_what_is_labeled(deployment: Deployment) -> None:
    deployment.labeling().start()
    assert call("failure", event("failure")) == {"recorded": True}
    record = deployment.account.jobs.get("pier-kind")
    assert record.status == "Failed"
    assert record.failure_reason == "InternalServerError: ABORTED: the execution ABORTED"
    assert call("failure", event("failure")) == {"recorded": False}


def test_the_end_of_an_execution_that_was_overtaken_fails_nothing(deployment: Deployment) -> None:
    deployment.labeling().start()
    deployment.account.jobs.change("pier-kind", deployment.clock(), execution=2)
    assert call("failure", event("failure")) == {"recorded": False}
    assert deployment.account.jobs.get("pier-kind").status == "InProgress"


def test_the_first_reason_of_a_failure_is_kept(deployment: Deployment) -> None:
    deployment.labeling().start()
    cause = json.dumps({"errorMessage": "ClientError: too many", "errorType": "PostAnnotationError"})
    first = {"jobKey": "pier-kind", "recordOnly": True, "error": {"Error": "E", "Cause": cause}}
    assert call("failure", first) == {"recorded": True}
    assert deployment.account.jobs.get("pier-kind").status == "InProgress"
    later = {"jobKey": "pier-kind", "error": {"Error": "States.ExceedToleratedFailureThreshold", "Cause": "many"}}
    assert call("failure", later) == {"recorded": True}
    record = deployment.account.jobs.get("pier-kind")
    assert (record.status, record.failure_reason) == ("Failed", "ClientError: too many")


def test_a_customers_function_that_fails_is_named(deployment: Deployment) -> None:
    deployment.labeling().start()
    arn = "arn:aws:lambda:us-east-1:123456789012:function:harbor-post"
    error = {"Error": "KeyError", "Cause": json.dumps({"errorMessage": "'reading'"})}
    call("failure", {"jobKey": "pier-kind", "error": error, "function": arn})
    reason = deployment.account.jobs.get("pier-kind").failure_reason or ""
    assert reason.startswith(f"ClientError: Exception invoking the Lambda function {arn}.")
    assert "'reading'" in reason


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("KeyError", "Unhandled"),
        ("Lambda.Unknown", "Unhandled"),
        ("Lambda.ResourceNotFoundException", "ResourceNotFoundException"),
        ("Lambda.TooManyRequestsException", "TooManyRequestsException"),
    ],
)
def test_what_lambda_said_of_a_customers_function_is_told(deployment: Deployment, error: str, code: str) -> None:
    deployment.labeling().start()
    arn = "arn:aws:lambda:us-east-1:123456789012:function:harbor-post"
    call("failure", {"jobKey": "pier-kind", "error": {"Error": error, "Cause": "…"}, "function": arn})
    assert f"LambdaErrorCode: {code}. " in (deployment.account.jobs.get("pier-kind").failure_reason or "")

"""The gateways do what their AWS services allow, and know which errors are none."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from groundwork.aws.annotation_function import AnnotationFunction, AnnotationFunctionError
from groundwork.aws.job_log import JobLog
from groundwork.aws.labeling_machine import LabelingMachine
from groundwork.aws.state_events import StateEvents
from groundwork.aws.wake_schedule import WakeSchedule
from groundwork.aws.worker_directory import CACHE_SECONDS, WorkerDirectory

from tests.aws.account import NOW, Account, client

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:harbor-pre"


def error(code: str, status: int = 400, operation: str = "Invoke") -> ClientError:
    document: Any = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(document, operation)


class FakeLambda:
    """Answers, or fails, in the order given."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.requests: list[Any] = []

    def invoke(self, FunctionName: str, Payload: bytes) -> Any:  # noqa: N803
        self.requests.append(json.loads(Payload))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if answer == "crash":
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b"{}")}
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


def invoke(*answers: Any) -> tuple[Any, list[float], FakeLambda]:
    fake, pauses = FakeLambda(*answers), list[float]()
    function: Any = fake
    called = AnnotationFunction(function, FUNCTION, "arn:role", sleep=pauses.append)
    try:
        return called({"dataObject": {}}), pauses, fake
    except AnnotationFunctionError as failed:
        return failed, pauses, fake


def test_a_customers_function_is_asked_again_after_throttling_and_server_errors() -> None:
    busy = [error("TooManyRequestsException", 429), error("ServiceException", 500), error("ServiceException", 503)]
    answer, pauses, fake = invoke(*busy, {"taskInput": {}})
    assert answer == {"taskInput": {}}
    assert pauses == [1, 4, 16]
    assert fake.requests == [{"dataObject": {}}] * 4


def test_a_customers_function_that_stays_busy_is_named_in_ground_truths_words() -> None:
    failed, pauses, _ = invoke(*[error("TooManyRequestsException", 429)] * 4)
    assert isinstance(failed, AnnotationFunctionError)
    assert str(failed).startswith(f"ClientError: Exception invoking the Lambda function {FUNCTION}. LambdaErrorCode: ")
    assert "TooManyRequestsException" in str(failed)
    assert pauses == [1, 4, 16]


def test_a_customers_function_that_throws_is_asked_once_more() -> None:
    assert invoke("crash", {"taskInput": {}})[0] == {"taskInput": {}}
    failed, pauses, _ = invoke("crash", "crash", {"taskInput": {}})
    assert "Unhandled" in str(failed)
    assert pauses == [1]


def test_a_customers_function_that_does_not_exist_is_asked_once() -> None:
    failed, pauses, _ = invoke(error("ResourceNotFoundException", 404))
    assert "ResourceNotFoundException" in str(failed)
    assert pauses == []


def test_a_customers_function_that_does_not_answer_in_time_is_asked_again() -> None:
    assert invoke(ReadTimeoutError(endpoint_url="lambda"), None)[0] is None


class FakeSteps:
    """A state machine whose tokens are used up with the error given."""

    def __init__(self, code: str | None = None) -> None:
        self.code = code
        self.sent: list[dict[str, Any]] = []

    def send_task_success(self, **arguments: Any) -> None:
        self.sent.append(arguments)
        if self.code:
            raise error(self.code, operation="SendTaskSuccess")

    send_task_failure = send_task_success


@pytest.mark.parametrize("code", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_waking_a_machine_that_went_on_already_is_no_error(code: str) -> None:
    steps: Any = FakeSteps(code)
    machine = LabelingMachine(steps, "arn")
    assert machine.wake("t", "ready") is False
    assert machine.fail("t", "E", "why") is False


def test_waking_tells_the_reason_and_other_errors_pass_through() -> None:
    steps: Any = FakeSteps()
    machine = LabelingMachine(steps, "arn")
    assert machine.wake("t", "ready")
    assert steps.sent == [{"taskToken": "t", "output": '{"reason": "ready"}'}]
    assert machine.fail("t", "E" * 300, "c" * 40_000)
    assert (len(steps.sent[1]["error"]), len(steps.sent[1]["cause"])) == (256, 32_768)
    denied: Any = FakeSteps("AccessDeniedException")
    with pytest.raises(ClientError):
        LabelingMachine(denied, "arn").wake("t", "ready")


def state_machine() -> LabelingMachine:
    definition = json.dumps({"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 900, "End": True}}})
    role = "arn:aws:iam::123456789012:role/machine"
    made = client("stepfunctions").create_state_machine(name="labeling_job", definition=definition, roleArn=role)
    return LabelingMachine(client("stepfunctions"), made["stateMachineArn"])


def test_an_execution_is_started_once_and_a_used_number_is_passed_over(account: Account) -> None:
    machine = state_machine()
    assert not machine.running("pier", 1)
    assert machine.start("pier", 1) == 1
    assert machine.running("pier", 1)
    assert machine.start("pier", 1) == 1
    steps = client("stepfunctions")
    arn = machine._arn.replace(":stateMachine:", ":execution:") + ":pier-1"
    assert json.loads(steps.describe_execution(executionArn=arn)["input"]) == {
        "jobKey": "pier",
        "execution": 1,
        "rebuild": True,
    }
    steps.stop_execution(executionArn=arn)
    assert machine.start("pier", 1, rebuild=False) == 2


def schedule() -> WakeSchedule:
    scheduler = client("scheduler")
    scheduler.create_schedule_group(Name="jobs")
    return WakeSchedule(scheduler, group="jobs", wake_function_arn=FUNCTION, role_arn="arn:aws:iam::1:role/wake")


def test_a_job_has_one_schedule_that_goes_when_it_has_run(account: Account) -> None:
    clock = schedule()
    clock.set("pier", NOW + 10.5)
    clock.set("pier", NOW + 600)
    found = client("scheduler").get_schedule(Name="pier", GroupName="jobs")
    assert found["ScheduleExpression"] == "at(2026-03-05T10:21:13)"
    assert found["ActionAfterCompletion"] == "DELETE"
    assert json.loads(found["Target"]["Input"]) == {"jobKey": "pier"}
    clock.clear("pier")
    clock.clear("pier")
    assert client("scheduler").list_schedules(GroupName="jobs")["Schedules"] == []


def test_two_who_set_the_first_schedule_of_a_job_at_once_both_succeed(account: Account) -> None:
    schedule().set("pier", NOW)

    class Racing:
        """Says that there is no schedule yet, when another call has just made it."""

        def __getattr__(self, name: str) -> Any:
            return getattr(client("scheduler"), name)

        first = True

        def update_schedule(self, **arguments: Any) -> None:
            if self.first:
                self.first = False
                raise client("scheduler").exceptions.ResourceNotFoundException({"Error": {"Code": "x"}}, "Update")
            client("scheduler").update_schedule(**arguments)

    racing: Any = Racing()
    WakeSchedule(racing, group="jobs", wake_function_arn=FUNCTION, role_arn="arn:aws:iam::1:role/wake").set(
        "pier", NOW + 60
    )
    found = client("scheduler").get_schedule(Name="pier", GroupName="jobs")
    assert found["ScheduleExpression"] == "at(2026-03-05T10:12:13)"


def test_membership_is_read_again_after_a_minute(account: Account) -> None:
    cognito = client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="workers")["UserPool"]["Id"]
    cognito.create_group(GroupName="harbor", UserPoolId=pool)
    cognito.admin_create_user(UserPoolId=pool, Username="ada")
    directory = WorkerDirectory(cognito, pool)
    assert directory.membership("ada", NOW).teams == frozenset()
    cognito.admin_add_user_to_group(UserPoolId=pool, Username="ada", GroupName="harbor")
    assert directory.membership("ada", NOW + CACHE_SECONDS - 1).teams == frozenset()
    assert directory.membership("ada", NOW + CACHE_SECONDS).teams == {"harbor"}
    cognito.admin_disable_user(UserPoolId=pool, Username="ada")
    assert not directory.membership("ada", NOW + 2 * CACHE_SECONDS).enabled
    assert not directory.membership("nobody", NOW).enabled


def retention(account: Account, group: str) -> int | None:
    (found,) = account.logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    days: int | None = found.get("retentionInDays")
    return days


def test_a_jobs_log_group_is_made_once_with_its_retention(account: Account) -> None:
    log = JobLog(account.logs, "Pier", "prepare_job", retention_days=30)
    log.stage(time.time(), "MANIFEST_READ", "2 data objects", objects=2)
    log.stage(time.time() + 1, "MANIFEST_READ", "again")
    first, second = account.events("/aws/sagemaker/LabelingJobs/Pier", "prepare_job")
    assert json.loads(first) == {
        "labeling-job-name": "Pier",
        "event-name": "MANIFEST_READ",
        "event-log-message": "2 data objects",
        "objects": 2,
    }
    assert "again" in second
    assert retention(account, "/aws/sagemaker/LabelingJobs/Pier") == 30


def test_a_log_group_that_was_there_keeps_its_own_retention(account: Account) -> None:
    account.logs.create_log_group(logGroupName="/aws/sagemaker/LabelingJobs")
    JobLog(account.logs, "Pier", "failure", retention_days=30).life_cycle(time.time(), "LABELING_JOB_STATE", "Failed")
    found = account.logs.describe_log_groups(logGroupNamePrefix="/aws/sagemaker/LabelingJobs")["logGroups"]
    days = {group["logGroupName"]: group.get("retentionInDays") for group in found}
    assert days == {"/aws/sagemaker/LabelingJobs": None, "/aws/sagemaker/LabelingJobs/Pier": 30}
    assert len(account.events("/aws/sagemaker/LabelingJobs", "Pier")) == 1


class Bus:
    """Keeps what is put on it."""

    entries: list[Any]

    def put_events(self, Entries: list[Any]) -> Any:  # noqa: N803
        self.entries = Entries
        return {"FailedEntryCount": 0}


def test_a_state_change_has_ground_truths_detail_type_and_a_source_of_our_own() -> None:
    bus: Any = Bus()
    StateEvents(bus, "groundwork").publish("arn:job", "Stopped")
    (entry,) = bus.entries
    assert entry["DetailType"] == "SageMaker Ground Truth Labeling Job State Change"
    assert (entry["Source"], entry["Resources"]) == ("groundwork", ["arn:job"])
    assert json.loads(entry["Detail"]) == {"LabelingJobStatus": "Stopped"}

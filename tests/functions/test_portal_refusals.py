"""What the portal is refused, and with which word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.aws.labeling import Labeling, label
from tests.functions.deployment import ANSWER, Deployment, act, refusal


def test_a_disabled_worker_is_refused(deployment: Deployment, labeling: Labeling) -> None:
    deployment.cognito.admin_disable_user(UserPoolId=deployment.pool, Username=deployment.usernames["ada"])
    assert refusal(deployment.portal("GET", "/jobs")) == (403, "disabled")


def test_a_deleted_worker_is_refused(deployment: Deployment) -> None:
    assert refusal(deployment.portal("GET", "/jobs", worker="gone")) == (403, "disabled")


def test_jobs_of_other_teams_and_jobs_there_are_not_look_alike(deployment: Deployment, labeling: Labeling) -> None:
    deployment.invite("bo", "dock")
    replies = [
        deployment.portal("POST", "/jobs/pier-kind/tasks", {"show": True}, "bo"),
        deployment.portal("POST", "/jobs/no-such-job/tasks", {"show": True}),
    ]
    assert [refusal(reply) for reply in replies] == [(404, "no_such_job")] * 2


@pytest.mark.parametrize("entry", ["900", "abc", "-1", "9" * 30, "1.5"])
def test_a_task_there_is_not_is_not_found(deployment: Deployment, labeling: Labeling, entry: str) -> None:
    reply = deployment.portal("POST", f"/jobs/pier-kind/tasks/{entry}/skip", {"token": "t"})
    assert refusal(reply) == (404, "not_found")
    assert refusal(deployment.portal("GET", f"/pages/pier-kind/{entry}/t"))[0] == 404


def test_an_answer_that_comes_too_late_is_refused(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    deployment.clock.forward(301)
    assert refusal(act(deployment, task, "answer", ANSWER)) == (409, "lease_expired")
    assert refusal(act(deployment, task, "renew", {})) == (409, "not_leased")


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("answer", ANSWER),
        ("show", {}),
        ("decline", {}),
        ("skip", {}),
        ("renew", {}),
        ("draft", {"draft": {}, "timeSpentInSeconds": 1, "stop": False}),
    ],
)
def test_somebody_elses_task_can_not_be_touched(
    deployment: Deployment, labeling: Labeling, action: str, body: dict[str, Any]
) -> None:
    deployment.invite("bo")
    task = deployment.task()
    assert refusal(act(deployment, task, action, body, "bo")) == (409, "not_leased")


def test_an_answered_task_can_not_be_declined(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    act(deployment, task, "answer", ANSWER)
    assert refusal(act(deployment, task, "decline", {})) == (409, "already_submitted")


def test_a_task_whose_object_is_closed_can_not_be_answered(deployment: Deployment) -> None:
    deployment.labeling(1, workers_per_object=2).start()
    for name in ("bo", "cy"):
        deployment.invite(name)
    tasks = {name: deployment.task(name) for name in ("ada", "bo")}
    act(deployment, tasks["ada"], "decline", {})
    third = deployment.task("cy")
    act(deployment, third, "decline", {}, "cy")
    assert refusal(act(deployment, tasks["bo"], "answer", ANSWER, "bo")) == (409, "object_closed")


@pytest.mark.parametrize("status", ["Failed", "Stopped", "Completed"])
def test_an_answer_to_a_job_that_has_ended_is_refused_and_not_stored(
    deployment: Deployment, labeling: Labeling, status: str
) -> None:
    done, task = deployment.task(), deployment.task()
    act(deployment, done, "answer", ANSWER)
    labeling.at().jobs.change("pier-kind", deployment.clock(), status=status)
    assert refusal(act(deployment, task, "answer", ANSWER)) == (409, "job_stopped")
    assert act(deployment, done, "answer", ANSWER).body["outcome"] == "submitted"
    assert len(list(deployment.account.store.keys(labeling.at().paths.answers_prefix))) == 1


def test_a_task_is_not_begun_in_a_job_that_is_being_stopped(deployment: Deployment, labeling: Labeling) -> None:
    task, reserved = deployment.task(), deployment.task(show=False)
    labeling.at().jobs.change("pier-kind", deployment.clock(), status="Stopping")
    assert refusal(act(deployment, reserved, "show", {})) == (409, "job_stopped")
    body = {**ANSWER, "next": {"entry": reserved["entry"], "token": reserved["token"]}}
    assert act(deployment, task, "answer", body).body == {"outcome": "submitted", "next": None}


def test_an_answer_that_names_no_label_is_refused_with_the_labels(deployment: Deployment, labeling: Labeling) -> None:
    reply = act(deployment, deployment.task(), "answer", {**ANSWER, "answer": label("whale")})
    assert refusal(reply) == (400, "invalid_answer")
    assert '"boat"' in reply.body["message"]


@pytest.mark.parametrize("megabytes", [6, 10])
def test_a_mask_larger_than_a_request_may_be_is_refused_once_with_the_limit(
    deployment: Deployment, labeling: Labeling, megabytes: int
) -> None:
    mask = {"areas": {"labeledImage": {"pngImageData": "A" * (megabytes * 1_000_000)}}}
    reply = act(deployment, deployment.task(), "answer", {**ANSWER, "answer": mask})
    assert refusal(reply) == (413, "too_large")
    assert reply.body["message"] == "The answer is larger than 5.5 MB and can't be taken."
    assert not list(deployment.account.store.keys(labeling.at().paths.answers_prefix))


DEEP = '{"a":' * 150 + "1" + "}" * 150


@pytest.mark.parametrize(
    "body",
    [
        "not JSON",
        "[]",
        "{}",
        '{"token":"t","answer":{},"timeSpentInSeconds":NaN}',
        '{"token":"t","answer":{"x":NaN},"timeSpentInSeconds":1}',
        '{"token":"t","answer":{"x":-Infinity},"timeSpentInSeconds":1}',
        '{"token":"t","answer":{"x":1e400},"timeSpentInSeconds":1}',
        '{"token":"t","answer":{},"timeSpentInSeconds":1e400}',
        '{"token":"t","answer":{"x":"\\ud83d"},"timeSpentInSeconds":1}',
        '{"token":"t","answer":{"\\ud83d":1},"timeSpentInSeconds":1}',
        f'{{"token":"t","answer":{DEEP},"timeSpentInSeconds":1}}',
        '{"token":"t","answer":{"x":' + "[" * 100_000,
        '{"token":"t","answer":{},"timeSpentInSeconds":-1}',
        '{"token":"t","answer":[],"timeSpentInSeconds":1}',
        '{"token":"","answer":{},"timeSpentInSeconds":1}',
        '{"token":"t","answer":{},"timeSpentInSeconds":1,"extra":1}',
    ],
)
def test_a_body_of_another_shape_is_refused_before_anything_happens(
    deployment: Deployment, labeling: Labeling, body: str
) -> None:
    reply = deployment.portal("POST", "/jobs/pier-kind/tasks/0/answer", body)
    assert refusal(reply) == (400, "invalid_request")


def test_an_answer_with_whole_characters_beyond_the_first_plane_is_taken(deployment: Deployment) -> None:
    labeling = deployment.labeling(1, labels=("boat", "buoy", "\N{SAILBOAT}"))
    labeling.start()
    body = {**ANSWER, "answer": {**label("boat"), "note": "\N{SPEEDBOAT}"}}
    assert act(deployment, deployment.task(), "answer", body).status == 200


def test_an_answer_larger_than_lambda_takes_is_refused(deployment: Deployment, labeling: Labeling) -> None:
    body = json.dumps({"token": "t", "answer": {"x": "y" * 5_500_000}, "timeSpentInSeconds": 1})
    assert refusal(deployment.portal("POST", "/jobs/pier-kind/tasks/0/answer", body)) == (413, "too_large")


def test_when_the_window_does_not_slide_the_answer_counts_all_the_same(
    deployment: Deployment, labeling: Labeling, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr("functions.portal_api.desks.slide", broken)
    assert act(deployment, deployment.task(), "answer", ANSWER).status == 200
    assert labeling.window().ready == 1

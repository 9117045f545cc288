"""Every call of the portal, and every way it can be refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.aws.labeling import Labeling, label
from tests.functions.deployment import Deployment, Reply

ANSWER = {"answer": label("net"), "timeSpentInSeconds": 2.5}


@pytest.fixture
def labeling(deployment: Deployment) -> Labeling:
    labeling = deployment.labeling()
    labeling.start()
    return labeling


def refusal(reply: Reply) -> tuple[int, str]:
    assert set(reply.body) == {"code", "message"}
    assert reply.body["message"]
    return reply.status, reply.body["code"]


def act(deployment: Deployment, task: dict[str, Any], action: str, body: dict[str, Any], worker: str = "ada") -> Reply:
    method = "PUT" if action == "draft" else "POST"
    path = f"/jobs/pier-kind/tasks/{task['entry']}/{action}"
    return deployment.portal(method, path, {"token": task["token"], **body}, worker)


def test_a_worker_sees_the_jobs_of_their_teams(deployment: Deployment, labeling: Labeling) -> None:
    deployment.invite("bo", "dock")
    reply = deployment.portal("GET", "/jobs")
    assert reply.status == 200
    assert reply.body["worker"]["name"] == "ada@example.com"
    assert reply.body["worker"]["id"].startswith("private.us-east-1.")
    (job,) = reply.body["jobs"]
    assert (job["name"], job["status"], job["counts"]) == ("Pier-Kind", "InProgress", {"total": 3, "ready": 0})
    assert job["held"] == []
    assert deployment.portal("GET", "/jobs", worker="bo").body["jobs"] == []


def test_a_task_has_the_shape_the_portal_expects(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    assert set(task) == {
        "entry",
        "token",
        "pageUrl",
        "leaseUntil",
        "taskTimeLimitInSeconds",
        "timeSpentInSeconds",
    }
    assert task["pageUrl"] == f"/pages/pier-kind/{task['entry']}/{task['token']}"
    assert task["leaseUntil"] == deployment.clock() + 300


def test_a_submitted_answer_lies_in_s3_with_who_gave_it_and_how_long_it_took(
    deployment: Deployment, labeling: Labeling
) -> None:
    task = deployment.task()
    deployment.clock.forward(10)
    reply = act(deployment, task, "answer", ANSWER)
    assert (reply.status, reply.body) == (200, {"outcome": "submitted", "next": None})
    worker = deployment.portal("GET", "/jobs").body["worker"]["id"]
    stored = deployment.account.store.read_json(labeling.at().paths.answer(task["entry"], worker))
    assert stored["answerContent"] == label("net")
    assert stored["timeSpentInSeconds"] == 2.5
    assert (stored["acceptanceTime"], stored["submissionTime"]) == (
        "2026-03-05T10:11:12.000Z",
        "2026-03-05T10:11:22.000Z",
    )
    assert stored["identity"]["identityProviderType"] == "Cognito"


def test_time_spent_is_never_more_than_the_task_was_in_hand(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    deployment.clock.forward(4)
    act(deployment, task, "answer", {**ANSWER, "timeSpentInSeconds": 4_000})
    (key,) = deployment.account.store.keys(labeling.at().paths.answers_prefix)
    stored = json.loads(deployment.account.s3.get_object(Bucket="harbor-out", Key=key)["Body"].read())
    assert stored["timeSpentInSeconds"] == 4.0


def test_a_double_click_is_told_submitted_twice(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    replies = [act(deployment, task, "answer", ANSWER) for _ in range(2)]
    assert [reply.body["outcome"] for reply in replies] == ["submitted", "submitted"]
    assert labeling.window().ready == 1


def test_a_submission_starts_the_clock_of_the_prefetched_task(deployment: Deployment, labeling: Labeling) -> None:
    task, following = deployment.task(), deployment.task(show=False)
    assert following["leaseUntil"] is None
    deployment.clock.forward(20)
    body = {**ANSWER, "next": {"entry": following["entry"], "token": following["token"]}}
    reply = act(deployment, task, "answer", body)
    assert reply.body["next"] == {"entry": following["entry"], "leaseUntil": deployment.clock() + 300}


def test_a_prefetched_task_that_was_lost_does_not_spoil_the_submission(
    deployment: Deployment, labeling: Labeling
) -> None:
    task = deployment.task()
    for entry in (task["entry"] + 1, 900):
        reply = act(deployment, task, "answer", {**ANSWER, "next": {"entry": entry, "token": "not-mine"}})
        assert reply.body == {"outcome": "submitted", "next": None}


def test_a_reserved_task_is_shown(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task(show=False)
    deployment.clock.forward(60)
    assert act(deployment, task, "show", {}).body == {"leaseUntil": deployment.clock() + 300}


def test_a_broken_object_is_declined_with_that_reason(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    reply = act(deployment, task, "decline", {"code": "broken_object", "reason": "grey"})
    assert reply.body == {"outcome": "declined"}
    (item,) = [item for item in labeling.items() if item.slots]
    assert [slot.reason for slot in item.slots.values()] == ["the object does not load: grey"]


def test_a_skipped_task_comes_back_last(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    assert act(deployment, task, "skip", {}).body == {"outcome": "skipped"}
    assert deployment.task()["entry"] != task["entry"]


def test_a_draft_waits_for_its_worker(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    draft = {"draft": label("buoy"), "timeSpentInSeconds": 12.5, "stop": True}
    assert act(deployment, task, "draft", draft).body == {"outcome": "saved"}
    (held,) = deployment.portal("GET", "/jobs").body["jobs"][0]["held"]
    assert held == {
        "entry": task["entry"],
        "stoppedAt": deployment.clock(),
        "hasDraft": True,
        "leaseUntil": task["leaseUntil"],
    }
    again = deployment.task(entry=task["entry"])
    assert (again["token"], again["draft"], again["timeSpentInSeconds"]) == (task["token"], label("buoy"), 12.5)
    act(deployment, task, "answer", ANSWER)
    assert deployment.portal("GET", "/jobs").body["jobs"][0]["held"] == []


def test_addresses_are_renewed_for_whoever_holds_the_task(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    urls = act(deployment, task, "renew", {}).body["urls"]
    (address,) = urls.values()
    assert list(urls) == [f"s3://harbor-in/pier/{task['entry']:03d}.jpg"]
    assert address.startswith("https://harbor-in.s3.us-east-1.amazonaws.com/pier/")
    assert "X-Amz-Expires=3600" in address


def test_the_page_of_a_task_is_sandboxed_and_needs_no_sign_in(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    reply = deployment.portal("GET", task["pageUrl"], worker="nobody")
    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/html")
    assert "sandbox allow-scripts allow-forms" in reply.headers["Content-Security-Policy"]
    assert "crowd-" in reply.body


def test_a_page_of_somebody_elses_token_is_refused(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    assert refusal(deployment.portal("GET", f"/pages/pier-kind/{task['entry']}/x")) == (404, "not_leased")
    assert refusal(deployment.portal("GET", "/pages/pier-kind/900/x")) == (404, "not_leased")
    assert refusal(deployment.portal("GET", "/pages/no-such-job/0/x")) == (404, "not_found")


def test_when_nothing_is_left_the_worker_is_told_why(deployment: Deployment, labeling: Labeling) -> None:
    deployment.invite("bo")
    tasks = [deployment.task() for _ in range(3)]
    waiting = deployment.portal("POST", "/jobs/pier-kind/tasks", {"show": True}, "bo")
    assert (waiting.body["task"], waiting.body["reason"]) == (None, "waiting")
    for task in tasks:
        act(deployment, task, "answer", ANSWER)
    done = deployment.portal("POST", "/jobs/pier-kind/tasks", {"show": True})
    assert (done.body["task"], done.body["reason"]) == (None, "done")
    labeling.at().jobs.change("pier-kind", deployment.clock(), status="Stopping")
    stopped = deployment.portal("POST", "/jobs/pier-kind/tasks", {"show": True})
    assert stopped.body["reason"] == "stopped"


def test_nothing_is_given_out_while_the_queue_is_rebuilt(deployment: Deployment, labeling: Labeling) -> None:
    labeling.at().jobs.change("pier-kind", deployment.clock(), rebuilding=True)
    reply = deployment.portal("POST", "/jobs/pier-kind/tasks", {"show": True})
    assert (reply.body["task"], reply.body["reason"]) == (None, "waiting")


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

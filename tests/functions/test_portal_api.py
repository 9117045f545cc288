"""Every call of the portal, and every way it can be refused."""

from __future__ import annotations

import json

from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.task_dispatch.slots import ObjectStatus

from tests.aws.labeling import Labeling, label
from tests.functions.deployment import ANSWER, Deployment, act, refusal


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


def test_a_task_stopped_untouched_waits_without_a_draft(deployment: Deployment, labeling: Labeling) -> None:
    task = deployment.task()
    act(deployment, task, "draft", {"draft": {}, "timeSpentInSeconds": 2, "stop": True})
    (held,) = deployment.portal("GET", "/jobs").body["jobs"][0]["held"]
    assert (held["entry"], held["hasDraft"]) == (task["entry"], False)


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


def test_the_portal_asks_one_more_about_a_disputed_task_and_no_more_about_one_that_is_sure(
    deployment: Deployment,
) -> None:
    rule = AdaptiveRedundancy(min_workers=2, target_confidence=0.85)
    labeling = deployment.labeling(2, workers_per_object=3, adaptive=rule)
    labeling.start()
    for worker in ("bo", "cy"):
        deployment.invite(worker)
    said = {("ada", 0): "net", ("ada", 1): "net", ("bo", 0): "net", ("bo", 1): "buoy"}
    for worker in ("ada", "bo"):
        for _ in range(2):
            task = deployment.task(worker)
            answer = {"answer": label(said[worker, task["entry"]]), "timeSpentInSeconds": 1.0}
            assert act(deployment, task, "answer", answer, worker).status == 200
    assert [item.status for item in labeling.items()] == [ObjectStatus.READY, ObjectStatus.OPEN]
    assert deployment.task("cy")["entry"] == 1

from __future__ import annotations

import json

import pytest
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject

from tests.formats.jobs import NOW, verification_job

TASK_TYPE = registry.get("VerificationBoundingBox")


def answered(object_id, *given, missing=0):
    answers = tuple(Answer(f"w{number}", {"check": content}) for number, content in enumerate(given))
    return AnsweredObject(object_id, answers, f"s3://harbor-out/{object_id}.json", missing)


def good(**more):
    return {"label": "good", **more}


def bad(**more):
    return {"label": "bad", **more}


def label_of(item, job=None, algorithm="default"):
    the_job, consolidation = job or verification_job(), TASK_TYPE.consolidation_by(algorithm)
    votes = [
        (item.object_id, answer.worker_id, vote)
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, the_job)) is not None
    ]
    labels = consolidation.consolidate([item], consolidation.estimate(votes, the_job), the_job, NOW)
    return labels[0].content if labels else None


def test_a_verdict_has_the_class_id_as_text_and_the_comments_of_all_workers():
    content = label_of(answered(0, bad(workerComment="mast is cut off"), good(workerComment="fine"), bad()))
    assert json.dumps(content) == json.dumps(
        {
            "boats-check": "1",
            "boats-check-metadata": {
                "confidence": content["boats-check-metadata"]["confidence"],
                "job-name": "labeling-job/check-boats",
                "class-name": "bad",
                "human-annotated": "yes",
                "creation-date": "2026-03-05T10:11:12.123456",
                "type": "groundtruth/label-verification",
                "worker-feedback": [{"comment": "mast is cut off"}, {"comment": "fine"}],
            },
        }
    )
    assert 0.5 < content["boats-check-metadata"]["confidence"] < 0.95


@pytest.mark.parametrize("blank", [{}, {"workerComment": ""}, {"workerComment": " \n"}, {"workerComment": None}])
def test_without_a_comment_there_is_no_feedback(blank):
    assert "worker-feedback" not in label_of(answered(0, good(**blank), good()))["boats-check-metadata"]


def test_comments_come_in_the_order_of_worker_ids_whoever_answered_first():
    item = answered(0, good(workerComment="first"), bad(workerComment="second"))
    turned = AnsweredObject(0, item.answers[::-1], item.response_uri)
    assert label_of(turned) == label_of(item)


def test_the_comment_beside_another_field_of_the_form_is_not_the_verdicts():
    answers = (Answer("w0", {"check": good(), "weather": {"label": "fog", "workerComment": "thick"}}),)
    content = label_of(AnsweredObject(0, answers, "s3://harbor-out/0.json"))
    assert "worker-feedback" not in content["boats-check-metadata"]


def test_an_answer_that_is_no_verdict_any_more_is_passed_over_with_its_comment():
    content = label_of(answered(0, {"label": "awful", "workerComment": "x"}, good(), missing=1))
    assert content["boats-check"] == "0"
    assert content["boats-check-metadata"]["answers-missing"] == 1
    assert "worker-feedback" not in content["boats-check-metadata"]
    assert label_of(answered(0, {"label": "awful"})) is None


@pytest.mark.parametrize("algorithm", ["default", "ground-truth"])
def test_a_single_verdict_is_certain(algorithm):
    content = label_of(answered(0, good(), good()), verification_job(labels=("good",)), algorithm)
    assert content["boats-check"] == "0"
    assert content["boats-check-metadata"]["confidence"] == 0.95


def test_the_published_confidence_is_there_for_verdicts_too():
    content = label_of(answered(0, bad(), bad(), good()), algorithm="ground-truth")
    assert content["boats-check"] == "1"
    assert content["boats-check-metadata"]["confidence"] == 0.88


def test_one_worker_an_object_has_confidence_zero():
    content = label_of(answered(0, bad()), verification_job(workers_per_object=1))
    assert content["boats-check-metadata"]["confidence"] == 0.0

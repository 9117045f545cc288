from __future__ import annotations

import json

import pytest
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject

from tests.formats.jobs import NOW, image_job, text_job

IMAGE = registry.get("ImageMultiClass").consolidation


def answered(object_id, *labels, missing=0):
    answers = tuple(
        Answer(f"private.eu-west-1.{number:016x}", {"crowd-image-classifier": {"label": label}})
        for number, label in enumerate(labels)
    )
    return AnsweredObject(object_id, answers, f"s3://harbor-out/{object_id}.json", missing)


def labels_of(objects, job, consolidation=IMAGE):
    votes = [
        (item.object_id, answer.worker_id, vote)
        for item in objects
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, job)) is not None
    ]
    estimate = json.loads(json.dumps(consolidation.estimate(votes, job)))
    return consolidation.consolidate(objects, estimate, job, NOW)


def test_a_label_has_the_content_and_key_order_of_real_output():
    (label,) = labels_of([answered(0, "buoy", "buoy", "buoy")], image_job())
    assert json.dumps(label.content) == json.dumps(
        {
            "kind": 1,
            "kind-metadata": {
                "confidence": 0.95,
                "job-name": "labeling-job/pier-kind",
                "class-name": "buoy",
                "human-annotated": "yes",
                "creation-date": "2026-03-05T10:11:12.123456",
                "type": "groundtruth/image-classification",
            },
        }
    )


def test_text_labels_are_of_their_own_type():
    consolidation = registry.get("TextMultiClass").consolidation
    (label,) = labels_of([answered(0, "late", "late", "calm")], text_job(), consolidation)
    assert label.content["mood"] == 1
    assert label.content["mood-metadata"]["type"] == "groundtruth/text-classification"


def test_disagreement_lowers_the_confidence():
    agreed, disputed = labels_of([answered(0, "boat", "boat", "boat"), answered(1, "boat", "boat", "net")], image_job())
    assert disputed.content["kind"] == 0
    assert disputed.content["kind-metadata"]["confidence"] < agreed.content["kind-metadata"]["confidence"] <= 0.95


def test_confidence_has_at_most_two_decimals_and_is_at_least_that_of_a_guess():
    objects = [answered(number, *trio) for number, trio in enumerate([("boat", "buoy", "net"), ("net", "net", "boat")])]
    for label in labels_of(objects, image_job()):
        confidence = label.content["kind-metadata"]["confidence"]
        assert confidence == round(confidence, 2)
        assert 0.05 + 0.9 / 3 - 0.005 <= confidence <= 0.95


def test_one_worker_an_object_has_confidence_zero():
    (label,) = labels_of([answered(0, "net")], image_job(workers_per_object=1))
    assert label.content["kind-metadata"]["confidence"] == 0.0
    assert '"confidence": 0.0' in json.dumps(label.content)


def test_missing_answers_are_said_in_the_metadata():
    (full, short) = labels_of([answered(0, "boat", "boat", "boat"), answered(1, "boat", missing=2)], image_job())
    assert "answers-missing" not in full.content["kind-metadata"]
    assert short.content["kind-metadata"]["answers-missing"] == 2
    assert short.content["kind-metadata"]["confidence"] > 0


def test_an_object_without_a_usable_answer_is_left_out():
    labels = labels_of([answered(0, "submarine", "ship"), answered(1, "boat", "submarine")], image_job())
    assert [label.object_id for label in labels] == [1]
    assert labels[0].content["kind"] == 0


def test_a_batch_without_any_usable_answer_gives_no_labels():
    assert labels_of([answered(0, "submarine")], image_job()) == []


def test_labels_come_in_the_order_of_the_objects():
    objects = [answered(number, "boat", "boat", "net") for number in (41, 7, 19)]
    assert [label.object_id for label in labels_of(objects, image_job())] == [41, 7, 19]


@pytest.mark.parametrize(
    ("answer", "vote"),
    [
        ({"crowd-image-classifier": {"label": "net"}}, 2),
        ({"renamed": {"label": "boat", "workerComment": "at the quay"}, "note": "x"}, 0),
        ({"renamed": {"label": "submarine"}}, None),
        ({"note": "boat"}, None),
    ],
)
def test_a_vote_is_the_index_of_the_label(answer, vote):
    assert IMAGE.vote(answer, image_job()) == vote


def test_a_job_with_one_label_needs_no_estimate():
    (label,) = labels_of([answered(0, "boat", "boat", "boat")], image_job(labels=("boat",)))
    assert label.content["kind"] == 0
    assert label.content["kind-metadata"]["confidence"] == 0.95


def test_without_an_estimate_the_batch_itself_tells_about_the_workers():
    objects = [answered(0, "boat", "boat", "net"), answered(1, "net", "net", "net")]
    assert IMAGE.consolidate(objects, None, image_job(), NOW) == labels_of(objects, image_job())

from __future__ import annotations

import json

import pytest
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.jobs import NOW, TEMPLATE, image_job

TASK_TYPE = registry.get("ImageMultiClassMultiLabel")
DEFAULT = TASK_TYPE.consolidation
PUBLISHED = TASK_TYPE.consolidation_by("ground-truth")
LABELS = ("boat", "buoy", "net")


def job(**changes):
    return image_job(
        **{"task_type": "ImageMultiClassMultiLabel", "label_attribute": "kinds", "name": "Pier-Kinds", **changes}
    )


def answered(object_id, *sets, missing=0):
    answers = tuple(
        Answer(f"private.eu-west-1.{number:016x}", {"crowd-image-classifier-multi-select": {"labels": list(chosen)}})
        for number, chosen in enumerate(sets)
    )
    return AnsweredObject(object_id, answers, f"s3://harbor-out/{object_id}.json", missing)


def labels_of(objects, the_job, consolidation=DEFAULT):
    votes = [
        (item.object_id, answer.worker_id, vote)
        for item in objects
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, the_job)) is not None
    ]
    estimate = json.loads(json.dumps(consolidation.estimate(votes, the_job)))
    return consolidation.consolidate(objects, estimate, the_job, NOW)


def confidences(label):
    return label.content["kinds-metadata"]["confidence-map"]


def test_a_label_has_the_content_and_key_order_of_the_guide():
    (label,) = labels_of([answered(0, ["net"], ["net", "boat"], ["net"])], job())
    assert json.dumps(label.content) == json.dumps(
        {
            "kinds": [2, 0],
            "kinds-metadata": {
                "job-name": "labeling-job/pier-kinds",
                "class-map": {"2": "net", "0": "boat"},
                "human-annotated": "yes",
                "creation-date": "2026-03-05T10:11:12.123456",
                "confidence-map": {"2": 0.95, "0": 0.3},
                "type": "groundtruth/image-classification-multilabel",
            },
        }
    )


def test_texts_have_a_type_of_their_own():
    consolidation = registry.get("TextMultiClassMultiLabel").consolidation
    (label,) = labels_of([answered(0, ["net"])], job(), consolidation)
    assert label.content["kinds-metadata"]["type"] == "groundtruth/text-classification-multilabel"


@pytest.mark.parametrize("consolidation", [DEFAULT, PUBLISHED])
def test_every_label_that_somebody_chose_is_listed_by_falling_confidence(consolidation):
    objects = [
        answered(0, ["boat", "net"], ["boat"], ["boat", "net"]),
        answered(1, ["buoy"], ["buoy", "boat"], ["buoy", "net"]),
    ]
    for label, expected in zip(labels_of(objects, job(), consolidation), ([0, 2], [1, 2, 0]), strict=True):
        assert label.content["kinds"] == expected
        metadata = label.content["kinds-metadata"]
        assert metadata["class-map"] == {str(index): LABELS[index] for index in expected}
        found = list(metadata["confidence-map"].values())
        assert found == sorted(found, reverse=True)
        assert all(0.05 <= confidence <= 0.95 for confidence in found)


def test_a_label_that_one_of_three_chose_keeps_a_low_confidence():
    (label,) = labels_of([answered(0, ["boat"], ["boat"], ["boat", "net"])], job())
    assert confidences(label)["0"] > 0.9
    assert confidences(label)["2"] < 0.4


def test_one_worker_an_object_has_confidence_zero_for_every_label():
    (label,) = labels_of([answered(0, ["net", "boat"])], job(workers_per_object=1))
    assert label.content["kinds"] == [0, 2]
    assert confidences(label) == {"0": 0.0, "2": 0.0}


def test_missing_answers_are_said_in_the_metadata():
    (label,) = labels_of([answered(0, ["boat"], missing=2)], job())
    assert label.content["kinds-metadata"]["answers-missing"] == 2
    assert confidences(label)["0"] > 0


@pytest.mark.parametrize("consolidation", [DEFAULT, PUBLISHED])
def test_where_all_say_that_nothing_fits_the_list_is_empty(consolidation):
    objects = [answered(0, ["nothing fits"], ["nothing fits"]), answered(1, ["boat"], ["nothing fits"])]
    nothing, boat = labels_of(objects, job(template_uri=TEMPLATE), consolidation)
    assert nothing.content["kinds"] == []
    assert nothing.content["kinds-metadata"]["class-map"] == {}
    assert confidences(nothing) == {}
    assert boat.content["kinds"] == [0]


def test_who_says_that_nothing_fits_speaks_against_the_label_that_others_chose():
    for_it, against = labels_of(
        [answered(0, ["boat"], ["boat"]), answered(1, ["boat"], ["nothing fits"])], job(template_uri=TEMPLATE)
    )
    assert confidences(against)["0"] < confidences(for_it)["0"]


@pytest.mark.parametrize("consolidation", [DEFAULT, PUBLISHED])
def test_an_object_without_a_usable_answer_is_left_out(consolidation):
    objects = [answered(0, ["ship"], ["ship", "boat"]), answered(1, ["boat"], ["ship"])]
    labels = labels_of(objects, job(), consolidation)
    assert [(label.object_id, label.content["kinds"]) for label in labels] == [(1, [0])]
    assert labels_of(objects[:1], job(), consolidation) == []


def test_without_an_estimate_the_batch_itself_tells_about_the_workers():
    objects = [answered(0, ["boat"], ["boat", "net"]), answered(1, ["net"], ["net"])]
    for label, other in zip(DEFAULT.consolidate(objects, None, job(), NOW), labels_of(objects, job()), strict=True):
        assert label == other


def test_the_published_way_is_a_vote_for_or_against_each_label():
    (label,) = labels_of([answered(0, ["boat", "net"], ["boat", "net"], ["boat"])], job(), PUBLISHED)
    assert confidences(label) == {"0": 0.95, "2": 0.88}


SETS = st.sets(st.sampled_from(LABELS), min_size=1).map(sorted)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(SETS, min_size=1, max_size=4), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_objects_and_of_answers_changes_no_label(drawn, source):
    objects = [answered(number, *sets) for number, sets in enumerate(drawn)]
    shuffled = [
        AnsweredObject(item.object_id, tuple(source.sample(item.answers, len(item.answers))), item.response_uri)
        for item in source.sample(objects, len(objects))
    ]
    for consolidation in (DEFAULT, PUBLISHED):
        one, other = (
            {label.object_id: label.content for label in labels_of(order, job(), consolidation)}
            for order in (objects, shuffled)
        )
        assert one == other

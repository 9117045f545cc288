"""Predictions of one label and of several, in the forms of output lines and in short ones."""

from __future__ import annotations

import pytest
from groundwork.pre_annotation.prediction import take_prediction
from groundwork.task_types import registry
from groundwork.task_types.prediction import Prediction

from tests.formats.jobs import image_job, image_multi_label_job, text_job


def read(value, metadata=None, job=None):
    job = job or image_job()
    key = job.prediction_attribute
    line = {"source-ref": "s3://harbor-in/1.jpg", key: value, f"{key}-metadata": metadata or {}}
    taken = take_prediction(line, job, registry.get(job.task_type).predictions)
    assert taken.warning is None
    assert taken.line == {"source-ref": "s3://harbor-in/1.jpg"}
    return taken.prediction.label, taken.prediction.confidence


AUTO_LABELED = {
    "confidence": 0.93,
    "class-name": "net",
    "human-annotated": "no",
    "type": "groundtruth/image-classification",
    "job-name": "labeling-job/earlier",
    "creation-date": "2025-11-02T08:00:00.000001",
}


@pytest.mark.parametrize(
    ("value", "metadata"),
    [
        (2, AUTO_LABELED),
        ("2", AUTO_LABELED),
        (0, AUTO_LABELED),  # numbered by another label file: the name counts
        ("net", AUTO_LABELED),
        ("net", {"confidence": 0.93}),
        (2, {"confidence": 0.93}),
        ({"label": "net", "confidence": 0.93}, None),
        ({"label": 2, "score": 0.93}, {"confidence": 0.93}),
        ({"label": "net"}, {"confidence": 0.93}),
        ({"boat": 0.05, "buoy": 0.02, "net": 0.93}, None),
        ({"0": 0.07, "2": 0.93}, None),
    ],
)
def test_one_label_is_read_in_every_form_that_says_plainly_what_is_meant(value, metadata):
    assert read(value, metadata) == ("net", 0.93)


def test_a_name_that_looks_like_a_class_id_is_a_name():
    assert read("1", job=text_job(labels=("1", "0"), task_type="ImageMultiClass")) == ("1", None)


def test_the_class_of_a_prediction_is_its_place_in_the_label_file_with_its_confidence():
    job = image_job()
    predictions = registry.get(job.task_type).predictions
    assert predictions.as_class(Prediction(label="net", confidence=0.5), job) == (2, 0.5)
    assert predictions.as_class(Prediction(label="net"), job) is None


def test_types_without_a_single_label_have_no_class_to_predict():
    several = registry.get("ImageMultiClassMultiLabel").predictions
    assert several.as_class(Prediction(label=["net"], confidence=0.5), image_multi_label_job()) is None


@pytest.mark.parametrize(
    ("value", "metadata", "expected"),
    [
        (["net", "boat"], None, (["boat", "net"], None)),
        ([2, "0", 2], {"confidence": 0.8}, (["boat", "net"], 0.8)),
        ({"label": ["net"], "confidence": 0.8}, None, (["net"], 0.8)),
        ({"boat": 0.75, "buoy": 0.4, "net": 0.5}, None, (["boat", "net"], 0.625)),
        ([], None, ([], None)),
        (
            [7, 3, 5],
            {"class-map": {"7": "net", "3": "boat", "5": "buoy"}, "confidence-map": {"7": 0.91, "3": 0.69, "5": 0.4}},
            (["boat", "net"], pytest.approx(0.8)),
        ),
    ],
)
def test_several_labels_are_those_that_more_likely_fit_than_not(value, metadata, expected):
    assert read(value, metadata, image_multi_label_job()) == expected


def test_labels_of_an_output_with_one_worker_an_object_are_told_without_a_confidence():
    metadata = {"class-map": {"0": "boat", "2": "net"}, "confidence-map": {"0": 0.0, "2": 0.0}}
    assert read([0, 2], metadata, image_multi_label_job()) == (["boat", "net"], None)


@pytest.mark.parametrize(
    ("value", "metadata", "reason"),
    [
        ("net", None, '"net" names no label'),
        (["kayak"], None, '"kayak" is no label'),
        ([7], {"class-map": {"7": "kayak"}}, '"kayak" is no label'),
        ([7], {"class-map": {"8": "net"}}, "7 is no label"),
        ([2], {"confidence-map": {"2": 1.5}}, "1.5 is no confidence"),
        ({"net": 2}, None, "2 is no confidence"),
    ],
)
def test_several_labels_that_are_none_of_the_job_are_no_prediction(value, metadata, reason):
    job = image_multi_label_job()
    key = job.prediction_attribute
    taken = take_prediction({key: value, f"{key}-metadata": metadata}, job, registry.get(job.task_type).predictions)
    assert taken.prediction is None
    assert reason in taken.warning


@pytest.mark.parametrize(
    ("value", "metadata", "reason"),
    [
        (0, {"class-name": "kayak"}, '"kayak" is no label'),
        (0, {"class-name": 7}, "7 is no label"),
        ("boat", {"class-name": "net"}, '"boat" is no class id of "net"'),
    ],
)
def test_a_name_in_the_metadata_must_be_a_label_and_agree(value, metadata, reason):
    job = image_job()
    line = {"kind-prediction": value, "kind-prediction-metadata": metadata}
    assert reason in take_prediction(line, job, registry.get(job.task_type).predictions).warning

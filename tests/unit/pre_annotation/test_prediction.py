"""What a model predicted travels beside the task; workers see it where the job says so."""

from __future__ import annotations

import json

import pytest
from groundwork.pre_annotation.records import CheckedLine, TaskInputRecord, first_pass
from groundwork.task_types import registry

from tests.formats.jobs import custom_job, image_job, shape_job

IMAGE = {"source-ref": "s3://harbor-in/1.jpg", "shift": 4}


def record_of(line, job):
    made = first_pass(7, b"{}", job, registry.get(job.task_type), lambda raw: CheckedLine(line))
    assert isinstance(made, TaskInputRecord)
    return made


def predicted(**more):
    return {**IMAGE, "kind-prediction": "net", "kind-prediction-metadata": {"confidence": 0.93}, **more}


def test_a_prediction_is_in_the_record_and_out_of_what_a_page_can_show():
    plain, record = record_of(IMAGE, image_job()), record_of(predicted(), image_job())
    assert record.prediction.model_dump() == {"label": "net", "confidence": 0.93}
    assert record.model_copy(update={"prediction": None}) == plain
    assert json.loads(record.to_line())["prediction"] == {"label": "net", "confidence": 0.93}
    assert "prediction" not in json.loads(plain.to_line())
    assert TaskInputRecord.model_validate_json(record.to_line()) == record


def test_a_job_that_shows_predictions_gives_them_to_its_page():
    record = record_of(predicted(), image_job(show_predictions=True))
    assert record.task_input["prediction"] == {"label": "net", "confidence": 0.93}
    assert record.task_input["manifestLine"] == IMAGE
    assert "prediction" not in record_of(IMAGE, image_job(show_predictions=True)).task_input


def test_a_prediction_without_a_confidence_can_be_shown():
    record = record_of({**IMAGE, "kind-prediction": 2}, image_job(show_predictions=True))
    assert record.task_input["prediction"] == {"label": "net"}


def test_a_gold_object_shows_the_prediction_and_never_its_answer():
    record = record_of(predicted(**{"kind-gold": "buoy"}), image_job(show_predictions=True))
    assert (record.gold, record.prediction.label) == (1, "net")
    assert b"buoy" not in json.dumps({**record.task_input, "labels": []}).encode()


@pytest.mark.parametrize(
    ("prediction", "metadata", "reason"),
    [
        ("kayak", None, '"kayak" is no label of this job'),
        (3, None, "3 is no label of this job"),
        (True, None, "True is no label of this job"),
        ([0], None, "[0] is no label of this job"),
        ("net", {"confidence": 1.2}, "1.2 is no confidence from 0 to 1"),
        ("net", {"confidence": -0.1}, "-0.1 is no confidence"),
        ("net", {"confidence": "high"}, '"high" is no confidence'),
        ("net", {"confidence": True}, "True is no confidence"),
        ("net", 0.9, "its metadata is no object"),
        ({"label": "net", "confidence": 93}, None, "93 is no confidence"),
        ({"label": "net", "confidence": 0.5}, {"confidence": 0.6}, "two confidences, 0.5 and 0.6"),
        ({"label": "net", "certainty": 0.5}, None, '"label" is no label of this job'),
        ({"boat": 0.5, "net": None}, None, '"net" has no confidence'),
        ({"boat": 0.5, "net": 0.5}, None, '"boat" and "net" are equally likely'),
        ({}, None, "{} names no label"),
    ],
)
def test_what_is_no_prediction_is_passed_over_with_a_warning_and_people_label_the_object(prediction, metadata, reason):
    line = {**IMAGE, "kind-prediction": prediction, "kind-prediction-metadata": metadata}
    record = record_of(line, image_job(show_predictions=True))
    assert (record.state, record.prediction) == ("task", None)
    assert record.warning.startswith('"kind-prediction" is passed over: ')
    assert reason in record.warning
    assert "prediction" not in json.dumps(record.task_input)


@pytest.mark.parametrize(
    "line", [{"kind-prediction": None}, {"kind-prediction-metadata": {"failure-reason": "ClientError: no image"}}]
)
def test_a_line_on_which_the_model_said_nothing_is_a_line_without_a_prediction(line):
    record = record_of({**IMAGE, **line}, image_job(show_predictions=True))
    assert record == record_of(IMAGE, image_job(show_predictions=True))


@pytest.mark.parametrize(
    "job", [custom_job(), shape_job("AdjustmentBoundingBox", label_attribute="kind", labels=("a",))]
)
def test_in_types_without_predictions_the_key_means_nothing(job):
    line = {
        **IMAGE,
        f"{job.label_attribute}-prediction": "a",
        "boxes": {"annotations": []},
        "boxes-metadata": {"type": "groundtruth/object-detection", "class-map": {}},
    }
    record = record_of(line, job)
    assert (record.prediction, record.warning) == (None, None)
    assert record.task_input.get("manifestLine", record.task_input) == line


def test_a_line_that_has_its_label_already_is_copied_whatever_was_predicted():
    assert record_of(predicted(kind=0), image_job()) == TaskInputRecord(object_id=7, state="copied")

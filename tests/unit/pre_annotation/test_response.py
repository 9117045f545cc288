from __future__ import annotations

import pytest
from groundwork.pre_annotation.request import pre_annotation_request
from groundwork.pre_annotation.response import PreAnnotationError, parse_response

from tests.formats.jobs import custom_job

INPUT = {"img": "s3://utility-in/meters/0007.jpg", "digits": 6}


def test_the_request_carries_the_whole_line():
    line = {"source-ref": "s3://utility-in/meters/0007.jpg", "site": "north", "seen": 1, "seen-metadata": {}}
    assert pre_annotation_request(custom_job(), line) == {
        "version": "2018-10-16",
        "labelingJobArn": "arn:aws:sagemaker:eu-west-1:111122223333:labeling-job/meter-reading",
        "dataObject": line,
    }


@pytest.mark.parametrize(
    ("flags", "required"),
    [
        ({}, True),
        ({"isHumanAnnotationRequired": True}, True),
        ({"isHumanAnnotationRequired": False}, False),
        ({"isHumanAnnotationRequired": "false"}, False),
        ({"isHumanAnnotationRequired": "True"}, True),
        ({"humanAnnotationRequired": "FALSE"}, False),
        ({"humanAnnotationRequired": False}, False),
        ({"isHumanAnnotationRequired": True, "humanAnnotationRequired": "false"}, True),
        ({"isHumanAnnotationRequired": False, "humanAnnotationRequired": "true"}, False),
    ],
)
def test_both_spellings_of_the_flag_are_read(flags, required):
    response = parse_response({"taskInput": INPUT, **flags})
    assert (response.task_input, response.human_required, response.warnings) == (INPUT, required, ())


@pytest.mark.parametrize("value", ["no", 0, None, []])
def test_any_other_flag_counts_as_true_with_a_warning(value):
    response = parse_response({"taskInput": INPUT, "isHumanAnnotationRequired": value})
    assert response.human_required
    assert "must be true or false" in response.warnings[0]


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (None, "expected an object with taskInput, got null"),
        ([INPUT], "got a list"),
        ({"statusCode": 200}, "the response has no taskInput"),
        ({"taskInput": "s3://utility-in/meters/0007.jpg"}, "taskInput must be an object, got a text"),
        ({"taskInput": {"level": float("inf")}}, "NaN or an infinity"),
    ],
)
def test_a_response_without_usable_task_input_is_refused(response, says):
    with pytest.raises(PreAnnotationError, match=says):
        parse_response(response)

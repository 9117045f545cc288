from __future__ import annotations

import pytest
from groundwork.consolidation.response import LARGEST_RESPONSE, parse_response, response_file
from groundwork.task_types.task_type import ConsolidatedLabel

from tests.formats.jobs import NOW, custom_job

JOB = custom_job()
STANDARD = {
    "type": "groundtruth/custom",
    "job-name": "meter-reading",
    "human-annotated": "yes",
    "creation-date": "2026-03-05T10:11:12.123000",
}


def element(object_id, **content):
    return {"datasetObjectId": object_id, "consolidatedAnnotation": {"content": content}}


def parse(response, *objects, **missing):
    return parse_response(response, dict.fromkeys(objects, 0) | missing.get("missing", {}), JOB, NOW)


def test_a_result_gets_the_metadata_of_the_service():
    result = parse([element("17", meterReading={"value": "004519"})], 17)
    assert [label.object_id for label in result.labels] == [17]
    assert result.labels[0].content == {"meterReading": {"value": "004519"}, "meterReading-metadata": STANDARD}
    assert (result.failures, result.warnings) == ({}, [])


def test_metadata_of_the_function_wins_and_is_completed():
    own = {"type": "groundtruth/meter", "votes": 2}
    (label,) = parse([element("17", **{"meterReading": 1, "meterReading-metadata": own})], 17).labels
    assert label.content["meterReading-metadata"] == {**STANDARD, **own}


def test_the_spelling_of_the_guide_counts_as_present():
    own = {"job_name": "mine", "creation_date": "2026-03-05"}
    (label,) = parse([element("17", **{"meterReading": 1, "meterReading-metadata": own})], 17).labels
    assert label.content["meterReading-metadata"] == {**own, "type": "groundtruth/custom", "human-annotated": "yes"}


def test_metadata_that_is_no_object_is_replaced_with_a_warning():
    result = parse([element("17", **{"meterReading": 1, "meterReading-metadata": "by hand"})], 17)
    assert result.labels[0].content["meterReading-metadata"] == STANDARD
    assert "is no object" in result.warnings[0]


def test_missing_answers_are_said_in_the_metadata():
    (label,) = parse([element("17", meterReading=1)], missing={17: 2}).labels
    assert label.content["meterReading-metadata"]["answers-missing"] == 2


def test_the_last_of_several_results_for_an_object_wins():
    result = parse([element("17", meterReading=1), element("17", meterReading=2)], 17)
    assert [label.content["meterReading"] for label in result.labels] == [2]


def test_a_result_for_another_object_is_passed_over_with_a_warning():
    result = parse([element("17", meterReading=1), element("18", meterReading=1), {"answer": 42}, "text"], 17)
    assert [label.object_id for label in result.labels] == [17]
    assert len(result.warnings) == 3
    assert "element 1 is for no object of the request" in result.warnings[0]


def test_an_id_given_as_a_number_is_understood():
    assert [label.object_id for label in parse([element(17, meterReading=1)], 17).labels] == [17]


@pytest.mark.parametrize("object_id", [True, 17.0, "17.0", "+17", "\uff11\uff17", None])
def test_an_id_that_is_no_number_is_for_no_object(object_id):
    result = parse([element(object_id, meterReading=1)], 17, 1)
    assert result.labels == []
    assert len(result.warnings) == 1


def test_an_object_without_result_fails():
    result = parse([element("17", meterReading=1)], 17, 18)
    assert result.failures == {18: "ClientError: The post-annotation function returned no result for the object."}


def test_a_result_without_content_fails_its_object_alone():
    result = parse([element("17", meterReading=1), {"datasetObjectId": "18", "consolidatedAnnotation": {}}], 17, 18)
    assert [label.object_id for label in result.labels] == [17]
    assert "content is no object" in result.failures[18]


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ({"errorMessage": "boom"}, "expected a list of results, got {'errorMessage'"),
        (None, "expected a list of results, got None"),
        ("[]", "expected a list of results"),
        ([element("17", meterReading=float("nan"))], "NaN"),
        ([element("17", meterReading="x" * LARGEST_RESPONSE)], "at most 6291456"),
    ],
    ids=["object", "nothing", "text", "NaN", "too large"],
)
def test_a_response_that_is_no_list_of_json_fails_the_whole_batch(response, reason):
    result = parse(response, 17, 18)
    assert result.labels == []
    assert set(result.failures) == {17, 18}
    assert all(text.startswith("ClientError: post-annotation function: ") for text in result.failures.values())
    assert reason in result.failures[17]


def test_a_function_can_not_change_which_object_a_line_is_about():
    result = parse([element("17", **{"meterReading": 1, "source-ref": "s3://elsewhere/x.jpg", "grid": "N"})], 17)
    assert set(result.labels[0].content) == {"meterReading", "grid", "meterReading-metadata"}
    assert "source" in result.warnings[0]


def test_a_result_under_another_name_is_kept_with_a_warning():
    result = parse([element("17", reading=1)], 17)
    assert result.labels[0].content["reading"] == 1
    assert "has no meterReading" in result.warnings[0]


def test_the_response_file_of_a_built_in_consolidation_has_the_shape_of_a_response():
    content = {"kind": 1, "kind-metadata": {"confidence": 0.95}}
    assert response_file([ConsolidatedLabel(3, content)]) == [
        {"datasetObjectId": "3", "consolidatedAnnotation": {"content": content}}
    ]

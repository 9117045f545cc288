from __future__ import annotations

import json

import pytest
from groundwork.consolidation.collected import CollectedObject
from groundwork.consolidation.request import LARGEST_INLINE, consolidation_request, post_annotation_event
from pydantic import ValidationError

from tests.formats.jobs import custom_job, image_job

WORKER = "private.eu-west-1.9f2c1b7a44d0e3aa"
ROLE = "arn:aws:iam::111122223333:role/groundwork-annotation-reader"


def collected(content, **changes):
    return CollectedObject.model_validate(
        {
            "object": 17,
            "entry": 12,
            "dataObject": {"s3Uri": "s3://utility-in/meters/0007.jpg"},
            "answers": [{"workerId": WORKER, "answerContent": content}],
            "responseUri": "s3://utility-out/17.json",
            "missing": 1,
            **changes,
        }
    )


def reference(object_id, worker_id):
    return f"s3://utility-out/large/{object_id}/{worker_id}.json"


def test_an_answer_goes_as_json_text_in_the_request_file():
    request = consolidation_request([collected({"reading": "004519", "note": "größer"})], reference)
    assert request.by_reference == {}
    assert request.payload == [
        {
            "datasetObjectId": "17",
            "dataObject": {"s3Uri": "s3://utility-in/meters/0007.jpg"},
            "annotations": [
                {"workerId": WORKER, "annotationData": {"content": '{"reading":"004519","note":"größer"}'}},
            ],
        }
    ]


def test_an_answer_above_256_kb_goes_by_reference_under_both_spellings():
    content = {"mask": "x" * LARGEST_INLINE}
    request = consolidation_request([collected(content)], reference)
    (annotation,) = request.payload[0]["annotations"]
    uri = f"s3://utility-out/large/17/{WORKER}.json"
    assert annotation == {"workerId": WORKER, "annotationData": {"s3Uri": uri, "s3uri": uri}}
    assert json.loads(request.by_reference[uri]) == content


def test_an_answer_of_exactly_256_kb_stays_inline():
    request = consolidation_request([collected({"m": "x" * (LARGEST_INLINE - len('{"m":""}'))})], reference)
    assert request.by_reference == {}


def test_the_event_has_every_field_ground_truth_sends():
    job = custom_job(labels=("legible", "blurred"))
    payload = (
        "s3://harbor-out/Meter-Reading/annotations/consolidated-annotation/consolidation-request/iteration-1/x.json"
    )
    assert post_annotation_event(job, payload, ROLE) == {
        "version": "2018-10-16",
        "labelingJobArn": "arn:aws:sagemaker:eu-west-1:111122223333:labeling-job/meter-reading",
        "labelCategories": ["legible", "blurred"],
        "labelAttributeName": "meterReading",
        "roleArn": ROLE,
        "outputConfig": "s3://harbor-out/Meter-Reading/annotations",
        "maxHumanWorkersPerDataObject": 3,
        "vpcEnabled": False,
        "payload": {"s3Uri": payload},
    }


def test_a_job_without_label_file_sends_null_categories():
    assert post_annotation_event(custom_job(), "s3://b/k", ROLE)["labelCategories"] is None


def test_the_output_key_is_named_when_there_is_one():
    key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-1234567890ab"
    assert post_annotation_event(image_job(output_kms_key=key), "s3://b/k", ROLE)["kmsKeyId"] == key


def test_a_collected_object_reads_what_it_wrote():
    item = collected({"reading": "004519"})
    assert CollectedObject.model_validate_json(item.to_line()) == item


def test_an_object_without_answers_is_never_collected():
    with pytest.raises(ValidationError, match="answers"):
        collected({}, answers=[])


def test_a_collected_object_hands_over_answers_reference_and_what_is_missing():
    answered = collected({"reading": "004519"}).answered()
    assert (answered.object_id, answered.response_uri, answered.missing) == (17, "s3://utility-out/17.json", 1)
    assert [(answer.worker_id, answer.content) for answer in answered.answers] == [(WORKER, {"reading": "004519"})]

from __future__ import annotations

import json

import pytest
from groundwork.job.labeling_job import AnnotationFunctions
from groundwork.pre_annotation.records import CheckedLine, Pending, TaskInputRecord, annotate, first_pass, shard_file
from groundwork.pre_annotation.response import PreAnnotationError
from groundwork.task_types import registry

from tests.formats.jobs import custom_job, image_job, text_job

PRE = AnnotationFunctions(pre="arn:aws:lambda:eu-west-1:111122223333:function:meter-pre")
PENDING = Pending(17, {"source-ref": "s3://utility-in/meters/0007.jpg", "site": "north"})


def check(raw):
    data = json.loads(raw)
    return CheckedLine(data, None if "source" in data or "source-ref" in data else "ClientError: no data object")


def record(raw, job, object_id=0):
    return first_pass(object_id, raw, job, registry.get(job.task_type), check)


def test_a_sound_line_becomes_a_task():
    assert json.loads(record(b'{"source":"The ferry left."}', text_job()).to_line()) == {
        "object": 0,
        "state": "task",
        "taskInput": {
            "taskObject": "The ferry left.",
            "labels": ["calm", "late"],
            "manifestLine": {"source": "The ferry left."},
        },
        "dataObject": {"content": "The ferry left."},
    }


def test_a_line_without_a_source_fails_the_object():
    assert json.loads(record(b'{"berth":"A4"}', image_job(), 3).to_line()) == {
        "object": 3,
        "state": "failed",
        "reason": "ClientError: no data object",
    }


def test_a_line_that_carries_the_label_is_copied_even_if_it_could_not_be_labeled():
    for raw in (b'{"source-ref":"s3://b/k.jpg","kind":0}', b'{"kind":null}'):
        assert json.loads(record(raw, image_job(), 5).to_line()) == {"object": 5, "state": "copied"}


def test_a_line_that_failed_before_is_labeled_again():
    raw = b'{"source-ref":"s3://b/k.jpg","kind-metadata":{"failure-reason":"ClientError: Annotation tasks expired."}}'
    assert record(raw, image_job()).state == "task"


def test_a_custom_job_without_function_shows_the_line_itself():
    made = record(b'{"source-ref":"s3://utility-in/meters/0007.jpg","site":"north"}', custom_job())
    assert made.task_input == {"source-ref": "s3://utility-in/meters/0007.jpg", "site": "north"}
    assert made.data_object == {"s3Uri": "s3://utility-in/meters/0007.jpg"}


def test_a_job_with_a_function_waits_for_its_response():
    raw = b'{"source-ref":"s3://utility-in/meters/0007.jpg","site":"north"}'
    assert record(raw, custom_job(functions=PRE), 17) == PENDING


def test_the_functions_task_input_is_what_the_worker_page_gets():
    annotated = annotate(PENDING, lambda line: {"taskInput": {"img": line["source-ref"], "digits": 6}})
    assert annotated.record == TaskInputRecord(
        object_id=17,
        state="task",
        task_input={"img": "s3://utility-in/meters/0007.jpg", "digits": 6},
        data_object={"s3Uri": "s3://utility-in/meters/0007.jpg"},
    )


def test_an_object_the_function_excludes_fails_with_that_reason():
    annotated = annotate(PENDING, lambda line: {"taskInput": {}, "isHumanAnnotationRequired": "false"})
    assert annotated.record.state == "failed"
    assert annotated.record.reason == "ClientError: pre-annotation function excluded the object"


def test_an_unusable_response_fails_its_object():
    annotated = annotate(PENDING, lambda line: {"img": line["source-ref"]})
    assert annotated.record.reason == "ClientError: pre-annotation function: the response has no taskInput"


def test_an_error_about_one_object_fails_that_object():
    def respond(line):
        raise PreAnnotationError("timed out after 60 s")

    assert annotate(PENDING, respond).record.reason == "ClientError: pre-annotation function: timed out after 60 s"


def test_a_function_that_can_not_be_invoked_is_not_the_objects_fault():
    def respond(line):
        raise PermissionError("AccessDeniedException")

    with pytest.raises(PermissionError):
        annotate(PENDING, respond)


def test_an_odd_flag_is_a_warning_beside_the_record():
    annotated = annotate(PENDING, lambda line: {"taskInput": {}, "isHumanAnnotationRequired": "maybe"})
    assert annotated.record.state == "task"
    assert len(annotated.warnings) == 1


def test_the_index_finds_every_task_in_the_file():
    raws = [
        b'{"source":"h\xc3\xa4tte"}',
        b'{"berth":1}',
        b'{"source":"x","mood":1}',
        b'{"source":"\\ud83d\\ude00 late"}',
    ]
    body, index = shard_file(4, [record(raw, text_job(), 40 + number) for number, raw in enumerate(raws)])
    assert (index.shard, index.count, index.failed, index.copied) == (4, 4, 1, 1)
    assert body.count(b"\n") == 4
    found = {entry: json.loads(body[offset : offset + length]) for entry, offset, length in index.tasks}
    assert {entry: line["taskInput"]["taskObject"] for entry, line in found.items()} == {40: "hätte", 43: "😀 late"}


def test_task_input_with_half_a_character_can_be_stored_and_read_back():
    annotated = annotate(PENDING, lambda line: {"taskInput": {"text": "\ud83d"}})
    body, index = shard_file(0, [annotated.record])
    _, offset, length = index.tasks[0]
    assert json.loads(body[offset : offset + length])["taskInput"] == {"text": "\ud83d"}


def test_nulls_in_a_task_input_are_kept():
    annotated = annotate(PENDING, lambda line: {"taskInput": {"hint": None, "deep": [{"a": None}]}})
    assert json.loads(annotated.record.to_line())["taskInput"] == {"hint": None, "deep": [{"a": None}]}

"""Known answers of gold objects never reach what a worker's page can show."""

from __future__ import annotations

import json

import pytest
from groundwork.pre_annotation.records import CheckedLine, TaskInputRecord, first_pass
from groundwork.task_types import registry

from tests.formats.jobs import custom_job, image_job, text_job


def record_of(line, job):
    made = first_pass(7, b"{}", job, registry.get(job.task_type), lambda raw: CheckedLine(line))
    assert isinstance(made, TaskInputRecord)
    return made


IMAGE = {"source-ref": "s3://harbor-in/1.jpg", "shift": 4}


@pytest.mark.parametrize(("answer", "index"), [("buoy", 1), (1, 1), ("1", 1), (0, 1)])
def test_a_gold_line_is_a_task_like_any_other_without_its_answer(answer, index):
    plain = record_of(IMAGE, image_job())
    # An earlier job may have numbered its labels otherwise, so the name counts where there is one.
    metadata = {"class-name": "buoy", "confidence": 0.31}
    gold = record_of({**IMAGE, "kind-gold": answer, "kind-gold-metadata": metadata}, image_job())
    assert gold.gold == index
    assert gold.model_copy(update={"gold": None}) == plain
    assert b"gold" not in json.dumps(gold.task_input).encode()
    assert b'"gold"' not in plain.to_line()


def test_metadata_of_a_known_answer_that_is_not_there_is_shown_to_nobody():
    record = record_of({**IMAGE, "kind-gold-metadata": {"class-name": "buoy"}}, image_job())
    assert record == record_of(IMAGE, image_job())


def test_a_name_that_looks_like_a_class_id_is_a_name():
    assert record_of({"source": "a", "mood-gold": "1"}, text_job(labels=("1", "0"))).gold == 0


@pytest.mark.parametrize("answer", ["kayak", 3, -1, 1.0, True, None, ["boat"], {"label": "boat"}])
def test_what_is_no_answer_to_the_job_fails_the_object_with_the_reason(answer):
    record = record_of({**IMAGE, "kind-gold": answer}, image_job())
    assert record.state == "failed"
    assert '"kind-gold"' in record.reason
    assert "boat" in record.reason


def test_in_types_without_gold_objects_the_key_means_nothing():
    job = custom_job()
    key = job.gold_attribute
    record = record_of({**IMAGE, key: "boat"}, job)
    assert record.gold is None
    assert record.task_input[key] == "boat"


def test_a_line_that_has_its_label_already_is_copied_gold_or_not():
    assert record_of({**IMAGE, "kind": 0, "kind-gold": 1}, image_job()).state == "copied"

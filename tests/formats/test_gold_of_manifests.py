"""An earlier output, renamed to known answers: every golden output manifest."""

from __future__ import annotations

import json

import pytest
from groundwork.pre_annotation.records import CheckedLine, TaskInputRecord, first_pass
from groundwork.task_types import registry

from tests.formats.jobs import NOW
from tests.formats.labeling_run import FOLDER
from tests.formats.test_golden_manifests import CASES

KNOWN = {case: job for case, (job, _) in CASES.items() if registry.get(job.task_type).gold and case != "chained"}
OF_ANSWERS = {"adjustment-status", "answers-missing", "worker-feedback"}
"""What metadata says of the people who answered."""
CONFIDENCES = {"confidence", "confidence-map", "objects", "entities", "internal-color-map", "instances"}


def labeled_lines(case, job):
    lines = [json.loads(line) for line in (FOLDER / case / "output.manifest").read_bytes().splitlines()]
    return [line for line in lines if job.label_attribute in line]


def as_gold(line, job):
    """The line as if somebody had renamed its label."""
    names = {job.label_attribute: job.gold_attribute, job.metadata_attribute: f"{job.gold_attribute}-metadata"}
    return {names.get(name, name): value for name, value in line.items()}


def record_of(line, job):
    record = first_pass(3, b"{}", job, registry.get(job.task_type), lambda raw: CheckedLine(line))
    assert isinstance(record, TaskInputRecord)
    return record


def rounded(value):
    """Coordinates to a millionth of a pixel."""
    return json.loads(json.dumps(value), parse_float=lambda text: round(float(text), 6))


def test_every_type_with_labels_of_its_own_has_gold():
    without = {name for name in registry.names() if registry.get(name).gold is None}
    assert without == {"Custom", "PassThrough"}


@pytest.mark.parametrize("case", KNOWN)
def test_an_output_renamed_to_gold_comes_out_as_it_was(case):
    job = KNOWN[case]
    task_type = registry.get(job.task_type)
    lines = labeled_lines(case, job)
    assert lines
    for line in lines:
        record = record_of(as_gold(line, job), job)
        assert record.reason is None
        assert "gold" not in json.dumps(record.task_input)
        content = task_type.gold.content(record.gold, job, task_type.metadata_type, NOW)
        before, after = line[job.metadata_attribute], content[job.metadata_attribute]
        if "confidence-map" in before:
            sure = [int(key) for key, confidence in before["confidence-map"].items() if confidence >= 0.5]
            assert content[job.label_attribute] == sorted(sure)
        else:
            assert rounded(content[job.label_attribute]) == rounded(line[job.label_attribute])
            assert after.keys() == before.keys() - OF_ANSWERS
        assert after["human-annotated"] == "no"
        same = after.keys() - CONFIDENCES - {"human-annotated", "job-name", "creation-date", "class-map"}
        assert {key: after[key] for key in same} == {key: before[key] for key in same}


@pytest.mark.parametrize("case", KNOWN)
def test_a_label_and_the_same_known_answer_are_alike(case):
    job = KNOWN[case]
    task_type = registry.get(job.task_type)
    for line in labeled_lines(case, job):
        record = record_of(as_gold(line, job), job)
        if task_type.gold.file(record.gold) is not None:
            continue
        known = task_type.agreement.of_answer(task_type.gold.answer(record.gold, job), job)
        assert task_type.agreement.similarity(known, task_type.agreement.of_label(line, job)) == pytest.approx(1)


@pytest.mark.parametrize("case", KNOWN)
def test_a_known_answer_is_a_vote_of_every_consolidation(case):
    job = KNOWN[case]
    task_type = registry.get(job.task_type)
    for algorithm in task_type.consolidation_algorithms:
        consolidation = task_type.consolidation_by(algorithm)
        for line in labeled_lines(case, job):
            known = record_of(as_gold(line, job), job).gold
            if task_type.gold.file(known) is None:
                assert consolidation.vote(task_type.gold.answer(known, job), job) is not None

from __future__ import annotations

import json

import pytest
from groundwork.job.label_categories import parse_label_categories
from groundwork.job.labeling_job import Instructions
from groundwork.job.problems import Problem, ProblemsError
from groundwork.task_types.task_type import LabelCount

URI = "s3://harbor-in/cfg/boats.json"


def label_file(*labels: object, **more: object) -> bytes:
    return json.dumps({"labels": [{"label": label} for label in labels], **more}).encode()


def problems(content: bytes, count: LabelCount | None = None) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as refused:
        parse_label_categories(content, URI, count)
    return refused.value.problems


@pytest.mark.parametrize("version", [{}, {"document-version": "2018-11-28"}, {"document-version": "2031-01-01"}])
def test_labels_keep_their_order_whatever_the_document_version(version: dict[str, str]) -> None:
    content = label_file("ferry", "buoy", "Boot ä", **version)
    assert parse_label_categories(content, URI, LabelCount(2)).labels == ("ferry", "buoy", "Boot ä")


def test_too_few_labels_are_refused() -> None:
    (problem,) = problems(label_file("ferry"), LabelCount(2))
    assert (problem.path, problem.message, problem.expected) == (URI, "1 labels", "at least 2 labels")


def test_too_many_labels_are_refused() -> None:
    (problem,) = problems(label_file(*map(str, range(51))), LabelCount(1, 50))
    assert problem.expected == "at least 1 labels and at most 50"


def test_a_custom_job_takes_any_number_of_labels() -> None:
    assert parse_label_categories(label_file(), URI, None).labels == ()


def test_all_bad_labels_are_told_with_their_positions() -> None:
    content = label_file("ferry", "x" * 257, "ferry", 7, "", "y" * 256)
    found = {problem.path: problem.message for problem in problems(content)}
    assert set(found) == {f"{URI} labels[{index}].label" for index in (1, 2, 3, 4)}
    assert "257 characters" in found[f"{URI} labels[1].label"]
    assert "labels[0]" in found[f"{URI} labels[2].label"]


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"labels": {}}', b'{"labels": ["ferry", "buoy"]}', b"{", b""])
def test_a_file_of_another_shape_is_refused(content: bytes) -> None:
    assert problems(content, LabelCount(2))


NAMES = """{"document-version": "2018-11-28",
 "labels": [{"label": "Vessel", "shortDisplayName": "ves"}, {"label": "Port"}],
 "instructions": {"shortInstruction": "Mark names.", "fullInstruction": "<p>Whole names only.</p>"},
 "auditLabelAttributeName": "names-before"}"""


def test_short_names_instructions_and_the_audited_attribute_are_read() -> None:
    read = parse_label_categories(NAMES.encode(), URI, LabelCount(1), instructions_required=True)
    assert read.short_display_names == {"Vessel": "ves"}
    assert read.instructions == Instructions(short="Mark names.", full="<p>Whole names only.</p>")
    assert read.audited_attribute == "names-before"


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ('"instructions": 3', "instructions"),
        ('"instructions": {"shortInstruction": "Mark names."}', "instructions.fullInstruction"),
        ('"labels2": 0', "instructions"),
        (
            '"instructions": {"shortInstruction": "", "fullInstruction": ""}, "auditLabelAttributeName": 7',
            "auditLabelAttributeName",
        ),
    ],
)
def test_instructions_that_a_page_needs_are_asked_for(wrong: str, place: str) -> None:
    content = f'{{"labels": [{{"label": "Port"}}], {wrong}}}'.encode()
    with pytest.raises(ProblemsError) as refused:
        parse_label_categories(content, URI, None, instructions_required=True)
    assert [problem.path for problem in refused.value.problems] == [f"{URI} {place}"]

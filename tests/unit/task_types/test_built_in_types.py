from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from groundwork.task_types import registry
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError
from liquid import Environment

from tests.formats.jobs import custom_job, image_job

IMAGE = registry.get("ImageMultiClass")
TEXT = registry.get("TextMultiClass")
IMAGE_SET = registry.get("ImageMultiClassMultiLabel")
TEXT_SET = registry.get("TextMultiClassMultiLabel")
LABELS = ("boat", "buoy", 'net "drift"')
JOB = image_job(labels=LABELS)


def task(job=JOB):
    return AnsweredTask(job, dict)


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found[tag] = dict(attrs)


def rendered(task_type, line):
    environment = Environment(autoescape=False)
    environment.filters["to_json"] = json.dumps
    environment.filters["grant_read_access"] = lambda uri: uri.replace("s3://", "https://signed/")
    return environment.from_string(task_type.default_template).render(task={"input": task_type.task_input(line, JOB)})


@pytest.mark.parametrize(
    ("task_type", "element"), [(IMAGE, "crowd-image-classifier"), (IMAGE_SET, "crowd-image-classifier-multi-select")]
)
def test_the_image_template_shows_the_signed_image_and_all_labels(task_type, element):
    classifier = Elements(rendered(task_type, {"source-ref": "s3://harbor-in/pier/001.jpg"})).found[element]
    assert classifier["src"] == "https://signed/harbor-in/pier/001.jpg"
    assert json.loads(classifier["categories"]) == list(LABELS)
    assert classifier["name"] == element


@pytest.mark.parametrize(
    ("task_type", "element"), [(TEXT, "crowd-classifier"), (TEXT_SET, "crowd-classifier-multi-select")]
)
def test_the_text_template_shows_the_text_with_its_line_breaks(task_type, element):
    html = rendered(task_type, {"source": "The ferry left.\nTen minutes late."})
    elements = Elements(html).found
    assert json.loads(elements[element]["categories"]) == list(LABELS)
    assert elements[element]["name"] == element
    assert "white-space: pre-wrap" in elements["div"]["style"]
    assert ">The ferry left.\nTen minutes late.</div>" in html


@pytest.mark.parametrize("task_type", [IMAGE, TEXT, IMAGE_SET, TEXT_SET])
def test_a_default_template_has_short_and_full_instructions(task_type):
    elements = Elements(task_type.default_template).found
    assert {"crowd-form", "short-instructions", "full-instructions"} <= elements.keys()


def test_the_task_input_carries_object_labels_and_the_whole_line():
    line = {"source-ref": "s3://harbor-in/pier/001.jpg", "berth": "A4"}
    assert IMAGE.task_input(line, JOB) == {
        "taskObject": "s3://harbor-in/pier/001.jpg",
        "labels": list(LABELS),
        "manifestLine": line,
    }


def test_a_custom_job_without_function_gets_the_line_itself():
    line = {"source": "pump 7", "site": "north"}
    assert registry.CUSTOM.task_input(line, custom_job()) == line


@pytest.mark.parametrize(
    "answer",
    [
        {"crowd-image-classifier": {"label": "boat"}},
        {"a name of the template's own": {"label": "buoy", "workerComment": "far away"}},
        {"kind": {"label": "boat"}, "sure": {"yes": True}, "note": "at the quay", "weather": {"label": "fog"}},
    ],
)
def test_a_choice_is_found_whatever_its_key(answer):
    IMAGE.check_answer(answer, task())


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({}, "No label was chosen"),
        ({"label": "boat"}, "No label was chosen"),
        ({"note": "boat"}, "No label was chosen"),
        ({"crowd-image-classifier": {"label": None}}, "No label was chosen"),
        (
            {"crowd-image-classifier": {"label": "Boat"}},
            '"Boat" is not a label of this job. Choose one of "boat", "buoy"',
        ),
        ({"a": {"label": "boat"}, "b": {"label": "buoy"}}, "which label is meant"),
    ],
)
def test_an_answer_that_chooses_no_label_of_the_job_is_refused(answer, says):
    with pytest.raises(InvalidAnswerError, match=says):
        IMAGE.check_answer(answer, task())


def test_a_message_names_at_most_ten_labels():
    with pytest.raises(InvalidAnswerError, match='"l9" and 30 more'):
        IMAGE.check_answer({"a": {"label": "x"}}, task(image_job(labels=tuple(f"l{number}" for number in range(40)))))


@pytest.mark.parametrize("name", ["Custom", "PassThrough"])
def test_a_custom_job_accepts_any_object_and_nothing_else(name):
    task_type = registry.get(name)
    task_type.check_answer({"reading": "004519", "boxes": [1, 2]}, task(custom_job()))
    with pytest.raises(InvalidAnswerError, match="one JSON object"):
        task_type.check_answer(["004519"], task(custom_job()))

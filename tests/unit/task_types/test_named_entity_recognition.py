from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from groundwork.job.label_categories import parse_label_categories
from groundwork.job.labeling_job import Instructions
from groundwork.job.problems import ProblemsError
from groundwork.task_types import registry
from groundwork.task_types.entity_answer import MOST_ENTITIES, Span, marked_spans
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError
from groundwork.worker_page.liquid import compile_template

from tests.formats.jobs import entity_job

ENTITIES = registry.get("NamedEntityRecognition")
TEXT = "🚢 Cafe\u0301 left."


def entity(start, end, label="Vessel"):
    return {"startOffset": start, "endOffset": end, "label": label}


def answer(*entities):
    return {"crowd-entity-annotation": {"entities": list(entities)}}


def check(given, text=TEXT):
    ENTITIES.check_answer(given, AnsweredTask(entity_job(), lambda: {"taskObject": text}))


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(html.replace("\r\n", "\n").replace("\r", "\n"))

    def handle_starttag(self, tag, attrs):
        self.found[tag] = dict(attrs)


def page(text, job):
    task_input = ENTITIES.task_input({"source": text}, job)
    return compile_template(ENTITIES.default_template).render(task_input, str).html


@pytest.mark.parametrize(
    "given",
    [
        answer(),
        answer(entity(0, len(TEXT))),
        answer(entity(2, 7), entity(2, 7, "Port"), entity(3, 9)),
        answer(entity(2, 7), entity(2, 7)),
        {"a name of its own": {"entities": [entity(0, 1)]}, "note": "at the quay", "sure": {"yes": True}},
    ],
)
def test_spans_in_the_text_are_accepted_whatever_their_key(given):
    check(given)


def test_without_a_span_the_text_need_not_be_read():
    def unread():
        raise AssertionError("the text was read")

    ENTITIES.check_answer(answer(), AnsweredTask(entity_job(), unread))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "does not say what was marked"),
        ({"entities": []}, "does not say what was marked"),
        ({"a": {"entities": None}}, "does not say what was marked"),
        ({"a": {"entities": []}, "b": {"entities": []}}, "exactly one field"),
        (answer("x"), "Entity 1 is no object"),
        (answer(entity(0, 1), {"label": "Vessel"}), "Entity 2 needs whole numbers"),
        (answer(entity(0.0, 1)), "needs whole numbers"),
        (answer(entity(False, 1)), "needs whole numbers"),
        (answer(entity("0", 1)), "needs whole numbers"),
        (answer(entity(-1, 1)), "begins at -1"),
        (answer(entity(3, 3)), "is empty: it begins at 3 and ends at 3"),
        (answer(entity(3, 2)), "is empty"),
        (answer({"startOffset": 0, "endOffset": 1}), "has no label"),
        (answer(entity(0, 1, "Ship<b>")), 'label "Ship<b>", which is not of this job. Choose one of "Vessel", "Port"'),
        (answer(entity(0, len(TEXT) + 1)), f"ends at {len(TEXT) + 1}, but the text has only {len(TEXT)} characters"),
        (answer(*[entity(0, 1)] * (MOST_ENTITIES + 1)), "10,001 entities are marked; at most 10,000"),
    ],
)
def test_an_answer_that_marks_no_part_of_the_text_is_refused_with_a_sentence(given, says):
    with pytest.raises(InvalidAnswerError, match=says.replace("(", r"\(")):
        check(given)


def test_offsets_count_code_points_and_not_utf_16_units():
    # In UTF-16 the ship takes two units, so that the text would have one more.
    check(answer(entity(0, 13)), "🚢 Cafe\u0301 left.")
    with pytest.raises(InvalidAnswerError, match="only 13 characters"):
        check(answer(entity(0, 14)), "🚢 Cafe\u0301 left.")


def test_spans_are_read_once_each_in_order_and_unsound_ones_are_passed_over():
    given = answer(entity(4, 9, "Port"), entity(0, 3), entity(4, 9, "Port"), entity(5, 2), entity(0, 1, "Ship"))
    assert marked_spans(given, ("Vessel", "Port")) == [Span(0, 3, 0), Span(4, 9, 1)]
    assert marked_spans({}, ("Vessel",)) is None


def test_the_task_input_carries_labels_with_short_names_and_the_instructions():
    line = {"source": "Heron", "day": 3}
    assert ENTITIES.task_input(line, entity_job()) == {
        "taskObject": "Heron",
        "labels": [{"label": "Vessel", "shortDisplayName": "ves"}, {"label": "Port"}],
        "manifestLine": line,
        "instructions": {"shortInstruction": "Mark names.", "fullInstruction": "<p>Whole names only.</p>"},
    }


@pytest.mark.parametrize(
    "text", [TEXT, "line\r\nline\rline\nline", "<script>alert(1)</script>", "\"'&amp;&lt;", "{{ 1 }}"]
)
def test_the_page_gives_the_text_to_its_element_character_by_character(text):
    assert Elements(page(text, entity_job())).found["crowd-entity-annotation"]["text"] == text


def test_html_in_labels_and_instructions_stays_where_it_belongs():
    labels = ('<b>"Vessel"</b>', "'Port' & more")
    hostile = "</short-instructions></crowd-entity-annotation><script>alert(1)</script><p onclick=alert(1)>Mark"
    job = entity_job(labels=labels, short_display_names={}, instructions=Instructions(short=hostile, full=hostile))
    html = page("Heron", job)
    found = Elements(html).found
    assert json.loads(found["crowd-entity-annotation"]["labels"]) == [{"label": label} for label in labels]
    assert "script" not in found
    assert found["p"] == {}
    assert html.count("</short-instructions>") == html.count("</crowd-entity-annotation>") == 1


def test_the_page_is_the_element_alone_with_its_regions():
    found = Elements(page("Heron", entity_job())).found
    assert {"crowd-entity-annotation", "short-instructions", "full-instructions"} <= found.keys()
    assert "crowd-form" not in found
    assert found["crowd-entity-annotation"]["name"] == "crowd-entity-annotation"


def test_a_label_file_without_instructions_is_named():
    content = json.dumps({"labels": [{"label": "Vessel"}]}).encode()
    with pytest.raises(ProblemsError) as refused:
        parse_label_categories(
            content, "labels.json", ENTITIES.label_count, instructions_required=ENTITIES.label_instructions
        )
    (problem,) = refused.value.problems
    assert (problem.path, problem.message) == ("labels.json instructions", "missing")
    assert "shortInstruction" in problem.expected


def test_the_limits_are_those_of_ground_truth():
    assert (ENTITIES.task_time_limit, ENTITIES.task_time_limit_most) == (3600, 28_800)
    assert ENTITIES.label_count.least == 1
    assert ENTITIES.label_count.most is None
    assert ENTITIES.consolidation_algorithms == ("default", "ground-truth")

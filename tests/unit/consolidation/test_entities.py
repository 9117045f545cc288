from __future__ import annotations

import json
import random
from typing import Any

import pytest
from groundwork.task_types.task_type import Answer, AnsweredObject
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.consolidation.marked_texts import LABELS, TEXT, answer, answers, estimate, found, jobs, labeled, text

UNKNOWN: dict[str, Any] = {}
"""An estimate that says nothing: every worker as before the first answer."""
ALGORITHMS = pytest.mark.parametrize("algorithm", ["default", "ground-truth"])
HERON = (4, 9, "Vessel")
PORT = (15, 23, "Port")


def places(objects, **more):
    return [(start, end, label) for start, end, label, _ in found(objects, **more)[0]]


@ALGORITHMS
def test_a_label_has_all_labels_with_short_names_and_one_confidence_an_entity(algorithm):
    content = labeled([text(0, [HERON], [HERON], [HERON], missing=1)], algorithm, short_display_names={"Port": "prt"})[
        0
    ]
    assert content["names"]["annotations"]["labels"] == [
        {"label": "Vessel"},
        {"label": "Port", "shortDisplayName": "prt"},
        {"label": "Time"},
    ]
    assert content["names"]["annotations"]["entities"] == [{"label": "Vessel", "startOffset": 4, "endOffset": 9}]
    metadata = content["names-metadata"]
    confidence = metadata["entities"][0]["confidence"]
    assert metadata == {
        "job-name": "labeling-job/ferry-names",
        "type": "groundtruth/text-span",
        "creation-date": "2026-03-05T10:11:12.123456",
        "human-annotated": "yes",
        "entities": [{"confidence": confidence}],
        "answers-missing": 1,
    }
    assert 0.5 < confidence <= 0.95


@ALGORITHMS
def test_a_text_in_which_all_mark_nothing_has_no_entity(algorithm):
    assert found([text(0, [], [], []), text(1, [HERON], [HERON], [])], algorithm)[0] == []
    assert found([text(0, [], [], [])], algorithm)[0] == []


@ALGORITHMS
def test_one_worker_alone_is_taken_at_his_word_with_confidence_0(algorithm):
    marks = [(0, 9, "Vessel"), (4, 9, "Port"), (4, 9, "Vessel"), (9, 12, "Vessel")]
    assert found([text(0, marks)], algorithm, workers_per_object=1)[0] == [
        (0, 9, "Vessel", 0),
        (4, 9, "Vessel", 0),
        (4, 9, "Port", 0),
        (9, 12, "Vessel", 0),
    ]


@ALGORITHMS
def test_an_answer_that_is_none_to_this_task_counts_as_missing(algorithm):
    strange = AnsweredObject(0, (Answer("w0", {"a": 1}),), "s3://harbor-out/0.json")
    assert found([strange], algorithm) == {}


@ALGORITHMS
def test_a_span_never_reaches_past_the_text(algorithm):
    late = [(30, 99, "Vessel"), (TEXT, TEXT + 3, "Port")]
    assert [each[:3] for each in found([text(0, late, late, late)], algorithm)[0]] == [(30, TEXT, "Vessel")]


def test_what_most_of_the_workers_mark_is_an_entity_and_what_one_of_three_marks_is_none():
    assert places([text(0, [HERON, PORT], [HERON], [HERON, PORT])]) == [HERON, PORT]
    assert places([text(0, [HERON, PORT], [HERON], [HERON])]) == [HERON]


def test_a_short_text_that_is_mostly_marked_is_no_sign_of_careless_workers():
    marks = [(0, 10, "Vessel")], [(0, 8, "Vessel"), (12, 16, "Port")], [(2, 10, "Vessel"), (12, 16, "Port")]
    assert places([text(0, *map(list, marks))]) == [(0, 10, "Vessel"), (12, 16, "Port")]


def test_boundaries_are_those_that_most_of_the_workers_set():
    assert places([text(0, [(4, 9, "Vessel")], [(0, 9, "Vessel")], [(4, 10, "Vessel")])]) == [(4, 9, "Vessel")]
    assert places([text(0, [(4, 12, "Vessel")], [(2, 11, "Vessel")], [(3, 10, "Vessel")])]) == [(3, 11, "Vessel")]


def test_a_span_within_another_and_two_labels_on_one_span_stay():
    nested = [(0, 17, "Vessel"), (9, 17, "Port")]
    twice = [(20, 25, "Port"), (20, 25, "Time")]
    assert places([text(0, nested + twice, nested + twice, nested)]) == nested + twice


def test_spans_of_one_label_that_touch_stay_apart_if_most_of_the_workers_part_them():
    parted, whole = [(4, 9, "Vessel"), (9, 14, "Vessel")], [(4, 14, "Vessel")]
    assert places([text(0, parted, parted, whole)]) == parted
    assert places([text(0, parted, whole, whole)]) == whole


def test_the_label_is_that_of_most_and_of_those_who_are_right_more_often():
    assert places([text(0, [(4, 9, "Port")], [HERON], [HERON])]) == [HERON]
    sure = [text(number, [HERON], [HERON], [(4, 9, "Port")], [(4, 9, "Time")]) for number in range(1, 20)]
    known = estimate(sure)
    disputed = text(0, [HERON], [], [(4, 9, "Port")], [])
    assert [each[:3] for each in found([disputed], known=known)[0] or [HERON]] == [HERON]
    both = text(0, [HERON], [HERON], [(4, 9, "Port")], [(4, 9, "Port")])
    assert [each[:3] for each in found([both], known=known)[0]] == [HERON]


def test_a_worker_who_marks_everywhere_moves_nothing():
    everywhere = [(0, TEXT, "Vessel")]
    objects = [text(number, [HERON], [HERON], [HERON], everywhere) for number in range(20)]
    assert places(objects) == [HERON]


@ALGORITHMS
@settings(deadline=None, max_examples=60)
@given(drawn=jobs, seed=st.randoms(use_true_random=False))
def test_the_order_of_objects_answers_and_marks_and_the_batches_never_matter(algorithm, drawn, seed):
    shuffled = []
    for item in seed.sample(drawn, len(drawn)):
        given_answers = [
            Answer(each.worker_id, answer(*_shuffled(each, seed)))
            for each in seed.sample(item.answers, len(item.answers))
        ]
        shuffled.append(AnsweredObject(item.object_id, tuple(given_answers), item.response_uri, 0, item.data_object))
    known = estimate(drawn, algorithm)
    assert json.dumps(estimate(shuffled, algorithm), sort_keys=True) == json.dumps(known, sort_keys=True)
    whole = labeled(drawn, algorithm, known)
    assert labeled(shuffled, algorithm, known) == whole
    assert {key: value for item in drawn for key, value in labeled([item], algorithm, known).items()} == whole


def _shuffled(given_answer: Answer, seed: random.Random):
    entities = given_answer.content["crowd-entity-annotation"]["entities"]
    marks = [(each["startOffset"], each["endOffset"], each["label"]) for each in entities]
    return seed.sample(marks, len(marks))


@ALGORITHMS
@settings(deadline=None, max_examples=60)
@given(drawn=jobs)
def test_entities_lie_in_the_text_stand_once_and_in_order(algorithm, drawn):
    for entities in found(drawn, algorithm).values():
        marks = [(start, end, LABELS.index(label)) for start, end, label, _ in entities]
        assert all(0 <= start < end <= TEXT for start, end, _ in marks)
        assert all(0.05 <= confidence <= 0.95 for *_, confidence in entities)
        assert [mark[:2] for mark in marks] == sorted(mark[:2] for mark in marks)
        assert algorithm == "ground-truth" or marks == sorted(set(marks))


@settings(deadline=None, max_examples=60)
@given(drawn=answers.filter(lambda each: len(each) > 1))
def test_one_more_worker_who_marks_what_was_found_never_lowers_a_confidence(drawn):
    before = found([text(0, *drawn)], known=UNKNOWN)[0]
    agreeing = [each[:3] for each in before]
    after = {each[:3]: each[3] for each in found([text(0, *drawn, agreeing)], known=UNKNOWN)[0]}
    assert all(after.get(each[:3], 1) >= each[3] for each in before)


@ALGORITHMS
@settings(deadline=None, max_examples=60)
@given(mark=st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from(LABELS)), workers=st.integers(2, 8))
def test_a_span_that_all_mark_is_found_as_it_is_and_the_more_workers_the_surer(algorithm, mark, workers):
    span = (mark[0], mark[0] + mark[1], mark[2])
    fewer, more = (found([text(0, *[[span]] * count)], algorithm)[0] for count in (workers, workers + 1))
    assert [each[:3] for each in fewer] == [each[:3] for each in more] == [span]
    assert fewer[0][3] <= more[0][3]

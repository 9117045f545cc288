from __future__ import annotations

import numpy as np
import pytest
from groundwork.consolidation.ground_truth import LARGEST_PART, ground_truth, parts
from groundwork.consolidation.majority_vote import majority_vote, most_likely
from groundwork.consolidation.vote_table import VoteTable
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.jobs import NOW, image_job

IMAGE = registry.get("ImageMultiClass").consolidation_by("ground-truth")
AGREED = [(0, "a", 1), (0, "b", 1), (0, "c", 1)]
DISPUTED = [(0, "a", 1), (0, "b", 1), (0, "c", 0)]
ONE_WORKER = [(number, "a", int(number >= 7)) for number in range(10)]


def posterior(rows, labels):
    return ground_truth(VoteTable.build(rows, labels), labels)


@pytest.mark.parametrize(
    ("labels", "rows", "probabilities", "confidences"),
    [
        (2, AGREED, [0.999], [0.95]),
        (2, DISPUTED, [0.919], [0.88]),
        (3, AGREED, [1.000], [0.95]),
        (3, DISPUTED, [0.990], [0.94]),
        (2, [(0, "a", 0), (1, "a", 1)], [0.700, 0.700], [0.68, 0.68]),
        (2, ONE_WORKER, [0.748] * 7 + [0.647] * 3, [0.72] * 7 + [0.63] * 3),
        (3, ONE_WORKER, [0.823] * 7 + [0.696] * 3, [0.79] * 7 + [0.68] * 3),
    ],
)
def test_published_figures_come_out(labels, rows, probabilities, confidences):
    found = posterior(rows, labels).max(axis=0)
    assert found.round(3).tolist() == probabilities
    assert [round(0.05 + 0.9 * p, 2) for p in found] == confidences


def by_the_book(rows, labels):
    """The published loop written out over dictionaries and in plain probabilities."""
    every, ids, workers = range(labels), sorted({row[0] for row in rows}), sorted({row[1] for row in rows})

    def leaning(a):
        return [[a if k == given else (1 - a) / (labels - 1) for given in every] for k in every]

    matrix = {worker: leaning(0.7) for worker in workers}
    p = {i: [1 / labels] * labels for i in ids}
    for _ in range(2):
        prior = [sum(p[i][k] for i in ids) / len(ids) for k in every]
        for i in ids:
            joint = list(prior)
            for _, worker, said in (row for row in rows if row[0] == i):
                joint = [joint[k] * matrix[worker][k][said] for k in every]
            p[i] = [value / sum(joint) for value in joint]
        for worker in workers:
            own = [row for row in rows if row[1] == worker]
            n = [[sum(p[o][k] for o, _, v in own if v == given) for given in every] for k in every]
            a = sum(n[k][k] for k in every) / len(own)
            total = [
                [n[k][v] + len(own) * leaning(a)[k][v] + len(own) / 2 * leaning(0.7)[k][v] for v in every]
                for k in every
            ]
            matrix[worker] = [[value / sum(row) for value in row] for row in total]
    return np.array([p[i] for i in ids]).T


def votes(labels=3):
    vote = st.tuples(st.integers(0, 7), st.sampled_from("abcd"), st.integers(0, labels - 1))
    return st.lists(vote, min_size=1, max_size=24, unique_by=lambda row: row[:2])


@settings(deadline=None, max_examples=60)
@given(votes())
def test_it_agrees_with_the_loop_written_out(rows):
    np.testing.assert_allclose(posterior(rows, 3), by_the_book(rows, 3), atol=1e-7)


@settings(deadline=None)
@given(votes(), st.randoms(use_true_random=False))
def test_the_order_of_votes_changes_nothing_at_all(rows, random):
    np.testing.assert_array_equal(posterior(random.sample(rows, len(rows)), 3), posterior(rows, 3))


@settings(deadline=None)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=8), st.integers(1, 4))
def test_where_all_agree_their_label_is_the_label(truth, workers):
    rows = [(number, worker, label) for number, label in enumerate(truth) for worker in "abcd"[:workers]]
    assert most_likely(posterior(rows, 3)).tolist() == truth


def test_ten_labels_and_nine_workers_do_not_underflow():
    rows = [(number, worker, number % 10) for number in range(50) for worker in "abcdefghi"]
    found = posterior(rows, 10)
    assert np.isfinite(found).all()
    assert found.max(axis=0).min() > 0.99


def test_one_label_is_certain():
    assert posterior([(0, "a", 0), (3, "b", 0)], 1).tolist() == [[1.0, 1.0]]


def test_votes_of_a_batch_are_cut_by_objects_in_the_order_of_their_ids():
    rows = [(number, worker, 0) for number in reversed(range(120)) for worker in "ab"]
    cut = list(parts(rows))
    assert [len({row[0] for row in part}) for part in cut] == [LARGEST_PART, LARGEST_PART, 20]
    assert [row[0] for part in cut for row in part] == [number for number in range(120) for _ in "ab"]
    assert list(parts([])) == []


def answered(object_id, *labels):
    answers = tuple(Answer(f"w{number}", {"kind": {"label": label}}) for number, label in enumerate(labels))
    return AnsweredObject(object_id, answers, f"s3://harbor-out/{object_id}.json")


def test_a_job_that_asks_for_it_gets_the_published_confidence():
    (label,) = IMAGE.consolidate([answered(0, "buoy", "buoy", "boat")], {}, image_job(labels=("boat", "buoy")), NOW)
    assert label.content["kind"] == 1
    assert label.content["kind-metadata"]["confidence"] == 0.88


def test_a_tie_goes_to_the_label_that_stands_first():
    (label,) = IMAGE.consolidate([answered(0, "net", "boat")], None, image_job(), NOW)
    assert label.content["kind"] == 0


def test_what_other_parts_of_a_batch_hold_changes_nothing():
    first = [answered(number, "buoy", "buoy", "net") for number in range(LARGEST_PART)]
    second = [answered(100 + number, "boat", "boat", "net") for number in range(3)]
    together = IMAGE.consolidate([*second, *first], {}, image_job(), NOW)
    assert [label.object_id for label in together] == [*range(100, 103), *range(LARGEST_PART)]
    assert together[3:] == IMAGE.consolidate(first, {}, image_job(), NOW)
    assert together[:3] == IMAGE.consolidate(second, {}, image_job(), NOW)


def test_one_worker_an_object_has_confidence_zero_and_unknown_labels_are_passed_over():
    job = image_job(workers_per_object=1)
    labels = IMAGE.consolidate([answered(0, "net"), answered(1, "submarine")], {}, job, NOW)
    assert [(label.object_id, label.content["kind-metadata"]["confidence"]) for label in labels] == [(0, 0.0)]


def test_more_than_half_of_a_crowd_wins_as_in_a_majority_vote():
    rows = [(0, "a", 0), (0, "b", 2), (0, "c", 2), (1, "a", 1), (1, "b", 1), (1, "c", 0)]
    assert most_likely(posterior(rows, 3)).tolist() == most_likely(majority_vote(VoteTable.build(rows, 3), 3)).tolist()


@settings(deadline=None)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=10), st.integers(1, 8))
def test_another_worker_who_agrees_with_all_never_lowers_a_confidence(truth, workers):
    def probabilities(count):
        rows = [(number, f"w{worker}", label) for number, label in enumerate(truth) for worker in range(count)]
        return posterior(rows, 3).max(axis=0)

    assert (probabilities(workers + 1) >= probabilities(workers) - 1e-9).all()

"""What every algorithm for single labels keeps to."""

from __future__ import annotations

import json

import numpy as np
import pytest
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.majority_vote import most_likely
from groundwork.consolidation.model_average import ModelAverage
from groundwork.consolidation.single_label_model import OTHER_SINGLE_LABEL_MODELS, EstimatedCrowd
from groundwork.consolidation.vote_table import VoteTable
from groundwork.task_types import registry
from hypothesis import given, settings
from hypothesis import strategies as st

LABELS = 3
WORKERS = "abcd"
vote = st.tuples(st.integers(0, 7), st.sampled_from(WORKERS), st.integers(0, LABELS - 1))
votes = st.lists(vote, min_size=1, max_size=24, unique_by=lambda row: row[:2])

every_algorithm = pytest.mark.parametrize("estimate", CROWD_ESTIMATES.values(), ids=CROWD_ESTIMATES)
MODELS = {"default": EstimatedCrowd(), **OTHER_SINGLE_LABEL_MODELS}
every_model = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)


def posterior(estimate, rows, labels=LABELS):
    table = VoteTable.build(rows, labels)
    stored = estimate.model_validate_json(json.dumps(estimate.of(table, labels).to_json()))
    return stored.posterior(table)


@every_model
@settings(deadline=None, max_examples=40)
@given(rows=votes, random=st.randoms(use_true_random=False))
def test_the_order_of_votes_does_not_change_a_bit(model, rows, random):
    def chosen(order):
        return model.choose(order, LABELS, json.loads(json.dumps(model.estimate(order, LABELS))))

    assert chosen(rows) == chosen(random.sample(rows, len(rows)))


@every_algorithm
@settings(deadline=None, max_examples=40)
@given(rows=votes, names=st.permutations(WORKERS))
def test_the_names_of_workers_do_not_matter(estimate, rows, names):
    renamed = [(object_id, names[WORKERS.index(worker)], label) for object_id, worker, label in rows]
    np.testing.assert_allclose(posterior(estimate, rows), posterior(estimate, renamed), atol=1e-5)


@every_algorithm
@settings(deadline=None, max_examples=40)
@given(rows=votes, numbers=st.permutations(range(LABELS)))
def test_the_numbering_of_labels_does_not_matter(estimate, rows, numbers):
    renumbered = [(object_id, worker, numbers[label]) for object_id, worker, label in rows]
    np.testing.assert_allclose(posterior(estimate, rows), posterior(estimate, renumbered)[list(numbers)], atol=1e-5)


@every_algorithm
@settings(deadline=None, max_examples=40)
@given(rows=votes)
def test_a_batch_is_labeled_as_the_whole_is(estimate, rows):
    table = VoteTable.build(rows, LABELS)
    stored = estimate.model_validate(json.loads(json.dumps(estimate.of(table, LABELS).to_json())))
    together = stored.posterior(table)
    for number, object_id in enumerate(table.objects):
        alone = stored.posterior(VoteTable.build([row for row in rows if row[0] == object_id], LABELS))
        np.testing.assert_array_equal(most_likely(alone), most_likely(together)[number : number + 1])
        np.testing.assert_allclose(alone[:, 0], together[:, number], atol=1e-12)


DEGENERATE = {
    "no votes": ([], 3, []),
    "one vote": ([(5, "a", 1)], 2, [1]),
    "one worker": ([(number, "a", number % 2) for number in range(9)], 2, [number % 2 for number in range(9)]),
    "one object": ([(5, worker, 1) for worker in "abc"], 4, [1]),
    "one label": ([(5, "a", 0), (6, "b", 0)], 1, [0, 0]),
    "all disagree": ([(5, "a", 0), (5, "b", 1), (5, "c", 2)], 3, [0]),
    "everybody always says the same": ([(n, worker, 1) for n in range(20) for worker in "abc"], 3, [1] * 20),
    "labels that nobody gives": ([(5, "a", 7), (5, "b", 7), (6, "a", 7), (6, "b", 7)], 1_000, [7, 7]),
    "one answers all, always the same": (
        [(n, worker, n % 2) for n in range(30) for worker in "abc"] + [(n, "same", 0) for n in range(30)],
        2,
        [n % 2 for n in range(30)],
    ),
}


@every_model
@pytest.mark.parametrize(("rows", "labels", "expected"), DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_votes_give_a_sane_label_and_no_warning(model, rows, labels, expected):
    with np.errstate(all="raise", under="ignore"):
        estimate = json.loads(json.dumps(model.estimate(rows, labels)))
        chosen = model.choose(rows, labels, estimate) if rows else {}
    assert [chosen[object_id].index for object_id in sorted(chosen)] == expected
    assert all(1 / labels - 1e-9 <= each.probability <= 1 + 1e-9 for each in chosen.values())


@every_algorithm
def test_workers_who_are_not_in_the_estimate_are_believed(estimate):
    known = VoteTable.build([(n, worker, n % 2) for n in range(20) for worker in "abc"], 2)
    unknown = VoteTable.build([(99, "new", 1), (99, "newer", 1)], 2)
    (of_label_0,), (of_label_1,) = estimate.of(known, 2).posterior(unknown)
    assert of_label_1 > 0.8
    assert of_label_0 + of_label_1 == pytest.approx(1)


def test_the_default_overrules_a_majority_that_two_of_its_beliefs_hold_for_wrong():
    truth = [number % 2 for number in range(60)]
    rows = [(number, worker, label) for number, label in enumerate(truth) for worker in ("a", "b", "c")]
    rows += [
        (number, worker, 1 - label if number % 3 else label) for number, label in enumerate(truth) for worker in "xy"
    ]
    rows += [(60, "x", 0), (60, "y", 0), (60, "a", 1)]
    found = posterior(ModelAverage, rows, 2)
    assert most_likely(found)[60] == 1
    assert 0.5 < found[1, 60] < 0.95


def test_the_default_is_sure_of_nothing_that_one_answer_says():
    rows = [(number, worker, number % 2) for number in range(30) for worker in "abc"[: 1 + number % 3]]
    found = posterior(ModelAverage, rows, 2)
    single = [found[number % 2, number] for number in range(0, 30, 3)]
    agreed = [found[number % 2, number] for number in range(2, 30, 3)]
    assert max(single) < min(agreed) <= 1


def test_the_default_keeps_a_quality_of_each_worker_that_can_be_read():
    rows = [(number, worker, number % 2) for number in range(40) for worker in ("ada", "bo", "cy")]
    rows += [(number, "dee", 0) for number in range(40)]
    stored = ModelAverage.of(VoteTable.build(rows, 2), 2).to_json()
    assert stored["workers"]["ada"] == [[0, 0, pytest.approx(20, abs=0.1)], [1, 1, pytest.approx(20, abs=0.1)]]
    assert stored["workers"]["dee"] == [[0, 0, pytest.approx(20, abs=0.1)], [1, 0, pytest.approx(20, abs=0.1)]]
    right, given = stored["accuracy"]["dee"]
    assert (right, given) == (pytest.approx(20, abs=0.1), 40)


@pytest.mark.parametrize(
    "name", ["ImageMultiClass", "TextMultiClass", "VerificationBoundingBox", "VerificationSemanticSegmentation"]
)
def test_every_single_label_type_offers_them_all(name):
    offered = registry.get(name).consolidation_algorithms
    assert offered == ("default", "majority-vote", "one-coin", "dawid-skene", "ground-truth")

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from groundwork.consolidation.dawid_skene import dawid_skene
from groundwork.consolidation.majority_vote import majority_vote, most_likely
from groundwork.consolidation.vote_table import VoteTable
from groundwork.consolidation.worker_quality import WorkerQuality
from hypothesis import given, settings
from hypothesis import strategies as st

LABELS = 3


def votes(labels: int = LABELS):
    """Up to 8 objects and 4 workers, at most one vote of a worker on an object."""
    vote = st.tuples(st.integers(0, 7), st.sampled_from("abcd"), st.integers(0, labels - 1))
    return st.lists(vote, min_size=1, max_size=24, unique_by=lambda row: row[:2])


def by_the_book(rows, labels, rounds):
    """The formulas of Dawid-Skene with priors, written out over dictionaries and in plain probabilities."""
    a0, strength = 0.7, 4.0
    ids, workers, every = sorted({row[0] for row in rows}), sorted({row[1] for row in rows}), range(labels)

    def lean(truth, given):
        return a0 if truth == given else (1 - a0) / (labels - 1)

    def votes_on(i):
        return [(worker, given) for o, worker, given in rows if o == i]

    p = {i: [sum(given == k for _, given in votes_on(i)) / len(votes_on(i)) for k in every] for i in ids}
    objectives = []
    for _ in range(rounds):
        matrix = {}
        for j in workers:
            n = [[sum(p[o][k] for o, w, v in rows if (w, v) == (j, given)) for given in every] for k in every]
            matrix[j] = [
                [(n[k][given] + strength * lean(k, given)) / (sum(n[k]) + strength) for given in every] for k in every
            ]
        prior = [(1 + sum(p[i][k] for i in ids)) / (labels + len(ids)) for k in every]
        likelihood = 0.0
        for i in ids:
            joint = [prior[k] * math.prod(matrix[w][k][given] for w, given in votes_on(i)) for k in every]
            likelihood += math.log(sum(joint))
            p[i] = [value / sum(joint) for value in joint]
        penalty = sum(lean(k, v) * math.log(matrix[j][k][v]) for j in workers for k in every for v in every)
        objectives.append(likelihood + strength * penalty + sum(math.log(share) for share in prior))
    return np.array([p[i] for i in ids]).T, objectives


@settings(deadline=None, max_examples=60)
@given(votes())
def test_estimate_agrees_with_the_formulas_written_out(rows):
    estimate = dawid_skene(VoteTable.build(rows, LABELS), LABELS)
    posterior, objectives = by_the_book(rows, LABELS, estimate.rounds)
    np.testing.assert_allclose(estimate.posterior, posterior, atol=1e-9)
    np.testing.assert_allclose(estimate.objectives, objectives, atol=1e-8)


@settings(deadline=None)
@given(votes())
def test_the_objective_never_falls(rows):
    objectives = dawid_skene(VoteTable.build(rows, LABELS), LABELS).objectives
    for before, after in pairwise(objectives):
        assert after >= before - 1e-9 * abs(before)


@settings(deadline=None)
@given(votes(), st.randoms(use_true_random=False))
def test_the_order_of_votes_changes_nothing_at_all(rows, random):
    shuffled = random.sample(rows, len(rows))
    one, other = (dawid_skene(VoteTable.build(order, LABELS), LABELS) for order in (rows, shuffled))
    np.testing.assert_array_equal(one.posterior, other.posterior)
    np.testing.assert_array_equal(one.counts, other.counts)


@settings(deadline=None)
@given(votes(), st.permutations("abcd"))
def test_the_names_of_workers_do_not_matter(rows, names):
    renamed = [(object_id, names["abcd".index(worker)], label) for object_id, worker, label in rows]
    one, other = (dawid_skene(VoteTable.build(order, LABELS), LABELS) for order in (rows, renamed))
    np.testing.assert_allclose(one.posterior, other.posterior, atol=1e-7)


@settings(deadline=None)
@given(votes(), st.permutations(range(LABELS)))
def test_the_numbering_of_labels_does_not_matter(rows, numbers):
    renumbered = [(object_id, worker, numbers[label]) for object_id, worker, label in rows]
    one, other = (dawid_skene(VoteTable.build(order, LABELS), LABELS) for order in (rows, renumbered))
    np.testing.assert_allclose(one.posterior, other.posterior[list(numbers)], atol=1e-7)


@settings(deadline=None)
@given(st.lists(st.integers(0, LABELS - 1), min_size=1, max_size=8), st.integers(1, 4))
def test_where_all_agree_their_label_is_the_label(truth, workers):
    rows = [(number, worker, label) for number, label in enumerate(truth) for worker in "abcd"[:workers]]
    estimate = dawid_skene(VoteTable.build(rows, LABELS), LABELS)
    assert most_likely(estimate.posterior).tolist() == truth


@settings(deadline=None)
@given(votes())
def test_the_stored_estimate_labels_as_the_last_e_step_did(rows):
    table = VoteTable.build(rows, LABELS)
    estimate = dawid_skene(table, LABELS)
    stored = WorkerQuality.model_validate_json(WorkerQuality.from_estimate(table, estimate).model_dump_json())
    np.testing.assert_allclose(stored.posterior(table), estimate.posterior, atol=0.005)


@settings(deadline=None)
@given(votes())
def test_objects_can_be_labeled_in_batches(rows):
    table = VoteTable.build(rows, LABELS)
    stored = WorkerQuality.from_estimate(table, dawid_skene(table, LABELS))
    together = stored.posterior(table)
    for number, object_id in enumerate(table.objects):
        alone = stored.posterior(VoteTable.build([row for row in rows if row[0] == object_id], LABELS))
        np.testing.assert_allclose(alone[:, 0], together[:, number], atol=1e-12)


def test_a_reliable_worker_outvotes_two_who_guess():
    truth = [number % 2 for number in range(40)]
    rows = [(number, "steady", label) for number, label in enumerate(truth)]
    rows += [(number, "second", label) for number, label in enumerate(truth[:20])]
    rows += [(number, worker, 0) for number in range(40) for worker in ("always-a", "always-b")]
    table = VoteTable.build(rows, 2)
    assert most_likely(majority_vote(table, 2)).tolist()[20:] == [0] * 20
    assert most_likely(dawid_skene(table, 2).posterior).tolist() == truth


def test_a_worker_who_swaps_two_labels_is_read_the_other_way_round():
    truth = [number % LABELS for number in range(60)]
    swapped = {0: 1, 1: 0, 2: 2}
    rows = [(number, worker, label) for number, label in enumerate(truth) for worker in ("a", "b", "c")]
    rows += [(number, "swaps", swapped[label]) for number, label in enumerate(truth)]
    rows += [(60, "swaps", 1)]
    assert most_likely(dawid_skene(VoteTable.build(rows, LABELS), LABELS).posterior)[60] == 0


@pytest.mark.parametrize(
    ("rows", "labels", "expected"),
    [
        pytest.param([(5, "a", 1)], 2, [1], id="one vote"),
        pytest.param([(5, "a", 0), (5, "b", 1), (5, "c", 2)], 3, [0], id="all disagree: the lowest index"),
        pytest.param([(5, "a", 2), (5, "b", 1)], 3, [1], id="a tie without the lowest index"),
        pytest.param([(5, "a", 0), (6, "a", 0)], 1, [0, 0], id="one label"),
        pytest.param([(number, "a", 0) for number in range(50)], 2, [0] * 50, id="one worker, always the same"),
        pytest.param([(5, "a", 999), (5, "b", 999), (5, "c", 7)], 1000, [999], id="a thousand labels"),
    ],
)
def test_degenerate_votes_give_a_sane_label(rows, labels, expected):
    with np.errstate(all="raise"):
        estimate = dawid_skene(VoteTable.build(rows, labels), labels)
    assert most_likely(estimate.posterior).tolist() == expected
    np.testing.assert_allclose(estimate.posterior.sum(axis=0), 1)


def test_no_votes_give_an_empty_estimate():
    table = VoteTable.build([], 3)
    quality = WorkerQuality.from_estimate(table, dawid_skene(table, 3))
    assert quality.workers == {}
    assert quality.prior == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_an_unknown_worker_is_trusted_as_the_prior_says():
    empty = VoteTable.build([], 2)
    quality = WorkerQuality.from_estimate(empty, dawid_skene(empty, 2))
    posterior = quality.posterior(VoteTable.build([(0, "new", 1)], 2))
    assert posterior[:, 0] == pytest.approx([0.3, 0.7])


def test_the_stored_estimate_stays_small_with_many_labels_and_workers():
    random = np.random.default_rng(7)
    labels, objects, workers = 200, 2000, 100
    truth = random.integers(labels, size=objects)
    rows = [
        (number, f"w{worker:03}", int(truth[number] if random.random() < 0.8 else random.integers(labels)))
        for number in range(objects)
        for worker in random.choice(workers, 3, replace=False)
    ]
    table = VoteTable.build(rows, labels)
    estimate = dawid_skene(table, labels)
    stored = WorkerQuality.from_estimate(table, estimate)
    assert len(stored.model_dump_json()) < 2_000_000
    assert (most_likely(stored.posterior(table)) == most_likely(estimate.posterior)).mean() > 0.995
    assert (most_likely(estimate.posterior) == truth).mean() > (
        most_likely(majority_vote(table, labels)) == truth
    ).mean()


def test_a_vote_for_a_label_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="from 0 to 2"):
        VoteTable.build([(0, "a", 3)], 3)

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from groundwork.consolidation.label_sets import MOST_ROUNDS, chosen_share, label_sets
from groundwork.consolidation.set_quality import SetQuality
from groundwork.consolidation.set_table import SetTable
from hypothesis import given, settings
from hypothesis import strategies as st

LABELS = 3


def votes():
    """Up to 8 objects and 4 workers, at most one set of a worker on an object; sets may be empty."""
    chosen = st.sets(st.integers(0, LABELS - 1)).map(sorted)
    vote = st.tuples(st.integers(0, 7), st.sampled_from("abcd"), chosen)
    return st.lists(vote, min_size=1, max_size=24, unique_by=lambda row: row[:2])


def estimated(rows, labels=LABELS):
    return label_sets(SetTable.build(rows, labels))


def by_the_book(rows, labels, rounds):
    """The formulas written out over dictionaries and in plain probabilities."""
    s, every = 20.0, range(labels)
    ids, workers = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    chosen = {(i, j): set(indices) for i, j, indices in rows}
    objects_of = {j: [i for i in ids if (i, j) in chosen] for j in workers}
    workers_of = {i: [j for j in workers if (i, j) in chosen] for i in ids}
    p = {(i, k): sum(k in chosen[i, j] for j in workers_of[i]) / len(workers_of[i]) for i in ids for k in every}
    for _ in range(rounds):
        sensitivity, specificity = {}, {}
        for j in workers:
            hits = {k: sum(p[i, k] for i in objects_of[j] if k in chosen[i, j]) for k in every}
            mass = {k: sum(p[i, k] for i in objects_of[j]) for k in every}
            clean = {k: sum(1 - p[i, k] for i in objects_of[j] if k not in chosen[i, j]) for k in every}
            rest = {k: sum(1 - p[i, k] for i in objects_of[j]) for k in every}
            pooled_s = (0.7 * s + sum(hits.values())) / (s + sum(mass.values()))
            pooled_t = (0.9 * s + sum(clean.values())) / (s + sum(rest.values()))
            for k in every:
                sensitivity[j, k] = (s * pooled_s + hits[k]) / (s + mass[k])
                specificity[j, k] = (s * pooled_t + clean[k]) / (s + rest[k])
        share = {k: (1 + sum(p[i, k] for i in ids)) / (2 + len(ids)) for k in every}
        for i in ids:
            for k in every:
                yes, no = share[k], 1 - share[k]
                for j in workers_of[i]:
                    found = k in chosen[i, j]
                    yes *= sensitivity[j, k] if found else 1 - sensitivity[j, k]
                    no *= 1 - specificity[j, k] if found else specificity[j, k]
                p[i, k] = yes / (yes + no)
    return np.array([[p[i, k] for i in ids] for k in every])


@settings(deadline=None, max_examples=40)
@given(votes())
def test_estimate_agrees_with_the_formulas_written_out(rows):
    estimate = estimated(rows)
    np.testing.assert_allclose(estimate.posterior, by_the_book(rows, LABELS, estimate.rounds), atol=1e-9)


@settings(deadline=None)
@given(votes(), st.randoms(use_true_random=False))
def test_the_order_of_votes_and_of_labels_in_them_changes_nothing_at_all(rows, source):
    shuffled = [(i, j, source.sample(indices, len(indices))) for i, j, indices in source.sample(rows, len(rows))]
    one, other = estimated(rows), estimated(shuffled)
    np.testing.assert_array_equal(one.posterior, other.posterior)
    np.testing.assert_array_equal(one.sensitivity, other.sensitivity)
    np.testing.assert_array_equal(one.specificity, other.specificity)


@settings(deadline=None)
@given(votes(), st.permutations("abcd"))
def test_the_names_of_workers_do_not_matter(rows, names):
    renamed = [(i, names["abcd".index(j)], indices) for i, j, indices in rows]
    np.testing.assert_allclose(estimated(rows).posterior, estimated(renamed).posterior, atol=1e-4)


@settings(deadline=None)
@given(votes(), st.permutations(range(LABELS)))
def test_the_numbering_of_labels_does_not_matter(rows, numbers):
    renumbered = [(i, j, [numbers[index] for index in indices]) for i, j, indices in rows]
    one, other = estimated(rows), estimated(renumbered)
    np.testing.assert_allclose(one.posterior, other.posterior[list(numbers)], atol=1e-4)


@settings(deadline=None)
@given(st.lists(st.sets(st.integers(0, LABELS - 1)).map(sorted), min_size=1, max_size=10), st.integers(1, 8))
def test_another_worker_who_agrees_with_all_never_lowers_what_was_chosen(sets, workers):
    def probabilities(count):
        rows = [(i, f"w{number}", indices) for i, indices in enumerate(sets) for number in range(count)]
        return estimated(rows).posterior

    before, after = probabilities(workers), probabilities(workers + 1)
    for i, indices in enumerate(sets):
        assert (after[indices, i] >= before[indices, i] - 1e-6).all()


@settings(deadline=None)
@given(votes())
def test_another_worker_who_chooses_a_label_never_makes_it_less_likely(rows):
    table = SetTable.build(rows, LABELS)
    stored = SetQuality.from_estimate(table, label_sets(table))
    joined = rows + [(i, "newcomer", list(range(LABELS))) for i in {row[0] for row in rows}]
    assert (stored.posterior(SetTable.build(joined, LABELS)) >= stored.posterior(table) - 1e-12).all()


@settings(deadline=None)
@given(votes())
def test_the_stored_estimate_labels_as_the_last_e_step_did_in_any_batch(rows):
    table = SetTable.build(rows, LABELS)
    estimate = label_sets(table)
    stored = SetQuality.model_validate_json(SetQuality.from_estimate(table, estimate).model_dump_json())
    together = stored.posterior(table)
    np.testing.assert_allclose(together, estimate.posterior, atol=1e-4)
    for number, object_id in enumerate(table.objects):
        alone = stored.posterior(SetTable.build([row for row in rows if row[0] == object_id], LABELS))
        np.testing.assert_array_equal(alone[:, 0], together[:, number])


def test_what_is_estimated_stays_between_0_and_1_when_thousands_agree():
    rows = [(i, j, [i % 2]) for i in range(4_000) for j in "abc"]
    estimate = estimated(rows, 2)
    stored = SetQuality.from_estimate(SetTable.build(rows, 2), estimate)
    assert estimate.converged
    for worker in stored.workers.values():
        assert all(0 < rate < 1 for rate in (*worker.sensitivity, *worker.specificity))
    assert np.isfinite(stored.posterior(SetTable.build(rows, 2))).all()


def test_a_job_in_which_nobody_chose_anything_gives_low_probabilities():
    estimate = estimated([(i, j, []) for i in range(5) for j in "ab"])
    assert estimate.posterior.shape == (LABELS, 5)
    assert (estimate.posterior < 0.1).all()


def test_no_votes_give_no_probabilities():
    assert estimated([]).posterior.shape == (LABELS, 0)


def test_the_rounds_are_counted_and_bounded():
    estimate = estimated([(i, j, [0] if (i + ord(j)) % 3 else [1, 2]) for i in range(20) for j in "abcd"])
    assert 1 < estimate.rounds <= MOST_ROUNDS
    assert estimate.converged is (estimate.rounds < MOST_ROUNDS)


@pytest.mark.parametrize("index", [-1, LABELS])
def test_a_label_that_does_not_exist_is_refused(index):
    with pytest.raises(ValueError, match="from 0 to 2"):
        SetTable.build([(0, "a", [index])], LABELS)


def crowd(seed, *, objects, workers, labels, careless=0):
    """True sets and answers of twenty people, mostly good; each overlooks and invents at a rate of its own.

    The first `careless` of them answer without looking.
    """
    source = random.Random(seed)
    common = [source.uniform(0.05, 0.4) for _ in range(labels)]
    people = {f"w{number:02}": (source.betavariate(7, 3), source.betavariate(27, 3)) for number in range(20)}
    people |= {f"w{number:02}": (0.3, 0.7) for number in range(careless)}
    truth, rows = [], []
    for i in range(objects):
        applies = {k for k in range(labels) if source.random() < common[k]}
        truth.append(applies)
        for j in source.sample(sorted(people), workers):
            finds, spares = people[j]
            said = [k for k in range(labels) if source.random() < (finds if k in applies else 1 - spares)]
            rows.append((i, j, said))
    return truth, rows


def f1(truth, probabilities):
    said = [{k for k, p in enumerate(column) if p > 0.5} for column in probabilities.T]
    right = sum(len(one & other) for one, other in zip(truth, said, strict=True))
    return 2 * right / (sum(map(len, truth)) + sum(map(len, said)))


@pytest.mark.parametrize(
    ("workers", "careless", "gain"), [(3, 0, -0.005), (5, 0, 0.015), (9, 0, 0.015), (3, 5, 0.05), (5, 5, 0.05)]
)
def test_knowing_the_workers_finds_more_than_the_plain_vote_does(workers, careless, gain):
    gains = []
    for seed in range(6):
        truth, rows = crowd(seed, objects=200, workers=workers, labels=8, careless=careless)
        table = SetTable.build(rows, 8)
        gains.append(f1(truth, label_sets(table).posterior) - f1(truth, chosen_share(table)))
    assert math.fsum(gains) / len(gains) > gain

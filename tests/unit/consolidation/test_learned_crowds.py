"""The three beliefs about a crowd against their formulas written out."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from groundwork.consolidation.alike_workers import alike_posterior, alike_workers
from groundwork.consolidation.em_rounds import MOST_ROUNDS_TO_REST, STILL_AT_REST, rounds_to_rest
from groundwork.consolidation.learned_confusions import learned_confusions
from groundwork.consolidation.learned_one_coin import learned_one_coin
from groundwork.consolidation.majority_vote import majority_vote, most_likely
from groundwork.consolidation.vote_table import VoteTable
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import psi

LABELS = 3
EVERY = range(LABELS)
vote = st.tuples(st.integers(0, 7), st.sampled_from("abcd"), st.integers(0, LABELS - 1))
votes = st.lists(vote, min_size=1, max_size=24, unique_by=lambda row: row[:2])


def by_the_book(rows, round_of):
    """Rounds of EM over dictionaries; `round_of(number, p)` gives the log scores of an object."""
    ids = sorted({row[0] for row in rows})
    p = {}
    for i in ids:
        shown = [label for object_id, _, label in rows if object_id == i]
        p[i] = [shown.count(k) / len(shown) for k in EVERY]
    for number in range(MOST_ROUNDS_TO_REST):
        score = round_of(number, p)
        before, p = p, {}
        for i in ids:
            scores = score(i)
            weights = [math.exp(value - max(scores)) for value in scores]
            p[i] = [weight / sum(weights) for weight in weights]
        if sum(abs(p[i][k] - before[i][k]) for i in ids for k in EVERY) / 2 <= STILL_AT_REST * len(ids):
            break
    return np.array([p[i] for i in ids]).T


def one_step(values, prior, totals, strength, start):
    """One step of Minka's fixed point with the start weighing as one worker; several counts for each parameter."""
    growth = sum(psi(total + strength) - psi(strength) for total in totals)
    grown = [a * sum(psi(n + a) - psi(a) for n in counts) for a, counts in zip(prior, values, strict=True)]
    return grown, growth, [(g + s) / (growth + 1) for g, s in zip(grown, start, strict=True)]


@pytest.mark.parametrize(
    ("answers", "rounds"), [(1, 500), (200_000, 500), (1_000_000, 100), (10_000_000, 10), (100_000_000, 10)]
)
def test_the_more_answers_the_fewer_rounds(answers, rounds):
    table = replace(VoteTable.build([(0, "a", 0)], LABELS), object_of=np.broadcast_to(np.int64(0), answers))
    assert rounds_to_rest(table) == rounds


@settings(deadline=None, max_examples=20)
@given(votes)
def test_a_crowd_is_gone_through_until_it_is_at_rest(rows):
    table = VoteTable.build(rows, LABELS)
    found = learned_confusions(table, LABELS)
    assert found.converged == (np.abs(found.posterior - found.labeled).sum() / 2 <= STILL_AT_REST * len(table.objects))
    assert found.converged or found.rounds == MOST_ROUNDS_TO_REST


@settings(deadline=None, max_examples=50)
@given(votes)
def test_alike_workers_agree_with_the_formulas(rows):
    def round_of(_, p):
        right = sum(p[i][label] for i, _, label in rows)
        weight = psi(2.8 + right) - psi(1.2 + len(rows) - right) + math.log(LABELS - 1)
        return lambda wanted: [weight * sum(i == wanted and label == k for i, _, label in rows) for k in EVERY]

    table = VoteTable.build(rows, LABELS)
    found = alike_posterior(table, alike_workers(table, LABELS), LABELS)
    np.testing.assert_allclose(found, by_the_book(rows, round_of), atol=1e-5)


@settings(deadline=None)
@given(votes)
def test_under_alike_workers_the_majority_wins(rows):
    table = VoteTable.build(rows, LABELS)
    model = alike_workers(table, LABELS)
    if model.right + 2.8 > (model.given - model.right + 1.2):
        posterior = alike_posterior(table, model, LABELS)
        assert most_likely(posterior).tolist() == most_likely(majority_vote(table, LABELS)).tolist()


@settings(deadline=None, max_examples=50)
@given(votes)
def test_learned_one_coin_agrees_with_the_formulas(rows):
    workers = sorted({worker for _, worker, _ in rows})
    prior = [2.8, 1.2]

    def round_of(number, p):
        nonlocal prior
        right = {w: sum(p[i][label] for i, worker, label in rows if worker == w) for w in workers}
        given_by = {w: sum(worker == w for _, worker, _ in rows) for w in workers}
        hits = [right[w] for w in workers]
        misses = [max(0.0, given_by[w] - right[w]) for w in workers]
        for _ in range(2 if number else 0):
            prior = one_step([hits, misses], prior, list(given_by.values()), sum(prior), [2.8, 1.2])[2]
        weight = {
            w: psi(prior[0] + hit) - psi(prior[1] + miss) + math.log(LABELS - 1)
            for w, hit, miss in zip(workers, hits, misses, strict=True)
        }
        return lambda wanted: [sum(weight[w] for i, w, label in rows if (i, label) == (wanted, k)) for k in EVERY]

    table = VoteTable.build(rows, LABELS)
    found = learned_one_coin(table, LABELS).posterior
    np.testing.assert_allclose(found, by_the_book(rows, round_of), atol=1e-5)


@settings(deadline=None, max_examples=30)
@given(votes)
def test_learned_confusions_agree_with_the_formulas(rows):
    workers = sorted({worker for _, worker, _ in rows})
    start = [[2.8 if k == label else 0.6 for label in EVERY] for k in EVERY]
    prior = [list(row) for row in start]

    def fitted(k, counts, totals):
        row = prior[k]
        values = [[counts[w, label] for w in workers] for label in EVERY]
        for _ in range(2):
            grown, growth, _ = one_step(values, row, totals, sum(row), start[k])
            right = (grown[k] + 2.8) / (growth + 1)
            wrong = (sum(grown) - grown[k] + 1.2) / (growth + 1)
            base = [right if label == k else wrong / (LABELS - 1) for label in EVERY]
            row = [(g + b) / (growth + 1) for g, b in zip(grown, base, strict=True)]
        return row

    def round_of(number, p):
        log = {}
        for k in EVERY:
            counts = {
                (w, label): sum(p[i][k] for i, worker, given in rows if (worker, given) == (w, label))
                for w in workers
                for label in EVERY
            }
            totals = [sum(counts[w, label] for label in EVERY) for w in workers]
            prior[k] = fitted(k, counts, totals) if number else prior[k]
            for w, total in zip(workers, totals, strict=True):
                for label in EVERY:
                    log[k, w, label] = psi(counts[w, label] + prior[k][label]) - psi(total + sum(prior[k]))
        share = [(1 + sum(p[i][k] for i in p)) / (LABELS + len(p)) for k in EVERY]
        return lambda wanted: [
            math.log(share[k]) + sum(log[k, w, label] for i, w, label in rows if i == wanted) for k in EVERY
        ]

    found = learned_confusions(VoteTable.build(rows, LABELS), LABELS).posterior
    np.testing.assert_allclose(found, by_the_book(rows, round_of), atol=1e-5)

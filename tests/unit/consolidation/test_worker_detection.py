from __future__ import annotations

import math

import numpy as np
import pytest
from groundwork.consolidation.worker_detection import DetectionTable, detect, probability_of_existing


def table(votes):
    """One row of 0, 1 and None a cluster, one column a worker."""
    rows = [(c, w, vote) for c, row in enumerate(votes) for w, vote in enumerate(row) if vote is not None]
    cluster, worker, yes = (np.array(column) for column in zip(*rows, strict=True))
    return DetectionTable(cluster, worker, yes.astype(float), len(votes), len(votes[0]))


def test_before_anything_is_known_the_odds_are_those_of_the_priors():
    odds = (0.7 / 0.1) * (0.3 / 0.9) ** 2
    assert probability_of_existing([0.2], [0.2, 0.2]) == pytest.approx(odds / (1 + odds))


@pytest.mark.parametrize(
    ("yes", "of", "kept"), [(1, 2, True), (1, 3, False), (2, 5, True), (1, 5, False), (2, 7, False)]
)
def test_how_many_strangers_it_takes(yes, of, kept):
    assert (probability_of_existing([0.2] * yes, [0.2] * (of - yes)) > 0.5) == kept


def test_whoever_is_as_often_wrong_as_right_changes_nothing():
    assert probability_of_existing([0.2, 0.5], [0.2]) == pytest.approx(probability_of_existing([0.2], [0.2]))


def test_the_order_of_the_workers_does_not_move_a_bit():
    yes, no = [0.11, 0.07, 0.31], [0.23, 0.05, 0.4]
    assert probability_of_existing(yes, no) == probability_of_existing(yes[::-1], no[::-1])


def test_the_estimate_is_a_fixed_point_of_both_steps():
    rng = np.random.default_rng(3)
    votes = (rng.random((60, 4)) < np.where(rng.random((60, 1)) < 0.6, 0.85, 0.15)).astype(int).tolist()
    found = detect(table(votes))
    for cluster, row in enumerate(votes):
        odds = 0.0
        for worker, vote in enumerate(row):
            e = found.wrong[worker]
            odds += math.log((1 - 1.5 * e) / (0.5 * e)) if vote else math.log(1.5 * e / (1 - 0.5 * e))
        assert found.exists[cluster] == pytest.approx(1 / (1 + math.exp(-odds)), abs=1e-4)
    for worker in range(4):
        wrong = sum(abs(row[worker] - found.exists[cluster]) for cluster, row in enumerate(votes))
        assert found.wrong[worker] == pytest.approx((0.8 + wrong) / (4 + 60), abs=1e-4)


def test_who_misses_and_who_invents_is_told_apart():
    votes = [[1, 1, 1, 0, 1]] * 30 + [[1, 1, 1, 1, 1]] * 10 + [[0, 0, 0, 0, 1]] * 30
    found = detect(table(votes))
    assert (found.missed[3] > 0.6, found.missed[0] < 0.2) == (True, True)
    assert (found.invented[4] > 0.8, found.invented[0] < 0.1) == (True, True)
    assert found.wrong[0] < found.wrong[3]
    assert (found.exists[:40] > 0.9).all()
    assert (found.exists[40:] < 0.1).all()


def test_images_that_a_worker_did_not_answer_say_nothing_about_the_worker():
    found = detect(table([[1, 1, None], [1, 1, None], [1, 1, 1]]))
    assert found.things.tolist() == [3, 3, 1]

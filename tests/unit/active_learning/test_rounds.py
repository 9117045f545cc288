from __future__ import annotations

import json

import numpy as np
import pytest
from groundwork.active_learning.embedded_trainer import EmbeddedTrainer
from groundwork.active_learning.features import Features
from groundwork.active_learning.pool import Asked, OutsidePrediction, Pool
from groundwork.active_learning.rounds import decide, first_sample, next_round
from groundwork.active_learning.settings import Settings
from groundwork.active_learning.trainer import Scores


def clouds(objects=1_500, apart=3.0, classes=3, seed=0):
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, classes, objects)
    centers = apart * np.eye(classes, 8)
    return (centers[truth] + chance.normal(size=(objects, 8))).astype(np.float32), truth


def run(vectors, truth, settings, outside=None, failing=()):
    """Let people who are always right, but fail on some objects, label; tell rounds, people's rows, the model's."""
    size = len(truth)
    labels, asked, auto = np.full(size, -1), np.zeros(size, np.int8), np.zeros(size, bool)
    given, results, history = np.full(size, -1), [], {}

    def label(rows, why):
        asked[rows] = why
        kept = np.setdiff1d(rows, failing)
        labels[kept] = truth[kept]

    label(first_sample(size, settings), Asked.AT_RANDOM)
    for _ in range(40):
        pool = Pool(Features(vectors), labels.copy(), asked.copy(), auto.copy(), outside=outside)
        result = next_round(pool, settings, history, EmbeddedTrainer())
        results.append(result)
        history = json.loads(json.dumps(result.history))
        assert not (asked[result.auto.rows] | auto[result.auto.rows]).any()
        assert not (asked[result.people.rows] | auto[result.people.rows]).any()
        auto[result.auto.rows], given[result.auto.rows] = True, result.auto.classes
        rows, drawn = result.people.rows, result.people.at_random
        label(rows[drawn], Asked.AT_RANDOM)
        label(rows[~drawn], Asked.CHOSEN)
        if result.exhausted:
            break
    return results, asked, given


def test_the_model_labels_most_of_what_is_easy_and_keeps_the_target():
    vectors, truth = clouds()
    results, asked, given = run(vectors, truth, Settings(classes=3, seed=1))
    auto = given >= 0
    assert results[-1].exhausted
    assert (auto ^ (asked > 0)).all()
    assert auto.mean() > 0.7
    assert (given == truth)[auto].mean() >= 0.95
    figures = results[-1].figures
    assert figures.bound >= 0.95
    assert figures.auto_labeled == auto.sum()
    assert ((results[-1].auto.confidences > 0) & (results[-1].auto.confidences <= 1)).all()
    assert results[-1].auto.confidences.mean() == pytest.approx((given == truth)[auto].mean(), abs=0.03)


def test_all_looks_together_risk_no_more_than_the_bound_leaves():
    vectors, truth = clouds(apart=1.6, objects=2_500)
    results, _, _ = run(vectors, truth, Settings(classes=3, seed=1, target=0.9))
    assert 0 < results[-1].history["spent"] <= 0.01 + 1e-12


def test_the_target_is_kept_where_the_classes_overlap():
    missed = 0
    for seed in range(8):
        vectors, truth = clouds(apart=2.2, seed=seed)
        _, _, given = run(vectors, truth, Settings(classes=3, seed=seed, target=0.9))
        auto = given >= 0
        missed += auto.any() and (given == truth)[auto].mean() < 0.9
    assert missed == 0


def test_a_small_data_set_goes_to_people_and_the_log_says_why():
    vectors, truth = clouds(objects=150)
    results, asked, given = run(vectors, truth, Settings(classes=3, seed=1, target=0.99))
    assert (asked > 0).all()
    assert (given < 0).all()
    assert "too few" in results[-1].figures.reason
    assert all(result.figures.reason for result in results)


def test_the_same_seed_decides_the_same_and_another_draws_another_sample():
    vectors, truth = clouds(objects=500)
    one, other = (run(vectors, truth, Settings(classes=3, seed=1)) for _ in range(2))
    assert one[0][-1].history == other[0][-1].history
    assert (one[2] == other[2]).all()
    assert set(first_sample(500, Settings(classes=3, seed=1))) != set(first_sample(500, Settings(classes=3, seed=2)))


def test_the_order_of_rows_does_not_matter():
    vectors, truth = clouds(objects=800)
    settings = Settings(classes=3, seed=4)
    sample = first_sample(800, settings)
    labels, asked = np.full(800, -1), np.zeros(800, np.int8)
    labels[sample], asked[sample] = truth[sample], Asked.AT_RANDOM
    order = np.random.default_rng(9).permutation(800)
    auto = np.zeros(800, bool)
    here = next_round(Pool(Features(vectors), labels, asked, auto), settings, {}, EmbeddedTrainer())
    moved = Pool(Features(vectors[order]), labels[order], asked[order], auto)
    there = next_round(moved, settings, {}, EmbeddedTrainer())
    assert (order[there.people.rows] == here.people.rows).all()
    assert (there.people.at_random == here.people.at_random).all()
    assert there.figures == here.figures


def test_the_order_of_labels_does_not_matter():
    vectors, truth = clouds(objects=800)
    renamed = np.array([2, 0, 1])
    one, other = (run(vectors, each, Settings(classes=3, seed=1)) for each in (truth, renamed[truth]))
    assert (one[1] == other[1]).all()
    auto = one[2] >= 0
    assert (renamed[one[2][auto]] == other[2][auto]).all()


@pytest.mark.parametrize("budget", [30, 120, 200])
def test_people_label_no_more_than_the_budget(budget):
    vectors, truth = clouds(objects=900, apart=2.5)
    results, asked, given = run(vectors, truth, Settings(classes=3, seed=1, human_budget=budget))
    assert (asked > 0).sum() <= budget
    assert results[-1].exhausted
    if (given >= 0).any():
        assert (given == truth)[given >= 0].mean() >= 0.95


def test_rounds_are_no_larger_than_people_are_asked_for_at_once():
    vectors, truth = clouds(objects=900, apart=1.0)
    results, _, _ = run(vectors, truth, Settings(classes=3, seed=1, largest_round=60))
    assert max(len(result.people.rows) for result in results if not result.exhausted) <= 60


def test_objects_that_people_failed_on_are_left_alone():
    vectors, truth = clouds(objects=900)
    failing = np.arange(0, 900, 10)
    results, asked, given = run(vectors, truth, Settings(classes=3, seed=1), failing=failing)
    assert results[-1].exhausted
    assert (given[failing][asked[failing] > 0] < 0).all()


def test_what_would_have_been_chosen_no_longer_validates():
    settings = Settings(classes=2, seed=1, target=0.9)
    size = 400
    chance = np.random.default_rng(0)
    asked = np.where(np.arange(size) < 100, Asked.AT_RANDOM, Asked.NOT).astype(np.int8)
    labels = np.where(asked > 0, 1, -1)
    confidence = chance.uniform(0.5, 1, size)
    quality = np.where(asked > 0, (confidence > 0.75).astype(float), np.nan)
    scores = Scores(confidence, quality, np.ones(size, np.int64))
    result = decide(Pool(None, labels, asked, np.zeros(size, bool)), scores, settings, {})
    chosen = result.people.rows[~result.people.at_random]
    left = np.array(result.history["left"])
    assert (confidence[left] <= confidence[chosen].max()).all()
    assert (np.delete(confidence[:100], left) > confidence[chosen].max()).all()
    again = decide(Pool(None, labels, asked, np.zeros(size, bool)), scores, settings, result.history)
    assert again.figures.validated == 100 - len(left)


def test_mean_qualities_of_boxes_choose_a_threshold_too():
    settings = Settings(classes=1, seed=1, target=0.6)
    size, chance = 1_000, np.random.default_rng(0)
    asked = np.where(np.arange(size) < 300, Asked.AT_RANDOM, Asked.NOT).astype(np.int8)
    confidence = chance.uniform(0, 1, size)
    quality = np.clip(0.5 + 0.4 * confidence + chance.normal(0, 0.05, size), 0, 1)
    scores = Scores(confidence, np.where(asked > 0, quality, np.nan), np.full(size, -1))
    labels = np.where(asked > 0, 0, -1)
    result = decide(Pool(None, labels, asked, np.zeros(size, bool)), scores, settings, {})
    assert len(result.auto.rows) > 500
    assert quality[result.auto.rows].mean() >= 0.6
    assert (result.auto.classes == -1).all()


def test_predictions_of_another_model_are_used_as_far_as_they_are_right():
    vectors, truth = clouds(objects=2_000, apart=0.3)
    chance = np.random.default_rng(3)
    told = np.where(chance.uniform(size=2_000) < 0.99, truth, (truth + 1) % 3)
    settings = Settings(classes=3, seed=1)
    _, asked, given = run(vectors, truth, settings, OutsidePrediction(told, np.full(2_000, 0.9)))
    assert (asked > 0).mean() < 0.3
    assert (given == truth)[given >= 0].mean() >= 0.95
    nonsense = OutsidePrediction(chance.integers(-1, 3, 2_000), np.full(2_000, 0.99))
    _, asked, given = run(vectors, truth, settings, nonsense)
    assert not (given >= 0).any() or (given == truth)[given >= 0].mean() >= 0.95


@pytest.mark.parametrize(
    ("vectors", "truth", "classes"),
    [
        (np.zeros((300, 3), np.float32), np.arange(300) % 2, 2),
        (np.ones((1, 1), np.float32), np.zeros(1, int), 2),
        (np.zeros((0, 4), np.float32), np.zeros(0, int), 2),
        (np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32), np.zeros(200, int), 1),
        (np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32), np.zeros(200, int), 4),
        (np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32), np.arange(200), 200),
        (np.full((60, 2), np.nan, np.float32), np.arange(60) % 3, 3),
    ],
)
def test_a_degenerate_data_set_ends_sanely_and_without_a_warning(vectors, truth, classes):
    results, asked, given = run(vectors, truth, Settings(classes=classes, seed=0))
    assert results[-1].exhausted
    assert ((asked > 0) ^ (given >= 0)).all()


@pytest.mark.parametrize("wrong", [{"target": 1.0}, {"target": 0.0}, {"classes": 0}, {"largest_round": 0}])
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=r"at least|between 0 and 1"):
        Settings(**{"classes": 2, "seed": 0, **wrong})


def test_history_of_a_large_job_is_small():
    left = np.arange(0, 100_000, 5).tolist()
    assert len(json.dumps({"round": 30, "spent": 0.0099, "left": left})) < 1_000_000

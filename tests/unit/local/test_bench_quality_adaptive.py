from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from groundwork.job.labeling_job import AdaptiveRedundancy

from local.bench import quality_adaptive
from local.bench.adaptive_run import AdaptiveRun, shuffled, spread
from local.bench.vote_data import VoteData

TASKS, PEOPLE, EACH = 400, 20, 7


@pytest.fixture(scope="module")
def data() -> VoteData:
    """A crowd that is right four times in five, on tasks of which every tenth is a coin's toss."""
    source = np.random.default_rng(3)
    truth = source.integers(2, size=TASKS)
    task_of = np.repeat(np.arange(TASKS), EACH)
    worker_of = np.concatenate([source.choice(PEOPLE, EACH, replace=False) for _ in range(TASKS)])
    chance = np.where(np.arange(TASKS) % 10 == 0, 0.5, 0.85)[task_of]
    right = source.random(len(task_of)) < chance
    label_of = np.where(right, truth[task_of], 1 - truth[task_of])
    names = tuple(f"w{number:02}" for number in range(PEOPLE))
    return VoteData("pier", Path(), task_of, worker_of, label_of, names, 2, np.arange(TASKS), truth)


def run(data: VoteData, least: int, target: float) -> AdaptiveRun:
    rule = AdaptiveRedundancy(min_workers=least, target_confidence=target)
    job = AdaptiveRun(data, shuffled(data, 1), rule, random.Random(1))
    job.run()
    return job


def test_every_task_gets_its_least_and_no_answer_is_used_twice(data: VoteData) -> None:
    job = run(data, 2, 0.9)
    assert len(set(job.used)) == len(job.used)
    count = Counter(data.task_of[job.used].tolist())
    assert len(count) == TASKS
    assert min(count.values()) == 2
    assert max(count.values()) == EACH
    assert job.rounds == 4


def test_disputed_tasks_get_more_answers_than_those_on_which_people_agree(data: VoteData) -> None:
    count = Counter(data.task_of[run(data, 2, 0.95).used].tolist())
    disputed = np.mean([count[task] for task in range(0, TASKS, 10)])
    assert disputed > np.mean([count[task] for task in range(TASKS) if task % 10]) + 1


def test_a_higher_target_asks_more_and_the_highest_asks_everybody(data: VoteData) -> None:
    used = [len(run(data, 1, target).used) for target in (0.6, 0.9, 0.99, 0.99999999)]
    assert used == sorted(used)
    assert used[-1] == TASKS * EACH
    assert used[0] < 3 * TASKS


def test_answers_are_spread_as_evenly_as_can_be(data: VoteData) -> None:
    answers = shuffled(data, 1)
    rows = spread(answers, 2 * TASKS + 30, 5)
    count = Counter(data.task_of[rows].tolist())
    assert Counter(count.values()) == {2: TASKS - 30, 3: 30}
    assert len(spread(answers, TASKS * EACH, 5)) == TASKS * EACH


def test_at_the_same_cost_it_finds_more_labels_than_fixed_redundancy(
    data: VoteData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality_adaptive, "TARGETS", (0.95,))
    outcome = quality_adaptive.outcomes(data)[2, 0.95]
    assert 0.2 < outcome.saved < 0.7
    assert outcome.adaptive > outcome.even + 0.01
    assert outcome.lost > -0.02


def test_the_tables_show_each_target_and_what_is_saved(data: VoteData, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_adaptive, "read_vote_data", lambda: [data])
    monkeypatch.setattr(quality_adaptive, "TARGETS", (0.9, 0.99))
    monkeypatch.setattr(quality_adaptive, "SEEDS", 1)
    one, two, equal = quality_adaptive.measure()
    assert [row[0] for row in one.rows] == ["0.9 pier", "0.9 mean", "0.99 pier", "0.99 mean"]
    assert one.rows[0][1:] == one.rows[1][1:]
    assert two.rows[0][1] == f"{EACH:.2f}"
    assert len(equal.rows[0]) == len(equal.columns) == 5

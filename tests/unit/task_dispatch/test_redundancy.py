"""How many answers a data object asks for at first, and when those it has are enough."""

from __future__ import annotations

import pytest
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.single_label_sureness import SINGLE_LABEL_SURENESS
from groundwork.consolidation.vote_table import VoteTable
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.task_dispatch.redundancy import first_answers, sure_enough
from groundwork.task_dispatch.window import FIRST_READY_OBJECTS

SURENESS = SINGLE_LABEL_SURENESS["default"]
LABELS = 3


def rule(least: int = 1, target: float = 0.9) -> AdaptiveRedundancy:
    return AdaptiveRedundancy(min_workers=least, target_confidence=target)


@pytest.fixture(scope="module")
def estimate() -> dict[str, object]:
    """Two hundred objects on which ada and bo agree, and of which cy says one thing as often as another."""
    votes = [
        (number, worker, (number + (number // LABELS if worker == "cy" else 0)) % LABELS)
        for number in range(200)
        for worker in ("ada", "bo", "cy")
    ]
    return CROWD_ESTIMATES["default"].of(VoteTable.build(votes, LABELS), LABELS).to_json()


@pytest.mark.parametrize(
    ("adaptive", "most", "entry", "asked"),
    [
        (None, 3, 0, 3),
        (rule(least=2), 5, 0, 2),
        (rule(least=4), 5, 0, 4),
        (rule(least=1), 5, FIRST_READY_OBJECTS - 1, 2),
        (rule(least=1), 5, FIRST_READY_OBJECTS, 1),
        (rule(least=1), 1, 0, 1),
    ],
    ids=["fixed", "the least", "more than two", "the first objects", "the others", "never more than the most"],
)
def test_an_object_asks_at_first_for(adaptive: AdaptiveRedundancy | None, most: int, entry: int, asked: int) -> None:
    assert first_answers(adaptive, most, entry) == asked


def test_a_known_good_worker_is_enough_and_a_known_bad_one_is_not(estimate: dict[str, object]) -> None:
    enough = sure_enough(rule(), SURENESS, estimate, LABELS)
    assert enough({"ada": 1})
    assert not enough({"cy": 1})
    assert not enough({"a stranger": 1})


def test_among_strangers_one_answer_is_never_enough_and_two_that_agree_may_be() -> None:
    enough = sure_enough(rule(target=0.6), SURENESS, None, LABELS)
    assert not enough({"ada": 1})
    assert enough({"ada": 1, "bo": 1})
    assert not enough({"ada": 1, "bo": 2})


def test_votes_of_workers_who_are_left_out_do_not_count(estimate: dict[str, object]) -> None:
    enough = sure_enough(rule(), SURENESS, estimate, LABELS, frozenset({"ada"}))
    assert not enough({"ada": 1})
    assert not enough({"ada": 1, "cy": 2})
    assert enough({"ada": 2, "bo": 1})

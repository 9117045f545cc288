from __future__ import annotations

from groundwork.consolidation.known_votes import told_apart
from groundwork.consolidation.shapes import evenly
from groundwork.task_types.task_type import GOLD_VOTER


def test_known_answers_are_told_from_votes_and_count_only_where_somebody_voted():
    votes = [(3, GOLD_VOTER, "c"), (1, "ada", "a"), (1, GOLD_VOTER, "b"), (2, "bo", "a")]
    assert told_apart(iter(votes)) == ([(1, "ada", "a"), (2, "bo", "a")], {1: "b"})
    assert told_apart([]) == ([], {})


def test_an_even_choice_takes_all_of_few_and_no_more_than_asked_for():
    assert evenly({5, 1, 3}, 3) == [1, 3, 5]
    assert evenly(range(100), 30) == list(range(0, 100, 4))
    assert evenly([], 10) == []

"""Votes by column."""

from __future__ import annotations

import numpy as np
from groundwork.consolidation.vote_columns import PAGE, VoteColumns
from groundwork.task_types.task_type import GOLD_VOTER
from hypothesis import given
from hypothesis import strategies as st

vote = st.tuples(st.sampled_from([0, 1, 7, 10**12]), st.sampled_from(["b", "a", "c", GOLD_VOTER]), st.integers(0, 2))
pages = st.lists(st.lists(vote, max_size=6), max_size=5)


def every(of_pages):
    return [vote for page in of_pages for vote in page]


@given(pages)
def test_votes_come_out_as_they_went_in_as_often_as_asked(of_pages):
    columns = VoteColumns.read(of_pages)
    assert list(columns) == list(columns) == every(of_pages)
    assert len(columns) == len(every(of_pages))
    assert VoteColumns.of(columns) is columns


@given(pages)
def test_the_first_vote_of_a_worker_on_an_object_counts(of_pages):
    first = {}
    for object_id, worker, label in every(of_pages):
        first.setdefault((object_id, worker), label)
    assert list(VoteColumns.read(of_pages).distinct()) == [(*key, label) for key, label in first.items()]


@given(pages)
def test_known_answers_are_told_from_votes(of_pages):
    given_by_people, known = VoteColumns.of(every(of_pages)).apart_from_gold()
    assert list(given_by_people) == [row for row in every(of_pages) if row[1] != GOLD_VOTER]
    assert known == {object_id: label for object_id, worker, label in every(of_pages) if worker == GOLD_VOTER}


@given(pages)
def test_workers_who_voted_are_ranked_by_name(of_pages):
    people, _ = VoteColumns.read(of_pages).apart_from_gold()
    workers, rank = people.ranked_workers()
    assert list(workers) == sorted({worker for _, worker, _ in people})
    assert [workers[place] for place in rank.tolist()] == [worker for _, worker, _ in people]


def test_more_votes_than_a_page_holds_are_all_read():
    rows = [(number, "ab"[number % 2], number % 3) for number in range(2 * PAGE + 5)]
    columns = VoteColumns.of(iter(rows))
    assert list(columns) == rows
    assert columns.indices().tolist() == [row[2] for row in rows]
    np.testing.assert_array_equal(columns.object_ids(), np.arange(len(rows)))


def test_votes_of_any_json_are_kept():
    rows = [(3, "a", {"boxes": [1, 2]}), (3, "b", []), (4, "a", None)]
    assert list(VoteColumns.of(rows).distinct()) == rows

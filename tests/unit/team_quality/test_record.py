"""The record of a work team: each job counts once, and what is long ago counts less."""

from __future__ import annotations

import pytest
from groundwork.team_quality.known_quality import known_quality, label_shares, spammer_score
from groundwork.team_quality.label_set import label_set_name, places_in_job, places_in_record
from groundwork.team_quality.prior import MOST_ANSWERS, prior_counts
from groundwork.team_quality.record import (
    FORGETTING,
    LATEST_JOBS,
    Gold,
    JobPart,
    Known,
    TeamRecord,
    WorkerPart,
)
from groundwork.team_quality.tally import TeamTally

from tests.unit.quality.judged_objects import judged

EMPTY = TeamRecord(work_team="harbor", task_type="ImageMultiClass", labels=("boat", "net"))


def worker(right=8.0, wrong=2.0):
    return WorkerPart(answers=10, gold=Gold(answers=2, right=1), counts=((0, 0, right), (0, 1, wrong)))


def job(number, **workers):
    return JobPart(job=f"pier-{number}", ended_at=1_000.0 + number, workers=workers)


def folded(*parts):
    record = EMPTY
    for part in parts:
        record = record.fold(part)
    return record


def known(counts, jobs=1):
    return Known(jobs=jobs, answers=10, gold=Gold(), last=0.0, counts=counts)


def test_a_job_that_is_folded_twice_counts_once():
    once = folded(job(1, ada=worker()))
    assert once.fold(job(1, ada=worker())) == once
    assert once.known()["ada"] == Known(
        jobs=1, answers=10, gold=Gold(answers=2, right=1), last=1_001.0, counts=((0, 0, 8.0), (0, 1, 2.0))
    )


def test_a_job_that_is_consolidated_anew_replaces_its_own_part_in_its_own_place():
    record = folded(job(1, ada=worker(), bo=worker()), job(2, ada=worker()), job(1, ada=worker(right=1, wrong=9)))
    assert [part.job for part in record.jobs] == ["pier-1", "pier-2"]
    assert set(record.known()) == {"ada"}
    assert record.known()["ada"].counts == ((0, 0, FORGETTING * 1 + 8), (0, 1, FORGETTING * 9 + 2))


def test_what_a_worker_showed_fades_with_the_jobs_that_they_took_part_in():
    record = folded(job(1, ada=worker(), bo=worker()), job(2, ada=worker()), job(3, ada=worker()))
    faded = 8 * (1 + FORGETTING + FORGETTING**2)
    assert record.known()["ada"].counts[0] == (0, 0, pytest.approx(faded))
    assert record.known()["bo"].counts[0] == (0, 0, 8.0)
    assert record.known()["ada"].jobs == 3
    assert record.known()["ada"].gold == Gold(answers=6, right=3)


def test_jobs_of_long_ago_are_added_up_and_count_as_they_did():
    parts = [job(number, ada=worker(right=number)) for number in range(1, LATEST_JOBS + 4)]
    record = folded(*parts)
    assert len(record.jobs) == LATEST_JOBS
    assert record.older_jobs == ("pier-1", "pier-2", "pier-3")
    expected = sum(part.workers["ada"].counts[0][2] * FORGETTING**age for age, part in enumerate(reversed(parts)))
    assert record.known()["ada"].counts[0] == (0, 0, pytest.approx(expected))
    assert record.known()["ada"].jobs == len(parts)


def test_a_job_of_long_ago_is_neither_replaced_nor_counted_again():
    record = folded(*(job(number, ada=worker()) for number in range(1, LATEST_JOBS + 2)))
    assert record.fold(job(1, ada=worker(right=0, wrong=10))) == record


def test_a_job_that_shows_nothing_leaves_nothing():
    assert EMPTY.fold(job(1)) == EMPTY
    assert folded(job(1, ada=worker()), job(1)).known() == {}


def test_a_worker_is_forgotten_in_every_part():
    record = folded(*(job(number, ada=worker(), bo=worker()) for number in range(1, LATEST_JOBS + 3)))
    assert record.names("ada")
    less = record.without("ada")
    assert not less.names("ada")
    assert less.known()["bo"] == record.known()["bo"]


def test_the_record_is_read_as_it_was_written():
    record = folded(*(job(number, ada=worker()) for number in range(1, LATEST_JOBS + 3)))
    assert TeamRecord.model_validate_json(record.model_dump_json()) == record


def test_labels_are_compared_by_name_in_any_order():
    assert label_set_name(("net", "boat")) == label_set_name(("boat", "net"))
    assert label_set_name(("net", "boat")) != label_set_name(("net", "boats"))
    assert places_in_record(("net", "boat", "buoy")) == [2, 0, 1]
    assert places_in_job(("net", "boat", "buoy")) == [1, 2, 0]


def test_a_prior_is_in_the_labels_of_the_job_and_fades_once_more():
    assert prior_counts(known(((0, 0, 10.0), (1, 1, 20.0), (1, 0, 1.0))), [1, 0]) == (
        (0, 0, 18.0),
        (0, 1, 0.9),
        (1, 1, 9.0),
    )


def test_a_prior_is_worth_some_answers_at_most():
    counts = prior_counts(known(((0, 0, 9_000.0), (0, 1, 1_000.0))), [0, 1])
    assert counts == ((0, 0, 0.9 * MOST_ANSWERS), (0, 1, 0.1 * MOST_ANSWERS))


def test_who_was_wrong_more_often_than_chance_has_no_say_but_is_not_turned_around():
    counts = prior_counts(known(((0, 0, 2.0), (0, 1, 8.0), (1, 0, 8.0), (1, 1, 2.0))), [0, 1])
    assert [count for *_, count in counts] == [pytest.approx(4.5)] * 4


def test_who_always_says_the_same_stays_that():
    always = ((0, 0, 10.0), (1, 0, 10.0))
    assert prior_counts(known(always), [0, 1]) == ((0, 0, 9.0), (1, 0, 9.0))


def test_quality_is_how_often_a_worker_is_right_over_the_labels_that_come_up():
    ada = known(((0, 0, 30.0), (1, 0, 5.0), (1, 1, 5.0)))
    shares = label_shares([ada])
    assert shares == {0: 0.75, 1: 0.25}
    found = known_quality(ada, shares)
    expected = 0.75 * (30 + 2.8) / (30 + 4) + 0.25 * (5 + 2.8) / (10 + 4)
    assert found is not None
    assert found.value == pytest.approx(expected, abs=1e-4)
    assert found.interval[0] < 35 / 40 < found.interval[1]


@pytest.mark.parametrize(
    ("counts", "score"),
    [
        (((0, 0, 9.0), (1, 1, 9.0), (2, 2, 9.0)), 1.0),
        (((0, 1, 9.0), (1, 1, 9.0), (2, 1, 9.0)), 0.0),
        (((0, 0, 6.0), (0, 1, 3.0), (1, 0, 6.0), (1, 1, 3.0)), 0.0),
        (((0, 1, 9.0), (1, 0, 9.0)), 1.0),
        (((0, 0, 9.0),), None),
        ((), None),
    ],
)
def test_the_spammer_score_tells_whether_answers_depend_on_the_truth(counts, score):
    assert spammer_score(counts) == score


def test_each_answer_is_judged_by_how_sure_the_label_is():
    tally = TeamTally()
    tally.add(judged(0, {"ada": 0, "bo": 0, "cy": 1}, 0, 0.77))
    parts = tally.parts([1, 0])
    assert parts["ada"].counts == ((0, 1, 0.2), (1, 1, 0.8))
    assert parts["cy"].counts == ((0, 0, 0.2), (1, 0, 0.8))
    assert parts["ada"].answers == 1


def test_the_only_answer_to_an_object_shows_nothing_of_whoever_gave_it():
    tally = TeamTally()
    tally.add(judged(0, {"ada": 0}, 0, 0.95))
    tally.add(judged(1, {"ada": 0, "bo": None}, 0, 0.95))
    tally.add(judged(2, {"ada": 0, "bo": 1}))
    assert tally.parts([0, 1]) == {}


def test_a_gold_object_tells_for_certain_even_of_one_answer():
    tally = TeamTally()
    tally.add(judged(0, {"ada": 0}, 0, 0.95, gold=1))
    tally.add(judged(1, {"ada": 1}, 1, 0.95, gold=1))
    assert tally.parts([0, 1]) == {
        "ada": WorkerPart(answers=2, gold=Gold(answers=2, right=1), counts=((1, 0, 1.0), (1, 1, 1.0)))
    }

"""A job that asks few people about easy data objects and more about disputed ones, through every stage."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from groundwork.consolidation.exclusion import exclude
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.task_dispatch.desk import Hand
from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject
from groundwork.task_dispatch.stop import stop

from tests.aws.account import Account, Clock
from tests.aws.desks import at_once, given
from tests.aws.labeling import Labeling, label, pictures
from tests.formats.jobs import image_job

WORKERS = ("ada", "bo", "cy", "dee", "eve")
LABELS = ("boat", "buoy", "net", "crane", "gull")
MOST = 5
OBJECTS = 12
DISPUTED = {3, 7}
Choose = Callable[[QueuedObject, str], dict[str, Any] | None]


def say(item: QueuedObject, worker: str) -> dict[str, Any]:
    """Agree on all objects but the disputed ones, of which everybody says something else."""
    return label(LABELS[WORKERS.index(worker) if item.object_id in DISPUTED else item.object_id % 5])


def begun(account: Account, clock: Clock, least: int = 2, target: float = 0.85, **changes: Any) -> Labeling:
    rule = AdaptiveRedundancy(min_workers=least, target_confidence=target)
    job = image_job(adaptive=rule, labels=LABELS, workers_per_object=MOST, task_availability=7_200, **changes)
    labeling = Labeling.begin(account, clock, job, pictures(OBJECTS))
    labeling.start()
    return labeling


def stored(labeling: Labeling) -> dict[int, int]:
    """How many answers to each object lie in S3."""
    found: dict[int, int] = {}
    for key in labeling.account.store.keys(labeling.at().paths.answers_prefix):
        object_id = int(key.split("/")[-2])
        found[object_id] = found.get(object_id, 0) + 1
    return found


def lose_the_queue(labeling: Labeling) -> None:
    account = labeling.account
    account.restore_table([item for item in account.items() if item["sk"]["S"] == "JOB"])


def test_easy_objects_get_two_answers_and_disputed_ones_the_most(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    labeling.run(WORKERS, say)
    assert stored(labeling) == {number: MOST if number in DISPUTED else 2 for number in range(OBJECTS)}
    lines = labeling.output()
    assert [line["kind"] for number, line in enumerate(lines) if number not in DISPUTED] == [
        number % 5 for number in range(OBJECTS) if number not in DISPUTED
    ]
    assert all("kind" in line and "answers-missing" not in line["kind-metadata"] for line in lines)
    assert labeling.window().ready == labeling.window().done == OBJECTS


def test_a_high_target_asks_everybody(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, target=0.999999)
    labeling.run(WORKERS, say)
    assert set(stored(labeling).values()) == {MOST}


def test_one_answer_is_enough_only_once_workers_are_known(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, least=1, target=0.6)
    labeling.work(WORKERS[:2], say)
    assert {number: count for number, count in stored(labeling).items() if number not in DISPUTED} == dict.fromkeys(
        set(range(OBJECTS)) - DISPUTED, 2
    )


def test_the_estimate_of_a_round_counts_votes_on_objects_that_are_still_open(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    labeling.work(WORKERS[:3], say)
    open_answers = sum(len(item.answered_by) for item in labeling.items() if item.status is ObjectStatus.OPEN)
    assert open_answers == 3 * len(DISPUTED)
    clock.forward(600)
    assert labeling.turn()
    estimate = account.store.read_json(labeling.at().paths.worker_quality)
    assert estimate["objects"] == OBJECTS
    assert sum(answers for _, answers in estimate["accuracy"].values()) == sum(stored(labeling).values())


def test_at_the_end_each_vote_counts_once(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    labeling.work(WORKERS[:3], say)
    clock.forward(600)
    assert labeling.turn()
    labeling.run(WORKERS, say)
    estimate = account.store.read_json(labeling.at().paths.worker_quality)
    assert sum(answers for _, answers in estimate["accuracy"].values()) == sum(stored(labeling).values())


def test_a_fixed_job_keeps_no_votes_in_the_queue(account: Account, clock: Clock) -> None:
    labeling = Labeling.begin(account, clock, image_job(workers_per_object=2), pictures(2))
    labeling.start()
    labeling.work(WORKERS[:1], say)
    assert [item.votes for item in labeling.items()] == [{}, {}]


def test_the_votes_of_workers_who_are_left_out_make_nothing_sure(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    exclude(labeling.at(), ("ada",))
    labeling.work(WORKERS, say)
    assert {count for number, count in stored(labeling).items() if number not in DISPUTED} == {2, 3}
    for item in labeling.items():
        assert item.object_id in DISPUTED or len(set(item.answered_by) - {"ada"}) == 2


@pytest.mark.parametrize(("second", "then"), [("boat", (ObjectStatus.READY, 2)), ("net", (ObjectStatus.OPEN, 3))])
def test_two_workers_who_answer_at_the_same_moment_are_one_decision(
    account: Account, clock: Clock, second: str, then: tuple[ObjectStatus, int]
) -> None:
    labeling = begun(account, clock)
    one = given(labeling.desk().next_task("ada", "", show=True))
    other = given(labeling.desk().take("bo", one.item.entry, show=True))
    done = at_once(
        lambda: labeling.submit("ada", one, label("boat")),
        lambda: labeling.submit("bo", other, label(second)),
    )
    assert done == [None, None]
    item = labeling.items()[one.item.entry]
    assert item.votes == {"ada": LABELS.index("boat"), "bo": LABELS.index(second)}
    assert (item.status, item.required) == then
    assert labeling.window().ready == (then[0] is ObjectStatus.READY)


def test_a_double_click_asks_for_one_more_answer_once(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    first = given(labeling.desk().next_task("ada", "", show=True))
    second = given(labeling.desk().take("bo", first.item.entry, show=True))
    labeling.submit("ada", first, label("boat"))
    assert at_once(*[lambda: labeling.submit("bo", second, label("net"))] * 2) == [None, None]
    assert labeling.items()[first.item.entry].required == 3
    assert stored(labeling) == {first.item.object_id: 2}


def test_an_object_whose_time_ends_is_labeled_by_what_it_has(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    labeling.work(WORKERS[:2], say)
    clock.forward(7_201)
    while labeling.turn():
        pass
    metadata = [line["kind-metadata"] for line in labeling.output()]
    assert [number for number, one in enumerate(metadata) if "answers-missing" in one] == sorted(DISPUTED)
    assert {metadata[number]["answers-missing"] for number in DISPUTED} == {1}


def test_a_stopped_job_labels_what_has_an_answer(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    labeling.work(WORKERS[:2], say, most=10)
    some: Any = labeling.machine
    assert stop(labeling.at(), some)
    while labeling.turn():
        pass
    labeled = [number for number, line in enumerate(labeling.output()) if "kind" in line]
    assert labeled == sorted(stored(labeling))


def sound(labeling: Labeling) -> None:
    """Finish the job; nobody is asked twice, and the answers are as many as without the crash."""
    before = {item.object_id: set(item.answered_by) for item in labeling.items()}

    def choose(item: QueuedObject, worker: str) -> dict[str, Any]:
        assert worker not in before.get(item.object_id, set())
        return say(item, worker)

    labeling.run(WORKERS, choose)
    assert stored(labeling) == {number: MOST if number in DISPUTED else 2 for number in range(OBJECTS)}
    assert all("kind" in line for line in labeling.output())


@pytest.mark.parametrize("most", [3, 11, 22, 26])
def test_a_queue_that_was_lost_asks_for_as_many_answers_as_before(account: Account, clock: Clock, most: int) -> None:
    labeling = begun(account, clock)
    labeling.work(WORKERS, say, most=most)
    before = {item.entry: (item.status, item.required, item.votes) for item in labeling.items()}
    lose_the_queue(labeling)
    labeling.prepare(rebuild=True)
    assert {item.entry: (item.status, item.required, item.votes) for item in labeling.items()} == before
    assert labeling.turn()
    sound(labeling)


def test_a_queue_that_was_lost_after_a_round_keeps_labels_and_every_answer(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    labeling.work(WORKERS[:3], say)
    clock.forward(600)
    assert labeling.turn()
    answered = {item.object_id: item.answered_by for item in labeling.items()}
    lose_the_queue(labeling)
    labeling.execution(2)
    labeling.prepare(rebuild=True)
    assert {item.object_id: item.answered_by for item in labeling.items()} == answered
    assert {item.object_id for item in labeling.items() if item.status is ObjectStatus.DONE} == (
        set(range(OBJECTS)) - DISPUTED
    )
    assert labeling.turn()
    sound(labeling)


def test_a_table_that_lost_its_last_writes_gets_the_votes_from_s3(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    labeling.work(WORKERS, say, most=4)
    old = account.items()
    labeling.work(WORKERS, say, most=9)
    now = {item.entry: (item.status, item.required, item.votes) for item in labeling.items()}
    account.restore_table(old)
    labeling.prepare(rebuild=True)
    assert {item.entry: (item.status, item.required, item.votes) for item in labeling.items()} == now


def test_an_answer_whose_call_died_is_weighed_when_the_queue_is_rebuilt(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    first = given(labeling.desk().next_task("ada", "", show=True))
    labeling.submit("ada", first, label("boat"))
    dead = given(labeling.desk().take("bo", first.item.entry, show=True))
    at = labeling.at()
    document = json.loads(at.store.read(at.paths.answer(first.item.object_id, "ada")))
    at.store.write_json(at.paths.answer(dead.item.object_id, "bo"), {**document, "workerId": "bo"})
    labeling.prepare(rebuild=True)
    assert labeling.items()[first.item.entry].status is ObjectStatus.READY


def test_a_hand_may_still_be_open_when_the_others_are_enough(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock)
    late: Hand = given(labeling.desk().next_task("eve", "", show=True))
    clock.forward(301)
    labeling.work(("ada", "bo"), say, most=4)
    assert labeling.items()[late.item.entry].status is ObjectStatus.READY

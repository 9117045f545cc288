"""The waiting stage is woken for everything that is due, also when others act at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from groundwork.aws.labeling_machine import LabelingMachine
from groundwork.aws.queue import Queue
from groundwork.aws.wake_schedule import WakeSchedule
from groundwork.manifest_output import finish as finish_module
from groundwork.manifest_output.finish import publish_progress
from groundwork.manifest_output.publish import Tally, publish
from groundwork.select_batch.select import LOOPS, select
from groundwork.select_batch.stopping import LONGEST_SECONDS
from groundwork.task_dispatch.dispatch import dispatch, sweep
from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject
from groundwork.task_dispatch.stop import stop
from groundwork.task_dispatch.window import WakeReason

from tests.aws.account import Account, Clock, FakeMachine
from tests.aws.labeling import ROLE, Labeling, label, pictures
from tests.formats.jobs import image_job


def started(account: Account, clock: Clock, objects: int = 3, **changes: Any) -> Labeling:
    settings = {"workers_per_object": 1, "task_availability": 7_200, **changes}
    labeling = Labeling.begin(account, clock, image_job(**settings), pictures(objects))
    labeling.start()
    return labeling


def stop_it(labeling: Labeling) -> bool:
    return stop(labeling.at(), cast("LabelingMachine", labeling.machine))


def test_dispatch_keeps_the_token_and_sets_the_clock(account: Account, clock: Clock) -> None:
    labeling = started(account, clock)
    window = labeling.window()
    assert (window.queued, window.opened, window.token) == (3, 3, "token-1")
    assert window.next_sweep_at == clock() + 7_200
    assert labeling.machine.woken == []
    assert labeling.schedule.moments == {"pier-kind": window.next_look(clock())}


def test_a_submission_between_the_last_look_and_the_token_wakes_the_machine_at_once(
    account: Account, clock: Clock
) -> None:
    labeling = started(account, clock, 1)
    labeling.work(("ada",), lambda item, worker: label("net"))
    labeling.machine.woken.clear()
    done = labeling.dispatch()
    assert done.reason is WakeReason.COMPLETE
    assert labeling.machine.woken == [(labeling.window().token, "complete")]


def test_the_last_answer_wakes_the_machine(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 2)
    labeling.work(("ada",), lambda item, worker: label("net"), most=1)
    assert labeling.machine.woken == []
    labeling.work(("ada",), lambda item, worker: label("net"), most=1)
    assert labeling.machine.woken == [("token-1", "complete")]


def test_dispatching_again_opens_nothing_twice(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 5, max_concurrent=2)
    assert labeling.dispatch().opened == 0
    assert labeling.window().opened == 2


class Lagging:
    """A queue whose index does not show any open object yet."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queue, name)

    def open_items(self) -> Iterator[QueuedObject]:
        return iter(())


def test_an_object_the_index_does_not_show_yet_is_looked_for_again_soon(account: Account, clock: Clock) -> None:
    labeling = started(account, clock)
    clock.forward(7_200)
    lagging: Any = Lagging(labeling.at().queue)
    sweep(replace(labeling.at(), queue=lagging))
    next_sweep = labeling.window().next_sweep_at
    assert next_sweep is not None
    assert clock() < next_sweep <= clock() + 60
    clock.moment = next_sweep
    assert labeling.window().wake_reason(clock()) is WakeReason.TICK
    assert sweep(labeling.at()) == 3


def test_lifetimes_are_watched_when_it_was_a_worker_who_opened_the_window(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 2)
    labeling.at().queue.set_window(next_sweep_at=None)
    labeling.dispatch()
    assert labeling.window().next_sweep_at == clock() + 7_200


def test_stopping_wakes_the_machine_that_began_to_wait_a_moment_ago(account: Account, clock: Clock) -> None:
    labeling = started(account, clock)
    assert labeling.desk().next_task("ada", "", show=True)
    at = labeling.at()

    class Dispatching:
        """The queue, in which dispatch stores a new token just before the stop is written."""

        def __getattr__(self, name: str) -> Any:
            return getattr(at.queue, name)

        def set_window(self, **values: Any) -> None:
            at.queue.set_window(token="newest")
            at.queue.set_window(**values)

    queue: Any = Dispatching()
    assert stop(replace(at, queue=queue), cast("LabelingMachine", labeling.machine))
    assert labeling.machine.woken == [("newest", "stop")]


def test_a_stop_that_comes_while_dispatch_runs_is_seen_by_its_last_look(account: Account, clock: Clock) -> None:
    labeling = started(account, clock)
    assert labeling.desk().next_task("ada", "", show=True)

    class Gone(FakeMachine):
        def wake(self, token: str, reason: str) -> bool:
            return False

    assert stop(labeling.at(), cast("LabelingMachine", Gone()))
    assert labeling.window().wake_reason(clock()) is WakeReason.TICK


def test_a_stop_that_comes_while_open_objects_are_looked_through_is_not_forgotten(
    account: Account, clock: Clock
) -> None:
    labeling = started(account, clock)
    labeling.at().queue.set_window(next_sweep_at=clock())
    at = labeling.at()

    class Swept:
        """The queue, in which the stop comes between the sweep's first look and its last write."""

        def __getattr__(self, name: str) -> Any:
            return getattr(at.queue, name)

        def open_items(self) -> Iterator[QueuedObject]:
            items = list(at.queue.open_items())
            at.queue.set_window(stop_deadline=clock() + 900, next_sweep_at=clock())
            return iter(items)

    queue: Any = Swept()
    machine, schedule = cast("LabelingMachine", labeling.machine), cast("WakeSchedule", labeling.schedule)
    assert dispatch(replace(at, queue=queue), machine, schedule, "token-9").reason is WakeReason.STOP
    assert labeling.machine.woken[-1] == ("token-9", "stop")


def test_a_job_that_is_stopped_while_its_progress_is_published_stays_stopping(
    account: Account, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    labeling = started(account, clock)
    at = labeling.at()

    def slow_publish(job: Any) -> Tally:
        assert stop_it(labeling)
        return publish(job)

    monkeypatch.setattr(finish_module, "publish", slow_publish)
    publish_progress(at)
    assert account.jobs.get("pier-kind").status == "Stopping"


def test_objects_close_at_the_end_of_the_grace_period(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, task_time_limit=3_600)
    hand = labeling.desk().next_task("ada", "", show=True)
    assert hand is not None
    assert stop_it(labeling)
    labeling.dispatch()
    assert [item.status for item in labeling.items()].count(ObjectStatus.OPEN) == 1
    deadline = clock() + 900
    assert labeling.items()[hand.item.entry].slots["ada"].until == deadline
    assert labeling.window().next_sweep_at == deadline
    clock.moment = deadline
    assert labeling.dispatch().reason is WakeReason.STOP


def test_an_index_that_still_shows_done_objects_hides_no_ready_one(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 4, max_concurrent=4)
    labeling.work(("ada",), lambda item, worker: label("net"), most=2)
    clock.forward(600)
    labeling.turn()
    done = [item.entry for item in labeling.items() if item.status is ObjectStatus.DONE]
    labeling.work(("ada",), lambda item, worker: label("net"))

    class Behind:
        def __getattr__(self, name: str) -> Any:
            return getattr(labeling.account.queue("pier-kind"), name)

        def ready_entries(self) -> list[int]:
            return done

    queue: Any = Behind()
    selection = select(replace(labeling.at(), queue=queue), labeling.loop, ROLE, sleep=lambda _: None)
    labeling.consolidate(selection)
    labeling.finish()
    assert all("kind" in line for line in labeling.output())


def test_a_job_closes_after_thirty_days_and_labels_what_is_answered(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, workers_per_object=2, task_availability=LONGEST_SECONDS)
    labeling.work(("ada",), lambda item, worker: label("net"), most=1)
    clock.forward(LONGEST_SECONDS - 1_000)
    assert not labeling.window().stopping
    hand = labeling.desk().next_task("bob", "", show=True)
    assert hand is not None
    clock.forward(1_001)
    selection = labeling.select()
    assert (selection.finished, selection.plan, selection.shards) == (False, None, ())
    assert labeling.dispatch().reason is WakeReason.STOP
    assert labeling.desk().next_task("bob", "", show=True) is None
    selection = labeling.select()
    assert selection.finished
    labeling.consolidate(selection)
    labeling.finish()
    assert ["kind" in line for line in labeling.output()] == [True, False, False]


def test_a_long_job_goes_on_in_a_new_execution(account: Account, clock: Clock) -> None:
    labeling = started(account, clock)
    labeling.loop = 400
    assert labeling.select().rotate


def test_a_job_that_has_labels_to_give_in_every_round_goes_on_in_a_new_execution_too(
    account: Account, clock: Clock
) -> None:
    labeling = started(account, clock)
    labeling.work(("ada",), lambda item, worker: label("net"), most=1)
    clock.forward(600)
    labeling.loop = LOOPS
    selection = labeling.select()
    assert (selection.rotate, selection.plan) == (True, None)
    labeling.execution(2)
    labeling.prepare()
    assert labeling.select().plan == "0002-00000"

"""Random actions of several workers with a moving clock keep the promises of a data object.

Once with as many answers as the job says, and once with one to three, of which a pair that agrees is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from groundwork.task_dispatch import slots
from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject, SlotState, TaskConflictError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.unit.task_dispatch.objects import LIFETIME, NOW, opened

WORKERS = ("ada", "bo", "cy", "dee")
WORKER = st.sampled_from(WORKERS)
LIMIT = 120.0
CALL_SECONDS = 29.0
"""A portal call ends after this time: an answer lands by then or never."""


class OneObject(RuleBasedStateMachine):
    """One data object that asks for two answers; `landed` are the answers workers were told of."""

    def __init__(self) -> None:
        super().__init__()
        self.item: QueuedObject = self.begin()
        self.now = NOW
        self.tokens: dict[str, str] = {}
        self.calls: list[tuple[str, float]] = []
        self.landed: set[str] = set()
        self.deadline: float | None = None
        self.given = 0

    @staticmethod
    def begin() -> QueuedObject:
        return opened(required=2)

    @staticmethod
    def enough(votes: Mapping[str, Any]) -> bool:
        return True

    def _do(self, change: Callable[[QueuedObject], QueuedObject]) -> bool:
        try:
            after = change(self.item)
        except TaskConflictError:
            return False
        assert after is self.item or after.version > self.item.version
        if after.status is ObjectStatus.READY and self.item.status is ObjectStatus.OPEN:
            self._may_be_ready(after)
        self.item = after
        return True

    def _may_be_ready(self, item: QueuedObject) -> None:
        assert (
            item.count(SlotState.ANSWERED) >= item.required
            or item.count(SlotState.DECLINED) >= item.largest
            or not item.accepts(self.now)
        )
        assert not any(slot.state is SlotState.CLAIMED and slot.holds(self.now) for slot in item.slots.values())

    def _new_token(self, worker: str) -> str:
        self.given += 1
        return f"{worker}-{self.given}"

    @rule(worker=WORKER, show=st.booleans())
    def take(self, worker: str, show: bool) -> None:
        token = self._new_token(worker)
        take = slots.lease if show else slots.reserve
        if self._do(lambda item: take(item, worker, token, self.now, LIMIT)):
            assert worker not in self.landed
            self.tokens[worker] = token

    @rule(worker=WORKER)
    def show(self, worker: str) -> None:
        self._do(lambda item: slots.show(item, worker, self.tokens.get(worker, ""), self.now, LIMIT))

    @rule(worker=WORKER)
    def begin_to_submit(self, worker: str) -> None:
        token = self.tokens.get(worker, "")
        if self._do(lambda item: slots.claim(item, worker, token, self.now)):
            self.calls.append((worker, self.now))

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), dies=st.booleans())
    def end_of_a_call(self, data: st.DataObject, dies: bool) -> None:
        worker, begun = self.calls.pop(data.draw(st.integers(0, len(self.calls) - 1)))
        if dies or self.now - begun > CALL_SECONDS:
            return
        assert self._do(lambda item: slots.answer(item, worker, self.now, worker < "bz", self.enough))
        self.landed.add(worker)

    @rule(worker=WORKER)
    def decline(self, worker: str) -> None:
        token = self.tokens.get(worker, "")
        self._do(lambda item: slots.decline(item, worker, token, self.now, "blurred"))

    @rule(worker=WORKER)
    def skip(self, worker: str) -> None:
        self._do(lambda item: slots.skip(item, worker, self.tokens.get(worker, ""), self.now))

    @rule(seconds=st.sampled_from((1.0, 20.0, 31.0, LIMIT, LIFETIME / 3)))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def sweep(self) -> None:
        deadline = self.deadline
        if deadline is None:
            self._do(lambda item: slots.expire(item, self.now))
        else:
            self._do(lambda item: slots.close(item, self.now, deadline))

    @precondition(lambda self: self.deadline is None)
    @rule()
    def stop(self) -> None:
        self.deadline = self.now + 60

    @invariant()
    def no_more_answers_than_asked_for(self) -> None:
        assert self.item.count(SlotState.ANSWERED) <= self.item.required

    @invariant()
    def no_more_workers_than_slots(self) -> None:
        assert self.item.status is not ObjectStatus.OPEN or self.item.free(self.now) >= 0

    @invariant()
    def every_answer_is_counted_and_nothing_else_is(self) -> None:
        assert set(self.item.answered_by) == self.landed

    @invariant()
    def an_open_object_can_be_found_in_the_index(self) -> None:
        assert (self.item.available_at is not None) == (self.item.status is ObjectStatus.OPEN)


class OneAdaptiveObject(OneObject):
    """One data object that asks for one answer, and for up to three while no two of them agree."""

    @staticmethod
    def begin() -> QueuedObject:
        return replace(opened(required=1), most=3)

    @staticmethod
    def enough(votes: Mapping[str, Any]) -> bool:
        return any(list(votes.values()).count(vote) >= 2 for vote in votes.values())

    @invariant()
    def it_asks_for_one_more_only_while_nothing_is_sure(self) -> None:
        answers = self.item.count(SlotState.ANSWERED)
        assert 1 <= self.item.required <= 3
        assert self.item.required <= answers + 1
        if self.enough(self.item.votes):
            assert self.item.status is ObjectStatus.READY


OneObject.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None, derandomize=True)
test_random_actions_keep_the_promises_of_a_data_object = OneObject.TestCase
OneAdaptiveObject.TestCase.settings = OneObject.TestCase.settings
test_random_actions_keep_the_promises_where_redundancy_is_adaptive = OneAdaptiveObject.TestCase

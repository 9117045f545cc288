"""A labeling job with adaptive redundancy, replayed on answers that people once gave."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.single_label_sureness import SINGLE_LABEL_SURENESS
from groundwork.consolidation.vote_table import Indices, VoteTable
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.task_dispatch.enough import Enough
from groundwork.task_dispatch.redundancy import first_answers, sure_enough
from groundwork.task_dispatch.window import FIRST_READY_OBJECTS, Window
from groundwork.task_types.task_type import DEFAULT_ALGORITHM, Json

from local.bench.vote_data import VoteData

MOST = 9
"""Answers to a task that a request may ask for."""
LEAST = 3
"""Tasks with fewer answers are left out."""
OPEN = 1_000
"""Tasks open to workers at a time: the default of `MaxConcurrentTaskCount`."""
AT_WORK = 10
"""People at work at the same time: whose answer comes next is decided by lot, among the tasks at the head."""

Answers = Sequence[Sequence[int]]
"""Of each task, the rows of its answers in the order in which they come."""


def shuffled(data: VoteData, seed: int) -> Answers:
    """Put the tasks, and the answers to each of them, in an order by lot."""
    source = random.Random(seed)
    rows: dict[int, list[int]] = {}
    for row, task in enumerate(data.task_of.tolist()):
        rows.setdefault(task, []).append(row)
    tasks = [found for found in rows.values() if len(found) >= LEAST]
    source.shuffle(tasks)
    for found in tasks:
        source.shuffle(found)
    return [found[:MOST] for found in tasks]


def spread(answers: Answers, count: int, seed: int) -> list[int]:
    """Take so many answers, as evenly over the tasks as can be: fixed redundancy at that cost."""
    source, taken = random.Random(seed), list[int]()
    for place in range(MOST):
        level = [found[place] for found in answers if len(found) > place]
        left = count - len(taken)
        taken += level if len(level) <= left else source.sample(level, left)
    return taken


def votes_of(data: VoteData, rows: Sequence[int]) -> VoteTable:
    """Arrange some of the answers for the algorithms."""
    chosen: Indices = np.array(sorted(rows))
    present, numbers = np.unique(data.worker_of[chosen], return_inverse=True)
    names = tuple(data.workers[worker] for worker in present)
    return VoteTable.from_columns(data.task_of[chosen], numbers, data.label_of[chosen], names, labels=data.labels)


@dataclass(slots=True)
class AdaptiveRun:
    """The queue of one job: tasks in the order of their answers, rounds of estimation as the pipeline has them."""

    data: VoteData
    answers: Answers
    rule: AdaptiveRedundancy
    source: random.Random
    used: list[int] = field(default_factory=list)
    rounds: int = 0
    given: list[int] = field(default_factory=list)
    required: list[int] = field(default_factory=list)
    line: deque[int] = field(default_factory=deque)

    def run(self) -> list[int]:
        """Ask people until every task has answers enough; the rows of the answers they gave."""
        window = Window(max_concurrent=OPEN, first_round=FIRST_READY_OBJECTS)
        enough = self._rule(None)
        opened = ready = 0
        while ready < len(self.answers):
            while opened < len(self.answers) and opened - ready < OPEN:
                self._open(opened)
                opened += 1
            ready += self._answer(enough)
            if ready - window.done >= window.round_objects:
                window = replace(window, done=ready)
                self.rounds += 1
                estimate = CROWD_ESTIMATES[DEFAULT_ALGORITHM].of(votes_of(self.data, self.used), self.data.labels)
                enough = self._rule(estimate.to_json())
        return self.used

    def _open(self, task: int) -> None:
        self.given.append(0)
        self.required.append(first_answers(self.rule, len(self.answers[task]), task))
        self.line.append(task)

    def _answer(self, enough: Enough) -> bool:
        """Give one answer; tells whether its task is ready."""
        place = self.source.randrange(min(AT_WORK, len(self.line)))
        task = self.line[place]
        rows = self.answers[task]
        self.used.append(rows[self.given[task]])
        self.given[task] += 1
        if self.given[task] < self.required[task]:
            return False
        del self.line[place]
        if self.given[task] == len(rows) or enough(self._votes(rows[: self.given[task]])):
            return True
        self.required[task] += 1
        self.line.append(task)
        return False

    def _votes(self, rows: Sequence[int]) -> dict[str, int]:
        data = self.data
        return {data.workers[data.worker_of[row]]: int(data.label_of[row]) for row in rows}

    def _rule(self, estimate: Json | None) -> Enough:
        return sure_enough(self.rule, SINGLE_LABEL_SURENESS[DEFAULT_ALGORITHM], estimate, self.data.labels)

"""The loop of automated data labeling as Ground Truth documents it, to measure ours against.

A training set and one validation set are labeled first. Each round trains a logistic regression, takes the lowest
confidence at which the validation set's mean quality reaches the target, labels what is above for good, and asks people
for the unsure ones. It sees the same representation of the data as our loop does.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
from groundwork.active_learning.arrays import Bools, Floats, Indices
from groundwork.active_learning.representation import leading
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from local.bench.class_data import ClassData
from local.bench.simulated_job import Outcome

AT_ONCE = 200
"""Objects that people are asked for in a round: the published demonstrations' `MaxConcurrentTaskCount`."""
LABELS_A_CLASS = 20
LARGE = 5_000
LEAST_ABOVE = 30
"""Validation objects above a threshold, at least."""
AT_RANDOM = 0.2
IDLE_ROUNDS = 2
IDLE = 0.01


def plain_loop(data: ClassData, target: float, seed: int) -> Outcome:
    """Run all rounds of one job."""
    return _Job(data, target, seed).run()


class _Job:
    def __init__(self, data: ClassData, target: float, seed: int) -> None:
        self._data, self._target = data, target
        self._rows = leading(np.asarray(data.features.matrix), 512)
        self._lot = np.random.default_rng(seed)
        size = len(data.truth)
        held = math.ceil(size * (0.2 if size < LARGE else 0.1))
        learn = min(max(AT_ONCE, LABELS_A_CLASS * data.classes), size - held)
        order = self._lot.permutation(size)
        self._train, self._validation = order[:learn], order[learn : learn + held]
        self._open = np.sort(order[learn + held :])
        self._human, self._right, self._rounds = learn + held, 0, 0

    def run(self) -> Outcome:
        idle = 0
        while len(self._open) and idle < IDLE_ROUNDS:
            idle = idle + 1 if self._round() < IDLE else 0
        return Outcome(len(self._data.truth), self._human + len(self._open), self._right, self._rounds)

    def _round(self) -> float:
        """Label and ask; tell the share of the open objects that was labeled."""
        self._rounds += 1
        model = self._fitted()
        classes, probability = self._scores(model, self._open)
        above = probability.max(axis=1) >= self._threshold(model)
        self._right += int((classes == self._data.truth[self._open])[above].sum())
        share = float(above.mean())
        self._ask(self._open[~above], probability[~above])
        return share

    def _fitted(self) -> LogisticRegression:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
            model = LogisticRegression(C=100.0, tol=1e-3)
            return model.fit(self._rows[self._train], self._data.truth[self._train])

    def _threshold(self, model: LogisticRegression) -> float:
        """Find the lowest confidence with a sufficient mean; a point estimate on the whole validation set."""
        classes, probability = self._scores(model, self._validation)
        confidence = probability.max(axis=1)
        order = np.argsort(-confidence, kind="stable")
        right = (classes == self._data.truth[self._validation])[order]
        number = np.arange(1, len(order) + 1)
        enough: Bools = (np.cumsum(right) >= self._target * number - 1e-9) & (number >= LEAST_ABOVE)
        found = np.flatnonzero(enough)
        return float(confidence[order[found[-1]]]) if len(found) else math.inf

    def _scores(self, model: LogisticRegression, rows: Indices) -> tuple[Indices, Floats]:
        if not len(rows):
            return np.empty(0, np.int64), np.empty((0, len(model.classes_)))
        probability: Floats = model.predict_proba(self._rows[rows])
        return model.classes_[probability.argmax(axis=1)], probability

    def _ask(self, rest: Indices, probability: Floats) -> None:
        top = np.sort(probability, axis=1)
        order = np.argsort(top[:, -1] - top[:, -2], kind="stable") if len(rest) else np.empty(0, np.int64)
        count = min(AT_ONCE, len(rest))
        unsure = count - int(AT_RANDOM * count)
        chosen = np.concatenate([order[:unsure], self._lot.permutation(order[unsure:])[: count - unsure]])
        self._train = np.concatenate([self._train, rest[chosen]])
        self._human += count
        self._open = np.delete(rest, chosen)

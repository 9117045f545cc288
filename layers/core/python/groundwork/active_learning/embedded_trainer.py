"""The trainer inside a Lambda: logistic regression on the main directions of the data set, scored by cross-fitting.

All data objects are dealt to folds by lot. A fold's objects, held-out and open ones alike, are scored by the model that
learned from the other folds' labels. So no label is kept from learning, and a held-out object is treated by exactly the
function of its content that treats the open ones of its fold.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from scipy.special import log_softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from groundwork.active_learning.arrays import Floats, Indices
from groundwork.active_learning.lots import Lots, by_lot
from groundwork.active_learning.outside import best_weights, mixed, outside_logs
from groundwork.active_learning.pool import UNLABELED, OutsidePrediction, Pool
from groundwork.active_learning.representation import Reduced, leading, represent
from groundwork.active_learning.settings import Settings
from groundwork.active_learning.trainer import Scores

FOLDS = 5
LABELS_A_DIRECTION = 2.5
"""A model of few labels sees only the leading directions; the rest would be noise to it."""
COARSE = 4
"""A second model sees a fourth of the directions: the mean of both is steadier than either."""
WEIGHT_OF_LABELS = 100.0
"""`C` of the logistic regression, for rows of length 1."""
CLOSE = 1e-3
"""Slope of the loss at which the fit stops: ten times closer takes twice as long and predicts no better."""
MOST_STEPS = 100
UNLIKELY = float(np.log(1e-9))
"""Log probability of a class that nobody named yet, and the least of any."""


class EmbeddedTrainer:
    """Classifies; its representation of the data set is computed once when `pool.features` is not represented yet."""

    def score(self, pool: Pool, settings: Settings) -> Scores:
        """Train one model a fold and score its held-out and open objects."""
        if pool.features is None:
            raise ValueError("the embedded trainer learns from features; the pool has none")
        features = represent(pool.features)
        fold = _folds(np.asarray(features.lots), settings.seed)
        labeled = pool.labeled()
        views = _views(np.asarray(features.matrix, dtype=np.float32), len(labeled))
        scored = np.union1d(labeled, pool.open())
        logs = np.zeros((len(scored), settings.classes))
        for number in range(FOLDS):
            learn, look = labeled[fold[labeled] != number], fold[scored] == number
            if look.any():
                logs[look] = _log_probabilities(pool, views, learn, scored[look], settings.classes)
        if pool.outside is not None:
            logs = _with_outside(pool, pool.outside, logs, scored, fold[scored])
        confidence, classes = np.full(pool.size, np.nan), np.full(pool.size, -1)
        classes[scored], confidence[scored] = _surest(logs)
        quality = np.full(pool.size, np.nan)
        quality[labeled] = classes[labeled] == pool.labels[labeled]
        return Scores(confidence, quality, classes)


def models_of_folds(pool: Pool, settings: Settings) -> list[list[LogisticRegression]]:
    """Train again what `EmbeddedTrainer` scored with: for each fold the fine and the coarse model.

    Empty where the labels of people outside a fold are all of one class: there is no model then.
    """
    if pool.features is None:
        return []
    features = represent(pool.features)
    fold, labeled = _folds(np.asarray(features.lots), settings.seed), pool.labeled()
    views = _views(np.asarray(features.matrix, dtype=np.float32), len(labeled))
    parts = [labeled[fold[labeled] != number] for number in range(FOLDS)]
    return [
        [_trained(pool, rows, learn) for rows in views] if len(np.unique(pool.labels[learn])) > 1 else []
        for learn in parts
    ]


def _with_outside(pool: Pool, outside: OutsidePrediction, logs: Floats, scored: Indices, fold: Indices) -> Floats:
    """Mix each fold's scores with the other model's, by weights that the other folds' labels chose."""
    other = outside_logs(outside, scored, logs.shape[1])
    known = pool.labels[scored] != UNLABELED
    mixture = np.empty_like(logs)
    for number in range(FOLDS):
        here, learn = fold == number, known & (fold != number)
        weights = best_weights(logs[learn], other[learn], pool.labels[scored[learn]])
        mixture[here] = mixed(logs[here], other[here], weights)
    return mixture


def _folds(lots: Lots, seed: int) -> Indices:
    fold = np.empty(len(lots), dtype=np.int64)
    fold[by_lot(lots)] = np.random.default_rng([seed, 0]).permutation(len(lots)) % FOLDS
    return fold


def _views(reduced: Reduced, labels: int) -> Sequence[Reduced]:
    fine = int(np.clip(labels * (1 - 1 / FOLDS) / LABELS_A_DIRECTION, 16, 512))
    return [leading(reduced, directions) for directions in (fine, max(8, fine // COARSE))]


def _log_probabilities(pool: Pool, views: Sequence[Reduced], learn: Indices, look: Indices, classes: int) -> Floats:
    """Average the views' log probabilities, shape (objects to look at, classes)."""
    labels = pool.labels[learn]
    present = np.unique(labels)
    logs = np.full((len(look), classes), UNLIKELY)
    if len(present) < 2:
        logs[:, present] = 0
        return np.asarray(log_softmax(logs, axis=1))
    means = np.zeros((len(look), len(present)))
    for rows in views:
        model = _trained(pool, rows, learn)
        means += np.maximum(_log_softmax(model.decision_function(rows[look])), UNLIKELY) / len(views)
    logs[:, present] = log_softmax(means, axis=1)
    return logs


def _trained(pool: Pool, rows: Reduced, learn: Indices) -> LogisticRegression:
    trust = None if pool.trust is None else pool.trust[learn]
    model = LogisticRegression(C=WEIGHT_OF_LABELS, tol=CLOSE, max_iter=MOST_STEPS)
    with warnings.catch_warnings():
        # Stopped early it is a model all the same; held-out labels judge it. Few labels of many classes are usual.
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
        return model.fit(rows[learn], pool.labels[learn], sample_weight=trust)


def _log_softmax(odds: Floats) -> Floats:
    """Turn a model's log odds into log probabilities; of two classes it gives one column."""
    columns = odds if odds.ndim == 2 else np.stack([np.zeros(len(odds)), odds], axis=1)
    logs: Floats = log_softmax(columns.astype(np.float64), axis=1)
    return logs


def _surest(logs: Floats) -> tuple[Indices, Floats]:
    """Find the likeliest class, and its probability if only the second likeliest one were possible beside it."""
    if logs.shape[1] < 2:
        return np.zeros(len(logs), dtype=np.int64), np.ones(len(logs))
    second, top = np.partition(logs, -2, axis=1)[:, -2:].T
    return logs.argmax(axis=1), 1 / (1 + np.exp(second - top))

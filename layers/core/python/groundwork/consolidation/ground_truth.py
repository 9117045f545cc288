"""The consolidation of single labels that Ground Truth publishes, for whoever needs its very figures.

"Use the wisdom of crowds with Amazon SageMaker Ground Truth" describes it; spec: workflows §2.7 restates it and checks
it on the output of a real job. It is Dawid-Skene with two priors of the form P(a), which has a on the diagonal and
(1 - a) / (K - 1) beside it: the worker's own accuracy, worth as many answers as the worker gave, and 0.7, worth half as
many:

    C_j = N_j + P(a_j) n_j + P(0.7) n_j / 2, rows made to add up to 1

The published loop compares a likelihood that is always 0 and so ends after two rounds, whatever it was meant to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np

from groundwork.consolidation.dawid_skene import e_step
from groundwork.consolidation.vote_table import Floats, VoteTable

Vote = TypeVar("Vote")

CROWD_ACCURACY = 0.7
"""What a worker is taken for before the first round, and what the crowd is taken for in the second."""
CROWD_WEIGHT = 0.5
"""Answers that the crowd's accuracy is worth, for each answer of the worker."""
SMALLEST = 1e-9
"""Parameters stay so far away from 0 and 1, that their logarithms are finite."""
LARGEST_PART = 50
"""Objects that Ground Truth was seen to consolidate together, at most (spec: workflows §1.10)."""


def parts(votes: Iterable[tuple[int, str, Vote]]) -> Iterator[list[tuple[int, str, Vote]]]:
    """Cut the votes of a batch, in ascending order of object ids, into what Ground Truth would consolidate together."""
    by_object: dict[int, list[tuple[int, str, Vote]]] = {}
    for vote in votes:
        by_object.setdefault(vote[0], []).append(vote)
    ids = sorted(by_object)
    for first in range(0, len(ids), LARGEST_PART):
        yield [vote for object_id in ids[first : first + LARGEST_PART] for vote in by_object[object_id]]


def ground_truth(table: VoteTable, labels: int) -> Floats:
    """Weigh the votes of one part in two rounds; nothing is known about workers from elsewhere.

    Parameters
    ----------
    table : VoteTable
    labels : int
        K, at least 1. With one label it is certain.

    Returns
    -------
    Floats
        Probability of each label, shape (labels, objects).
    """
    if labels == 1:
        return np.ones((1, len(table.objects)))
    shares = np.full(labels, 1 / labels)
    first, _ = e_step(table, _log(_leaning(table, labels, np.full(len(table.workers), CROWD_ACCURACY))), shares)
    shares = first.sum(axis=1) / first.sum()
    second, _ = e_step(table, _m_step(table, first), np.clip(shares, SMALLEST, 1 - SMALLEST))
    return second


def _m_step(table: VoteTable, posterior: Floats) -> Floats:
    """Estimate log C_j[k,l] of each pair, shape (labels, pairs)."""
    labels = len(posterior)
    counts = np.stack([table.slots.to_pairs(row) for row in posterior])
    rows = np.stack([table.sum_by_worker(row) for row in counts])
    answers = rows.sum(axis=0)
    right = table.sum_by_worker(counts[table.pair_label, np.arange(len(table.pair_label))])
    own = _leaning(table, labels, right / answers)
    crowd = _leaning(table, labels, np.full(len(table.workers), CROWD_ACCURACY))
    given = answers[table.pair_worker]
    columns = counts + own * given + crowd * given * CROWD_WEIGHT
    return _log(columns / (rows + answers * (1 + CROWD_WEIGHT))[:, table.pair_worker])


def _leaning(table: VoteTable, labels: int, accuracy: Floats) -> Floats:
    """Columns of P(a) for each pair, with the accuracy of its worker, shape (labels, pairs)."""
    of_pair = accuracy[table.pair_worker]
    columns = np.tile((1 - of_pair) / (labels - 1), (labels, 1))
    columns[table.pair_label, np.arange(len(of_pair))] = of_pair
    return columns


def _log(parameters: Floats) -> Floats:
    logarithms: Floats = np.log(np.clip(parameters, SMALLEST, 1 - SMALLEST))
    return logarithms

"""Majority vote: every answer counts the same. The baseline, and where Dawid-Skene starts."""

from __future__ import annotations

import numpy as np

from groundwork.consolidation.vote_table import Floats, Indices, VoteTable

TIE = 1e-9
"""Values this close to the maximum tie with it: another order of summing breaks exact ties by rounding noise."""


def majority_vote(table: VoteTable, labels: int) -> Floats:
    """Share of each label among the votes on each object (spec: workflows §2.4).

    Returns
    -------
    Floats
        Shape (labels, objects); each column adds up to 1.
    """
    counts = vote_counts(table, labels)
    counts /= counts.sum(axis=0)
    return table.pin(counts)


def vote_counts(table: VoteTable, labels: int) -> Floats:
    """Count the votes for each label on each object, shape (labels, objects)."""
    counts = np.bincount(table.cell_of, minlength=labels * len(table.objects))
    return counts.astype(np.float64).reshape(labels, -1)


def probabilities(joint: Floats) -> Floats:
    """Turn logarithms, up to a constant of each object, into probabilities, in place; shape (labels, objects)."""
    joint -= joint.max(axis=0)
    np.exp(joint, out=joint)
    joint /= joint.sum(axis=0)
    return joint


def most_likely(posterior: Floats) -> Indices:
    """Choose the label of each object: the largest value, of tied ones the lowest index.

    `posterior` has shape (labels, objects).
    """
    least = posterior.max(axis=0) - TIE
    below = np.ones(posterior.shape[1], np.bool_)
    first = np.zeros(posterior.shape[1], np.int64)
    for row in posterior[:-1]:
        below &= row < least
        first += below
    return first

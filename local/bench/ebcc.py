"""Enhanced Bayesian classifier combination: the reference that the default has to beat, not offered to jobs.

Li, Rubinstein & Cohn, Exploiting Worker Correlation for Label Aggregation in Crowdsourcing (ICML 2019). Each true label
k has M subtypes of objects, in shares tau_k, on which workers err alike; worker j says l on subtype m of k with
probability V_j[k,m,l]. Mean-field variational Bayes under Dirichlet priors, with the hyperparameters of the paper; the
best of several random starts by the evidence lower bound.
"""

from __future__ import annotations

import numpy as np
from groundwork.consolidation.majority_vote import majority_vote
from groundwork.consolidation.vote_table import Floats, VoteTable
from scipy.special import digamma, gammaln, xlogy

SUBTYPES = 10
SUBTYPE_PRIOR = 0.1
"""Of all subtypes of a label together."""
LABEL_PRIOR = 1.0
RIGHT, WRONG = 4.0, 1.0
"""Prior counts of a right answer, and of each wrong one."""
STARTS = 5
MOST_ROUNDS = 200
STILL = 1e-6
"""Growth of the bound for each vote, below which a start is done."""


def ebcc(table: VoteTable, labels: int) -> Floats:
    """Probability of each label of each object, shape (labels, objects)."""
    random = np.random.default_rng(0)
    runs = [_run(table, labels, random) for _ in range(STARTS)]
    return max(runs, key=lambda run: run[1])[0]


def _run(table: VoteTable, labels: int, random: np.random.Generator) -> tuple[Floats, float]:
    shares = random.dirichlet(np.ones(SUBTYPES), (labels, len(table.objects))).transpose(0, 2, 1)
    joint = majority_vote(table, labels)[:, np.newaxis] * shares
    bound = -np.inf
    for _ in range(MOST_ROUNDS):
        joint, found = update(table, joint)
        if found - bound < STILL * len(table.object_of):
            break
        bound = found
    return joint.sum(axis=1), found


def update(table: VoteTable, joint: Floats) -> tuple[Floats, float]:
    """Update the parameters by `joint`, then `joint` by them, and tell the bound in between.

    `joint` has shape (labels, subtypes, objects).
    """
    labels, subtypes, _ = joint.shape
    mass = joint.sum(axis=2)
    eta, nu = SUBTYPE_PRIOR / subtypes + mass, LABEL_PRIOR + mass.sum(axis=1)
    bound = float(-xlogy(joint, joint).sum())
    bound += _log_normalizer(nu, np.full_like(nu, LABEL_PRIOR))
    bound += sum(_log_normalizer(row, np.full_like(row, SUBTYPE_PRIOR / subtypes)) for row in eta)
    scores = np.empty_like(joint)
    expected = (digamma(eta).T - digamma(eta.sum(axis=1)) + digamma(nu) - digamma(nu.sum())).T
    row_prior = RIGHT + WRONG * (labels - 1)
    for label in range(labels):
        prior = np.where(table.pair_label == label, RIGHT, WRONG)
        for subtype in range(subtypes):
            counts = table.slots.to_pairs(joint[label, subtype])
            totals = table.sum_by_worker(counts)
            bound += float((gammaln(counts + prior) - gammaln(prior)).sum())
            bound -= float((gammaln(totals + row_prior) - gammaln(row_prior)).sum())
            columns = digamma(counts + prior) - digamma(totals + row_prior)[table.pair_worker]
            scores[label, subtype] = table.slots.to_objects(columns) + expected[label, subtype]
    scores -= scores.max(axis=(0, 1))
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=(0, 1))
    return scores, bound


def _log_normalizer(posterior: Floats, prior: Floats) -> float:
    """Log of the ratio of two Dirichlet normalizers."""
    grown = gammaln(posterior).sum() - gammaln(posterior.sum())
    return float(grown - gammaln(prior).sum() + gammaln(prior.sum()))

"""Dawid-Skene that begins with what earlier jobs showed of the workers: their counts join the priors.

The same rounds as in `dawid_skene`, which see for the notation, with λA + τ E in place of λA: E are the counts of the
earlier jobs and τ how far the job bears a worker's out. τ moves with the rounds, so they end when no label does.
"""

from __future__ import annotations

import numpy as np

from groundwork.consolidation.dawid_skene import LABEL_STRENGTH, Estimate, e_step, expected_counts, log_columns
from groundwork.consolidation.earlier_answers import EarlierAnswers
from groundwork.consolidation.em_rounds import MOST_ROUNDS, stands_still
from groundwork.consolidation.expected_counts import Confusion
from groundwork.consolidation.learned_prior import Lean
from groundwork.consolidation.one_coin import right_answers
from groundwork.consolidation.vote_table import Floats, VoteTable


def dawid_skene_after(
    table: VoteTable, begin: Floats, earlier: EarlierAnswers
) -> tuple[Estimate, dict[str, tuple[Confusion, ...]]]:
    """Estimate workers and labels together; there must be two labels or more.

    Parameters
    ----------
    table : VoteTable
    begin : Floats
        Labels that the rounds begin with, shape (labels, objects).
    earlier : EarlierAnswers

    Returns
    -------
    tuple[Estimate, dict[str, tuple[Confusion, ...]]]
        The counts of the estimate are those of this job alone; the others are what counts of the earlier ones.
    """
    posterior = begin
    given = table.sum_by_worker(table.slots.given)
    rounds, moves = 0, True
    while moves and rounds < MOST_ROUNDS:
        counts = expected_counts(table, posterior)
        totals = np.stack([table.sum_by_worker(row) for row in counts])
        trust = earlier.trust(np.minimum(right_answers(table, posterior), given), given, Lean())
        mass = LABEL_STRENGTH + posterior.sum(axis=1)
        prior = mass / mass.sum()
        before, (posterior, _) = posterior, e_step(table, _columns(table, earlier, counts, totals, trust), prior)
        rounds, moves = rounds + 1, not stands_still(before, posterior)
    estimate = Estimate(counts, prior, posterior, rounds, not moves, ())
    return estimate, earlier.trusted(table, trust)


def _columns(table: VoteTable, earlier: EarlierAnswers, counts: Floats, totals: Floats, trust: Floats) -> Floats:
    rows = range(len(counts))
    counts_before = np.stack([earlier.row(table, truth, trust) for truth in rows])
    totals_before = np.stack([earlier.totals(truth, trust) for truth in rows])
    return log_columns(table, counts + counts_before, totals + totals_before)

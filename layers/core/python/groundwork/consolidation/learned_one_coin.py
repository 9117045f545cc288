"""One accuracy a worker, any wrong label being as likely as another; the crowd says how accuracies spread.

One-coin Dawid-Skene (spec: workflows §2.5) with two differences. The prior of the accuracies is fitted to the crowd
(see `learned_prior`) and integrated over: variational Bayes, expected logarithms in place of logarithms of
expectations. And no label is more likely than another before the votes: shares of labels, learned together with one
number a worker, drown rare labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from groundwork.consolidation.earlier_answers import (
    NOTHING_BEFORE,
    UNCHANGED,
    EarlierAnswers,
    EarlierCounts,
)
from groundwork.consolidation.em_rounds import STILL_AT_REST, rounds_to_rest, stands_still
from groundwork.consolidation.learned_prior import Lean, digamma, refit
from groundwork.consolidation.majority_vote import majority_vote, probabilities
from groundwork.consolidation.one_coin import right_answers, weighted_votes
from groundwork.consolidation.vote_table import Floats, VoteTable

TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Accuracies:
    """What labels further objects."""

    right: Floats
    """Expected right answers by worker number, those before this job included as far as they count."""
    given: Floats
    """Answers by worker number, likewise."""
    lean: Lean


@dataclass(frozen=True, slots=True)
class CoinEstimate:
    """Accuracies, and the labels that the last round made of them."""

    accuracies: Accuracies
    posterior: Floats
    """Shape (labels, objects)."""
    earlier: EarlierCounts
    """What is known of earlier jobs, or nothing where the job is another thing for everybody."""


def learned_one_coin(table: VoteTable, labels: int, known: EarlierCounts = NOTHING_BEFORE) -> CoinEstimate:
    """Estimate accuracies and labels together; there must be two labels or more.

    What is known from earlier jobs may lead the rounds astray where it no longer holds, and so may the votes where
    several who were wrong before agree. So they begin with the votes, and again with what the earlier jobs make of
    them. And the job may be another thing for everybody, so there are rounds that know nothing. Of the ends the one
    is taken that makes the votes likeliest, by the bound that variational Bayes climbs.
    """
    earlier = EarlierAnswers.of(table, labels, known)
    if earlier.empty:
        return CoinEstimate(*_rounds(table, labels, earlier), NOTHING_BEFORE)
    _, likeliest = max(_ends(table, labels, known, earlier), key=lambda end: end[0])
    return likeliest


def _ends(
    table: VoteTable, labels: int, known: EarlierCounts, earlier: EarlierAnswers
) -> Iterator[tuple[float, CoinEstimate]]:
    """Come to each end, with how likely it makes the votes; none is held here while the next one is sought."""
    yield _weighed(table, CoinEstimate(*_rounds(table, labels, earlier), known), earlier, UNCHANGED)
    told = table.pin(_told(table, labels, earlier))
    yield _weighed(table, CoinEstimate(*_rounds(table, labels, earlier, told), known), earlier, UNCHANGED)
    nothing = EarlierAnswers.of(table, labels, NOTHING_BEFORE)
    yield _weighed(table, CoinEstimate(*_rounds(table, labels, nothing), NOTHING_BEFORE), nothing, 1 - UNCHANGED)


def _weighed(
    table: VoteTable, end: CoinEstimate, earlier: EarlierAnswers, probable: float
) -> tuple[float, CoinEstimate]:
    return float(np.log(probable)) + _bound(table, end, earlier), end


def _rounds(
    table: VoteTable, labels: int, earlier: EarlierAnswers, begin: Floats | None = None
) -> tuple[Accuracies, Floats]:
    posterior = majority_vote(table, labels) if begin is None else begin
    given = table.sum_by_worker(table.slots.given)
    lean = Lean()
    for number in range(rounds_to_rest(table)):
        right = np.minimum(right_answers(table, posterior), given)
        model = Accuracies(*earlier.joined(right, given, lean), lean)
        if number:
            lean = refit(lean, model.right, model.given - model.right)
            model = replace(model, lean=lean)
        before, posterior = posterior, accuracies_posterior(table, model, labels)
        if stands_still(before, posterior, STILL_AT_REST):
            break
    return model, posterior


def _bound(table: VoteTable, end: CoinEstimate, earlier: EarlierAnswers) -> float:
    """Bound the log-likelihood of the votes from below, up to what is the same for every end."""
    posterior = end.posterior
    given = table.sum_by_worker(table.slots.given)
    right = np.minimum(right_answers(table, posterior), given)
    entropy = -float((posterior * np.log(np.maximum(posterior, TINY))).sum())
    which_wrong = float((given - right).sum() * np.log(len(posterior) - 1))
    # Each end has fitted a prior to its own answers; only under the same one can they be compared.
    return earlier.evidence(right, given, Lean()) - which_wrong + entropy


def _told(table: VoteTable, labels: int, earlier: EarlierAnswers) -> Floats:
    before = Accuracies(UNCHANGED * earlier.right, UNCHANGED * earlier.given, Lean())
    return accuracies_posterior(table, before, labels)


def accuracies_posterior(table: VoteTable, model: Accuracies, labels: int) -> Floats:
    """Probability of each label of each object, shape (labels, objects).

    The accuracies of `model` are those of the workers of `table`.
    """
    wrong = model.given - model.right + model.lean.wrong
    weight = digamma(model.right + model.lean.right) - digamma(wrong) + np.log(labels - 1)
    return probabilities(table.rule_out(weighted_votes(table, weight, labels)))

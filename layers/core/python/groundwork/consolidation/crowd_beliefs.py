"""How sure the votes on one data object are, told at the moment of a submission: the labeling itself, without numpy.

Each algorithm that estimates a crowd labels an object from the stored estimate (`.groundwork/worker-quality.json`) and
the object's own votes. Here the same is worked out for at most nine votes in plain Python, since the portal's function
has no numpy and answers a worker who waits. Both ways give the same numbers (tests compare them).

An algorithm is one or more beliefs about the crowd, of which the probabilities are averaged. A belief is the share of
each label, and what a vote says for each label that may be the true one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

ACCURACY = 0.7
"""How often a worker of whom nothing is known is right, in every algorithm."""
STRENGTH = 4.0
"""How many answers that is worth."""
SURE_OF_ACCURACY = 1e-9
SHIFT = 8
"""The asymptotic series of digamma is exact to 1e-11 from here on."""

IndexVote = tuple[str, int]
"""(worker id, index of the label)."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What one model believes of the crowd."""

    shares: Sequence[float]
    """Logarithm of each label's share; a constant may be missing."""
    evidence: Callable[[str, int], Sequence[float]]
    """Log-likelihood of a worker's vote for each true label; a constant may be missing."""

    def probabilities(self, votes: Iterable[IndexVote]) -> list[float]:
        """Weigh the votes on one object: the probability of each label."""
        joint = list(self.shares)
        for worker, given in votes:
            joint = [sum(pair) for pair in zip(joint, self.evidence(worker, given), strict=True)]
        highest = max(joint)
        likelihoods = [math.exp(each - highest) for each in joint]
        total = sum(likelihoods)
        return [each / total for each in likelihoods]


def probability(beliefs: Sequence[Belief], votes: Sequence[IndexVote]) -> float:
    """Tell how likely the most likely label of an object is, the beliefs being averaged."""
    found = [belief.probabilities(votes) for belief in beliefs]
    sums: list[float] = [sum(of_label) for of_label in zip(*found, strict=True)]
    return max(sums) / len(found)


def known_workers(estimate: Mapping[str, Any] | None) -> Collection[str]:
    """Tell of whom an estimate knows anything."""
    known: Mapping[str, Any] = (estimate or {}).get("accuracy") or (estimate or {}).get("workers") or {}
    return known.keys()


def default_beliefs(estimate: Mapping[str, Any] | None, labels: int) -> Sequence[Belief]:
    """Read what `model_average` stored; without an estimate all workers are strangers."""
    known = estimate or _strangers(labels)
    if labels == 1:
        return (_certain(),)
    return _alike(known, labels), _accuracies(known, labels), _confusions(known, labels)


def one_coin_beliefs(estimate: Mapping[str, Any] | None, labels: int) -> Sequence[Belief]:
    """Read what `simple_estimates.WorkerAccuracy` stored."""
    if labels == 1:
        return (_certain(),)
    known = estimate or {"prior": [1 / labels] * labels, "accuracy": {}}

    @cache
    def evidence(worker: str, given: int) -> Sequence[float]:
        accuracy = min(max(known["accuracy"].get(worker, ACCURACY), SURE_OF_ACCURACY), 1 - SURE_OF_ACCURACY)
        return _for_one(given, math.log(accuracy) - math.log((1 - accuracy) / (labels - 1)), labels)

    return (Belief([math.log(share) for share in known["prior"]], evidence),)


def dawid_skene_beliefs(estimate: Mapping[str, Any] | None, labels: int) -> Sequence[Belief]:
    """Read what `worker_quality` stored."""
    if labels == 1:
        return (_certain(),)
    known = estimate or {"prior": [1 / labels] * labels, "workers": {}}

    @cache
    def evidence(worker: str, given: int) -> Sequence[float]:
        counts, totals = _counts(_shown(known, worker), given, labels)
        lean = [STRENGTH * (1 - ACCURACY) / (labels - 1)] * labels
        lean[given] = STRENGTH * ACCURACY
        rows = zip(counts, lean, totals, strict=True)
        return [math.log(count + pseudo) - math.log(total + STRENGTH) for count, pseudo, total in rows]

    return (Belief([math.log(share) for share in known["prior"]], evidence),)


ReadBeliefs = Callable[[Mapping[str, Any] | None, int], Sequence[Belief]]
"""From the stored estimate, should there be one, and the number of labels."""
BELIEFS: Mapping[str, ReadBeliefs] = {
    "default": default_beliefs,
    "one-coin": one_coin_beliefs,
    "dawid-skene": dawid_skene_beliefs,
}
"""By `ConsolidationAlgorithm`. A share of votes is no probability, and what is learned of 50 objects is not kept: the
other algorithms can't tell at a submission how sure they are."""


def _alike(known: Mapping[str, Any], labels: int) -> Belief:
    right, given = known["crowd_accuracy"]
    weight = digamma(right + STRENGTH * ACCURACY) - digamma(given - right + STRENGTH * (1 - ACCURACY))
    weight += math.log(labels - 1)
    return Belief([0.0] * labels, lambda _, given: _for_one(given, weight, labels))


def _accuracies(known: Mapping[str, Any], labels: int) -> Belief:
    hits, misses = known["worker_prior"]

    @cache
    def evidence(worker: str, given: int) -> Sequence[float]:
        right, answers = known["accuracy"].get(worker, (0.0, 0.0))
        weight = digamma(right + hits) - digamma(answers - right + misses) + math.log(labels - 1)
        return _for_one(given, weight, labels)

    return Belief([0.0] * labels, evidence)


def _confusions(known: Mapping[str, Any], labels: int) -> Belief:
    priors = [_LabelPrior.of(prior, labels) for prior in known["label_priors"]]

    @cache
    def evidence(worker: str, given: int) -> Sequence[float]:
        counts, totals = _counts(_shown(known, worker), given, labels)
        rows = zip(counts, totals, priors, strict=True)
        return [digamma(count + prior.of_label(given)) - digamma(total + prior.sum) for count, total, prior in rows]

    return Belief([math.log(share) for share in known["prior"]], evidence)


@dataclass(frozen=True, slots=True)
class _LabelPrior:
    """What is expected of the answers to one true label; see `label_prior`."""

    elsewhere: float
    labels: Mapping[int, float]
    sum: float

    @classmethod
    def of(cls, stored: Mapping[str, Any], labels: int) -> _LabelPrior:
        named = {int(label): float(value) for label, value in stored["labels"]}
        elsewhere = float(stored["elsewhere"])
        return cls(elsewhere, named, sum(named.values()) + (labels - len(named)) * elsewhere)

    def of_label(self, given: int) -> float:
        return self.labels.get(given, self.elsewhere)


def _strangers(labels: int) -> dict[str, Any]:
    """Write the estimate that no votes give: nobody is known, and all labels are as likely."""
    elsewhere = STRENGTH * (1 - ACCURACY) / max(labels - 1, 1)
    return {
        "prior": [1 / labels] * labels,
        "workers": {},
        "accuracy": {},
        "crowd_accuracy": (0.0, 0.0),
        "worker_prior": (STRENGTH * ACCURACY, STRENGTH * (1 - ACCURACY)),
        "label_priors": [{"elsewhere": elsewhere, "labels": [(truth, STRENGTH * ACCURACY)]} for truth in range(labels)],
    }


def _certain() -> Belief:
    """Where there is one label, every answer names it."""
    return Belief((0.0,), lambda _, __: (0.0,))


def _for_one(given: int, weight: float, labels: int) -> list[float]:
    evidence = [0.0] * labels
    evidence[given] = weight
    return evidence


def _shown(known: Mapping[str, Any], worker: str) -> Iterable[Sequence[float]]:
    """List a worker's expected counts in this job, and what counts of those in earlier ones."""
    return (*known["workers"].get(worker, ()), *known.get("earlier", {}).get(worker, ()))


def _counts(stored: Iterable[Sequence[float]], given: int, labels: int) -> tuple[list[float], list[float]]:
    """Read of a worker's expected counts, for each true label: of what was given, and of all labels."""
    counts, totals = [0.0] * labels, [0.0] * labels
    for truth, label, count in stored:
        totals[int(truth)] += count
        if label == given:
            counts[int(truth)] += count
    return counts, totals


def digamma(value: float) -> float:
    """Compute the derivative of log Γ, for a value above 0."""
    below = 0.0
    for _ in range(SHIFT):
        below += 1 / value
        value += 1
    square = 1 / (value * value)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    return math.log(value) - 0.5 / value - series - below

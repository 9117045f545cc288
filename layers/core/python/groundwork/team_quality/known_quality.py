"""What is known of a worker, in figures for people (spec: workflows §2.13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from groundwork.job.labeling_job import Frozen
from groundwork.quality.mean import rounded
from groundwork.quality.worker_tally import WorkerTally
from groundwork.team_quality.record import Confusion, Known

FEWEST_TRUE = 1.0
"""Expected answers to a true label from which on they say how a worker answers it."""


class KnownQuality(Frozen):
    """How often a worker is right."""

    value: float
    interval: tuple[float, float]


def label_shares(known: Iterable[Known]) -> dict[int, float]:
    """Tell which share each true label has among what workers were asked."""
    true: defaultdict[int, float] = defaultdict(float)
    for worker in known:
        for truth, _, count in worker.counts:
            true[truth] += count
    total = sum(true.values())
    return {truth: count / total for truth, count in sorted(true.items())} if total else {}


def known_quality(known: Known, shares: Mapping[int, float]) -> KnownQuality | None:
    """Estimate how often a worker is right, as a job's own figures do; None of nothing."""
    tally = WorkerTally()
    for truth, given, count in known.counts:
        tally.true[truth] = tally.true.get(truth, 0.0) + count
        if truth == given:
            tally.right[truth] = tally.right.get(truth, 0.0) + count
    found = tally.quality(shares)
    return None if found is None else KnownQuality.model_validate(found)


def spammer_score(counts: Iterable[Confusion]) -> float | None:
    """Tell how far a worker's answers depend on the true label: 0 not at all, 1 as those of somebody always right.

    Σ_k ||C[k,:] - mean of all rows||² / (K - 1) over the K true labels that the worker was asked about (Raykar & Yu,
    Eliminating spammers and ranking annotators for crowdsourced labeling tasks, JMLR 13, 2012); None below two labels.
    """
    rows: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for truth, given, count in counts:
        rows[truth][given] = count
    sums = {truth: sum(row.values()) for truth, row in rows.items()}
    shares = [
        {given: count / sums[truth] for given, count in row.items()}
        for truth, row in rows.items()
        if sums[truth] >= FEWEST_TRUE
    ]
    if len(shares) < 2:
        return None
    labels = {given for row in shares for given in row}
    mean = {label: sum(row.get(label, 0.0) for row in shares) / len(shares) for label in labels}
    spread = sum((row.get(label, 0.0) - mean[label]) ** 2 for row in shares for label in labels)
    return rounded(spread / (len(shares) - 1))

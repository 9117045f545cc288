"""Expected counts of what each worker says when which label is true, sparse, as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from groundwork.consolidation.vote_table import Floats, VoteTable

SMALLEST_COUNT = 1e-3
"""Expected counts below a thousandth of an object are left out: the prior outweighs them."""

Confusion = tuple[int, int, float]
"""True label, given label, expected number of objects."""


def sparse_counts(table: VoteTable, rows: Iterable[Floats]) -> dict[str, tuple[Confusion, ...]]:
    """Keep what is worth keeping, by worker id.

    Parameters
    ----------
    table : VoteTable
    rows : Iterable[Floats]
        For each true label, in label order, the counts by pair; one row at a time is held if it is an iterator.
    """
    workers: dict[str, list[Confusion]] = {worker: [] for worker in table.workers}
    for truth, counts in enumerate(rows):
        kept = np.flatnonzero(counts >= SMALLEST_COUNT)
        columns = (table.pair_worker[kept].tolist(), table.pair_label[kept].tolist(), counts[kept].tolist())
        for worker, given, count in zip(*columns, strict=True):
            workers[table.workers[worker]].append((truth, given, float(f"{count:.6g}")))
    return {worker: tuple(sorted(counts, key=lambda count: count[:2])) for worker, counts in workers.items()}


def counts_of(table: VoteTable, labels: int, workers: Mapping[str, Sequence[Confusion]]) -> tuple[Floats, Floats]:
    """Read the stored counts for the workers of a batch; 0 for a worker who is not stored.

    Returns
    -------
    tuple[Floats, Floats]
        Counts of what was given in `table`, shape (labels, pairs), and of all that its workers ever gave, shape
        (labels, workers).
    """
    pairs = {
        worker_and_label: pair
        for pair, worker_and_label in enumerate(zip(table.pair_worker.tolist(), table.pair_label.tolist(), strict=True))
    }
    counts = np.zeros((labels, len(pairs)))
    totals = np.zeros((labels, len(table.workers)))
    for number, worker in enumerate(table.workers):
        for truth, given, count in workers.get(worker, ()):
            totals[truth, number] += count
            if (pair := pairs.get((number, given))) is not None:
                counts[truth, pair] = count
    return counts, totals


def all_counts_of(
    table: VoteTable,
    labels: int,
    workers: Mapping[str, Sequence[Confusion]],
    earlier: Mapping[str, Sequence[Confusion]],
) -> tuple[Floats, Floats]:
    """Read the counts of this job and those of earlier ones that count, added up as `counts_of` gives them."""
    counts, totals = counts_of(table, labels, workers)
    if earlier:
        counts_before, totals_before = counts_of(table, labels, earlier)
        counts, totals = counts + counts_before, totals + totals_before
    return counts, totals

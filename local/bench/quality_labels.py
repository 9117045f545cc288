"""How often consolidated labels are right, beside crowd-kit and EBCC: `python -m local.bench quality-labels`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.ground_truth import LARGEST_PART, ground_truth
from groundwork.consolidation.majority_vote import majority_vote, most_likely
from groundwork.consolidation.vote_table import Floats, VoteTable

from local.bench.crowd_kit import NoPeerError, PeerResult, measured_again, peer_results
from local.bench.crowd_kit_run import ALGORITHMS
from local.bench.ebcc import ebcc
from local.bench.label_candidates import CANDIDATES, DEFAULT, MEMBERS, best, interval, leave_one_out
from local.bench.table import Table
from local.bench.vote_data import VoteData, read_vote_data

Peers = Mapping[tuple[str, str], PeerResult]
SAME = (("majority-vote", "MajorityVote"), ("one-coin", "OneCoinDawidSkene"), ("dawid-skene", "DawidSkene"))
"""The same algorithm here and in crowd-kit."""
REPEATS = 5
AIM_TIMES = 10


def measure() -> Sequence[Table]:
    """Compare all ways on all data sets of the folder that the environment names."""
    data = read_vote_data()
    votes = [majority_vote(each.table(), each.labels) for each in data]
    majority = np.array([float(each.right_by_lot(vote).mean()) for each, vote in zip(data, votes, strict=True)])
    strictest = np.maximum(majority, [ties_to_one_side(each, vote) for each, vote in zip(data, votes, strict=True)])
    right = {name: [each.right(way(each)) for each in data] for name, way in _ways().items()}
    note = ""
    peers: Peers = {}
    try:
        peers = peer_results(data)
    except NoPeerError as error:
        note = f"without crowd-kit: {error}"
    return (
        accuracies(data, right, (majority, strictest), peers, note),
        differences(right),
        *([choice(data, strictest)] if len(data) > 1 else []),
        speed(data, peers),
    )


def ties_to_one_side(data: VoteData, votes: Floats) -> float:
    """Tell how often majority vote is right that gives ties to the first or to the last label, whichever suits more."""
    last = data.labels - 1 - most_likely(votes[::-1])[data.judged]
    return max(float(data.right(votes).mean()), float((last == data.truth).mean()))


def accuracies(
    data: Sequence[VoteData],
    right: Mapping[str, Sequence[Floats]],
    baselines: tuple[Floats, Floats],
    peers: Peers,
    note: str,
) -> Table:
    """Set the share of right labels, one line a way.

    `baselines` are majority vote's by lot, and by the way of deciding ties that suits each data set most.
    """
    found = {name: [float(each.mean()) for each in of_data] for name, of_data in right.items()}
    rows = [_row("majority vote, ties by lot", baselines[0].tolist(), *baselines)]
    rows += [_row(name, of_data, *baselines) for name, of_data in found.items()]
    for algorithm in ALGORITHMS if peers else ():
        of_data = [peers[algorithm, each.name].accuracy for each in data]
        rows.append(_row(f"crowd-kit {algorithm}", of_data, *baselines))
    return Table(
        "Labels: share of the known labels that is found",
        ("", *(each.name for each in data), "mean", "worst", "strictest"),
        rows,
        (
            "worst: points above majority vote by lot on the data set where that is least; -: made for two labels only",
            "strictest: the same, beside the best majority vote there: ties by lot, to the first, to the last label",
            *([note] if note else []),
        ),
    )


def differences(right: Mapping[str, Sequence[Floats]]) -> Table:
    """Compare the default with each other way, task by task."""
    rows = []
    for name, of_data in right.items():
        if name == "default":
            continue
        gaps = [ours - theirs for ours, theirs in zip(right["default"], of_data, strict=True)]
        mean = float(np.mean([gap.mean() for gap in gaps]))
        rows.append((name, _points(mean), *(_interval(gaps, other_data=other) for other in (False, True))))
    return Table(
        "Labels: points by which the default's mean is above",
        ("", "points", "95 %, more tasks of these data sets", "95 %, other data sets"),
        rows,
    )


def choice(data: Sequence[VoteData], majority: Floats) -> Table:
    """Choose the default with each data set left out, and judge the choice on it."""
    accuracy = {candidate: np.empty(len(data)) for candidate in CANDIDATES}
    for number, each in enumerate(data):
        table = each.table()
        members = {name: member(table, each.labels) for name, member in MEMBERS.items()}
        for candidate in CANDIDATES:
            average = sum((members[name] for name in candidate[1:]), members[candidate[0]]) / len(candidate)
            accuracy[candidate][number] = each.right(average).mean()
    rows = []
    for left in leave_one_out(accuracy, majority):
        figures = (accuracy[way][left.left_out] for way in (left.candidate, DEFAULT, CANDIDATES[0]))
        rows.append((data[left.left_out].name, " + ".join(left.candidate), *(f"{figure:.4f}" for figure in figures)))
    chosen = [accuracy[left.candidate][left.left_out] for left in leave_one_out(accuracy, majority)]
    everything = best(accuracy, majority, np.ones(len(data), dtype=np.bool_))
    means = (float(np.mean(chosen)), *(float(accuracy[way].mean()) for way in (DEFAULT, CANDIDATES[0])))
    rows.append(("mean", f"of all: {' + '.join(everything)}", *(f"{figure:.4f}" for figure in means)))
    return Table(
        "Labels: the choice without each data set, and how it does there",
        ("left out", "chosen on the others", "chosen", "default", "majority vote"),
        rows,
        tuple(
            f"{' + '.join(candidate)}: mean {each.mean():.4f}, worst {_points((each - majority).min())}"
            for candidate, each in accuracy.items()
        ),
    )


def speed(data: Sequence[VoteData], peers: Peers) -> Table:
    """Compare the time of the same algorithms on the largest data set."""
    largest = max(data, key=lambda each: len(each.task_of))
    if peers:
        peers = measured_again(largest, [theirs for _, theirs in SAME])
    rows = []
    for ours, theirs in SAME:
        seconds = min(_seconds(largest, ours) for _ in range(REPEATS))
        peer = peers.get((theirs, largest.name), PeerResult(None, None)).seconds
        times = f"{peer / seconds:.1f}" if peer else "-"
        rows.append((ours, f"{seconds:.4f}", f"{peer:.4f}" if peer else "-", times, f"{AIM_TIMES}"))
    rows.append(("default", f"{min(_seconds(largest, 'default') for _ in range(REPEATS)):.4f}", "-", "-", "-"))
    return Table(
        f"Labels: CPU seconds for the {len(largest.task_of):,} answers of {largest.name}",
        ("", "Groundwork", "crowd-kit", "times", "aim"),
        rows,
        (f"from numbered columns to labels, on both sides, now, the fastest of {REPEATS} runs",),
    )


def _ways() -> dict[str, Callable[[VoteData], Floats]]:
    def estimated(name: str) -> Callable[[VoteData], Floats]:
        def way(data: VoteData) -> Floats:
            table = data.table()
            return CROWD_ESTIMATES[name].of(table, data.labels).posterior(table)

        return way

    return {name: estimated(name) for name in CROWD_ESTIMATES} | {
        "ground-truth": _by_parts,
        "EBCC": lambda data: ebcc(data.table(), data.labels),
    }


def _by_parts(data: VoteData) -> Floats:
    """Consolidate as Ground Truth does, a part of the tasks at a time."""
    order = np.argsort(data.task_of, kind="stable")
    tasks, workers, labels = data.task_of[order], data.worker_of[order], data.label_of[order]
    edges = np.searchsorted(tasks, np.arange(0, tasks[-1] + LARGEST_PART + 1, LARGEST_PART))
    posteriors = []
    for start, end in pairwise(edges):
        present, numbers = np.unique(workers[start:end], return_inverse=True)
        names = tuple(data.workers[worker] for worker in present)
        part = VoteTable.from_columns(tasks[start:end], numbers, labels[start:end], names, labels=data.labels)
        posteriors.append(ground_truth(part, data.labels))
    return np.concatenate(posteriors, axis=1)


def _seconds(data: VoteData, name: str) -> float:
    started = time.process_time()
    table = data.table()
    data.right(CROWD_ESTIMATES[name].of(table, data.labels).posterior(table))
    return time.process_time() - started


def _row(name: str, of_data: Sequence[float | None], *baselines: Floats) -> tuple[str, ...]:
    figures = [f"{each:.4f}" if each is not None else "-" for each in of_data]
    known = [each for each in of_data if each is not None]
    if len(known) < len(of_data):
        return (name, *figures, "-", *("-" for _ in baselines))
    worst = [min(each - other for each, other in zip(known, baseline, strict=True)) for baseline in baselines]
    return (name, *figures, f"{np.mean(known):.4f}", *map(_points, worst))


def _interval(gaps: Sequence[Floats], *, other_data: bool) -> str:
    low, high = interval(gaps, other_data=other_data)
    return f"{_points(low)} to {_points(high)}"


def _points(share: float) -> str:
    return f"{100 * share:+.2f}"

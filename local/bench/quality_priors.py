"""What it is worth to know a team from its earlier job: each data set is cut into two jobs, `quality-priors`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from groundwork.consolidation.majority_vote import majority_vote, most_likely
from groundwork.consolidation.model_average import ModelAverage
from groundwork.consolidation.vote_table import Floats, Indices, VoteTable
from groundwork.quality.judged import JudgedAnswer, JudgedObject
from groundwork.team_quality.prior import prior_counts
from groundwork.team_quality.record import Confusion, JobPart, TeamRecord
from groundwork.team_quality.tally import TeamTally

from local.bench.table import Table
from local.bench.vote_data import VoteData, read_vote_data

SIZES = (50, 100, 300)
"""Data objects of the second job."""
LARGEST_SHARE = 0.6
"""Of a data set's judged objects that a second job may take; the first one needs the rest."""
FIRST_JOB = 2_000
"""Data objects of the first job at most."""
SEEDS = 10
Earlier = Mapping[str, Sequence[Confusion]]


@dataclass(frozen=True, slots=True)
class Gain:
    """Shares of right labels in the second job, one for each choice of it."""

    known: float
    """Share of its workers whom the first job knows, in the mean."""
    answers: float
    """Answers of a worker in it, in the mean."""
    majority: Floats
    without: Floats
    knowing: Floats


def measure() -> Sequence[Table]:
    """Compare on all data sets of the folder that the environment names."""
    return (_table(read_vote_data()),)


def gain(data: VoteData, size: int, seeds: int) -> Gain:
    """Choose second jobs of `size` judged objects at random, and first ones of the others, and label both."""
    known, answers, shares = [], [], []
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        chosen = random.choice(np.sort(data.judged), size, replace=False)
        others = np.setdiff1d(data.task_of, chosen)
        first = _part(data, random.choice(others, min(len(others), FIRST_JOB), replace=False))
        second = _part(data, chosen)
        earlier = shown(first, data.labels)
        known.append(np.mean([worker in earlier for worker in second.workers]))
        answers.append(len(second.object_of) / len(second.workers))
        labeled = [ModelAverage.of(second, data.labels, before).posterior(second) for before in ({}, earlier)]
        shares.append([_right(data, second, found) for found in (majority_vote(second, data.labels), *labeled)])
    majority, without, knowing = np.array(shares).T
    return Gain(float(np.mean(known)), float(np.mean(answers)), majority, without, knowing)


def shown(table: VoteTable, labels: int) -> Earlier:
    """Label a job, and keep of its workers what the pipeline keeps: by written confidences, through the record."""
    posterior = ModelAverage.of(table, labels).posterior(table)
    answers: dict[int, list[JudgedAnswer]] = {}
    for number, pair in zip(table.object_of.tolist(), table.pair_of.tolist(), strict=True):
        worker = table.workers[int(table.pair_worker[pair])]
        answers.setdefault(number, []).append(JudgedAnswer(worker, int(table.pair_label[pair]), None))
    tally = TeamTally()
    for number, (label, likely) in enumerate(zip(most_likely(posterior), posterior.max(axis=0), strict=True)):
        tally.add(_judged(number, answers[number], int(label), round(0.05 + 0.9 * float(likely), 2)))
    part = JobPart(job="first", ended_at=0.0, workers=tally.parts(range(labels)))
    record = TeamRecord(work_team="bench", task_type="bench", labels=tuple(map(str, range(labels)))).fold(part)
    return {worker: prior_counts(known, range(labels)) for worker, known in record.known().items()}


def _table(data: Sequence[VoteData]) -> Table:
    rows: list[tuple[str, ...]] = []
    for size in SIZES:
        large = [each for each in data if size <= LARGEST_SHARE * len(each.judged)]
        found = {each.name: gain(each, size, SEEDS) for each in large}
        rows += [(name, f"{size}", *_cells(each)) for name, each in found.items()]
        points = [100 * float((each.knowing - each.without).mean()) for each in found.values()]
        if points:
            rows.append(("mean", f"{size}", "", "", *_means(found.values()), f"{min(points):+.2f}"))
    return Table(
        "Labels by default: a small second job of a team, without and with what the first one showed",
        ("", "objects", "known", "answers", "majority", "without", "with", "points", "worst"),
        rows,
        (
            f"{SEEDS} choices of the second job; the first has the other objects, at most {FIRST_JOB:,}",
            "known: share of the second job's workers whom the first one knows; answers: of a worker in the second job",
            "worst: points of the choice that loses most; in the lines of means, of the data set that loses most",
        ),
    )


def _means(found: Iterable[Gain]) -> tuple[str, ...]:
    means = np.mean([[each.majority.mean(), each.without.mean(), each.knowing.mean()] for each in found], axis=0)
    return (*(f"{mean:.4f}" for mean in means), f"{100 * (means[2] - means[1]):+.2f}")


def _cells(found: Gain) -> tuple[str, ...]:
    gap = found.knowing - found.without
    shares = (f"{each.mean():.4f}" for each in (found.majority, found.without, found.knowing))
    return (
        f"{found.known:.2f}",
        f"{found.answers:.0f}",
        *shares,
        f"{100 * gap.mean():+.2f}",
        f"{100 * gap.min():+.2f}",
    )


def _part(data: VoteData, tasks: Indices) -> VoteTable:
    chosen = np.isin(data.task_of, tasks)
    present, numbers = np.unique(data.worker_of[chosen], return_inverse=True)
    names = tuple(data.workers[worker] for worker in present)
    return VoteTable.from_columns(data.task_of[chosen], numbers, data.label_of[chosen], names, labels=data.labels)


def _right(data: VoteData, table: VoteTable, posterior: Floats) -> float:
    truth = dict(zip(data.judged.tolist(), data.truth.tolist(), strict=True))
    labels = most_likely(posterior).tolist()
    return float(np.mean([truth[task] == label for task, label in zip(table.objects.tolist(), labels, strict=True)]))


def _judged(number: int, answers: Sequence[JudgedAnswer], label: int, confidence: float) -> JudgedObject:
    return JudgedObject(
        object_id=number,
        iteration=1,
        ready_at=0.0,
        data_object={},
        answers=tuple(answers),
        missing=0,
        labeled=True,
        label=label,
        confidence=confidence,
    )

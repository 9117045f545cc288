"""How far workers can be relied on to outline what is there, leave alone what is not, and be exact about it.

Whether the thing behind a cluster of shapes exists is estimated together with the workers, by EM over all clusters of
the job. A worker votes yes with a shape in the cluster, no with an answer to the image but none there. Worker j is
wrong about a share e_j of all clusters, and misses three times as readily as invents: m_j = 1.5 e_j, f_j = 0.5 e_j.

    E: log P/(1 - P) = Σ_yes log (1 - m_j)/f_j + Σ_no log m_j/(1 - f_j)
    M: e_j = (4 · 0.2 + Σ_yes (1 - P) + Σ_no P) / (4 + clusters of the images j answered)

from P = share of yes. The prior is that of spec: workflows §2.9: 30 % of things missed, 10 % invented, worth four
clusters. e_j stays at 1/2 or below, so that nobody's yes ever counts as a no. Of equal workers somewhat less than half
(more than 36 % before anything is known of them, 42 % of very good ones) must have a shape there.

Rates of missing and inventing that are free for each worker, and the share of real clusters with them, take workers to
err independently of each other (Branson, Van Horn & Perona, Lean Crowdsourcing, CVPR 2017, have such a model). They
don't: what is small or half hidden is missed by most, and two who outline it anyway then make it real. Both rates are
estimated all the same, for whoever wants to know the workers.

On gold images P is known: 1 of clusters with a known shape in them, also of those that nobody found, and 0 of others.

The noise of a worker is the usual error of this person's shapes against the merged ones (s² = mean of error²), with a
prior worth four shapes; as in variance components, a member that pulls the merged shape towards itself by the share h
is compared with 1 - h degrees of freedom. A known shape nobody pulls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from pydantic import Field

from groundwork.consolidation.vote_table import Floats, Indices
from groundwork.job.labeling_job import Frozen

PRIOR_FOUND = 0.7
PRIOR_INVENTED = 0.1
PRIOR_WRONG = (1 - PRIOR_FOUND + PRIOR_INVENTED) / 2
PRIOR_WEIGHT = 4.0
MISSING = (1 - PRIOR_FOUND) / PRIOR_WRONG
INVENTING = PRIOR_INVENTED / PRIOR_WRONG
MOST_WRONG = 0.5
LEAST_WRONG = 1e-6
MOST_ROUNDS = 100
TOLERANCE = 1e-6


class WorkerDetection(Frozen):
    """One worker, as estimated over the job."""

    wrong: float = Field(gt=0, le=MOST_WRONG, description="e: share of things judged wrongly, by a shape or by none")
    noise: float = Field(gt=0, description="Usual error of a shape, relative to its extent")
    missed: float = Field(ge=0, le=1, description="Share of the things there are that got no shape")
    invented: float = Field(ge=0, le=1, description="Share of the things there are not that got one")
    things: int = Field(ge=0, description="Clusters on the images that the worker answered")

    @classmethod
    def unknown(cls, typical_error: float) -> WorkerDetection:
        """Describe somebody of whom nothing is known."""
        return cls(wrong=PRIOR_WRONG, noise=typical_error, missed=1 - PRIOR_FOUND, invented=PRIOR_INVENTED, things=0)


class WorkerDetections(Frozen):
    """`.groundwork/worker-quality.json` of the types whose answers are shapes."""

    workers: dict[str, WorkerDetection] = Field(default_factory=dict)
    objects: int = Field(default=0, ge=0, description="Data objects the estimate rests on")


@dataclass(frozen=True, slots=True)
class DetectionTable:
    """One row for each cluster and each worker who answered its image."""

    cluster_of: Indices
    worker_of: Indices
    yes: Floats
    """1 where the worker has a shape in the cluster, else 0."""
    clusters: int
    workers: int
    known: Mapping[int, float] = field(default_factory=dict)
    """Of clusters on gold images whether they exist, 1 or 0; by cluster number."""

    def pin(self, exists: Floats) -> Floats:
        """Be certain of what is known, in place."""
        exists[list(self.known)] = list(self.known.values())
        return exists

    def by_worker(self, values: Floats) -> Floats:
        """Add up a value of each row to one for each worker."""
        return np.bincount(self.worker_of, weights=values, minlength=self.workers).astype(np.float64, copy=False)

    def by_cluster(self, values: Floats) -> Floats:
        """Add up a value of each row to one for each cluster."""
        return np.bincount(self.cluster_of, weights=values, minlength=self.clusters).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Detection:
    """Result of the EM, by number."""

    exists: Floats
    """P of each cluster."""
    wrong: Floats
    missed: Floats
    invented: Floats
    things: Floats


def probability_of_existing(yes: Iterable[float], no: Iterable[float]) -> float:
    """P for one cluster, from the `wrong` of those who have a shape in it and of those who have none."""
    for_it, _ = _evidence(np.array(sorted(yes)))
    _, against_it = _evidence(np.array(sorted(no)))
    odds = for_it.sum() + against_it.sum()
    return float(1 / (1 + np.exp(-odds)))


def detect(table: DetectionTable) -> Detection:
    """Estimate clusters and workers together, what is known of gold images given; see the module."""
    rows = table.by_worker(np.ones(len(table.yes)))
    exists = table.pin(table.by_cluster(table.yes) / table.by_cluster(np.ones(len(table.yes))))
    wrong = np.full(table.workers, PRIOR_WRONG)
    for _ in range(MOST_ROUNDS):
        errors = table.by_worker(np.abs(table.yes - exists[table.cluster_of]))
        wrong = np.minimum((PRIOR_WEIGHT * PRIOR_WRONG + errors) / (PRIOR_WEIGHT + rows), MOST_WRONG)
        for_it, against_it = _evidence(wrong)
        odds = table.by_cluster(np.where(table.yes > 0, for_it[table.worker_of], against_it[table.worker_of]))
        before, exists = exists, table.pin(1 / (1 + np.exp(-odds)))
        if np.abs(exists - before).max(initial=0.0) < TOLERANCE:
            break
    real = exists[table.cluster_of]
    found = PRIOR_WEIGHT * PRIOR_FOUND + table.by_worker(real * table.yes)
    invented = PRIOR_WEIGHT * PRIOR_INVENTED + table.by_worker((1 - real) * table.yes)
    return Detection(
        exists=exists,
        wrong=wrong,
        missed=1 - found / (PRIOR_WEIGHT + table.by_worker(real)),
        invented=invented / (PRIOR_WEIGHT + table.by_worker(1 - real)),
        things=rows,
    )


def to_workers(names: Sequence[str], detection: Detection, noise: Floats) -> Mapping[str, WorkerDetection]:
    """Put the estimate into words; six digits, which is more than it is worth."""
    return {
        name: WorkerDetection(
            wrong=max(round(float(detection.wrong[number]), 6), LEAST_WRONG),
            noise=float(f"{noise[number]:.6g}"),
            missed=round(float(detection.missed[number]), 6),
            invented=round(float(detection.invented[number]), 6),
            things=int(detection.things[number]),
        )
        for number, name in enumerate(names)
    }


def _evidence(wrong: Floats) -> tuple[Floats, Floats]:
    """Log odds that a yes and a no add."""
    missed, invented = MISSING * wrong, INVENTING * wrong
    return np.log((1 - missed) / invented), np.log(missed / (1 - invented))

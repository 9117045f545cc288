"""How far workers can be relied on to outline what is there, leave alone what is not, and be exact about it.

Whether the thing behind a cluster of shapes exists is estimated together with the workers, by EM over all clusters of
the job. A worker votes yes with a shape in the cluster, no with an answer to the image but none there. With a_j the
share of clusters about which worker j is right,

    E: log P/(1 - P) = Σ_yes log a_j/(1 - a_j) - Σ_no log a_j/(1 - a_j)
    M: a_j = (4 · 0.8 + Σ_yes P + Σ_no (1 - P)) / (4 + clusters of the images j answered)

from P = share of yes. The prior is that of spec: workflows §2.9 (70 % of things found, 10 % invented: right in 80 %,
worth four clusters); a_j stays at 1/2 or above, so that nobody's yes ever counts as a no. Both errors weigh the same
and P starts at even odds: equal workers decide by majority. Separate rates for missing and inventing, with the share
of real clusters left free (Branson, Van Horn & Perona, Lean Crowdsourcing, CVPR 2017, have such a model), take workers
to err independently. They don't: what is small or half hidden is missed by most, and two who outline it make it real.
Both rates are estimated all the same, for whoever wants to know the workers.

The noise of a worker is the usual error of this person's shapes against the merged ones (s² = mean of error²), with a
prior worth four shapes; as in variance components, a member that pulls the merged shape towards itself by the share h
is compared with 1 - h degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from groundwork.consolidation.vote_table import Floats, Indices
from groundwork.job.labeling_job import Frozen

PRIOR_FOUND = 0.7
PRIOR_INVENTED = 0.1
PRIOR_RIGHT = (PRIOR_FOUND + 1 - PRIOR_INVENTED) / 2
PRIOR_WEIGHT = 4.0
LEAST_RIGHT = 0.5
MOST_RIGHT = 0.999999
MOST_ROUNDS = 100
TOLERANCE = 1e-6


class WorkerDetection(Frozen):
    """One worker, as estimated over the job."""

    right: float = Field(ge=LEAST_RIGHT, lt=1, description="a: share of things judged rightly, by a shape or by none")
    noise: float = Field(gt=0, description="Usual error of a shape, relative to its extent")
    missed: float = Field(ge=0, le=1, description="Share of the things there are that got no shape")
    invented: float = Field(ge=0, le=1, description="Share of the things there are not that got one")
    things: int = Field(ge=0, description="Clusters on the images that the worker answered")

    @classmethod
    def unknown(cls, typical_error: float) -> WorkerDetection:
        """Describe somebody of whom nothing is known."""
        return cls(right=PRIOR_RIGHT, noise=typical_error, missed=1 - PRIOR_FOUND, invented=PRIOR_INVENTED, things=0)


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
    right: Floats
    missed: Floats
    invented: Floats
    things: Floats


def probability_of_existing(yes: Sequence[float], no: Sequence[float]) -> float:
    """P for one cluster, from the `right` of those who have a shape in it and of those who have none."""
    odds = sum(map(_log_odds, sorted(yes))) - sum(map(_log_odds, sorted(no)))
    return float(1 / (1 + np.exp(-odds)))


def detect(table: DetectionTable) -> Detection:
    """Estimate clusters and workers together; see the module."""
    answered = table.by_cluster(np.ones(len(table.yes)))
    exists = table.by_cluster(table.yes) / answered
    rows = table.by_worker(np.ones(len(table.yes)))
    right = np.full(table.workers, PRIOR_RIGHT)
    for _ in range(MOST_ROUNDS):
        agreed = 1 - np.abs(table.yes - exists[table.cluster_of])
        right = (PRIOR_WEIGHT * PRIOR_RIGHT + table.by_worker(agreed)) / (PRIOR_WEIGHT + rows)
        right = np.maximum(right, LEAST_RIGHT)
        odds = table.by_cluster(np.log(right / (1 - right))[table.worker_of] * (2 * table.yes - 1))
        before, exists = exists, 1 / (1 + np.exp(-odds))
        if np.abs(exists - before).max(initial=0.0) < TOLERANCE:
            break
    real = exists[table.cluster_of]
    found = PRIOR_WEIGHT * PRIOR_FOUND + table.by_worker(real * table.yes)
    invented = PRIOR_WEIGHT * PRIOR_INVENTED + table.by_worker((1 - real) * table.yes)
    return Detection(
        exists=exists,
        right=right,
        missed=1 - found / (PRIOR_WEIGHT + table.by_worker(real)),
        invented=invented / (PRIOR_WEIGHT + table.by_worker(1 - real)),
        things=rows,
    )


def to_workers(names: Sequence[str], detection: Detection, noise: Floats) -> Mapping[str, WorkerDetection]:
    """Put the estimate into words; six digits, which is more than it is worth."""
    return {
        name: WorkerDetection(
            right=min(round(float(detection.right[number]), 6), MOST_RIGHT),
            noise=float(f"{noise[number]:.6g}"),
            missed=round(float(detection.missed[number]), 6),
            invented=round(float(detection.invented[number]), 6),
            things=int(detection.things[number]),
        )
        for number, name in enumerate(names)
    }


def _log_odds(right: float) -> float:
    return float(np.log(right / (1 - right)))

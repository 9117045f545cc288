"""The algorithms for single labels by their `ConsolidationAlgorithm`."""

from __future__ import annotations

from collections.abc import Mapping

from groundwork.consolidation.crowd_estimate import CrowdEstimate
from groundwork.consolidation.model_average import ModelAverage
from groundwork.consolidation.simple_estimates import MajorityVote, WorkerAccuracy
from groundwork.consolidation.worker_quality import WorkerQuality

CROWD_ESTIMATES: Mapping[str, type[CrowdEstimate]] = {
    "default": ModelAverage,
    "majority-vote": MajorityVote,
    "one-coin": WorkerAccuracy,
    "dawid-skene": WorkerQuality,
}

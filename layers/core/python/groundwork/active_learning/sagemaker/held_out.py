"""Which of people's labels judge the model and which train it.

A container learns from one set and is judged on another, so what judges is never shown to it, in no round. The lot is
drawn for each data object by itself: what other objects are labeled moves none from one side to the other.
"""

from __future__ import annotations

import hashlib
import math

from groundwork.job.labeling_job import LabelingJob

HELD_OUT = 0.5
"""Share of the objects drawn at random that judge the model. How much may be labeled automatically hangs on their
number alone (spec: workflows §3.4); objects that people get because the model was unsure all train it."""
CONTAINERS_OWN = 0.1
"""Share of the training objects in the container's own validation channel, by which it chooses among its epochs."""
RISK = 0.01
"""The bound on quality holds with a probability of 99 %."""
LEAST_OF_A_MEAN = 30
"""Objects below which a bound on a mean says nothing (spec: workflows §3.4)."""
LEAST_PER_CLASS = 20
"""Training objects a label before a model is worth its cost (spec: workflows §3.3)."""


def is_held_out(job: LabelingJob, object_id: int) -> bool:
    """Whether an object that chance chose for people judges the model."""
    return _lot(job, "held-out", object_id) < HELD_OUT


def is_containers_own(job: LabelingJob, object_id: int) -> bool:
    """Whether a training object is in the container's validation channel."""
    return _lot(job, "validation", object_id) < CONTAINERS_OWN


def least_held_out(job: LabelingJob) -> int:
    """Count the held-out objects that a threshold needs at least, should all of them be predicted rightly.

    With n right ones and none wrong the bound on a share of right classes is `RISK ** (1 / n)`.
    """
    if job.automation is None or not job.automation.algorithm.endswith("classification"):
        return LEAST_OF_A_MEAN
    return math.ceil(math.log(RISK) / math.log(job.automation.target))


def least_trained(job: LabelingJob) -> int:
    """Count the training objects that a model needs at least."""
    return LEAST_PER_CLASS * len(job.labels or ())


def first_people(job: LabelingJob) -> int:
    """Count the data objects that people label, drawn at random, before the first model."""
    return max(math.ceil(least_held_out(job) / HELD_OUT), math.ceil(least_trained(job) / (1 - HELD_OUT)))


def _lot(job: LabelingJob, use: str, object_id: int) -> float:
    digest = hashlib.sha256(f"{job.arn} {use} {object_id}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64

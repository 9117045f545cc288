"""What the stored estimates tell about how often each worker is right, for the quality figures.

numpy is loaded only when something is computed.
"""

from __future__ import annotations

from collections.abc import Mapping

from groundwork.quality.estimated_worker import EstimatedWorker
from groundwork.task_types.task_type import Json


def quality_of_sets(estimate: Json) -> Mapping[str, EstimatedWorker]:
    """Σ π s + (1 - π) t over the labels, divided by their number: how often a label is chosen or left out rightly."""
    from groundwork.consolidation.set_quality import SetQuality  # noqa: PLC0415

    quality = SetQuality.model_validate(estimate)
    found = {}
    for name, worker in quality.workers.items():
        rates = zip(quality.shares, worker.sensitivity, worker.specificity, strict=True)
        right = [share * found_it + (1 - share) * left_out for share, found_it, left_out in rates]
        found[name] = EstimatedWorker(sum(right) / len(right), worker.sets)
    return found


def quality_of_shapes(estimate: Json) -> Mapping[str, EstimatedWorker]:
    """1 - e of `worker_detection`: how often a thing is outlined that is there, or left alone that is not."""
    from groundwork.consolidation.worker_detection import WorkerDetections  # noqa: PLC0415

    workers = WorkerDetections.model_validate(estimate).workers
    return {name: EstimatedWorker(1 - worker.wrong, worker.things) for name, worker in workers.items()}


def quality_of_masks(estimate: Json) -> Mapping[str, EstimatedWorker]:
    """Σ π(k) C(k,k) of `confusion_quality`, background among the classes: how often what is of a class is called so."""
    from groundwork.consolidation.confusion_quality import ConfusionQuality  # noqa: PLC0415

    quality = ConfusionQuality.model_validate(estimate)
    names, classes = sorted(quality.workers), range(len(quality.prior))
    matrices = quality.matrices(names, classes)
    return {
        name: EstimatedWorker(
            float(sum(share * matrix[label, label] for label, share in enumerate(quality.prior))),
            quality.answers.get(name, 0),
        )
        for name, matrix in zip(names, matrices, strict=True)
    }

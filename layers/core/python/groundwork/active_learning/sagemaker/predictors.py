"""From a model's answer about a data object to a prediction with confidence and quality (spec: workflows §3.5)."""

from __future__ import annotations

from groundwork.active_learning.sagemaker.image_size import Size
from groundwork.active_learning.sagemaker.model_answers import AnswerError, ClassAnswer, MaskAnswer, ScoredBox
from groundwork.active_learning.sagemaker.prediction_quality import (
    ClassBox,
    box_quality,
    class_quality,
)
from groundwork.active_learning.sagemaker.predictions import AskedObject, Prediction
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import Json, MachineLabels

KEPT_SCORE = 0.5
"""A box with a higher score is more likely an object than none."""
DECIMALS = 2


def predict_class(item: AskedObject, answer: ClassAnswer, machine: MachineLabels, job: LabelingJob) -> Prediction:
    """Take the most probable class; its probability is the confidence."""
    by_people = label_of_people(item, machine, job)
    return Prediction(
        object_id=item.object_id,
        value=answer.class_id,
        confidence=min(1.0, answer.probability),
        quality=None if by_people is None else class_quality(answer.class_id, by_people),
    )


def predict_boxes(
    item: AskedObject, answer: list[ScoredBox], size: Size, machine: MachineLabels, job: LabelingJob
) -> Prediction:
    """Keep the boxes of at least `KEPT_SCORE`, in pixels.

    The confidence is the mean of their scores; without any it is how sure the model is that there is nothing, 1 less
    the best score.
    """
    kept = [(box.score, _pixels(box, size)) for box in answer if box.score >= KEPT_SCORE]
    best = max((box.score for box in answer), default=0.0)
    by_people = label_of_people(item, machine, job)
    return Prediction(
        object_id=item.object_id,
        value={"size": list(size), "boxes": [[*box, round(score, DECIMALS)] for score, box in kept]},
        confidence=sum(score for score, _ in kept) / len(kept) if kept else 1.0 - best,
        quality=None if by_people is None else box_quality([box for _, box in kept], [tuple(box) for box in by_people]),
    )


def mask_confidence(answer: MaskAnswer) -> float:
    """Mean probability of the pixels that are not background; of all pixels when all are."""
    painted = answer.mask > 0
    sure = answer.probability[painted] if painted.any() else answer.probability
    return min(1.0, max(0.0, float(sure.mean(dtype="f8"))))


def label_of_people(item: AskedObject, machine: MachineLabels, job: LabelingJob) -> Json | None:
    """Read people's label of a held-out object; None of any other.

    Raises
    ------
    AnswerError
        It is none of the job's.
    """
    if item.label is None:
        return None
    by_people = machine.read(item.label, job)
    if by_people is None:
        raise AnswerError("people's label is none of the job's")
    return by_people


def _pixels(box: ScoredBox, size: Size) -> ClassBox:
    width, height = size
    left, top, right, bottom = box.sides
    return (
        box.class_id,
        round(left * width, DECIMALS),
        round(top * height, DECIMALS),
        round((right - left) * width, DECIMALS),
        round((bottom - top) * height, DECIMALS),
    )

"""Hyperparameters of the built-in algorithms (SageMaker developer guide, the algorithms' tables).

What a request gives in `HyperParameters` goes before these. Values that the guide calls typical or that are its
defaults are taken; all of them start from weights pre-trained on ImageNet, since a job's first labels are few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from groundwork.job.labeling_job import Algorithm

_HEADER = 2
"""Numbers before the boxes in a record of the detection container."""
_BOX = 5
"""Numbers of a box in it."""
_LABEL_WIDTH = 350
"""Its default room for them."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """What some hyperparameters follow from."""

    classes: int
    lines: int
    most_boxes: int = 0
    """Boxes of the image that has most."""


def hyper_parameters(algorithm: Algorithm, training_set: TrainingSet, own: dict[str, str]) -> dict[str, str]:
    """Choose the hyperparameters; `own` are the request's."""
    return {**_DEFAULTS[algorithm](training_set), **own}


def _image_classification(training_set: TrainingSet) -> dict[str, str]:
    return {
        "num_classes": str(training_set.classes),
        "num_training_samples": str(training_set.lines),
        "use_pretrained_model": "1",
        "num_layers": "18",
        "image_shape": "3,224,224",
        "resize": "224",
        "mini_batch_size": _batch(training_set, 32),
        "epochs": "30",
        "learning_rate": "0.01",
        "lr_scheduler_step": "10,20",
    }


def _text_classification(_: TrainingSet) -> dict[str, str]:
    # Words that occur once are kept: with a few hundred texts the default of five would drop most of a vocabulary.
    return {
        "mode": "supervised",
        "epochs": "20",
        "learning_rate": "0.05",
        "word_ngrams": "2",
        "vector_dim": "20",
        "min_count": "1",
    }


def _object_detection(training_set: TrainingSet) -> dict[str, str]:
    return {
        "num_classes": str(training_set.classes),
        "num_training_samples": str(training_set.lines),
        "base_network": "resnet-50",
        "use_pretrained_model": "1",
        "mini_batch_size": _batch(training_set, 16),
        "epochs": "30",
        "learning_rate": "0.001",
        "image_shape": "512",
        "label_width": str(max(_LABEL_WIDTH, _HEADER + _BOX * training_set.most_boxes)),
    }


def _semantic_segmentation(training_set: TrainingSet) -> dict[str, str]:
    return {
        # The background is class 0 of our masks.
        "num_classes": str(training_set.classes + 1),
        "num_training_samples": str(training_set.lines),
        "backbone": "resnet-50",
        "algorithm": "fcn",
        "use_pretrained_model": "True",
        "mini_batch_size": _batch(training_set, 4),
        "epochs": "30",
        "learning_rate": "0.001",
    }


def _batch(training_set: TrainingSet, most: int) -> str:
    """Choose a batch that the lines fill: with fewer a container does not train."""
    return str(max(1, min(most, training_set.lines)))


_DEFAULTS: dict[Algorithm, Callable[[TrainingSet], dict[str, str]]] = {
    "image-classification": _image_classification,
    "text-classification": _text_classification,
    "object-detection": _object_detection,
    "semantic-segmentation": _semantic_segmentation,
}

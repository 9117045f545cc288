"""The stage that reads what a transform job wrote about a shard's data objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwork.active_learning.sagemaker.image_size import NoImageError, image_size
from groundwork.active_learning.sagemaker.inference_input import image_output, text_output
from groundwork.active_learning.sagemaker.model_answers import (
    AnswerError,
    ClassAnswer,
    read_boxes,
    read_image_class,
    read_mask,
    read_text_classes,
)
from groundwork.active_learning.sagemaker.prediction_quality import mask_quality
from groundwork.active_learning.sagemaker.predictions import AskedObject, AskedShard, Prediction, write_predictions
from groundwork.active_learning.sagemaker.predictors import (
    label_of_people,
    mask_confidence,
    predict_boxes,
    predict_class,
)
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Algorithm
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.machine_mask import MaskOfPeople, class_colors, colors_of
from groundwork.task_types.png_header import NoPngError, read_header
from groundwork.task_types.task_type import MachineLabels

if TYPE_CHECKING:
    from groundwork.consolidation.mask_image import Mask


@dataclass(frozen=True, slots=True)
class PredictedShard:
    """What came of a shard; `unanswered` objects are left to people, `problems` says why of the first few."""

    predicted: int
    unanswered: int
    problems: tuple[str, ...] = ()


MOST_PROBLEMS = 5


def predict_shard(at: JobAtHand, number: int, shard: int) -> PredictedShard:
    """Read the answers about a shard and write its predictions; a repetition writes the same.

    An object without an answer, or with one that can't be read, has no prediction.

    Raises
    ------
    ValueError
        The job does not label automatically.
    """
    machine = at.task_type.machine
    if at.job.automation is None or machine is None:
        raise ValueError(f"labeling job {at.job.name} does not label automatically")
    paths = TrainingPaths.of(at.job, number)
    asked = AskedShard.model_validate(at.store.read_json(paths.asked(shard))).objects
    reading = _Reading(at, paths, machine)
    predictions, problems = list[Prediction](), list[str]()
    if at.job.automation.algorithm == "text-classification":
        predictions, problems = reading.texts(shard, asked)
    else:
        predict = reading.predictor(at.job.automation.algorithm)
        for item in asked:
            content = at.store.find(image_output(paths, item))
            try:
                if content is None:
                    raise AnswerError("the model gave no answer")
                predictions.append(predict(item, content))
            except (AnswerError, NoImageError) as error:
                problems.append(f"data object {item.object_id}: {error}")
    write_predictions(at, paths, shard, predictions)
    return PredictedShard(len(predictions), len(asked) - len(predictions), tuple(problems[:MOST_PROBLEMS]))


@dataclass(frozen=True, slots=True)
class _Reading:
    at: JobAtHand
    paths: TrainingPaths
    machine: MachineLabels

    @property
    def classes(self) -> int:
        return len(self.at.job.labels or ())

    def predictor(self, algorithm: Algorithm) -> Callable[[AskedObject, bytes], Prediction]:
        by_algorithm: dict[Algorithm, Callable[[AskedObject, bytes], Prediction]] = {
            "image-classification": self._image_class,
            "object-detection": self._boxes,
            "semantic-segmentation": self._mask,
        }
        return by_algorithm[algorithm]

    def texts(self, shard: int, asked: tuple[AskedObject, ...]) -> tuple[list[Prediction], list[str]]:
        by_id = {item.object_id: item for item in asked}
        content = self.at.store.find(text_output(self.paths, shard))
        if content is None:
            return [], [f"shard {shard}: the model gave no answer"]
        predictions, problems = list[Prediction](), list[str]()
        for object_id, answer in _each_line(content, self.classes, problems):
            if (item := by_id.pop(object_id, None)) is not None:
                predictions.append(predict_class(item, answer, self.machine, self.at.job))
        return predictions, problems

    def _image_class(self, item: AskedObject, content: bytes) -> Prediction:
        return predict_class(item, read_image_class(content, self.classes), self.machine, self.at.job)

    def _boxes(self, item: AskedObject, content: bytes) -> Prediction:
        size = image_size(self.at.store, S3Uri.parse(item.source))
        return predict_boxes(item, read_boxes(content, self.classes), size, self.machine, self.at.job)

    def _mask(self, item: AskedObject, content: bytes) -> Prediction:
        from groundwork.consolidation.mask_image import encode_mask, scaled  # noqa: PLC0415

        width, height = image_size(self.at.store, S3Uri.parse(item.source))
        answer = read_mask(content, self.classes)
        mask = scaled(answer.mask, height, width)
        address = self.paths.predicted_mask(item.object_id)
        by_people = label_of_people(item, self.machine, self.at.job)
        prediction = Prediction(
            object_id=item.object_id,
            value={"object": item.object_id, "mask": str(address)},
            confidence=mask_confidence(answer),
            quality=None if by_people is None else mask_quality(mask, self._mask_of_people(by_people, height, width)),
        )
        self.at.store.write(address, encode_mask(mask, class_colors(self.classes)), "image/png")
        return prediction

    def _mask_of_people(self, label: MaskOfPeople, height: int, width: int) -> Mask:
        from groundwork.consolidation.mask_image import DamagedMaskError, decode_mask, scaled  # noqa: PLC0415

        content = self.at.store.read(S3Uri.parse(label["mask"]))
        try:
            header = read_header(content)
            mask = decode_mask(content, header.width, header.height, colors_of(label))
        except (NoPngError, DamagedMaskError) as error:
            raise AnswerError(f"people's mask: {error}") from error
        return scaled(mask, height, width)


def _each_line(content: bytes, classes: int, problems: list[str]) -> Iterator[tuple[int, ClassAnswer]]:
    """Read the lines that can be read; the others add to `problems`."""
    for line in content.splitlines():
        try:
            yield from read_text_classes(line, classes)
        except AnswerError as error:
            problems.append(str(error))

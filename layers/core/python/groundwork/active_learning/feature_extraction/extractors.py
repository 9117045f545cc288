"""From the name of a feature extractor and the kind of the data objects to the extractor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from groundwork.active_learning.feature_extraction.embedding_features import EmbeddingFeatures, Invoke
from groundwork.active_learning.feature_extraction.embedding_models import embedding_model
from groundwork.active_learning.feature_extraction.extractor import Extractor, OneByOne, RowExtractor
from groundwork.job.feature_extractor import BUILT_IN, ExtractorName, ObjectKind
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.task_type import TaskType


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """An ONNX model, and what tells it from others at the same address."""

    identity: str
    rows: RowExtractor


def extractor_of(
    job: LabelingJob, task_type: TaskType, load: Callable[[S3Uri], LoadedModel], invoke: Callable[[], Invoke]
) -> Extractor:
    """Make the extractor of a job: the deployment's default was filled in when the job was resolved.

    `load` reads an ONNX model, `invoke` reaches Bedrock; only the one that is needed is called.

    Raises
    ------
    FeatureExtractorError
        The model can't be used.
    """
    kind = ObjectKind.of(task_type)
    named = job.automation.feature_extractor if job.automation else None
    name = ExtractorName.parse(named or BUILT_IN)
    if name.bedrock_model is not None:
        return EmbeddingFeatures(embedding_model(name.bedrock_model, kind), invoke())
    if name.model_file is not None:
        loaded = load(name.model_file)
        return OneByOne(loaded.identity, loaded.rows)
    return OneByOne(f"{BUILT_IN} {kind}", _BUILT_IN[kind]())


def _image_rows() -> RowExtractor:
    from groundwork.active_learning.feature_extraction.image_features import ImageFeatures  # noqa: PLC0415

    return ImageFeatures()


def _text_rows() -> RowExtractor:
    from groundwork.active_learning.feature_extraction.text_features import TextFeatures  # noqa: PLC0415

    return TextFeatures()


_BUILT_IN: Mapping[ObjectKind, Callable[[], RowExtractor]] = MappingProxyType(
    {ObjectKind.IMAGE: _image_rows, ObjectKind.TEXT: _text_rows}
)

"""The names of feature extractors: what makes numbers of data objects for the embedded trainer (spec: workflows §3).

`s3://bucket/key.onnx` is a model of the deployer's own, `bedrock:<model id>` one of Amazon Bedrock, `built-in` what we
extract without any model.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.task_type import TaskType

BUILT_IN = "built-in"
ONNX_ENDING = ".onnx"
_BEDROCK = "bedrock:"


class ObjectKind(StrEnum):
    """What a data object is to a feature extractor."""

    IMAGE = "image"
    TEXT = "text"

    @classmethod
    def of(cls, task_type: TaskType) -> ObjectKind:
        """Tell by where the task type's manifests carry the data object: texts lie in the manifest itself."""
        return cls.TEXT if "source" in task_type.source_keys else cls.IMAGE


BEDROCK_MODELS = MappingProxyType(
    {
        "amazon.titan-embed-text-v2:0": frozenset({ObjectKind.TEXT}),
        "amazon.titan-embed-image-v1": frozenset({ObjectKind.IMAGE}),
        "cohere.embed-english-v3": frozenset({ObjectKind.TEXT, ObjectKind.IMAGE}),
        "cohere.embed-multilingual-v3": frozenset({ObjectKind.TEXT, ObjectKind.IMAGE}),
    }
)
"""The embedding models that we know how to ask, and what they take."""


class ExtractorNameError(ValueError):
    """A text that names no feature extractor; the text says which forms there are."""


@dataclass(frozen=True, slots=True)
class ExtractorName:
    """A feature extractor as it is named: an address of a model file, or a model id, or neither."""

    name: str
    model_file: S3Uri | None = None
    bedrock_model: str | None = None

    @classmethod
    def parse(cls, name: str) -> ExtractorName:
        """Read a name.

        Raises
        ------
        ExtractorNameError
            It has none of the forms, or names a Bedrock model that we do not know how to ask.
        """
        if name == BUILT_IN:
            return cls(name)
        if name.startswith(_BEDROCK):
            model = name.removeprefix(_BEDROCK)
            if model not in BEDROCK_MODELS:
                raise ExtractorNameError(f"{model!r} is none of the models {', '.join(BEDROCK_MODELS)}")
            return cls(name, bedrock_model=model)
        bucket, _, key = name.removeprefix("s3://").partition("/")
        if not name.startswith("s3://") or not bucket or not key.lower().endswith(ONNX_ENDING) or key == ONNX_ENDING:
            raise ExtractorNameError(
                f"{name!r} names no feature extractor; the forms are s3://bucket/key{ONNX_ENDING}, "
                f"{_BEDROCK}<model id> and {BUILT_IN}"
            )
        return cls(name, model_file=S3Uri(bucket, key))

    @property
    def kinds(self) -> frozenset[ObjectKind]:
        """What it makes features of."""
        if self.bedrock_model is not None:
            return BEDROCK_MODELS[self.bedrock_model]
        return frozenset({ObjectKind.IMAGE}) if self.model_file else frozenset(ObjectKind)


def chosen_extractor(kind: ObjectKind, named: str | None, deployment: Iterable[str]) -> str:
    """Name the extractor of a job: its own, else the first of the deployment's that takes such objects, else ours."""
    if named is not None:
        return named
    return next((name for name in deployment if kind in ExtractorName.parse(name).kinds), BUILT_IN)

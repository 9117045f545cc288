"""Whether a job may use the feature extractor that it names."""

from __future__ import annotations

from collections.abc import Iterator

from groundwork.job.drop_context import DropContext
from groundwork.job.feature_extractor import BUILT_IN, ExtractorName, ExtractorNameError, ObjectKind
from groundwork.job.problems import Problem
from groundwork.task_types.task_type import TaskType


def feature_extractor_problems(path: str, named: str, task_type: TaskType, context: DropContext) -> Iterator[Problem]:
    """Judge the name that stands at `path` of the request."""
    try:
        name = ExtractorName.parse(named)
    except ExtractorNameError as error:
        expected = f"s3://bucket/key.onnx, bedrock:<model id> or {BUILT_IN}"
        yield Problem(path=path, message=str(error), expected=expected)
        return
    kind = ObjectKind.of(task_type)
    if kind not in name.kinds:
        yield Problem(
            path=path,
            message=f"{named} makes no features of {kind}s",
            expected=f"a feature extractor for {kind}s, or {BUILT_IN}",
        )
        return
    yield from _unlisted_model(path, name, context)
    yield from _unreadable_file(path, name, context)


def _unlisted_model(path: str, name: ExtractorName, context: DropContext) -> Iterator[Problem]:
    model = name.bedrock_model
    if model is not None and model not in context.bedrock_models:
        yield Problem(
            path=path,
            message=f"this deployment has no right to invoke the model {model}",
            expected="a model listed in the deployment's setting bedrockModels; add it there and deploy again",
        )


def _unreadable_file(path: str, name: ExtractorName, context: DropContext) -> Iterator[Problem]:
    file = name.model_file
    if file is None or name.name in context.feature_extractors or file.bucket in context.readable_buckets:
        return
    yield Problem(
        path=path,
        message=f"this deployment has no right to read {file}",
        expected="a model in the jobs bucket or in a bucket of the deployment's setting dataBuckets, or one that its "
        "setting featureExtractors lists; add it there and deploy again",
    )

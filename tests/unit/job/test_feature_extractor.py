"""Feature extractors as requests and deployments name them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.feature_extractor import (
    BUILT_IN,
    ExtractorName,
    ExtractorNameError,
    ObjectKind,
    chosen_extractor,
)
from groundwork.job.labeling_job import AutomatedLabeling
from groundwork.job.problems import Problem, ProblemsError
from groundwork.job.resolve import resolve
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types import registry

from tests.unit.job.harbor_boats import INPUTS, NOW, put
from tests.unit.job.test_automation import asks_for

PLACE = "Groundwork.AutomatedLabeling.FeatureExtractor"
TITAN_TEXT, TITAN_IMAGE = "bedrock:amazon.titan-embed-text-v2:0", "bedrock:amazon.titan-embed-image-v1"
MODEL = "s3://models/nets/harbor.onnx"


@pytest.fixture
def image(request_document: dict[str, Any]) -> dict[str, Any]:
    return asks_for(request_document, "ImageMultiClass", "image-classification")


@pytest.fixture
def text(request_document: dict[str, Any]) -> dict[str, Any]:
    return asks_for(request_document, "TextMultiClass", "text-classification")


def automation(request: dict[str, Any], context: DropContext, types: TaskTypes) -> AutomatedLabeling:
    job = resolve(request, INPUTS, context, types, NOW)
    assert job.automation is not None
    return job.automation


def refused(request: dict[str, Any], context: DropContext, types: TaskTypes) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        resolve(request, INPUTS, context, types, NOW)
    (problem,) = caught.value.problems
    assert problem.path == PLACE
    return problem


def test_texts_and_images_are_told_apart_by_the_task_type() -> None:
    kinds = {name: ObjectKind.of(registry.get(name)) for name in ("ImageMultiClass", "TextMultiClass", "BoundingBox")}
    assert kinds == {"ImageMultiClass": "image", "TextMultiClass": "text", "BoundingBox": "image"}


def test_a_name_is_a_model_file_a_bedrock_model_or_ours() -> None:
    assert ExtractorName.parse(MODEL).model_file == S3Uri("models", "nets/harbor.onnx")
    assert ExtractorName.parse(TITAN_TEXT).bedrock_model == "amazon.titan-embed-text-v2:0"
    assert ExtractorName.parse(BUILT_IN) == ExtractorName(BUILT_IN)


@pytest.mark.parametrize(
    "name",
    ["", "resnet", "s3://models/nets.zip", "s3://models/.onnx", "s3://models", "https://m/n.onnx", "s3:///n.onnx"],
)
def test_another_text_names_none(name: str) -> None:
    with pytest.raises(ExtractorNameError, match="names no feature extractor; the forms are s3://bucket/key"):
        ExtractorName.parse(name)


def test_a_bedrock_model_that_we_can_not_ask_is_refused_with_those_that_we_can() -> None:
    with pytest.raises(ExtractorNameError, match=r"'amazon\.nova' is none of the models amazon\.titan-embed-text-v2:0"):
        ExtractorName.parse("bedrock:amazon.nova")


@pytest.mark.parametrize(
    ("kind", "named", "deployment", "chosen"),
    [
        (ObjectKind.IMAGE, None, (), BUILT_IN),
        (ObjectKind.IMAGE, None, (TITAN_TEXT, MODEL, TITAN_IMAGE), MODEL),
        (ObjectKind.TEXT, None, (MODEL, TITAN_TEXT), TITAN_TEXT),
        (ObjectKind.TEXT, None, (MODEL,), BUILT_IN),
        (ObjectKind.IMAGE, BUILT_IN, (MODEL,), BUILT_IN),
        (ObjectKind.IMAGE, TITAN_IMAGE, (MODEL,), TITAN_IMAGE),
    ],
)
def test_a_job_without_a_name_takes_the_deployments_first_for_its_objects(
    kind: ObjectKind, named: str | None, deployment: tuple[str, ...], chosen: str
) -> None:
    assert chosen_extractor(kind, named, deployment) == chosen


def test_the_choice_is_made_when_the_job_is_dropped(
    image: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    assert automation(image, context, task_types).feature_extractor == BUILT_IN
    deployed = replace(context, feature_extractors=(TITAN_TEXT, MODEL))
    assert automation(image, deployed, task_types).feature_extractor == MODEL
    put(image, PLACE, BUILT_IN)
    assert automation(image, deployed, task_types).feature_extractor == BUILT_IN


def test_a_model_file_in_a_readable_bucket_needs_no_setting(
    image: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    name = f"s3://{context.jobs_bucket}/models/net.onnx"
    put(image, PLACE, name)
    assert automation(image, context, task_types).feature_extractor == name


def test_a_model_file_elsewhere_is_refused_unless_the_deployment_names_it(
    image: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(image, PLACE, MODEL)
    found = refused(image, context, task_types)
    assert found.message == f"this deployment has no right to read {MODEL}"
    assert "dataBuckets" in found.expected
    assert "featureExtractors" in found.expected
    deployed = replace(context, feature_extractors=(MODEL,))
    assert automation(image, deployed, task_types).feature_extractor == MODEL


def test_a_bedrock_model_that_the_deployment_does_not_list_is_refused(
    text: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(text, PLACE, TITAN_TEXT)
    found = refused(text, context, task_types)
    assert found.message == "this deployment has no right to invoke the model amazon.titan-embed-text-v2:0"
    assert "bedrockModels" in found.expected
    listed = replace(context, bedrock_models=("amazon.titan-embed-text-v2:0",))
    assert automation(text, listed, task_types).feature_extractor == TITAN_TEXT


@pytest.mark.parametrize(
    ("suffix", "algorithm", "name", "kind"),
    [
        ("TextMultiClass", "text-classification", "s3://boats-in/net.onnx", "text"),
        ("TextMultiClass", "text-classification", TITAN_IMAGE, "text"),
        ("ImageMultiClass", "image-classification", TITAN_TEXT, "image"),
    ],
)
def test_an_extractor_of_the_other_kind_is_refused(
    *,
    request_document: dict[str, Any],
    context: DropContext,
    task_types: TaskTypes,
    suffix: str,
    algorithm: str,
    name: str,
    kind: str,
) -> None:
    put(asks_for(request_document, suffix, algorithm), PLACE, name)
    assert refused(request_document, context, task_types).message == f"{name} makes no features of {kind}s"


def test_a_text_that_names_no_extractor_is_refused_with_the_forms_there_are(
    image: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(image, PLACE, "resnet")
    assert refused(image, context, task_types).expected == "s3://bucket/key.onnx, bedrock:<model id> or built-in"

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from groundwork.job.defaults import complete
from groundwork.job.drop_context import DropContext, DropFiles, TaskTypes
from groundwork.job.labeling_job import AutomatedLabeling, LabelingJob, TrainingNetwork, TrainingSettings
from groundwork.job.resolve import resolve

from tests.unit.job.harbor_boats import INPUTS, NOW, POST, PRE, built_in, custom, problems, put

CONFIG = "LabelingJobAlgorithmsConfig"
ARN = f"{CONFIG}.LabelingJobAlgorithmSpecificationArn"
OURS = "Groundwork.AutomatedLabeling"
SPECIFICATION = "arn:aws:sagemaker:eu-west-1:027400017018:labeling-job-algorithm-specification"
OWN_ALGORITHM = "arn:aws:sagemaker:eu-west-1:123456789012:algorithm/boat-net"
MODEL = "arn:aws:sagemaker:eu-west-1:123456789012:model/birds-v3"
REPOSITORY = "arn:aws:ecr:eu-west-1:123456789012:repository/boats/net"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/boats/net:3"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
NETWORK = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}


@pytest.fixture
def trained(context: DropContext) -> DropContext:
    """The deployment with SageMaker switched on."""
    return replace(context, sagemaker=True, training_repositories=(REPOSITORY,), training_vpc=True)


def asks_for(request: dict[str, Any], suffix: str, algorithm: str | None) -> dict[str, Any]:
    put(request, PRE, built_in(f"PRE-{suffix}"))
    put(request, POST, built_in(f"ACS-{suffix}"))
    put(request, "LabelAttributeName", "boats-ref" if suffix.endswith("SemanticSegmentation") else "boats")
    return put(request, ARN, f"{SPECIFICATION}/{algorithm}") if algorithm else request


def automation(request: dict[str, Any], context: DropContext, types: TaskTypes) -> AutomatedLabeling:
    job = resolve(request, INPUTS, context, types, NOW)
    assert LabelingJob.model_validate_json(job.model_dump_json()) == job
    assert job.automation is not None
    return job.automation


def test_a_request_without_the_member_is_labeled_by_people(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    assert resolve(request_document, INPUTS, context, task_types, NOW).automation is None


@pytest.mark.parametrize(
    ("suffix", "algorithm", "trainer", "target", "instances"),
    [
        ("ImageMultiClass", "image-classification", "embedded", 0.95, None),
        ("TextMultiClass", "text-classification", "embedded", 0.95, None),
        ("BoundingBox", "object-detection", "sagemaker", 0.60, ("ml.g5.2xlarge", "ml.c5.4xlarge")),
        ("SemanticSegmentation", "semantic-segmentation", "sagemaker", 0.70, ("ml.g5.2xlarge", "ml.g5.2xlarge")),
    ],
)
def test_each_type_has_its_algorithm_target_and_trainer(
    *,
    request_document: dict[str, Any],
    trained: DropContext,
    task_types: TaskTypes,
    suffix: str,
    algorithm: str,
    trainer: str,
    target: float,
    instances: tuple[str, str] | None,
) -> None:
    found = automation(asks_for(request_document, suffix, algorithm), trained, task_types)
    assert (found.algorithm, found.trainer, found.target) == (algorithm, trainer, target)
    settings = found.sagemaker
    assert (settings and (settings.training_instance_type, settings.transform_instance_type)) == instances


def test_our_own_member_switches_automated_labeling_on_and_decides(
    context: DropContext, files: DropFiles, task_types: TaskTypes
) -> None:
    drop = {
        "Groundwork": {
            "TaskType": "TextMultiClass",
            "AutomatedLabeling": {"Target": 0.99, "FeatureExtractor": "built-in"},
        }
    }
    request = complete(drop, files, context, task_types)
    assert request[CONFIG] == {"LabelingJobAlgorithmSpecificationArn": f"{SPECIFICATION}/text-classification"}
    found = automation(request, context, task_types)
    assert found == AutomatedLabeling(
        algorithm="text-classification", trainer="embedded", target=0.99, feature_extractor="built-in"
    )


def test_everything_the_request_says_about_training_is_kept(
    request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes
) -> None:
    asks_for(request_document, "ImageMultiClass", "image-classification")
    request_document[CONFIG] |= {
        "InitialActiveLearningModelArn": MODEL,
        "LabelingJobResourceConfig": {"VolumeKmsKeyId": KEY, "VpcConfig": NETWORK},
    }
    put(
        request_document,
        OURS,
        {
            "Trainer": "sagemaker",
            "TrainingImage": IMAGE,
            "HyperParameters": {"epochs": "3"},
            "TrainingInstanceType": "ml.p3.2xlarge",
            "TransformInstanceType": "ml.m5.large",
        },
    )
    assert automation(request_document, trained, task_types).sagemaker == TrainingSettings(
        image=IMAGE,
        hyper_parameters={"epochs": "3"},
        training_instance_type="ml.p3.2xlarge",
        transform_instance_type="ml.m5.large",
        volume_kms_key=KEY,
        network=TrainingNetwork(security_groups=("sg-1",), subnets=("subnet-1",)),
        initial_model_arn=MODEL,
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [(ARN, OWN_ALGORITHM), (f"{CONFIG}.InitialActiveLearningModelArn", MODEL), (f"{OURS}.TrainingImage", IMAGE)],
)
def test_what_runs_in_sagemaker_only_chooses_that_trainer(
    *, request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes, path: str, value: str
) -> None:
    put(asks_for(request_document, "ImageMultiClass", "image-classification"), path, value)
    assert automation(request_document, trained, task_types).trainer == "sagemaker"
    put(request_document, f"{OURS}.Trainer", "embedded")
    assert set(problems(request_document, trained, task_types)) == {path}


@pytest.mark.parametrize(
    ("arn", "words"),
    [
        (f"{SPECIFICATION}/text-classification", "not the algorithm of task type ImageMultiClass"),
        (f"{SPECIFICATION}/image-classification".replace("eu-west-1", "us-east-1"), "not the algorithm"),
        (f"{SPECIFICATION}/image-classification".replace("027400017018", "123456789012"), "not the algorithm"),
        (f"{SPECIFICATION}/image-classification".replace("arn:aws:", "arn:aws-cn:"), "not the algorithm"),
        (OWN_ALGORITHM.replace("eu-west-1", "us-east-1"), "another Region"),
        (OWN_ALGORITHM.replace("123456789012", "999999999999"), "or account"),
    ],
)
def test_an_algorithm_of_another_type_region_or_owner_is_refused(
    *, request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes, arn: str, words: str
) -> None:
    put(request_document, ARN, arn)
    assert words in problems(request_document, trained, task_types)[ARN]


@pytest.mark.parametrize(
    "suffix",
    [
        "ImageMultiClassMultiLabel",
        "VerificationBoundingBox",
        "AdjustmentBoundingBox",
        "AdjustmentSemanticSegmentation",
        "Polygon",
    ],
)
def test_types_that_people_label_alone_are_told_so(
    *, request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes, suffix: str
) -> None:
    asks_for(request_document, suffix, "image-classification")
    assert "by people only" in problems(request_document, trained, task_types)[CONFIG]


def test_custom_jobs_are_labeled_by_people(
    request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes
) -> None:
    put(custom(request_document, None, None), OURS, {})
    assert "by people only" in problems(request_document, trained, task_types)[OURS]


def test_streaming_is_refused_whether_or_not_a_model_helps(
    request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes
) -> None:
    asks_for(request_document, "ImageMultiClass", "image-classification")
    source = "InputConfig.DataSource.SnsDataSource"
    put(request_document, source, {"SnsTopicArn": "arn:aws:sns:eu-west-1:123456789012:t"})
    assert set(problems(request_document, trained, task_types)) == {source}


@pytest.mark.parametrize("suffix", ["BoundingBox", "SemanticSegmentation"])
def test_boxes_and_masks_have_no_embedded_trainer(
    *, request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes, suffix: str
) -> None:
    algorithm = "object-detection" if suffix == "BoundingBox" else "semantic-segmentation"
    put(asks_for(request_document, suffix, algorithm), f"{OURS}.Trainer", "embedded")
    assert "no embedded trainer" in problems(request_document, trained, task_types)[f"{OURS}.Trainer"]


def test_a_deployment_without_sagemaker_says_which_setting_is_off(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    asks_for(request_document, "BoundingBox", "object-detection")
    assert "no right to use" in problems(request_document, context, task_types)[CONFIG]
    put(request_document, f"{OURS}.Trainer", "sagemaker")
    assert set(problems(request_document, context, task_types)) == {f"{OURS}.Trainer"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{OURS}.TrainingImage", IMAGE.replace("boats/net", "boats/other")),
        (f"{OURS}.TrainingImage", "boats/net:3"),
        (f"{OURS}.FeatureExtractor", "s3://harbor-in/m/x.onnx"),
        (f"{OURS}.Target", 1.0),
        (f"{OURS}.Target", "high"),
        (f"{OURS}.Trainer", "ec2"),
        (f"{OURS}.HyperParameters", {"epochs": 3}),
        (f"{OURS}.HyperParameters", {"": "3"}),
        (f"{OURS}.HyperParameters", ["epochs"]),
        (f"{OURS}.TrainingInstanceType", "g5.2xlarge"),
        (f"{CONFIG}.LabelingJobResourceConfig.VolumeKmsKeyId", "alias/labels"),
    ],
)
def test_a_value_that_can_not_be_used_is_told_where_it_stands(
    *, request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes, path: str, value: object
) -> None:
    put(asks_for(request_document, "BoundingBox", "object-detection"), path, value)
    (place,) = problems(request_document, trained, task_types)
    assert place.startswith(path)


def test_a_network_needs_its_setting(
    request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes
) -> None:
    network = f"{CONFIG}.LabelingJobResourceConfig.VpcConfig"
    put(asks_for(request_document, "BoundingBox", "object-detection"), network, NETWORK)
    assert automation(request_document, trained, task_types).sagemaker is not None
    assert set(problems(request_document, replace(trained, training_vpc=False), task_types)) == {network}


def test_texts_can_not_start_from_an_earlier_model_of_the_built_in_algorithm(
    request_document: dict[str, Any], trained: DropContext, task_types: TaskTypes
) -> None:
    model = f"{CONFIG}.InitialActiveLearningModelArn"
    put(asks_for(request_document, "TextMultiClass", "text-classification"), model, MODEL)
    assert "BlazingText" in problems(request_document, trained, task_types)[model]
    put(request_document, f"{OURS}.TrainingImage", IMAGE)
    assert automation(request_document, trained, task_types).trainer == "sagemaker"

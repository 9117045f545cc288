"""The gateway to SageMaker, against answers of the shapes that its service model gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from groundwork.aws.training_service import TrainingService, TrainingServiceError

MODEL = "arn:aws:sagemaker:us-east-1:123456789012:model/birds-v3"
ALGORITHM = "arn:aws:sagemaker:us-east-1:123456789012:algorithm/boat-net"
WHEN = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture
def stubbed() -> Iterator[tuple[TrainingService, Stubber]]:
    client = boto3.client(
        "sagemaker", region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )
    with Stubber(client) as stubber:
        yield TrainingService(client), stubber
        stubber.assert_no_pending_responses()


Stubbed = tuple[TrainingService, Stubber]


def described(**members: Any) -> dict[str, Any]:
    return {"ModelName": "birds-v3", "CreationTime": WHEN, "ModelArn": MODEL, **members}


def algorithm(**members: Any) -> dict[str, Any]:
    specification = {
        "TrainingImage": "image",
        "SupportedTrainingInstanceTypes": ["ml.m5.large"],
        "TrainingChannels": [
            {"Name": "train", "SupportedContentTypes": ["application/x-recordio"], "SupportedInputModes": ["Pipe"]}
        ],
    }
    return {
        "AlgorithmName": "boat-net",
        "AlgorithmArn": ALGORITHM,
        "CreationTime": WHEN,
        "TrainingSpecification": specification,
        "AlgorithmStatus": "Completed",
        "AlgorithmStatusDetails": {},
        **members,
    }


def test_a_model_is_found_by_its_name(stubbed: Stubbed) -> None:
    service, stubber = stubbed
    container = {"Image": "image", "ModelDataUrl": "s3://harbor-in/models/birds.tar.gz"}
    stubber.add_response("describe_model", described(PrimaryContainer=container), {"ModelName": "birds-v3"})
    assert service.model_data(MODEL) == "s3://harbor-in/models/birds.tar.gz"


def test_a_model_without_an_artefact_can_not_be_started_from(stubbed: Stubbed) -> None:
    service, stubber = stubbed
    stubber.add_response("describe_model", described(Containers=[{"Image": "image"}]))
    with pytest.raises(TrainingServiceError, match="no model artefact"):
        service.model_data(MODEL)


def test_an_algorithm_predicts_with_its_own_container(stubbed: Stubbed) -> None:
    service, stubber = stubbed
    inference = {"Containers": [{"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/boats/net:3"}]}
    stubber.add_response("describe_algorithm", algorithm(InferenceSpecification=inference))
    stubber.add_response("describe_algorithm", algorithm())
    assert service.inference_image(ALGORITHM).endswith("/boats/net:3")
    with pytest.raises(TrainingServiceError, match="no container for inference"):
        service.inference_image(ALGORITHM)


def test_a_job_at_work_is_stopped_and_one_that_is_not_is_let_be(stubbed: Stubbed) -> None:
    service, stubber = stubbed
    stubber.add_response("stop_training_job", {}, {"TrainingJobName": "labels-1"})
    stubber.add_client_error("stop_training_job", "ValidationException", "The request was rejected")
    stubber.add_response("stop_transform_job", {}, {"TransformJobName": "labels-1-0"})
    stubber.add_client_error("stop_transform_job", "ResourceNotFound")
    assert [service.stop_training("labels-1"), service.stop_training("labels-2")] == [True, False]
    assert [service.stop_transform("labels-1-0"), service.stop_transform("labels-1-1")] == [True, False]


def test_a_missing_right_to_stop_is_no_job_that_is_not_there(stubbed: Stubbed) -> None:
    service, stubber = stubbed
    stubber.add_client_error("stop_training_job", "AccessDeniedException")
    with pytest.raises(ClientError):
        service.stop_training("labels-1")

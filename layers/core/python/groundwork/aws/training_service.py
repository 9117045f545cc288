"""SageMaker, as far as our functions speak to it themselves: models and algorithms to look up, jobs to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_sagemaker import SageMakerClient


class TrainingServiceError(Exception):
    """Something that a request names can't be used at SageMaker; the text says why."""


class TrainingService:
    """Gateway to SageMaker."""

    def __init__(self, client: SageMakerClient) -> None:
        self._client = client

    def model_data(self, model_arn: str) -> str:
        """Find the S3 address of a model's artefact.

        Raises
        ------
        TrainingServiceError
            The model has none, as one of several containers.
        """
        described = self._client.describe_model(ModelName=model_arn.rpartition("/")[2])
        data = described.get("PrimaryContainer", {}).get("ModelDataUrl")
        if not data:
            raise TrainingServiceError(f"{model_arn} has no model artefact to start from")
        return data

    def inference_image(self, algorithm_arn: str) -> str:
        """Find the container that predicts with models of an algorithm resource.

        Raises
        ------
        TrainingServiceError
            The algorithm was made without one.
        """
        described = self._client.describe_algorithm(AlgorithmName=algorithm_arn)
        containers = described.get("InferenceSpecification", {}).get("Containers", [])
        if not containers or not containers[0].get("Image"):
            raise TrainingServiceError(f"{algorithm_arn} has no container for inference")
        return str(containers[0]["Image"])

    def stop_training(self, name: str) -> bool:
        """Stop a training job; False when there is none at work under that name."""
        try:
            self._client.stop_training_job(TrainingJobName=name)
        except ClientError as error:
            return _not_at_work(error)
        return True

    def stop_transform(self, name: str) -> bool:
        """Stop a transform job; False when there is none at work under that name."""
        try:
            self._client.stop_transform_job(TransformJobName=name)
        except ClientError as error:
            return _not_at_work(error)
        return True


def _not_at_work(error: ClientError) -> bool:
    if error.response["Error"]["Code"] in {"ResourceNotFound", "ValidationException"}:
        return False
    raise error

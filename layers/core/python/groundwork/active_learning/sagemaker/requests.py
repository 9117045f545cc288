"""CreateTrainingJob, CreateModel and CreateTransformJob of a round (SageMaker API 2017-07-24).

Each is complete; the state machine passes its members on one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from groundwork.active_learning.sagemaker.names import JobNames
from groundwork.active_learning.sagemaker.training_lines import ATTRIBUTES
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.job.labeling_job import Algorithm, LabelingJob, TrainingSettings

Request = dict[str, Any]

LONGEST_TRAINING = 86_400
"""Seconds; a day is what AWS's own samples allow."""
VOLUME_GB = 50
"""For the container's own files: Pipe mode streams the data."""
LARGEST_PAYLOAD_MB = 50
"""Of a request to the model; an image with automated labeling has at most 40 MB (spec: workflows §3.1)."""
TRAIN, VALIDATION = "train", "validation"


@dataclass(frozen=True, slots=True)
class Containers:
    """What trains and what predicts, as registry paths; `algorithm_name` goes before `training` when there is one."""

    training: str
    inference: str
    algorithm_name: str | None = None


@dataclass(frozen=True, slots=True)
class RoundRequests:
    """Writes the requests of one round."""

    job: LabelingJob
    algorithm: Algorithm
    settings: TrainingSettings
    containers: Containers
    names: JobNames
    paths: TrainingPaths
    role_arn: str

    def training(self, hyper_parameters: dict[str, str], initial_model_data: str | None = None) -> Request:
        """Train on the channels `train` and `validation`, from the weights of an earlier model if there is one."""
        specification = (
            {"AlgorithmName": self.containers.algorithm_name}
            if self.containers.algorithm_name
            else {"TrainingImage": self.containers.training}
        )
        channels = [self._channel(TRAIN), self._channel(VALIDATION)]
        if initial_model_data is not None:
            channels.append(_model_channel(initial_model_data))
        output = {"S3OutputPath": str(self.paths.models)}
        request: Request = {
            "TrainingJobName": self.names.training_job,
            "AlgorithmSpecification": {**specification, "TrainingInputMode": "Pipe"},
            "RoleArn": self.role_arn,
            "HyperParameters": hyper_parameters,
            "InputDataConfig": channels,
            "OutputDataConfig": self._with_output_key(output),
            "ResourceConfig": self._with_volume_key(
                {
                    "InstanceType": self.settings.training_instance_type,
                    "InstanceCount": 1,
                    "VolumeSizeInGB": VOLUME_GB,
                }
            ),
            "StoppingCondition": {"MaxRuntimeInSeconds": LONGEST_TRAINING},
        }
        return request | self._network()

    def model(self) -> Request:
        """Make a model of what the training job wrote."""
        data = self.paths.models.child(f"{self.names.training_job}/output/model.tar.gz")
        request: Request = {
            "ModelName": self.names.model,
            "ExecutionRoleArn": self.role_arn,
            "PrimaryContainer": {"Image": self.containers.inference, "ModelDataUrl": str(data)},
        }
        return request | self._network()

    def transforms(self, parts: Sequence[str]) -> list[Request]:
        """Ask the model about every part of the input."""
        return [self._transform(name, part) for name, part in zip(self.names.transform_jobs, parts, strict=True)]

    def _transform(self, name: str, part: str) -> Request:
        texts = self.algorithm == "text-classification"
        output = {"S3OutputPath": str(self.paths.inference_output(part)), "Accept": ACCEPT[self.algorithm]}
        return {
            "TransformJobName": name,
            "ModelName": self.names.model,
            "MaxConcurrentTransforms": 1,
            "MaxPayloadInMB": LARGEST_PAYLOAD_MB,
            "BatchStrategy": "MultiRecord" if texts else "SingleRecord",
            "TransformInput": self._texts(part) if texts else self._images(part),
            "TransformOutput": self._with_output_key({**output, "AssembleWith": "Line" if texts else "None"}),
            "TransformResources": self._with_volume_key(
                {"InstanceType": self.settings.transform_instance_type, "InstanceCount": 1}
            ),
            "DataProcessing": _JOINED if texts else _ONLY_OUTPUT,
        }

    def _texts(self, part: str) -> Request:
        uri = f"{self.paths.inference_input(part)}/"
        return {
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
            "ContentType": ACCEPT["text-classification"],
            "SplitType": "Line",
            "CompressionType": "None",
        }

    def _images(self, part: str) -> Request:
        uri = str(self.paths.inference_input(f"{part}.json"))
        return {
            "DataSource": {"S3DataSource": {"S3DataType": "ManifestFile", "S3Uri": uri}},
            "ContentType": "image/jpeg" if self.algorithm == "semantic-segmentation" else "application/x-image",
            "SplitType": "None",
            "CompressionType": "None",
        }

    def _channel(self, name: str) -> Request:
        source = {
            "S3DataType": "AugmentedManifestFile",
            "S3Uri": str(self.paths.training_input(name)),
            "S3DataDistributionType": "FullyReplicated",
            "AttributeNames": list(ATTRIBUTES[self.algorithm]),
        }
        return {
            "ChannelName": name,
            "DataSource": {"S3DataSource": source},
            "ContentType": "application/x-recordio",
            "InputMode": "Pipe",
            "RecordWrapperType": "RecordIO",
            "CompressionType": "None",
        }

    def _with_output_key(self, output: Request) -> Request:
        return output | ({"KmsKeyId": self.job.output_kms_key} if self.job.output_kms_key else {})

    def _with_volume_key(self, resources: Request) -> Request:
        key = self.settings.volume_kms_key
        return resources | ({"VolumeKmsKeyId": key} if key else {})

    def _network(self) -> Request:
        network = self.settings.network
        if network is None:
            return {}
        return {"VpcConfig": {"SecurityGroupIds": list(network.security_groups), "Subnets": list(network.subnets)}}


ACCEPT: dict[Algorithm, str] = {
    "image-classification": "application/jsonlines",
    "text-classification": "application/jsonlines",
    "object-detection": "application/jsonlines",
    "semantic-segmentation": "application/x-recordio-protobuf",
}
"""What the model answers with. Masks come as class probabilities: the PNG it can give tells no confidence."""
CONTINUES_TRAINING: frozenset[Algorithm] = frozenset(
    {"image-classification", "object-detection", "semantic-segmentation"}
)
"""Built-in algorithms with a `model` channel; BlazingText always starts anew."""

_JOINED = {"InputFilter": "$", "JoinSource": "Input", "OutputFilter": "$['id','SageMakerOutput']"}
_ONLY_OUTPUT = {"InputFilter": "$", "JoinSource": "None", "OutputFilter": "$"}


def _model_channel(model_data: str) -> Request:
    source = {"S3DataType": "S3Prefix", "S3Uri": model_data, "S3DataDistributionType": "FullyReplicated"}
    return {
        "ChannelName": "model",
        "DataSource": {"S3DataSource": source},
        "ContentType": "application/x-sagemaker-model",
        "InputMode": "File",
        "CompressionType": "None",
    }

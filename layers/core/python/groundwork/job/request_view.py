"""A look into a request that may be wrong in places, so that one mistake does not hide the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RequestView:
    """Reads members by their dotted path; what is missing or of another kind reads as None."""

    request: Mapping[str, Any]

    def at(self, path: str) -> Any:
        """Read whatever stands at `path`."""
        value: Any = self.request
        for step in path.split("."):
            if not isinstance(value, Mapping):
                return None
            value = value.get(step)
        return value

    def text(self, path: str) -> str | None:
        """Read the text at `path`."""
        value = self.at(path)
        return value if isinstance(value, str) else None

    def integer(self, path: str) -> int | None:
        """Read the whole number at `path`."""
        value = self.at(path)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def has(self, path: str) -> bool:
        """Whether the request says anything at `path`."""
        return self.at(path) is not None


NAME = "LabelingJobName"
ATTRIBUTE = "LabelAttributeName"
S3_SOURCE = "InputConfig.DataSource.S3DataSource"
SNS_SOURCE = "InputConfig.DataSource.SnsDataSource"
MANIFEST = f"{S3_SOURCE}.ManifestS3Uri"
OUTPUT = "OutputConfig.S3OutputPath"
OUTPUT_KEY = "OutputConfig.KmsKeyId"
OUTPUT_TOPIC = "OutputConfig.SnsTopicArn"
ROLE = "RoleArn"
LABEL_FILE = "LabelCategoryConfigS3Uri"
ALGORITHMS = "LabelingJobAlgorithmsConfig"
ALGORITHM_ARN = f"{ALGORITHMS}.LabelingJobAlgorithmSpecificationArn"
INITIAL_MODEL = f"{ALGORITHMS}.InitialActiveLearningModelArn"
VOLUME_KEY = f"{ALGORITHMS}.LabelingJobResourceConfig.VolumeKmsKeyId"
TRAINING_NETWORK = f"{ALGORITHMS}.LabelingJobResourceConfig.VpcConfig"
WORK_TEAM = "HumanTaskConfig.WorkteamArn"
TEMPLATE = "HumanTaskConfig.UiConfig.UiTemplateS3Uri"
HUMAN_TASK_UI = "HumanTaskConfig.UiConfig.HumanTaskUiArn"
PRE = "HumanTaskConfig.PreHumanTaskLambdaArn"
POST = "HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn"
TIME_LIMIT = "HumanTaskConfig.TaskTimeLimitInSeconds"
AVAILABILITY = "HumanTaskConfig.TaskAvailabilityLifetimeInSeconds"
TASK_TYPE = "Groundwork.TaskType"
ALGORITHM = "Groundwork.ConsolidationAlgorithm"
AUTOMATION = "Groundwork.AutomatedLabeling"
TRAINER = f"{AUTOMATION}.Trainer"
TRAINING_IMAGE = f"{AUTOMATION}.TrainingImage"
FEATURE_EXTRACTOR = f"{AUTOMATION}.FeatureExtractor"
MOST_WORKERS = "HumanTaskConfig.NumberOfHumanWorkersPerDataObject"
MIN_WORKERS = "Groundwork.MinHumanWorkersPerDataObject"
TARGET = "Groundwork.TargetConfidence"
EXPORT = "Groundwork.Export"
SHOW_PREDICTIONS = "Groundwork.ShowPredictions"
AUDITED = "Groundwork.AuditLabelAttributeName"

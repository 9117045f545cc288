"""The labeling job as every stage sees it: a checked request with everything resolved."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from groundwork.job.s3_uri import S3Uri

GOLD_SUFFIX = "-gold"
"""Of the key under which a manifest line brings a known answer, and before `-metadata` of its metadata."""
PREDICTION_SUFFIX = "-prediction"
"""Of the key under which a manifest line brings a prediction of the label, and before `-metadata` of its metadata."""


class Frozen(BaseModel):
    """Base of the models that travel between stages: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ManifestVersion(Frozen):
    """The very manifest the job was started with; later writes to the key do not reach the job.

    In a versioned bucket the job goes on with its version; elsewhere an overwritten manifest fails the job.
    """

    uri: str
    etag: str
    version_id: str | None = None


class AnnotationFunctions(Frozen):
    """The customer's own Lambdas of a custom job; `None` where the job has none."""

    pre: str | None = None
    post: str | None = None


class StopConditions(Frozen):
    """`StoppingConditions` of the request (spec: job-api §13.5)."""

    max_human_labeled_objects: int | None = None
    max_percentage_labeled: int | None = None


class AdaptiveRedundancy(Frozen):
    """Ask no more people about a data object once its label is sure enough (docs/drop.md)."""

    min_workers: int = Field(ge=1, le=9, description="Answers that every data object gets")
    target_confidence: float = Field(gt=0.5, lt=1, description="Probability of the label from which on it is sure")


class Instructions(Frozen):
    """What the label file tells workers, text or HTML (spec: data-formats §5.5)."""

    short: str
    full: str


Algorithm = Literal["image-classification", "text-classification", "object-detection", "semantic-segmentation"]
"""Last part of Ground Truth's algorithm specification ARNs (spec: workflows §3.1)."""
Trainer = Literal["embedded", "sagemaker"]
"""What trains and predicts: our own functions, or training and transform jobs of SageMaker."""


class TrainingNetwork(Frozen):
    """`VpcConfig` of the request: where SageMaker's instances stand."""

    security_groups: tuple[str, ...]
    subnets: tuple[str, ...]


class TrainingSettings(Frozen):
    """What the SageMaker trainer runs and on which instances.

    With neither `image` nor `algorithm_name` the container is the built-in one of the Region.
    """

    image: str | None = Field(default=None, description="Registry path of the requester's own container")
    algorithm_name: str | None = Field(default=None, description="ARN of an algorithm resource of SageMaker")
    hyper_parameters: dict[str, str] = Field(default={}, description="Those of the request, before our defaults")
    training_instance_type: str
    transform_instance_type: str
    volume_kms_key: str | None = None
    network: TrainingNetwork | None = None
    initial_model_arn: str | None = Field(default=None, description="InitialActiveLearningModelArn: the warm start")


class AutomatedLabeling(Frozen):
    """How the model of a job with automated data labeling comes about (spec: workflows §3)."""

    algorithm: Algorithm
    trainer: Trainer
    target: float = Field(gt=0, lt=1, description="Quality that automatic labels keep (spec: workflows §3.5)")
    feature_extractor: str | None = Field(default=None, description="Its name; None with the SageMaker trainer")
    sagemaker: TrainingSettings | None = Field(default=None, description="None with the embedded trainer")


class LabelingJob(Frozen):
    """One labeling job, resolved once at ingestion and stored as `.groundwork/labeling-job.json`.

    Every default is filled in and every name of the request is translated into ours, so that no stage
    looks at the request again.
    """

    name: str = Field(description="LabelingJobName, case as given")
    arn: str
    reference_code: str = Field(description="12-digit account and 16 alphanumerics (spec: job-api §4)")
    created_at: datetime
    task_type: str = Field(description="Name in the task-type registry")
    label_attribute: str
    labels: tuple[str, ...] | None = Field(description="In the order of the label file; None without one")
    short_display_names: dict[str, str] = Field(default={}, description="shortDisplayName of the labels that have one")
    instructions: Instructions | None = None
    audited_attribute: str | None = Field(
        default=None, description="Label attribute that a verification or adjustment audits; None: found in each line"
    )
    manifest: ManifestVersion
    output_root: str = Field(description="s3://bucket/prefix/<job name>, no trailing slash")
    output_kms_key: str | None = None
    template_uri: str | None = Field(description="The worker template; None selects the task type's own")
    role_arn: str = Field(description="RoleArn of the request: recorded, never assumed")
    work_team: str
    title: str
    description: str
    keywords: tuple[str, ...] = ()
    workers_per_object: int = Field(ge=1, le=9, description="With adaptive redundancy the most")
    adaptive: AdaptiveRedundancy | None = None
    task_time_limit: int = Field(description="Seconds from showing a task to submitting it")
    task_availability: int = Field(description="Seconds a data object stays open to workers")
    max_concurrent: int = Field(ge=1, le=5000, description="Data objects open to workers at a time")
    functions: AnnotationFunctions = AnnotationFunctions()
    stop_conditions: StopConditions = StopConditions()
    consolidation_algorithm: str = "default"
    automation: AutomatedLabeling | None = Field(default=None, description="None: people label every data object")
    exports: tuple[str, ...] = Field(default=(), description="Formats written beside output.manifest")
    show_predictions: bool = Field(default=False, description="Whether workers begin with a line's prediction")
    team_record: str | None = Field(
        default=None, description="Where the work team's quality is kept; None: the job neither reads nor writes it"
    )
    script_sources: tuple[str, ...] = Field(default=(), description="Origins a template may load scripts from")
    tags: dict[str, str] = {}

    @property
    def key(self) -> str:
        """The name by which the job is unique: lower case, as in its ARN (spec: job-api §14)."""
        return self.name.lower()

    @property
    def output(self) -> S3Uri:
        """The output root as bucket and key."""
        return S3Uri.parse(self.output_root)

    @property
    def gold_attribute(self) -> str:
        """Key of the known answer in the manifest line of a gold object."""
        return f"{self.label_attribute}{GOLD_SUFFIX}"

    @property
    def prediction_attribute(self) -> str:
        """Key of a model's prediction in a manifest line."""
        return f"{self.label_attribute}{PREDICTION_SUFFIX}"

    @property
    def metadata_attribute(self) -> str:
        """Key of the label's metadata in an output line."""
        return f"{self.label_attribute}-metadata"

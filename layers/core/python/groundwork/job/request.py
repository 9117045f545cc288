"""A CreateLabelingJob request: every member and the constraint on each value (spec: job-api §3.1).

What holds between members is in `rules.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.alias_generators import to_pascal

from groundwork.job import request_types as types
from groundwork.job.labeling_job import Trainer
from groundwork.job.request_types import Between, Flag, Integer, Items


class RequestPart(BaseModel):
    """Base of the request's models: immutable, Ground Truth's member names, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, alias_generator=to_pascal)


class S3DataSource(RequestPart):
    """A manifest that lies in S3."""

    manifest_s3_uri: types.S3Address = Field(alias="ManifestS3Uri")


class SnsDataSource(RequestPart):
    """A topic that brings data objects while the job runs."""

    sns_topic_arn: types.SnsTopicArn


class DataSource(RequestPart):
    """Where the data objects come from."""

    s3_data_source: S3DataSource | None = Field(default=None, alias="S3DataSource")
    sns_data_source: SnsDataSource | None = None


class DataAttributes(RequestPart):
    """What the requester declares about the data."""

    content_classifiers: Annotated[
        tuple[Literal["FreeOfPersonallyIdentifiableInformation", "FreeOfAdultContent"], ...],
        Items("content classifiers", 0, 256),
    ] = ()


class InputConfig(RequestPart):
    """The data objects."""

    data_source: DataSource
    data_attributes: DataAttributes | None = None


class OutputConfig(RequestPart):
    """Where the labels go."""

    s3_output_path: types.S3Address = Field(alias="S3OutputPath")
    kms_key_id: types.KmsKeyId | None = None
    sns_topic_arn: types.SnsTopicArn | None = None


class StoppingConditions(RequestPart):
    """When the job stops before every object is labeled."""

    max_human_labeled_object_count: Annotated[int, Integer(1)] | None = None
    max_percentage_of_input_dataset_labeled: Annotated[int, Integer(1, 100)] | None = None


class VpcConfig(RequestPart):
    """The network of automated labeling."""

    security_group_ids: Annotated[tuple[types.VpcResourceId, ...], Items("security group ids", 1, 5)]
    subnets: Annotated[tuple[types.VpcResourceId, ...], Items("subnet ids", 1, 16)]


class LabelingJobResourceConfig(RequestPart):
    """The machines of automated labeling."""

    volume_kms_key_id: types.KmsKeyId | None = None
    vpc_config: VpcConfig | None = None


class LabelingJobAlgorithmsConfig(RequestPart):
    """Automated labeling."""

    labeling_job_algorithm_specification_arn: types.AlgorithmArn
    initial_active_learning_model_arn: types.ModelArn | None = None
    labeling_job_resource_config: LabelingJobResourceConfig | None = None


class UiConfig(RequestPart):
    """What workers see."""

    ui_template_s3_uri: types.S3Address | None = Field(default=None, alias="UiTemplateS3Uri")
    human_task_ui_arn: types.HumanTaskUiArn | None = None


class AnnotationConsolidationConfig(RequestPart):
    """How answers become a label."""

    annotation_consolidation_lambda_arn: types.LambdaFunctionArn


class AmountInUsd(RequestPart):
    """A price."""

    dollars: Annotated[int, Integer(0, 2)] | None = None
    cents: Annotated[int, Integer(0, 99)] | None = None
    tenth_fractions_of_a_cent: Annotated[int, Integer(0, 9)] | None = Field(default=None, alias="TenthFractionsOfACent")


class PublicWorkforceTaskPrice(RequestPart):
    """What the public workforce is paid for a task."""

    amount_in_usd: AmountInUsd | None = None


class HumanTaskConfig(RequestPart):
    """The work of people."""

    workteam_arn: types.WorkteamArn
    ui_config: UiConfig
    pre_human_task_lambda_arn: types.LambdaFunctionArn | None = None
    task_keywords: Annotated[tuple[types.Keyword, ...], Items("keywords", 1, 5)] | None = None
    task_title: types.TaskTitle
    task_description: types.TaskDescription
    number_of_human_workers_per_data_object: Annotated[int, Integer(1, 9)]
    task_time_limit_in_seconds: Annotated[int, Integer(30)]
    task_availability_lifetime_in_seconds: Annotated[int, Integer(60)] | None = None
    max_concurrent_task_count: Annotated[int, Integer(1, 5000)] | None = None
    annotation_consolidation_config: AnnotationConsolidationConfig | None = None
    public_workforce_task_price: PublicWorkforceTaskPrice | None = None


class Tag(RequestPart):
    """A label on the job for its owner's bookkeeping."""

    key: types.TagKey
    value: types.TagValue


class AutomatedLabelingSettings(RequestPart):
    """What Ground Truth decides about automated labeling by itself, and a request to us may decide."""

    trainer: Trainer | None = None
    target: Annotated[float, Between(0, 1)] | None = None
    training_image: types.TrainingImage | None = None
    hyper_parameters: (
        Annotated[dict[types.HyperParameterName, types.HyperParameterValue], Items("hyperparameters", 0, 100)] | None
    ) = None
    training_instance_type: types.InstanceType | None = None
    transform_instance_type: types.InstanceType | None = None
    feature_extractor: Annotated[str, types.Text("the name of a feature extractor", r".+", 1, 1024)] | None = None


class GroundworkSettings(RequestPart):
    """What Ground Truth's request has no word for: the single top-level key `Groundwork`."""

    task_type: Annotated[str, types.Text("the name of a task type", r"[A-Za-z0-9]+", 1, 64)] | None = None
    consolidation_algorithm: (
        Annotated[str, types.Text("the name of a consolidation algorithm", r"[a-z0-9-]+", 1, 64)] | None
    ) = None
    min_human_workers_per_data_object: Annotated[int, Integer(1, 9)] | None = None
    target_confidence: Annotated[float, Between(0.5, 1)] | None = None
    export: Annotated[tuple[types.ExportName, ...], Items("names of export formats", 0, 20)] = ()
    audit_label_attribute_name: types.AttributeName | None = None
    automated_labeling: AutomatedLabelingSettings | None = None
    show_predictions: Annotated[bool, Flag()] | None = None
    script_sources: Annotated[tuple[types.Origin, ...], Items("https origins", 0, 20)] = ()
    keep_worker_quality: StrictBool | None = None


class LabelingJobRequest(RequestPart):
    """A complete CreateLabelingJob request."""

    labeling_job_name: types.JobName
    label_attribute_name: types.AttributeName
    input_config: InputConfig
    output_config: OutputConfig
    role_arn: types.RoleArn
    label_category_config_s3_uri: types.S3Address | None = Field(default=None, alias="LabelCategoryConfigS3Uri")
    stopping_conditions: StoppingConditions | None = None
    labeling_job_algorithms_config: LabelingJobAlgorithmsConfig | None = None
    human_task_config: HumanTaskConfig
    tags: Annotated[tuple[Tag, ...], Items("tags", 0, 50)] = ()
    groundwork: GroundworkSettings = GroundworkSettings()

"""The one place where the environment becomes gateways.

Clients are made once for an execution environment and when first needed, so that a function pays only for
the services it talks to.
"""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from groundwork.active_learning.sagemaker.training_deployment import TrainingDeployment
from groundwork.aws.annotation_function import AnnotationFunction
from groundwork.aws.bedrock_model import BedrockModel
from groundwork.aws.export_function import ExportFunction
from groundwork.aws.job_log import JobLog
from groundwork.aws.job_store import JobStore
from groundwork.aws.labeling_machine import LabelingMachine
from groundwork.aws.object_store import ObjectStore
from groundwork.aws.quality_function import QualityFunction
from groundwork.aws.queue import Queue
from groundwork.aws.state_events import StateEvents
from groundwork.aws.table import Table
from groundwork.aws.training_service import TrainingService
from groundwork.aws.wake_schedule import WakeSchedule
from groundwork.aws.worker_directory import WorkerDirectory
from groundwork.aws.worker_notices import WorkerNotices
from groundwork.job.drop_context import DropContext
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.job.record import JobRecord
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types import registry
from pydantic import BaseModel, ConfigDict, Field, Json

CONFIG = Config(retries={"mode": "standard", "max_attempts": 5}, max_pool_connections=32)
S3_CONFIG = CONFIG.merge(
    Config(
        signature_version="s3v4",
        # Presigned addresses have to carry the Region's host: the global one redirects, and CORS fails on redirects.
        s3={"us_east_1_regional_endpoint": "regional", "addressing_style": "virtual"},
    )
)


class Environment(BaseModel):
    """What the stacks pass to the functions; each gets the part it uses."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    region: str = Field(alias="AWS_REGION")
    account: str = Field(default="", alias="ACCOUNT_ID")
    partition: str = Field(default="aws", alias="PARTITION")
    jobs_bucket: str = Field(default="", alias="JOBS_BUCKET")
    queue_table: str = Field(default="", alias="QUEUE_TABLE")
    state_machine_arn: str = Field(default="", alias="STATE_MACHINE_ARN")
    data_buckets: Json[tuple[str, ...]] = Field(default=(), alias="DATA_BUCKETS")
    output_buckets: Json[tuple[str, ...]] = Field(default=(), alias="OUTPUT_BUCKETS")
    customer_functions: Json[tuple[str, ...]] = Field(default=(), alias="CUSTOMER_FUNCTIONS")
    kms_keys: Json[tuple[str, ...]] = Field(default=(), alias="KMS_KEYS")
    default_work_team: str | None = Field(default=None, alias="DEFAULT_WORK_TEAM")
    log_retention_days: int | None = Field(default=None, alias="LOG_RETENTION_DAYS")
    log_key_arn: str | None = Field(default=None, alias="LOG_KEY_ARN")
    event_source: str = Field(default="groundwork", alias="EVENT_SOURCE")
    consolidation_algorithm: str = Field(default="default", alias="CONSOLIDATION_ALGORITHM")
    sagemaker: bool = Field(default=False, alias="SAGEMAKER")
    feature_extractors: Json[tuple[str, ...]] = Field(default=(), alias="FEATURE_EXTRACTORS")
    bedrock_models: Json[tuple[str, ...]] = Field(default=(), alias="BEDROCK_MODELS")
    training_repositories: Json[tuple[str, ...]] = Field(default=(), alias="TRAINING_REPOSITORIES")
    training_vpc: bool = Field(default=False, alias="TRAINING_VPC")
    deployment_name: str = Field(default="groundwork", alias="DEPLOYMENT_NAME")
    training_role_arn: str = Field(default="", alias="TRAINING_ROLE_ARN")
    keep_worker_quality: Json[bool] = Field(default=True, alias="KEEP_WORKER_QUALITY")
    output_role_arn: str = Field(default="", alias="OUTPUT_ROLE_ARN")
    export_function_arn: str = Field(default="", alias="EXPORT_FUNCTION_ARN")
    quality_function_arn: str = Field(default="", alias="QUALITY_FUNCTION_ARN")
    schedule_group: str = Field(default="", alias="SCHEDULE_GROUP")
    schedule_role_arn: str = Field(default="", alias="SCHEDULE_ROLE_ARN")
    wake_function_arn: str = Field(default="", alias="WAKE_FUNCTION_ARN")
    user_pool_id: str = Field(default="", alias="USER_POOL_ID")
    portal_url: str = Field(default="", alias="PORTAL_URL")
    worker_notices_topic_arn: str = Field(default="", alias="WORKER_NOTICES_TOPIC_ARN")


@cache
def environment() -> Environment:
    """Read the environment, once."""
    return Environment.model_validate(dict(os.environ))


@cache
def _client(service: str) -> Any:
    return boto3.client(service, config=S3_CONFIG if service == "s3" else CONFIG)  # type: ignore[call-overload]


@cache
def store() -> ObjectStore:
    """Reach S3."""
    return ObjectStore(_client("s3"))


@cache
def table() -> Table:
    """Open the queue table."""
    return Table(_client("dynamodb"), environment().queue_table)


@cache
def jobs() -> JobStore:
    """Open the records of labeling jobs."""
    return JobStore(table())


@cache
def machine() -> LabelingMachine:
    """Reach the state machine."""
    return LabelingMachine(_client("stepfunctions"), environment().state_machine_arn)


@cache
def schedule() -> WakeSchedule:
    """Reach the clocks of waiting jobs."""
    env = environment()
    return WakeSchedule(
        _client("scheduler"),
        group=env.schedule_group,
        wake_function_arn=env.wake_function_arn,
        role_arn=env.schedule_role_arn,
    )


@cache
def events() -> StateEvents:
    """Reach EventBridge."""
    return StateEvents(_client("events"), environment().event_source)


@cache
def worker_notices() -> WorkerNotices:
    """Reach the topic that workers subscribe to."""
    env = environment()
    return WorkerNotices(_client("sns"), env.worker_notices_topic_arn, env.portal_url)


@cache
def directory() -> WorkerDirectory:
    """Reach the private workforce."""
    return WorkerDirectory(_client("cognito-idp"), environment().user_pool_id)


def annotation_function(arn: str) -> AnnotationFunction:
    """Make a caller of a customer's Lambda; 60 s is what Ground Truth's clients give a pre-annotation call."""
    client = boto3.client("lambda", config=CONFIG.merge(Config(read_timeout=60, retries={"total_max_attempts": 1})))
    return AnnotationFunction(client, arn, environment().output_role_arn)


def bedrock_model(deadline: float) -> BedrockModel:
    """Reach Bedrock's models until `deadline` (epoch seconds); waiting between attempts is the gateway's own."""
    client = boto3.client(
        "bedrock-runtime", config=CONFIG.merge(Config(read_timeout=20, retries={"total_max_attempts": 1}))
    )
    return BedrockModel(client, deadline)


def processors() -> int:
    """Count the processors that the function has."""
    return os.cpu_count() or 1


def export_function() -> ExportFunction:
    """Reach our own function that writes exports."""
    return ExportFunction(_client("lambda"), environment().export_function_arn)


def quality_function() -> QualityFunction:
    """Reach our own function that writes the quality figures."""
    return QualityFunction(_client("lambda"), environment().quality_function_arn)


def training_service() -> TrainingService:
    """Reach SageMaker; only functions of a deployment with `sageMaker` have rights there."""
    return TrainingService(_client("sagemaker"))


def training_deployment() -> TrainingDeployment:
    """Describe what this deployment gives to training."""
    env = environment()
    return TrainingDeployment(prefix=env.deployment_name, region=env.region, role_arn=env.training_role_arn)


def job_log(job_name: str, stage: str) -> JobLog:
    """Open the log of a labeling job for one stage."""
    env = environment()
    return JobLog(_client("logs"), job_name, stage, retention_days=env.log_retention_days, key_arn=env.log_key_arn)


def drop_context() -> DropContext:
    """Describe the deployment that drops are judged against."""
    env = environment()
    return DropContext(
        jobs_bucket=env.jobs_bucket,
        account=env.account,
        region=env.region,
        partition=env.partition,
        role_arn=env.output_role_arn,
        default_work_team=env.default_work_team,
        data_buckets=env.data_buckets,
        output_buckets=env.output_buckets,
        customer_functions=env.customer_functions,
        kms_keys=env.kms_keys,
        consolidation_algorithm=env.consolidation_algorithm,
        sagemaker=env.sagemaker,
        feature_extractors=env.feature_extractors,
        bedrock_models=env.bedrock_models,
        training_repositories=env.training_repositories,
        training_vpc=env.training_vpc,
        keep_worker_quality=env.keep_worker_quality,
    )


@cache
def _labeling_job(output_root: str, created_at: float) -> LabelingJob:
    """Read a resolved job; it never changes, so an execution environment reads it once."""
    return LabelingJob.model_validate(store().read_json(JobPaths(S3Uri.parse(output_root)).job))


def job_of(record: JobRecord) -> LabelingJob:
    """Read the labeling job of a record."""
    return _labeling_job(record.output_root, record.created_at)


def at_hand(job_key: str, stage: str) -> JobAtHand:
    """Take up a labeling job for one stage.

    Raises
    ------
    LookupError
        There is no such job.
    """
    return at_hand_of(jobs().get(job_key), stage)


def at_hand_of(record: JobRecord, stage: str) -> JobAtHand:
    """Take up the labeling job of a record that has just been read."""
    job = job_of(record)
    return JobAtHand(
        job=job,
        record=record,
        task_type=registry.get(job.task_type),
        store=store().encrypted_with(job.output_kms_key),
        queue=Queue(table(), job.key),
        jobs=jobs(),
        log=job_log(job.name, stage),
        now=time.time,
    )

"""The deployment's settings, read from the CDK context."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from aws_cdk import App
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

CONTEXT_KEY = "groundwork"
BEDROCK_MODELS = (
    "amazon.titan-embed-image-v1",
    "amazon.titan-embed-text-v2:0",
    "cohere.embed-english-v3",
    "cohere.embed-multilingual-v3",
)
"""The embedding models that `groundwork.job.feature_extractor` knows."""
_ARN = r"arn:aws[a-z-]*"
RETENTION_DAYS = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)
"""The periods that CloudWatch Logs knows."""


class SettingsError(ValueError):
    """The settings can't be used; the text has one line for each problem."""


def _listed(value: Any) -> Any:
    """Read a list from the command line, where everything is text: JSON, or names with commas between them."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [item.strip() for item in value.split(",") if item.strip()]


def _matching(pattern: str, expected: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{value!r} is not {expected}")
        return value

    return AfterValidator(check)


def _retention(days: int) -> int:
    if days not in RETENTION_DAYS:
        raise ValueError(f"{days} is no period of CloudWatch Logs; it knows {', '.join(map(str, RETENTION_DAYS))}")
    return days


BucketName = Annotated[str, _matching(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket name (without s3://)")]
FunctionArn = Annotated[
    str, _matching(rf"{_ARN}:lambda:[a-z0-9-]+:\d{{12}}:function:[\w-]+(:[\w$-]+)?", "the ARN of a Lambda function")
]
RoleArn = Annotated[str, _matching(rf"{_ARN}:iam::\d{{12}}:role/[\w+=,.@/-]+", "the ARN of an IAM role")]
KeyArn = Annotated[
    str, _matching(rf"{_ARN}:kms:[a-z0-9-]+:\d{{12}}:key/[\w-]+", "the ARN of a KMS key (an alias is not one)")
]
RepositoryArn = Annotated[
    str, _matching(rf"{_ARN}:ecr:[a-z0-9-]+:\d{{12}}:repository/[a-z0-9._/-]+", "the ARN of an ECR repository")
]
FeatureExtractor = Annotated[
    str,
    _matching(
        r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[^*?$]+\.(onnx|ONNX)|bedrock:[a-z0-9.:-]+",
        "s3://bucket/key.onnx (without *, ? and $) or bedrock:<model id>",
    ),
]
BedrockModel = Annotated[
    str, _matching("|".join(map(re.escape, BEDROCK_MODELS)), f"one of {', '.join(BEDROCK_MODELS)}")
]
WorkTeam = Annotated[str, _matching(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", "a work team name")]
Email = Annotated[str, _matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address")]
HttpsUrl = Annotated[
    str, _matching(r"https?://[^/\s?#]+", "an origin such as https://labels.example.com, without a path")
]


class Settings(BaseModel):
    """What a deployment may decide. Buckets, functions and keys that are not listed can't be used by any job."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    deployment_name: Annotated[
        str, _matching(r"[a-z](-?[a-z0-9]){1,23}", "2 to 24 lower-case letters, digits and single hyphens")
    ] = Field("groundwork", description="Begins the name of every stack and function")
    data_buckets: Annotated[tuple[BucketName, ...], BeforeValidator(_listed)] = Field(
        (), description="Other buckets that data objects, manifests and templates are read from"
    )
    output_buckets: Annotated[tuple[BucketName, ...], BeforeValidator(_listed)] = Field(
        (), description="Other buckets that `S3OutputPath` may name"
    )
    customer_functions: Annotated[tuple[FunctionArn, ...], BeforeValidator(_listed)] = Field(
        (), description="Pre- and post-annotation Lambdas that custom jobs may name"
    )
    customer_function_roles: Annotated[tuple[RoleArn, ...], BeforeValidator(_listed)] = Field(
        (), description="Roles that may assume the output-reading role; empty: the customer functions themselves"
    )
    kms_keys: Annotated[tuple[KeyArn, ...], BeforeValidator(_listed)] = Field(
        (), description="Keys of the buckets above, and keys that a job may name for its output"
    )
    consolidation_algorithm: Annotated[str, _matching(r"[a-z0-9-]{1,64}", "the name of a consolidation algorithm")] = (
        Field("default", description="Consolidates jobs that name no algorithm, as far as their task type knows it")
    )
    sage_maker: bool = Field(False, description="Whether automated labeling may train and predict in SageMaker")
    training_repositories: Annotated[tuple[RepositoryArn, ...], BeforeValidator(_listed)] = Field(
        (), description="ECR repositories of containers that automated labeling may train in, beside the built-in ones"
    )
    training_vpc: bool = Field(False, description="Whether training may stand in the VPC that a job names")
    feature_extractors: Annotated[tuple[FeatureExtractor, ...], BeforeValidator(_listed)] = Field(
        (), description="Of automated labeling jobs that name none, the first that takes their data objects"
    )
    bedrock_models: Annotated[tuple[BedrockModel, ...], BeforeValidator(_listed)] = Field(
        (), description="Embedding models of Amazon Bedrock that automated labeling may invoke"
    )
    keep_worker_quality: bool = Field(
        True, description="Whether jobs that don't say keep what they learn of workers for the team's next job"
    )
    default_work_team: WorkTeam = Field("default", description="Works on jobs that name no work team")
    work_teams: Annotated[tuple[WorkTeam, ...], BeforeValidator(_listed)] = Field(
        ("default",), description="Groups of the user pool made at deployment"
    )
    log_retention_days: Annotated[int, AfterValidator(_retention)] = Field(
        365, description="For the log groups that Groundwork makes"
    )
    map_concurrency: int = Field(40, ge=1, le=1000, description="Shards and batches of one job at work at a time")
    portal_url: HttpsUrl | None = Field(
        None, description="Origin of the portal when it has a domain of its own; empty: CloudFront's"
    )
    contact_email: Email | None = Field(None, description="Told of alarms, after confirming the subscription")
    topic_key: KeyArn | None = Field(None, description="Key of the SNS topics in place of SNS's own encryption")
    bundling_target: Literal["aws", "local"] = Field("aws", description="Platform that the layers are built for")

    @model_validator(mode="after")
    def _default_team_exists(self) -> Settings:
        if self.default_work_team not in self.work_teams:
            raise ValueError(f"defaultWorkTeam {self.default_work_team!r} is not among workTeams")
        return self

    @model_validator(mode="after")
    def _default_models_are_listed(self) -> Settings:
        named = [name.removeprefix("bedrock:") for name in self.feature_extractors if name.startswith("bedrock:")]
        for model in named:
            if model not in self.bedrock_models:
                raise ValueError(f"featureExtractors names {model!r}, which is not among bedrockModels")
        return self

    @classmethod
    def read(cls, app: App) -> Settings:
        """Read the object `groundwork` of the context; a single setting given by `-c` goes before it.

        Raises
        ------
        SettingsError
            A setting is unknown or its value is not what it should be.
        """
        given = app.node.try_get_context(CONTEXT_KEY) or {}
        if not isinstance(given, dict):
            raise SettingsError(f"the context value {CONTEXT_KEY!r} must be an object of settings")
        names = [to_camel(name) for name in cls.model_fields]
        single = {name: value for name in names if (value := app.node.try_get_context(name)) is not None}
        try:
            return cls.model_validate({**given, **single})
        except ValidationError as error:
            problems = (f"{_place(problem['loc'])}: {problem['msg']}" for problem in error.errors())
            raise SettingsError("deployment settings (cdk.json, -c):\n  " + "\n  ".join(problems)) from error


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) or "settings"

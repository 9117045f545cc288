"""What functions may do, in named actions on named resources."""

from __future__ import annotations

from aws_cdk import Stack

from stacks.constructs.stage_function import StageFunction
from stacks.data import QUEUE_INDEX, DataStack
from stacks.settings import Settings

GET, BATCH_GET, QUERY = "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"
PUT, UPDATE, DELETE = "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"
WORK_TEAMS = ".groundwork/work-teams/"
"""Prefix in the jobs bucket (groundwork.job.team_paths has it too)."""
LIFE_CYCLE_GROUP = "/aws/sagemaker/LabelingJobs"

_OBJECTS = "Job names, and with them the keys, are not known before a job is dropped"
_LOGS = "A labeling job's log group is made when the job begins and has the job's name (Ground Truth's naming)"
_TOKENS = (
    "The service authorization reference of Step Functions gives SendTask* no resource type, so only * is sure to be "
    "honoured; a token can't be guessed, and the queue table is the only place to read one from"
)


class Rights:
    """Grants to the functions of one stack."""

    def __init__(self, stack: Stack, settings: Settings, data: DataStack) -> None:
        self._data = data
        self._keys = settings.kms_keys
        self._customer_functions = settings.customer_functions
        self._models = tuple(
            f"arn:{stack.partition}:s3:::{name.removeprefix('s3://')}"
            for name in settings.feature_extractors
            if name.startswith("s3://")
        )
        self._bedrock_models = tuple(
            f"arn:{stack.partition}:bedrock:{stack.region}::foundation-model/{model}"
            for model in settings.bedrock_models
        )
        self._logs = f"arn:{stack.partition}:logs:{stack.region}:{stack.account}:log-group:{LIFE_CYCLE_GROUP}*"

    def read_outputs(self, function: StageFunction, *, work_teams: bool = False) -> None:
        """Read and list the buckets that labeling jobs write to; what is known of work teams only with `work_teams`."""
        self._read(function, (self._data.jobs_bucket_arn, *self._data.writable_arns), work_teams=work_teams)

    def read_data(self, function: StageFunction, *, work_teams: bool = False) -> None:
        """Read and list the buckets that manifests, templates and data objects may lie in; `work_teams` as above."""
        buckets = (self._data.jobs_bucket_arn, *self._data.readable_arns, *self._data.writable_arns)
        self._read(function, tuple(dict.fromkeys(buckets)), work_teams=work_teams)

    def write_outputs(self, function: StageFunction, *, work_teams: bool = False) -> None:
        """Write to the buckets that labeling jobs write to; `work_teams` as above."""
        buckets = (self._data.jobs_bucket_arn, *self._data.writable_arns)
        actions = ("s3:PutObject", "s3:AbortMultipartUpload")
        function.allow_wildcard(actions, [f"{bucket}/*" for bucket in buckets], _OBJECTS)
        function.allow(("kms:GenerateDataKey",), self._keys)
        if not work_teams:
            function.deny(("s3:PutObject",), [team_records(self._data.jobs_bucket_arn)])

    def delete_from_drop(self, function: StageFunction, file: str) -> None:
        """Delete one kind of file from the dropped folders."""
        function.allow_wildcard(("s3:DeleteObject",), [f"{self._data.jobs_bucket_arn}/*/{file}"], _OBJECTS)

    def delete_state(self, function: StageFunction) -> None:
        """Delete what a job that failed before its first task has left of our own files."""
        buckets = (self._data.jobs_bucket_arn, *self._data.writable_arns)
        function.allow_wildcard(("s3:DeleteObject",), [f"{bucket}/*/.groundwork/*" for bucket in buckets], _OBJECTS)

    def drop_again(self, function: StageFunction) -> None:
        """Put a dropped request once more, so that its event is sent again."""
        function.allow_wildcard(("s3:PutObject",), [f"{self._data.jobs_bucket_arn}/*/job.json"], _OBJECTS)

    def table(self, function: StageFunction, *actions: str, index: bool = False) -> None:
        """Use the queue table; with `index`, also query its index."""
        function.allow(actions, [self._data.queue_table_arn])
        if index:
            function.allow((QUERY,), [f"{self._data.queue_table_arn}/index/{QUEUE_INDEX}"])

    def job_log(self, function: StageFunction) -> None:
        """Write the logs of labeling jobs, and make them."""
        actions = ("logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:CreateLogStream", "logs:PutLogEvents")
        function.allow_wildcard(actions, [self._logs], _LOGS)

    def release_tokens(self, function: StageFunction) -> None:
        """Let a waiting state machine go on."""
        function.allow_wildcard(("states:SendTaskSuccess", "states:SendTaskFailure"), ["*"], _TOKENS)

    def invoke_customer_functions(self, function: StageFunction) -> None:
        """Invoke the pre- and post-annotation functions that the deployment lists."""
        function.allow(("lambda:InvokeFunction",), self._customer_functions)

    def read_models(self, function: StageFunction) -> None:
        """Read the models that the deployment names for feature extraction, each with the JSON file beside it."""
        function.allow(("s3:GetObject",), [arn for model in self._models for arn in (model, f"{model}.json")])

    def invoke_bedrock_models(self, function: StageFunction) -> None:
        """Invoke the embedding models that the deployment lists."""
        function.allow(("bedrock:InvokeModel",), self._bedrock_models)

    def _read(self, function: StageFunction, buckets: tuple[str, ...], *, work_teams: bool) -> None:
        # A job reads the version of its manifest that it began with.
        function.allow_wildcard(
            ("s3:GetObject", "s3:GetObjectVersion"), [f"{bucket}/*" for bucket in buckets], _OBJECTS
        )
        # Without the right to list, S3 answers 403 in place of 404 for an object that is not there.
        function.allow(("s3:ListBucket",), buckets)
        function.allow(("kms:Decrypt",), self._keys)
        if not work_teams:
            actions = ("s3:GetObject", "s3:GetObjectVersion")
            function.deny(actions, [team_records(self._data.jobs_bucket_arn)])


def team_records(jobs_bucket_arn: str) -> str:
    """Name what is known of work teams, which lies beside the folders of the jobs."""
    return f"{jobs_bucket_arn}/{WORK_TEAMS}*"

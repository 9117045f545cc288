"""The way of a labeling job: the functions of its stages, the state machine, and what starts and stops it."""

from __future__ import annotations

import json

from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk.aws_sqs import Queue, QueueEncryption
from constructs import Construct

from stacks import rights
from stacks.constructs.event_rules import EVENT_SOURCE, EventRules
from stacks.constructs.labeling_machine import LabelingMachine, machine_arn
from stacks.constructs.notice_topic import NoticeTopic
from stacks.constructs.output_role import OutputRole
from stacks.constructs.stage_function import FunctionPackages, StageFunction, ThirdParty, function_arn
from stacks.constructs.training_role import TrainingRole, may_look_up, may_stop, may_train
from stacks.constructs.wake_schedules import WakeSchedules
from stacks.data import DataStack
from stacks.rights import Rights
from stacks.settings import Settings

LONGEST = Duration.minutes(15)
MASKS: tuple[ThirdParty, ...] = ("powertools", "numpy", "pillow")
"""Layers of the functions that decode masks and pictures."""
EXTRACTION: tuple[ThirdParty, ...] = ("powertools", "numpy", "pillow", "onnxruntime")
"""Layers of the function that makes features. The learner's do not fit beside them once their modules are compiled."""
FIT_MEMORY = 3008
"""MB, the most that a new account's functions get; more also means more processor."""
MASK_MEMORY = 2048
"""MB. `MASK_BATCH_OBJECTS` of groundwork.task_types.mask_answer has the arithmetic."""


class PipelineStack(Stack):
    """Stage functions, state machine, rules and schedules."""

    def __init__(
        self, scope: Construct, construct_id: str, settings: Settings, data: DataStack, *, portal_url: str
    ) -> None:
        super().__init__(scope, construct_id, description="Groundwork: the way of a labeling job")
        self._settings = settings
        self._packages = FunctionPackages(self, settings)
        self._rights = Rights(self, settings, data)
        self.dead_letters = Queue(
            self,
            "DeadLetters",
            encryption=QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            removal_policy=RemovalPolicy.DESTROY,
        )
        self._schedules = WakeSchedules(self, "WakeSchedules", settings=settings)
        self._worker_notices = NoticeTopic(self, "WorkerNotices", settings=settings, display_name="Labeling jobs")
        output_role = OutputRole(
            self,
            "OutputRole",
            settings=settings,
            buckets=(data.jobs_bucket_arn, *data.writable_arns),
            kept_from=(rights.team_records(data.jobs_bucket_arn),),
        )
        training_role = (
            TrainingRole(
                self,
                "TrainingRole",
                settings=settings,
                readable=(data.jobs_bucket_arn, *data.readable_arns, *data.writable_arns),
                writable=(data.jobs_bucket_arn, *data.writable_arns),
                kept_from=(rights.team_records(data.jobs_bucket_arn),),
            )
            if settings.sage_maker
            else None
        )
        self._environment = {
            **job_environment(self, settings, data),
            **self._schedules.environment,
            "OUTPUT_ROLE_ARN": output_role.arn,
            "EXPORT_FUNCTION_ARN": function_arn(self, settings, "manifest_output_export"),
            "QUALITY_FUNCTION_ARN": function_arn(self, settings, "manifest_output_quality"),
            "TRAINING_ROLE_ARN": "" if training_role is None else training_role.role_arn,
            "WORKER_NOTICES_TOPIC_ARN": self._worker_notices.topic_arn,
            "PORTAL_URL": portal_url,
        }
        self.functions = {
            function.name: function
            for function in (
                self._manifest_ingestion(),
                self._prepare_job(),
                self._select_batch(),
                self._pre_annotation(),
                self._task_dispatch(),
                self._consolidation_collect(),
                self._consolidation_estimate(),
                self._consolidation_apply(),
                self._active_learning_features(),
                self._active_learning_training(),
                self._active_learning_predictions(),
                self._active_learning_fit(),
                self._active_learning_label(),
                self._manifest_output(),
                self._manifest_output_export(),
                self._manifest_output_quality(),
                self._failure(),
                self._stop(),
                self._resume(),
                self._exclude(),
                self._wake(),
            )
        }
        machine = LabelingMachine(self, "LabelingMachine", settings=settings, functions=self.functions)
        if training_role is not None:
            may_train(self, settings, machine.role, training_role.role_arn)
        rules = EventRules(self, "EventRules", jobs_bucket_name=data.jobs_bucket_name, dead_letters=self.dead_letters)
        rules.on_drop(self.functions["manifest_ingestion"])
        rules.on_stop(self.functions["stop"])
        rules.on_lost_execution(machine_arn(self, settings), self.functions["failure"])
        CfnOutput(self, "StateMachineArn", value=machine.machine.state_machine_arn)
        CfnOutput(self, "ResumeFunction", value=self.functions["resume"].function.function_name)
        CfnOutput(self, "StopFunction", value=self.functions["stop"].function.function_name)
        CfnOutput(self, "ExcludeFunction", value=self.functions["exclude"].function.function_name)
        CfnOutput(self, "WorkerNoticesTopic", value=self._worker_notices.topic_arn)

    def _function(
        self,
        folder: str,
        *,
        layers: tuple[ThirdParty, ...] = ("powertools",),
        memory: int = 512,
        timeout: Duration | None = None,
        called_by_events: bool = False,
    ) -> StageFunction:
        return StageFunction(
            self,
            folder.replace("/", "_"),
            folder=folder,
            settings=self._settings,
            packages=self._packages,
            environment=self._environment,
            layers=layers,
            memory=memory,
            timeout=timeout,
            dead_letters=self.dead_letters if called_by_events else None,
        )

    def _stage(
        self,
        folder: str,
        *,
        layers: tuple[ThirdParty, ...] = ("powertools",),
        memory: int = 1024,
        timeout: Duration = LONGEST,
        work_teams: bool = False,
    ) -> StageFunction:
        """Make a function that works on one job: it reads the job and writes its log and outputs.

        With `work_teams` it also writes what is known of work teams.
        """
        function = self._function(folder, layers=layers, memory=memory, timeout=timeout)
        self._rights.write_outputs(function, work_teams=work_teams)
        self._rights.job_log(function)
        return function

    def _manifest_ingestion(self) -> StageFunction:
        function = self._function(
            "manifest_ingestion", layers=("powertools", "liquid"), memory=1024, called_by_events=True
        )
        self._rights.read_data(function)
        self._rights.write_outputs(function)
        self._rights.delete_from_drop(function, "error.json")
        self._rights.delete_state(function)
        self._rights.job_log(function)
        self._rights.table(function, rights.GET, rights.PUT, rights.UPDATE, rights.QUERY)
        self._may_start(function)
        return function

    def _prepare_job(self) -> StageFunction:
        function = self._stage("prepare_job")
        self._rights.read_data(function)
        actions = (rights.GET, rights.BATCH_GET, rights.QUERY, rights.PUT, rights.UPDATE, rights.DELETE)
        self._rights.table(function, *actions, index=True)
        self._may_tell(function)
        return function

    def _select_batch(self) -> StageFunction:
        function = self._stage("select_batch")
        self._rights.read_outputs(function)
        self._rights.table(function, rights.GET, rights.BATCH_GET, rights.QUERY, rights.UPDATE, index=True)
        return function

    def _pre_annotation(self) -> StageFunction:
        function = self._stage("pre_annotation")
        self._rights.read_data(function)
        self._rights.table(function, rights.GET)
        self._rights.invoke_customer_functions(function)
        return function

    def _task_dispatch(self) -> StageFunction:
        function = self._stage("task_dispatch")
        self._rights.read_outputs(function)
        actions = (rights.GET, rights.BATCH_GET, rights.QUERY, rights.PUT, rights.UPDATE)
        self._rights.table(function, *actions, index=True)
        self._rights.release_tokens(function)
        self._schedules.may_set(function)
        function.allow(("sns:Publish",), [self._worker_notices.topic_arn])
        return function

    def _consolidation_collect(self) -> StageFunction:
        function = self._stage("consolidation/collect", layers=MASKS, memory=MASK_MEMORY)
        # The known mask of a gold object lies where the customer keeps it.
        self._rights.read_data(function)
        self._rights.table(function, rights.GET, rights.BATCH_GET)
        return function

    def _consolidation_estimate(self) -> StageFunction:
        function = self._stage("consolidation/estimate", layers=("powertools", "numpy"), memory=2048)
        self._rights.read_outputs(function, work_teams=True)
        self._rights.table(function, rights.GET, rights.BATCH_GET, index=True)
        return function

    def _consolidation_apply(self) -> StageFunction:
        function = self._stage("consolidation/apply", layers=MASKS, memory=MASK_MEMORY)
        self._rights.read_outputs(function)
        self._rights.table(function, rights.GET, rights.BATCH_GET, rights.PUT, rights.UPDATE)
        return function

    def _active_learning_training(self) -> StageFunction:
        function = self._stage("active_learning/training", memory=FIT_MEMORY)
        self._rights.read_outputs(function)
        self._rights.table(function, rights.GET)
        if self._settings.sage_maker:
            may_look_up(self, function)
        return function

    def _active_learning_predictions(self) -> StageFunction:
        function = self._stage("active_learning/predictions", layers=MASKS, memory=MASK_MEMORY)
        self._rights.read_data(function)
        self._rights.table(function, rights.GET)
        return function

    def _active_learning_features(self) -> StageFunction:
        function = self._stage("active_learning/features", layers=EXTRACTION, memory=FIT_MEMORY)
        self._rights.read_data(function)
        self._rights.read_models(function)
        self._rights.invoke_bedrock_models(function)
        self._rights.table(function, rights.GET)
        return function

    def _active_learning_fit(self) -> StageFunction:
        function = self._stage("active_learning/fit", layers=("powertools", "numpy", "scikit_learn"), memory=FIT_MEMORY)
        self._rights.read_outputs(function)
        self._rights.table(function, rights.GET, rights.PUT, rights.UPDATE)
        return function

    def _active_learning_label(self) -> StageFunction:
        function = self._stage("active_learning/label")
        self._rights.read_outputs(function)
        self._rights.table(function, rights.GET)
        return function

    def _manifest_output(self) -> StageFunction:
        function = self._stage("manifest_output")
        self._may_finish(function)
        return function

    def _manifest_output_export(self) -> StageFunction:
        function = self._stage("manifest_output/export", layers=MASKS, memory=MASK_MEMORY)
        self._rights.read_data(function)
        self._rights.table(function, rights.GET)
        return function

    def _manifest_output_quality(self) -> StageFunction:
        function = self._stage("manifest_output/quality", layers=MASKS, memory=MASK_MEMORY, work_teams=True)
        self._rights.read_data(function, work_teams=True)
        self._rights.table(function, rights.GET)
        return function

    def _failure(self) -> StageFunction:
        function = self._function("failure", memory=1024, timeout=LONGEST, called_by_events=True)
        self._rights.write_outputs(function)
        self._rights.job_log(function)
        self._may_finish(function)
        started = [self._environment[name] for name in ("EXPORT_FUNCTION_ARN", "QUALITY_FUNCTION_ARN")]
        function.allow(("lambda:InvokeFunction",), started)
        return function

    def _stop(self) -> StageFunction:
        function = self._function("stop", called_by_events=True)
        self._rights.read_outputs(function)
        self._rights.delete_from_drop(function, "stop")
        self._rights.job_log(function)
        self._rights.table(function, rights.GET, rights.UPDATE, rights.QUERY, rights.PUT)
        self._rights.release_tokens(function)
        if self._settings.sage_maker:
            may_stop(self, self._settings, function)
        return function

    def _resume(self) -> StageFunction:
        function = self._function("resume")
        self._rights.read_outputs(function)
        self._rights.drop_again(function)
        self._rights.table(function, rights.GET, rights.UPDATE, rights.QUERY)
        self._may_start(function)
        return function

    def _exclude(self) -> StageFunction:
        function = self._function("exclude")
        self._rights.read_outputs(function)
        self._rights.write_outputs(function)
        self._rights.job_log(function)
        self._rights.table(function, rights.GET, rights.UPDATE)
        self._may_start(function)
        return function

    def _wake(self) -> StageFunction:
        function = self._function("wake", called_by_events=True)
        self._rights.table(function, rights.GET, rights.UPDATE, rights.QUERY)
        self._rights.release_tokens(function)
        self._schedules.may_set(function)
        return function

    def _may_finish(self, function: StageFunction) -> None:
        """Publish a job's output and its end."""
        self._rights.read_data(function)
        self._rights.table(function, rights.GET, rights.QUERY, rights.UPDATE, rights.DELETE)
        self._may_tell(function)
        self._schedules.may_clear(function)

    def _may_start(self, function: StageFunction) -> None:
        """Start executions, and see whether one is at work already."""
        machine = machine_arn(self, self._settings)
        function.allow(("states:StartExecution",), [machine])
        executions = f"{machine.replace(':stateMachine:', ':execution:')}:*"
        function.allow_wildcard(("states:DescribeExecution",), [executions], "An execution is named after its job")

    def _may_tell(self, function: StageFunction) -> None:
        """Publish state changes on the default event bus."""
        bus = f"arn:{self.partition}:events:{self.region}:{self.account}:event-bus/default"
        function.allow(("events:PutEvents",), [bus])


def job_environment(stack: Stack, settings: Settings, data: DataStack) -> dict[str, str]:
    """Gather what every function must know of the deployment (read by `functions/wiring.py`)."""
    return {
        "ACCOUNT_ID": stack.account,
        "PARTITION": stack.partition,
        "DEPLOYMENT_NAME": settings.deployment_name,
        "JOBS_BUCKET": data.jobs_bucket_name,
        "QUEUE_TABLE": data.queue_table_name,
        "STATE_MACHINE_ARN": machine_arn(stack, settings),
        "DATA_BUCKETS": json.dumps(settings.data_buckets),
        "OUTPUT_BUCKETS": json.dumps(settings.output_buckets),
        "CUSTOMER_FUNCTIONS": json.dumps(settings.customer_functions),
        "KMS_KEYS": json.dumps(settings.kms_keys),
        "SAGEMAKER": str(settings.sage_maker).lower(),
        "FEATURE_EXTRACTORS": json.dumps(settings.feature_extractors),
        "BEDROCK_MODELS": json.dumps(settings.bedrock_models),
        "TRAINING_REPOSITORIES": json.dumps(settings.training_repositories),
        "TRAINING_VPC": str(settings.training_vpc).lower(),
        "DEFAULT_WORK_TEAM": settings.default_work_team,
        "CONSOLIDATION_ALGORITHM": settings.consolidation_algorithm,
        "KEEP_WORKER_QUALITY": json.dumps(settings.keep_worker_quality),
        "LOG_RETENTION_DAYS": str(settings.log_retention_days),
        "EVENT_SOURCE": EVENT_SOURCE,
    }

"""Seeing how labeling goes: a dashboard for the deployment and each job, and alarms that reach people."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk.aws_cloudwatch import (
    Alarm,
    ComparisonOperator,
    Dashboard,
    DashboardVariable,
    DefaultValue,
    GraphWidget,
    IMetric,
    IWidget,
    MathExpression,
    Metric,
    SingleValueWidget,
    TextWidget,
    TreatMissingData,
    Values,
    VariableInputType,
    VariableType,
)
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_sns import Subscription, SubscriptionProtocol
from constructs import Construct

from stacks.constructs.notice_topic import NoticeTopic
from stacks.constructs.stage_function import function_name
from stacks.data import DataStack
from stacks.pipeline import PipelineStack
from stacks.portal import PortalStack
from stacks.settings import Settings

NAMESPACE = "Groundwork"
JOB = "LabelingJobName"
ANY_JOB = "-"
"""Stands where the dashboard's variable puts the chosen job."""
FIVE_MINUTES = Duration.minutes(5)
STALLED_SECONDS = 86_400
PROGRESS = (
    "TotalDatasetObjectsLabeled",
    "DatasetObjectsHumanAnnotated",
    "DatasetObjectsAutoAnnotated",
    "DatasetObjectsLabelingFailed",
    "AnswersMissing",
)
QUALITY = ("AnswerAgreement", "KrippendorffAlpha", "MeanConfidence")
"""Written once, at the end of a job; the report beside the output manifest has the rest."""
WORK = ("TasksAccepted", "TasksSubmitted", "TasksReturned", "TasksDeclined")
ENDS = ("JobsSucceeded", "JobsFailed", "JobsStopped", "JobsRefused")


class ObservabilityStack(Stack):
    """Dashboard, alarms, and the topic that alarms go to."""

    def __init__(  # noqa: PLR0913 (it looks at every other stack)
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        data: DataStack,
        pipeline: PipelineStack,
        portal: PortalStack,
    ) -> None:
        super().__init__(scope, construct_id, description="Groundwork: dashboard and alarms")
        self._settings = settings
        self._table = data.queue_table_name
        self._api = portal.api_id
        self._dead_letters = pipeline.dead_letters.metric_approximate_number_of_messages_visible(
            period=FIVE_MINUTES, statistic="max"
        )
        self._topic = NoticeTopic(self, "OperatorNotices", settings=settings, display_name="Groundwork alarms")
        if settings.contact_email:
            Subscription(
                self,
                "Contact",
                topic=self._topic,
                protocol=SubscriptionProtocol.EMAIL,
                endpoint=settings.contact_email,
            )
        self._alarms()
        self._dashboard()
        CfnOutput(self, "OperatorNoticesTopic", value=self._topic.topic_arn, description="Subscribe to get alarms")

    def _alarms(self) -> None:
        """Make alarms on single metrics: each costs the same, and a missing figure is no alarm."""
        failed = _total("JobsFailed")
        waiting = _total("SecondsSinceLastReadyObject", "max")
        reads, writes = (self._table_metric(f"{kind}ThrottleEvents") for kind in ("Read", "Write"))
        self._alarm("JobsFailed", "A labeling job has failed; its FailureReason says why", failed)
        self._alarm("DeadLetters", "An event was given up; it waits in the dead-letter queue", self._dead_letters)
        self._alarm("PortalErrors", "The portal's API fails", self._api_metric("5xx"), periods=2)
        self._alarm("FunctionThrottles", "Functions of this account and Region are throttled", _lambda("Throttles"))
        self._alarm("TableReadThrottles", "Reads of the queue table are throttled", reads)
        self._alarm("TableWriteThrottles", "Writes of the queue table are throttled", writes)
        stalled = "A labeling job has had no finished data object for a day; is its work team away?"
        self._alarm("QueueStalled", stalled, waiting, threshold=STALLED_SECONDS)

    def _alarm(self, name: str, description: str, metric: IMetric, *, periods: int = 1, threshold: int = 1) -> None:
        alarm = Alarm(
            self,
            name,
            alarm_name=f"{self._settings.deployment_name}-{name}",
            alarm_description=description,
            metric=metric,
            threshold=threshold,
            evaluation_periods=periods,
            comparison_operator=ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(SnsAction(self._topic))

    def _dashboard(self) -> None:
        Dashboard(
            self,
            "Dashboard",
            dashboard_name=self._settings.deployment_name,
            default_interval=Duration.hours(24),
            variables=[
                DashboardVariable(
                    id="job",
                    label="Labeling job",
                    type=VariableType.PROPERTY,
                    value=JOB,
                    input_type=VariableInputType.SELECT,
                    values=Values.from_search(f'{{{NAMESPACE},{JOB}}} MetricName="OpenDataObjects"', JOB),
                    default_value=DefaultValue.FIRST,
                )
            ],
            widgets=[*self._job_rows(), *self._deployment_rows()],
        )

    def _job_rows(self) -> list[list[IWidget]]:
        seconds_per_task = _job("TimeSpent", "avg")
        waiting = _job("SecondsSinceLastReadyObject", "max")
        return [
            [TextWidget(markdown="## The chosen labeling job", width=24, height=1)],
            [
                SingleValueWidget(
                    title="Data objects", metrics=[_job(name, "max") for name in PROGRESS], width=24, height=3
                )
            ],
            [
                GraphWidget(title="Labeled so far", left=[_job(name, "max") for name in PROGRESS[:3]], width=8),
                GraphWidget(title="Workers' tasks", left=[_job(name, "sum") for name in WORK], width=8),
                GraphWidget(title="Open data objects", left=[_job("OpenDataObjects", "max")], width=8),
            ],
            [
                GraphWidget(title="Seconds a task takes", left=[seconds_per_task], width=12),
                GraphWidget(title="Seconds since a data object was finished", left=[waiting], width=12),
            ],
            [
                SingleValueWidget(
                    title="Quality, when the job has ended (0 to 1)",
                    metrics=[_job(name, "avg") for name in QUALITY],
                    width=24,
                    height=3,
                )
            ],
        ]

    def _deployment_rows(self) -> list[list[IWidget]]:
        return [
            [TextWidget(markdown="## The whole deployment", width=24, height=1)],
            [
                GraphWidget(title="Labeling jobs that ended", left=[_total(name) for name in ENDS], width=8),
                GraphWidget(title="Active workers by team", left=[_by_team("ActiveWorkers")], width=8),
                GraphWidget(title="Dead letters", left=[self._dead_letters], width=8),
            ],
            [
                GraphWidget(
                    title="Portal API",
                    left=[self._api_metric("Count"), self._api_metric("5xx")],
                    right=[self._api_metric("Latency", "p95")],
                    width=8,
                ),
                GraphWidget(title="Function errors", left=self._function_errors(), width=8),
                GraphWidget(
                    title="Queue table throttles",
                    left=[self._table_metric("ReadThrottleEvents"), self._table_metric("WriteThrottleEvents")],
                    width=8,
                ),
            ],
        ]

    def _function_errors(self) -> Sequence[IMetric]:
        prefix = function_name(self._settings, "")
        search = f"SEARCH('{{AWS/Lambda,FunctionName}} MetricName=\"Errors\" FunctionName=\"{prefix}\"', 'Sum', 300)"
        return [MathExpression(expression=search, using_metrics={}, label="", period=FIVE_MINUTES)]

    def _api_metric(self, name: str, statistic: str = "sum") -> Metric:
        return Metric(
            namespace="AWS/ApiGateway",
            metric_name=name,
            dimensions_map={"ApiId": self._api},
            statistic=statistic,
            period=FIVE_MINUTES,
        )

    def _table_metric(self, name: str) -> Metric:
        return Metric(
            namespace="AWS/DynamoDB",
            metric_name=name,
            dimensions_map={"TableName": self._table},
            statistic="sum",
            period=FIVE_MINUTES,
        )


def _job(name: str, statistic: str) -> Metric:
    return Metric(
        namespace=NAMESPACE,
        metric_name=name,
        dimensions_map={JOB: ANY_JOB},
        statistic=statistic,
        period=FIVE_MINUTES,
        label=name,
    )


def _total(name: str, statistic: str = "sum") -> Metric:
    return Metric(namespace=NAMESPACE, metric_name=name, statistic=statistic, period=FIVE_MINUTES)


def _by_team(name: str) -> MathExpression:
    search = f"SEARCH('{{{NAMESPACE},WorkTeam}} MetricName=\"{name}\"', 'Sum', 300)"
    return MathExpression(expression=search, using_metrics={}, label="", period=FIVE_MINUTES)


def _lambda(name: str) -> Metric:
    """Make a metric over all functions of the account, whose concurrency they share."""
    return Metric(namespace="AWS/Lambda", metric_name=name, statistic="sum", period=FIVE_MINUTES)

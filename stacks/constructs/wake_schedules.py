"""The clocks of waiting jobs: a group of one-off schedules, and the role that lets them call `wake`."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk.aws_iam import PolicyStatement, Role, ServicePrincipal
from aws_cdk.aws_scheduler import CfnScheduleGroup
from constructs import Construct

from stacks.constructs.stage_function import StageFunction, function_arn
from stacks.settings import Settings


class WakeSchedules(Construct):
    """Schedules are made and removed by functions at run time; each is named after its job."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        self.group = settings.deployment_name
        self._group = CfnScheduleGroup(self, "Group", name=self.group)
        self._schedules = f"arn:{stack.partition}:scheduler:{stack.region}:{stack.account}:schedule/{self.group}/*"
        self._source = f"arn:{stack.partition}:scheduler:{stack.region}:{stack.account}:schedule-group/{self.group}"
        self.wake_arn = function_arn(stack, settings, "wake")
        self._role = Role(
            self,
            "Role",
            assumed_by=ServicePrincipal(
                "scheduler.amazonaws.com",
                conditions={
                    "StringEquals": {"aws:SourceAccount": stack.account},
                    "ArnEquals": {"aws:SourceArn": self._source},
                },
            ),
            description="Lets the schedules of waiting jobs invoke wake",
        )
        self._role.add_to_policy(PolicyStatement(actions=["lambda:InvokeFunction"], resources=[self.wake_arn]))

    @property
    def role_arn(self) -> str:
        """ARN of the role that the schedules take."""
        return self._role.role_arn

    @property
    def environment(self) -> dict[str, str]:
        """What a function that sets or clears clocks must know."""
        return {"SCHEDULE_GROUP": self.group, "SCHEDULE_ROLE_ARN": self.role_arn, "WAKE_FUNCTION_ARN": self.wake_arn}

    def may_set(self, function: StageFunction) -> None:
        """Let a function set and clear clocks."""
        actions = ("scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:GetSchedule")
        function.allow_wildcard(actions, [self._schedules], "A schedule is named after its job")
        function.allow(
            ("iam:PassRole",),
            [self.role_arn],
            conditions={"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}},
        )
        self.may_clear(function)

    def may_clear(self, function: StageFunction) -> None:
        """Let a function clear clocks."""
        function.allow_wildcard(("scheduler:DeleteSchedule",), [self._schedules], "A schedule is named after its job")

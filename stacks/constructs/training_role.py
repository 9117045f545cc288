"""Rights of automated labeling that trains in SageMaker; none of them exist without the setting `sageMaker`."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk.aws_iam import Effect, PolicyStatement, Role, ServicePrincipal
from constructs import Construct

from stacks.acknowledgments import acknowledge_wildcard
from stacks.constructs.stage_function import StageFunction
from stacks.settings import Settings

SERVICE = "sagemaker.amazonaws.com"
REPOSITORIES = ("image-classification", "blazingtext", "object-detection", "semantic-segmentation")
"""Of SageMaker's built-in algorithms, in accounts of AWS that differ by Region."""
_PULL = ("ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage")
_INTERFACES = (
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteNetworkInterfacePermission",
)
_NETWORKS = (
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeVpcs",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
)
_OBJECTS = "Job names, and with them the keys, are not known before a job is dropped"
_NAMES = "Names of a round's jobs are made when it begins; all of them begin with the deployment's name"
_NO_RESOURCE = "The service authorization reference gives this action no resource type"


class TrainingRole(Construct):
    """What the instances of training and transform jobs may do (SageMaker developer guide, execution roles)."""

    def __init__(  # noqa: PLR0913 (all by name)
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        readable: Sequence[str],
        writable: Sequence[str],
        kept_from: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        account = {"StringEquals": {"aws:SourceAccount": stack.account}}
        self._role = Role(
            self,
            "Role",
            assumed_by=ServicePrincipal(SERVICE, conditions=account),
            description="What training and transform jobs of automated labeling may do",
        )
        buckets = list(dict.fromkeys(readable))
        self._allow(("s3:GetObject",), [f"{bucket}/*" for bucket in buckets], _OBJECTS)
        self._allow(("s3:ListBucket",), buckets)
        self._allow(("s3:PutObject", "s3:AbortMultipartUpload"), [f"{bucket}/*" for bucket in writable], _OBJECTS)
        actions = ["s3:GetObject", "s3:PutObject"]
        self._role.add_to_policy(PolicyStatement(effect=Effect.DENY, actions=actions, resources=list(kept_from)))
        if settings.kms_keys:
            self._allow(("kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"), settings.kms_keys)
            self._may_encrypt_volumes(settings)
        # Accounts of AWS, one a Region; the names of the repositories are what is known.
        built_in = [f"arn:{stack.partition}:ecr:{stack.region}:*:repository/{name}" for name in REPOSITORIES]
        self._allow(_PULL, built_in, "The built-in algorithms' registries are in an account of AWS that the Region has")
        if settings.training_repositories:
            self._allow(_PULL, settings.training_repositories)
        self._allow(("ecr:GetAuthorizationToken",), ["*"], _NO_RESOURCE)
        logs = f"arn:{stack.partition}:logs:{stack.region}:{stack.account}:log-group:/aws/sagemaker"
        self._allow(
            ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"),
            [f"{logs}/{kind}{rest}" for kind in ("TrainingJobs", "TransformJobs") for rest in ("", ":*")],
            "The streams of SageMaker's two log groups",
        )
        self._put_metrics()
        if settings.training_vpc:
            interfaces = [
                f"arn:{stack.partition}:ec2:{stack.region}:{stack.account}:{kind}/*"
                for kind in ("network-interface", "subnet", "security-group")
            ]
            self._allow(_INTERFACES, interfaces, "A job names its subnets and security groups when it is dropped")
            self._allow(_NETWORKS, ["*"], _NO_RESOURCE)

    @property
    def role_arn(self) -> str:
        """ARN of the role."""
        return self._role.role_arn

    def _allow(self, actions: Sequence[str], resources: Sequence[str], wildcard: str | None = None) -> None:
        self._role.add_to_policy(PolicyStatement(actions=list(actions), resources=list(resources)))
        for arn in resources if wildcard else ():
            acknowledge_wildcard(self, arn, wildcard or "")

    def _may_encrypt_volumes(self, settings: Settings) -> None:
        """Lend a key to the storage of the instances, and to nothing but an AWS service."""
        self._role.add_to_policy(
            PolicyStatement(
                actions=["kms:CreateGrant"],
                resources=list(settings.kms_keys),
                conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
            )
        )

    def _put_metrics(self) -> None:
        namespaces = ["/aws/sagemaker/TrainingJobs", "/aws/sagemaker/TransformJobs"]
        self._role.add_to_policy(
            PolicyStatement(
                actions=["cloudwatch:PutMetricData"],
                resources=["*"],
                conditions={"StringEquals": {"cloudwatch:namespace": namespaces}},
            )
        )
        acknowledge_wildcard(self, "*", _NO_RESOURCE)


def may_train(stack: Stack, settings: Settings, role: Role, training_role_arn: str) -> None:
    """Let the state machine run training and transform jobs and wait for them.

    `.sync` waits for events that a managed rule sends, looks at the job itself, and stops it when its execution is
    stopped (Step Functions developer guide, "IAM policies for calling Amazon SageMaker AI").
    """
    for kind, noun in (("TrainingJob", "training-job"), ("TransformJob", "transform-job")):
        actions = [f"sagemaker:{verb}{kind}" for verb in ("Create", "Describe", "Stop")]
        _grant(role, [*actions, "sagemaker:ListTags", "sagemaker:AddTags"], [_named(stack, settings, noun)])
        rule = f"StepFunctionsGetEventsForSageMaker{kind}sRule"
        rule_arn = f"arn:{stack.partition}:events:{stack.region}:{stack.account}:rule/{rule}"
        _grant(role, ["events:PutTargets", "events:PutRule", "events:DescribeRule"], [rule_arn])
        acknowledge_wildcard(role, _named(stack, settings, noun), _NAMES)
    _grant(role, ["sagemaker:CreateModel"], [_named(stack, settings, "model")])
    acknowledge_wildcard(role, _named(stack, settings, "model"), _NAMES)
    role.add_to_principal_policy(
        PolicyStatement(
            actions=["iam:PassRole"],
            resources=[training_role_arn],
            conditions={"StringEquals": {"iam:PassedToService": SERVICE}},
        )
    )


def may_stop(stack: Stack, settings: Settings, function: StageFunction) -> None:
    """Let a function stop what the state machine has started."""
    for action, noun in (("StopTrainingJob", "training-job"), ("StopTransformJob", "transform-job")):
        function.allow_wildcard((f"sagemaker:{action}",), [_named(stack, settings, noun)], _NAMES)


def may_look_up(stack: Stack, function: StageFunction) -> None:
    """Let a function see the model or algorithm that a request names."""
    for action, noun in (("DescribeModel", "model"), ("DescribeAlgorithm", "algorithm")):
        arn = f"arn:{stack.partition}:sagemaker:{stack.region}:{stack.account}:{noun}/*"
        reason = f"A job may name any {noun} of the account; it is only looked at"
        function.allow_wildcard((f"sagemaker:{action}",), [arn], reason)


def _grant(role: Role, actions: Sequence[str], resources: Sequence[str]) -> None:
    role.add_to_principal_policy(PolicyStatement(actions=list(actions), resources=list(resources)))


def _named(stack: Stack, settings: Settings, noun: str) -> str:
    return f"arn:{stack.partition}:sagemaker:{stack.region}:{stack.account}:{noun}/{settings.deployment_name}-*"

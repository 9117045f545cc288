"""The one construct that defines a Lambda function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from aws_cdk import Duration, IgnoreMode, RemovalPolicy, Stack
from aws_cdk.aws_iam import Effect, PolicyStatement, Role, ServicePrincipal
from aws_cdk.aws_lambda import Code, Function, ILayerVersion, LayerVersion, LoggingFormat, Tracing
from aws_cdk.aws_logs import LogGroup, RetentionDays
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from stacks.acknowledgments import acknowledge, acknowledge_wildcard
from stacks.constructs.dependency_layer import ARCHITECTURE, LAYERS, ROOT, RUNTIME, DependencyLayer
from stacks.settings import RETENTION_DAYS, Settings

ThirdParty = Literal["powertools", "liquid", "numpy", "pillow", "scikit_learn", "onnxruntime"]
CORE_EXCLUDED = ["*", "!python", "!python/groundwork", "!python/groundwork/**", "**/__pycache__"]
CODE_EXCLUDED = [
    "*",
    "!functions",
    "!functions/**",
    "functions/**/event.json",
    "functions/*.asl.json",
    "**/__pycache__",
]


class FunctionPackages:
    """The code and the layers of one stack's functions; a layer is made when a function first asks for it.

    Each stack has layers of its own: shared ones would be an export that can't change while it is in use.
    """

    def __init__(self, stack: Stack, settings: Settings) -> None:
        self._stack = stack
        self._target = settings.bundling_target
        self._made: dict[str, ILayerVersion] = {}
        self.code = Code.from_asset(str(ROOT), exclude=CODE_EXCLUDED, ignore_mode=IgnoreMode.GIT)
        self.core = LayerVersion(
            stack,
            "CoreLayer",
            code=Code.from_asset(str(LAYERS / "core"), exclude=CORE_EXCLUDED, ignore_mode=IgnoreMode.GIT),
            compatible_runtimes=[RUNTIME],
            compatible_architectures=[ARCHITECTURE],
            description="The core package groundwork",
        )

    def layer(self, name: ThirdParty) -> ILayerVersion:
        """Return a layer of third-party packages."""
        if name not in self._made:
            construct_id = f"{name.title().replace('_', '')}Layer"
            self._made[name] = DependencyLayer(self._stack, construct_id, name=name, target=self._target)
        return self._made[name]


class StageFunction(Construct):
    """The function of a folder under `functions/`, with a role that may do nothing but write its own log.

    `name` is the folder path joined by `_`. Everything else the function may do is granted by its stack.
    """

    def __init__(  # noqa: PLR0913 (what differs between functions, by name)
        self,
        scope: Construct,
        name: str,
        *,
        folder: str,
        settings: Settings,
        packages: FunctionPackages,
        environment: Mapping[str, str],
        layers: Sequence[ThirdParty] = ("powertools",),
        memory: int = 512,
        timeout: Duration | None = None,
        dead_letters: IQueue | None = None,
    ) -> None:
        super().__init__(scope, name)
        self.name = name
        physical_name = function_name(settings, name)
        log_group = LogGroup(
            self,
            "Log",
            log_group_name=f"/aws/lambda/{physical_name}",
            retention=retention(settings),
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.role = Role(
            self,
            "Role",
            assumed_by=ServicePrincipal("lambda.amazonaws.com"),
            description=f"What {physical_name} may do",
        )
        self.allow(["logs:CreateLogStream", "logs:PutLogEvents"], [log_group.log_group_arn])
        acknowledge_wildcard(self, log_group.log_group_arn, "The streams of this function's own log group")
        self.function = Function(
            self,
            "Function",
            function_name=physical_name,
            description=f"functions/{folder}",
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            handler=f"functions.{folder.replace('/', '.')}.handler.handler",
            code=packages.code,
            layers=[packages.core, *(packages.layer(layer) for layer in layers)],
            role=self.role,
            memory_size=memory,
            timeout=timeout or Duration.minutes(1),
            environment={"POWERTOOLS_SERVICE_NAME": name, **environment},
            log_group=log_group,
            logging_format=LoggingFormat.JSON,
            tracing=Tracing.DISABLED,
            dead_letter_queue=dead_letters,
        )
        acknowledge(
            self.function,
            "L1",
            "python3.13 is supported, and the layers' compiled packages are pinned to versions that have wheels for it",
        )

    @property
    def arn(self) -> str:
        """ARN of the function."""
        return self.function.function_arn

    def allow(
        self,
        actions: Iterable[str],
        resources: Iterable[str],
        *,
        conditions: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """Grant named actions on named resources; nothing when there are no resources."""
        named = list(resources)
        if named:
            statement = PolicyStatement(actions=list(actions), resources=named, conditions=conditions)
            self.role.add_to_policy(statement)

    def deny(self, actions: Iterable[str], resources: Iterable[str]) -> None:
        """Keep the function from what a wider grant would let it do."""
        statement = PolicyStatement(effect=Effect.DENY, actions=list(actions), resources=list(resources))
        self.role.add_to_policy(statement)

    def allow_wildcard(self, actions: Iterable[str], resources: Iterable[str], reason: str) -> None:
        """Grant named actions on resources whose ARNs have a wildcard, and say why they need one."""
        named = list(resources)
        self.allow(actions, named)
        for arn in named:
            acknowledge_wildcard(self, arn, reason)


def function_name(settings: Settings, name: str) -> str:
    """Physical name of a function. It is fixed, so that what must know it need not wait for it to be made."""
    return f"{settings.deployment_name}-{name}"


def function_arn(stack: Stack, settings: Settings, name: str) -> str:
    """ARN of a function of this deployment, known before the function is made."""
    return f"arn:{stack.partition}:lambda:{stack.region}:{stack.account}:function:{function_name(settings, name)}"


def retention(settings: Settings) -> RetentionDays:
    """Period for which a log group of ours keeps its events."""
    return dict(zip(RETENTION_DAYS, RetentionDays, strict=False))[settings.log_retention_days]

"""The state machine of `functions/labeling_job.asl.json`, with a role that may do what the definition names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from aws_cdk import RemovalPolicy, Stack
from aws_cdk.aws_iam import PolicyStatement, Role, ServicePrincipal
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_stepfunctions import DefinitionBody, LogLevel, LogOptions, StateMachine, StateMachineType
from constructs import Construct

from stacks.acknowledgments import acknowledge, acknowledge_wildcard
from stacks.constructs.dependency_layer import ROOT
from stacks.constructs.stage_function import StageFunction, retention
from stacks.settings import Settings

DEFINITION = ROOT / "functions" / "labeling_job.asl.json"
_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")


class LabelingMachine(Construct):
    """One execution is one run of a labeling job.

    Its name is fixed, so that functions inside it can know its ARN.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: Settings, functions: Mapping[str, StageFunction]
    ) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        text = definition(settings.map_concurrency)
        used = [functions[name] for name in placeholders(text) if name in functions]
        self.role = Role(self, "Role", assumed_by=ServicePrincipal("states.amazonaws.com"))
        self._may_invoke([function.arn for function in used] + list(settings.customer_functions))
        self._may_run_maps(stack, settings)
        name = machine_name(settings)
        self.machine = StateMachine(
            self,
            "Machine",
            state_machine_name=name,
            state_machine_type=StateMachineType.STANDARD,
            definition_body=DefinitionBody.from_string(text),
            definition_substitutions={
                **{function.name: function.arn for function in used},
                "partition": stack.partition,
            },
            role=self.role,
            logs=LogOptions(
                destination=LogGroup(
                    self,
                    "Log",
                    log_group_name=f"/aws/vendedlogs/states/{name}",
                    retention=retention(settings),
                    removal_policy=RemovalPolicy.DESTROY,
                ),
                level=LogLevel.ERROR,
                include_execution_data=False,
            ),
        )
        acknowledge(self.machine, "SF1", "Each stage logs its own work; a second trail of every transition only costs")
        acknowledge(
            self.machine, "SF2", "Stages are traced by the labeling job's own log; X-Ray would bill each transition"
        )
        acknowledge_wildcard(self, "*", "Log deliveries of Step Functions (logs:*LogDelivery*) know no resource")

    def _may_invoke(self, functions: list[str]) -> None:
        self.role.add_to_policy(PolicyStatement(actions=["lambda:InvokeFunction"], resources=functions))

    def _may_run_maps(self, stack: Stack, settings: Settings) -> None:
        """Let a distributed Map start its children, which are executions of the machine itself."""
        own = machine_arn(stack, settings)
        children = f"{own.replace(':stateMachine:', ':execution:')}/*"
        self.role.add_to_policy(PolicyStatement(actions=["states:StartExecution"], resources=[own]))
        self.role.add_to_policy(
            PolicyStatement(actions=["states:DescribeExecution", "states:StopExecution"], resources=[children])
        )
        acknowledge_wildcard(self, children, "Names of a Map's child executions are made by Step Functions")


def machine_name(settings: Settings) -> str:
    """Name of the state machine."""
    return f"{settings.deployment_name}-labeling-job"


def machine_arn(stack: Stack, settings: Settings) -> str:
    """ARN of the state machine, known before it is made."""
    return f"arn:{stack.partition}:states:{stack.region}:{stack.account}:stateMachine:{machine_name(settings)}"


def definition(map_concurrency: int) -> str:
    """Read the definition, with the deployment's number of children at work in each Map.

    A placeholder stands inside quotes, so the file stays valid JSON; a number can't be one.
    """
    document = json.loads(DEFINITION.read_text())
    for state in states(document):
        if state["Type"] == "Map":
            state["MaxConcurrency"] = map_concurrency
    return json.dumps(document, indent=1, ensure_ascii=False)


def states(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through all states, those inside Maps and Parallels too."""
    for state in document["States"].values():
        yield state
        if "ItemProcessor" in state:
            yield from states(state["ItemProcessor"])
        for branch in state.get("Branches", ()):
            yield from states(branch)


def placeholders(text: str) -> list[str]:
    """List the names in `${…}`, each once, in order of appearance."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))

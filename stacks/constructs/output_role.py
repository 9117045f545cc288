"""The role that a customer's post-annotation function may assume to read a job's output."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk.aws_iam import (
    AccountPrincipal,
    ArnPrincipal,
    CompositePrincipal,
    Effect,
    IPrincipal,
    PolicyStatement,
    PrincipalWithConditions,
    Role,
)
from constructs import Construct

from stacks.acknowledgments import acknowledge_wildcard
from stacks.settings import Settings


class OutputRole(Construct):
    """Read on the output buckets, and nothing else (spec: workflows §1.13, `roleArn`).

    Who may assume it, in the order of preference: the listed roles; else code that runs inside a listed
    function, whatever role it has, if that role allows it; else nobody.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        buckets: Sequence[str],
        kept_from: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, construct_id)
        self._role = Role(
            self,
            "Role",
            assumed_by=_trusted(Stack.of(self), settings),
            description="Lets post-annotation functions read the answers of labeling jobs",
        )
        objects = [f"{bucket}/*" for bucket in buckets]
        self._role.add_to_policy(PolicyStatement(actions=["s3:GetObject"], resources=objects))
        for arn in objects:
            acknowledge_wildcard(self, arn, "Job names, and with them the keys, are not known before a job is dropped")
        if kept_from:
            statement = PolicyStatement(effect=Effect.DENY, actions=["s3:GetObject"], resources=list(kept_from))
            self._role.add_to_policy(statement)
        if settings.kms_keys:
            self._role.add_to_policy(PolicyStatement(actions=["kms:Decrypt"], resources=list(settings.kms_keys)))

    @property
    def arn(self) -> str:
        """ARN of the role."""
        return self._role.role_arn


def _trusted(stack: Stack, settings: Settings) -> IPrincipal:
    roles: list[IPrincipal] = [ArnPrincipal(role) for role in settings.customer_function_roles]
    if roles:
        return roles[0] if len(roles) == 1 else CompositePrincipal(*roles)
    if not settings.customer_functions:
        return PrincipalWithConditions(
            AccountPrincipal(stack.account), {"StringEquals": {"aws:PrincipalArn": "nobody"}}
        )
    # Lambda puts the function's unqualified ARN into what its code asks of AWS; the account alone would be too wide.
    functions = sorted({":".join(arn.split(":")[:7]) for arn in settings.customer_functions})
    accounts: list[IPrincipal] = [
        PrincipalWithConditions(AccountPrincipal(account), {"ArnEquals": {"lambda:SourceFunctionArn": functions}})
        for account in sorted({arn.split(":")[4] for arn in functions})
    ]
    return accounts[0] if len(accounts) == 1 else CompositePrincipal(*accounts)

"""The private workforce: a Cognito user pool whose groups are the work teams."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk.aws_cognito import (
    AccountRecovery,
    AuthFlow,
    CfnUserPoolGroup,
    PasswordPolicy,
    SignInAliases,
    StandardAttribute,
    StandardAttributes,
    UserPool,
)
from constructs import Construct

from stacks.acknowledgments import acknowledge
from stacks.settings import Settings


class Workforce(Construct):
    """Workers are invited by an administrator and sign in at the portal; nobody signs up on their own."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        pool = UserPool(
            self,
            "Pool",
            self_sign_up_enabled=False,
            sign_in_aliases=SignInAliases(username=True, email=True),
            sign_in_case_sensitive=False,
            standard_attributes=StandardAttributes(email=StandardAttribute(required=True, mutable=True)),
            account_recovery=AccountRecovery.EMAIL_ONLY,
            password_policy=PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=Duration.days(7),
            ),
            removal_policy=RemovalPolicy.RETAIN,
        )
        acknowledge(
            pool,
            "COG2",
            "A session may read and label the objects of its own teams only; workers often own no second device",
        )
        acknowledge(
            pool, "COG8", "The Plus plan bills every worker who signs in; who wants its threat protection turns it on"
        )
        client = pool.add_client(
            "Portal",
            auth_flows=AuthFlow(user_password=True, user_srp=True),
            generate_secret=False,
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            id_token_validity=Duration.hours(1),
            access_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.days(1),
        )
        for team in settings.work_teams:
            CfnUserPoolGroup(
                self, f"Team-{team}", user_pool_id=pool.user_pool_id, group_name=team, description=f"Work team {team}"
            )
        self.pool_id = pool.user_pool_id
        self.pool_arn = pool.user_pool_arn
        self.client_id = client.user_pool_client_id
        self.issuer = f"https://cognito-idp.{stack.region}.{stack.url_suffix}/{pool.user_pool_id}"

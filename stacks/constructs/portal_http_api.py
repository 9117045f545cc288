"""The portal's HTTP API: one function behind named routes, each with the workforce's tokens."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk.aws_apigatewayv2 import (
    CfnStage,
    CorsHttpMethod,
    CorsPreflightOptions,
    HttpApi,
    HttpMethod,
    HttpNoneAuthorizer,
    HttpStage,
    ThrottleSettings,
)
from aws_cdk.aws_apigatewayv2_authorizers import HttpJwtAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from aws_cdk.aws_logs import LogGroup
from constructs import Construct

from stacks.acknowledgments import acknowledge
from stacks.constructs.stage_function import StageFunction, retention
from stacks.constructs.workforce import Workforce
from stacks.settings import Settings

ROUTES = (
    (HttpMethod.GET, "/jobs"),
    (HttpMethod.POST, "/jobs/{job}/tasks"),
    (HttpMethod.POST, "/jobs/{job}/tasks/{entry}/answer"),
    (HttpMethod.POST, "/jobs/{job}/tasks/{entry}/show"),
    (HttpMethod.POST, "/jobs/{job}/tasks/{entry}/decline"),
    (HttpMethod.POST, "/jobs/{job}/tasks/{entry}/skip"),
    (HttpMethod.PUT, "/jobs/{job}/tasks/{entry}/draft"),
    (HttpMethod.POST, "/jobs/{job}/tasks/{entry}/renew"),
)
PAGE_ROUTE = "/pages/{job}/{entry}/{token}"
ACCESS_LOG_FIELDS = (
    "requestId",
    "requestTime",
    "routeKey",
    "status",
    "responseLength",
    "responseLatency",
    "integrationErrorMessage",
)
"""The path is not among them: a page's path holds the token that opens it."""


class PortalHttpApi(Construct):
    """What a worker's browser talks to (contract: docs/architecture.md, Portal API)."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, portal_url: str) -> None:
        super().__init__(scope, construct_id)
        self._api = HttpApi(
            self,
            "Api",
            api_name=f"{settings.deployment_name}-portal",
            create_default_stage=False,
            cors_preflight=CorsPreflightOptions(
                allow_origins=[portal_url],
                allow_methods=[CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT],
                allow_headers=["authorization", "content-type"],
                max_age=Duration.hours(1),
            ),
        )
        stage = HttpStage(
            self,
            "Stage",
            http_api=self._api,
            stage_name="$default",
            auto_deploy=True,
            throttle=ThrottleSettings(rate_limit=500, burst_limit=1000),
        )
        self._log_access(stage, settings)

    @property
    def url(self) -> str:
        """Address of the API, without a slash at its end."""
        return self._api.api_endpoint

    @property
    def id(self) -> str:
        """Id of the API."""
        return self._api.api_id

    def serve(self, function: StageFunction, workforce: Workforce) -> None:
        """Let the function answer every route."""
        integration = HttpLambdaIntegration("PortalApi", function.function, scope_permission_to_route=False)
        authorizer = HttpJwtAuthorizer("Workforce", workforce.issuer, jwt_audience=[workforce.client_id])
        for method, path in ROUTES:
            self._api.add_routes(path=path, methods=[method], integration=integration, authorizer=authorizer)
        pages = self._api.add_routes(
            path=PAGE_ROUTE, methods=[HttpMethod.GET], integration=integration, authorizer=HttpNoneAuthorizer()
        )
        for route in pages:
            acknowledge(
                route, "APIG4", "A frame can't send a header; the token in the path opens this one page, while leased"
            )

    def _log_access(self, stage: HttpStage, settings: Settings) -> None:
        log = LogGroup(
            self,
            "AccessLog",
            log_group_name=f"/aws/vendedlogs/apigateway/{settings.deployment_name}-portal",
            retention=retention(settings),
            removal_policy=RemovalPolicy.DESTROY,
        )
        resource = stage.node.default_child
        if not isinstance(resource, CfnStage):
            raise TypeError("a stage without its resource")
        fields = ", ".join(f'"{name}": "$context.{name}"' for name in ACCESS_LOG_FIELDS)
        resource.access_log_settings = CfnStage.AccessLogSettingsProperty(
            destination_arn=log.log_group_arn, format=f"{{{fields}}}"
        )

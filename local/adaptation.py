"""What the local cloud needs after a deployment because it differs from AWS; the product does not know of it."""

from __future__ import annotations

from typing import Any

import boto3

from local.deployment import Deployment
from local.settings import CloudSettings


def api_address(settings: CloudSettings, deployment: Deployment) -> str:
    """Address of the HTTP API; the one in the outputs is AWS's."""
    return settings.host_address(f"{_api_id(deployment)}.execute-api")


def portal_address(settings: CloudSettings, deployment: Deployment) -> str:
    """Address under which the local cloud serves the CloudFront distribution."""
    label = deployment["PortalUrl"].split("//")[-1].split(".")[0]
    return settings.host_address(f"{label}.cloudfront")


def with_local_addresses(settings: CloudSettings, deployment: Deployment) -> Deployment:
    """Replace the addresses in a deployment's outputs, which are AWS's, by those that lead to the local cloud."""
    local = {"ApiUrl": api_address(settings, deployment), "PortalUrl": portal_address(settings, deployment)}
    return Deployment(deployment.name, {**deployment.outputs, **local})


def adapt(settings: CloudSettings, deployment: Deployment) -> None:
    """Make the deployed portal reachable at its local addresses."""
    portal = portal_address(settings, deployment)
    _apply_cors(_api_id(deployment), portal)
    if not settings.tls:
        _serve_without_tls(deployment["DistributionId"])
    _tell_functions(deployment, {"PORTAL_URL": portal})


def _api_id(deployment: Deployment) -> str:
    return deployment["ApiUrl"].split("//")[-1].split(".")[0]


def _apply_cors(api_id: str, origin: str) -> None:
    """Set the API's CORS again: from a template it is stored, but preflights are refused."""
    client = boto3.client("apigatewayv2")
    cors: Any = dict(client.get_api(ApiId=api_id).get("CorsConfiguration") or {})
    cors.setdefault("AllowMethods", ["GET", "POST", "PUT"])
    cors.setdefault("AllowHeaders", ["authorization", "content-type"])
    client.update_api(ApiId=api_id, CorsConfiguration=cors | {"AllowOrigins": [origin]})


def _serve_without_tls(distribution: str) -> None:
    """Let browsers stay on http: the redirect to https leads to a port that does not speak it."""
    client = boto3.client("cloudfront")
    found = client.get_distribution_config(Id=distribution)
    config: Any = found["DistributionConfig"]
    if config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] != "allow-all":
        config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] = "allow-all"
        client.update_distribution(Id=distribution, DistributionConfig=config, IfMatch=found["ETag"])


def _tell_functions(deployment: Deployment, changed: dict[str, str]) -> None:
    """Replace environment variables wherever a function of the deployment has them."""
    client = boto3.client("lambda")
    for page in client.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            variables = function.get("Environment", {}).get("Variables", {})
            ours = function["FunctionName"].startswith(deployment.name)
            new = variables | {name: value for name, value in changed.items() if name in variables}
            if ours and new != variables:
                client.update_function_configuration(
                    FunctionName=function["FunctionName"], Environment={"Variables": new}
                )

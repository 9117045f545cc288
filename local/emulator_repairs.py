"""Places where MiniStack 1.5.33 differs from AWS in a way that no setting reaches.

Loaded by the server, in MiniStack's own environment; nothing of the product knows of it.
"""

from __future__ import annotations

import json
from typing import Any

from ministack.core import iam_actions, iam_evaluator, tls  # type: ignore[import-not-found]
from ministack.core.iam_evaluator import (  # type: ignore[import-not-found]
    EvalContext,
    evaluate_resource_policy,
)
from ministack.services import apigateway, s3  # type: ignore[import-not-found]

DEFAULT_GROUP = ":schedule/default/"
CLOUDFRONT = "cloudfront.amazonaws.com"


def repair() -> None:
    """Authorize schedules by their group and CloudFront's reading as secure; fetch a user pool's keys over TLS."""
    _name_schedule_groups()
    _read_origins_securely()
    if tls.use_ssl_enabled():
        _fetch_keys_over_tls()


def _name_schedule_groups() -> None:
    """MiniStack authorizes every schedule as one of the group `default`, whatever group the call names."""
    original = iam_actions.extract_resource_arn

    def extract_resource_arn(service: str, method: str, path: str, *rest: Any, **named: Any) -> Any:
        arn = original(service, method, path, *rest, **named)
        if isinstance(arn, str) and DEFAULT_GROUP in arn:
            return arn.replace(DEFAULT_GROUP, f":schedule/{_group([*rest, *named.values()])}/")
        return arn

    for module in (iam_actions, iam_evaluator):
        if hasattr(module, "extract_resource_arn"):
            module.extract_resource_arn = extract_resource_arn


def _group(arguments: list[Any]) -> str:
    """Read the group off the call's body (create, update) or query (get, delete)."""
    for argument in arguments:
        if isinstance(argument, bytes) and argument:
            try:
                group = json.loads(argument).get("GroupName")
            except (ValueError, AttributeError):
                continue
        elif isinstance(argument, dict):
            group = argument.get("groupName")
        else:
            continue
        if group:
            return str(group[0]) if isinstance(group, list) else str(group)
    return "default"


def _read_origins_securely() -> None:
    """CloudFront reads a bucket over TLS; MiniStack judges that reading as plain, which `enforce_ssl` denies."""
    original = s3._cloudfront_origin_allows

    def allows(owner: str, bucket: str, key: str, source_arn: str, oai_id: str) -> bool:
        policy = s3._bucket_policies.get_scoped(owner, None, bucket)
        if not policy or not source_arn or oai_id:
            return bool(original(owner, bucket, key, source_arn, oai_id))
        context = EvalContext(
            principal_arn="*",
            principal_type="Service",
            principal_account="",
            action="s3:GetObject",
            resource_arn=f"arn:aws:s3:::{bucket}/{key}",
            region=s3.get_region(),
            secure_transport=True,
            service_context={"aws:sourcearn": source_arn},
        )
        return bool(evaluate_resource_policy(policy, context, service=CLOUDFRONT).decision == "Allow")

    s3._cloudfront_origin_allows = allows


def _fetch_keys_over_tls() -> None:
    """MiniStack fetches the keys of its own user pools by http, also where it answers https only."""
    original = apigateway._resolve_jwks_url

    async def resolve_jwks_url(authorizer: dict[str, Any]) -> str | None:
        url: str | None = await original(authorizer)
        own = url is not None and url.endswith("/.well-known/jwks.json") and url.startswith("http://")
        return url.replace("http://", "https://", 1) if url is not None and own else url

    apigateway._resolve_jwks_url = resolve_jwks_url

"""Publish the built worker portal: files to its bucket, configuration, content security policy, invalidation.

Usage: ``python portal/publish.py --bucket B --config-json '{"region": …}' [--distribution ID] [--dist portal/dist]``
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import boto3
from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PORTAL = Path(__file__).parent
POLICY_FILE = PORTAL / "src" / "app" / "content-security-policy.txt"
POLICY_PLACEHOLDER = "<!-- content-security-policy -->"
IMMUTABLE = "public, max-age=31536000, immutable"
SHORT = "public, max-age=60"
BUNDLES = ("elements.js", "all-elements.js")
"""The crowd elements that tasks run on; `groundwork.worker_page.bundle` chooses one for each page."""
NOT_PUBLISHED = ("screenshots/",)
DELETE_BATCH = 1000
CONTENT_TYPES = {".js": "text/javascript; charset=utf-8", ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml"}


class PublishError(Exception):
    """The portal can't be published; the message says what is missing or wrong."""


class PasswordPolicy(BaseModel):
    """The user pool's password rules, shown to a worker who chooses a password; Cognito's names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minimumLength: int = Field(ge=6, le=99)  # noqa: N815 - the name in the document
    requireUppercase: bool  # noqa: N815
    requireLowercase: bool  # noqa: N815
    requireNumbers: bool  # noqa: N815
    requireSymbols: bool  # noqa: N815


class PortalConfig(BaseModel):
    """The portal's ``config.json``.

    Raises
    ------
    pydantic.ValidationError
        When a value is missing, unknown or no web address.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    region: str = Field(min_length=1)
    userPoolId: str = Field(min_length=1)  # noqa: N815
    userPoolClientId: str = Field(min_length=1)  # noqa: N815
    cognitoEndpoint: str = Field(pattern=r"^https?://[^\s/;,'\"]+(/[^\s;,'\"]*)?$")  # noqa: N815
    apiUrl: str = Field(pattern=r"^https?://[^\s/;,'\"]+(/[^\s;,'\"]*)?$")  # noqa: N815
    contactEmail: str | None = None  # noqa: N815
    passwordPolicy: PasswordPolicy | None = None  # noqa: N815


@dataclass(frozen=True)
class PortalFile:
    """One object of the portal's bucket."""

    key: str
    body: bytes
    content_type: str
    cache_control: str


def origin(address: str) -> str:
    """Reduce a web address to its origin, as a content security policy wants it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def content_security_policy(config: PortalConfig) -> str:
    """Fill the policy's template with the origins of this deployment."""
    lines = POLICY_FILE.read_text(encoding="utf-8").split("\n")
    policy = "; ".join(line.strip() for line in lines if line.strip())
    return policy.replace("{api}", origin(config.apiUrl)).replace("{cognito}", origin(config.cognitoEndpoint))


def index_page(html: str, config: PortalConfig) -> str:
    """Put the content security policy into the portal's page.

    Raises
    ------
    PublishError
        When the page has no place for it, or more than one: a portal without its policy must not go out.
    """
    if html.count(POLICY_PLACEHOLDER) != 1:
        message = f"index.html must hold {POLICY_PLACEHOLDER} once, found {html.count(POLICY_PLACEHOLDER)}"
        raise PublishError(message)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content_security_policy(config)}" />'
    return html.replace(POLICY_PLACEHOLDER, meta)


def portal_files(dist: Path, config: PortalConfig) -> Iterator[PortalFile]:
    """List what belongs into the bucket; ``index.html`` comes last, when all it names is there.

    Raises
    ------
    PublishError
        When the portal, or the elements its tasks run on, have not been built.
    """
    index = dist / "index.html"
    for needed in (index, *(dist / bundle for bundle in BUNDLES)):
        if not needed.is_file():
            message = f"{needed} does not exist: build the portal first (npm run build --workspace portal)"
            raise PublishError(message)
    for path in sorted(dist.rglob("*")):
        key = path.relative_to(dist).as_posix()
        if path.is_file() and path != index and key != "config.json" and not key.startswith(NOT_PUBLISHED):
            yield PortalFile(key, path.read_bytes(), _content_type(key), _cache_control(key))
    document = config.model_dump_json(exclude_none=True, indent=2).encode()
    yield PortalFile("config.json", document, "application/json", SHORT)
    page = index_page(index.read_text(encoding="utf-8"), config).encode()
    yield PortalFile("index.html", page, CONTENT_TYPES[".html"], SHORT)


def publish(s3: S3Client, bucket: str, files: Sequence[PortalFile]) -> list[str]:
    """Upload the files and delete what an earlier portal left behind; return the deleted keys."""
    for file in files:
        s3.put_object(
            Bucket=bucket,
            Key=file.key,
            Body=file.body,
            ContentType=file.content_type,
            CacheControl=file.cache_control,
        )
    wanted = {file.key for file in files}
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    found = [item["Key"] for page in pages for item in page.get("Contents", [])]
    stale = [key for key in found if key not in wanted]
    for start in range(0, len(stale), DELETE_BATCH):
        batch = stale[start : start + DELETE_BATCH]
        reply = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True})
        if reply.get("Errors"):
            message = f"could not delete {reply['Errors'][0]['Key']}: {reply['Errors'][0]['Message']}"
            raise PublishError(message)
    return stale


def invalidate(distribution: str, reference: str) -> None:
    """Drop the short-lived files from the distribution's caches; hashed ones never change."""
    paths = ["/", "/index.html", "/config.json", *(f"/{bundle}" for bundle in BUNDLES), "/icons.js", "/icon.svg"]
    boto3.client("cloudfront").create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": reference},
    )


def parse_config(text: str) -> PortalConfig:
    """Read the configuration given on the command line.

    Raises
    ------
    PublishError
        Naming each value that is wrong.
    """
    try:
        return PortalConfig.model_validate_json(text)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']) or 'document'}: {problem['msg']}"
            for problem in error.errors()
        )
        message = f"--config-json: {problems}"
        raise PublishError(message) from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(description="Publish the built worker portal.")
    parser.add_argument("--bucket", required=True, help="bucket the portal is served from")
    parser.add_argument("--config-json", required=True, help="the portal's config.json, as JSON")
    parser.add_argument("--distribution", help="CloudFront distribution to invalidate")
    parser.add_argument("--dist", type=Path, default=PORTAL / "dist", help="folder of the built portal")
    options = parser.parse_args(arguments)
    try:
        files = list(portal_files(options.dist, parse_config(options.config_json)))
        stale = publish(boto3.client("s3"), options.bucket, files)
    except PublishError as error:
        sys.stderr.write(f"publish: {error}\n")
        return 1
    if options.distribution:
        invalidate(options.distribution, f"publish-{time.time_ns()}")
    sys.stdout.write(json.dumps({"bucket": options.bucket, "published": len(files), "deleted": len(stale)}) + "\n")
    return 0


def _content_type(key: str) -> str:
    guessed = mimetypes.guess_type(key)[0]
    return CONTENT_TYPES.get(Path(key).suffix) or guessed or "application/octet-stream"


def _cache_control(key: str) -> str:
    return IMMUTABLE if key.startswith("assets/") else SHORT


if __name__ == "__main__":
    sys.exit(main())

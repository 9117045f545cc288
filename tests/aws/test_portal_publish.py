"""The portal publisher against a bucket and a distribution of moto."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from portal import publish

BUCKET = "portal-files"
CONFIG = {
    "region": "eu-central-1",
    "userPoolId": "eu-central-1_AbCdEf123",
    "userPoolClientId": "4h57kexample",
    "cognitoEndpoint": "https://cognito-idp.eu-central-1.amazonaws.com",
    "apiUrl": "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/",
}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "screenshots").mkdir()
    (folder / "index.html").write_text("<head><!-- content-security-policy --></head>")
    (folder / "elements.js").write_text("(() => {})()")
    (folder / "all-elements.js").write_text("(() => {})()")
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "assets" / "index-B3x.js").write_text("export {}")
    (folder / "assets" / "index-A1.css").write_text("body {}")
    (folder / "screenshots" / "jobs.png").write_bytes(b"png")
    return folder


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in {"ACCESS_KEY_ID": "testing", "SECRET_ACCESS_KEY": "testing"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        yield client


def run(dist: Path, *more: str, config: dict[str, Any] | None = None) -> int:
    return publish.main(
        ["--bucket", BUCKET, "--config-json", json.dumps(config or CONFIG), "--dist", str(dist), *more],
    )


def test_the_bucket_holds_the_build_and_the_configuration_and_nothing_else(s3: Any, dist: Path) -> None:
    assert run(dist) == 0
    keys = [item["Key"] for item in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert keys == [
        "all-elements.js",
        "assets/index-A1.css",
        "assets/index-B3x.js",
        "config.json",
        "elements.js",
        "icon.svg",
        "index.html",
    ]
    document = json.loads(s3.get_object(Bucket=BUCKET, Key="config.json")["Body"].read())
    assert document == CONFIG


@pytest.mark.parametrize(
    ("key", "content_type", "cache"),
    [
        ("assets/index-B3x.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("assets/index-A1.css", "text/css", "public, max-age=31536000, immutable"),
        ("elements.js", "text/javascript; charset=utf-8", "public, max-age=60"),
        ("icon.svg", "image/svg+xml", "public, max-age=60"),
        ("index.html", "text/html; charset=utf-8", "public, max-age=60"),
        ("config.json", "application/json", "public, max-age=60"),
    ],
)
def test_each_file_has_its_content_type_and_lifetime(
    s3: Any, dist: Path, key: str, content_type: str, cache: str
) -> None:
    run(dist)
    head = s3.head_object(Bucket=BUCKET, Key=key)
    assert (head["ContentType"], head["CacheControl"]) == (content_type, cache)


def test_the_page_carries_a_policy_with_the_origins_of_this_deployment(s3: Any, dist: Path) -> None:
    run(dist)
    page = s3.get_object(Bucket=BUCKET, Key="index.html")["Body"].read().decode()
    api = "https://a1b2c3.execute-api.eu-central-1.amazonaws.com"
    assert f"connect-src 'self' {api} https://cognito-idp.eu-central-1.amazonaws.com;" in page
    assert f"frame-src {api};" in page
    assert "script-src 'self';" in page
    assert "unsafe" not in page
    assert "{" not in page


def test_the_policy_names_origins_without_paths() -> None:
    local = {**CONFIG, "apiUrl": "http://127.0.0.1:4566/api", "cognitoEndpoint": "http://127.0.0.1:4566"}
    policy = publish.content_security_policy(publish.PortalConfig.model_validate(local))
    assert "frame-src http://127.0.0.1:4566;" in policy


def test_files_of_an_earlier_portal_are_deleted(s3: Any, dist: Path) -> None:
    s3.put_object(Bucket=BUCKET, Key="assets/index-old.js", Body=b"old")
    run(dist)
    keys = [item["Key"] for item in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert "assets/index-old.js" not in keys


def test_the_distribution_is_invalidated_for_the_files_that_may_change(s3: Any, dist: Path) -> None:
    cloudfront = boto3.client("cloudfront")
    settings = {
        "CallerReference": "portal",
        "Comment": "portal",
        "Enabled": True,
        "Origins": {
            "Quantity": 1,
            "Items": [
                {"Id": "files", "DomainName": "files.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
            ],
        },
        "DefaultCacheBehavior": {"TargetOriginId": "files", "ViewerProtocolPolicy": "redirect-to-https"},
    }
    distribution = cloudfront.create_distribution(DistributionConfig=settings)["Distribution"]["Id"]
    assert run(dist, "--distribution", distribution) == 0
    listed = cloudfront.list_invalidations(DistributionId=distribution)["InvalidationList"]["Items"]
    detail = cloudfront.get_invalidation(DistributionId=distribution, Id=listed[0]["Id"])["Invalidation"]
    assert "/index.html" in detail["InvalidationBatch"]["Paths"]["Items"]
    assert "/config.json" in detail["InvalidationBatch"]["Paths"]["Items"]


def test_a_page_without_a_place_for_the_policy_is_not_published(
    s3: Any, dist: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (dist / "index.html").write_text("<head></head>")
    assert run(dist) == 1
    assert "content-security-policy" in capsys.readouterr().err
    assert "Contents" not in s3.list_objects_v2(Bucket=BUCKET)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"apiUrl": "a1b2c3.execute-api.eu-central-1.amazonaws.com"}, "apiUrl"),
        ({"apiUrl": "https://api.example.org; script-src *"}, "apiUrl"),
        ({"userPoolId": ""}, "userPoolId"),
        ({"userPool": "x"}, "userPool"),
    ],
)
def test_a_wrong_configuration_names_the_value(
    s3: Any, dist: Path, capsys: pytest.CaptureFixture[str], change: dict[str, str], place: str
) -> None:
    assert run(dist, config={**CONFIG, **change}) == 1
    assert place in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["index.html", "elements.js", "all-elements.js"])
def test_a_portal_that_was_not_built_says_how_to_build_it(
    s3: Any, dist: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    (dist / missing).unlink()
    assert run(dist) == 1
    assert f"{missing} does not exist: build the portal first (npm run build" in capsys.readouterr().err


def test_the_page_of_the_repository_has_one_place_for_the_policy() -> None:
    html = (publish.PORTAL / "index.html").read_text()
    assert "Content-Security-Policy" in publish.index_page(html, publish.PortalConfig.model_validate(CONFIG))

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from local.deployment import Deployment

BUCKET = "harbor-jobs"


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_PROFILE", "AWS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        pool = boto3.client("cognito-idp").create_user_pool(PoolName="harbor")["UserPool"]["Id"]
        outputs = {"JobsBucket": BUCKET, "UserPoolId": pool, "PortalUrl": "https://portal.example.org"}
        yield Deployment("groundwork", outputs)
    boto3.DEFAULT_SESSION = None

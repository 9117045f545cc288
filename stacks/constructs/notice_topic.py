"""An SNS topic for notices to people."""

from __future__ import annotations

from aws_cdk.aws_kms import Key
from aws_cdk.aws_sns import Topic
from constructs import Construct

from stacks.settings import Settings


class NoticeTopic(Topic):
    """Takes messages over TLS only, and is encrypted with the deployment's key when it names one.

    SNS keeps messages on encrypted disks in any case. CloudWatch can't publish under the key that AWS manages for SNS,
    and a key of our own would cost 1 USD a month for texts that hold nothing but names.
    """

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, display_name: str) -> None:
        key = Key.from_key_arn(scope, f"{construct_id}Key", settings.topic_key) if settings.topic_key else None
        super().__init__(scope, construct_id, display_name=display_name, enforce_ssl=True, master_key=key)

"""What the commands act on: the deployment of the local cloud, or with `CLOUD=aws` that of the AWS account.

The commands make the same AWS calls in both places; only the addresses differ.
"""

from __future__ import annotations

import os

from local.adaptation import with_local_addresses
from local.cloud import running_pid
from local.deployment import Deployment, find_deployment
from local.settings import default_settings


def connect() -> Deployment:
    """Point boto3 at the local cloud, or leave the current AWS credentials in charge when `CLOUD=aws`.

    Raises
    ------
    SystemExit
        The local cloud does not run, or nothing is deployed there.
    """
    cloud = os.environ.get("CLOUD", "local")
    if cloud == "aws":
        return find_deployment()
    if cloud != "local":
        raise SystemExit(f"CLOUD is {cloud!r}; expected local or aws")
    settings = default_settings()
    if running_pid(settings) is None:
        raise SystemExit("the local cloud is not running: `make up` starts it (or CLOUD=aws for your AWS account)")
    settings.connect()
    return with_local_addresses(settings, find_deployment())

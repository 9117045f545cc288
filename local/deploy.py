"""Deploy the stacks and publish the portal: to the local cloud, or to AWS with `CLOUD=aws`.

Called as `python -m local.deploy`. Both run the same CDK application; what is built for a function's target
(processor, Python) is chosen by the context value `bundlingTarget`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

from local.adaptation import adapt, api_address, with_local_addresses
from local.cloud import CloudError, checkpoint, start
from local.deployment import Deployment, deployment_name, find_deployment
from local.settings import ACCOUNT, REGION, ROOT, CloudSettings, default_settings
from local.sources import fingerprint

CDK = ROOT / "node_modules" / ".bin" / "cdk"
STACK_SOURCES = ("app.py", "cdk.json", "requirements.txt", "stacks", "functions", "layers")
SITE = "portal/dist"
LOG_LINES = 40
QUIET = {
    "CDK_DISABLE_CLI_TELEMETRY": "true",
    "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
    "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
    "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION": "1",
    "NODE_NO_WARNINGS": "1",
}


class DeployError(Exception):
    """A step of the deployment failed; its own output stands above."""


def deploy_local(
    settings: CloudSettings, *, output: Path | None = None, context: Mapping[str, str] | None = None
) -> Deployment:
    """Bring the local cloud up to date with the sources, publish the portal, resume what was interrupted.

    Parameters
    ----------
    output
        Folder for the synthesized templates.
    context
        Settings of the deployment beside those of `cdk.json`.

    Raises
    ------
    DeployError
        The CDK or the publisher failed.
    """
    settings.connect()
    name = deployment_name()
    values = {"bundlingTarget": "local", "deploymentName": name, **(context or {})}
    wanted = {
        "context": json.dumps(values, sort_keys=True),
        "stacks": fingerprint(ROOT, STACK_SOURCES),
        "site": fingerprint(ROOT, [SITE]),
    }
    deployed = _deployed(settings)
    log = settings.directory / "deploy.log"
    log.write_bytes(b"")
    if {**wanted, "site": ""} != {**deployed, "site": ""}:
        # Half a deployment must not pass for a whole one.
        settings.deployed_marker.unlink(missing_ok=True)
        print("deploying the stacks", flush=True)
        environment = settings.command_environment()
        _bootstrap(environment, [f"aws://{ACCOUNT}/{REGION}"], settings.directory, log)
        _deploy(
            environment, values, ["--method=direct", "--output", str(output or settings.directory / "cdk.out")], log
        )
    deployment = find_deployment(name)
    if wanted != deployed:
        adapt(settings, deployment)
        print("publishing the portal", flush=True)
        _publish(deployment, site_config(deployment, settings), settings.command_environment(), log)
        checkpoint(settings)
        settings.deployed_marker.write_text(json.dumps(wanted))
    resume_jobs(deployment)
    return with_local_addresses(settings, deployment)


def local_deployment(settings: CloudSettings) -> Deployment:
    """Find what is deployed to the local cloud, with the addresses that lead there."""
    settings.connect()
    return with_local_addresses(settings, find_deployment())


def deploy_aws() -> Deployment:
    """Deploy to the account and Region of the current AWS credentials."""
    environment = dict(os.environ)
    values = {"bundlingTarget": "aws", "deploymentName": deployment_name()}
    if not _is_bootstrapped():
        _bootstrap(environment, [_place()], ROOT / ".local", None)
    _deploy(environment, values, [], None)
    deployment = find_deployment()
    _publish(deployment, site_config(deployment, None), environment)
    return deployment


def site_config(deployment: Deployment, settings: CloudSettings | None) -> dict[str, str]:
    """Return what the portal reads at its start: where to sign in and where the API is."""
    if settings is None:
        region = boto3.session.Session().region_name or REGION
        cognito, api = f"https://cognito-idp.{region}.amazonaws.com/", deployment["ApiUrl"]
    else:
        region, cognito, api = REGION, f"{settings.endpoint}/", api_address(settings, deployment)
    return {
        "region": region,
        "userPoolId": deployment.user_pool,
        "userPoolClientId": deployment["UserPoolClientId"],
        "cognitoEndpoint": cognito,
        "apiUrl": api,
    }


def resume_jobs(deployment: Deployment) -> None:
    """Start every job again that has neither ended nor a running execution."""
    answer = boto3.client("lambda").invoke(FunctionName=deployment["ResumeFunction"], Payload=b"{}")
    if "FunctionError" in answer:
        raise DeployError(f"resuming interrupted jobs failed: {answer['Payload'].read().decode()}")


def _deployed(settings: CloudSettings) -> dict[str, str]:
    try:
        marker: dict[str, str] = json.loads(settings.deployed_marker.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return marker


def _is_bootstrapped() -> bool:
    try:
        boto3.client("cloudformation").describe_stacks(StackName="CDKToolkit")
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return False
        raise
    return True


def _place() -> str:
    """Return account and Region of the current credentials, as the CDK names a place."""
    account = boto3.client("sts").get_caller_identity()["Account"]
    return f"aws://{account}/{boto3.session.Session().region_name or REGION}"


def _bootstrap(environment: Mapping[str, str], place: list[str], folder: Path, log: Path | None) -> None:
    # Away from cdk.json: the bootstrap stack does not depend on the application, which takes seconds to synthesize.
    folder.mkdir(parents=True, exist_ok=True)
    _run([str(CDK), "bootstrap", *place, "--no-notices"], environment, folder, log)


def _deploy(environment: Mapping[str, str], context: Mapping[str, str], options: list[str], log: Path | None) -> None:
    command = [str(CDK), "deploy", "--all", "--app", f"{sys.executable} app.py", "--require-approval", "never"]
    command += [argument for name, value in context.items() for argument in ("-c", f"{name}={value}")]
    _run([*command, "--progress", "events", "--no-notices", *options], environment, ROOT, log)


def _publish(
    deployment: Deployment, config: dict[str, str], environment: Mapping[str, str], log: Path | None = None
) -> None:
    command = [sys.executable, str(ROOT / "portal" / "publish.py"), "--bucket", deployment["SiteBucket"]]
    _run([*command, "--config-json", json.dumps(config)], environment, ROOT, log)


def _run(command: list[str], environment: Mapping[str, str], folder: Path, log: Path | None) -> None:
    """Run a command; with a log its output goes there and is shown only when it fails."""
    environment = {**environment, **QUIET}
    if log is None:
        done = subprocess.run(command, cwd=folder, env=environment, check=False)
    else:
        with log.open("ab") as file:
            done = subprocess.run(command, cwd=folder, env=environment, check=False, stdout=file, stderr=file)
    if done.returncode != 0:
        shown = "" if log is None else "\n" + "\n".join(log.read_text(errors="replace").splitlines()[-LOG_LINES:])
        raise DeployError(f"failed: {' '.join(command[:3])} …{shown}")


def main() -> None:
    """Deploy and print what to open."""
    try:
        if os.environ.get("CLOUD", "local") == "aws":
            deployment = deploy_aws()
        else:
            settings = default_settings()
            start(settings)
            deployment = deploy_local(settings)
    except (DeployError, CloudError) as error:
        raise SystemExit(f"error: {error}") from None
    print(f"portal       {deployment['PortalUrl']}")
    print(f"jobs bucket  s3://{deployment.jobs_bucket}/")
    prefix = "CLOUD=aws " if os.environ.get("CLOUD") == "aws" else ""
    print(f"Invite a worker:  {prefix}make worker NAME=<name> TEAM=default")
    print(f"Drop a job:       {prefix}make drop FOLDER=examples/text-classification")


if __name__ == "__main__":
    main()

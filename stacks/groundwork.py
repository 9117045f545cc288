"""How the stacks fit together."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import App, Tags

from stacks.data import DataStack
from stacks.observability import ObservabilityStack
from stacks.pipeline import PipelineStack
from stacks.portal import PortalStack
from stacks.settings import Settings


@dataclass(frozen=True, slots=True)
class Deployment:
    """The stacks of one deployment, in the order in which they are made."""

    settings: Settings
    data: DataStack
    portal: PortalStack
    pipeline: PipelineStack
    observability: ObservabilityStack


def deploy(app: App) -> Deployment:
    """Define the stacks `<deployment name>-data|portal|pipeline|observability`.

    They name no account and no Region, so `cdk synth` asks AWS nothing.

    Raises
    ------
    SettingsError
        The deployment settings can't be used.
    """
    settings = Settings.read(app)
    name = settings.deployment_name
    Tags.of(app).add("groundwork:deployment", name)
    data = DataStack(app, f"{name}-data", settings)
    portal = PortalStack(app, f"{name}-portal", settings, data)
    pipeline = PipelineStack(app, f"{name}-pipeline", settings, data, portal_url=portal.url)
    observability = ObservabilityStack(
        app, f"{name}-observability", settings=settings, data=data, pipeline=pipeline, portal=portal
    )
    return Deployment(settings, data, portal, pipeline, observability)

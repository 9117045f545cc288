"""The app, synthesized once for all tests of the stacks, without building layers."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1")

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks

from stacks.groundwork import Deployment, deploy

ROOT = Path(__file__).resolve().parents[2]
CONTEXT: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]
WITH_CUSTOMERS = {
    "deploymentName": "labels",
    "dataBuckets": ["street-scenes", "product-texts"],
    "outputBuckets": ["labels-out"],
    "customerFunctions": [
        "arn:aws:lambda:us-east-1:123456789012:function:crop-images",
        "arn:aws:lambda:us-east-1:123456789012:function:merge-boxes:live",
    ],
    "kmsKeys": ["arn:aws:kms:us-east-1:123456789012:key/0b1a5f7e-52a0-4d0b-8a56-3f2f5a6e9c11"],
    "featureExtractors": ["s3://model-files/nets/harbor.onnx", "bedrock:amazon.titan-embed-text-v2:0"],
    "bedrockModels": ["amazon.titan-embed-text-v2:0", "cohere.embed-multilingual-v3"],
    "keepWorkerQuality": False,
    "topicKey": "arn:aws:kms:us-east-1:123456789012:key/7d9c2b44-6a57-4f0e-9a6d-54cf0f5f8b20",
    "workTeams": ["default", "radiologists"],
    "contactEmail": "labels@example.com",
    "portalUrl": "https://labels.example.com",
    "mapConcurrency": 7,
    "sageMaker": True,
    "trainingRepositories": ["arn:aws:ecr:us-east-1:123456789012:repository/boats/net"],
    "trainingVpc": True,
}
"""A deployment that uses every setting."""


@dataclass(frozen=True)
class Synthesized:
    """One synthesized deployment."""

    app: App
    deployment: Deployment
    folder: Path

    def template(self, stack: str) -> dict[str, Any]:
        name = f"{self.deployment.settings.deployment_name}-{stack}"
        template: dict[str, Any] = json.loads((self.folder / f"{name}.template.json").read_text())
        return template

    def templates(self) -> dict[str, dict[str, Any]]:
        return {stack: self.template(stack) for stack in ("data", "portal", "pipeline", "observability")}

    def resources(self, kind: str) -> dict[str, dict[str, Any]]:
        return {
            f"{stack}/{name}": resource["Properties"]
            for stack, template in self.templates().items()
            for name, resource in template["Resources"].items()
            if resource["Type"] == kind
        }


def synthesize(folder: Path, settings: Mapping[str, Any]) -> Synthesized:
    app = App(outdir=str(folder), context={**CONTEXT, "aws:cdk:bundling-stacks": [], "groundwork": settings})
    deployment = deploy(app)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    app.synth()
    return Synthesized(app, deployment, folder)


@pytest.fixture(scope="session", params=["default", "every setting"])
def synthesized(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    settings = CONTEXT["groundwork"] if request.param == "default" else WITH_CUSTOMERS
    return synthesize(tmp_path_factory.mktemp("cdk"), settings)

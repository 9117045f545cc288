"""The CDK app: `cdk synth`, `cdk deploy` and the local cloud all start here."""

from __future__ import annotations

from aws_cdk import App

from stacks.groundwork import deploy

app = App()
deploy(app)
app.synth()

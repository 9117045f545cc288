"""Where people work: the workforce, the portal's site and its API."""

from __future__ import annotations

from aws_cdk import CfnOutput, Duration, Stack
from constructs import Construct

from stacks import rights
from stacks.constructs.portal_http_api import PortalHttpApi
from stacks.constructs.portal_site import PortalSite
from stacks.constructs.stage_function import FunctionPackages, StageFunction
from stacks.constructs.workforce import Workforce
from stacks.data import DataStack
from stacks.pipeline import job_environment
from stacks.rights import Rights
from stacks.settings import Settings


class PortalStack(Stack):
    """Workforce, site and API."""

    def __init__(self, scope: Construct, construct_id: str, settings: Settings, data: DataStack) -> None:
        super().__init__(scope, construct_id, description="Groundwork: worker portal")
        site = PortalSite(self, "Site")
        portal_url = settings.portal_url or site.url
        self.url = settings.portal_url or f"https://{self.export_value(site.domain_name)}"
        workforce = Workforce(self, "Workforce", settings=settings)
        self.function = StageFunction(
            self,
            "portal_api",
            folder="portal_api",
            settings=settings,
            packages=FunctionPackages(self, settings),
            environment={
                **job_environment(self, settings, data),
                "USER_POOL_ID": workforce.pool_id,
                "PORTAL_URL": portal_url,
            },
            layers=("powertools", "liquid"),
            memory=1024,
            timeout=Duration.seconds(29),
        )
        self._grant(Rights(self, settings, data), workforce)
        api = PortalHttpApi(self, "HttpApi", settings=settings, portal_url=portal_url)
        api.serve(self.function, workforce)
        self.api_id: str = self.export_value(api.id)
        CfnOutput(self, "PortalUrl", value=portal_url, description="Workers sign in here")
        CfnOutput(self, "ApiUrl", value=api.url)
        CfnOutput(self, "ApiId", value=api.id)
        CfnOutput(self, "UserPoolId", value=workforce.pool_id)
        CfnOutput(self, "UserPoolClientId", value=workforce.client_id)
        CfnOutput(self, "SiteBucket", value=site.bucket.bucket_name)
        CfnOutput(self, "DistributionId", value=site.distribution.distribution_id)

    def _grant(self, granted: Rights, workforce: Workforce) -> None:
        granted.read_data(self.function)
        granted.write_outputs(self.function)
        granted.job_log(self.function)
        actions = (rights.GET, rights.BATCH_GET, rights.QUERY, rights.PUT, rights.UPDATE, rights.DELETE)
        granted.table(self.function, *actions, index=True)
        granted.release_tokens(self.function)
        self.function.allow(("cognito-idp:AdminGetUser", "cognito-idp:AdminListGroupsForUser"), [workforce.pool_arn])

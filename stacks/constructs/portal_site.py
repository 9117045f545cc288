"""The portal's files: a private bucket behind CloudFront."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk.aws_cloudfront import (
    BehaviorOptions,
    CachePolicy,
    Distribution,
    ErrorResponse,
    HeadersFrameOption,
    HeadersReferrerPolicy,
    HttpVersion,
    ResponseHeadersContentSecurityPolicy,
    ResponseHeadersContentTypeOptions,
    ResponseHeadersFrameOptions,
    ResponseHeadersPolicy,
    ResponseHeadersReferrerPolicy,
    ResponseHeadersStrictTransportSecurity,
    ResponseSecurityHeadersBehavior,
    ViewerProtocolPolicy,
)
from aws_cdk.aws_cloudfront_origins import S3BucketOrigin
from aws_cdk.aws_s3 import BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership
from constructs import Construct

from stacks.acknowledgments import acknowledge

PAGE = "/index.html"


class PortalSite(Construct):
    """Serves the built portal. The files can be built again, so the bucket goes with the stack once it is empty."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.bucket = Bucket(
            self,
            "Files",
            encryption=BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            block_public_access=BlockPublicAccess.BLOCK_ALL,
            object_ownership=ObjectOwnership.BUCKET_OWNER_ENFORCED,
            removal_policy=RemovalPolicy.DESTROY,
        )
        acknowledge(self.bucket, "S1", "Public program text, read by CloudFront only")
        self.distribution = Distribution(
            self,
            "Distribution",
            comment="Groundwork worker portal",
            default_root_object=PAGE.removeprefix("/"),
            http_version=HttpVersion.HTTP2_AND_3,
            default_behavior=BehaviorOptions(
                origin=S3BucketOrigin.with_origin_access_control(self.bucket),
                viewer_protocol_policy=ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                cache_policy=CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=self._headers(),
                compress=True,
            ),
            # Addresses inside the portal are its own business: the one page answers them all.
            error_responses=[
                ErrorResponse(
                    http_status=status, response_http_status=200, response_page_path=PAGE, ttl=Duration.seconds(10)
                )
                for status in (403, 404)
            ],
        )
        acknowledge(self.distribution, "CFR1", "Where workers live is not for the software to say")
        acknowledge(
            self.distribution, "CFR2", "Static files without a server behind them; a firewall costs by the month"
        )
        acknowledge(self.distribution, "CFR3", "Requests for static files tell nothing; the API logs what workers do")
        acknowledge(
            self.distribution, "CFR4", "The lowest TLS version can be set only with a certificate of one's own domain"
        )

    @property
    def domain_name(self) -> str:
        """CloudFront's domain name of the portal."""
        return self.distribution.distribution_domain_name

    @property
    def url(self) -> str:
        """Origin of the portal, without a slash at its end."""
        return f"https://{self.domain_name}"

    def _headers(self) -> ResponseHeadersPolicy:
        """Make the headers of every file; the page brings the rest of its content policy itself, when published."""
        return ResponseHeadersPolicy(
            self,
            "Headers",
            security_headers_behavior=ResponseSecurityHeadersBehavior(
                strict_transport_security=ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=Duration.days(365), include_subdomains=True, override=True
                ),
                content_type_options=ResponseHeadersContentTypeOptions(override=True),
                frame_options=ResponseHeadersFrameOptions(frame_option=HeadersFrameOption.DENY, override=True),
                content_security_policy=ResponseHeadersContentSecurityPolicy(
                    content_security_policy="frame-ancestors 'none'", override=True
                ),
                referrer_policy=ResponseHeadersReferrerPolicy(
                    referrer_policy=HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override=True
                ),
            ),
        )

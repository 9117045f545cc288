"""What must not be lost: the jobs bucket, and the queue table."""

from __future__ import annotations

from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk.aws_dynamodb import (
    Attribute,
    AttributeType,
    BillingMode,
    PointInTimeRecoverySpecification,
    ProjectionType,
    Table,
)
from aws_cdk.aws_s3 import (
    BlockPublicAccess,
    Bucket,
    BucketEncryption,
    CfnBucket,
    CorsRule,
    HttpMethods,
    LifecycleRule,
    ObjectOwnership,
)
from constructs import Construct

from stacks.acknowledgments import acknowledge
from stacks.settings import Settings

QUEUE_INDEX = "queue"
ACCESS_LOG_REASON = (
    "Server access logs keep whole request addresses, and so the signatures of presigned URLs; who needs a trail of "
    "reads turns on CloudTrail data events, which do not"
)


class DataStack(Stack):
    """Jobs bucket and queue table. Both stay when the stack is deleted."""

    def __init__(self, scope: Construct, construct_id: str, settings: Settings) -> None:
        super().__init__(scope, construct_id, description="Groundwork: jobs bucket and queue table")
        jobs = self._jobs_bucket()
        queue = self._queue_table()
        self.jobs_bucket_name = self._shared(jobs.bucket_name)
        self.jobs_bucket_arn = self._shared(jobs.bucket_arn)
        self.queue_table_name = self._shared(queue.table_name)
        self.queue_table_arn = self._shared(queue.table_arn)
        self.readable_arns = self._bucket_arns(settings.data_buckets)
        self.writable_arns = self._bucket_arns(settings.output_buckets)
        CfnOutput(self, "JobsBucket", value=jobs.bucket_name, description="Drop labeling jobs here")
        CfnOutput(self, "QueueTable", value=queue.table_name)

    def _shared(self, value: str) -> str:
        """Make a value known to the other stacks."""
        imported: str = self.export_value(value)
        return imported

    def _bucket_arns(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"arn:{self.partition}:s3:::{name}" for name in names)

    def _jobs_bucket(self) -> Bucket:
        bucket = Bucket(
            self,
            "Jobs",
            encryption=BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            block_public_access=BlockPublicAccess.BLOCK_ALL,
            object_ownership=ObjectOwnership.BUCKET_OWNER_ENFORCED,
            versioned=True,
            removal_policy=RemovalPolicy.RETAIN,
            lifecycle_rules=[
                LifecycleRule(
                    id="forget-replaced-and-unfinished",
                    noncurrent_version_expiration=Duration.days(90),
                    abort_incomplete_multipart_upload_after=Duration.days(7),
                    expired_object_delete_marker=True,
                )
            ],
            # Workers' browsers read data objects from pages whose origin is "null"; presigned URLs decide who may.
            cors=[
                CorsRule(
                    allowed_methods=[HttpMethods.GET],
                    allowed_origins=["*"],
                    allowed_headers=["*"],
                    exposed_headers=["Access-Control-Allow-Origin"],
                    max_age=3000,
                )
            ],
        )
        resource = bucket.node.default_child
        if not isinstance(resource, CfnBucket):
            raise TypeError("a bucket without its resource")
        # The bucket's `event_bridge_enabled` would add a custom resource with a function of its own.
        resource.add_property_override(
            "NotificationConfiguration", {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
        )
        acknowledge(bucket, "S1", ACCESS_LOG_REASON)
        return bucket

    def _queue_table(self) -> Table:
        table = Table(
            self,
            "Queue",
            partition_key=Attribute(name="pk", type=AttributeType.STRING),
            sort_key=Attribute(name="sk", type=AttributeType.STRING),
            billing_mode=BillingMode.PAY_PER_REQUEST,
            point_in_time_recovery_specification=PointInTimeRecoverySpecification(point_in_time_recovery_enabled=True),
            time_to_live_attribute="ttl",
            removal_policy=RemovalPolicy.RETAIN,
        )
        table.add_global_secondary_index(
            index_name=QUEUE_INDEX,
            partition_key=Attribute(name="queue", type=AttributeType.STRING),
            sort_key=Attribute(name="queueAt", type=AttributeType.STRING),
            projection_type=ProjectionType.INCLUDE,
            non_key_attributes=["workers"],
        )
        return table

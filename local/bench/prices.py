"""List prices: the one table that every figure in USD comes from.

us-east-1, on demand, without free tiers, as of 2026-11.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

REGION = "us-east-1"
AS_OF = "2026-11"
HOURS_A_MONTH = 730


class Unit(StrEnum):
    """What AWS bills; the value names it in the printed table."""

    WRITE = "DynamoDB write request units"
    TRANSACTED_WRITE = "DynamoDB write request units in transactions"
    INDEX_WRITE = "DynamoDB write request units of the index"
    READ = "DynamoDB read request units"
    S3_PUT = "S3 PUT, COPY, LIST requests"
    S3_GET = "S3 GET, HEAD requests"
    S3_EVENT = "EventBridge events of the jobs bucket"
    EVENT = "EventBridge events of our own"
    SCHEDULE = "EventBridge Scheduler invocations"
    NOTICE = "SNS notices to the work team"
    API_REQUEST = "API Gateway HTTP API requests"
    LAMBDA_REQUEST = "Lambda requests"
    LAMBDA_GB_SECOND = "Lambda GB-seconds, arm64"
    TRANSITION = "Step Functions state transitions"
    LOG_GB = "CloudWatch Logs, GB taken in"
    LOG_REQUEST = "CloudWatch Logs PutLogEvents"
    METRIC_HOUR = "CloudWatch custom metric hours"


@dataclass(frozen=True, slots=True)
class Price:
    """USD for `per` units."""

    usd: float
    per: float = 1.0

    @property
    def each(self) -> float:
        """USD of one unit."""
        return self.usd / self.per


MILLION = 1_000_000
PRICES: dict[Unit, Price] = {
    Unit.WRITE: Price(0.625, MILLION),
    # A transaction takes two units for each unit; the units are counted, so the price is the same.
    Unit.TRANSACTED_WRITE: Price(0.625, MILLION),
    Unit.INDEX_WRITE: Price(0.625, MILLION),
    Unit.READ: Price(0.125, MILLION),
    Unit.S3_PUT: Price(0.005, 1_000),
    Unit.S3_GET: Price(0.0004, 1_000),
    Unit.S3_EVENT: Price(1.00, MILLION),
    Unit.EVENT: Price(1.00, MILLION),
    Unit.SCHEDULE: Price(1.00, MILLION),
    # A mail to each subscriber is billed besides, at 2 USD / 100,000.
    Unit.NOTICE: Price(0.50, MILLION),
    Unit.API_REQUEST: Price(1.00, MILLION),
    Unit.LAMBDA_REQUEST: Price(0.20, MILLION),
    Unit.LAMBDA_GB_SECOND: Price(0.0000133334),
    Unit.TRANSITION: Price(0.025, 1_000),
    Unit.LOG_GB: Price(0.50),
    # Not billed by the request, only by what is taken in.
    Unit.LOG_REQUEST: Price(0.0),
    Unit.METRIC_HOUR: Price(0.30, HOURS_A_MONTH),
}

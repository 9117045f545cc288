"""Names and ARNs: what those of a request mean here, and how ours are formed (spec: job-api §3.4, §14)."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Literal, NamedTuple

GROUND_TRUTH_NAMES = (
    "ImageMultiClass",
    "ImageMultiClassMultiLabel",
    "BoundingBox",
    "SemanticSegmentation",
    "VerificationBoundingBox",
    "AdjustmentBoundingBox",
    "VerificationSemanticSegmentation",
    "AdjustmentSemanticSegmentation",
    "TextMultiClass",
    "TextMultiClassMultiLabel",
    "NamedEntityRecognition",
    "VideoMultiClass",
    "VideoObjectDetection",
    "AdjustmentVideoObjectDetection",
    "VideoObjectTracking",
    "AdjustmentVideoObjectTracking",
    "3DPointCloudObjectDetection",
    "Adjustment3DPointCloudObjectDetection",
    "3DPointCloudObjectTracking",
    "Adjustment3DPointCloudObjectTracking",
    "3DPointCloudSemanticSegmentation",
    "Adjustment3DPointCloudSemanticSegmentation",
    "PassThrough",
)
"""Suffixes of Ground Truth's built-in functions (spec: job-api §3.3)."""

GROUND_TRUTH_ALIASES = ("VideoClassification",)
"""Suffixes that Ground Truth's guide gives although its API does not."""

FunctionKind = Literal["PRE", "ACS"]
_JOB_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")
_BUILT_IN = re.compile(r"arn:aws[a-z\-]*:lambda:[a-z0-9\-]*:[0-9]{12}:function:(PRE|ACS)-([^:]+)")
_ALGORITHM_OWNER = "027400017018"
_PUBLIC_TEAM = "workteam/public-crowd/"


class BuiltInFunction(NamedTuple):
    """A function of Ground Truth's own, in whatever Region and account."""

    kind: FunctionKind
    suffix: str


def is_job_name(text: str) -> bool:
    """Whether `text` may be a LabelingJobName."""
    return len(text) <= 63 and _JOB_NAME.fullmatch(text) is not None


def built_in_function(arn: str) -> BuiltInFunction | None:
    """Read `PRE-<suffix>` or `ACS-<suffix>` off a function's ARN; None for any other function."""
    match = _BUILT_IN.fullmatch(arn)
    if match is None:
        return None
    return BuiltInFunction("PRE" if match[1] == "PRE" else "ACS", match[2])


def function_arn(kind: FunctionKind, suffix: str, *, partition: str, region: str, account: str) -> str:
    """Form the ARN that stands for a built-in function in a completed request."""
    return f"arn:{partition}:lambda:{region}:{account}:function:{kind}-{suffix}"


def work_team_name(arn: str) -> str:
    """Name the work team of ours that an ARN means: its last part, whatever Region and account."""
    return arn.rpartition("/")[2]


def is_public_work_team(arn: str) -> bool:
    """Whether the ARN means Ground Truth's public workforce."""
    return _PUBLIC_TEAM in arn


def work_team_arn(name: str, *, partition: str, region: str, account: str) -> str:
    """Form the ARN of a private work team of the deployment."""
    return f"arn:{partition}:sagemaker:{region}:{account}:workteam/private-crowd/{name}"


def job_arn(name: str, *, partition: str, region: str, account: str) -> str:
    """Form the ARN of a labeling job; the name is lower case in it."""
    return f"arn:{partition}:sagemaker:{region}:{account}:labeling-job/{name.lower()}"


def reference_code(arn: str, account: str, created_at: datetime) -> str:
    """Form the JobReferenceCode: the account and 16 alphanumerics, the same again for the same job and time."""
    digest = hashlib.sha256(f"{arn}\n{created_at.isoformat()}".encode()).hexdigest()
    return f"{account}{digest[:16]}"


def worker_id(region: str, user_pool_id: str, sub: str) -> str:
    """Form the workerId of a private worker, which never changes and does not reveal the person."""
    digest = hashlib.sha256(f"{user_pool_id}/{sub}".encode()).hexdigest()
    return f"private.{region}.{digest[:16]}"


def algorithm_specification_arn(algorithm: str, *, partition: str, region: str) -> str:
    """Form the ARN by which Ground Truth knows an algorithm of automated labeling (spec: workflows §3.1)."""
    return f"arn:{partition}:sagemaker:{region}:{_ALGORITHM_OWNER}:labeling-job-algorithm-specification/{algorithm}"


def is_listed_key(key: str, listed: tuple[str, ...]) -> bool:
    """Whether a KMS key, by its ARN or its bare id, is among ARNs."""
    return key.rpartition("/")[2] in {arn.rpartition("/")[2] for arn in listed}

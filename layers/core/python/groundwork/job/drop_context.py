"""What the request side must know of its surroundings: the deployment, the dropped folder, the task types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from groundwork.task_types.task_type import TaskType


@dataclass(frozen=True, slots=True, kw_only=True)
class DropContext:
    """The deployment a job is dropped into.

    `data_buckets`, `output_buckets`, `customer_functions` and `kms_keys` are the deployment's settings
    `dataBuckets`, `outputBuckets`, `customerFunctions` and `kmsKeys`: its functions have rights on exactly those.
    """

    jobs_bucket: str
    account: str
    region: str
    partition: str = "aws"
    role_arn: str
    default_work_team: str | None = None
    data_buckets: tuple[str, ...] = ()
    output_buckets: tuple[str, ...] = ()
    customer_functions: tuple[str, ...] = ()
    kms_keys: tuple[str, ...] = ()
    consolidation_algorithm: str = "default"
    """Setting `consolidationAlgorithm`: what jobs use that name none, as far as their task type knows it."""
    sagemaker: bool = False
    """Setting `sageMaker`: whether the deployment may start training and transform jobs of SageMaker."""
    feature_extractors: tuple[str, ...] = ()
    """Setting `featureExtractors`: of jobs that name none, the first that takes their data objects."""
    bedrock_models: tuple[str, ...] = ()
    """Setting `bedrockModels`: ids of the embedding models that the deployment may invoke."""
    training_repositories: tuple[str, ...] = ()
    """Setting `trainingRepositories`: ARNs of the container repositories that `TrainingImage` may name."""
    training_vpc: bool = False
    """Setting `trainingVpc`: whether the training role may stand in a VPC."""
    keep_worker_quality: bool = True
    """Setting `keepWorkerQuality`: whether jobs that don't say keep what they learn of workers for the next one."""

    @property
    def readable_buckets(self) -> frozenset[str]:
        """Buckets that manifests, templates, label files and data objects may lie in."""
        return frozenset((self.jobs_bucket, *self.data_buckets))

    @property
    def writable_buckets(self) -> frozenset[str]:
        """Buckets that output may go to."""
        return frozenset((self.jobs_bucket, *self.output_buckets))


@dataclass(frozen=True, slots=True)
class DropFiles:
    """The dropped folder: its name, which is the job's, and the S3 addresses of what lies beside `job.json`."""

    name: str
    manifest_uri: str | None = None
    label_file_uri: str | None = None


class TaskTypes(Protocol):
    """The registry of task types, `groundwork.task_types.registry`."""

    @property
    def CUSTOM(self) -> TaskType:  # noqa: N802  (a constant of the registry module)
        """Type of custom jobs."""

    def find(self, suffix: str, /) -> TaskType | None:
        """Find the type that a name or the suffix of a built-in function selects."""

    def names(self) -> tuple[str, ...]:
        """List the names of all types."""

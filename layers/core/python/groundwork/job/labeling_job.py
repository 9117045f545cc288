"""The labeling job as every stage sees it: a checked request with everything resolved."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from groundwork.job.s3_uri import S3Uri


class Frozen(BaseModel):
    """Base of the models that travel between stages: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ManifestVersion(Frozen):
    """The very manifest the job was started with; later writes to the key do not reach the job.

    In a versioned bucket the job goes on with its version; elsewhere an overwritten manifest fails the job.
    """

    uri: str
    etag: str
    version_id: str | None = None


class AnnotationFunctions(Frozen):
    """The customer's own Lambdas of a custom job; `None` where the job has none."""

    pre: str | None = None
    post: str | None = None


class StopConditions(Frozen):
    """`StoppingConditions` of the request (spec: job-api §13.5)."""

    max_human_labeled_objects: int | None = None
    max_percentage_labeled: int | None = None


class Instructions(Frozen):
    """What the label file tells workers, text or HTML (spec: data-formats §5.5)."""

    short: str
    full: str


class LabelingJob(Frozen):
    """One labeling job, resolved once at ingestion and stored as `.groundwork/labeling-job.json`.

    Every default is filled in and every name of the request is translated into ours, so that no stage
    looks at the request again.
    """

    name: str = Field(description="LabelingJobName, case as given")
    arn: str
    reference_code: str = Field(description="12-digit account and 16 alphanumerics (spec: job-api §4)")
    created_at: datetime
    task_type: str = Field(description="Name in the task-type registry")
    label_attribute: str
    labels: tuple[str, ...] | None = Field(description="In the order of the label file; None without one")
    short_display_names: dict[str, str] = Field(default={}, description="shortDisplayName of the labels that have one")
    instructions: Instructions | None = None
    audited_attribute: str | None = Field(
        default=None, description="Label attribute that a verification or adjustment audits; None: found in each line"
    )
    manifest: ManifestVersion
    output_root: str = Field(description="s3://bucket/prefix/<job name>, no trailing slash")
    output_kms_key: str | None = None
    template_uri: str | None = Field(description="The worker template; None selects the task type's own")
    role_arn: str = Field(description="RoleArn of the request: recorded, never assumed")
    work_team: str
    title: str
    description: str
    keywords: tuple[str, ...] = ()
    workers_per_object: int = Field(ge=1, le=9)
    task_time_limit: int = Field(description="Seconds from showing a task to submitting it")
    task_availability: int = Field(description="Seconds a data object stays open to workers")
    max_concurrent: int = Field(ge=1, le=5000, description="Data objects open to workers at a time")
    functions: AnnotationFunctions = AnnotationFunctions()
    stop_conditions: StopConditions = StopConditions()
    consolidation_algorithm: str = "default"
    exports: tuple[str, ...] = Field(default=(), description="Formats written beside output.manifest")
    team_record: str | None = Field(
        default=None, description="Where the work team's quality is kept; None: the job neither reads nor writes it"
    )
    script_sources: tuple[str, ...] = Field(default=(), description="Origins a template may load scripts from")
    tags: dict[str, str] = {}

    @property
    def key(self) -> str:
        """The name by which the job is unique: lower case, as in its ARN (spec: job-api §14)."""
        return self.name.lower()

    @property
    def output(self) -> S3Uri:
        """The output root as bucket and key."""
        return S3Uri.parse(self.output_root)

    @property
    def gold_attribute(self) -> str:
        """Key of the known answer in the manifest line of a gold object."""
        return f"{self.label_attribute}-gold"

    @property
    def metadata_attribute(self) -> str:
        """Key of the label's metadata in an output line."""
        return f"{self.label_attribute}-metadata"

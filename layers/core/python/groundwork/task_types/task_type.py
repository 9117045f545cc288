"""The contract of a task type: everything the pipeline asks of one, declared in one place.

A new task type is a new module that builds a `TaskType` and is listed in `registry.py`; no stage changes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from groundwork.job.labeling_job import Algorithm, LabelingJob
from groundwork.job.s3_uri import S3Uri
from groundwork.quality.estimated_worker import WorkerEstimates
from groundwork.quality.measure import AgreementMeasure
from groundwork.task_types.answers import (
    Answer,
    AnsweredObject,
    AnsweredTask,
    ConsolidatedLabel,
    InvalidAnswerError,
    Json,
    OutputFile,
    UnusableLineError,
)
from groundwork.task_types.consolidating import (
    GOLD_VOTER,
    Consolidation,
    KnownCrowd,
    LearnsFromEarlierJobs,
    Sureness,
    Vote,
)
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.prediction import GivenPrediction, Predictions

__all__ = [
    "DEFAULT_ALGORITHM",
    "GOLD_VOTER",
    "GROUND_TRUTH_ALGORITHM",
    "Answer",
    "AnsweredObject",
    "AnsweredTask",
    "CheckAnswer",
    "ConsolidatedLabel",
    "Consolidation",
    "GoldAnswers",
    "InvalidAnswerError",
    "Json",
    "KnownCrowd",
    "LabelCount",
    "LearnsFromEarlierJobs",
    "MachineLabels",
    "OutputFile",
    "Sureness",
    "TaskInput",
    "TaskType",
    "UnusableLineError",
    "Vote",
]

DEFAULT_ALGORITHM = "default"
"""The `ConsolidationAlgorithm` every task type has."""
GROUND_TRUTH_ALGORITHM = "ground-truth"
"""The `ConsolidationAlgorithm` that reproduces Ground Truth's figures where its method is published."""


class GoldAnswers(ABC):
    """How the known answers of gold objects are written; a known answer is JSON of the task type's own form."""

    @abstractmethod
    def read(self, given: GivenPrediction, job: LabelingJob) -> Json:
        """Read what stands in the manifest, in the form in which the type's output has it; never None.

        Raises
        ------
        UnusablePredictionError
            It is no answer to the job.
        """

    def file(self, known: Json) -> str | None:
        """Tell the S3 address of the file that a known answer points to; None where it is all in the manifest."""
        del known
        return None

    @abstractmethod
    def answer(self, known: Json, job: LabelingJob, file: bytes | None = None) -> dict[str, Json]:
        """Put the known answer into the form in which a worker would have submitted it.

        Raises
        ------
        UnusablePredictionError
            The content of its file is not what it should be.
        """

    @abstractmethod
    def content(self, known: Json, job: LabelingJob, metadata_type: str, now: datetime) -> dict[str, Json]:
        """Write the known answer as the label of its output line."""


class MachineLabels(Protocol):
    """How labels that a model gives are read and written, of types that are labeled automatically."""

    def read(self, content: Mapping[str, Json], job: LabelingJob) -> Json | None:
        """Read from the label that people gave what a model is to predict; None when it is no label of the job."""

    def content(
        self, prediction: Json, confidence: float, job: LabelingJob, metadata_type: str, now: datetime
    ) -> dict[str, Json]:
        """Write a prediction as the label of its output line; `confidence` is the model's, 0 to 1."""

    def copies(self, prediction: Json, job: LabelingJob) -> list[tuple[S3Uri, S3Uri]]:
        """Name the files of a prediction that becomes a label: where each lies, and where its label has it."""


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many labels the label file must and may have (spec: job-api §3.3)."""

    least: int
    most: int | None = None


class TaskInput(Protocol):
    """Manifest line → `taskInput`, as the built-in PRE- function of the type does it."""

    def __call__(self, line: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
        """Form `task.input` of the worker template; raise `UnusableLineError` when the line does not allow it."""


class CheckAnswer(Protocol):
    """Refuse an answer by raising `InvalidAnswerError`."""

    def __call__(self, answer: Mapping[str, Json], task: AnsweredTask) -> None:
        """Raise `InvalidAnswerError` with a sentence for the worker, or return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskType:
    """One kind of labeling."""

    name: str
    """Suffix of Ground Truth's built-in functions: `PRE-<name>`, `ACS-<name>`."""
    aliases: tuple[str, ...] = ()
    """Further suffixes that select this type."""
    title: str
    """For people: logs, reports, dashboards."""
    metadata_type: str
    """`type` in the output metadata (spec: data-formats §8.4)."""
    source_keys: tuple[str, ...]
    """Manifest keys that may carry the data object."""
    label_count: LabelCount | None
    """None: the label file is optional (custom jobs)."""
    reference_suffix: Literal["required", "forbidden"] = "forbidden"
    """Whether the label attribute must or must not end in `-ref`."""
    human_task_ui: str | None = None
    """Last part of the HumanTaskUiArn that stands for our own page of the type; None: the type takes a template."""
    label_instructions: bool = False
    """Whether the label file must carry the instructions, as types with a HumanTaskUiArn need."""
    default_template: str | None
    """Liquid source used when the drop names no template; None: a template is required."""
    task_time_limit: int = 300
    """Default seconds for one task (Ground Truth's console default)."""
    task_time_limit_most: int = 28_800
    """Largest `TaskTimeLimitInSeconds` accepted."""
    workers_per_object: int = 3
    """Default of `NumberOfHumanWorkersPerDataObject`."""
    automated_labeling: Algorithm | None = None
    """The algorithm that labels this type automatically (spec: workflows §3.1); None: people only."""
    task_input: TaskInput
    check_answer: CheckAnswer
    consolidation: Consolidation
    """The most accurate way we know: `"ConsolidationAlgorithm": "default"`."""
    other_consolidations: Mapping[str, Consolidation] = field(default_factory=dict)
    """Further ways by their `ConsolidationAlgorithm`."""
    sureness: Mapping[str, Sureness] = field(default_factory=dict)
    """How to tell at a submission whether an object needs more answers, by `ConsolidationAlgorithm`. One that is not
    here has no adaptive redundancy."""
    label_form: LabelForm = LabelForm.ANY
    """What the labels look like; decides how they can be exported."""
    agreement: AgreementMeasure | None = None
    """How alike two answers are, for the quality figures; None where nobody can tell."""
    estimated_quality: WorkerEstimates | None = None
    """What the estimate of `consolidation` tells about how often each worker is right; None: nothing that is a share of
    decisions, or, where an answer is one of the labels, no more than the labels do."""
    gold: GoldAnswers | None = None
    """How gold objects are written; None: the type has none."""
    machine: MachineLabels | None = None
    """How a model's labels are read and written; None: people label every data object of this type."""
    predictions: Predictions | None = None
    """How a model's predictions are written; None: the type takes none."""
    audits: str | None = None
    """`type` of the earlier labels that a verification or adjustment shows; None for all other types."""
    batch_objects: int = 500
    """Data objects consolidated in one call; fewer where answers are large (a Lambda's memory)."""
    extensions: tuple[str, ...] = field(default=())
    """File name endings of `source-ref` objects, lower case; empty: any."""

    @property
    def knows_worker_quality(self) -> bool:
        """Whether a job shows how often each worker is right, label by label, so that it can be kept for the next."""
        return self.agreement is not None and self.agreement.nominal

    @property
    def exports(self) -> tuple[str, ...]:
        """Name the export formats that can hold the labels (see `groundwork.exports`)."""
        return self.label_form.formats

    @property
    def consolidation_algorithms(self) -> tuple[str, ...]:
        """What a request may name as `ConsolidationAlgorithm`."""
        return (DEFAULT_ALGORITHM, *self.other_consolidations)

    def algorithm(self, named: str | None, preferred: str) -> str:
        """Choose the `ConsolidationAlgorithm`: the one a request names, or the deployment's where the type has it."""
        algorithm = named or preferred
        return algorithm if algorithm in self.consolidation_algorithms else DEFAULT_ALGORITHM

    def consolidation_by(self, algorithm: str) -> Consolidation:
        """Find a way of consolidation by its name.

        Raises
        ------
        KeyError
            This task type has none of that name.
        """
        return self.consolidation if algorithm == DEFAULT_ALGORITHM else self.other_consolidations[algorithm]

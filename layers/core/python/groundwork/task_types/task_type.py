"""The contract of a task type: everything the pipeline asks of one, declared in one place.

A new task type is a new module that builds a `TaskType` and is listed in `registry.py`; no stage changes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from groundwork.job.labeling_job import Algorithm, LabelingJob
from groundwork.job.s3_uri import S3Uri
from groundwork.quality.estimated_worker import WorkerEstimates
from groundwork.quality.measure import AgreementMeasure
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.prediction import GivenPrediction, Predictions

Json = Any
"""A value as `json.loads` gives it."""


DEFAULT_ALGORITHM = "default"
"""The `ConsolidationAlgorithm` every task type has."""
GROUND_TRUTH_ALGORITHM = "ground-truth"
"""The `ConsolidationAlgorithm` that reproduces Ground Truth's figures where its method is published."""


class InvalidAnswerError(ValueError):
    """A worker's answer that the task type does not accept; the text is shown to the worker."""


class UnusableLineError(ValueError):
    """A sound manifest line that can't become a task of this type; the text says why and fails the data object."""


@dataclass(frozen=True, slots=True)
class AnsweredTask:
    """The task that an answer belongs to, as far as checking it takes.

    `read_task_input` fetches the task input from S3, so only types that can't do without call it.
    """

    job: LabelingJob
    read_task_input: Callable[[], Mapping[str, Json]]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the job."""
        return self.job.labels or ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One worker's submitted answer to one data object; `content` is the raw `answerContent`."""

    worker_id: str
    content: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class AnsweredObject:
    """A data object with at least one answer, ready to be consolidated.

    `missing` counts the answers that were asked for and never came. `data_object` is `{"s3Uri": …}` or
    `{"content": text}`.
    """

    object_id: int
    answers: tuple[Answer, ...]
    response_uri: str
    missing: int = 0
    data_object: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that a label points to, such as a mask."""

    uri: S3Uri
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class ConsolidatedLabel:
    """The label of one data object: `content` is merged into the output line (spec: data-formats §10.4).

    `files` are written before the label is.
    """

    object_id: int
    content: Mapping[str, Json]
    files: tuple[OutputFile, ...] = ()


Vote = tuple[int, str, Json]
"""(object id, worker id, what the task type's `vote` made of the answer); JSON."""


GOLD_VOTER = ""
"""Worker id of a vote that is the known answer to a gold object; no person has it."""


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


class Consolidation(Protocol):
    """How answers of several people become one label."""

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> Json | None:
        """Reduce an answer to what `estimate` needs; `None` when the answer says nothing about the workers."""

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate the workers over all votes of the job so far; the result is stored as JSON.

        `votes` can be gone through again. They are held by column: see `consolidation.vote_columns` for jobs of
        millions. A vote of `GOLD_VOTER` is the known answer to its object.
        """

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object; an object that can't be labeled is left out and fails."""


@runtime_checkable
class LearnsFromEarlierJobs(Protocol):
    """A consolidation of single labels whose estimate can start with what earlier jobs showed of the workers."""

    def estimate_after(
        self, votes: Iterable[Vote], job: LabelingJob, earlier: Mapping[str, Sequence[tuple[int, int, float]]]
    ) -> Json:
        """Estimate as `Consolidation.estimate` does.

        Parameters
        ----------
        votes : Iterable[Vote]
        job : LabelingJob
        earlier : Mapping[str, Sequence[tuple[int, int, float]]]
            By worker id: index of the true label, index of the given label, answers that this counts for.
        """


@dataclass(frozen=True, slots=True)
class KnownCrowd:
    """What is known of a job's workers, as far as it tells how sure a few votes make of an object's label."""

    workers: Collection[str]
    """Ids of those who are known."""
    probability: Callable[[Mapping[str, Json]], float]
    """Of the most likely label, from the votes on one object by worker id, which are at least one."""


class Sureness(Protocol):
    """How sure a few votes make of an object's label, told while a worker waits for "submitted".

    What the portal loads has no numpy; the probability must be the one by which the votes are consolidated.
    """

    def read(self, estimate: Json | None, labels: int) -> KnownCrowd:
        """Read what `Consolidation.estimate` stored last, None before the first time, in a job of so many labels."""


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

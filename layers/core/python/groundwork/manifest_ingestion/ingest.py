"""A drop in the jobs bucket becomes a running labeling job, once, or an `error.json` a person can act on.

S3 repeats events and mixes their order, so each event looks at the whole folder: whoever sees the last half
starts the job, and starting is idempotent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from groundwork.job import request_view as place
from groundwork.job.defaults import complete
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.labeling_job import LabelingJob, ManifestVersion
from groundwork.job.names import is_job_name
from groundwork.job.paths import DropPaths, JobPaths
from groundwork.job.problems import Problem, ProblemsError, error_document
from groundwork.job.record import JobRecord
from groundwork.job.resolve import Inputs, input_addresses, not_found, not_readable, not_writable, resolve
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import readable_json
from groundwork.manifest_ingestion.drop import Ignore, Proceed, Wait, decide, job_folder, look_into, read_request

if TYPE_CHECKING:
    from groundwork.aws.job_log import JobLog
    from groundwork.aws.job_store import JobStore
    from groundwork.aws.labeling_machine import LabelingMachine
    from groundwork.aws.object_store import ObjectStore


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of one event."""

    outcome: Literal["ignored", "waiting", "refused", "started", "known"]
    folder: str = ""
    detail: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingestion:
    """The gateways and the deployment that drops are judged against."""

    store: ObjectStore
    jobs: JobStore
    machine: LabelingMachine
    log: Callable[[str], JobLog]
    context: DropContext
    task_types: TaskTypes
    now: Callable[[], float]

    def __call__(self, key: str, arrived_at: float = 0.0) -> Ingested:
        """Look at the folder of an object that has arrived, and start its job if it is complete and sound.

        `arrived_at` (epoch seconds) tells a second drop from a late repetition of the first one's event.
        """
        folder = job_folder(key)
        if isinstance(folder, Ignore):
            return Ingested("ignored", detail=folder.reason)
        paths = DropPaths(self.context.jobs_bucket, folder)
        try:
            return self._judge(folder, paths, arrived_at)
        except ProblemsError as error:
            return self._refuse(folder, paths, error.problems)

    def _judge(self, folder: str, paths: DropPaths, arrived_at: float) -> Ingested:
        listing = look_into(folder, self.store.keys(S3Uri(paths.bucket, f"{folder}/")))
        request = read_request(self.store.read(paths.request)) if listing.has_request else None
        decision = decide(listing, request, paths.bucket)
        if isinstance(decision, Wait):
            return Ingested("waiting", folder, detail=decision.missing)
        known = self.jobs.find(folder.lower())
        if known is not None and not _may_start_again(known):
            _check_name_is_free(folder, known, arrived_at)
            return self._known(known)
        job = self._resolve(request or {}, decision)
        return self._start(job, paths, known)

    def _resolve(self, drop: dict[str, Any], decision: Proceed) -> LabelingJob:
        request = complete(drop, decision.files, self.context, self.task_types)
        addresses = input_addresses(request, self.context)
        problems = list(decision.problems)
        manifest, label_file = None, None
        for uri in (addresses.manifest, addresses.label_file, addresses.template):
            if uri is None:
                continue
            try:
                if uri == addresses.manifest:
                    head = self.store.head(uri)
                    manifest = ManifestVersion(uri=str(uri), etag=head.etag, version_id=head.version_id)
                elif uri == addresses.label_file:
                    label_file = self.store.read(uri)
                else:
                    problems += _template_problems(str(uri), self.store.read(uri))
            except LookupError:
                problems.append(not_found(request, uri))
            except PermissionError:
                problems.append(not_readable(request, uri))
        inputs = Inputs(manifest=manifest, label_file=label_file, problems=tuple(problems))
        return resolve(request, inputs, self.context, self.task_types, datetime.fromtimestamp(self.now(), UTC))

    def _start(self, job: LabelingJob, paths: DropPaths, known: JobRecord | None) -> Ingested:
        store = self.store.encrypted_with(job.output_kms_key)
        job_paths = JobPaths(job.output)
        begun = self._begun(store, job) if known is None else None
        if begun is not None:
            # The table has forgotten a job that S3 remembers: it goes on as it began, with the manifest it pinned.
            job = begun
        record = JobRecord.of(job, paths.folder).model_copy(update={"rebuilding": begun is not None})
        if known is not None:
            record = record.model_copy(update={"execution": known.execution + 1})
        if not self.jobs.create(record):
            return self._known(self.jobs.get(job.key))
        if known is not None:
            # Nobody saw a task of the failed attempt, so nothing of it is worth keeping. Only whoever recorded the
            # job clears it away: it would be another event's work otherwise.
            store.delete_all(job_paths.state_prefix)
            store.write(job_paths.job, job.model_dump_json().encode())
        self._run(record)
        self.store.delete(paths.errors)
        self.log(job.name).life_cycle(
            self.now(),
            "LABELING_JOB_STATE",
            f"labeling job is InProgress: {job.workers_per_object} workers of {job.work_team} for each data object",
            status="InProgress",
        )
        return Ingested("started", paths.folder)

    def _begun(self, store: ObjectStore, job: LabelingJob) -> LabelingJob | None:
        """Write a job down where nobody has yet, so that of two events at the same time both go on with one job."""
        uri = JobPaths(job.output).job
        try:
            if store.write_new(uri, job.model_dump_json().encode()):
                return None
            return LabelingJob.model_validate(store.read_json(uri))
        except PermissionError as error:
            raise ProblemsError([not_writable(job.output_root)]) from error

    def _known(self, record: JobRecord) -> Ingested:
        """Make sure that a recorded job runs: the event that recorded it may have died before starting it."""
        if not record.finished and (record.execution == 1 or not record.tasks_created):
            self._run(record)
        return Ingested("known", record.folder, detail=f"labeling job {record.name} is {record.status}")

    def _run(self, record: JobRecord) -> None:
        number = self.machine.start(record.key, record.execution)
        if number != record.execution:
            self.jobs.change(record.key, self.now(), execution=number)

    def _refuse(self, folder: str, paths: DropPaths, problems: tuple[Problem, ...]) -> Ingested:
        moment = datetime.fromtimestamp(self.now(), UTC)
        self.store.write(paths.errors, readable_json(error_document(folder, problems, moment)))
        if not is_job_name(folder):
            # Not every folder's name can be a log group's.
            return Ingested("refused", folder, problems=problems)
        self.log(folder).life_cycle(
            self.now(),
            "LABELING_JOB_REFUSED",
            f"{len(problems)} problems, see {paths.errors}: {problems[0]}",
            problems=[problem.model_dump(exclude_none=True) for problem in problems[:20]],
        )
        return Ingested("refused", folder, problems=problems)


def _may_start_again(record: JobRecord) -> bool:
    return record.status == "Failed" and not record.tasks_created


def _check_name_is_free(folder: str, known: JobRecord, arrived_at: float) -> None:
    """Tell whoever drops another job under a name that is taken; repeated events of one drop are no other job."""
    if folder == known.folder and not (known.finished and arrived_at > known.modified_at):
        return
    message = f"the name is taken by labeling job {known.name} in the folder {known.folder!r}, which is {known.status}"
    expected = "another folder; upper and lower case make no difference"
    raise ProblemsError([Problem(path=place.NAME, message=message, expected=expected)])


def _template_problems(uri: str, content: bytes) -> list[Problem]:
    # Only jobs with a template of their own wait for the Liquid library to load, a quarter of a cold start.
    from groundwork.worker_page.errors import TemplateError  # noqa: PLC0415
    from groundwork.worker_page.liquid import compile_template  # noqa: PLC0415

    try:
        compile_template(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return [Problem(path=uri, message=f"the template is not UTF-8: {error.reason}", expected="UTF-8 text")]
    except TemplateError as error:
        return [Problem(path=uri, message=str(error), expected="a Liquid template (docs/templates.md)")]
    return []

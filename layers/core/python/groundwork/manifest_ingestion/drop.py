"""The drop: what an object that appears in the jobs bucket means, and whether its folder is complete.

A drop is `<job name>/job.json` and a manifest beside it, exactly one folder deep, so that nothing a job writes
(always deeper) can start another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from groundwork.job import request_view as place
from groundwork.job.drop_context import DropFiles
from groundwork.job.names import is_job_name
from groundwork.job.parse_request import parse_object
from groundwork.job.problems import Problem
from groundwork.job.request_view import RequestView

REQUEST = "job.json"
LABEL_FILE = "labels.json"
MANIFEST_ENDINGS = (".manifest", ".jsonl")


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a job, as far as it has arrived; names are those of files directly in it."""

    name: str
    has_request: bool
    manifests: tuple[str, ...]
    has_label_file: bool

    @property
    def request_key(self) -> str:
        """Where `job.json` lies."""
        return f"{self.name}/{REQUEST}"


@dataclass(frozen=True, slots=True)
class Ignore:
    """The object has nothing to do with the start of a job."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """One half of the drop has not arrived; its own event will come."""

    missing: str


@dataclass(frozen=True, slots=True)
class Proceed:
    """The drop is there and can be judged; `problems` go into the judgement."""

    request_key: str
    manifest_key: str | None
    files: DropFiles
    problems: tuple[Problem, ...] = ()


def job_folder(key: str) -> str | Ignore:
    """Name the folder that an object's arrival may complete.

    Parameters
    ----------
    key
        Key of the object in the jobs bucket, not percent-encoded.
    """
    folder, _, file = key.partition("/")
    if not folder or not file or "/" in file:
        return Ignore("not directly in a job's folder")
    if file not in (REQUEST, LABEL_FILE) and not _is_manifest(file):
        return Ignore(f"neither {REQUEST} nor {LABEL_FILE} nor a manifest")
    return folder


def look_into(name: str, keys: Iterable[str]) -> Folder:
    """Read the listing of a folder; objects below other folders in it are passed over."""
    prefix = f"{name}/"
    files = {key.removeprefix(prefix) for key in keys if key.startswith(prefix)}
    manifests = sorted(file for file in files if "/" not in file and _is_manifest(file))
    return Folder(name, REQUEST in files, tuple(manifests), LABEL_FILE in files)


def read_request(content: bytes) -> dict[str, Any]:
    """Read `job.json`.

    Raises
    ------
    ProblemsError
        It is not a JSON object; a syntax error is given with line and column.
    """
    return parse_object(content, REQUEST, "a JSON object: a CreateLabelingJob request")


def decide(folder: Folder, request: Mapping[str, Any] | None, jobs_bucket: str) -> Wait | Proceed:
    """Say whether the drop is complete.

    Parameters
    ----------
    request
        The content of `job.json`; None when the folder has none.
    """
    if not folder.has_request or request is None:
        return Wait(REQUEST)
    named = RequestView(request).has(place.MANIFEST) or RequestView(request).has(place.SNS_SOURCE)
    if not named and not folder.manifests:
        return Wait("a manifest")
    manifest = folder.manifests[0] if not named and len(folder.manifests) == 1 else None
    manifest_key = f"{folder.name}/{manifest}" if manifest else None
    files = DropFiles(
        name=folder.name,
        manifest_uri=f"s3://{jobs_bucket}/{manifest_key}" if manifest_key else None,
        label_file_uri=f"s3://{jobs_bucket}/{folder.name}/{LABEL_FILE}" if folder.has_label_file else None,
    )
    problems = [*_name_problems(folder, request)]
    if not named and manifest is None:
        problems.append(_several(folder))
    return Proceed(folder.request_key, manifest_key, files, tuple(problems))


def _is_manifest(file: str) -> bool:
    return file.endswith(MANIFEST_ENDINGS)


def _several(folder: Folder) -> Problem:
    return Problem(
        path=place.MANIFEST,
        message=f"several manifests lie in the folder and none is named: {', '.join(folder.manifests)}",
        expected="one manifest beside job.json, or the S3 address of the one that is meant",
    )


def _name_problems(folder: Folder, request: Mapping[str, Any]) -> Iterable[Problem]:
    if not is_job_name(folder.name):
        yield Problem(
            path=place.NAME,
            message=f"the folder {folder.name!r} can't name a labeling job",
            expected="a folder of 1 to 63 letters, digits and inner hyphens",
        )
    name = RequestView(request).text(place.NAME)
    if name is not None and name.lower() != folder.name.lower():
        yield Problem(
            path=place.NAME,
            message=f"{name!r} is not the name of the folder, {folder.name!r}",
            expected=f"{folder.name!r}, or no {place.NAME} at all",
        )

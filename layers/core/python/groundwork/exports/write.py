"""Write one export of a labeling job into its folder beside the output manifest.

`export.json` is written last: where it is, the export is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from groundwork.exports.dataset import Dataset
from groundwork.exports.export_file import ExportFile
from groundwork.exports.registry import FORMATS
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri, S3UriError
from groundwork.json_text import readable_json
from groundwork.task_types.built_in import SOURCE
from groundwork.task_types.task_type import Json

if TYPE_CHECKING:
    from groundwork.aws.object_store import ObjectStore

REPORT = "export.json"
ERROR = "error.json"
WRITE_AHEAD = 256
"""Small files written at the same time; those of YOLO and VOC have some hundred bytes, a mask some 100 kB."""

HasTime = Callable[[], bool]


class UnfitFormatError(ValueError):
    """A format that can't hold the labels of the job's task type."""


class ExportOverdueError(RuntimeError):
    """The export takes longer than a function may run."""


def write_export(at: JobAtHand, name: str, has_time: HasTime) -> dict[str, Json]:
    """Write an export and return what its `export.json` says.

    Parameters
    ----------
    at : JobAtHand
    name : str
        One of the task type's exports.
    has_time : HasTime
        Asked now and then whether to go on.

    Raises
    ------
    UnfitFormatError
    ExportOverdueError
        There was no time left. What was written stays, without an `export.json`.
    """
    if name not in at.task_type.exports:
        raise UnfitFormatError(f"{name!r} is none of {', '.join(at.task_type.exports)}")
    dataset = Dataset(
        job=at.job,
        form=at.task_type.label_form,
        texts=SOURCE in at.task_type.source_keys,
        read_lines=lambda: _timed(_lines(at.store.chunks(at.paths.output_manifest)), has_time),
        read_files=lambda uris: _read_files(at.store, uris),
    )
    _write(at, name, FORMATS[name](dataset))
    report: dict[str, Json] = {
        "labelingJobName": at.job.name,
        "taskType": at.job.task_type,
        "format": name,
        **dataset.counts(),
    }
    at.store.write(at.paths.export(name, REPORT), readable_json(report))
    at.log.stage(at.now(), "EXPORT_WRITTEN", f"{name}: {report['exported']} of {report['objects']} objects", **report)
    return report


def record_failure(at: JobAtHand, name: str, reason: str) -> None:
    """Say in the export's folder and in the job's log why there is no export; the job's labels are not touched."""
    report = {"labelingJobName": at.job.name, "taskType": at.job.task_type, "format": name, "error": reason}
    at.store.write(at.paths.export(name, ERROR), readable_json(report))
    at.log.life_cycle(at.now(), "EXPORT_FAILED", f"{name}: {reason}", format=name)


def _write(at: JobAtHand, name: str, files: Iterator[ExportFile]) -> None:
    waiting: list[tuple[ExportFile, bytes]] = []
    with ThreadPoolExecutor(16) as pool:

        def flush() -> None:
            list(pool.map(lambda pair: _put(at, name, *pair), waiting))
            waiting.clear()

        for file in files:
            if isinstance(file.content, bytes):
                waiting.append((file, file.content))
                if len(waiting) == WRITE_AHEAD:
                    flush()
            else:
                at.store.write_stream(at.paths.export(name, file.path), file.content, file.content_type)
        flush()


def _put(at: JobAtHand, name: str, file: ExportFile, content: bytes) -> None:
    at.store.write(at.paths.export(name, file.path), content, file.content_type)


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Find the lines, of any length: a label may be much larger than a line that comes in."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    if rest.strip():
        yield rest


def _timed(lines: Iterable[bytes], has_time: HasTime) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        if number % 16 == 0 and not has_time():
            raise ExportOverdueError("the export takes longer than 15 minutes, which a function may run")
        yield line


def _read_files(store: ObjectStore, uris: Sequence[str]) -> list[bytes | None]:
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(lambda uri: _find(store, uri), uris))


def _find(store: ObjectStore, uri: str) -> bytes | None:
    try:
        return store.find(S3Uri.parse(uri))
    except S3UriError:
        return None

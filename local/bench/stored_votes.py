"""Ten million stored votes through the function that estimates the workers, from files on this disk instead of S3.

`python -m local.bench.stored_votes write FOLDER` makes the files, `… estimate FOLDER` measures: a process each, so that
the peak of memory is the estimate's alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from groundwork.consolidation.estimate import estimate
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.paths import JobPaths
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types import registry

from local.bench.consolidations import bench_job
from local.bench.million_votes import ANSWERS, LABELS, VOTES_AN_OBJECT, WORKERS, made_answers
from local.bench.peak_memory import peak_megabytes
from local.bench.table import Table, against
from local.settings import ROOT

TASK_TYPE = "ImageMultiClass"
AIM_SECONDS = 900
"""The most a Lambda function may take."""
AIM_MEGABYTES = 2_048
"""What the function has, as in `stacks/pipeline.py`."""


class Disk:
    """Stands for the object store: keys are paths below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keys(self, prefix: S3Uri) -> Iterator[str]:
        """List files."""
        for file in (self._folder / prefix.key).iterdir():
            yield str(file.relative_to(self._folder))

    def read_many(self, uris: Iterable[S3Uri]) -> list[bytes]:
        """Read files."""
        return [(self._folder / uri.key).read_bytes() for uri in uris]

    def find_json(self, uri: S3Uri) -> Any | None:
        """Read a document that need not be there."""
        file = self._folder / uri.key
        return json.loads(file.read_bytes()) if file.exists() else None

    def write_json(self, uri: S3Uri, document: Any) -> None:
        """Write a document."""
        file = self._folder / uri.key
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document))


def measure() -> Table:
    """Write the votes, then estimate."""
    place = ROOT / ".local"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as folder:
        _run("write", folder)
        found = _run("estimate", folder)
    return Table(
        f"Labels: {ANSWERS:,} stored answers of {WORKERS:,} workers through the function that estimates",
        ("", "measured", "aim", "reached"),
        (
            ("seconds", f"{found['seconds']:.1f}", f"{AIM_SECONDS}", against(found["seconds"], AIM_SECONDS)),
            ("CPU seconds", f"{found['cpu']:.1f}", "-", "-"),
            ("peak memory, MB", f"{found['peak']:.0f}", f"{AIM_MEGABYTES}", against(found["peak"], AIM_MEGABYTES)),
        ),
        (
            f"{found['votes']:,.0f} votes from {found['files']:,.0f} files on this disk, {found['megabytes']:.0f} MB",
            f"the interpreter and its imports hold {found['before']:.0f} MB of the peak",
        ),
    )


def write(folder: Path) -> dict[str, float]:
    """Write the votes as `collect` does, a file for each batch."""
    at = _at_hand(folder)
    objects, workers, labels = made_answers()[:3]
    names = [f"private.eu-west-1.{number:016x}" for number in range(WORKERS)]
    batch = at.task_type.batch_objects * VOTES_AN_OBJECT
    for number, first in enumerate(range(0, len(objects), batch)):
        columns = (column[first : first + batch].tolist() for column in (objects, workers, labels))
        votes = [(object_id, names[worker], label) for object_id, worker, label in zip(*columns, strict=True)]
        at.store.write_json(at.paths.votes("0001", number), votes)
    return {}


def estimated(folder: Path) -> dict[str, float]:
    """Estimate as the function does."""
    at = _at_hand(folder)
    before, started, cpu = peak_megabytes(), time.perf_counter(), time.process_time()
    found = estimate(at)
    seconds, cpu, peak = time.perf_counter() - started, time.process_time() - cpu, peak_megabytes()
    sizes = [file.stat().st_size for file in (folder / at.paths.votes_prefix.key).iterdir()]
    return {
        "seconds": seconds,
        "cpu": cpu,
        "before": before,
        "peak": peak,
        "votes": found.votes,
        "files": len(sizes),
        "megabytes": sum(sizes) / 1e6,
    }


def _at_hand(folder: Path) -> JobAtHand:
    job = bench_job(TASK_TYPE, tuple(f"label {number}" for number in range(LABELS)), VOTES_AN_OBJECT)
    task_type = registry.get(TASK_TYPE)
    return cast(
        "JobAtHand",
        SimpleNamespace(
            job=job,
            task_type=task_type,
            store=Disk(folder),
            paths=JobPaths(job.output),
            consolidation=task_type.consolidation_by(job.consolidation_algorithm),
        ),
    )


def _run(step: str, folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", __name__, step, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps({"write": write, "estimate": estimated}[sys.argv[1]](Path(sys.argv[2]))))

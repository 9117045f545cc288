"""crowd-kit's algorithms beside ours, run in an environment of their own (local/requirements-crowd-kit.txt).

Some take minutes on the larger data sets. Results are kept in `.local/crowd-kit/results.jsonl` with a digest of the
data and of the program that ran, and only what is missing is run.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from local.bench import crowd_kit_masks, crowd_kit_run
from local.bench.bench_data import data_root
from local.bench.vote_data import VoteData
from local.environment import ensure_environment
from local.settings import ROOT

FOLDER = ROOT / ".local" / "crowd-kit"
REQUIREMENTS = ROOT / "local" / "requirements-crowd-kit.txt"
PROGRAM = Path(crowd_kit_run.__file__)


@dataclass(frozen=True, slots=True)
class PeerResult:
    """None where the algorithm can't label such data."""

    accuracy: float | None
    seconds: float | None
    """CPU time of the algorithm, without reading."""


class NoPeerError(RuntimeError):
    """crowd-kit could not be installed or started."""


def peer_results(data: Sequence[VoteData]) -> dict[tuple[str, str], PeerResult]:
    """Run what was not run before; by algorithm and data set.

    Raises
    ------
    NoPeerError
        crowd-kit could not be installed, or stopped with an error.
    """
    digests = {each.name: _digest(each) for each in data}
    kept = FOLDER / "results.jsonl"
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept.touch()
    found = _read(kept, digests)
    # The quick ones first: whoever stops the command has those.
    missing = [
        f"{each.name}:{algorithm}"
        for algorithm in crowd_kit_run.ALGORITHMS
        for each in sorted(data, key=lambda each: len(each.task_of))
        if (algorithm, each.name) not in found
    ]
    if missing:
        _run(missing, digests, kept)
    return _read(kept, digests)


def measured_again(data: VoteData, algorithms: Sequence[str]) -> dict[tuple[str, str], PeerResult]:
    """Run some algorithms anew on one data set: times are comparable only if they are of the same hour.

    Raises
    ------
    NoPeerError
        crowd-kit could not be installed, or stopped with an error.
    """
    digests, kept = {data.name: _digest(data)}, FOLDER / "results.jsonl"
    _run([f"{data.name}:{algorithm}" for algorithm in algorithms], digests, kept)
    return _read(kept, digests)


def segmentation_em(masks: Mapping[str, Mapping[str, NDArray[np.bool_]]]) -> dict[str, NDArray[np.bool_]]:
    """Consolidate masks, by task and worker, with crowd-kit's SegmentationEM.

    Raises
    ------
    NoPeerError
        crowd-kit could not be installed, or stopped with an error.
    """
    python = _python()
    with tempfile.TemporaryDirectory() as folder:
        answers, found = Path(folder) / "answers.npz", Path(folder) / "found.npz"
        arrays = {f"{task}/{worker}": mask for task, of_task in masks.items() for worker, mask in of_task.items()}
        np.savez(answers, **arrays)  # type: ignore[arg-type]
        done = subprocess.run([python, crowd_kit_masks.__file__, answers, found], check=False, capture_output=True)
        if done.returncode:
            raise NoPeerError(f"crowd-kit stopped with status {done.returncode}")
        with np.load(found) as read:
            return {task: read[task].astype(np.bool_) for task in masks}


def _python() -> str:
    environment = FOLDER / "environment"
    try:
        ensure_environment(environment, REQUIREMENTS)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoPeerError(f"crowd-kit could not be installed: {error}") from None
    return str(environment / "bin" / "python")


def _run(named: Sequence[str], digests: dict[str, str], kept: Path) -> None:
    command = [_python(), str(PROGRAM), str(data_root()), *named]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as program:
        for line in program.stdout or ():
            result = json.loads(line)
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(result | {"digest": digests[result["data"]]}) + "\n")
    if program.returncode:
        raise NoPeerError(f"crowd-kit stopped with status {program.returncode}: {' '.join(command[:2])} …")


def _read(kept: Path, digests: dict[str, str]) -> dict[tuple[str, str], PeerResult]:
    results = map(json.loads, kept.read_text(encoding="utf-8").splitlines())
    return {
        (result["algorithm"], result["data"]): PeerResult(result["accuracy"], result["seconds"])
        for result in results
        if digests.get(result["data"]) == result["digest"]
    }


def _digest(data: VoteData) -> str:
    files = (data.folder / "labels.csv", data.folder / "truth.csv", PROGRAM, REQUIREMENTS)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]

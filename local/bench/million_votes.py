"""Ten million generated answers through the default for single labels, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import numpy as np
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.majority_vote import most_likely
from groundwork.consolidation.vote_table import Indices, VoteTable
from groundwork.task_types.task_type import DEFAULT_ALGORITHM

from local.bench.peak_memory import peak_megabytes
from local.bench.table import Table, against

ANSWERS = 10_000_000
VOTES_AN_OBJECT = 3
OBJECTS = ANSWERS // VOTES_AN_OBJECT
WORKERS = 2_000
LABELS = 5
AIM_SECONDS = 60
AIM_MEGABYTES = 2_000


def measure() -> Table:
    """Consolidate them."""
    done = subprocess.run([sys.executable, "-m", __name__], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return Table(
        f"Labels: {ANSWERS:,} answers of {WORKERS:,} workers, {LABELS} labels, by default",
        ("", "measured", "aim", "reached"),
        (
            ("CPU seconds", f"{found['cpu']:.1f}", f"{AIM_SECONDS}", against(found["cpu"], AIM_SECONDS)),
            ("seconds", f"{found['seconds']:.1f}", f"{AIM_SECONDS}", against(found["seconds"], AIM_SECONDS)),
            ("peak memory, MB", f"{found['peak']:.0f}", f"{AIM_MEGABYTES}", against(found["peak"], AIM_MEGABYTES)),
        ),
        (
            f"from numbered columns to labels; the answers as they were made hold {found['before']:.0f} MB of the peak",
            f"right labels: {found['right']:.4f}",
        ),
    )


def made_answers() -> tuple[Indices, Indices, Indices, Indices]:
    """Make the answers: object, worker and label of each, and the true label of each object."""
    random = np.random.default_rng(1)
    truth = random.integers(LABELS, size=OBJECTS)
    tasks = np.repeat(np.arange(OBJECTS), VOTES_AN_OBJECT)
    first = random.integers(WORKERS, size=OBJECTS)[:, np.newaxis]
    workers = ((first + np.array([0, 7, 91])) % WORKERS).ravel()
    knows = random.random(len(tasks)) < random.beta(7, 3, WORKERS)[workers]
    labels = np.where(knows, truth[tasks], random.integers(LABELS, size=len(tasks)))
    return tasks, workers, labels, truth


def consolidate() -> dict[str, float]:
    """Make the answers and consolidate them in this process."""
    tasks, workers, labels, truth = made_answers()
    names = tuple(f"worker-{number:05}" for number in range(WORKERS))
    before, started, cpu = peak_megabytes(), time.perf_counter(), time.process_time()
    table = VoteTable.from_columns(tasks, workers, labels, names, labels=LABELS)
    found = most_likely(CROWD_ESTIMATES[DEFAULT_ALGORITHM].of(table, LABELS).posterior(table))
    return {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "before": before,
        "peak": peak_megabytes(),
        "right": float((found == truth).mean()),
    }


if __name__ == "__main__":
    print(json.dumps(consolidate()))

"""Runs crowd-kit's algorithms; a program of its own for crowd-kit's own environment (see `crowd_kit`).

`python crowd_kit_run.py <folder of data sets> <data set>:<algorithm> …` prints one JSON line a run: the share of the
true labels that it finds and the least seconds of CPU time without reading, null where it can't label such data.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 100
"""Of the algorithms that take a number of rounds; they stop earlier when they stand still."""
REPEATS = 5
QUICK = 2.0
"""Seconds; what takes less is repeated, and the fastest run counts."""

ALGORITHMS: dict[str, Callable[[Any], Any]] = {
    "MajorityVote": lambda kit: kit.MajorityVote(),
    "Wawa": lambda kit: kit.Wawa(),
    "ZeroBasedSkill": lambda kit: kit.ZeroBasedSkill(),
    "DawidSkene": lambda kit: kit.DawidSkene(n_iter=ROUNDS),
    "OneCoinDawidSkene": lambda kit: kit.OneCoinDawidSkene(n_iter=ROUNDS),
    "GLAD": lambda kit: kit.GLAD(n_iter=ROUNDS),
    "MACE": lambda kit: kit.MACE(random_state=0),
    "MMSR": lambda kit: kit.MMSR(random_state=0),
    "KOS": lambda kit: kit.KOS(random_state=0),
}


def run(folder: Path, name: str, algorithm: str) -> dict[str, Any]:
    """Run one algorithm on one data set."""
    pandas = importlib.import_module("pandas")
    kit = importlib.import_module("crowdkit.aggregation")
    votes = pandas.read_csv(folder / name / "labels.csv", dtype=str)
    truth = pandas.read_csv(folder / name / "truth.csv", dtype=str).set_index("task")["label"]
    named = {column: pandas.factorize(votes[column], sort=True) for column in ("task", "worker", "label")}
    numbered = pandas.DataFrame({column: codes for column, (codes, _) in named.items()})
    seconds: list[float] = []
    while not seconds or (len(seconds) < REPEATS and sum(seconds) < QUICK):
        started = time.process_time()
        try:
            found = ALGORITHMS[algorithm](kit).fit_predict(numbered)
        except (ValueError, IndexError, KeyError):
            return {"data": name, "algorithm": algorithm, "accuracy": None, "seconds": None}
        seconds.append(time.process_time() - started)
    labels = pandas.Series(named["label"][1][found.to_numpy()], index=named["task"][1][found.index.to_numpy()])
    judged = truth.index.intersection(labels.index)
    return {
        "data": name,
        "algorithm": algorithm,
        "accuracy": float((labels[judged] == truth[judged]).mean()),
        "seconds": min(seconds),
    }


def main() -> None:
    """Run what the command line names."""
    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1])
    for named in sys.argv[2:]:
        name, algorithm = named.split(":")
        sys.stdout.write(json.dumps(run(folder, name, algorithm)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

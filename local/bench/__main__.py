"""`make bench`, or `python -m local.bench validation cost …` for single measures."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path

from local.bench import (
    bundles,
    consolidations,
    cost,
    features,
    imports,
    label_run,
    million_votes,
    quality_adaptive,
    quality_auto_labeling,
    quality_labels,
    quality_masks,
    quality_priors,
    quality_shapes,
    quality_spans,
    stored_votes,
    validation,
)
from local.bench.bench_data import NoDataError
from local.bench.page import replace_tables
from local.bench.table import Table
from local.cloud import CloudError
from local.deploy import DeployError

MEASURES: dict[str, Callable[[], Sequence[Table]]] = {
    "validation": lambda: (validation.measure(),),
    "consolidation": lambda: (consolidations.measure(),),
    "cloud": label_run.measure,
    "features": lambda: (features.measure(),),
    "imports": lambda: (imports.measure(),),
    "bundles": lambda: (bundles.measure(),),
    "cost": cost.measure,
}
WITH_DATA: dict[str, Callable[[], Sequence[Table]]] = {
    "quality-auto-labeling": quality_auto_labeling.measure,
    "quality-labels": lambda: (*quality_labels.measure(), million_votes.measure(), stored_votes.measure()),
    "quality-adaptive": quality_adaptive.measure,
    "quality-masks": lambda: (quality_masks.measure(),),
    "quality-priors": quality_priors.measure,
    "quality-shapes": quality_shapes.measure,
    "quality-spans": quality_spans.measure,
}
"""Measures on data that is not part of the project, only by name."""


def main() -> None:
    """Measure and print."""
    known = MEASURES | WITH_DATA
    parser = argparse.ArgumentParser(prog="python -m local.bench", description="Speed, memory and cost")
    default = f"all but {', '.join(WITH_DATA)} by default"
    parser.add_argument("measure", nargs="*", metavar="measure", help=f"some of {', '.join(known)}; {default}")
    parser.add_argument("--into", type=Path, help="a page whose tables are replaced by these")
    parser.add_argument("--part", help="the part of that page, if it has several")
    arguments = parser.parse_args()
    wanted = arguments.measure
    if unknown := [name for name in wanted if name not in known]:
        parser.error(f"no measure {unknown[0]!r}; expected some of {', '.join(known)}")
    printed = [_machine()]
    print(printed[0])
    for name in wanted or MEASURES:
        try:
            tables = known[name]()
        except (CloudError, DeployError, NoDataError) as error:
            raise SystemExit(f"error: {error}") from None
        for table in tables:
            printed.append(table.text())
            print(f"\n{printed[-1]}", flush=True)
    if arguments.into:
        replace_tables(arguments.into, "\n\n".join(printed), arguments.part)


def _machine() -> str:
    """Describe the machine, and how busy it is: the figures are of no use without."""
    load = os.getloadavg()[0]
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"load average {load:.1f} at the start"
    )


if __name__ == "__main__":
    main()

"""Render the default template of every task type with example input, for pictures: `make screenshots`.

A type is shown with the first manifest line and the label file of the folder below `examples/` whose `job.json` selects
it, so a new type needs nothing here. The objects of S3 that a line names, which nobody has put there, are shown as one
picture of the test server's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from groundwork.job.s3_uri import S3Uri
from groundwork.task_types import registry
from groundwork.task_types.task_type import TaskType

from local.preview_input import LABEL_FILE, MANIFEST_ENDINGS, PreviewInput, input_of, job_of
from local.preview_page import rendered
from local.settings import ROOT

EXAMPLES = ROOT / "examples"
STAND_IN = "/image/blue.png"
"""A picture that portal/tests/elements/harness/server.ts serves."""


def default_pages(examples: Path = EXAMPLES) -> Iterator[tuple[str, str]]:
    """Give each type with a template of its own: its name and its rendered template.

    Raises
    ------
    SystemExit
        A type has no example, or one without a manifest.
    PreviewError
        An example does not make a task.
    """
    for task_type in registry.TASK_TYPES:
        if task_type.default_template is not None:
            yield task_type.name, rendered(example_input(task_type, examples), _stand_in).html


def example_input(task_type: TaskType, examples: Path = EXAMPLES) -> PreviewInput:
    """Make the task input of a type's example.

    Raises
    ------
    SystemExit
        There is no example of the type, or it has no manifest.
    PreviewError
        The example does not make a task.
    """
    for request_file in sorted(examples.glob("*/job.json")):
        request = json.loads(request_file.read_text("utf-8"))
        named = request.get("Groundwork", {}).get("TaskType")
        if named is not None and registry.find(named) is task_type:
            labels = request_file.parent / LABEL_FILE
            return input_of(job_of(request, labels if labels.is_file() else None), _first_line(request_file.parent))
    raise SystemExit(f'no folder of {examples} has a job.json with "TaskType": "{task_type.name}"')


def _first_line(folder: Path) -> Mapping[str, Any]:
    for manifest in sorted(file for file in folder.iterdir() if file.suffix in MANIFEST_ENDINGS):
        line: dict[str, Any] = json.loads(manifest.read_text("utf-8").splitlines()[0])
        return line
    raise SystemExit(f"{folder} has no manifest")


def _stand_in(uri: S3Uri) -> str:
    del uri
    return STAND_IN


def main() -> None:
    """Write the pages into the folder named on the command line, for the portal's screenshots."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.html"):
        old.unlink()
    for name, html in default_pages():
        (folder / f"{name}.html").write_text(html, "utf-8")


if __name__ == "__main__":
    main()

"""The examples as jobs: dropped as `make drop` does it, a few lines each, and labeled by a crew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundwork.task_types import registry
from groundwork.task_types.task_type import TaskType

from local.drop import MANIFESTS, drop_folder
from local.settings import ROOT
from tests.end_to_end.answers import Kind, Outcome
from tests.end_to_end.cloud import Cloud, Worker
from tests.end_to_end.people import work
from tests.end_to_end.shown_task import look

EXAMPLES = ROOT / "examples"
SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class Example:
    """A folder of examples/ that holds a job."""

    folder: Path

    @property
    def request(self) -> Mapping[str, Any]:
        """The content of its `job.json`."""
        request: dict[str, Any] = json.loads((self.folder / "job.json").read_text())
        return request

    @property
    def task_type(self) -> TaskType | None:
        """Its task type; None for a job with functions of its own."""
        name = self.request.get("Groundwork", {}).get("TaskType")
        return registry.get(name) if name else None

    @property
    def labels(self) -> tuple[str, ...]:
        """Its labels."""
        return tuple(entry["label"] for entry in json.loads((self.folder / "labels.json").read_text())["labels"])

    @property
    def people(self) -> int:
        """How many workers each data object asks for."""
        assert self.task_type is not None
        task = self.request["HumanTaskConfig"]
        return int(task.get("NumberOfHumanWorkersPerDataObject", self.task_type.workers_per_object))


def examples() -> list[Example]:
    """List the folders under examples/ that hold jobs."""
    return [Example(path.parent) for path in sorted(EXAMPLES.glob("*/job.json"))]


def shortened(example: Example, place: Path, lines: int) -> Example:
    """Copy an example with the first lines of its manifest only, with the other folders beside it."""
    folder = place / example.folder.name
    shutil.copytree(example.folder, folder)
    for manifest in folder.iterdir():
        if manifest.suffix in MANIFESTS:
            manifest.write_text("".join(manifest.read_text().splitlines(keepends=True)[:lines]))
    for other in EXAMPLES.iterdir():
        if other.is_dir() and not (other / "job.json").exists():
            (place / other.name).symlink_to(other)
    return Example(folder)


@dataclass(frozen=True, slots=True)
class ExampleJob:
    """A dropped example."""

    cloud: Cloud
    example: Example
    name: str

    @classmethod
    def drop(
        cls,
        cloud: Cloud,
        example: Example,
        place: Path,
        stem: str,
        *,
        lines: int,
        changes: Mapping[str, Any] | None = None,
    ) -> ExampleJob:
        """Drop the first lines of an example by the code of `make drop`; the folder is copied to `place`.

        `changes` are members of `HumanTaskConfig`.
        """
        name = cloud.job(f"{stem}-{example.folder.name}")
        copy = shortened(example, place, lines)
        if changes:
            request = {**example.request, "HumanTaskConfig": {**example.request["HumanTaskConfig"], **changes}}
            (copy.folder / "job.json").write_text(json.dumps(request))
        drop_folder(cloud.deployment, name, copy.folder)
        return cls(cloud, copy, name)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The dropped manifest."""
        (key,) = (
            key for key in self.cloud.keys(f"{self.name}/") if key.count("/") == 1 and Path(key).suffix in MANIFESTS
        )
        return [json.loads(line) for line in self.cloud.get(key).decode().splitlines()]

    @property
    def attribute(self) -> str:
        """The label attribute, as the request has it or as the job is called."""
        task_type = self.example.task_type
        suffix = "-ref" if task_type and task_type.reference_suffix == "required" else ""
        return str(self.example.request.get("LabelAttributeName", f"{self.name}{suffix}"))

    def label(self, people: Sequence[Worker], kind: Kind) -> int:
        """Have people label it to its end; counts the answers."""
        lines, labels = self.lines, self.example.labels
        crew = list(people[: self.example.people])
        numbers = {worker.name: number for number, worker in enumerate(crew)}
        done = work(
            crew,
            self.name,
            lambda worker, page: kind.answer(look(worker, numbers[worker.name], page, lines, labels)),
            seconds=SECONDS,
        )
        self.cloud.wait_for(self.name, "Completed", seconds=SECONDS)
        return done.total()

    def outcomes(self) -> list[Outcome]:
        """Read the output manifest: every line once, in order, with all it had before."""
        output, lines = self.cloud.output_lines(self.name), self.lines
        assert len(output) == len(lines)
        own = (self.attribute, f"{self.attribute}-metadata")
        for line, before in zip(output, lines, strict=True):
            assert {name: value for name, value in line.items() if name not in own} == before
            assert "failure-reason" not in line[own[1]], line[own[1]]
        return [
            Outcome(line[own[0]], line[own[1]], before, self.example.labels, self._read)
            for line, before in zip(output, lines, strict=True)
        ]

    def _read(self, uri: str) -> bytes:
        prefix = f"s3://{self.cloud.bucket}/"
        assert uri.startswith(prefix)
        return self.cloud.get(uri.removeprefix(prefix))

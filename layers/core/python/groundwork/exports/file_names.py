"""Names for the files of images: their place below the folder that all of them have in common.

So `aws s3 sync <that folder> images/` puts each image where the export says it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from groundwork.exports.csv_table import csv_lines
from groundwork.exports.dataset import Dataset
from groundwork.exports.export_file import CSV, ExportFile
from groundwork.exports.labeled_object import LabeledObject


@dataclass(frozen=True, slots=True)
class ImageName:
    """A relative path without `.` and `..`, `/` between its parts."""

    path: str

    @property
    def stem(self) -> str:
        """The path without its ending, which a file of labels has in common with its image."""
        return str(PurePosixPath(self.path).with_suffix(""))


class FileNames:
    """A name for each image, none with another's stem, also where upper and lower case are one.

    Images that differ only in their ending, and lines with the same image, have the object id in their names. It takes
    two passes and a number per object to tell.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._folder = _common_folder(dataset)
        self._taken: set[int] = set()
        self._repeated: set[int] = set()
        for item in dataset.all_objects():
            stem = _hash(ImageName(self._path(item)))
            (self._repeated if stem in self._taken else self._taken).add(stem)

    def of(self, item: LabeledObject) -> ImageName:
        """Name the image of an object, the same on every pass."""
        name = ImageName(self._path(item))
        if _hash(name) in self._repeated:
            while _hash(name) in self._taken:
                path = PurePosixPath(name.path)
                name = ImageName(str(path.with_name(f"{path.stem}.{item.object_id}{path.suffix}")))
        return name

    def _path(self, item: LabeledObject) -> str:
        return _safe((item.reference or "").removeprefix("s3://")[len(self._folder) :])


def write_sources(dataset: Dataset, names: FileNames) -> ExportFile:
    """Tell where each image lies, in `images.csv`."""

    def lines() -> Iterator[bytes]:
        yield from csv_lines([("object", "file", "source")])
        yield from csv_lines((item.object_id, names.of(item).path, item.image) for item in dataset.objects())

    return ExportFile("images.csv", lines(), CSV)


def _common_folder(dataset: Dataset) -> str:
    """Find the longest `bucket/folder/` that all addresses begin with."""
    common: list[str] | None = None
    for item in dataset.all_objects():
        if item.reference:
            folders = item.reference.removeprefix("s3://").split("/")[:-1]
            common = folders if common is None else _same(common, folders)
    return "".join(f"{folder}/" for folder in common or ())


def _same(one: list[str], other: list[str]) -> list[str]:
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return one[:count]
    return one[: len(other)]


def _hash(name: ImageName) -> int:
    return hash(name.stem.casefold())


def _safe(path: str) -> str:
    """Keep a downloaded path inside its folder, and its lines whole."""
    parts = ("_" if part in {"", ".", ".."} else part for part in path.split("/"))
    return "".join(character if character.isprintable() else "_" for character in "/".join(parts))

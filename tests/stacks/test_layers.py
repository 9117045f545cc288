"""Layers are built for the machine they will run on, and fit."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

import pytest

from stacks.constructs import dependency_layer
from stacks.constructs.dependency_layer import LAYERS, BundlingError, PackageBundler

NAMES = ("powertools", "liquid", "numpy", "pillow")
LIMIT_BYTES = 250 * 1024 * 1024
"""Unzipped size of a function with all its layers."""
AARCH64 = 183
"""`e_machine` of ELF files for 64-bit ARM."""


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def compiled(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.so"))


def machine(file: Path) -> int:
    with file.open("rb") as content:
        header = content.read(20)
    return int(struct.unpack_from("<H", header, 18)[0])


def test_every_folder_with_requirements_is_a_layer() -> None:
    assert {path.parent.name for path in LAYERS.glob("*/requirements.txt")} == set(NAMES)


def test_all_layers_together_are_under_the_limit_and_built_for_lambda() -> None:
    bundles = [PackageBundler(name, "aws").bundle() for name in NAMES]
    assert sum(map(size, bundles)) + size(LAYERS / "core") < LIMIT_BYTES
    files = [file for bundle in bundles for file in compiled(bundle)]
    assert {machine(file) for file in files} == {AARCH64}
    extensions = {file.name.split(".", 1)[1] for file in files if ".cpython-" in file.name}
    assert extensions == {"cpython-313-aarch64-linux-gnu.so"}


def test_licences_stay_and_what_does_not_run_goes() -> None:
    bundle = PackageBundler("powertools", "aws").bundle()
    assert list(bundle.rglob("aws_lambda_powertools*.dist-info/**/LICENSE*"))
    assert not list(bundle.rglob("__pycache__"))
    assert not list(bundle.rglob("RECORD"))


def test_a_layer_is_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fake_install(tmp_path, monkeypatch)
    for output in ("one", "two"):
        assert PackageBundler("liquid", "local").try_bundle(str(tmp_path / output))
    assert len(calls) == 1
    assert (tmp_path / "two" / "python" / "package.py").read_text() == "VERSION = 1\n"


def test_the_content_of_the_requirements_and_the_target_make_the_hash() -> None:
    hashes = {PackageBundler(name, target).hash for name in NAMES for target in ("aws", "local")}
    assert len(hashes) == 8
    assert PackageBundler("numpy", "aws").hash in hashes


def test_an_installer_that_fails_stops_the_synth_with_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dependency_layer, "BUNDLES", tmp_path)
    monkeypatch.setattr(dependency_layer, "_installers", lambda _: [["false"], ["ls"]])
    with pytest.raises(BundlingError, match="unrecognized option"):
        PackageBundler("liquid", "aws").try_bundle(str(tmp_path / "out"))


def test_without_an_installer_the_synth_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependency_layer, "BUNDLES", tmp_path)
    monkeypatch.setattr(dependency_layer, "_installers", lambda _: [])
    with pytest.raises(BundlingError, match="neither uv nor pip was found"):
        PackageBundler("liquid", "aws").bundle()


def fake_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        (Path(command[-1]) / "package.py").write_text("VERSION = 1\n")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(dependency_layer, "BUNDLES", folder / "bundles")
    monkeypatch.setattr(dependency_layer, "_installers", lambda _: [["installer"]])
    monkeypatch.setattr(subprocess, "run", run)
    return calls

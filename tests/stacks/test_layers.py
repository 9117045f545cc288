"""Layers are built for the machine they will run on, and fit."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from stacks.constructs import dependency_layer
from stacks.constructs.dependency_layer import LAYERS, BundlingError, PackageBundler
from tests.stacks.conftest import ROOT, Synthesized

NAMES = ("powertools", "liquid", "numpy", "pillow", "scikit_learn", "onnxruntime")
LIMIT_BYTES = 250 * 1024 * 1024
"""Unzipped size of a function with all its layers."""
MARGIN_BYTES = 10 * 1024 * 1024
"""Kept free: a newer version of a package is often larger."""
COMPILED = 1.3
"""Size of compiled modules beside their sources, at most: layers made by the runtime's own Python hold both."""
AARCH64 = 183
"""`e_machine` of ELF files for 64-bit ARM."""
USES = {
    "scikit_learn": """
import numpy
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC
values = numpy.random.default_rng(0).random((60, 5))
classes = (values[:, 0] > 0.5).astype(int)
assert cross_val_predict(LogisticRegression(C=100), TruncatedSVD(4).fit_transform(values), classes).mean() > 0.2
assert MultinomialNB().fit(values, classes).score(values, classes) > 0.5
assert LinearSVC().fit(values, classes).score(values, classes) > 0.8
""",
    "onnxruntime": """
import onnxruntime
assert "CPUExecutionProvider" in onnxruntime.get_available_providers()
onnxruntime.SessionOptions()
""",
}


def compiled(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.so"))


def machine(file: Path) -> int:
    with file.open("rb") as content:
        header = content.read(20)
    return int(struct.unpack_from("<H", header, 18)[0])


def test_every_folder_with_requirements_is_a_layer() -> None:
    assert {path.parent.name for path in LAYERS.glob("*/requirements.txt")} == set(NAMES)


def compiled_size(folder: Path) -> int:
    """Size of a bundle with compiled modules, whether they are in it or not."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    sources = sum(path.stat().st_size for path in files if path.suffix == ".py")
    return sum(path.stat().st_size for path in files) + int(sources * COMPILED)


def test_every_function_with_its_layers_is_under_the_limit(synthesized: Synthesized) -> None:
    sizes = {name: compiled_size(PackageBundler(name, "aws").bundle()) for name in NAMES}
    of_layer = {f"{name.replace('_', '')}layer": size for name, size in sizes.items()}
    ours = compiled_size(LAYERS / "core") + compiled_size(ROOT / "functions")
    found = 0
    for function in synthesized.resources("AWS::Lambda::Function").values():
        layers = [ref["Ref"].lower() for ref in function["Layers"]]
        used = [size for name, size in of_layer.items() if any(layer.startswith(name) for layer in layers)]
        found += len(used)
        assert len(used) == len(layers) - 1, "all but the core are known"
        assert ours + sum(used) < LIMIT_BYTES - MARGIN_BYTES, function["FunctionName"]
    assert found > len(NAMES)


def test_layers_are_built_for_lambda() -> None:
    files = [file for name in NAMES for file in compiled(PackageBundler(name, "aws").bundle())]
    assert {machine(file) for file in files} == {AARCH64}
    extensions = {file.name.split(".", 1)[1] for file in files if ".cpython-" in file.name}
    assert extensions == {"cpython-313-aarch64-linux-gnu.so"}


@pytest.mark.parametrize("name", ["scikit_learn", "onnxruntime"])
def test_a_complete_layer_runs_on_itself_and_numpy_alone(name: str) -> None:
    """Here with this machine's packages: nothing of what was left out, or never named, is missed."""
    folders = [str(PackageBundler(each, "local").bundle() / "python") for each in (name, "numpy")]
    command = [sys.executable, "-S", "-W", "error", "-c", USES[name]]
    done = subprocess.run(command, env={"PYTHONPATH": os.pathsep.join(folders)}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_no_two_layers_hold_the_same_package() -> None:
    tops = [
        path.name
        for name in NAMES
        for path in (PackageBundler(name, "aws").bundle() / "python").iterdir()
        if not path.name.startswith((".", "__"))
    ]
    twice = {top for top in tops if tops.count(top) > 1}
    assert twice <= {"typing_extensions.py"} | {top for top in tops if top.startswith("typing_extensions-")}


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
    assert len(hashes) == 2 * len(NAMES)
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

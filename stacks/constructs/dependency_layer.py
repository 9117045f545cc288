"""A Lambda layer of third-party packages, built without Docker for the platform it will run on."""

from __future__ import annotations

import compileall
import hashlib
import importlib.util
import os
import py_compile
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import jsii
from aws_cdk import AssetHashType, BundlingOptions, DockerImage, ILocalBundling
from aws_cdk.aws_lambda import Architecture, Code, LayerVersion, Runtime
from constructs import Construct

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ROOT / "layers"
BUNDLES = ROOT / ".bundle"
RUNTIME = Runtime.PYTHON_3_13
ARCHITECTURE = Architecture.ARM_64
PYTHON_VERSION = RUNTIME.name.removeprefix("python")
PLATFORMS = ("manylinux_2_28_aarch64", "manylinux2014_aarch64")
STRIPPED = ("__pycache__", "tests", "*.pyi", "*.pyx", "*.pxd", "*.a", "*.h", "bin", "RECORD", "INSTALLER", "REQUESTED")
"""Not needed to run; licences and the rest of the metadata stay."""
COMPLETE = {"scikit_learn", "onnxruntime"}
"""Layers whose requirements name all that runs. What the packages declare beyond is in the numpy layer, or unused."""
STRIPPED_OF = {
    # The Python module has the library built in; the other is for programs in C. The rest makes and trains models.
    "onnxruntime": ("libonnxruntime.so*", "backend", "datasets", "quantization", "tools", "transformers"),
    # Pictures and tables of examples, with the code that loads them left in place.
    "scikit_learn": ("*.csv", "*.csv.gz", "*.jpg", "*.tp", "*.cpp", "*.c", "meson.build"),
}
"""What a layer leaves out beside STRIPPED."""


class BundlingError(RuntimeError):
    """No installer could install the packages; the text has what each of them said."""


class DependencyLayer(LayerVersion):
    """The packages of `layers/<name>/requirements.txt`."""

    def __init__(self, scope: Construct, construct_id: str, *, name: str, target: str) -> None:
        folder = LAYERS / name
        bundler = PackageBundler(name, target)
        super().__init__(
            scope,
            construct_id,
            code=Code.from_asset(
                str(folder),
                asset_hash=bundler.hash,
                asset_hash_type=AssetHashType.CUSTOM,
                bundling=BundlingOptions(image=DockerImage.from_registry("none"), local=bundler),
            ),
            compatible_runtimes=[RUNTIME],
            compatible_architectures=[ARCHITECTURE],
            description=f"Packages of layers/{name}/requirements.txt",
        )


@jsii.implements(ILocalBundling)
class PackageBundler:
    """Installs a layer's packages once for each content of its requirements file and target."""

    def __init__(self, name: str, target: str) -> None:
        self._requirements = LAYERS / name / "requirements.txt"
        self._name = name
        self._target = target
        self._stripped = STRIPPED + STRIPPED_OF.get(name, ())
        self._alone = name in COMPLETE
        # Wheels for this machine differ by its platform and Python; those for AWS do not.
        built_for = (
            f"{sysconfig.get_platform()}-{sys.version_info[0]}.{sys.version_info[1]}"
            if target == "local"
            else f"{PYTHON_VERSION}-{PLATFORMS}"
        )
        # A layer is read-only, so every cold start would compile its modules anew. Only the runtime's own Python can
        # do it beforehand: a machine with another one builds a layer that works, with slower cold starts.
        self._compiles = target == "local" or f"{sys.version_info[0]}.{sys.version_info[1]}" == PYTHON_VERSION
        content = self._requirements.read_text() + target + built_for + repr(self._stripped) + str(self._compiles)
        self.hash = hashlib.sha256(content.encode()).hexdigest()

    def try_bundle(self, output_dir: str, options: BundlingOptions | None = None, **_: Any) -> bool:
        """Fill CDK's folder. Never answers False, which would send CDK to Docker.

        Raises
        ------
        BundlingError
            The packages can't be installed.
        """
        shutil.copytree(self.bundle(), output_dir, copy_function=_link, dirs_exist_ok=True)
        return True

    def bundle(self) -> Path:
        """Return the folder with the layer's content, installing it if it is not there yet."""
        folder = BUNDLES / self._target / f"{self._name}-{self.hash[:16]}"
        if folder.exists():
            return folder
        unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.rmtree(unfinished, ignore_errors=True)
        _install(self._requirements, unfinished / "python", self._target, alone=self._alone)
        _strip(unfinished, self._stripped)
        if self._compiles:
            _compile(unfinished)
        try:
            unfinished.rename(folder)
        except OSError:
            # Another synth was faster with the same content.
            shutil.rmtree(unfinished)
        return folder


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _install(requirements: Path, folder: Path, target: str, *, alone: bool) -> None:
    failures = []
    exactly = ("--no-deps",) if alone else ()
    for command in _installers(target):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run = [*command, *exactly, "--requirement", str(requirements), "--target", str(folder)]
        done = subprocess.run(run, capture_output=True, text=True, check=False)  # noqa: S603 (no shell; our own words)
        if done.returncode == 0:
            return
        failures.append(f"{' '.join(run)}\n{done.stderr.strip()}")
    tried = "\n".join(failures) or "neither uv nor pip was found; install one of them"
    raise BundlingError(f"the packages of {requirements} can't be installed:\n{tried}")


def _installers(target: str) -> list[list[str]]:
    """List the commands that can install for the target, fastest first."""
    beside = shutil.which("uv", path=str(Path(sys.executable).parent))
    uv = beside or shutil.which("uv")
    pip = [sys.executable, "-m", "pip"] if importlib.util.find_spec("pip") else _pip_elsewhere()
    commands = []
    if uv:
        commands.append([uv, "pip", "install", "--quiet", "--link-mode", "copy", *_uv_options(target)])
    if pip:
        commands.append(
            [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-compile", *_pip_options(target)]
        )
    return commands


def _pip_elsewhere() -> list[str]:
    pip = shutil.which("pip3") or shutil.which("pip")
    return [pip, "--python", sys.executable] if pip else []


def _uv_options(target: str) -> list[str]:
    if target == "local":
        return ["--python", sys.executable]
    platform = f"aarch64-{PLATFORMS[0].removesuffix('_aarch64')}"
    return ["--python-platform", platform, "--python-version", PYTHON_VERSION, "--only-binary", ":all:"]


def _pip_options(target: str) -> list[str]:
    if target == "local":
        return []
    platforms = [option for platform in PLATFORMS for option in ("--platform", platform)]
    return [*platforms, "--python-version", PYTHON_VERSION, "--implementation", "cp", "--only-binary=:all:"]


def _compile(folder: Path) -> None:
    """Compile every module. The files do not look at times, which packing and unpacking change."""
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(folder, quiet=2, workers=0, invalidation_mode=mode)


def _strip(folder: Path, patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        for path in sorted(folder.rglob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

"""Make a Python environment from a requirements file, by uv when there is one, else by pip and a uv of its own.

Called as `python3 local/environment.py <folder> <requirements file>`.

Runs with the machine's own Python before anything is installed, so only the standard library is used.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

UV = "uv==0.13.9"


def ensure_environment(folder: Path, requirements: Path) -> None:
    """Create the environment if it is missing and install exactly what is required into it."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    uv = shutil.which("uv") or _own_uv(folder)
    if uv and _succeeds([uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(requirements)]):
        return
    # A network that only pip is configured for: slower, same result.
    _pip(python, "-r", str(requirements))


def _own_uv(folder: Path) -> str | None:
    """Install uv into the environment: the minute it saves is worth its second."""
    uv = folder / "bin" / "uv"
    if not uv.exists():
        try:
            _pip(folder / "bin" / "python", UV)
        except subprocess.CalledProcessError:
            return None
    return str(uv)


def _pip(python: Path, *arguments: str) -> None:
    if not _succeeds([str(python), "-m", "pip", "--version"], quiet=True):
        subprocess.run([python, "-m", "ensurepip", "--default-pip"], check=True, stdout=subprocess.DEVNULL)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, *arguments], check=True)


def _succeeds(command: list[str], *, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, check=False, stdout=output, stderr=output).returncode == 0


def main() -> None:
    """Make the environment named on the command line."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this file meets whatever Python the machine has)
        raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Set PYTHON=python3.13")
    if len(sys.argv) != 3:
        raise SystemExit("usage: python3 local/environment.py <folder> <requirements file>")
    ensure_environment(Path(sys.argv[1]), Path(sys.argv[2]))


if __name__ == "__main__":
    main()

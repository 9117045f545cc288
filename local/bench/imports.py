"""How long a function's modules take to import: the largest part of a cold start that is ours.

The app is synthesized and each function imported from the very folders that are deployed: its code and its layers,
beside the boto3 that Lambda's runtime brings. Nothing else of this environment is on the path.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.bench.table import Table, against
from local.deploy import QUIET
from local.settings import ROOT, without_aws

ROUNDS = 5
UNCOMPILED_ROUNDS = 3
AIM_MILLISECONDS = 400
RUNTIME_PACKAGES = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six.py", "urllib3")
"""What Lambda's Python runtime has besides the standard library."""
CHILD = """
import sys, time
sys.path[:0] = {path!r}
started = time.perf_counter()
import {module}
print((time.perf_counter() - started) * 1000)
"""


@dataclass(frozen=True, slots=True)
class DeployedFunction:
    """A function as the stacks define it; `path` is what Lambda puts on `sys.path`."""

    name: str
    module: str
    path: tuple[str, ...]


def measure(rounds: int = ROUNDS) -> Table:
    """Import every function several times, each time in a fresh interpreter."""
    with tempfile.TemporaryDirectory(prefix="groundwork-bench-") as folder:
        runtime = _runtime(Path(folder) / "runtime")
        functions = list(deployed_functions(synthesize(Path(folder) / "cdk.out"), runtime))
        # Before anything writes compiled modules into the folders.
        uncompiled = {
            function.name: _import_times(function, UNCOMPILED_ROUNDS, compiled=False) for function in functions
        }
        found = {function.name: _import_times(function, rounds, compiled=True) for function in functions}
    slowest = sorted(found.items(), key=lambda pair: statistics.median(pair[1]), reverse=True)
    return Table(
        f"Cold import of each function, median of {rounds} fresh interpreters, ms",
        ("function", "median", "fastest", "slowest", f"under {AIM_MILLISECONDS}", "uncompiled"),
        [
            (
                name,
                f"{statistics.median(times):.0f}",
                f"{min(times):.0f}",
                f"{max(times):.0f}",
                against(statistics.median(times), AIM_MILLISECONDS),
                f"{statistics.median(uncompiled[name]):.0f}",
            )
            for name, times in slowest
        ],
        (
            "median, fastest, slowest: with compiled modules (__pycache__) beside the sources",
            f"uncompiled: median of {UNCOMPILED_ROUNDS} as the layers are packed, without compiled modules of ours; "
            "Lambda can't keep them, so every cold start compiles",
        ),
    )


def synthesize(folder: Path) -> Path:
    """Synthesize the app with the layers of this machine."""
    context = json.dumps({**json.loads((ROOT / "cdk.json").read_text())["context"], "bundlingTarget": "local"})
    environment = {**without_aws(os.environ), **QUIET, "CDK_OUTDIR": str(folder), "CDK_CONTEXT_JSON": context}
    subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=environment, check=True, capture_output=True)
    return folder


def deployed_functions(synthesized: Path, runtime: Path) -> Iterator[DeployedFunction]:
    """Read every function of ours off the synthesized templates, in order of name."""
    found: dict[str, DeployedFunction] = {}
    for file in sorted(synthesized.glob("*.template.json")):
        resources: dict[str, Any] = json.loads(file.read_text())["Resources"]
        for resource in resources.values():
            properties = resource["Properties"] if resource["Type"] == "AWS::Lambda::Function" else {}
            if not properties.get("Handler", "").startswith("functions."):
                continue
            module = properties["Handler"].rpartition(".")[0]
            layers = [resources[layer["Ref"]]["Properties"]["Content"] for layer in properties["Layers"]]
            # Lambda's order: the function's own code, the layers, then the runtime.
            path = [_asset(synthesized, properties["Code"]), *(_asset(synthesized, each) / "python" for each in layers)]
            name = module.removeprefix("functions.").removesuffix(".handler").replace(".", "_")
            found[name] = DeployedFunction(name, module, tuple(map(str, [*path, runtime])))
    for name in sorted(found):
        yield found[name]


def _asset(synthesized: Path, location: dict[str, Any]) -> Path:
    return synthesized / f"asset.{location['S3Key'].removesuffix('.zip')}"


def _runtime(folder: Path) -> Path:
    """Make a folder that holds the runtime's packages only."""
    import boto3  # noqa: PLC0415 (only to find where it lies)

    folder.mkdir(parents=True)
    packages = Path(boto3.__file__).resolve().parents[1]
    for name in RUNTIME_PACKAGES:
        (folder / name).symlink_to(packages / name)
    return folder


def _import_times(function: DeployedFunction, rounds: int, *, compiled: bool) -> list[float]:
    code = CHILD.format(path=list(function.path), module=function.module)
    # Isolated and without site-packages: only what the code puts on the path is found.
    command = [sys.executable, "-I", "-S", *([] if compiled else ["-B"]), "-c", code]
    environment = without_aws(os.environ) | {"AWS_REGION": "us-east-1", "POWERTOOLS_SERVICE_NAME": function.name}

    def run() -> float:
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        return float(done.stdout)

    run()
    return [run() for _ in range(rounds)]

"""Who may import what (docs/architecture.md, Code)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers/core/python/groundwork"
FUNCTIONS = ROOT / "functions"
OUTSIDE = {"boto3", "botocore", "aws_lambda_powertools", "mypy_boto3_dynamodb", "mypy_boto3_s3", "functions"}
IMPURE_CALLS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.sleep",
    "time.monotonic",
    "uuid.uuid4",
    "os.getenv",
}
IMPURE_MODULES = {"random", "secrets", "os", "socket", "urllib.request", "http.client"}
BORROWED = {
    ("pre_annotation", "prepare_job"): "a line is judged by the same rules",
    ("manifest_output", "select_batch"): "a stopping condition decides the final status",
}
"""Stages of the core that a function of another stage uses, and why; its own need no leave."""


def core_files() -> list[Path]:
    return [path for path in sorted(CORE.rglob("*.py")) if path.relative_to(CORE).parts[0] != "aws"]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def in_type_checking(tree: ast.Module) -> set[ast.AST]:
    """Nodes that only type checkers see."""
    return {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for part in block.body
        for node in ast.walk(part)
    }


def imports(tree: ast.Module, *, at_run_time: bool = False) -> Iterator[tuple[str, ast.AST]]:
    """Modules a file imports; `from a import b` counts as `a.b` too, because b may be a module."""
    hidden = in_type_checking(tree) if at_run_time else set()
    for node in ast.walk(tree):
        if node in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("path", core_files(), ids=name_of)
def test_the_core_is_pure(path: Path) -> None:
    tree = ast.parse(path.read_text())
    modules = {module for module, _ in imports(tree)}
    assert not {module for module in modules if module.split(".")[0] in OUTSIDE}
    assert not modules & IMPURE_MODULES
    calls = {dotted(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not {call for call in calls if any(call == word or call.endswith(f".{word}") for word in IMPURE_CALLS)}


@pytest.mark.parametrize("path", core_files(), ids=name_of)
def test_the_core_knows_gateways_only_as_types(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not {module for module, _ in imports(tree, at_run_time=True) if module.startswith("groundwork.aws")}


COMPUTING = {"numpy", "scipy", "sklearn", "PIL"}


def test_numpy_and_pillow_are_imported_by_few_parts_of_the_core_alone() -> None:
    users = {
        path.relative_to(CORE).parts[0]
        for path in CORE.rglob("*.py")
        if any(module.split(".")[0] in COMPUTING for module, _ in imports(ast.parse(path.read_text())))
    }
    assert users == {"active_learning", "consolidation", "exports", "quality"}


@pytest.mark.parametrize("module", ["groundwork.task_types.registry", "functions.portal_api.handler"])
def test_whoever_answers_workers_does_not_wait_for_numpy(module: str) -> None:
    program = f"import sys, {module}; sys.exit(bool({{'numpy', 'PIL'}} & set(sys.modules)))"
    environment = {"PYTHONPATH": f"{ROOT}:{CORE.parent}", "AWS_DEFAULT_REGION": "us-east-1"}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_consolidation_loads_pillow_only_for_a_mask_at_hand() -> None:
    """The function that estimates the workers has no Pillow; it imports what the others do."""
    program = (
        "import sys, importlib, pkgutil, groundwork.consolidation as package; sys.modules['PIL'] = None; "
        "[importlib.import_module(f'{package.__name__}.{one.name}') for one in pkgutil.iter_modules(package.__path__)]"
    )
    environment = {"PYTHONPATH": str(CORE.parent)}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def stage_names() -> set[str]:
    return {path.name for path in FUNCTIONS.iterdir() if (CORE / path.name).is_dir()}


def stage_folders() -> list[Path]:
    """Folders of the stages' functions; what is no stage uses what it needs."""
    folders = [path.parent for path in FUNCTIONS.rglob("handler.py")]
    return sorted(folder for folder in folders if folder.relative_to(FUNCTIONS).parts[0] in stage_names())


@pytest.mark.parametrize("folder", stage_folders(), ids=name_of)
def test_a_function_uses_its_own_stage(folder: Path) -> None:
    own = folder.relative_to(FUNCTIONS).parts[0]
    stages = stage_names()
    allowed = {own} | {stage for function, stage in BORROWED if function == own}
    for path in folder.glob("*.py"):
        modules = [module.split(".") for module, _ in imports(ast.parse(path.read_text()))]
        used = {parts[1] for parts in modules if parts[0] == "groundwork" and len(parts) > 1 and parts[1] in stages}
        assert used <= allowed
        other_functions = {parts[1] for parts in modules if parts[0] == "functions" and len(parts) > 2}
        assert other_functions & {path.name for path in FUNCTIONS.iterdir() if path.is_dir()} <= {own}


def test_every_borrowed_stage_is_really_borrowed() -> None:
    for function, stage in BORROWED:
        files = (FUNCTIONS / function).rglob("*.py")
        assert any(f"groundwork.{stage}." in path.read_text() for path in files), f"{function} does not use {stage}"

"""What the pages name is what the code does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTED = re.compile(r"`([A-Z]+_[A-Z_]+|PROGRESS|SELECTED)`")


def logged_events() -> set[str]:
    """Find the event names of every call of a job's log: the second argument, or both sides of a choice there."""
    sources = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/core/python/groundwork").rglob("*.py")]
    calls = [
        node
        for source in sources
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) >= 3
        if node.func.attr in {"stage", "life_cycle"}
    ]
    words = [leaf for call in calls for leaf in ast.walk(call.args[1]) if isinstance(leaf, ast.Constant)]
    return {word.value for word in words if isinstance(word.value, str)}


def test_every_event_of_a_jobs_log_is_explained_and_no_other() -> None:
    page = (ROOT / "docs" / "operate.md").read_text()
    table = page[page.index("| Event |") : page.index("The group `/aws/sagemaker")]
    assert set(DOCUMENTED.findall(table)) == logged_events()


def test_every_alarm_is_explained_and_no_other() -> None:
    source = (ROOT / "stacks" / "observability.py").read_text()
    page = (ROOT / "docs" / "operate.md").read_text()
    table = page[page.index("| Alarm |") : page.index("## Going on")]
    rows = [line.split("|")[1] for line in table.splitlines()[2:] if line.startswith("|")]
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == set(re.findall(r'_alarm\("(\w+)"', source))


def test_every_command_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {name for page in pages for name in re.findall(r"`make ([a-z-]+)", page.read_text())}
    assert named <= targets


def test_every_page_that_is_linked_exists() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"

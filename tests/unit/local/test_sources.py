from pathlib import Path

import pytest

from local.sources import fingerprint


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "functions" / "stop").mkdir(parents=True)
    (tmp_path / "functions" / "stop" / "handler.py").write_text("def handler(): ...\n")
    (tmp_path / "app.py").write_text("app = 1\n")
    return tmp_path


def test_the_same_sources_have_the_same_fingerprint(sources: Path) -> None:
    assert fingerprint(sources, ["app.py", "functions"]) == fingerprint(sources, ["functions", "app.py"])


def test_a_changed_line_changes_the_fingerprint(sources: Path) -> None:
    before = fingerprint(sources, ["functions"])
    (sources / "functions" / "stop" / "handler.py").write_text("def handler(): pass\n")

    assert fingerprint(sources, ["functions"]) != before


def test_a_renamed_file_changes_the_fingerprint(sources: Path) -> None:
    before = fingerprint(sources, ["functions"])
    (sources / "functions" / "stop" / "handler.py").rename(sources / "functions" / "stop" / "main.py")

    assert fingerprint(sources, ["functions"]) != before


def test_what_python_compiles_is_not_a_source(sources: Path) -> None:
    before = fingerprint(sources, ["functions"])
    cache = sources / "functions" / "stop" / "__pycache__"
    cache.mkdir()
    (cache / "handler.cpython-311.pyc").write_bytes(b"compiled")

    assert fingerprint(sources, ["functions"]) == before


def test_a_folder_that_is_not_there_counts_as_empty(sources: Path) -> None:
    assert fingerprint(sources, ["app.py", "portal/dist"]) == fingerprint(sources, ["app.py"])

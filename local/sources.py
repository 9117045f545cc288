"""Fingerprints of source folders: whether anything changed since the last deployment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

IGNORED = frozenset({"__pycache__", "node_modules", ".pytest_cache", ".mypy_cache"})


def fingerprint(root: Path, paths: Iterable[str]) -> str:
    """Hash names and contents of the files at and below `paths`, which are relative to `root`; absent ones are none."""
    digest = hashlib.sha256()
    for path in sorted(file for name in paths for file in _files(root / name)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for child in path.iterdir():
            if child.name not in IGNORED and child.suffix != ".pyc":
                yield from _files(child)

"""Unpack a Lambda layer once, not at every cold start.

MiniStack unzips all layers of a function into a new folder for each of its processes, and Python compiles them
anew there; on two cores that is most of a job's time. Here a process gets, in place of the layer, a file of a few
bytes that puts the layer's shared folder first on its path.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime  # type: ignore[import-not-found]
from ministack.services import lambda_svc  # type: ignore[import-not-found]

SITE = f"python/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"

Resolve = Callable[[Any], bytes | None]


class SharedLayers:
    """Layers unpacked below one folder, named by their content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def redirect(self, layer: bytes) -> bytes:
        """Return a zip that leads a process's import path to the unpacked layer."""
        python = self._unpacked(layer) / "python"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            # A `.pth` line that begins with `import` is executed when the folder joins the path.
            archive.writestr(f"{SITE}/layer.pth", f"import sys; sys.path.insert(0, {str(python)!r})\n")
        return file.getvalue()

    def _unpacked(self, layer: bytes) -> Path:
        folder = self._folder / hashlib.sha256(layer).hexdigest()[:32]
        with self._lock:
            if not folder.exists():
                unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
                with zipfile.ZipFile(io.BytesIO(layer)) as archive:
                    archive.extractall(unfinished)
                unfinished.rename(folder)
        return folder


def share_layers(folder: Path) -> None:
    """Make MiniStack's Lambda processes use layers unpacked below `folder`."""
    shared = SharedLayers(folder)
    starting = threading.local()
    spawn: Callable[[Any], None] = lambda_runtime.Worker._spawn
    resolve: Resolve = lambda_svc._resolve_layer_zip

    def spawn_sharing(worker: Any) -> None:
        starting.now = True
        try:
            spawn(worker)
        finally:
            starting.now = False

    def resolve_shared(attachment: Any) -> bytes | None:
        layer = resolve(attachment)
        # Elsewhere the real content counts: its size is checked against Lambda's limit.
        return shared.redirect(layer) if layer and getattr(starting, "now", False) else layer

    lambda_runtime.Worker._spawn = spawn_sharing
    lambda_svc._resolve_layer_zip = resolve_shared

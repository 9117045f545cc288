"""Serves a previewed task on the loopback interface: a small portal around the page in its sandbox."""

from __future__ import annotations

import mimetypes
import secrets
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from groundwork.worker_page.bundle import ALL_ELEMENTS, ELEMENTS

from local.preview_page import PreviewPage
from local.settings import ROOT

_OURS = Path(__file__).parent / "preview_portal"
_PORTAL_FILES = {"": "index.html", "portal.js": "portal.js", "portal.css": "portal.css"}
_BUNDLES = (ELEMENTS, ALL_ELEMENTS, "icons.js")
_TASK = "task/"
_PORTAL_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; base-uri 'none'"


class PreviewServer(ThreadingHTTPServer):
    """Everything lies below `address`, whose last part nobody can guess: other pages in the browser can't read it.

    Parameters
    ----------
    page
        Called for each load of the task with the server's address.
    folder
        Where relative addresses of the page are looked for.
    """

    daemon_threads = True

    def __init__(self, page: Callable[[str], PreviewPage], folder: Path, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.page = page
        self.folder = folder.resolve()
        self.prefix = f"/{secrets.token_urlsafe(9)}/"
        self.address = f"http://127.0.0.1:{self.server_address[1]}{self.prefix}"


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        """Answer one request."""
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.server.prefix):
            return self._missing()
        rest = path.removeprefix(self.server.prefix)
        if rest == _TASK:
            page = self.server.page(self.server.address)
            return self._answer(page.html.encode(), page.headers)
        if rest in _PORTAL_FILES:
            return self._file(_OURS / _PORTAL_FILES[rest], {"Content-Security-Policy": _PORTAL_POLICY})
        if rest in _BUNDLES:
            return self._file(ROOT / "portal" / "dist" / rest, {})
        wanted = (self.server.folder / rest.removeprefix(_TASK)).resolve()
        if not rest.startswith(_TASK) or not wanted.is_relative_to(self.server.folder):
            return self._missing()
        if not wanted.is_file():
            print(f"the page asks for {wanted}, which is no file", file=sys.stderr)
        # The task's frame has an origin of its own, so even its own server is another one.
        return self._file(wanted, {"Access-Control-Allow-Origin": "*"})

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: `_missing` tells what matters to the author of a template."""

    def _file(self, path: Path, headers: Mapping[str, str]) -> None:
        if not path.is_file():
            return self._missing()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        text = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        return self._answer(path.read_bytes(), {"Content-Type": text, "Cache-Control": "no-store", **headers})

    def _answer(self, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _missing(self) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

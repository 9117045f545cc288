"""A small HTTP client that keeps its connections and resolves `*.localhost` to the loopback address.

Browsers resolve those names themselves; Python asks the system, which on many machines does not know them.
"""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Response:
    """Status and whole body of an answer."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        """Parse the body; an empty body is an empty object."""
        return json.loads(self.body) if self.body else {}


class HttpClient:
    """Sends requests; one client for one thread."""

    def __init__(self) -> None:
        self._connections: dict[tuple[str, str], HTTPConnection] = {}

    def send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Response:
        """Send a request and read the answer.

        A kept connection that the server has closed meanwhile is opened again once.
        """
        parts = urlsplit(url)
        key = (parts.scheme, parts.netloc)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        kept = key in self._connections
        try:
            return self._send(key, method, target, headers or {}, body)
        except (HTTPException, ConnectionError):
            self.close(key)
            if not kept:
                raise
            return self._send(key, method, target, headers or {}, body)

    def close(self, key: tuple[str, str] | None = None) -> None:
        """Close one connection, or all."""
        for each in [key] if key else list(self._connections):
            connection = self._connections.pop(each, None)
            if connection is not None:
                connection.close()

    def _send(
        self, key: tuple[str, str], method: str, target: str, headers: Mapping[str, str], body: bytes | None
    ) -> Response:
        if key not in self._connections:
            self._connections[key] = _connection(*key)
        connection = self._connections[key]
        connection.request(method, target, body=body, headers=dict(headers))
        answer = connection.getresponse()
        return Response(answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()})


def _connection(scheme: str, netloc: str) -> HTTPConnection:
    if scheme == "https":
        return _LoopbackHttps(netloc, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    return _LoopbackHttp(netloc, timeout=TIMEOUT_SECONDS)


def _open_socket(host: str, port: int) -> socket.socket:
    address = "127.0.0.1" if host.endswith(".localhost") else host
    opened = socket.create_connection((address, port), TIMEOUT_SECONDS)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


class _LoopbackHttp(HTTPConnection):
    def connect(self) -> None:
        self.sock = _open_socket(self.host, self.port)


class _LoopbackHttps(HTTPSConnection):
    def __init__(self, netloc: str, *, timeout: float, context: ssl.SSLContext) -> None:
        super().__init__(netloc, timeout=timeout, context=context)
        self._trust = context

    def connect(self) -> None:
        self.sock = self._trust.wrap_socket(_open_socket(self.host, self.port), server_hostname=self.host)

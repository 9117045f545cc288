"""Unit tests are of pure code: opening a socket is a failure."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_network(socket_disabled: None) -> None:
    """Refuse sockets in every unit test."""

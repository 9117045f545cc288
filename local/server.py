"""Serve MiniStack on the loopback interface and keep its state safe from a sudden end.

Runs in MiniStack's own environment (`.ministack-venv`), which holds nothing of ours. MiniStack saves its
services when it is asked to stop; a machine that loses power does not ask. This process writes the same
files every two seconds, so a restart finds all but the last moments. S3 objects are written through at once.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import resource
import signal
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import IO, Any

from hypercorn.asyncio import serve  # type: ignore[import-not-found]
from hypercorn.config import Config  # type: ignore[import-not-found]
from ministack import app as ministack  # type: ignore[import-not-found]
from ministack.core import persistence, tls  # type: ignore[import-not-found]

from local.emulator_repairs import repair
from local.shared_layers import share_layers

CHECKPOINT_SECONDS = 2.0
# Background work (Lambda workers, state machines) goes on a little after the last request.
SETTLE_SECONDS = 10.0
# Of the time; nothing else is served while a checkpoint is written.
LARGEST_SHARE = 0.25
# Large, and changed by a deployment or of no use to a job; a deployment asks for a checkpoint when it is through.
SLOW_SERVICES = frozenset({"lambda", "cloudformation", "cloudwatch_logs"})
SLOW_SECONDS = 60.0
HEALTH = "/_ministack/health"
CHECKPOINT = "/_groundwork/checkpoint"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

logger = logging.getLogger("groundwork.local")


class Checkpoint:
    """Writes each service's state when it differs from what is on disk."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._written: dict[str, Any] = {}
        self._last_request = time.monotonic()
        self._last_whole = 0.0

    def note_request(self) -> None:
        """Tell that something may have changed."""
        self._last_request = time.monotonic()

    async def run(self) -> None:
        """Write every two seconds while the cloud is in use; less often when a checkpoint takes long."""
        pause = CHECKPOINT_SECONDS
        while True:
            await asyncio.sleep(pause)
            began = time.monotonic()
            if began - self._last_request < SETTLE_SECONDS:
                self.write(whole=began - self._last_whole > SLOW_SECONDS)
            pause = max(CHECKPOINT_SECONDS, (time.monotonic() - began) / LARGEST_SHARE)

    def write(self, *, whole: bool = True) -> None:
        """Write now; unless `whole`, without the large services.

        Stays on the event loop: a DynamoDB transaction is applied between two of its turns, so none is torn.
        """
        self._directory.mkdir(parents=True, exist_ok=True)
        self._last_whole = time.monotonic() if whole else self._last_whole
        for service, state_of in ministack._build_persistence_save_dict().items():
            if service in SLOW_SERVICES and not whole:
                continue
            try:
                self._write_service(service, state_of())
            except Exception:
                # One service that changes under our hands keeps its previous file until the next round.
                logger.exception("checkpoint of %s failed", service)

    def _write_service(self, service: str, state: Any) -> None:
        """Write MiniStack's file of one service; states are compared first, for turning them into JSON is slow."""
        plain = _plain(state)
        if state is None or plain == self._written.get(service):
            return
        content = {"__ministack_format__": persistence._state_format_version(service), "payload": state}
        path = self._directory / f"{service}.json"
        new = path.with_suffix(".new")
        # `dumps` is several times faster than the streaming `dump` that MiniStack uses.
        new.write_text(json.dumps(content, default=persistence._json_default))
        new.replace(path)
        self._written[service] = plain


def _plain(state: Any) -> Any:
    """Return a state so that it can be compared: MiniStack's per-account containers are equal only to themselves."""
    if not isinstance(state, dict):
        return state
    return {name: getattr(value, "_data", value) for name, value in state.items()}


def watched(checkpoint: Checkpoint) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """Return MiniStack's application with requests reported to the checkpoint."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path") == CHECKPOINT:
            checkpoint.write()
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        if scope["type"] != "lifespan" and scope.get("path") != HEALTH:
            checkpoint.note_request()
        await ministack.app(scope, receive, send)

    return application


def server_config() -> Config:
    """Return Hypercorn's settings, as MiniStack's own start has them."""
    config = Config()
    config.bind = [f"{os.environ['BIND_HOST']}:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    if tls.use_ssl_enabled():
        config.certfile, config.keyfile = tls.resolve_tls_material()
    return config


async def run(checkpoint: Checkpoint) -> None:
    """Serve until SIGTERM or SIGINT, checkpointing meanwhile."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)

    async def until_stopped() -> None:
        await stopped.wait()
        checkpoint.write()

    saving = asyncio.create_task(checkpoint.run())
    try:
        await serve(watched(checkpoint), server_config(), shutdown_trigger=until_stopped)
    finally:
        saving.cancel()


def hold_pid_file() -> IO[str]:
    """Write our process id into the pid file and lock it; a held lock is how others know that we run."""
    file = Path(os.environ["GROUNDWORK_PID_FILE"]).open("a+")  # noqa: SIM115 (held as long as the process lives)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise SystemExit(f"another server holds {file.name}") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def main() -> None:
    """Run the local cloud in the foreground."""
    with hold_pid_file():
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < hard:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        repair()
        share_layers(Path(os.environ["GROUNDWORK_LAYERS"]))
        asyncio.run(run(Checkpoint(Path(os.environ["STATE_DIR"]))))

"""Start and stop the local cloud: MiniStack, served by `local/server.py` in an environment of its own.

python -m local.cloud up | down | status
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

from local.certificates import ensure_certificates
from local.settings import ROOT, CloudSettings, default_settings, without_aws

# Not `-m` with a PYTHONPATH: the Lambdas would inherit that, and import what their packages do not carry.
SERVE = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from local.server import main; main()"
PYTHON = ROOT / ".ministack-venv" / "bin" / "python"
START_SECONDS = 60.0
STOP_SECONDS = 8.0


class CloudError(Exception):
    """The local cloud can't be started or stopped; the text says why and what to do."""


def running_pid(settings: CloudSettings) -> int | None:
    """Return the server's process id, or None when no server holds the pid file."""
    try:
        file = settings.pid_file.open()
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            text = file.read().strip()
            return int(text) if text else None
    return None


def checkpoint(settings: CloudSettings) -> None:
    """Have the cloud write all of its state now."""
    context = ssl.create_default_context(cafile=str(settings.authority)) if settings.tls else None
    urllib.request.urlopen(f"{settings.endpoint}/_groundwork/checkpoint", timeout=60, context=context).close()


def healthy(settings: CloudSettings) -> bool:
    """Return whether the server answers."""
    context = ssl.create_default_context(cafile=str(settings.authority)) if settings.tls else None
    try:
        with urllib.request.urlopen(f"{settings.endpoint}/_ministack/health", timeout=2, context=context) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def start(settings: CloudSettings) -> bool:
    """Start the server and wait until it answers.

    Returns
    -------
    bool
        False when it ran already.

    Raises
    ------
    CloudError
        The port is taken, MiniStack is not installed, or the server ended or did not answer in time.
    """
    if running_pid(settings) is not None and healthy(settings):
        return False
    if not PYTHON.exists():
        raise CloudError("MiniStack is not installed: run `make environments` first")
    _refuse_taken_port(settings)
    shutil.rmtree(settings.temporary, ignore_errors=True)
    settings.temporary.mkdir(parents=True)
    if settings.tls:
        ensure_certificates(settings)
    with settings.log_file.open("ab") as log:
        process = subprocess.Popen(
            [str(PYTHON), "-c", SERVE],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_inherited_environment() | settings.server_environment(),
            cwd=settings.directory,
            # A group of its own, so that a stop reaches the Lambdas as well, and Ctrl-C in the shell does not.
            start_new_session=True,
        )
    _wait_until_healthy(settings, process)
    return True


def stop(settings: CloudSettings) -> bool:
    """Stop the server: ask, and after a few seconds force. Returns False when none ran.

    Forcing loses nothing that matters: the last checkpoint is at most two seconds old.
    """
    pid = running_pid(settings)
    if pid is None:
        return False
    _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while running_pid(settings) is not None and time.monotonic() < deadline:
        time.sleep(0.1)
    # The group outlives its leader while Lambdas still work.
    kill(settings, pid)
    return True


def kill(settings: CloudSettings, pid: int | None = None) -> None:
    """End the server and its Lambdas at once, as a power cut would."""
    pid = pid or running_pid(settings)
    if pid is None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    while running_pid(settings) is not None:
        time.sleep(0.05)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _inherited_environment() -> dict[str, str]:
    """Return this process's environment without what would lead MiniStack's Python astray."""
    return {name: value for name, value in without_aws(os.environ).items() if not name.startswith("PYTHON")}


def _refuse_taken_port(settings: CloudSettings) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if probe.connect_ex(("127.0.0.1", settings.port)) == 0:
            raise CloudError(
                f"port {settings.port} is taken by another program. "
                f"Stop that, or choose another port: LOCAL_PORT={settings.port + 1} make up"
            )


def _wait_until_healthy(settings: CloudSettings, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise CloudError(f"the server ended with code {process.returncode}; its log: {settings.log_file}")
        if healthy(settings):
            # The process is meant to outlive us; without this Python would warn about it at exit.
            process.returncode = 0
            return
        time.sleep(0.1)
    kill(settings, process.pid)
    raise CloudError(f"the server did not answer within {START_SECONDS:.0f} s; its log: {settings.log_file}")


def main() -> None:
    """Run one of `up`, `down`, `status`."""
    settings = default_settings()
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    try:
        if command == "up":
            print(f"local cloud {'started' if start(settings) else 'runs already'} at {settings.endpoint}")
        elif command == "down":
            print("local cloud stopped, its data is kept" if stop(settings) else "no local cloud runs")
        elif command == "status":
            print(f"running at {settings.endpoint}" if running_pid(settings) else "not running")
        else:
            raise SystemExit("usage: python -m local.cloud up|down|status")
    except CloudError as error:
        raise SystemExit(f"error: {error}") from None


if __name__ == "__main__":
    main()

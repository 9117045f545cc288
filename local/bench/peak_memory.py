"""How much memory a process has held."""

from __future__ import annotations

import re
import resource
from pathlib import Path


def peak_megabytes() -> float:
    """Tell the most memory this process has held.

    Linux's getrusage also remembers the process that started this one, so its own figure is read there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) * 1_024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6

"""How large the portal's bundles are, as CloudFront sends them: compressed."""

from __future__ import annotations

import gzip
from pathlib import Path

from groundwork.worker_page.bundle import ALL_ELEMENTS, CORE_ELEMENTS, ELEMENTS

from local.bench.table import Table, against
from local.settings import ROOT

AIM_KB = 60.0


def measure() -> Table:
    """Compress the built bundles.

    Raises
    ------
    SystemExit
        The portal has not been built.
    """
    dist = ROOT / "portal" / "dist"
    if not (dist / ELEMENTS).is_file():
        raise SystemExit("error: the portal is not built; `make bench` builds it first")
    core = _kilobytes(dist / ELEMENTS)
    rows = [
        (f"{ELEMENTS}: {len(CORE_ELEMENTS)} elements for choosing and writing", f"{core:.1f}", against(core, AIM_KB)),
        (f"{ALL_ELEMENTS}: with the tools for drawing and marking", f"{_kilobytes(dist / ALL_ELEMENTS):.1f}", ""),
    ]
    note = "A page loads one of the two, by the elements it names."
    return Table("Bundles of crowd elements", ("bundle", "kB gzip", f"under {AIM_KB:.0f} kB"), rows, (note,))


def _kilobytes(file: Path) -> float:
    return len(gzip.compress(file.read_bytes(), 9, mtime=0)) / 1000

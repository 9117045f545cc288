"""How fast a manifest is validated and how much memory that takes.

Called as `python -m local.bench.validation LINES` it measures in its own process, so that the peak of memory is
that of the validation alone; `measure` starts that.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from groundwork.prepare_job.lines import LineRules
from groundwork.prepare_job.sharding import LARGEST_SHARD, summarize
from groundwork.task_types.image_classification import IMAGE_CLASSIFICATION

from local.bench.peak_memory import peak_megabytes
from local.bench.table import Table, against

LINES = 1_000_000
CHUNK_BYTES = 1 << 20
BUCKET = "street-scenes"
RULES = LineRules.of(IMAGE_CLASSIFICATION, {BUCKET})
AIM_LINES_PER_SECOND = 100_000
AIM_MEGABYTES = 150


def manifest_chunks(count: int, size: int = CHUNK_BYTES) -> Iterator[bytes]:
    """Generate a manifest of `count` image lines in pieces of `size` bytes, as S3 streams one."""
    held = bytearray()
    for number in range(count):
        held += (
            b'{"source-ref": "s3://%s/2026/camera-%02d/frame-%08d.jpg", "camera": {"height": 4.2, "lane": %d}}\n'
            % (BUCKET.encode(), number % 40, number, number % 3)
        )
        if len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def validate(count: int) -> dict[str, float]:
    """Validate a generated manifest and return seconds, the generator's own seconds, and peak memory in MB."""
    started = time.perf_counter()
    size = sum(map(len, manifest_chunks(count)))
    generated = time.perf_counter() - started
    before = peak_megabytes()
    started = time.perf_counter()
    summary = summarize(manifest_chunks(count), RULES, LARGEST_SHARD, f"s3://{BUCKET}/frames.manifest")
    seconds = time.perf_counter() - started
    if summary.objects != count or summary.problems or summary.failed:
        raise RuntimeError(f"the generated manifest is not sound: {summary.objects} objects, {summary.problems[:3]}")
    return {
        "bytes": size,
        "seconds": seconds,
        "generated": generated,
        "before": before,
        "peak": peak_megabytes(),
    }


def measure(lines: int = LINES) -> Table:
    """Validate in a process of its own and tell lines a second and memory."""
    command = [sys.executable, "-m", __name__, str(lines)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    rate = lines / (found["seconds"] - found["generated"])
    peak = found["peak"]
    return Table(
        f"Manifest validation: {lines:,} lines, {found['bytes'] / 1e6:.0f} MB in pieces of 1 MiB",
        ("", "measured", "aim", "reached"),
        (
            (
                "lines a second",
                f"{rate:,.0f}",
                f"{AIM_LINES_PER_SECOND:,}",
                against(rate, AIM_LINES_PER_SECOND, least=True),
            ),
            ("peak memory, MB", f"{peak:.0f}", f"{AIM_MEGABYTES}", against(peak, AIM_MEGABYTES)),
        ),
        (
            f"{found['seconds']:.1f} s in all, of which the generator's {found['generated']:.1f} s are subtracted; "
            f"with them {lines / found['seconds']:,.0f} lines a second",
            f"the interpreter, its imports and the generator hold {found['before']:.0f} MB of the peak",
        ),
    )


if __name__ == "__main__":
    print(json.dumps(validate(int(sys.argv[1]))))

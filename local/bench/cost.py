"""What AWS would bill for 1,000 data objects with three workers each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

from local.bench import assumptions
from local.bench.meter import Meter
from local.bench.metered_job import run
from local.bench.prices import AS_OF, PRICES, REGION, Unit
from local.bench.table import Table, against

OBJECTS = 1_000
SIZES = (50, 200)
"""Data objects of the two jobs that are run."""
AIM_USD = 0.10
GROUND_TRUTH_USD = 80.0
Kind = TypeVar("Kind", bound=Hashable)
SERVICES = {
    "dynamodb": "DynamoDB",
    "s3": "S3",
    "logs": "CloudWatch Logs",
    "scheduler": "Scheduler",
    "stepfunctions": "Step Functions",
    "events": "EventBridge",
    "cognito-idp": "Cognito",
    "sns": "SNS",
}


def measure(sizes: tuple[int, int] = SIZES) -> tuple[Table, Table]:
    """Run a small and a larger job, and show calls and price of one of 1,000 data objects.

    What a job takes whatever its size and what it takes for each data object are told apart by the two runs.
    """
    small, large = (run(size) for size in sizes)
    return calls_table(at_full_size(small.calls, large.calls, sizes)), price_table(
        at_full_size(small.units, large.units, sizes), _metrics(large, sizes[1])
    )


def at_full_size(small: Counter[Kind], large: Counter[Kind], sizes: tuple[int, int]) -> dict[Kind, float]:
    """Draw a straight line through both sizes up to `OBJECTS`."""
    share = (OBJECTS - sizes[1]) / (sizes[1] - sizes[0])
    return {kind: large[kind] + (large[kind] - small[kind]) * share for kind in small.keys() | large.keys()}


def _metrics(meter: Meter, objects: int) -> tuple[int, float]:
    """Give the number of custom metrics and their hours with values in a job of `OBJECTS`."""
    hours = {hour for values in meter.metrics.values() for hour in values}
    worked = OBJECTS * assumptions.SECONDS_AN_ANSWER / 3_600
    filled = sum(map(len, meter.metrics.values())) / len(hours)
    return len(meter.metrics), filled * max(1.0, worked)


def calls_table(calls: Mapping[tuple[str, str], float]) -> Table:
    """Show what the functions called."""
    sums: Counter[str] = Counter()
    for (service, _), count in calls.items():
        sums[service] += round(count)
    rows = [
        (SERVICES.get(service, service), f"{count:,}", _operations(calls, service))
        for service, count in sums.most_common()
    ]
    title = f"AWS calls of the functions per {OBJECTS:,} data objects, {assumptions.WORKERS} workers each"
    return Table(f"{title}, {_origin()}", ("service", "calls", "operations"), _flush_left(rows))


def price_table(billed: Mapping[Unit, float], metrics: tuple[int, float]) -> Table:
    """Price what is billed."""
    prices = {unit: amount * PRICES[unit].each for unit, amount in billed.items()}
    total = sum(prices.values())
    rows = [
        (unit.value, _figure(billed[unit]), _price(unit), f"{prices[unit]:.4f}", f"{prices[unit] / total:.0%}")
        for unit in Unit
        if unit in billed
    ]
    count, hours = metrics
    usd = hours * PRICES[Unit.METRIC_HOUR].each
    return Table(
        f"Price per {OBJECTS:,} data objects, {assumptions.WORKERS} workers each, {_origin()}: "
        f"list prices of {REGION}, {AS_OF}, no free tiers",
        ("billed unit", "amount", "USD a unit", "USD", "share"),
        [*rows, ("sum", "", "", f"{total:.4f}", f"under {AIM_USD:.2f}: {against(total, AIM_USD)}")],
        (
            f"Ground Truth asked {GROUND_TRUTH_USD:.0f} USD: {GROUND_TRUTH_USD / total:,.0f} times as much",
            f"not in the sum: {count} custom metrics, {hours:,.0f} metric hours, {usd:.3f} USD",
            *_assumed(),
        ),
    )


def _assumed() -> Iterator[str]:
    waits = ", ".join(f"{service} {seconds * 1000:.0f} ms" for service, seconds in assumptions.CALL_SECONDS.items())
    yield f"assumed: {assumptions.WORKERS} workers at a time, {assumptions.SECONDS_AN_ANSWER:.0f} s an answer"
    yield (
        f"assumed: a Lambda works {assumptions.LAMBDA_SECONDS * 1000:.0f} ms and waits for each call in turn: {waits}; "
        f"a cold start is billed {assumptions.COLD_SECONDS:.1f} s"
    )
    yield f"assumed: {assumptions.PLATFORM_LOG_BYTES} bytes of Lambda's own log an invocation"


def _operations(calls: Mapping[tuple[str, str], float], service: str) -> str:
    found = {operation: round(count) for (of, operation), count in calls.items() if of == service}
    return ", ".join(f"{operation} {found[operation]:,}" for operation in sorted(found, key=lambda each: -found[each]))


def _flush_left(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Fill the last column, which is text, so that it stands left."""
    width = max(len(row[2]) for row in rows)
    return [(service, count, text.ljust(width)) for service, count, text in rows]


def _origin() -> str:
    return f"drawn from jobs of {SIZES[0]} and {SIZES[1]}"


def _figure(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:.4f}"


def _price(unit: Unit) -> str:
    price = PRICES[unit]
    per = {1_000_000: " / million", 1_000: " / thousand"}.get(int(price.per), "")
    return f"{price.usd:g}{per}"

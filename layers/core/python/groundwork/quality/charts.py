"""Charts of the report as inline SVG; colors come from the page's style."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 12, 28


def curve(points: Sequence[tuple[float, float]], first: str, last: str, title: str) -> str:
    """Draw a rising curve; `points` are (0 to 1 of the time, value), `first` and `last` name its ends."""
    highest = max((value for _, value in points), default=0) or 1
    places = [(_across(x), _up(value / highest)) for x, value in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    area = f"{places[0][0]:.1f},{_up(0):.1f} {line} {places[-1][0]:.1f},{_up(0):.1f}" if places else ""
    return _chart(
        title,
        _grid(highest)
        + f'<polygon class="area" points="{area}"/><polyline class="line" points="{line}"/>'
        + _text(LEFT, HEIGHT - 8, first, "start")
        + _text(WIDTH - RIGHT, HEIGHT - 8, last, "end"),
    )


def columns(bars: Sequence[tuple[str, int]], title: str) -> str:
    """Draw a column for each (name, count)."""
    highest = max((count for _, count in bars), default=0) or 1
    width = (WIDTH - LEFT - RIGHT) / max(1, len(bars))
    drawn = "".join(
        f'<rect class="bar" x="{LEFT + number * width + 2:.1f}" y="{_up(count / highest):.1f}" '
        f'width="{max(1.0, width - 4):.1f}" height="{_up(0) - _up(count / highest):.1f}" rx="2">'
        f"<title>{escape(name)}: {count:,}</title></rect>"
        + _text(LEFT + (number + 0.5) * width, HEIGHT - 8, name, "middle")
        for number, (name, count) in enumerate(bars)
    )
    return _chart(title, _grid(highest) + drawn)


def bar(share: float, title: str) -> str:
    """Draw one horizontal bar, as wide as its cell; `share` from 0 to 1."""
    return (
        f'<svg class="cell" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{escape(title)}">'
        f'<rect class="track" width="100" height="10"/><rect class="bar" width="{100 * _clipped(share):.2f}" '
        f'height="10"/></svg>'
    )


def interval(value: float, low: float, high: float, title: str) -> str:
    """Draw a value with its interval on a scale from 0 to 1."""
    left, right = 100 * _clipped(low), 100 * _clipped(high)
    return (
        f'<svg class="cell" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{escape(title)}">'
        f'<rect class="track" width="100" height="10"/>'
        f'<rect class="range" x="{left:.2f}" width="{max(0.5, right - left):.2f}" height="10"/>'
        f'<rect class="mark" x="{min(98.8, max(0.0, 100 * value - 0.6)):.2f}" width="1.2" height="10"/></svg>'
    )


def _chart(title: str, content: str) -> str:
    return f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">{content}</svg>'


def _grid(highest: float) -> str:
    return "".join(
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_up(share):.1f}" y2="{_up(share):.1f}"/>'
        + _text(LEFT - 8, _up(share) + 4, f"{highest * share:,.0f}", "end")
        for share in ((0.0, 0.5, 1.0) if highest > 1 else (0.0, 1.0))
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _across(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _up(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def _clipped(share: float) -> float:
    return min(1.0, max(0.0, share))

"""A plot of seconds by candidates, both on logarithmic scales, as SVG."""

import math
from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, EDGE = 640, 400, 60
COLOURS = ("#1b5e9b", "#c0392b", "#2e8b57", "#8e5a9f")


def plot(curves: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """The curves, each with its name at its last point."""
    points = [p for curve in curves.values() for p in curve]
    if not points:
        return '<svg xmlns="http://www.w3.org/2000/svg"/>\n'
    low_x, high_x = (f(math.log10(x) for x, _ in points) for f in (min, max))
    low_y = math.floor(min(math.log10(y) for _, y in points))
    high_y = math.ceil(max(math.log10(y) for _, y in points))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low_x) / ((high_x - low_x) or 1)
        up = (math.log10(y) - low_y) / ((high_y - low_y) or 1)
        return EDGE + across * (WIDTH - 4 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(low_y, high_y + 1):
        _, y = at(10**low_x, 10**power)
        parts.append(f'<path d="M{EDGE} {y:.0f}H{WIDTH - 3 * EDGE}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{EDGE - 8}" y="{y + 4:.0f}" text-anchor="end">{10**power:g} s</text>'
        )
    for people in sorted({x for x, _ in points}):
        x, _ = at(people, 10**low_y)
        parts.append(
            f'<text x="{x:.0f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{people:g}</text>'
        )
    for (name, curve), colour in zip(curves.items(), COLOURS, strict=False):
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*p) for p in curve))
        for x, y in (at(*p) for p in curve):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
        x, y = at(*curve[-1])
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{x + 8:.0f}" y="{y + 4:.0f}" fill="{colour}">{name}</text>')
    middle = (WIDTH - 2 * EDGE) / 2
    parts.append(f'<text x="{middle:.0f}" y="{HEIGHT - 12}" text-anchor="middle">candidates</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"

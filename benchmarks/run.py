"""The engine against other ways to solve the same programme, on rounds of growing size.

`make bench` prints a table as it goes and writes docs/benchmarks.md and docs/benchmarks.svg.
Seconds are for orientation; what counts is the ratio of two engines in the same run. `SECONDS` is
the limit for each engine on each round. BENCH=40,120 measures other sizes.
"""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.plot import plot

SIZES = tuple(int(n) for n in os.environ.get("BENCH", "40,80,120,200,600").split(","))
SECONDS = 60
LARGEST_WITHOUT_LIMIT = 120
LARGEST_FOR_OTHERS = 120
OTHERS = ("relaxations", "CP-SAT one by one", "HiGHS one by one", "CP-SAT weighted")
DOCS = Path(__file__).parent.parent / "docs"

Result = dict[str, float]


def measure(engine: str, people: int) -> Result:
    """One engine on one round; what it printed."""
    # With a limit alis uses part of the time for something else than the proof.
    free = engine == "alis" and people <= LARGEST_WITHOUT_LIMIT
    seconds = "0" if free else str(SECONDS)
    call = [sys.executable, "-m", "benchmarks.one", engine, "nord", str(people), "1", seconds]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    result: Result = json.loads(done.stdout)
    return result


def proved(result: Result) -> bool:
    """Whether every goal was."""
    return result["goals"] == result["of"]


def exponent(points: list[tuple[float, float]]) -> float:
    """The slope of a line through the logarithms (least squares)."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    across = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / across if across else 0.0


def against(other: Result, own: Result) -> str:
    """How many times as long as the engine; at least so many where it did not finish."""
    ratio = f"{other['solve'] / own['solve']:.1f}"
    return ratio if proved(other) else f"> {ratio} ({other['goals']:.0f} of {other['of']:.0f})"


def main() -> None:
    """Measure, print and write."""
    lines = [
        "| candidates | columns | read s | options s | solve s | goals proved | by certificate "
        "| MiB | times its relaxations | " + " | ".join(OTHERS[1:]) + " |",
        "|" + "---|" * (9 + len(OTHERS) - 1),
    ]
    print("\n".join(lines), flush=True)
    curves: dict[str, list[tuple[float, float]]] = {}
    for people in SIZES:
        own = measure("alis", people)
        if proved(own):
            curves.setdefault("alis", []).append((people, own["solve"]))
        row = [
            f"{people:,}",
            f"{own['columns']:,}",
            f"{own['read']:.1f}",
            f"{own['options']:.1f}",
            f"{own['solve']:.1f}",
            f"{own['goals']:.0f} of {own['of']:.0f}",
            f"{own['certified']:.0f} of {own['pairs']:.0f}",
            f"{own['MiB']:.0f}",
        ]
        for engine in OTHERS:
            if people > LARGEST_FOR_OTHERS:
                row.append("not measured")
                continue
            other = measure(engine, people)
            if engine == OTHERS[0]:
                row.append(f"{own['solve'] / other['solve']:.1f}")
            else:
                row.append(against(other, own))
                if proved(other):
                    curves.setdefault(engine, []).append((people, other["solve"]))
        lines.append("| " + " | ".join(row) + " |")
        print(lines[-1], flush=True)
    growth = exponent(curves.get("alis", []))
    text = (
        "# Benchmarks\n\n"
        "Made by `make bench`; how, stands in `benchmarks/run.py`. Rounds are `alis sample` (nord) "
        f"with seed 1; each engine gets two cores and {SECONDS} seconds for each round (alis as "
        f"long as it needs up to {LARGEST_WITHOUT_LIMIT} candidates). The "
        "last columns say how many times as long as alis another way to solve the same programme "
        "took; `>` where it was not done, with the goals that it had proved. The others do not "
        "look for other plans; alis does.\n\n"
        + "\n".join(lines)
        + f"\n\nOver the rounds that it finished, the time of alis grows with the number of "
        f"candidates to the power {growth:.1f}.\n\n![Seconds by candidates](benchmarks.svg)\n"
    )
    (DOCS / "benchmarks.md").write_text(text, encoding="utf-8")
    (DOCS / "benchmarks.svg").write_text(plot(curves), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The engine against other ways to solve the same programme, on rounds of growing size.

`make bench` prints a table as it goes and writes docs/benchmarks.md and docs/benchmarks.svg.
Seconds are for orientation; what counts is the ratio of two engines in the same run.
BENCH=nord:40,hard:60 measures other rounds.
"""

import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.plot import plot

_ROUNDS = "nord:40,nord:80,nord:120,nord:200,nord:600,country:2000,country:10000,hard:300"
# Seconds for each engine on a round; a country has more.
SECONDS, SECONDS_OF_A_COUNTRY = 60, 300
LARGEST_WITHOUT_LIMIT = 120
# The others are not asked about larger rounds.
LARGEST_FOR_OTHERS = {"nord": 120, "country": 2000, "hard": 300}
OTHERS = ("relaxations", "CP-SAT one by one", "HiGHS one by one", "CP-SAT weighted")
DOCS = Path(__file__).parent.parent / "docs"

_ABOUT = f"""# Benchmarks

Made by `make bench`; how, stands in `benchmarks/run.py` and `benchmarks/rounds.py`. *nord* is
`alis sample` with seed 1; *country* is regions of 100 candidates beside each other, nord and vest
in turn, each with its own trusts; *hard* is one trust where all want the same site first and two in
five accept three plus three. Each engine gets two cores and {SECONDS} seconds
({SECONDS_OF_A_COUNTRY} for a country; alis as long as it needs up to {LARGEST_WITHOUT_LIMIT}
candidates of nord).

*Placed* is how many the plan places, and in brackets how many a plan that is as good in the goal
before it can place at most, as far as that is proved. *By certificate* counts goals of parts of the
round. The last columns say how many times as long as alis another way to solve the same programme
took; `>` where it was not done, with the goals that it had proved. The others do not look for other
plans; alis does. MiB is the peak of the process that solves, or of the largest of its helpers.
Where alis has proved nothing, a ratio says nothing. Where it takes longer than its limit, the time
went to writing the programme, which is not cut short.
"""
_GROWTH = """
Over the rounds of nord that it finished, the time of alis grows with the number of candidates to
the power {:.1f}.

![Seconds by candidates](benchmarks.svg)
"""

Result = dict[str, float]


@dataclass(frozen=True, slots=True)
class Size:
    """A round to measure: its kind and how many candidates."""

    kind: str
    people: int

    @property
    def limit(self) -> int:
        """Seconds for each engine."""
        return SECONDS_OF_A_COUNTRY if self.kind == "country" else SECONDS

    @property
    def others(self) -> tuple[str, ...]:
        """What alis is compared with."""
        if self.people > LARGEST_FOR_OTHERS.get(self.kind, 0):
            return ()
        return {"nord": OTHERS, "country": OTHERS[:2]}.get(self.kind, OTHERS[1:2])


def sizes() -> list[Size]:
    """The rounds asked for."""
    asked = (text.split(":") for text in os.environ.get("BENCH", _ROUNDS).split(","))
    return [Size(kind, int(people)) for kind, people in asked]


def measure(engine: str, size: Size) -> Result:
    """One engine on one round; what it printed."""
    # With a limit alis uses part of the time for something else than the proof.
    free = engine == "alis" and size.kind == "nord" and size.people <= LARGEST_WITHOUT_LIMIT
    seconds = "0" if free else str(size.limit)
    call = [
        sys.executable,
        "-m",
        "benchmarks.one",
        engine,
        size.kind,
        str(size.people),
        "1",
        seconds,
    ]
    # What goes wrong is told where the run is watched.
    done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)
    result: Result = json.loads(done.stdout)
    return result


def proved(result: Result) -> bool:
    """Whether every goal was."""
    return result["goals"] == result["of"]


def exponent(points: list[tuple[float, float]]) -> float:
    """The slope of a line through the logarithms (least squares); 0 for fewer than two points."""
    if len(points) < 2:
        return 0.0
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    across = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / across if across else 0.0


def against(other: Result, own: Result) -> str:
    """How many times as long as the engine; at least so many where it did not finish."""
    ratio = f"{other['solve'] / own['solve']:.1f}"
    return ratio if proved(other) else f"> {ratio} ({other['goals']:.0f} of {other['of']:.0f})"


def at_most(result: Result) -> str:
    """How many can be placed at most."""
    bound = result.get("placed_bound")
    return "not known" if bound is None else f"{bound:,}"


def main() -> None:
    """Measure, print and write."""
    lines = [
        "| round | candidates | columns | read s | options s | solve s | placed | goals proved "
        "| by certificate | MiB | times its relaxations | " + " | ".join(OTHERS[1:]) + " |",
        "|" + "---|" * (11 + len(OTHERS) - 1),
    ]
    print("\n".join(lines), flush=True)
    curves: dict[str, list[tuple[float, float]]] = {}
    for size in sizes():
        own = measure("alis", size)
        if proved(own) and size.kind == "nord":
            curves.setdefault("alis", []).append((size.people, own["solve"]))
        row = [
            size.kind,
            f"{size.people:,}",
            f"{own['columns']:,}",
            f"{own['read']:.1f}",
            f"{own['options']:.1f}",
            f"{own['solve']:.1f}",
            f"{own['placed']:,} ({at_most(own)})",
            f"{own['goals']:.0f} of {own['of']:.0f}",
            f"{own['certified']:.0f} of {own['pairs']:.0f} (proved {own['proved']:.0f})",
            f"{own['MiB']:.0f}",
        ]
        for engine in OTHERS:
            if engine not in size.others:
                row.append("not measured")
                continue
            other = measure(engine, size)
            if engine == OTHERS[0]:
                row.append(f"{own['solve'] / other['solve']:.1f}")
            else:
                row.append(against(other, own))
                if proved(other) and size.kind == "nord":
                    curves.setdefault(engine, []).append((size.people, other["solve"]))
        lines.append("| " + " | ".join(row) + " |")
        print(lines[-1], flush=True)
    growth = exponent(curves.get("alis", []))
    text = f"{_ABOUT}\n{chr(10).join(lines)}\n{_GROWTH.format(growth)}"
    (DOCS / "benchmarks.md").write_text(text, encoding="utf-8")
    (DOCS / "benchmarks.svg").write_text(plot(curves), encoding="utf-8")


if __name__ == "__main__":
    main()

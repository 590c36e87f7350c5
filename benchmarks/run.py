"""The engine against other ways to solve the same programme, and the whole of `alis plan`.

`make bench` prints a table as it goes and writes docs/benchmarks.md. BENCH=nord:40:1,hard:120:1
measures other rounds, and BENCH_RUNS=1 measures once.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low
from tempfile import TemporaryDirectory

from benchmarks.baselines import BASELINES
from benchmarks.rounds import LARGE, ROUNDS, facts_of
from scheduler.locale import Translator
from scheduler.tables.writing import write_input

RUNS = int(os.environ.get("BENCH_RUNS", "3"))
# Rounds of more people are measured once.
LARGEST_SEVERAL_TIMES = 200
# Seconds after which a solve is given up, and for each of the others.
SECONDS, SECONDS_FOR_OTHERS = 600, 60
# The others are not asked about larger rounds.
LARGEST_FOR_OTHERS = 120
DOCS = Path(__file__).parent.parent / "docs"

_ABOUT = f"""# Benchmarks

Made by `make bench`; how, stands in `benchmarks/run.py` and `benchmarks/rounds.py`. *nord* is a
region of `alis sample` with one in twenty open to three plus three, *stress* one with one in five;
a *country* is regions of 55, 75, 120 and 350 candidates beside each other, again and again, each
with its own trusts; *hard* is one trust where all want the same site first and two in five accept
three plus three. Seconds are the median of so many runs, on two cores. *Solve* is `solve` alone,
uniqueness included, *plan* the whole command `alis plan` with explanations, the check and all
workbooks; `>` was given up or stopped after {SECONDS} s. *By certificate* counts goals of parts of
the round. The last columns say how many times as long as *solve* another way to solve the same
programme took; `>` where it was not done in {SECONDS_FOR_OTHERS} s, with the goals that it had
proved. The others do not look for other plans.
"""

Result = dict[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A round to measure: its kind, how many candidates, and the seed."""

    kind: str
    people: int
    seed: int

    @property
    def runs(self) -> int:
        """How many times."""
        return RUNS if self.people <= LARGEST_SEVERAL_TIMES else 1


def asked_for() -> list[Measured]:
    """The rounds to measure."""
    asked = os.environ.get("BENCH", "")
    if not asked:
        return [Measured(*own) for own in (*ROUNDS, *LARGE)]
    own = (text.split(":") for text in asked.split(","))
    return [Measured(kind, int(people), int(seed)) for kind, people, seed in own]


def measure(engine: str, size: Measured, seconds: int) -> Result:
    """One engine on one round; what it printed."""
    call = [sys.executable, "-m", "benchmarks.one", engine]
    call += [size.kind, str(size.people), str(size.seed), str(seconds)]
    # What goes wrong is told where the run is watched.
    done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)
    result: Result = json.loads(done.stdout)
    return result


def whole_command(size: Measured) -> float | None:
    """Seconds of `alis plan`; None if it was stopped."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "input.xlsx"
        write_input(path, facts_of(size.kind, size.people, size.seed), Translator("nb"))
        call = [sys.executable, "-m", "cli", "plan", str(path), "--out", str(Path(folder) / "out")]
        start = time.perf_counter()
        try:
            done = subprocess.run(call, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode not in (0, 4, 5):
            raise RuntimeError(done.stderr.decode())
        return time.perf_counter() - start


def against(other: Result, own: float) -> str:
    """How many times as long as the engine; at least so many where it did not finish."""
    ratio = f"{other['solve'] / own:.0f}"
    proved = other["goals"] == other["of"]
    return ratio if proved else f"> {ratio} ({other['goals']:.0f} of {other['of']:.0f})"


def row(size: Measured) -> list[str]:
    """What is told of one round."""
    own = [measure("alis", size, SECONDS) for _ in range(size.runs)]
    one, solve = own[0], median_low(r["solve"] for r in own)
    whole = [whole_command(size) for _ in range(size.runs)]
    finished = [seconds for seconds in whole if seconds is not None]
    cells = [
        f"{size.kind} {size.people} ({size.seed})",
        str(size.runs),
        f"{one['columns']:,}",
        f"{'' if one['goals'] >= one['of'] - 1 else '> '}{solve:.1f}",
        f"{median_low(finished):.1f}" if finished else f"> {SECONDS}",
        f"{one['placed']:,}",
        f"{one['goals']:.0f} of {one['of']:.0f}",
        f"{one['certified']:.0f} of {one['pairs']:.0f}",
        f"{one['MiB']:.0f}",
    ]
    for engine in BASELINES:
        if size.people > LARGEST_FOR_OTHERS:
            cells.append("not measured")
        else:
            cells.append(against(measure(engine, size, SECONDS_FOR_OTHERS), solve))
    return cells


def main() -> None:
    """Measure, print and write."""
    heads = ["round (seed)", "runs", "columns", "solve s", "plan s", "placed", "goals proved"]
    heads += ["by certificate", "MiB", *BASELINES]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    print("\n".join(lines), flush=True)
    for size in asked_for():
        lines.append("| " + " | ".join(row(size)) + " |")
        print(lines[-1], flush=True)
    text = _ABOUT + "\n" + "\n".join(lines) + "\n"
    (DOCS / "benchmarks.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

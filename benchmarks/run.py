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
from scheduler.input.writing import write_input
from scheduler.locale import Translator

RUNS = int(os.environ.get("BENCH_RUNS", "3"))
# Rounds of more people are measured once.
LARGEST_SEVERAL_TIMES = 200
# Seconds after which a solve is given up, and for each of the others.
SECONDS, SECONDS_FOR_OTHERS = 600, 60
# So many more for reading the round, before a process is stopped that does not end by itself.
_READING = 60
# The others are not asked about larger rounds.
LARGEST_FOR_OTHERS = 120
HEADS = (
    *("round (seed)", "runs", "columns", "solve s", "plan s", "placed", "goals proved"),
    *("by certificate", "MiB", *BASELINES),
)
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


def measure(engine: str, size: Measured, seconds: int) -> Result | None:
    """One engine on one round; what it printed, or None if it had to be stopped."""
    call = [sys.executable, "-m", "benchmarks.one", engine]
    call += [size.kind, str(size.people), str(size.seed), str(seconds)]
    # What goes wrong is told where the run is watched.
    try:
        done = subprocess.run(
            call, stdout=subprocess.PIPE, text=True, check=True, timeout=seconds + _READING
        )
    except subprocess.TimeoutExpired:
        return None
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


def against(other: Result | None, own: float) -> str:
    """How many times as long as the engine; at least so many where it did not finish."""
    if other is None:
        return f"> {SECONDS_FOR_OTHERS / own:.0f}"
    ratio = f"{other['solve'] / own:.0f}"
    proved = other["goals"] == other["of"]
    return ratio if proved else f"> {ratio} ({other['goals']:.0f} of {other['of']:.0f})"


def engine_cells(own: list[Result]) -> dict[str, str]:
    """What is told of the engine's runs that came to an end."""
    if not own:
        return {"solve s": f"> {SECONDS}"}
    one = own[0]
    return {
        "columns": f"{one['columns']:,}",
        "solve s": f"{median_low(r['solve'] for r in own):.1f}",
        "placed": f"{one['placed']:,}",
        "goals proved": f"{one['goals']:.0f} of {one['of']:.0f}",
        "by certificate": f"{one['certified']:.0f} of {one['pairs']:.0f}",
        "MiB": f"{one['MiB']:.0f}",
    }


def row(size: Measured) -> list[str]:
    """What is told of one round."""
    runs = [measure("alis", size, SECONDS) for _ in range(size.runs)]
    own = [run for run in runs if run is not None]
    whole = [whole_command(size) for _ in range(size.runs)]
    finished = [seconds for seconds in whole if seconds is not None]
    cells = {"round (seed)": f"{size.kind} {size.people} ({size.seed})", "runs": str(size.runs)}
    cells |= engine_cells(own)
    cells["plan s"] = f"{median_low(finished):.1f}" if finished else f"> {SECONDS}"
    for engine in BASELINES:
        if own and size.people <= LARGEST_FOR_OTHERS:
            solve = median_low(r["solve"] for r in own)
            cells[engine] = against(measure(engine, size, SECONDS_FOR_OTHERS), solve)
        else:
            cells[engine] = "not measured"
    return [cells.get(head, "") for head in HEADS]


def main() -> None:
    """Measure, print and write."""
    lines = ["| " + " | ".join(HEADS) + " |", "|" + "---|" * len(HEADS)]
    print("\n".join(lines), flush=True)
    for size in asked_for():
        lines.append("| " + " | ".join(row(size)) + " |")
        print(lines[-1], flush=True)
    text = _ABOUT + "\n" + "\n".join(lines) + "\n"
    (DOCS / "benchmarks.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

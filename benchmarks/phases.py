"""Where the time goes, for rounds of growing size: `make bench`.

Prints seconds for orientation and ratios for comparing: the whole solving against its first
linear relaxation alone, measured in the same run.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from scheduler.engine import build_program, solve
from scheduler.engine.components import components
from scheduler.engine.face import Face, Pool
from scheduler.engine.relaxation import Relaxation
from scheduler.locale import Translator
from scheduler.planning import make_case
from scheduler.samples import make_sample
from scheduler.tables import read_round
from scheduler.tables.writing import write_input

T = TypeVar("T")
SIZES = (40, 80, 120, 160)
HEADER = ("people", "columns", "rows", "parts", "read", "options", "solve", "solve/LP", "proved")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds and result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def measure(people: int, seed: int) -> tuple[object, ...]:
    """One line of the table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "input.xlsx"
        facts = make_sample("nord", people, round(people / 1.2), seed)
        write_input(path, facts, Translator("nb"))
        reading, read = timed(lambda: read_round(path))
    found = read.round
    assert found is not None
    listing, case = timed(lambda: make_case(found))
    program, goals = build_program(case)
    parts = components(program)

    def relax() -> None:
        for part in parts:
            own = set(part.columns)
            terms = {i: -c for i, c in goals[1][1][0].terms.items() if i in own}
            pool = Pool(part)
            Relaxation(pool).solve(Face(pool), terms, None)

    relaxing, _ = timed(relax)
    solving, solution = timed(lambda: solve(case))
    return (
        people,
        len(program.columns),
        len(program.rows),
        len(parts),
        f"{reading:.2f}",
        f"{listing:.2f}",
        f"{solving:.2f}",
        f"{solving / relaxing:.1f}",
        " ".join(f"{g.goal_id}:{g.proof.value}" for g in solution.goals),
    )


def main() -> None:
    """Print the table; a number given is the seed."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    print("\t".join(HEADER))
    for people in SIZES:
        print("\t".join(str(v) for v in measure(people, seed)), flush=True)


if __name__ == "__main__":
    main()

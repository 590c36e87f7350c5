"""One engine on one round, in a process of its own: prints a line of JSON.

Called by `benchmarks.run`; the arguments are engine, kind of round, candidates, seed and seconds
(0: no limit).
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.baselines import BASELINES
from benchmarks.rounds import facts_of
from models.proved import Proved
from scheduler.input import read_round
from scheduler.input.writing import write_input
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.problem.case import Case
from scheduler.solver.solve import solve


def sample(kind: str, people: int, seed: int, phases: dict[str, float]) -> Case:
    """A generated round, read from its workbook as a user's would be."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "input.xlsx"
        write_input(path, facts_of(kind, people, seed), Translator("nb"))
        start = time.perf_counter()
        read = read_round(path)
        phases["read"] = time.perf_counter() - start
    found = read.round
    assert found is not None, [m.finding for m in read.messages][:5]
    start = time.perf_counter()
    case = make_case(found)
    phases["options"] = time.perf_counter() - start
    return case


def ours(case: Case, _seconds: float) -> dict[str, object]:
    """The engine of the product, with all cores of the machine; without a limit, as under one it
    looks for good plans before it proves anything. Whoever calls stops it.
    """
    solution = solve(case, workers=2)
    results = solution.work.results
    proofs = [s.proof for r in results for s in r.stages]
    return {
        "placed": len(solution.placements),
        "goals": sum(g.proof is not Proved.NONE for g in solution.goals),
        "of": len(solution.goals),
        "certified": proofs.count(Proved.BOUND),
        "pairs": len(proofs),
    }


ENGINES: dict[str, Callable[[Case, float], dict[str, object]]] = {
    "alis": ours,
    **BASELINES,
}


def main() -> None:
    """Measure and print."""
    name, region, people, seed, seconds = sys.argv[1:6]
    phases: dict[str, float] = {}
    case = sample(region, int(people), int(seed), phases)
    start = time.perf_counter()
    found = ENGINES[name](case, float(seconds))
    phases["solve"] = time.perf_counter() - start
    users = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(who).ru_maxrss for who in users) / 1024
    columns = sum(
        len(c.whole) + len(c.firsts) + len(c.seconds) for c in case.choices.values() if c.any
    )
    print(json.dumps({**found, **phases, "MiB": round(peak), "columns": columns}))


if __name__ == "__main__":
    main()

"""A solver that gives a wrong answer never gets a wrong plan published.

One answer in each run is corrupted: another plan, another bound, another status, an exception,
other numbers from the relaxation. Then there is either no plan, or one that is right: it keeps
every rule, its numbers add up, and if it is called proved it has the best goal values.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from models.plan import Plan
from scheduler.listing.options import make_case
from scheduler.planning import make_plan
from scheduler.problem.case import Case
from scheduler.solver.integer import cpsat
from scheduler.solver.integer.cpsat import Field, Found
from scheduler.solver.linear.face import Face
from scheduler.solver.linear.relaxation import Relaxation, Relaxed
from scheduler.support.errors import RefusedError, SolverFaultError
from scheduler.support.resources import data_folder
from scheduler.verification.plan import verify
from tests.random_rounds import random_round

# `make night` asks for 10,000.
RUNS = int(os.environ.get("ALIS_CORRUPTED", "240"))


class SolverDiedError(Exception):
    """What a broken solver library might raise."""


class Corruption:
    """Lets answers through but for one, which it changes."""

    def __init__(self, random: Random, at: int | None) -> None:
        self.random = random
        self.at = at
        self.asked = 0
        self.kind = "none"

    def _now(self) -> bool:
        self.asked += 1
        return self.asked - 1 == self.at

    def found(self, field: Field, found: Found) -> Found:
        if not self._now():
            return found
        self.kind = self.random.choice(("plan", "bound", "incomplete", "nothing", "raise"))
        if self.kind == "raise":
            raise SolverDiedError
        if self.kind == "nothing":
            return Found(None, None, complete=False)
        if self.kind == "incomplete" or found.taken is None:
            self.kind = "incomplete"
            return replace(found, complete=False)
        if self.kind == "bound":
            wrong = (found.bound or 0) + self.random.choice((-1000, -3, -1, 1, 2, 1000))
            return replace(found, bound=wrong)
        columns = field.pool.columns if isinstance(field, Face) else field.live
        flipped = self.random.sample(columns, min(2, len(columns)))
        return replace(found, taken=found.taken ^ frozenset(flipped))

    def relaxed(self, relaxed: Relaxed | None) -> Relaxed | None:
        if not self._now() or relaxed is None:
            return relaxed
        self.kind = self.random.choice(("duals", "values", "no relaxation", "raise"))
        if self.kind == "raise":
            raise SolverDiedError
        if self.kind == "no relaxation":
            return None

        def noise(numbers: Mapping[int, float]) -> dict[int, float]:
            return {
                i: v + self.random.choice((0, 0, 0.5, -1, 1000, -1000)) for i, v in numbers.items()
            }

        if self.kind == "duals":
            return replace(relaxed, duals=noise(relaxed.duals))
        return replace(relaxed, values={i: abs(v) for i, v in noise(relaxed.values).items()})


def planned(case: Case, corruption: Corruption, monkeypatch: pytest.MonkeyPatch) -> Plan:
    find, relax = searched, relaxation_solve

    def found(field: Field, *rest: object, **more: object) -> Found:
        return corruption.found(field, find(field, *rest, **more))

    def relaxed(self: Relaxation, *rest: object) -> Relaxed | None:
        return corruption.relaxed(relax(self, *rest))

    monkeypatch.setattr("scheduler.solver.search.search", found)
    monkeypatch.setattr(Relaxation, "solve", relaxed)
    return make_plan(case).plan


searched: Callable[..., Found] = cpsat.search
relaxation_solve: Callable[..., Relaxed | None] = Relaxation.solve


def test_no_corrupted_answer_gets_a_wrong_plan_published(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    runs = seed = 0
    while runs < RUNS:
        seed += 1
        case = make_case(random_round(7000 + seed))
        honest = Corruption(Random(seed), None)
        true = planned(case, honest, monkeypatch)
        for again in range(min(20, honest.asked)):
            corruption = Corruption(Random(f"{seed} {again}"), again)
            runs += 1
            try:
                made = planned(case, corruption, monkeypatch)
            except (SolverDiedError, SolverFaultError, RefusedError) as error:
                seen[corruption.kind, type(error).__name__] += 1
                continue
            assert verify(made, case) == []
            if made.status == "optimal":
                seen[corruption.kind, "right"] += 1
                assert made.placements == true.placements, (seed, again, corruption.kind)
                assert made.unique in (true.unique, None)
                assert [g.value for g in made.goals] == [g.value for g in true.goals]
            else:
                seen[corruption.kind, "not proved"] += 1
            assert made.one_fewer in (true.one_fewer, None), (seed, again, corruption.kind)
            assert made.comparison.figures in (true.comparison.figures, None)
    print(dict(seen))  # noqa: T201
    assert {kind for kind, _ in seen} >= {"plan", "bound", "incomplete", "duals", "values", "raise"}
    assert any(outcome == "SolverFaultError" for _, outcome in seen)


def test_a_solver_that_takes_the_process_with_it_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import os\n"
        "from scheduler.solver.integer import cpsat\n"
        "cpsat.solve_within = lambda *_: os.abort()\n"
        "import cli\n"
        "cli.main()\n"
    )
    sample = data_folder() / "samples" / "vest"
    out = tmp_path / "plan"
    done = subprocess.run(
        [sys.executable, "-c", program, "plan", str(sample), "--out", str(out)],
        capture_output=True,
        check=False,
    )
    assert done.returncode < 0
    assert list(tmp_path.iterdir()) == []

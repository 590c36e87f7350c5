"""Tasks in processes of their own: the same results, and nothing lost but what broke down."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models.proved import Proved
from scheduler.explanations.answers.wishes import Wishes
from scheduler.explanations.asking import Harm
from scheduler.explanations.standing import Standing
from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from scheduler.rules.catalogue import CEILING, PLAN_RULES
from scheduler.solver import component
from scheduler.solver.certificates import proof_of
from scheduler.solver.clock import Clock
from scheduler.solver.solve import solve
from scheduler.support.errors import SolverFaultError
from scheduler.support.resources import data_folder
from scheduler.support.workers import Lost, Workers
from tests.random_rounds import random_round


def times(state: int, number: int, tell: Callable[..., None]) -> int:
    tell(number, "begun")
    if number == 3:
        os._exit(1)
    if number == 5:
        raise SolverFaultError.because("five")
    return state * number


def arguments(*numbers: int) -> list[Callable[[], tuple[int]]]:
    return [lambda n=n: (n,) for n in numbers]  # type: ignore[misc]


@pytest.mark.parametrize("processes", [0, 2])
def test_results_come_in_order_and_tell_on_the_way(processes: int) -> None:
    told: list[tuple[object, ...]] = []
    done: list[bool] = []
    with Workers(10, processes) as workers:
        found = workers.map(
            times,
            arguments(4, 2, 1),
            tell=lambda *what: told.append(what),
            done=lambda: done.append(True),
        )
        assert found == [40, 20, 10]
        assert workers.map(times, arguments(7)) == [70]
    assert sorted(told, key=str) == [(0, 4, "begun"), (1, 2, "begun"), (2, 1, "begun")]
    assert len(done) == 3


def test_a_process_that_breaks_down_harms_no_other_task() -> None:
    with Workers(10, 2) as workers:
        assert workers.map(times, arguments(1, 3, 2, 4)) == [10, Lost(), 20, 40]


class Unsendable:
    """A state that no other process can make out."""

    def __reduce__(self) -> tuple[object, ...]:
        return breaks_down, ()


class Slow:
    """A state that another process does not make out for an hour."""

    def __reduce__(self) -> tuple[object, ...]:
        return time.sleep, (3600,)


def where(_state: object, _number: int, _tell: Callable[..., None]) -> int:
    return os.getpid()


def test_where_no_process_can_begin_this_one_does_the_work() -> None:
    with Workers(Unsendable(), 2) as workers:
        assert workers.map(where, arguments(1, 2)) == [os.getpid(), os.getpid()]
        assert not workers.apart
        assert workers.map(where, arguments(3)) == [os.getpid()]


def test_processes_that_are_begun_are_kept() -> None:
    with Workers(10, 1) as workers:
        first = workers.map(where, arguments(1))
        assert workers.apart
        assert first == workers.map(where, arguments(2)) != [os.getpid()]


def test_who_is_interrupted_does_not_wait_for_processes_to_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scheduler.support.interrupt.check", interrupted)
    with Workers(Slow(), 2) as workers, pytest.raises(KeyboardInterrupt):
        workers.map(where, arguments(1))


def tick(path: Path, _: Callable[..., None]) -> None:
    """Goes on until it is ended."""
    while True:
        with path.open("a", encoding="utf-8") as file:
            file.write(".")
        time.sleep(0.05)


def test_processes_end_when_the_one_who_waits_is_killed(tmp_path: Path) -> None:
    ticks = tmp_path / "ticks"
    code = (
        "from pathlib import Path\n"
        "from scheduler.support.workers import Workers\n"
        "from tests.support.test_workers import tick\n"
        "if __name__ == '__main__':\n"
        f"    Workers(Path({str(ticks)!r}), 1).map(tick, [lambda: ()])\n"
    )
    root = Path(__file__).parents[2]
    waiting = subprocess.Popen([sys.executable, "-c", code], cwd=root)
    while not ticks.exists():
        assert waiting.poll() is None
        time.sleep(0.1)
    waiting.kill()
    waiting.wait()
    sizes = [0]
    while len(sizes) < 60 and sizes[-5:] != [sizes[-1]] * 5:
        time.sleep(0.5)
        sizes.append(ticks.stat().st_size)
    assert sizes[-5:] == [sizes[-1]] * 5


def test_what_a_task_raises_is_raised() -> None:
    with Workers(10, 1) as workers, pytest.raises(SolverFaultError, match="five"):
        workers.map(times, arguments(1, 5))


@pytest.fixture(scope="module")
def small() -> Case:
    round = read_round(data_folder() / "samples" / "small").round
    assert round is not None
    return make_case(round)


def test_parts_are_solved_in_processes_as_in_this_one(
    small: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = solve(small)
    assert len(plain.work.parts) > 1
    monkeypatch.setattr(component, "_WORTH_COLUMNS", 0)
    apart = solve(small, workers=2)
    assert apart == plain
    assert apart.lost == 0
    assert proof_of(apart.work) == proof_of(plain.work)


def test_what_comes_back_from_a_process_answers_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    for seed in range(9000, 9006):
        case = make_case(random_round(seed, people=12, windows=6))
        plain = solve(case)
        monkeypatch.setattr(component, "_WORTH_COLUMNS", 0)
        apart = solve(case, workers=2)
        monkeypatch.undo()
        assert apart == plain
        one, other = (Harm(s, Clock(), None) for s in (plain, apart))
        wishes = Wishes(Standing(case, plain.placements))
        taken = [r for r in wishes.rows() if wishes.entry(r).outcome == "taken"]
        # Nor does an answer depend on what was asked before.
        backwards = [other.of_wish(row) for row in reversed(taken)]
        assert [one.of_wish(row) for row in taken] == backwards[::-1]
        asked += len(taken)
    assert asked > 0


def breaks_down(*_: object) -> None:
    os._exit(1)


def test_a_part_whose_process_breaks_down_is_not_proved_but_keeps_every_rule(
    small: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(component, "_WORTH_COLUMNS", 0)
    monkeypatch.setattr(component, "_solve_part", breaks_down)
    found = solve(small, workers=2)
    assert found.lost == len(found.work.parts)
    assert not found.optimal
    assert all(g.proof is Proved.NONE for g in found.goals)
    rules = (*PLAN_RULES, CEILING)
    assert not any(list(r.violations(small, found.placements)) for r in rules)

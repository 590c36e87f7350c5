"""The same plan for any number of workers, any solver seed, and any order of rows."""

from random import Random

import pytest

from models.round import Round
from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.solver.integer import cpsat
from scheduler.solver.solve import solve
from scheduler.support.resources import data_folder
from tests.random_rounds import random_round


@pytest.fixture(scope="module")
def vest() -> Round:
    found = read_round(data_folder() / "samples" / "vest").round
    assert found is not None
    return found


def test_every_number_of_workers_gives_the_same(vest: Round) -> None:
    case = make_case(vest)
    one, two, four = (solve(case, workers=n, lot_work=0.2) for n in (1, 2, 4))
    assert one == two == four


@pytest.mark.parametrize("seed", range(10))
def test_every_solver_seed_gives_the_same(
    seed: int, vest: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = [vest, *(random_round(s, people=7, windows=6) for s in range(8000, 8006))]
    plans = [solve(make_case(r)).placements for r in rounds]
    settings = tuple({**own, "random_seed": 1000 + seed} for own in cpsat._CONFIGURATIONS)
    monkeypatch.setattr(cpsat, "_CONFIGURATIONS", settings)
    for round, plan in zip(rounds, plans, strict=True):
        solution = solve(make_case(round))
        assert solution.unique is not False
        assert solution.placements == plan


def test_shuffled_rows_give_the_same(vest: Round) -> None:
    plan = solve(make_case(vest)).placements
    for seed in range(3):
        shuffled: dict[str, object] = {}
        for sheet, rows in vest.sheets().items():
            own = list(rows)
            Random(seed).shuffle(own)
            shuffled[sheet] = own
        assert solve(make_case(vest.changed(**shuffled))).placements == plan

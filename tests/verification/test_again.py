"""Goals that rest on a search, searched a second time."""

import pytest
from ortools.sat.python import cp_model

from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.report.lines import verified_lines
from scheduler.verification.again import search_again
from scheduler.verification.found import SearchedAgain
from tests.builders import made_of
from tests.random_rounds import random_round


def test_a_second_search_finds_the_same_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    settings: list[int] = []
    plain = cp_model.CpSolver.solve

    def seen(
        self: cp_model.CpSolver,
        model: cp_model.CpModel,
        watch: cp_model.CpSolverSolutionCallback | None,
    ) -> object:
        settings.append(self.parameters.cp_model_probing_level)
        return plain(self, model, watch)

    monkeypatch.setattr(cp_model.CpSolver, "solve", seen)
    searched = 0
    for seed in (9000, 9006, 9015):
        case = make_case(random_round(seed, people=14, windows=6))
        plan = made_of(case).plan
        settings.clear()
        again = search_again(plan, case)
        assert again.findings == ()
        assert again.goals == sum(g.proof == "search" for g in plan.goals)
        assert 0 not in settings  # which is what is usual
        searched += again.goals
        if again.goals:
            wrong = [
                g.model_copy(update={"value": g.value + 1}) if isinstance(g.value, int) else g
                for g in plan.goals
            ]
            told = search_again(plan.model_copy(update={"goals": wrong}), case)
            assert len(told.findings) == sum(isinstance(g.value, int) for g in plan.goals)
    assert searched > 0


def test_it_is_said_where_nothing_had_to_be_searched() -> None:
    for goals, said in ((0, "nothing was searched again"), (1, "1 goal has no proof")):
        *_, line = verified_lines((), True, None, SearchedAgain(goals, ()), None, Translator("en"))
        assert said in line

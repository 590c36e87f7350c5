"""Policies beside one another: pairs of the same round and lot, who gains and who loses."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.locale import Translator
from scheduler.report.studies.files import study_data
from scheduler.report.studies.frame import frame
from scheduler.report.studies.positions import positions_data
from scheduler.report.studies.tables import study_tables
from scheduler.studies.checking import Held, Result
from scheduler.studies.differences import Effect, moved, paired
from scheduler.studies.executor import died
from scheduler.studies.figures import Figures
from scheduler.studies.positions import Positions
from scheduler.studies.study import Row, Study, Undone


def figures(**told: object) -> Figures:
    none = dict.fromkeys(Figures.model_fields, 0)
    return Figures.model_validate({**none, "points_median": None, "points_tenth": None, **told})


def held(who: str, points: int, first: str = "2026-09-01", last: str = "2027-02-28") -> Held:
    return Held(
        candidate_id=who,
        points=points,
        vacancies=["V"],
        days=[f"{first}..{last}"],
    )


def row(number: int, variant: str, placed: int, *own: Held, seed: int = 1, **told: object) -> Row:
    result = Result(
        key=f"{number}{variant}{seed}",
        figures=figures(placed=placed, **told),
        goals={},
        proof="certificate",
        lot="certificate",
        seconds=1.0,
        held=list(own),
        answer=b"",
    )
    return Row(number, date(2026, 3, 1), variant, seed, result)


STUDY = Study(
    rows=(
        row(1, "base", 3, held("A", 4), held("B", 10), held("C", 0), points_median=4.0),
        row(
            *(1, "other", 4, held("A", 0, "2026-10-01"), held("B", 12, "2026-10-01")),
            *(held("C", 0, last="2027-03-31"), held("D", 2)),
        ),
        row(2, "base", 5, held("E", 0)),
        row(2, "other", 5),
        row(3, "base", 2),
        row(3, "other", 1),
        row(4, "base", 9),  # its other was not made
    ),
    undone=(),
    variants=("base", "other"),
    alike=(True, True),
)


def test_rounds_are_counted_in_pairs() -> None:
    (own,) = (p for p in paired(STUDY) if p.measure == "placed")
    assert (own.more, own.same, own.less) == (1, 1, 1)
    assert (own.base, own.other, own.difference) == (10 / 3, 10 / 3, 0)


def test_what_only_one_of_two_has_is_not_compared() -> None:
    (own,) = (p for p in paired(STUDY) if p.measure == "points_median")
    assert (own.base, own.other, own.difference) == (None, None, None)


def test_who_gains_and_who_loses_is_told_by_id() -> None:
    told = {(m.round, m.candidate_id): m.effect for m in moved(STUDY)}
    assert told == {
        (1, "A"): Effect.NEARER,
        (1, "B"): Effect.FARTHER,
        (1, "C"): Effect.ELSEWHERE,
        (1, "D"): Effect.GAINS_PLACE,
        (2, "E"): Effect.LOSES_PLACE,
    }


@pytest.mark.parametrize("measure", ["far", "points_median", "points_tenth"])
def test_points_of_different_kinds_are_not_compared(measure: str) -> None:
    study = Study(STUDY.rows, (), STUDY.variants, (True, False))
    (own,) = (p for p in paired(study) if p.measure == measure)
    assert own.difference is None
    effects = {m.effect for m in moved(study)}
    assert effects == {Effect.ELSEWHERE, Effect.GAINS_PLACE, Effect.LOSES_PLACE}


def test_who_has_the_same_place_on_the_same_days_is_nowhere_else_whatever_it_counts() -> None:
    rows = (row(1, "base", 1, held("A", 60)), row(1, "other", 1, held("A", 40)))
    assert not list(moved(Study(rows, (), STUDY.variants, (True, False))))


def test_a_need_is_not_proved_where_the_plan_without_it_is_not() -> None:
    proved = row(1, "base", 3).result
    unproved = proved.model_copy(update={"proof": "none"})
    assert Positions(proved, (), (), 0, ()).proved
    assert not Positions(unproved, (), (), 0, ()).proved


def test_of_two_halves_both_first_days_are_told() -> None:
    one, two = (
        Held(
            candidate_id="A",
            points=4,
            vacancies=["V", "W"],
            days=["2026-09-01..2026-11-30", f"2027-0{month}-01..2027-0{month + 2}-28"],
        )
        for month in (1, 2)
    )
    rows = (row(1, "base", 1, one), row(1, "other", 1, two))
    tables = study_tables(Study(rows, (), STUDY.variants, (True, True)), Translator("en"))
    (told,) = next(table for table in tables if table.name == "Who gains, who loses").rows
    assert told[-2:] == ("2026-09-01, 2027-01-01", "2026-09-01, 2027-02-01")


def test_a_table_has_the_same_kinds_of_numbers_whatever_is_missing() -> None:
    one = row(1, "base", 1).result.model_copy(update={"goals": {"placed": 1, "waiting": 2}})
    rows = (row(1, "base", 1), replace(row(2, "other", 1), result=one))
    found = frame(Study(rows, (), STUDY.variants, (True, True)))
    kinds = found.dtypes.astype(str)
    assert (kinds["points_median"], kinds["points_tenth"]) == ("float64", "Int64")
    assert (kinds["goal_waiting"], kinds["placed"]) == ("Int64", "int64")
    none = frame(Study((), (), (), ()))
    assert list(none.columns[:5]) == ["round", "run_date", "policy", "seed", "candidates"]


def test_programs_are_told_why_plans_are_missing_in_whole_sentences() -> None:
    t = Translator("nb")
    why = "Prosessen som laget den, stanset 3 ganger før den var ferdig."
    study = Study((), (Undone(1, "a", 1, died(3)),), ("a",), (True,))
    assert study_data(study, (), t)["missing"] == [
        {"round": 1, "policy": "a", "seed": 1, "why": why}
    ]
    need = positions_data([Positions(None, (), (), 0, (died(3),))], (), t)
    assert f"'missing': ['{why}']" in str(need)

"""Sizes that grow are refused in the input, or the work does not grow with them."""

from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from openpyxl import load_workbook

from models.vacancy import Vacancy
from scheduler.explanations.shut_out import without_options
from scheduler.input.files.policies import policy_at
from scheduler.input.writing import write_input
from scheduler.listing.options import list_choices, trials
from scheduler.locale import Translator
from scheduler.problem.option import Option, Part, unbroken
from scheduler.problem.windows import Windows, joinable_pairs
from scheduler.support import workers
from scheduler.support.workers import Workers
from tests.builders import a_round, candidate, policy, vacancy
from tests.hostile.package import SAMPLE, refused, run
from tests.support.test_workers import arguments, times
from tools.hand_samples import small_facts

FIRST = date(2026, 8, 1)


def windows(count: int, days: int) -> list[Vacancy]:
    return [
        vacancy(f"V{n}", FIRST + timedelta(n % 120), FIRST + timedelta(n % 120 + days - 1))
        for n in range(count)
    ]


def test_windows_that_hold_no_six_months_together_are_not_joined() -> None:
    assert not list(joinable_pairs(windows(400, 30)))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ((date(2026, 8, 1), date(2026, 10, 31)), (date(2026, 11, 1), date(2027, 1, 31)), True),
        ((date(2026, 8, 1), date(2026, 10, 30)), (date(2026, 11, 1), date(2027, 1, 31)), False),
        ((date(2026, 8, 1), date(2026, 8, 31)), (date(2026, 9, 1), date(2027, 1, 31)), True),
        ((date(2026, 8, 1), date(2026, 8, 30)), (date(2026, 8, 31), date(2027, 1, 31)), False),
        ((date(2026, 8, 1), date(2027, 1, 30)), (date(2026, 12, 1), date(2026, 12, 31)), True),
    ],
)
def test_what_can_be_joined_is_joined(
    first: tuple[date, date], second: tuple[date, date], joined: bool
) -> None:
    pairs = list(joinable_pairs([vacancy("A", *first), vacancy("B", *second)]))
    assert bool(pairs) == joined


def test_no_trial_is_made_of_windows_that_cannot_be_joined() -> None:
    round = a_round([candidate(f"K{n}") for n in range(5)], windows(400, 30))
    reach = Windows(round.vacancies).all
    made = [list(group) for group in trials(round, round.candidates[0], reach)]
    assert not any(made)
    assert len(made) <= 400
    assert len(without_options(round, list_choices(round))) == 5


def test_days_beyond_the_horizon_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[date] = []

    def noted(who: str, window: Vacancy, day: date, months: int, part: Part) -> Option:
        tried.append(day)
        return unbroken(who, window, day, months, part)

    monkeypatch.setattr("scheduler.listing.options.unbroken", noted)
    every_day = policy(start_days=list(range(1, 32)))
    round = a_round(
        vacancies=[vacancy("V", date(2020, 1, 1), date(2029, 12, 31))], policy=every_day
    )
    found = list_choices(round)["A"]
    assert found.any
    assert min(tried) >= round.run_date
    assert max(tried) <= date(2028, 3, 1)


def test_no_more_processes_begin_than_there_are_tasks_or_cores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[object] = []
    member = workers._Member

    def counted(payload: bytes, stopped: Event) -> object:
        begun.append(payload)
        return member(payload, stopped)

    monkeypatch.setattr(workers, "_Member", counted)
    monkeypatch.setattr(workers, "_MOST", 2)
    with Workers(10, 10**9) as crew:
        assert crew.map(times, arguments(7)) == [70]
        assert len(begun) == 1
        assert crew.map(times, arguments(1, 2, 4, 6)) == [10, 20, 40, 60]
        assert len(begun) == 2


CELLS = [
    ("vacancies", "E2", date(1899, 12, 31), "is not a date that can be read"),
    ("vacancies", "F2", date(2200, 1, 1), "is not a date that can be read"),
    ("vacancies", "F2", date(9999, 12, 31), "is not a date that can be read"),
    ("vacancies", "F2", "31.12.2099", "longer than 10 years"),
    ("vacancies", "E2", "1.1.1960", "longer than 10 years"),
    ("candidates", "E2", "2150-01-01", "is not a date that can be read"),
    ("candidates", "J2", date(1900, 3, 1), "is not a date that can be read"),
    ("candidates", "T2", "2027-01-01..2999-01-01", "is not a date that can be read"),
    ("round", "B3", date(9999, 12, 31), "is not a date that can be read"),
]


@pytest.mark.parametrize(("sheet", "where", "value", "said"), CELLS)
def test_days_and_windows_that_cannot_be_meant(
    tmp_path: Path, sheet: str, where: str, value: date | str, said: str
) -> None:
    path = tmp_path / "input.xlsx"
    write_input(path, small_facts(), Translator("en"))
    book = load_workbook(path)
    book[sheet][where] = value
    book.save(path)
    refused(path, said, f"sheet {sheet}, cell")


def test_too_many_short_windows_in_a_department_are_written_with_positions(tmp_path: Path) -> None:
    write_input(tmp_path / "in", small_facts(), Translator("en"))
    path = tmp_path / "in" / "vacancies.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    place = ";".join(lines[1].split(";")[1:4])
    rest = ";" * (lines[0].count(";") - 5)
    for n in range(50):
        lines.append(f"A{n};{place};2026-08-01;2026-10-31{rest}")
        lines.append(f"B{n};{place};2026-11-01;2027-01-31{rest}")
    path.write_text("\n".join(lines), "utf-8")
    errors = refused(tmp_path / "in", "number of positions")
    assert len(errors) == 1


@pytest.mark.parametrize("option", ["--time-limit", "--work-limit"])
@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "x", "1e999"])
def test_a_limit_that_is_no_number_is_wrong_usage(tmp_path: Path, option: str, value: str) -> None:
    said = run("plan", "x.xlsx", "--out", tmp_path / "out", f"{option}={value}", "--lang", "en")
    assert said.code == 2
    assert option in said.text


def test_a_day_that_cannot_be_meant_is_wrong_usage(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    assert run("plan", SAMPLE, "--out", plan, "--work-limit", "1").code in (0, 4, 5)
    for day in ("9999-12-31", "0001-01-01", "1899-12-31", "2101-01-01", "x", "2026-13-01"):
        said = run("explain", plan / "plan.json", SAMPLE, "K01", "--start", day, "--lang", "en")
        assert said.code == 2
        assert "2026-09-01" in said.text


def test_the_largest_numbers_of_a_policy_still_add_up() -> None:
    points = policy_at("nord-2024").policy.points.model_dump()
    largest = {
        **points,
        "period": [1000] * 7,
        "place": [1000] * 6,
        "factors": dict.fromkeys(("none", "period", "place"), (10, 10)),
        **dict.fromkeys(
            ("beyond_period", "other_department", "other_site", "split_accepted"), 1000
        ),
    }
    round = a_round([candidate(f"K{n}") for n in range(3)], policy=policy(points=largest))
    most = max(c.points for own in list_choices(round).values() for c in own.whole)
    assert most * 12 * 5_000 < 2**53

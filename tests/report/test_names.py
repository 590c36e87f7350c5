"""What files and folders are called."""

from dataclasses import replace

import pytest

from scheduler.locale import Translator
from scheduler.report.books.departments import department_books
from scheduler.report.names import Names, file_name
from scheduler.report.texts import Delivery
from tests.report.test_files import deliver


@pytest.fixture(scope="module")
def small() -> Delivery:
    return deliver("small")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "_CON"),
        ("aux.", "_aux"),
        ("Lpt1.x", "_Lpt1.x"),
        ("Bodø: æøå?", "Bodø- æøå-"),
        ("a/b\\c", "a-b-c"),
        ("..", "_"),
        ("~$x ", "$x"),
        ("e\u0301", "é"),
        ("a\u202eb\ud800", "a-b-"),
        ("å" * 200, "å" * 60),
        ("x" * 119 + " .y", "x" * 119),
    ],
)
def test_names_of_files_are_taken_by_every_system(text: str, name: str) -> None:
    assert file_name(text, set()) == f"{name}.xlsx"


def test_names_that_differ_in_case_only_are_two_files() -> None:
    used: set[str] = set()
    assert [file_name(n, used) for n in ("Bodø", "BODØ", "bodø ")] == [
        *("Bodø.xlsx", "BODØ (2).xlsx", "bodø (3).xlsx"),
    ]


def test_departments_of_one_name_in_two_trusts_say_which(small: Delivery) -> None:
    first, trust = small.round.vacancies[0], "Et annet foretak HF"
    department = small.round.department[first.department_key]
    round = small.round.changed(
        departments=(*small.round.departments, department.model_copy(update={"trust": trust})),
        vacancies=(
            *small.round.vacancies,
            first.model_copy(update={"vacancy_id": "V99", "trust": trust}),
        ),
    )
    books = department_books(replace(small, round=round))
    titles = {b.file: {t.title for t in b.tables} for b in books}
    for own in (first.trust, trust):
        named = titles[f"{own} - {first.site} - {first.department} - {small.round.name}.xlsx"]
        assert all(title.endswith(f"{first.site}, {own}") for title in named)


@pytest.mark.parametrize(("language", "folder"), [("nb", "avdelinger"), ("en", "departments")])
def test_files_are_named_in_the_language_and_with_the_round(language: str, folder: str) -> None:
    names = Names(Translator(language), "Høst 2026: runde 3/4")
    assert names.departments == folder
    assert (
        names.file("Lofoten - Indremedisin") == "Lofoten - Indremedisin - Høst 2026- runde 3-4.xlsx"
    )
    assert names.file("CON") == "_CON - Høst 2026- runde 3-4.xlsx"


def test_names_leave_room_for_the_folders_they_lie_in() -> None:
    names = Names(Translator("nn"), "Tildelingsrunda hausten 2026 " * 5)
    assert (
        len(f"{names.departments}/{names.file('Kvinneklinikken, gynekologi og føding ' * 9)}") < 150
    )

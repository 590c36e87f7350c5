"""What departments, trusts and municipalities are told of a place."""

from datetime import date

import pytest

from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.problem.calendar import last_day
from scheduler.report.books.departments import department_books
from scheduler.report.books.municipalities import municipality_books
from scheduler.report.books.trusts import trust_books
from scheduler.report.sheets.explained import when_met
from scheduler.report.sheets.people import placements_table
from scheduler.report.texts import Delivery
from tests.builders import a_round, candidate, lock, policy, vacancy, waiver, wish
from tests.verification.test_plan import made


def test_of_three_plus_three_each_wish_is_told_the_time_of_the_half_that_meets_it() -> None:
    halves = [
        vacancy("V", date(2026, 9, 1), date(2026, 11, 30)),
        vacancy("W", date(2027, 1, 1), date(2027, 3, 31), site="Bodø"),
    ]
    wishes = [wish("A", 1, site="Lofoten"), wish("A", 2, site="Bodø")]
    round = a_round([candidate("A", split="prefer")], halves, wishes=wishes)
    delivery = Delivery(made(make_case(round)), round, Translator("nb"))
    t = delivery.translator
    told = [
        t.finding(found)
        for entry in delivery.plan.explanations
        for found in when_met(delivery, entry)
    ]
    assert told == [
        "Første dag er som ønsket.",
        "Første dag er 1 måned senere enn ønsket.",
    ]
    (book,) = municipality_books(delivery)
    (why,) = (table for table in book.tables if table.name == "Forklaringer")
    assert [str(row[-1]) for row in why.rows] == [
        "Stedet er som ønsket. Oppstart: som ønsket.",
        "Stedet er som ønsket. Oppstart: 1 måned etter ønsket.",
    ]


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (date(2026, 6, 16), "Arbeidsavtale innen 16.3.2026."),
        (
            date(2026, 6, 10),
            "Arbeidsavtalen må inngås straks kandidaten har takket ja; fristen er 10.3.2026.",
        ),
        (date(2026, 5, 10), "Arbeidsavtalen må inngås straks; fristen var 10.2.2026."),
    ],
)
def test_a_contract_that_is_due_before_the_answer_is_made_at_once(first: date, told: str) -> None:
    window = vacancy("V", first, last_day(first, 6))
    round = a_round([candidate("A", wished_start=first)], [window], policy=policy(lead_months=0))
    delivery = Delivery(made(make_case(round)), round, Translator("nb"))
    for books in (department_books(delivery), municipality_books(delivery)):
        cells = [str(cell) for row in books[0].tables[0].rows for cell in row]
        assert any(told in cell for cell in cells), cells


def test_a_place_in_a_conflict_is_said_not_to_be_settled() -> None:
    first, last = date(2026, 9, 1), date(2027, 2, 28)
    held = [lock("A", "V", first, last), lock("B", "V", first, last), lock("C", "W", first, last)]
    people = [candidate(who, municipality=town) for who, town in (("A", "1865"), ("B", "1804"))]
    windows = [vacancy("V"), vacancy("W", site="Bodø")]
    round = a_round([*people, candidate("C", municipality="1860")], windows, locks=held)
    delivery = Delivery(made(make_case(round)), round, Translator("nb"))
    for books in (department_books(delivery), municipality_books(delivery), trust_books(delivery)):
        told = [
            str(cell)
            for book in books
            for row in book.tables[0].rows
            for cell in row
            if "1.9.2026 til" in str(cell) or "1.9.2026 og blir" in str(cell)
        ]
        settled = [
            t for t in told if "Plassen er ikke avklart: Koordinatoren tar kontakt." not in t
        ]
        assert (len(told), len(settled)) == (3, 1), told


def test_a_placement_that_rests_on_a_waiver_says_so_and_no_other_does() -> None:
    late = date(2027, 9, 1)
    window = vacancy("V", late, last_day(late, 6))
    waived = [waiver("A", "deviation"), waiver("A", "on-call")]
    for wished, told in ((date(2026, 9, 1), "Unntak fra grensen for tidsavvik"), (late, "")):
        round = a_round([candidate("A", wished_start=wished)], [window], waivers=waived)
        delivery = Delivery(made(make_case(round)), round, Translator("nb"))
        (row,) = placements_table(delivery).rows
        assert row[14] == told

"""What a letter says of places that somebody has already: what holds, is over, or is left."""

from datetime import date

import pytest

from scheduler.explanations.letter.content import Kind
from scheduler.explanations.letter.letter import letter
from scheduler.listing.options import make_case
from tests.builders import a_round, candidate, lock, vacancy
from tests.explanations.test_letter import lines
from tests.verification.test_plan import made

SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)
OLD = (date(2025, 9, 1), date(2025, 11, 30))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("waiting", "Tilbudet gjelder fortsatt."),
        ("withdrawn", "Noe ved plassen må avklares. Koordinatoren tar kontakt med deg."),
        ("on_hold", "Noe ved plassen må avklares. Koordinatoren tar kontakt med deg."),
    ],
)
def test_only_who_waits_is_asked_to_answer_an_offer(status: str, told: str) -> None:
    held = [lock("A", "V", SEP1, FEB28, status="offered")]
    round = a_round([candidate("A", status=status), candidate("B")], locks=held)
    assert told in " ".join(lines(round))
    asked = letter(round, made(make_case(round)), "A")
    assert (asked.slips != ()) == (asked.kind is Kind.OFFER) == (status == "waiting")


def test_no_answer_is_asked_for_while_something_has_to_be_decided() -> None:
    held = [lock(who, "V", SEP1, FEB28, status="offered") for who in "AB"]
    round = a_round([candidate("A"), candidate("B"), candidate("C")], locks=held)
    asked = letter(round, made(make_case(round)), "A")
    assert asked.slips == ()
    assert asked.kind is Kind.NOTICE
    assert "Noe ved plassen må avklares." in " ".join(lines(round))


def test_a_place_is_not_in_the_conflict_of_another_time() -> None:
    first, last = date(2026, 11, 30), date(2027, 8, 31)
    held = [
        lock("A", "V", SEP1, first),
        lock("A", "V", date(2027, 6, 1), last),
        lock("B", "V", date(2027, 6, 1), last),
    ]
    round = a_round([candidate("A"), candidate("B")], [vacancy(end=last)], locks=held)
    assert [line.rsplit(". ", 1)[1] for line in lines(round)[:2]] == [
        "Plassen står fast.",
        "Koordinatoren tar kontakt med deg.",
    ]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("offered", "Tilbudet ble ikke besvart, og den tiden er over."),
        ("accepted", "Den tjenesten er avsluttet."),
        ("in_service", "Den tjenesten er avsluttet."),
    ],
)
def test_what_is_over_is_not_told_as_a_promise(status: str, told: str) -> None:
    windows = [vacancy("O", *OLD), vacancy()]
    held = [lock("A", "O", *OLD, status=status)]
    person = candidate("A", remaining_months=3, wished_start=OLD[0])
    round = a_round([person, candidate("B")], windows, locks=held)
    assert lines(round)[0].startswith("Du ")
    assert told in lines(round)[0]
    assert "Plassen står fast." not in " ".join(lines(round))
    written = letter(round, made(make_case(round)), "A")
    assert (written.kind, written.slips) == (Kind.NOTICE, ())
    gone = a_round([person, candidate("B")], [vacancy()], locks=held)
    had = "Du fikk tilbud om plass" if status == "offered" else "Du hadde plass"
    assert lines(gone)[0].startswith(f"{had} fra og med 1.9.2025")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (
            "offered",
            "Tilbudet gjelder fortsatt. Tilbudet gjelder med forbehold om at avdelingen bekrefter "
            "vikariatet.",
        ),
        ("accepted", "Plassen gjelder med forbehold om at avdelingen bekrefter vikariatet."),
        ("contract", "Plassen står fast."),
    ],
)
def test_a_promise_in_an_expected_vacancy_depends_on_it_until_the_contract(
    status: str, told: str
) -> None:
    held = [lock("A", "V", SEP1, FEB28, status=status)]
    round = a_round([candidate("A")], [vacancy(certainty="expected")], locks=held)
    assert lines(round)[0].endswith(f" {told}")
    assert ("står fast" in " ".join(lines(round))) == (status == "contract")


def test_an_offer_whose_vacancy_is_gone_is_not_told_as_a_place() -> None:
    held = [lock("A", "O", SEP1, FEB28, status="offered")]
    told = lines(a_round([candidate("A"), candidate("B")], [vacancy()], locks=held))[0]
    assert told.startswith("Du har fått tilbud om plass fra 1.9.2026 til 28.2.2027, men vikariatet")


def test_months_that_are_not_planned_are_told_beside_what_is_promised() -> None:
    half = [lock("A", "V", SEP1, date(2026, 11, 30))]
    round = a_round([candidate("A", remaining_months=3), candidate("B")], locks=half)
    assert lines(round)[1] == (
        "Etter dette gjenstår tre måneder av tjenesten din. De blir ikke planlagt i denne runden."
    )
    assert lines(round, language="nn")[1] == (
        "Etter dette står tre månader av tenesta di igjen. Dei blir ikkje planlagde i denne runden."
    )
    whole = a_round([candidate("A", remaining_months=0)], locks=half)
    assert "gjenstår" not in " ".join(lines(whole))

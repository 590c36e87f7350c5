"""Cells of the input as people name them, and rows as they write them."""

from datetime import date
from typing import Any

import pytest

from models.candidate import CandidateStatus
from models.finding import Finding
from models.round import Round
from scheduler.locale import Translator
from scheduler.quarter.asking.edits import Edited, edited
from scheduler.quarter.asking.names import Cell, find_cell, sheet_of
from tests.builders import (
    TRUST,
    Agreement,
    Decline,
    Municipality,
    Priority,
    a_round,
    candidate,
    lock,
    vacancy,
    wish,
)

NB = Translator("nb")
SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)


def town() -> Round:
    return a_round(
        [candidate("K03", name="Kari Vik"), candidate("K04"), candidate("K.5")],
        [
            vacancy("V05"),
            vacancy("V06", site="Bodø"),
            vacancy("V07", site="Bodø", department="Øre"),
        ],
        wishes=[wish("K03", 1, site="Bodø"), wish("K03", 2), wish("K04")],
        priority=[Priority(municipality="1865", priority=1, candidate_id="K03")],
        locks=[lock("K04", "V05", SEP1, FEB28)],
        declines=[Decline(candidate_id="K03", vacancy_id="V06")],
        municipalities=[Municipality(municipality="1865", name="Vågan", registered_from=True)],
        agreements=[Agreement(municipality="1865", trust=TRUST)],
    )


def said(made: Edited) -> list[str]:
    assert made.round is None
    return [NB.finding(found) for found in (*made.misnamed, *made.invalid)]


@pytest.mark.parametrize(
    ("address", "sheet", "field", "key"),
    [
        ("V05.positions", "vacancies", "positions", "V05"),
        ("v05.PLASSER", "vacancies", "positions", "V05"),
        ("Vikariater.V05.plassar", "vacancies", "positions", "V05"),
        ("vacancy.V05.positions", "vacancies", "positions", "V05"),
        ("K03.åpen for andre tjenestesteder", "candidates", "open_to_other_sites", "K03"),
        ("K03.åpen for andre steder", "candidates", "open_to_other_sites", "K03"),
        ("kari vik.status", "candidates", "status", "K03"),
        ("Kari Vik.2.avdeling", "wishes", "department", "K03"),
        ("K.5.status", "candidates", "status", "K.5"),
        ("K04.status", "candidates", "status", "K04"),  # the lock is not named in full
        ("K04.V05.status", "locks", "status", "K04"),
        ("Låste plasser.K04.første dag", "locks", "start", "K04"),
        ("K03.prioritet", "priority", "priority", "K03"),
        ("1865.max_away", "municipalities", "max_away", "Vågan"),
        ("Vågan.maks borte", "municipalities", "max_away", "Vågan"),
        ("1865 Vågan.maks borte", "municipalities", "max_away", "Vågan"),
        ("Avtaler.1865.til", "agreements", "valid_to", TRUST),
        (f"Vågan.{TRUST}.fra", "agreements", "valid_from", TRUST),
        ("K03.1.site", "wishes", "site", "Bodø"),
        ("Øre.maks samtidig", "departments", "max_concurrent", "Øre"),
        ("Bodø.Indremedisin.max_concurrent", "departments", "max_concurrent", "Bodø"),
        ("K03.V06.avslått dato", "declines", "declined_on", "V06"),
        ("kjøredato", "round", "run_date", ""),
        ("Tildelingsrunde.regelsett", "round", "policy", ""),
    ],
)
def test_a_cell_is_found_as_people_name_it(address: str, sheet: str, field: str, key: str) -> None:
    round = town()
    cell = find_cell(round, address, address, NB)
    assert isinstance(cell, Cell), cell
    assert (cell.sheet, cell.field) == (sheet, field)
    if key:
        assert key in repr(round.sheets()[sheet][cell.row])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("V05positions", "Skriv det slik: V05.plasser=2"),
        ("V5.positions=2", "Mente du V05?"),
        ("8.4.max_away=1", "ingenting som heter «8.4»"),
        ("V05.posisjoner=2", "Mente du plasser?"),
        ("V05.qwxz=2", "ingen kolonne «qwxz»"),
        ("K03.site=Bodø", "Ønsker.K03.1, Ønsker.K03.2"),
        ("Bodø.max_concurrent=2", "passer på flere rader"),
        ("kjøredag=1.4.2026", "Mente du kjøredato?"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest_name(text: str, told: str) -> None:
    made = edited(town(), NB, [text])
    assert made.misnamed
    assert any(told in line for line in said(made)), said(made)


def test_values_are_read_as_in_the_input() -> None:
    cells = [
        "V05.siste dag=31.3.2027",
        "V06.plasser=0",
        "V06.kort varsel=ja",
        "K03.åpen for andre avdelinger=ja",
        "K04.status=på vent",
        "K03.utilgjengelig=2027-01-01..2027-03-31",
        "Vågan.registrert fra=1.1.2027",
        "K03.1.tjenestested=bodø",
        "K03.2.tjenestested=",
    ]
    round = edited(town(), NB, cells).round
    assert round is not None
    assert round.vacancy["V05"].end == date(2027, 3, 31)
    assert round.vacancy["V06"].positions == 0
    assert round.vacancy["V06"].short_notice is True
    assert round.candidate["K03"].open_to_other_departments is True
    assert round.candidate["K04"].status is CandidateStatus.ON_HOLD
    assert round.candidate["K03"].unavailable == ((date(2027, 1, 1), date(2027, 3, 31)),)
    assert round.municipality["1865"].registered_from == date(2027, 1, 1)
    assert [w.site for w in round.ranked["K03"]] == ["Bodø", ""]
    assert edited(town(), NB, []).round == town()


def test_everything_that_is_wrong_is_told_at_once() -> None:
    cells = ["V05.plasser=to", "V06.siste dag=1.1.2020", "K03.kommune=", "K99.status=venter"]
    lines = said(edited(town(), NB, cells))
    assert "V05.plasser=to:" in lines
    assert any("helt tall" in line for line in lines)
    assert any("«kommune» må fylles ut" in line for line in lines)
    assert any("K99" in line for line in lines)


def test_what_would_make_the_input_invalid_says_so() -> None:
    for cell, told in (
        ("V06.siste dag=1.1.2020", "før det begynner"),
        ("V06.vikariat-id=V05", "står to ganger"),
        ("K03.kommune=1866", "1866"),
        ("K03.1.tjenestested=Bodo", "Bodo"),
        ("neste runde=1.2.2026", "1.3.2026"),
        ("startnummer=7", "begrunnes"),
        ("regelsett=sør-2024", "sør-2024"),
    ):
        made = edited(town(), NB, [cell])
        assert made.misnamed == []
        assert any(told in line for line in said(made)), (cell, said(made))
    twice = said(edited(town(), NB, ["V05.plasser=2", "V05.positions=3"]))
    assert twice == ["V05.positions=3: Denne cellen endres to ganger."]


def test_other_settings_are_followed_by_what_depends_on_them() -> None:
    round = edited(town(), NB, ["kjøredato=1.4.2026", "regelsett=vest-2023"]).round
    assert round is not None
    assert (round.run_date, round.next_round_date) == (date(2026, 4, 1), date(2026, 7, 1))
    assert round.seed == "20260401"
    assert round.policy.practice_months == 36
    fixed = town().changed(next_round_date=date(2026, 6, 10), seed="7", seed_reason="drawn")
    kept = edited(fixed, NB, ["kjøredato=1.4.2026"]).round
    assert kept is not None
    assert (kept.next_round_date, kept.seed) == (date(2026, 6, 10), "7")


def added(text: str, sheet: str = "vacancy", **facts: Any) -> Edited:
    return edited(town().changed(**facts) if facts else town(), NB, rows=[(sheet, text)])


def test_a_row_more_is_read_like_the_others_and_gets_an_id_of_its_own() -> None:
    made = added("avdeling=øre, første dag=1.10.2026, siste dag=31.3.2027, kontakt=Ola, tlf. 75")
    assert made.round is not None
    (new,) = (v for v in made.round.vacancies if v.vacancy_id not in town().vacancy)
    assert new.vacancy_id == "NY1"
    assert (new.trust, new.site, new.department) == (TRUST, "Bodø", "Øre")
    assert (new.start, new.end, new.positions) == (date(2026, 10, 1), date(2027, 3, 31), 1)
    assert new.contact == "Ola, tlf. 75"
    own = added("vikariat-id=V08; avdeling=øre; start=2026-10-01; end=2027-03-31")
    assert own.round is not None
    assert "V08" in own.round.vacancy
    waived = added(
        "candidate_id=k03, rule=deviation, approved_by=X, approved_on=1.2.2026, reason=r", "unntak"
    )
    assert waived.round is not None
    assert waived.round.waives("K03", "deviation")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "vikariat-id=v05, avdeling=Øre, start=1.10.2026, end=31.3.2027",
            "allerede en rad som heter «V05»",
        ),
        ("avdeling=Øre, start=1.10.2026", "«siste dag» må fylles ut"),
        ("site=Bodø, start=1.10.2026, end=31.3.2027", "«helseforetak» må fylles ut"),
        ("avdeling=Øre, start=31.3.2027, end=1.10.2026", "før det begynner"),
        ("avdeling=Hud, tjenestested=Bodø, helseforetak=X, start=1.1.2027, end=1.9.2027", "X"),
        ("avdelling=Øre, start=1.10.2026, end=31.3.2027", "Mente du avdeling?"),
        ("Øre", "Skriv kolonne=verdi"),
        ("start=1.10.2026, start=1.11.2026, avdeling=Øre, end=1.9.2027", "to ganger"),
    ],
)
def test_a_row_that_cannot_be_says_why(text: str, told: str) -> None:
    lines = said(added(text))
    assert any(told in line for line in lines), lines


def test_sheets_are_known_in_the_singular_too() -> None:
    for text in ("vacancy", "Vikariat", "vikariater", "VACANCIES"):
        assert sheet_of(text) == "vacancies"
    assert sheet_of("kandidat") == "candidates"
    assert sheet_of("v") is None
    assert isinstance(added("x=1", "ukjent").misnamed[0], Finding)

"""The plan if cells were different: solved like any round, and compared."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.round import Round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.quarter.asking.edits import edited
from scheduler.quarter.asking.what_if import WhatIf, what_if
from scheduler.quarter.comparing.compare import Cause, ChangeKind
from scheduler.solver.solve import solve
from scheduler.support.resources import data_folder
from tests.builders import Priority, a_round, candidate, lock, policy, vacancy, wish
from tests.quarter.command import alis
from tests.quarter.sides import FEB28, SEP1, places
from tests.random_rounds import random_round

NB = Translator("nb")
SMALL = data_folder() / "samples" / "small"


def asked(round: Round, *cells: str) -> WhatIf:
    made = edited(round, NB, cells)
    assert made.round is not None, made
    return what_if(make_plan(make_case(round)).plan, round, made.round)


def notes(found: WhatIf) -> list[str]:
    return [NB.finding(note) for note in found.notes]


def queue() -> Round:
    """A and B want V; K03 wants only Bodø, and W in Narvik is free."""
    return a_round(
        [candidate("A"), candidate("B"), candidate("K03")],
        [*places("V"), vacancy("W", site="Narvik")],
        wishes=[wish("A", site="Lofoten"), wish("B", site="Lofoten"), wish("K03", site="Lofoten")],
    )


def test_a_change_is_told_with_what_it_does() -> None:
    found = asked(queue(), "V.plasser=2", "K03.åpen for andre steder=ja")
    assert notes(found) == [
        "K03: åpen for andre tjenestesteder var nei og er nå ja.",
        "V: plasser var 1 og er nå 2.",
    ]
    # One has V by the lot; a second position lets B or K03 have it, and K03 may have W now.
    assert len(found.before.placed) == 1
    assert len(found.after.placed) == 3
    gained = {t.change.candidate_id: t.cause for t in found.told if t.change.taken}
    assert len(gained) == 2
    assert set(gained.values()) <= {Cause.OWN, Cause.VACANCY}


def test_a_change_that_does_nothing_says_so() -> None:
    nothing = asked(queue(), "V.plasser=1")
    assert notes(nothing) == [
        "Inndataene er som før: Endringen endrer ingenting i dem.",
        "Planen ville blitt den samme.",
    ]
    wider = asked(queue(), "W.plasser=3")
    assert notes(wider) == ["W: plasser var 1 og er nå 3.", "Planen ville blitt den samme."]


def test_what_has_no_nearer_reason_follows_from_the_change() -> None:
    """Once A could have V, B may no longer have it before A; of all three C has waited longer."""
    early, later = date(2025, 1, 1), date(2025, 8, 1)
    round = a_round(
        [
            candidate("A", practice_met_on=date(2028, 1, 1)),
            candidate("B", registered_on=early, first_wished_start=early),
            candidate("C", municipality="1804", registered_on=later, first_wished_start=early),
        ],
        places("V"),
        priority=[
            Priority(municipality="1865", priority=n, candidate_id=who)
            for n, who in enumerate("AB", 1)
        ],
    )
    found = asked(round, "A.praksiskrav oppfylt=1.1.2024")
    assert (*found.before.placed, *found.after.placed) == ("B", "C")
    assert notes(found)[-1] == "A ville fortsatt vært uten plass."
    told = {t.change.candidate_id: " ".join(map(NB.finding, t.reasons)) for t in found.told}
    assert told["C"] == "Det følger av endringen: Hele planen ble vurdert på nytt."


def test_a_change_that_breaks_a_promise_says_so_and_keeps_it() -> None:
    round = a_round(locks=[lock("A", "V", SEP1, FEB28)])
    found = asked(round, "V.siste dag=31.12.2026")
    assert "Dette ville bryte med en låst plass:" in notes(found)
    (broken,) = found.broken
    assert NB.finding(broken).startswith("A: Tjenesten fra 1.9.2026 til 28.2.2027 ligger ikke")
    assert [t.change.kind for t in found.told] == [ChangeKind.KEPT]
    # A conflict that is there already is nobody's change.
    short = edited(round, NB, ["V.siste dag=31.12.2026"]).round
    assert short is not None
    assert asked(short, "A.kommune=1865", "V.plasser=2").broken == ()


@pytest.mark.parametrize("seed", range(12))
def test_the_plan_is_that_of_the_changed_round(seed: int) -> None:
    round = random_round(seed)
    first, last = round.vacancies[0], round.candidates[-1]
    cells = [f"{first.vacancy_id}.positions=2", f"{last.candidate_id}.open_to_other_sites=yes"]
    made = edited(round, Translator("en"), cells).round
    assert made is not None
    found = what_if(make_plan(make_case(round)).plan, round, made)
    assert found.after.placements == solve(make_case(made)).placements
    gone = {t.change.candidate_id for t in found.told if t.change.left or t.change.taken}
    one, two = found.before.placed, found.after.placed
    assert gone == {
        w
        for w in {*one, *two}
        if (w in one, w in two) != (True, True) or one[w].bare != two[w].bare
    }


def test_another_policy_is_a_change_like_others() -> None:
    found = asked(queue().changed(policy=policy(horizon_months=24)), "regelsett=vest-2023")
    assert "Regelsettet ville vært vest-2023." in notes(found)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "plan"
    done = alis("plan", SMALL, "--out", folder, "--lang", "nb")
    assert done.exit_code == 0, done.stderr
    return folder


def test_the_command_writes_only_where_it_is_told_to(small: Path, tmp_path: Path) -> None:
    call = ("what-if", SMALL, "--plan", small, "--set", "V01.plasser=3", "--lang", "nb")
    before = sorted(p.name for p in SMALL.iterdir())
    done = alis(*call)
    assert done.exit_code == 0, done.stderr
    assert "V01: plasser var 1 og er nå 3." in done.stdout
    assert sorted(p.name for p in SMALL.iterdir()) == before
    data = json.loads(alis(*call, "--json").stdout)
    assert data["notes"][0] == "V01: plasser var 1 og er nå 3."
    assert alis(*call, "--out", tmp_path / "hva.xlsx").exit_code == 0
    sheet = load_workbook(tmp_path / "hva.xlsx").worksheets[0]
    assert sheet["A1"].value == "Planen slik den ville blitt, sammenlignet med dagens plan"


def test_what_cannot_be_understood_and_what_cannot_be_have_their_own_exit_codes(
    small: Path,
) -> None:
    call = ("what-if", SMALL, "--plan", small, "--lang", "nb")
    assert alis(*call, "--set", "V99.plasser=3").exit_code == 2
    assert alis(*call, "--set", "V01.siste dag=1.1.2020").exit_code == 3
    row = "avdeling=Ukjent, tjenestested=Bodø, helseforetak=X, start=1.10.2026, slutt=1.9.2027"
    assert alis(*call, "--add", "vikariat", row).exit_code in (2, 3)
    assert alis(*call, "--set", "V01.plasser=1", "--out", "x.docx").exit_code == 2


def test_one_vacancy_more_is_solved_with_the_others(small: Path) -> None:
    vacancies = small_round().vacancies
    place = vacancies[0]
    row = (
        f"tjenestested={place.site}, avdeling={place.department}, første dag=1.10.2026, "
        f"siste dag=31.3.2027"
    )
    done = alis("what-if", SMALL, "--plan", small, "--add", "vikariat", row, "--lang", "nb")
    assert done.exit_code == 0, done.stderr
    assert "Vikariatet NY1 er nytt." in done.stdout


def small_round() -> Round:
    from scheduler.input import read_round

    round = read_round(SMALL).round
    assert round is not None
    assert round.run_date < date(2026, 10, 1)
    return round

"""The empty form: its lists follow one another, and a round can be filled in on it."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.department import Department
from models.municipality import Agreement, Municipality
from models.policy import Policy
from scheduler.input import read_round
from scheduler.input.form.lists import department_formula, site_formula
from scheduler.input.form.names import INSTRUCTIONS, LISTS
from scheduler.input.form.template import make_template
from scheduler.input.sheets import NOUNS, SETTINGS
from scheduler.input.writing import write_input
from scheduler.locale import LANGUAGES, Translator
from scheduler.support.resources import reference_rows, shipped_policies
from tests.delivery import plan_in
from tests.input.coordinator import Coordinator, written
from tests.input.formulas import Formulas
from tests.test_cli import alis
from tools.hand_samples import small_facts

NB = Translator("nb")
BODO = ("Nordlandssykehuset HF", "Nordlandssykehuset Bodø")
AREAS = {"nord": "Helse Nord RHF", "vest": "Helse Vest RHF"}


def expected_places(region: str) -> dict[str, dict[str, list[str]]]:
    """Trust → site → departments, from the reference data by plain reading."""
    towns = {
        r["kommunenr"] for r in reference_rows("municipalities.csv") if r["rhf"] == AREAS[region]
    }
    found: dict[str, dict[str, list[str]]] = {}
    for site in reference_rows("sites.csv"):
        for row in reference_rows("departments.csv"):
            if site["vertskommunenr"] in towns and row["sted"] == site["sted"]:
                own = found.setdefault(site["hf"], {}).setdefault(site["sted"], [])
                own.append(row["avdeling"])
    return found


@pytest.mark.parametrize("region", ["nord", "vest"])
def test_each_drop_down_follows_from_the_one_before(region: str) -> None:
    all_of_it = Formulas(make_template(region, NB))
    places = expected_places(region)
    assert set(all_of_it.offered("list_trusts", LISTS)) == set(places)
    assert len(all_of_it.offered("list_trusts", LISTS)) == len(places)
    for trust, sites in places.items():
        offered = all_of_it.offered(site_formula(f'"{trust}"'), LISTS)
        assert sorted(offered) == sorted(sites)
        for site, departments in sites.items():
            formula = department_formula(f'"{trust}"', f'"{site}"')
            assert all_of_it.offered(formula, LISTS) == departments
    towns = [r for r in reference_rows("municipalities.csv") if r["rhf"] == AREAS[region]]
    assert all_of_it.offered("list_municipalities", LISTS) == [
        f"{r['kommunenr']} {r['kommunenavn']}" for r in towns
    ]


def test_the_lists_follow_what_is_added_renamed_and_sorted(tmp_path: Path) -> None:
    clerk = Coordinator(written(tmp_path))
    new = ("Nordlandssykehuset HF", "Ny, «æøå» & co", 'Avd. 1, "2" og 3')
    headers = ("helseforetak", "tjenestested", "avdeling")
    clerk.type("Avdelinger", dict(zip(headers, new, strict=True)))
    clerk.type("Avdelinger", dict(zip(headers, ("Eget HF", "Eget sted", "Lunge"), strict=True)))
    clerk.change("Avdelinger", "Sykelig overvekt og diabetes", "avdeling", "Overvekt")
    clerk.type("Vikariater", {"vikariat-id": "V1", "helseforetak": new[0]})
    assert clerk.offered("Vikariater", 2, 3)[-1] == new[1]
    clerk.put("Vikariater", 2, 3, new[1])
    assert clerk.offered("Vikariater", 2, 4) == [new[2]]
    clerk.type("Vikariater", {"helseforetak": BODO[0], "tjenestested": BODO[1]})
    assert "Overvekt" in clerk.offered("Vikariater", 3, 4)
    clerk.type("Vikariater", {"helseforetak": "Eget HF"})
    assert clerk.offered("Vikariater", 4, 3) == ["Eget sted"]
    everything = clerk.offered("Vikariater", 3, 4)
    page = clerk.book["Avdelinger"]
    rows = sorted(page.iter_rows(min_row=2, values_only=True), key=lambda row: str(row[2]))
    for line, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            page.cell(line, column).value = value
    assert sorted(clerk.offered("Vikariater", 3, 4)) == sorted(everything)
    assert clerk.offered("Vikariater", 4, 3) == ["Eget sted"]


def test_a_wish_that_leaves_out_trust_or_site_is_offered_all_that_fit(tmp_path: Path) -> None:
    clerk = Coordinator(written(tmp_path))
    places = expected_places("nord")
    clerk.type("Kandidater", {"kandidat-id": "K1", "kommune": "1804 Bodø"})
    for row in ({}, {"tjenestested": BODO[1]}, {"helseforetak": BODO[0]}):
        clerk.type("Ønsker", {"kandidat-id": "K1", "rang": 1, **row})
    assert len(clerk.offered("Ønsker", 2, 4)) == sum(map(len, places.values()))
    assert clerk.offered("Ønsker", 3, 5) == places[BODO[0]][BODO[1]]
    own = [d for departments in places[BODO[0]].values() for d in departments]
    assert sorted(clerk.offered("Ønsker", 4, 5)) == sorted(own)
    assert len(clerk.offered("Ønsker", 2, 5)) == sum(
        len(d) for sites in places.values() for d in sites.values()
    )


def test_ids_are_offered_as_they_are_typed(tmp_path: Path) -> None:
    clerk = Coordinator(written(tmp_path))
    assert clerk.offered("Ønsker", 2, 1) == [""]
    for number in (1, 2, 3):
        clerk.type("Kandidater", {"kandidat-id": f"K0{number}"})
        clerk.type("Vikariater", {"vikariat-id": f"V0{number}"})
    for sheet, column in (("Ønsker", 1), ("Prioritet", 3), ("Unntak", 1), ("Par", 1), ("Par", 2)):
        assert clerk.offered(sheet, 2, column) == ["K01", "K02", "K03"]
    for sheet in ("Takket nei", "Låste plasser"):
        assert clerk.offered(sheet, 2, 2) == ["V01", "V02", "V03"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("region", ["nord", "vest"])
def test_the_untouched_form_is_told_in_few_lines(
    region: str, language: str, tmp_path: Path
) -> None:
    translator = Translator(language)
    read = read_round(written(tmp_path, region, language))
    name = translator.sheet(SETTINGS)
    assert [(m.place.sheet, m.place.cell) for m in read.errors] == [(name, "B2"), (name, "B3")]
    kinds = [(m.place.sheet, m.finding.message) for m in read.messages]
    assert len(kinds) <= 8
    about = {sheet for sheet, _ in kinds}
    loaded = Policy.from_toml(
        shipped_policies()[{"nord": "nord-2024", "vest": "vest-2023"}[region]].read_text("utf-8")
    )
    agreements = translator.sheet(Agreement.sheet)
    assert (agreements in about) == loaded.require_agreement
    assert {translator.sheet(n.sheet) for n in (Municipality, Department)} <= about
    assert not about & {translator.sheet(INSTRUCTIONS), LISTS}
    assert "{" not in " ".join(translator.finding(m.finding) for m in read.messages)


def test_nothing_is_said_that_the_reference_data_do_not_say() -> None:
    for region in ("nord", "vest"):
        book = make_template(region, NB)
        page = book["Avdelinger"]
        known = {
            (r["sted"], r["avdeling"]): "ALIS-liste" in r["kilde"]
            for r in reference_rows("departments.csv")
        }
        rows = list(page.iter_rows(min_row=2, values_only=True))
        assert len(rows) == sum(
            len(d) for t in expected_places(region).values() for d in t.values()
        )
        for row in rows:
            approved, *others = row[4:]
            assert approved == ("ja" if known[str(row[1]), str(row[2])] else None)
            assert set(others) == {None}
        for row in book["Kommuner"].iter_rows(min_row=2, values_only=True):
            assert row[0]
            assert row[1]
            assert set(row[2:]) == {None}
        for sheet in set(NOUNS) - {"departments", "municipalities"}:
            assert book[NB.sheet(sheet)].max_row == 1


def test_the_sheets_of_the_form_are_known_and_not_read(tmp_path: Path) -> None:
    write_input(tmp_path / "a.xlsx", small_facts(), NB)
    with_them = read_round(tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    for name in (NB.sheet(INSTRUCTIONS), LISTS):
        del book[name]
    book.save(tmp_path / "b.xlsx")
    without = read_round(tmp_path / "b.xlsx")
    assert with_them.round is not None
    assert with_them.round == without.round
    assert [m.finding for m in with_them.messages] == [m.finding for m in without.messages]


PEOPLE = (
    # id, town, wished start, latest, registered, and the departments in Bodø or Lofoten wished for
    ("K01", "1804 Bodø", (2027, 1, 1), (2027, 3, 1), ("Ortopedi", "Nevrologi")),
    ("K02", "1804 Bodø", (2027, 1, 1), None, ("Generell kirurgi",)),
    ("K03", "1804 Bodø", (2027, 2, 1), None, ("Psykiatri", "Onkologi")),
    ("K04", "1804 Bodø", (2027, 3, 1), (2027, 4, 1), ("Barnemedisin",)),
    ("K05", "1841 Fauske", (2027, 1, 1), None, ("Revmatologi", "Ortopedi")),
    ("K06", "1841 Fauske", (2027, 2, 1), None, ("Generell indremedisin",)),
    ("K07", "1838 Gildeskål", (2027, 1, 1), (2027, 6, 1), ("Nevrologi",)),
    ("K08", "1839 Beiarn", (2027, 4, 1), None, ("Psykiatri",)),
    ("K09", "1860 Vestvågøy", (2027, 1, 1), None, ("Generell kirurgi", "Ortopedi")),
    ("K10", "1865 Vågan", (2027, 1, 1), None, ("Generell indremedisin",)),
    ("K11", "1875 Hamarøy", (2027, 2, 1), (2027, 5, 1), ("Onkologi", "Barnemedisin")),
    ("K12", "1871 Andøy", (2027, 3, 1), None, ("Ortopedi",)),
)
OFFERS = (
    ("V01", "Ortopedi", (2027, 1, 1), (2027, 6, 30)),
    ("V02", "Generell kirurgi", (2027, 1, 1), (2027, 9, 30)),
    ("V03", "Psykiatri", (2027, 2, 1), (2027, 7, 31)),
    ("V04", "Barnemedisin", (2027, 3, 1), (2028, 2, 28)),
    ("V05", "Revmatologi", (2027, 1, 15), (2027, 7, 31)),
    ("V06", "Generell indremedisin", (2027, 1, 1), (2027, 6, 30)),
    ("V07", "Nevrologi", (2027, 1, 1), (2027, 12, 31)),
    ("V08", "Onkologi", (2027, 4, 1), (2027, 9, 30)),
)


def filled(path: Path) -> Path:
    """The form of the north with 12 candidates and 8 vacancies."""
    clerk = Coordinator(path)
    settings = clerk.book["Tildelingsrunde"]
    settings["B2"], settings["B3"] = "Høsten 2026", "2026-09-01"
    towns = sorted({town for _, town, *_ in PEOPLE})
    for number in towns:
        clerk.change("Kommuner", number[:4], "registrert fra", "ja")
    for number in towns:
        clerk.type("Avtaler", {"kommune": number, "helseforetak": BODO[0]})
    for who, town, first, latest, wishes in PEOPLE:
        person: dict[str, object] = {"kandidat-id": who, "navn": f"Lege {who}", "kommune": town}
        person["ønsket første dag"] = date(*first)
        if latest:
            person["ønsket senest"] = date(*latest)
        person |= {"praksis fra": date(2024, 1, 1), "meldt inn": date(2026, 2, int(who[1:]))}
        person |= {"åpen for andre tjenestesteder": "nei", "åpen for andre avdelinger": "ja"}
        clerk.type("Kandidater", person)
        for rank, department in enumerate(wishes, 1):
            wish = {"kandidat-id": who, "rang": rank, "helseforetak": BODO[0]}
            clerk.type("Ønsker", {**wish, "tjenestested": BODO[1], "avdeling": department})
    for town in ("1804 Bodø", "1841 Fauske"):
        own = [who for who, home, *_ in PEOPLE if home == town]
        for place, who in enumerate(own, 1):
            clerk.type("Prioritet", {"kommune": town, "prioritet": place, "kandidat-id": who})
    for name, department, start, end in OFFERS:
        window: dict[str, object] = {"vikariat-id": name, "helseforetak": BODO[0]}
        window |= {"tjenestested": BODO[1], "avdeling": department}
        clerk.type("Vikariater", window | {"første dag": date(*start), "siste dag": date(*end)})
    return clerk.save()


def test_the_form_filled_in_by_a_coordinator_gives_a_plan(tmp_path: Path) -> None:
    done = alis("template", "--out", tmp_path / "runde.xlsx", "--region", "nord")
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "runde.xlsx")), done.stderr
    path = filled(tmp_path / "runde.xlsx")
    read = read_round(path)
    assert read.round is not None, [NB.finding(m.finding) for m in read.errors]
    assert len(read.round.candidates) == 12
    assert len(read.round.vacancies) == 8
    planned = alis("plan", path, "--out", tmp_path / "plan")
    assert planned.returncode == 0, planned.stderr
    assert "bevist" in planned.stdout
    checked = alis("verify", plan_in(tmp_path / "plan"), path)
    assert checked.returncode == 0, checked.stderr


def test_the_command_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "runde.xlsx").write_bytes(b"mine")
    done = alis("template", "--out", tmp_path / "runde.xlsx")
    assert done.returncode == 7
    assert "finnes fra før" in done.stderr
    assert (tmp_path / "runde.xlsx").read_bytes() == b"mine"
    assert alis("template", "--out", tmp_path / "runde.xls").returncode == 2
    assert alis("template", "--out", tmp_path / "x.xlsx", "--region", "sør").returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["runde.xlsx"]

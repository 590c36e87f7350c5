"""A canary: what is written for one must not name another, wherever in a file one looks."""

import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.lock import LockStatus
from models.plan import Plan
from models.round import Round
from models.waiver import PairKind
from scheduler.explanations.wording.audience import Audience
from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.report.books.departments import department_books
from scheduler.report.books.municipalities import municipality_books
from scheduler.report.books.trusts import trust_books
from scheduler.report.explain_lines import candidate_lines, letter_lines
from scheduler.report.files import write_plan
from scheduler.report.names import plain_name
from scheduler.report.table import Book
from scheduler.report.texts import Delivery
from tests.builders import a_round, candidate, lock, pair, vacancy
from tests.delivery import departments_in, municipalities_in, trusts_in
from tests.report.test_files import SAMPLES

SEP1, NOV30 = date(2026, 9, 1), date(2026, 11, 30)
DEC1, FEB28 = date(2026, 12, 1), date(2027, 2, 28)


@pytest.fixture(scope="module", params=["small", "vest", "conflict"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("plan") / "out"
    read = read_round(SAMPLES / request.param)
    assert read.round is not None
    made = make_plan(make_case(read.round), origin=read.origin)
    write_plan(Delivery(made.plan, read.round, Translator(read.language), made.proof), folder)
    return folder, read.round


SECRETS = ("hemmelig@", "skjult grunn", "skjult merknad", "skjult navn på den som godkjente")


def planted(round: Round) -> Round:
    """The round with a name, an e-mail address, a note and a reason for everybody."""
    people = tuple(
        c.model_copy(
            update={
                "name": f"Navn{c.candidate_id} Kanari",
                "email": f"hemmelig@{c.candidate_id}.example",
            }
        )
        for c in round.candidates
    )
    locks = tuple(
        k.model_copy(
            update={
                "note": SECRETS[2],
                "reason": SECRETS[1],
                "extended_from": k.end - timedelta(days=1),
            }
        )
        for k in round.locks
    )
    waivers = tuple(
        w.model_copy(update={"reason": SECRETS[1], "approved_by": SECRETS[3]})
        for w in round.waivers
    )
    return round.changed(candidates=people, locks=locks, waivers=waivers)


@pytest.fixture(scope="module", params=["small", "vest", "conflict"])
def sent_out(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("plan") / "out"
    read = read_round(SAMPLES / request.param)
    assert read.round is not None
    round = planted(read.round)
    made = make_plan(make_case(round), origin=read.origin)
    write_plan(Delivery(made.plan, round, Translator(read.language), made.proof), folder)
    return made.plan, round, folder


def test_nobody_outside_reads_addresses_reasons_or_notes(
    sent_out: tuple[Plan, Round, Path],
) -> None:
    _, _, folder = sent_out
    outside = [*departments_in(folder), *trusts_in(folder), *municipalities_in(folder)]
    assert len(outside) > 5
    for path in outside:
        text = everything_in(path) + path.name
        assert not any(secret in text for secret in SECRETS), path.name


@pytest.mark.parametrize("kind", ["department", "trust"])
def test_a_hospital_reads_only_of_those_who_come_and_names_of_those_who_said_yes(
    sent_out: tuple[Plan, Round, Path], kind: str
) -> None:
    plan, round, folder = sent_out
    for path in departments_in(folder) if kind == "department" else trusts_in(folder):
        own = {
            v.vacancy_id
            for v in round.vacancies
            if (
                path.name.startswith(plain_name(f"{v.site} - {v.department}") + " - ")
                if kind == "department"
                else path.name.startswith(v.trust + " - ")
            )
        }
        assert own, path.name
        held = [k for k in round.locks if k.vacancy_id in own]
        known = {k.candidate_id for k in held if k.status is not LockStatus.OFFERED}
        comes = {k.candidate_id for k in held} | {
            p.candidate_id for p in plan.placements if any(s.vacancy_id in own for s in p.segments)
        }
        text = everything_in(path) + path.name
        words = words_of(text)
        for person in round.candidates:
            who = person.candidate_id
            assert (person.name in text) <= (who in known), (path.name, who)
            assert (who in words) <= (who in comes), (path.name, who)


def everything_in(path: Path) -> str:
    """All texts of a workbook: sheets, hidden ones too, comments, names, properties; but not the
    names of cells, of which K10 is one.
    """
    with zipfile.ZipFile(path) as book:
        text = "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
    return re.sub(r' (r|ref|sqref|topLeftCell|activeCell)="[A-Z0-9: ]*"', "", text)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text))


def test_a_municipality_sees_its_own_and_nobody_else(written: tuple[Path, Round]) -> None:
    folder, round = written
    files = municipalities_in(folder)
    homes = {c.municipality for c in round.candidates}
    assert len(files) == len(homes)
    for path in files:
        home = path.name.split(" ")[0]
        assert home in homes
        text = everything_in(path)
        words = words_of(text)
        for person in round.candidates:
            own = person.municipality == home
            assert (person.candidate_id in words) == own, (path.name, person.candidate_id)
            if person.name:
                assert (person.name in text) == own, (path.name, person.name)
            if person.email:
                assert person.email not in text


def test_a_department_sees_nobody_who_does_not_come(written: tuple[Path, Round]) -> None:
    folder, round = written
    promised = {k.candidate_id for k in round.locks if k.status.value != "offered"}
    for path in departments_in(folder):
        text = everything_in(path)
        for person in round.candidates:
            if person.name and person.candidate_id not in promised:
                assert person.name not in text, (path.name, person.name)


def test_a_municipality_gets_no_empty_sheets(written: tuple[Path, Round]) -> None:
    folder, _ = written
    for path in municipalities_in(folder):
        book = load_workbook(path)
        assert book.worksheets[0].max_row > 4
        for sheet in book.worksheets[1:-1]:  # the last is hidden
            lines = [row[0].value for row in sheet.iter_rows()]
            assert lines[-1] is not None
            assert lines.index(None) + 2 < len(lines), (path.name, sheet.title)


def test_a_yes_to_one_trust_tells_no_name_to_another() -> None:
    people = [candidate("A", name="Kari", plan_rest=True, remaining_months=3, wished_start=DEC1)]
    other = vacancy("W", DEC1, FEB28, trust="Finnmarkssykehuset HF", site="Hammerfest")
    round = a_round(people, [vacancy("V", SEP1, NOV30), other], locks=[lock("A", "V", SEP1, NOV30)])
    made = make_plan(make_case(round))
    delivery = Delivery(made.plan, round, Translator("nb"), made.proof)
    assert [p.bare[0].vacancy_id for p in delivery.placements] == ["W"]
    told = {
        book.title: "Kari" in texts_of(book)
        for book in (*trust_books(delivery), *department_books(delivery))
    }
    assert told == {
        "Finnmarkssykehuset HF": False,
        "Nordlandssykehuset HF": True,
        "Indremedisin, Hammerfest": False,
        "Indremedisin, Lofoten": True,
    }


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("same_site", "Hvis A og en fra en annen kommune kunne få plass hver for seg"),
        ("not_together", "Hvis A og en fra en annen kommune kunne være borte samtidig"),
    ],
)
def test_a_municipality_is_not_told_whom_its_candidate_is_paired_with(kind: str, told: str) -> None:
    people = [candidate("A"), candidate("ZEDB", municipality="1860")]
    together = kind == "not_together"
    round = a_round(
        people,
        [vacancy("V", positions=2 if together else 1)],
        pairs=[pair("A", "ZEDB", PairKind(kind), alone_ok=False)],
        locks=[lock("ZEDB", "V", SEP1, FEB28)] if together else (),
    )
    made = make_plan(make_case(round))
    delivery = Delivery(made.plan, round, Translator("nb"), made.proof)
    for town in municipality_books(delivery):
        home = "1865" in town.title
        assert (told in texts_of(town)) == home
        assert ("ZEDB" in texts_of(town)) != home
    for audience in Audience:
        lines = "\n".join(candidate_lines(delivery, "A", audience))
        assert ("ZEDB" in lines) == (audience is Audience.COORDINATOR)
    assert "ZEDB" not in "\n".join(letter_lines(delivery, "A"))


def texts_of(book: Book) -> str:
    """All that stands in the tables of a book."""
    return str(book.tables)

"""Many rounds together, counted by hand."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from models.finding import Finding
from models.history import History, OfferAnswer, Outcome
from models.plan import Plan
from models.round import Round
from scheduler.input.writing import write_input
from scheduler.listing.options import make_case
from scheduler.locale import LANGUAGES, Translator
from scheduler.planning import make_plan
from scheduler.quarter.ledger import Ledger, Record, Tally, make_ledger
from scheduler.report.quarter.ledger import ledger_tables
from tests.builders import a_round, candidate, lock, vacancy
from tests.quarter.command import alis
from tools.hand_samples import small_facts

SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def plan(round: Round) -> Plan:
    return make_plan(make_case(round)).plan


def people() -> list[object]:
    return [
        candidate("A", registered_on=date(2025, 6, 1), municipality="1804"),
        candidate("B", registered_on=date(2025, 12, 1), municipality="1806"),
    ]


def march() -> Plan:
    """A has V, B waits."""
    return plan(a_round(people(), [vacancy()]))  # type: ignore[arg-type]


def june(*, said_yes: bool) -> Plan:
    """B has W from June's round; A's place is promised, or they wait anew."""
    locks = [lock("A", "V", SEP1, FEB28)] if said_yes else []
    round = a_round(people(), [vacancy("V"), vacancy("W", site="Bodø")], locks=locks)  # type: ignore[arg-type]
    return plan(round.changed(run_date=JUNE, next_round_date=date(2026, 9, 1)))


def ledger(*plans: Plan, history: tuple[History, ...] = ()) -> Ledger:
    made = make_ledger(plans, history)
    assert isinstance(made, Ledger)
    return made


def test_rounds_are_put_together_in_the_order_of_time() -> None:
    made = ledger(june(said_yes=True), march())
    assert [(r.run_date, r.candidate_id, r.outcome, r.answer) for r in made.records] == [
        (MARCH, "A", Outcome.PLACED, OfferAnswer.YES),
        (MARCH, "B", Outcome.UNPLACED, None),
        (JUNE, "A", Outcome.LOCKED, None),
        (JUNE, "B", Outcome.PLACED, None),
    ]
    assert [(r.municipality, r.quarters) for r in made.by_candidate["B"]] == [
        ("1806", 0),
        ("1806", 2),
    ]
    tally = Tally.of(made.by_candidate["B"])
    assert (tally.rounds, tally.waited, tally.offers, tally.unknown) == (2, 1, 1, 1)
    assert made.middle_wait(made.by_municipality["1804"]) == made.by_candidate["A"][-1].quarters


def test_what_a_plan_cannot_tell_is_not_known_and_no_answer_is_guessed() -> None:
    made = ledger(march(), june(said_yes=False))
    first = made.by_candidate["A"][0]
    assert (first.outcome, first.answer) == (Outcome.PLACED, None)
    assert Tally.of([first]).unknown == 1


def row(who: str, day: date, outcome: Outcome, **facts: object) -> History:
    values = {"round": "R", "run_date": day, "candidate_id": who, "outcome": outcome, **facts}
    return History.model_validate(values)


def test_the_history_tells_answers_and_what_there_is_no_plan_of() -> None:
    history = (
        row("A", MARCH, Outcome.PLACED, answer=OfferAnswer.NO, vacancies="V", points=0),
        row("C", date(2025, 12, 1), Outcome.ON_HOLD, municipality="1860"),
    )
    made = ledger(march(), june(said_yes=False), history=history)
    first = made.by_candidate["A"][0]
    assert (first.answer, first.quarters, first.municipality) == (OfferAnswer.NO, 1, "1804")
    assert made.records[0].candidate_id == "C"
    assert Tally.of(made.by_candidate["A"]).no == 1


def test_plans_of_earlier_versions_are_read_with_what_they_tell() -> None:
    data = march().model_dump(mode="json", by_alias=True)
    data["people"], data["need"] = [], None
    made = ledger(Plan.from_json(json.dumps(data)), june(said_yes=True))
    old, new = made.by_candidate["B"]
    assert (old.quarters, new.quarters) == (None, 2)
    assert old.municipality == "1806"  # a later plan says it
    only = ledger(Plan.from_json(json.dumps(data)))
    assert set(only.by_municipality) == {""}
    assert only.middle_wait(only.records) is None


def test_two_plans_of_one_day_must_be_the_same() -> None:
    assert len(ledger(march(), march()).records) == 2
    other = plan(a_round(people(), [vacancy("W")]))  # type: ignore[arg-type]
    found = make_ledger([march(), other], ())
    assert isinstance(found, Finding)
    assert "1.3.2026" in Translator("nb").finding(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_count_what_the_records_say(language: str) -> None:
    made = ledger(march(), june(said_yes=True))
    towns, candidates, rounds = ledger_tables(made, Translator(language))
    assert [r[0] for r in towns.rows] == ["1804 Bodø", "1806 Narvik"]
    assert [r[4] for r in towns.rows] == [0, 1]
    assert [r[0] for r in candidates.rows] == ["A", "B"]
    assert len(rounds.rows) == 4
    assert towns.bars is not None


def test_numbers_of_a_tally() -> None:
    def one(n: int, answer: OfferAnswer | None) -> Record:
        day = date(2026, n, 1)
        return Record("R", day, "A", "", Outcome.PLACED, "V", 2 * n, n, answer)

    answers = [OfferAnswer.YES, OfferAnswer.DEPARTMENT_NO, OfferAnswer.WITHDRAWN, None]
    tally = Tally.of([one(n, a) for n, a in enumerate(answers, 1)])
    assert (tally.offers, tally.yes, tally.no, tally.department_no) == (4, 1, 0, 1)
    assert (tally.withdrawn, tally.unknown) == (1, 1)
    assert tally.points == (2, 4, 6, 8)
    assert tally.ranks == (1, 2, 3, 4)


def with_history(path: Path, language: str, *, broken: bool = False) -> None:
    """The small sample with a sheet History."""
    t = Translator(language)
    write_input(path, small_facts(), t)
    book: Workbook = load_workbook(path)
    sheet = book.create_sheet(t.sheet("history"))
    sheet.append([t.column(History.header(name)) for name in History.model_fields])
    answer = "?" if broken else t.word("no")
    cells = ["Høst", "1.12.2025", "K01", "1804", t.word("placed"), "V01", 12, 2, answer]
    sheet.append(cells)
    book.save(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_is_read_in_every_language(language: str, tmp_path: Path) -> None:
    with_history(tmp_path / "in.xlsx", language)
    done = alis("ledger", tmp_path / "in.xlsx", "--out", tmp_path / "out.xlsx", "--json")
    assert done.exit_code == 0, done.stderr
    (record,) = json.loads(done.stdout)
    assert (record["run_date"], record["answer"], record["points"]) == ("2025-12-01", "no", 12)


def test_the_command_takes_folders_and_inputs_and_draws_a_picture(tmp_path: Path) -> None:
    for name, one in (("mars", march()), ("juni", june(said_yes=True))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.json").write_text(one.to_json(), encoding="utf-8")
    with_history(tmp_path / "in.xlsx", "nb")
    call = ("ledger", tmp_path / "mars", tmp_path / "juni", tmp_path / "in.xlsx")
    out = ("--out", tmp_path / "bok.xlsx", "--lang", "nb")
    done = alis(*call, *out)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == "3 kandidater i 3 runder.\n"
    book = load_workbook(tmp_path / "bok.xlsx")
    assert book.sheetnames == ["Ventetid per kommune", "Kandidater", "Runder"]
    with zipfile.ZipFile(tmp_path / "bok.xlsx") as archive:
        assert [n for n in archive.namelist() if "charts/chart" in n] == ["xl/charts/chart1.xml"]
    assert alis(*call, *out).exit_code == 7
    own = alis(*call, "--out", tmp_path / "in.xlsx", "--overwrite")
    assert own.exit_code == 2  # that cannot be meant


def test_what_is_no_plan_and_no_history_is_refused(tmp_path: Path) -> None:
    write_input(tmp_path / "in.xlsx", small_facts(), Translator("nb"))
    out = ("--out", tmp_path / "out.xlsx", "--lang", "nb")
    done = alis("ledger", tmp_path / "in.xlsx", *out)
    assert done.exit_code == 2
    assert "verken en plan eller inndata med arket «Historikk»" in done.stderr
    with_history(tmp_path / "broken.xlsx", "nb", broken=True)
    assert alis("ledger", tmp_path / "broken.xlsx", *out).exit_code == 3
    missing = alis("ledger", tmp_path / "nothing", *out)
    assert (missing.exit_code, str(tmp_path / "nothing") in missing.stderr) == (2, True)


def test_a_folder_without_a_plan_and_a_plan_that_cannot_be_read_are_told_as_such(
    tmp_path: Path,
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "plan.json").write_text("{}", encoding="utf-8")
    out = ("--out", tmp_path / "out.xlsx")
    empty, bad = (alis("ledger", tmp_path / name, *out) for name in ("empty", "bad"))
    assert (empty.exit_code, bad.exit_code) == (2, 2)
    assert "empty er verken en plan eller inndata med arket «Historikk»." in empty.stderr
    assert "plan.json er ikke en plan som alis har skrevet" in bad.stderr
    assert not (tmp_path / "out.xlsx").exists()

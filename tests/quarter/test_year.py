"""A year of sixty doctors: every yes keeps place and days, nobody is lost, every file is read."""

from pathlib import Path

from models.plan import Plan
from scheduler.input import ReadResult, read_round
from scheduler.listing.options import make_case
from scheduler.quarter.answers.offers import offer_rows
from scheduler.report.answers_file import answers_bytes
from scheduler.report.names import names_of
from scheduler.verification.plan import verify
from tests.quarter.quick import quick_plan
from tools.year import NB, play


def plan_and_offers(read: ReadResult, folder: Path) -> Plan:
    """The plan, checked, with nothing delivered but the workbook of answers."""
    assert read.round is not None
    plan = quick_plan(read.round)
    assert [f for f in verify(plan, make_case(read.round), []) if "conflict" not in f.message] == []
    folder.mkdir()
    rows = offer_rows(plan, read.round)
    (folder / names_of(plan).answers).write_bytes(answers_bytes(plan, rows, NB))
    return plan


def test_a_year_of_four_quarters(tmp_path: Path) -> None:
    told: list[str] = []
    count = play(tmp_path, plan_and_offers, tell=told.append)
    assert len(told) == 8
    assert len(count.held) > 40
    assert count.left
    last = read_round(tmp_path / "5 runde.xlsx")
    assert last.round is not None
    assert len(last.round.candidates) == 60 + 3 * 10
    assert f"{last.round.run_date}" == "2027-03-01"

"""From a round over its answers to the next: everybody who said yes is where they were."""

from datetime import date
from pathlib import Path

import pytest

from models.answer import CandidateAnswer, DepartmentAnswer
from models.candidate import CandidateStatus
from models.lock import LockStatus
from models.plan import Plan
from models.round import Round
from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.problem.waiting import waiting_quarters
from scheduler.quarter.answers.offers import offer_rows
from scheduler.quarter.next_round.next import Next, next_round
from scheduler.quarter.next_round.options import NextOptions
from scheduler.quarter.own_files.applying import Applied
from scheduler.quarter.own_files.reading import check_applied
from scheduler.support.resources import data_folder
from scheduler.verification.plan import verify
from tests.builders import a_round, candidate, policy, vacancy
from tests.quarter.quick import quick_plan

SAMPLES = data_folder() / "samples"
Days = set[tuple[str, str, date, date]]


def offered(plan: Plan) -> Days:
    return {
        (p.candidate_id, s.vacancy_id, s.start, s.end) for p in plan.placements for s in p.segments
    }


def locked(round: Round) -> Days:
    return {(k.candidate_id, k.vacancy_id, k.start, k.end) for k in round.locks}


def all_yes(round: Round, plan: Plan) -> Next:
    rows = [
        row.model_copy(
            update={"candidate_answer": CandidateAnswer.YES, "answered_on": row.reply_by}
        )
        for row in offer_rows(plan, round)
    ]
    return next_round(round, plan, rows, NextOptions(name="Neste"))


@pytest.mark.parametrize("sample", ["small", "vest", "conflict"])
def test_all_yes_and_the_next_plan_has_the_same_people_in_the_same_places(
    sample: str, tmp_path: Path
) -> None:
    read = read_round(SAMPLES / sample)
    assert read.round is not None
    plan = quick_plan(read.round)
    made = all_yes(read.round, plan)
    applied = Applied(read, made)
    check_applied(applied.contents, read, made)
    for name, content in applied.contents.items():
        (tmp_path / name).write_bytes(content)
    following = read_round(tmp_path).round
    assert following is not None
    assert offered(plan) | locked(read.round) == locked(following)
    then = quick_plan(following)
    assert not {p.candidate_id for p in plan.placements} & {p.candidate_id for p in then.placements}
    assert {(k.candidate_id, k.vacancy_id, k.start, k.end) for k in then.locks} == locked(following)


def test_situation_6_declines_and_refill() -> None:
    """Thirty offers: four decline, two withdraw, one vacancy vanishes."""
    soon, late = date(2026, 7, 1), date(2026, 9, 1)
    windows = [
        vacancy(f"V{n:02}", soon, date(2026, 12, 31), short_notice=n == 1)
        if n in (1, 2)
        else vacancy(f"V{n:02}", late, date(2027, 2, 28), site=f"Sted {n % 5}")
        for n in range(1, 31)
    ]
    people = [
        candidate(
            f"K{n:02}",
            wished_start=soon if n in (1, 2, 31) else late,
            registered_on=date(2025, 1, n) if n < 31 else date(2026, 1, n - 30),
        )
        for n in range(1, 40)
    ]
    round = a_round(people, windows, policy=policy(require_priority=False))
    plan = quick_plan(round)
    place = {p.candidate_id: p.segments[0].vacancy_id for p in plan.placements}
    assert len(place) == 30
    who = {v: c for c, v in place.items()}
    declined = {who[v] for v in ("V01", "V02", "V03", "V04")}
    withdrawn = {who[v] for v in ("V05", "V06")}
    gone = who["V07"]
    answers = []
    for row in offer_rows(plan, round):
        said = CandidateAnswer.YES
        if row.candidate_id in declined:
            said = CandidateAnswer.NO
        elif row.candidate_id in withdrawn:
            said = CandidateAnswer.WITHDRAWN
        refused = DepartmentAnswer.NO if row.candidate_id == gone else None
        answers.append(
            row.model_copy(
                update={
                    "candidate_answer": said,
                    "department_answer": refused,
                    "answered_on": date(2026, 3, 12),
                }
            )
        )
    without = round.changed(vacancies=[v for v in round.vacancies if v.vacancy_id != "V07"])
    refill = NextOptions(run_date=date(2026, 4, 15), refill=True)
    made = next_round(without, plan, answers, refill)
    then = quick_plan(made.round)
    assert verify(then, make_case(made.round)) == []
    # Everyone who said yes keeps their place to the day.
    yes = {d for d in offered(plan) if d[0] not in declined | withdrawn | {gone}}
    assert len(yes) == 23
    assert locked(made.round) == yes
    assert {k.status for k in made.round.locks} == {LockStatus.ACCEPTED}
    assert {(k.candidate_id, k.vacancy_id, k.start, k.end) for k in then.locks} == yes
    # Decliners stay, with their waiting time, barred from that vacancy only.
    for one in declined:
        assert made.round.is_open(one)
        assert waiting_quarters(made.round, one) >= waiting_quarters(round, one)
    assert {(d.candidate_id, d.vacancy_id) for d in made.round.declines} == {
        (one, place[one]) for one in declined
    }
    # Nothing bars whom the vanished vacancy left without a place.
    assert made.round.is_open(gone)
    assert all(made.round.candidate[one].status is CandidateStatus.WITHDRAWN for one in withdrawn)
    # What became free is filled again, what begins within three months only at short notice.
    filled = {s.vacancy_id: p.candidate_id for p in then.placements for s in p.segments}
    assert filled.keys() == {"V01", "V03", "V04", "V05", "V06"}
    assert all(filled[v] != who[v] for v in filled)
    assert not set(filled.values()) & withdrawn
    # The round itself goes on as before.
    assert made.round.next_round_date == round.next_round_date

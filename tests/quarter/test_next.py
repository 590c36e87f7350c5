"""What follows from answers, and from what has changed since: as a pure function."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.candidate import CandidateStatus
from models.history import OfferAnswer, Outcome
from models.lock import DeclinedBy, LockStatus
from scheduler.quarter.answers.offers import offer_rows
from scheduler.quarter.next_round.decisions import Unanswered
from scheduler.quarter.next_round.draft import CellSet, SettingSet
from scheduler.quarter.next_round.next import next_round
from scheduler.quarter.next_round.options import NextOptions
from scheduler.support.errors import NotApplicableError
from tests.builders import a_round, candidate, lock, vacancy, waiver
from tests.quarter.answering import (
    DAY,
    GONE,
    KEEP,
    NEXT,
    NO,
    REFUSED,
    YES,
    after,
    answered,
    halves,
    planned,
    refused,
)


def test_yes_locks_every_segment_and_takes_the_months() -> None:
    made = after(halves(), {"V1": YES, "V2": YES})
    assert [(k.vacancy_id, k.start, k.end, k.status) for k in made.round.locks] == [
        ("V1", date(2026, 9, 1), date(2026, 11, 30), LockStatus.ACCEPTED),
        ("V2", date(2027, 1, 1), date(2027, 3, 31), LockStatus.ACCEPTED),
    ]
    assert made.round.candidate["A"].remaining_months == 0
    assert not made.round.candidate["A"].plan_rest
    (why,) = [c.why for c in made.changes if isinstance(c, CellSet)]
    assert why.value("months") == 6  # of both halves: the cell goes from 6 to 0


def test_one_answer_counts_for_both_halves() -> None:
    assert after(halves(), {"V1": YES}).round == after(halves(), {"V1": YES, "V2": YES}).round
    assert "two halves" in refused(halves(), halves(), {"V1": YES, "V2": NO})[0]


def test_no_bars_each_vacancy_of_the_placement_and_nothing_else() -> None:
    round = halves()
    made = after(round, {"V1": NO})
    assert [(d.candidate_id, d.vacancy_id, d.declined_on, d.by) for d in made.round.declines] == [
        ("A", "V1", DAY, DeclinedBy.CANDIDATE),
        ("A", "V2", DAY, DeclinedBy.CANDIDATE),
    ]
    assert made.round.candidates == round.candidates  # waiting time is kept
    assert made.round.locks == ()


def test_withdrawn_is_a_status() -> None:
    made = after(a_round(), {"V": GONE})
    assert made.round.candidate["A"].status is CandidateStatus.WITHDRAWN
    assert (made.round.declines, made.round.locks) == ((), ())


def test_the_departments_no_wins_over_a_yes() -> None:
    made = after(a_round(), {"V": {**YES, **REFUSED}})
    assert [(d.vacancy_id, d.by) for d in made.round.declines] == [("V", DeclinedBy.DEPARTMENT)]
    assert made.round.locks == ()
    assert made.round.candidate["A"].remaining_months == 6


def test_a_half_that_its_department_refuses_leaves_the_other_and_a_rest_to_plan() -> None:
    made = after(halves(), {"V1": YES, "V2": {**YES, **REFUSED}})
    assert [k.vacancy_id for k in made.round.locks] == ["V1"]
    assert [d.vacancy_id for d in made.round.declines] == ["V2"]
    who = made.round.candidate["A"]
    assert (who.remaining_months, who.plan_rest) == (3, True)
    assert made.round.is_open("A")


def test_offers_without_an_answer_are_listed_all_of_them() -> None:
    round = a_round(
        [candidate("A"), candidate("B")], [vacancy("V"), vacancy("W", department="Kirurgi")]
    )
    texts = refused(round, round, {})
    assert len(texts) == 2
    assert all("--unanswered" in text for text in texts)


def test_an_offer_that_is_kept_is_locked_as_offered_with_its_day() -> None:
    made = after(a_round(), {}, KEEP)
    (kept,) = made.round.locks
    assert (kept.status, kept.reply_by) == (LockStatus.OFFERED, date(2026, 3, 15))
    assert made.round.candidate["A"].remaining_months == 0


def test_only_what_is_overdue_can_count_as_declined() -> None:
    declined = NextOptions(unanswered=Unanswered.DECLINED)
    made = after(a_round(), {}, declined)
    assert [d.declined_on for d in made.round.declines] == [date(2026, 3, 15)]
    early = {"unanswered": Unanswered.DECLINED, "run_date": date(2026, 3, 14)}
    (text,) = refused(a_round(), a_round(), {}, **early)
    assert "2026-03-15" in text


def test_an_offered_lock_becomes_accepted_or_is_taken_back() -> None:
    first = after(a_round(), {}, KEEP).round
    assert after(first, {"V": YES}).round.locks[0].status is LockStatus.ACCEPTED
    made = after(first, {"V": NO}).round
    assert made.locks == ()
    assert made.candidate["A"].remaining_months == 6
    assert [d.vacancy_id for d in made.declines] == ["V"]
    made = after(first, {"V": GONE}).round
    assert (made.locks, made.declines) == ((), ())
    assert made.candidate["A"].status is CandidateStatus.WITHDRAWN
    assert made.candidate["A"].remaining_months == 6


def test_an_answer_may_come_after_the_offer_was_kept() -> None:
    round = a_round()
    plan = planned(round)
    first = next_round(round, plan, answered(round, plan, {}), KEEP)
    then = next_round(first.round, plan, answered(round, plan, {"V": YES}), KEEP, first.history)
    at_once = next_round(round, plan, answered(round, plan, {"V": YES}), KEEP)
    assert then.round.candidates == at_once.round.candidates
    assert then.round.locks[0].status is LockStatus.ACCEPTED
    assert [h.answer for h in then.history] == [OfferAnswer.YES]


def test_what_is_gone_since_is_an_error_that_names_it() -> None:
    round = a_round([candidate("A"), candidate("B")], [vacancy("V"), vacancy("W", site="Bodø")])
    plan = planned(round)
    mine = {o.vacancies: o.candidate_id for o in offer_rows(plan, round)}
    both = {"V": YES, "W": YES}
    no_candidate = round.changed(
        candidates=[c for c in round.candidates if c.candidate_id != mine["V"]],
        wishes=[w for w in round.wishes if w.candidate_id != mine["V"]],
    )
    no_vacancy = round.changed(vacancies=[v for v in round.vacancies if v.vacancy_id != "V"])
    away = round.changed(
        candidates=[
            c.model_copy(update={"status": CandidateStatus.ON_HOLD})
            if c.candidate_id == mine["V"]
            else c
            for c in round.candidates
        ]
    )
    fewer = round.changed(
        candidates=[c.model_copy(update={"remaining_months": 3}) for c in round.candidates]
    )
    for changed, count in ((no_candidate, 1), (no_vacancy, 1), (away, 1), (fewer, 2)):
        texts = refused(round, changed, both)
        assert len(texts) == count
        assert mine["V"] in texts[0]
    # Once the answers say so too, there is nothing to clear up.
    gone = next_round(no_vacancy, plan, answered(round, plan, {**both, "V": REFUSED}), NEXT)
    assert gone.round.declines == ()
    assert len(gone.notes) == 1
    gone = next_round(no_candidate, plan, answered(round, plan, {**both, "V": GONE}), NEXT)
    assert [k.vacancy_id for k in gone.round.locks] == ["W"]


def test_a_promise_is_not_taken_back_by_an_answer() -> None:
    round = a_round()
    plan = planned(round)
    promised = next_round(round, plan, answered(round, plan, {"V": YES}), NEXT)
    with pytest.raises(NotApplicableError, match="A"):
        next_round(promised.round, plan, answered(round, plan, {"V": NO}), NEXT)


def test_the_input_of_another_round_is_refused_by_name() -> None:
    round = a_round()
    plan = planned(round)
    rows = answered(round, plan, {"V": YES})
    other = round.changed(name="Another")
    with pytest.raises(NotApplicableError) as raised:
        next_round(other, plan, rows, KEEP)
    (told,) = raised.value.findings
    assert (told.value("name"), told.value("own")) == ("Another", "Test")
    # The next round may be called anything, and is known by its history or the name asked for.
    named = replace(KEEP, name="Another")
    once = next_round(round, plan, rows, named)
    assert next_round(once.round, plan, rows, named).changes
    unnamed = replace(KEEP, name="")
    assert next_round(once.round, plan, rows, unnamed, once.history).changes == ()
    with pytest.raises(NotApplicableError):
        next_round(once.round, plan, rows, unnamed)


@pytest.mark.parametrize("answer", [YES, NO, GONE, REFUSED, {}])
def test_applying_twice_is_applying_once(answer: Mapping[str, Any]) -> None:
    round = a_round(
        [candidate("A"), candidate("B", remaining_months=0)],
        [vacancy("V"), vacancy("U", date(2026, 2, 1), date(2026, 4, 30))],
        locks=[lock("B", "X", date(2025, 9, 1), date(2026, 2, 28))],
        waivers=[waiver("A", "scheme").model_copy(update={"valid_to": date(2026, 5, 31)})],
    )
    plan = planned(round)
    rows = answered(round, plan, {"V": answer})
    once = next_round(round, plan, rows, KEEP)
    assert once.changes
    twice = next_round(once.round, plan, rows, KEEP, once.history)
    assert twice.changes == ()
    assert twice.round == once.round
    assert twice.history == once.history


def test_the_record_has_a_row_for_everybody_in_the_round() -> None:
    round = a_round(
        [candidate("A"), candidate("B"), candidate("C", status=CandidateStatus.ON_HOLD)],
        [vacancy("V")],
        locks=[],
    )
    made = after(round, {"V": NO})
    rows = {h.candidate_id: (h.outcome, h.vacancies, h.answer) for h in made.history}
    placed = next(w for w, row in rows.items() if row[0] is Outcome.PLACED)
    other = ({"A", "B"} - {placed}).pop()
    assert rows == {
        placed: (Outcome.PLACED, "V", OfferAnswer.NO),
        other: (Outcome.UNPLACED, "", None),
        "C": (Outcome.ON_HOLD, "", None),
    }
    assert {(h.round, h.run_date) for h in made.history} == {("Test", date(2026, 3, 1))}


def test_every_change_tells_old_new_and_why() -> None:
    made = after(a_round(), {"V": YES})
    cells = [c for c in made.changes if isinstance(c, CellSet | SettingSet)]
    assert {(c.field, c.old, c.new) for c in cells} == {
        ("name", "Test", "Neste"),
        ("run_date", date(2026, 3, 1), date(2026, 6, 1)),
        ("next_round_date", date(2026, 6, 1), date(2026, 9, 1)),
        ("seed", "20260301", "20260601"),
        ("remaining_months", 6, 0),
    }
    assert all(c.why.message for c in made.changes)

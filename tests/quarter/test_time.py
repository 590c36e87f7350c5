"""What follows from time: the next day, service that is over, what was for one round only."""

from datetime import date

from models.candidate import CandidateStatus
from models.lock import LockStatus
from scheduler.quarter.next_round.draft import RowMarked
from scheduler.quarter.next_round.next import whole_months
from scheduler.quarter.next_round.options import NextOptions
from tests.builders import a_round, candidate, lock, vacancy, waiver
from tests.quarter.answering import YES, after, refused


def test_the_round_moves_on_by_itself() -> None:
    made = after(a_round(), {"V": YES})
    assert (made.round.run_date, made.round.next_round_date) == (
        date(2026, 6, 1),
        date(2026, 9, 1),
    )
    assert made.round.seed == "20260601"
    assert made.round.name == "Neste"
    own = a_round(seed="7", seed_reason="avtalt")
    assert after(own, {"V": YES}).round.seed == "7"
    other = NextOptions(run_date=date(2026, 6, 15), name="Neste")
    assert after(a_round(), {"V": YES}, other).round.next_round_date == date(2026, 9, 15)


def test_a_refill_keeps_the_next_round_and_the_offers_still_running() -> None:
    made = after(a_round(), {}, NextOptions(date(2026, 4, 1), refill=True))
    assert (made.round.run_date, made.round.next_round_date) == (
        date(2026, 4, 1),
        date(2026, 6, 1),
    )
    assert made.round.locks[0].status is LockStatus.OFFERED
    assert "refill" in refused(a_round(), a_round(), {"V": YES}, refill=True)[0].lower()


def test_days_that_do_not_fit_together_are_refused() -> None:
    (text,) = refused(a_round(), a_round(), {"V": YES}, run_date=date(2026, 3, 1))
    assert "2026-03-01" in text
    other = a_round(run_date=date(2026, 5, 1))
    (text,) = refused(a_round(), other, {"V": YES})
    assert "2026-05-01" in text
    assert "2026-06-01" in text


def test_who_has_served_everything_is_done() -> None:
    round = a_round(
        [candidate(remaining_months=0)],
        locks=[lock("A", "V", date(2025, 9, 1), date(2026, 2, 28))],
    )
    assert after(round, {}).round.candidate["A"].status is CandidateStatus.DONE
    running = a_round(
        [candidate(remaining_months=0)],
        locks=[lock("A", "V", date(2026, 1, 1), date(2026, 6, 1))],
    )
    assert after(running, {}).round.candidate["A"].status is CandidateStatus.WAITING


def test_who_has_served_one_half_and_has_no_other_is_planned_again() -> None:
    served = [lock("A", "X", date(2026, 1, 1), date(2026, 3, 31))]
    round = a_round([candidate(remaining_months=3)], locks=served)
    who = after(round, {}).round.candidate["A"]
    assert (who.plan_rest, who.remaining_months, who.status) == (True, 3, CandidateStatus.WAITING)
    # The other half is promised: nothing is to be planned.
    both = [*served, lock("A", "V", date(2026, 9, 1), date(2026, 11, 30))]
    assert (
        not after(a_round([candidate(remaining_months=0)], locks=both), {})
        .round.candidate["A"]
        .plan_rest
    )
    # While the first half runs, the coordinator decides.
    runs = [lock("A", "X", date(2026, 4, 1), date(2026, 6, 30))]
    assert (
        not after(a_round([candidate(remaining_months=3)], locks=runs), {})
        .round.candidate["A"]
        .plan_rest
    )


def test_vacancies_that_have_ended_stay_and_are_marked() -> None:
    over = vacancy("U", date(2026, 2, 1), date(2026, 4, 30))
    round = a_round([candidate()], [vacancy("V"), over])
    made = after(round, {"V": YES})
    assert [c.row.vacancy_id for c in made.changes if isinstance(c, RowMarked)] == ["U"]  # type: ignore[attr-defined]
    assert made.round.vacancies == round.vacancies


def test_a_waiver_for_this_round_only_falls_away() -> None:
    kept = waiver("A", "practice")
    over = waiver("A", "scheme").model_copy(update={"valid_to": date(2026, 5, 31)})
    last = waiver("A", "on-call").model_copy(update={"valid_to": date(2026, 6, 1)})
    made = after(a_round(waivers=[kept, over, last]), {"V": YES})
    assert {w.rule for w in made.round.waivers} == {"practice", "on-call"}


def test_whole_months_between_days() -> None:
    assert whole_months(date(2026, 9, 1), date(2027, 2, 28)) == 6
    assert whole_months(date(2026, 9, 1), date(2027, 2, 27)) == 5
    assert whole_months(date(2026, 8, 15), date(2026, 11, 14)) == 3

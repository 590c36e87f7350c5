"""What a plan says of the plan before it: every new placement tells why now."""

from datetime import date
from typing import Any

import pytest

from models.department import Department
from models.plan import Plan
from models.round import Round
from models.since import SinceEntry
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.quarter.comparing.since import check_since
from scheduler.quarter.next_round.next import next_round
from scheduler.quarter.next_round.options import NextOptions
from scheduler.report.delivered.checking import DeliveredPlan, check_delivered
from scheduler.report.quarter.changes import changes_table
from scheduler.report.texts import Delivery
from tests.builders import a_round, candidate, vacancy, wish
from tests.quarter.answering import GONE, NO, REFUSED, YES, answered, planned

REFILL = NextOptions(run_date=date(2026, 4, 15), refill=True)
NARVIK = vacancy("X", site="Narvik")
SURGERY = vacancy("W", site="Bodø", department="Kirurgi")


def offered() -> Round:
    """A has V, C has W; B, who only wants V, and D, who only wants Narvik, have nothing."""
    towns = {"A": "1804", "B": "1806", "C": "1837", "D": "1841"}
    since = {"A": date(2025, 1, 1), "C": date(2025, 1, 1)}
    people = [
        candidate(who, municipality=town, registered_on=since.get(who, date(2025, 12, 1)))
        for who, town in towns.items()
    ]
    sites = {"A": "Lofoten", "B": "Lofoten", "C": "Bodø", "D": "Narvik"}
    wishes = [wish(who, site=site) for who, site in sites.items()]
    windows = [vacancy("V"), SURGERY]
    places = {v.department_key for v in (*windows, NARVIK)}
    departments = [Department(trust=t, site=s, department=d) for t, s, d in places]
    return a_round(people, windows, wishes=wishes, departments=departments)


def refilled(answers: dict[str, dict[str, Any]], **facts: Any) -> tuple[Plan, Plan, Round]:
    """The plan before, and the plan after these answers, by vacancy."""
    round = offered()
    before = planned(round)
    made = next_round(round, before, answered(round, before, answers), REFILL).round
    made = made.changed(**{key: list(change(made)) for key, change in facts.items()})
    case = make_case(made, before.answer())
    return before, make_plan(case, before=before).plan, made


def told(plan: Plan) -> dict[str, tuple[str, str]]:
    assert plan.since is not None
    english = Translator("en")
    return {
        e.candidate_id: (e.kind, " ".join(english.finding(r.finding()) for r in e.reasons))
        for e in plan.since.changes
    }


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (NO, "lost", "A said no to V."),
        (GONE, "lost", "The status of A is withdrawn now."),
        (REFUSED, "lost", "The department said no to A in V."),
    ],
)
def test_whoever_has_a_place_now_is_told_who_gave_it_up(
    answer: dict[str, Any], kind: str, why: str
) -> None:
    before, plan, _ = refilled({"V": answer, "W": YES})
    said = told(plan)
    assert said.keys() == {"A", "B"}
    assert said["A"][1] == why
    assert said["B"][0] == "gained"
    assert said["B"][1].endswith(why)
    assert plan.since is not None
    assert (plan.since.plan, plan.since.round) == (before.fingerprint, before.round.name)


def test_a_vacancy_that_has_come_is_the_reason() -> None:
    _, plan, _ = refilled({"V": YES, "W": YES}, vacancies=lambda r: [*r.vacancies, NARVIK])
    assert told(plan) == {"D": ("gained", "X has come since the plan before.")}


def test_a_longer_window_is_the_reason() -> None:
    longer = {"end": date(2027, 9, 30)}
    _, plan, _ = refilled(
        {"V": YES, "W": YES},
        vacancies=lambda r: [
            v.model_copy(update=longer) if v.vacancy_id == "V" else v for v in r.vacancies
        ],
    )
    assert told(plan)["B"] == ("gained", "V did not have all these days in the plan before.")


def test_a_yes_changes_nothing_and_without_a_plan_before_nothing_is_told() -> None:
    before, plan, round = refilled({"V": YES, "W": YES})
    assert told(plan) == {}
    assert before.since is None
    assert changes_table(Delivery(plan, round, Translator("nb"))).rows == ()


def test_the_sheet_says_what_they_had_and_have_and_why_now() -> None:
    _, plan, round = refilled({"V": NO, "W": YES})
    table = changes_table(Delivery(plan, round, Translator("nb")))
    rows = {row[0]: row[3:] for row in table.rows}
    assert rows["A"] == ("V: 1.9.2026 til 28.2.2027", "", "A takket nei til V.")
    assert rows["B"][:2] == ("", "V: 1.9.2026 til 28.2.2027")
    assert str(rows["B"][2]).endswith("A takket nei til V.")


def test_what_is_said_is_checked_against_the_plan_before() -> None:
    before, plan, round = refilled({"V": NO, "W": YES})
    case = make_case(round, before.answer())
    assert plan.since is not None
    assert check_delivered(DeliveredPlan(plan), case, before=before) == []
    changes = plan.since.changes
    falsehoods: list[dict[str, Any]] = [
        {"changes": changes[1:]},
        {"changes": changes * 2},
        {"changes": changes[::-1]},
        {"plan": "0"},
        {"run_date": date(2026, 1, 1)},
        *({"changes": [*changes[:-1], wrong]} for wrong in _wrong(changes[-1])),
    ]
    for false in falsehoods:
        forged = plan.model_copy(update={"since": plan.since.model_copy(update=false)})
        assert check_delivered(DeliveredPlan(forged), case, before=before), false
    assert list(check_since(before, before, round)) == []


def _wrong(entry: SinceEntry) -> list[SinceEntry]:
    changes: list[dict[str, Any]] = [
        {"candidate_id": "C"},
        {"kind": "moved"},
        {"now": []},
        {"before": entry.now},
        {"reasons": entry.reasons[:-1]},
    ]
    return [entry.model_copy(update=change) for change in changes]

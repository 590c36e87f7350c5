"""What the region lacks: counted by hand, and positions that place those they name."""

import json
from datetime import date

import pytest

from models.need import NeedEntry
from models.plan import Plan
from models.round import Round
from scheduler.explanations.answers.need import need_of
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.report.quarter.need import need_table, positions_table
from scheduler.report.texts import Delivery
from scheduler.solver.clock import Clock
from scheduler.solver.solve import solve
from scheduler.verification.plan import verify
from tests.builders import Department, Priority, a_round, candidate, policy, vacancy, wish
from tests.random_rounds import enough, few, random_round

SEP1, MAR1 = date(2026, 9, 1), date(2027, 3, 1)


def need(round: Round, clock: Clock | None = None) -> NeedEntry:
    case = make_case(round)
    return need_of(case, solve(case).placements, clock or Clock())


def queue(**facts: object) -> Round:
    """A, B and C want Lofoten, where one place is; B wishes half a year later."""
    people = [
        candidate("A", registered_on=date(2025, 6, 1), municipality="1804"),
        candidate("B", wished_start=MAR1, municipality="1806"),
        candidate("C", registered_on=date(2026, 2, 20), municipality="1860"),
    ]
    wishes = [wish(p.candidate_id, site="Lofoten") for p in people]
    return a_round(people, wishes=wishes, **facts)  # type: ignore[arg-type]


def test_first_wishes_are_counted_by_place_and_quarter() -> None:
    found = need(queue())
    told = [
        (p.site, p.department, p.quarter, p.first_wishes, p.placed, p.unmet) for p in found.places
    ]
    assert told == [
        ("Lofoten", "", date(2026, 7, 1), 2, 1, 1),
        ("Lofoten", "", date(2027, 1, 1), 1, 0, 1),
    ]


def test_one_position_long_enough_for_two_is_proposed_before_two_short_ones() -> None:
    (position,) = need(queue()).positions
    assert (position.site, position.first, position.months) == ("Lofoten", SEP1, 12)
    assert [(s.candidate_id, s.start) for s in position.services] == [("C", SEP1), ("B", MAR1)]


def test_each_position_builds_on_the_ones_before_it() -> None:
    same = a_round(
        [
            candidate(who, municipality=town)
            for who, town in zip("ABC", ("1804", "1806", "1860"), strict=True)
        ],
        policy=policy(max_late_months=0, max_early_months=0),
    )
    found = need(same).positions
    assert len(found) == 2
    assert [len(p.services) for p in found] == [1, 1]
    assert len({s.candidate_id for p in found for s in p.services}) == 2


def test_what_no_position_can_mend_is_not_proposed() -> None:
    round = a_round([candidate(latest_start=date(2026, 4, 1))], [vacancy()])
    assert need(round).positions == []
    shut = a_round(
        [candidate()],
        [vacancy(end=date(2026, 10, 31))],
        departments=[
            Department(
                trust=vacancy().trust,
                site=vacancy().site,
                department=vacancy().department,
                approved=False,
            )
        ],
    )
    assert need(shut).positions == []


def test_a_position_passes_over_nobody() -> None:
    """A goes before B, and a position in Lofoten is for A first."""
    round = a_round(
        [candidate("A"), candidate("B", registered_on=date(2025, 1, 1))],
        [vacancy(end=date(2026, 10, 31))],
        priority=[
            Priority(municipality="1865", priority=n, candidate_id=who)
            for n, who in enumerate("AB", 1)
        ],
        policy=policy(max_late_months=0, max_early_months=0),
    )
    first, second = need(round).positions
    assert [s.candidate_id for s in first.services] == ["A"]
    assert [s.candidate_id for s in second.services] == ["B"]


def test_where_time_runs_out_it_says_so() -> None:
    found = need(queue(), Clock.after(0.0))
    assert not found.examined
    assert found.places == need(queue()).places


def planned(round: Round) -> Plan:
    return make_plan(make_case(round)).plan


def test_the_need_stands_in_the_plan_and_in_its_sheets() -> None:
    round = queue()
    plan = planned(round)
    assert plan.need == need(round)
    assert [(p.candidate_id, p.municipality, p.quarters_waited) for p in plan.people] == [
        ("A", "1804", 1),
        ("B", "1806", 0),
        ("C", "1860", 0),
    ]
    delivery = Delivery(plan, round, Translator("nb"))
    assert need_table(delivery).rows[0][1:] == ("Lofoten", "alle", "3. kvartal 2026", 2, 1, 1)
    assert positions_table(delivery).rows[0][4:] == (
        12,
        1,
        2,
        "C: 1.9.2026 til 28.2.2027; B: 1.3.2027 til 31.8.2027",
    )


@pytest.mark.parametrize(
    "what", ["count", "fewer", "person", "days", "placed", "waited", "left out", "months", "first"]
)
def test_a_false_need_is_found(what: str) -> None:
    round = queue()
    plan = planned(round)
    assert plan.need is not None
    places, positions = list(plan.need.places), list(plan.need.positions)
    people = list(plan.people)
    services = list(positions[0].services)
    match what:
        case "count":
            places[0] = places[0].model_copy(update={"unmet": 0})
        case "fewer":
            places.pop()
        case "person":
            services[0] = services[0].model_copy(update={"candidate_id": "A"})
        case "days":
            services[0] = services[0].model_copy(update={"start": date(2026, 9, 2)})
        case "placed":
            services[1] = services[1].model_copy(
                update={"start": date(2026, 9, 1), "end": date(2027, 2, 28)}
            )
        case "left out":
            people.pop()
        case "months":
            positions[0] = positions[0].model_copy(update={"months": 13})
        case "first":
            positions[0] = positions[0].model_copy(update={"first": date(2026, 8, 1)})
        case "waited":
            people[0] = people[0].model_copy(update={"quarters_waited": 9})
    positions[0] = positions[0].model_copy(update={"services": services})
    other = plan.need.model_copy(update={"places": places, "positions": positions})
    false = plan.model_copy(update={"need": other, "people": people})
    assert verify(plan, make_case(round)) == []
    assert verify(false, make_case(round))


def test_a_plan_from_before_there_was_a_need_is_still_read() -> None:
    plan = planned(queue())
    data = plan.model_dump(mode="json", by_alias=True)
    del data["need"], data["people"]
    old = Plan.from_json(json.dumps(data))
    assert old.need is None
    assert old.people == []


def test_solving_with_the_position_places_as_many_more_at_least() -> None:
    """The position made a vacancy, the round solved anew places all who were placed, and more."""
    seen = 0
    for seed in range(few(20)):
        round = random_round(seed, people=5)
        case = make_case(round)
        before = solve(case)
        for n, position in enumerate(need_of(case, before.placements, Clock()).positions[:1]):
            new = vacancy(
                f"X{n}",
                position.first,
                max(s.end for s in position.services),
                trust=position.trust,
                site=position.site,
                department=position.department,
            )
            wider = solve(make_case(round.changed(vacancies=[*round.vacancies, new])))
            if round.policy.goals[:2] == ("last-chance", "placed"):
                assert len(wider.placements) >= len(before.placements) + 1, seed
                seen += 1
    assert enough(seen, 3)

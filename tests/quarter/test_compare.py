"""Two plans compared: who gained, lost or moved, and what that comes from."""

from datetime import date
from typing import Any

from models.candidate import CandidateStatus
from models.finding import Finding
from models.round import Round
from scheduler.locale import Translator
from scheduler.quarter.comparing.compare import Cause, ChangeKind
from scheduler.quarter.comparing.side import Service
from tests.builders import (
    Decline,
    Priority,
    a_round,
    candidate,
    lock,
    policy,
    vacancy,
    wish,
)
from tests.quarter.sides import AUG31, FEB28, MAR1, SEP1, compared, places, side

V = Service(SEP1, FEB28, "V")


def texts(found: tuple[Finding, ...]) -> list[str]:
    return [Translator("en").finding(one) for one in found]


def two_for_one(**facts: Any) -> Round:
    """A has waited longer than B; there is one place."""
    people = [
        candidate("A", registered_on=date(2025, 10, 1), municipality="1804"),
        candidate("B"),
    ]
    return a_round(people, **facts)


def test_a_plan_and_itself_are_alike() -> None:
    one = side(two_for_one())
    found = compared(one, one)
    assert {who: told.change.kind for who, told in found.items()} == {
        "A": ChangeKind.KEPT,
        "B": ChangeKind.WAITING,
    }
    assert {told.cause for told in found.values()} == {Cause.NONE}


def test_a_no_is_told_of_the_one_and_as_the_beginning_of_the_other() -> None:
    no = two_for_one(declines=[Decline(candidate_id="A", vacancy_id="V")])
    found = compared(side(two_for_one()), side(no))
    assert found["A"].change.kind is ChangeKind.LOST
    assert found["A"].cause is Cause.ANSWER
    assert texts(found["A"].reasons) == ["A said no to V."]
    assert found["B"].change.kind is ChangeKind.GAINED
    assert found["B"].change.taken == (V,)
    assert found["B"].cause is Cause.OTHERS
    assert found["B"].chain == ("B", "A")
    assert texts(found["B"].reasons) == ["B now has V, which A had.", "A said no to V."]


def test_who_keeps_one_half_has_other_days_and_has_not_lost_a_place() -> None:
    halves = [
        lock("A", "V1", SEP1, date(2026, 11, 30)),
        lock("A", "V2", date(2026, 12, 1), FEB28),
    ]
    windows = [vacancy(k.vacancy_id, k.start, k.end) for k in halves]
    both = side(a_round([candidate("A")], windows, locks=halves))
    one = side(a_round([candidate("A")], windows, locks=halves[1:]))
    for before, after in ((both, one), (one, both)):
        assert compared(before, after)["A"].change.kind is ChangeKind.MOVED


def test_a_no_of_the_department_is_not_the_candidates() -> None:
    no = two_for_one(declines=[Decline(candidate_id="A", vacancy_id="V", by="department")])
    found = compared(side(two_for_one()), side(no))
    assert texts(found["A"].reasons) == ["The department said no to A in V."]


def test_a_yes_is_a_promise_of_the_same_days() -> None:
    yes = two_for_one(locks=[lock("A", "V", SEP1, FEB28)])
    found = compared(side(two_for_one()), side(yes))
    assert (found["A"].change.kind, found["A"].cause) == (ChangeKind.KEPT, Cause.ANSWER)
    asked = two_for_one(locks=[lock("A", "V", SEP1, FEB28, status="offered")])
    assert compared(side(two_for_one()), side(asked))["A"].cause is Cause.NONE


def test_a_promise_outside_the_plan_and_one_that_is_gone_are_told() -> None:
    promised = two_for_one(locks=[lock("B", "V", SEP1, FEB28)])
    found = compared(side(two_for_one()), side(promised))
    assert (found["B"].change.kind, found["B"].cause) == (ChangeKind.GAINED, Cause.PROMISE)
    assert (found["A"].change.kind, found["A"].cause) == (ChangeKind.LOST, Cause.OTHERS)
    assert found["A"].chain == ("A", "B")
    back = compared(side(promised), side(two_for_one()))
    assert (back["B"].change.kind, back["B"].cause) == (ChangeKind.LOST, Cause.PROMISE)


def test_5_a_late_extension_moves_one_promise_and_no_other() -> None:
    def held(end: date) -> Round:
        return a_round(
            [
                candidate("D", wished_start=date(2026, 3, 1)),
                candidate("E"),
                candidate("F", wished_start=MAR1),
            ],
            [vacancy("V", date(2026, 3, 1), AUG31)],
            locks=[
                lock("D", "V", date(2026, 3, 1), end, status="in_service"),
                lock("E", "V", SEP1, FEB28, status="contract"),
                lock("F", "V", MAR1, AUG31, status="offered"),
            ],
        )

    found = compared(side(held(date(2026, 8, 31))), side(held(date(2026, 10, 31))))
    assert (found["D"].change.kind, found["D"].cause) == (ChangeKind.MOVED, Cause.PROMISE)
    assert texts(found["D"].reasons)[0] == (
        "V from 2026-03-01 to 2026-10-31 has been promised to D."
    )
    assert found["E"].change.kind is found["F"].change.kind is ChangeKind.KEPT


def test_10_one_more_candidate_elsewhere_moves_nobody() -> None:
    equal = [candidate("L", municipality="1860"), candidate("M", municipality="1804")]
    windows = [vacancy(), vacancy("K", trust="Finnmarkssykehuset HF", site="Kirkenes")]
    wishes = [wish("L", site="Lofoten"), wish("M", site="Lofoten")]
    far = candidate("Z", municipality="5605")
    fewer = side(a_round(equal, windows, wishes=wishes))
    more = side(a_round([far, *equal[::-1]], windows, wishes=[*wishes, wish("Z", site="Kirkenes")]))
    found = compared(fewer, more)
    assert {who for who, told in found.items() if told.change.left or told.change.taken} == {"Z"}
    assert texts(found["Z"].reasons) == ["Z is new on the list."]


def test_a_shorter_window_is_told_with_both_days_and_the_refusal() -> None:
    short = two_for_one(vacancies=[vacancy(end=date(2027, 1, 31))])
    told = compared(side(two_for_one()), side(short))["A"]
    assert (told.change.kind, told.cause) == (ChangeKind.LOST, Cause.VACANCY)
    assert "V: end was 2027-02-28, and is 2027-01-31 now." in texts(told.reasons)


def test_a_vacancy_that_vanished_is_told_with_only_the_second_input() -> None:
    other = two_for_one(vacancies=[vacancy("W", site="Bodø")])
    told = compared(side(two_for_one(), known=False), side(other))["A"]
    assert (told.change.kind, told.cause) == (ChangeKind.MOVED, Cause.VACANCY)
    assert texts(told.reasons)[1] == "The vacancy V is not in the input."
    nothing = compared(side(two_for_one(), known=False), side(other, known=False))["A"]
    assert nothing.cause is Cause.UNKNOWN
    assert "--input-before" in texts(nothing.reasons)[0]


def test_a_vacancy_that_has_come_is_told_as_new() -> None:
    one = vacancy("W", site="Bodø")
    told = compared(
        side(two_for_one(vacancies=[one])), side(two_for_one(vacancies=[one, vacancy()]))
    )["A"]
    assert (told.change.kind, told.cause) == (ChangeKind.MOVED, Cause.VACANCY)
    assert texts(told.reasons)[0] == "V has come since the plan before."


def test_one_position_more_is_the_vacancys_change() -> None:
    wider = two_for_one(vacancies=[vacancy(positions=2)])
    found = compared(side(two_for_one()), side(wider))
    assert (found["B"].change.kind, found["B"].cause) == (ChangeKind.GAINED, Cause.VACANCY)
    assert texts(found["B"].reasons) == ["V: positions was 1, and is 2 now."]
    assert found["A"].change.kind is ChangeKind.KEPT


def test_ones_own_wish_is_told_before_others_changes() -> None:
    shut = [wish("A"), wish("B", site="Bodø")]
    windows = places("V", "W")
    one = a_round([candidate("A"), candidate("B")], windows[:1], wishes=shut[:1])
    two = a_round([candidate("A"), candidate("B")], windows, wishes=shut)
    told = compared(side(one), side(two))["B"]
    assert told.cause is Cause.VACANCY  # the place is new, whatever they wish
    late = candidate("A", wished_start=date(2027, 6, 1))
    told = compared(side(a_round()), side(a_round([late])))["A"]
    assert (told.change.kind, told.cause) == (ChangeKind.LOST, Cause.OWN)
    assert any("wished_start was 2026-09-01" in text for text in texts(told.reasons))


def test_a_new_candidate_who_goes_before_them_is_named() -> None:
    def town(*people: str) -> Round:
        return a_round(
            [candidate(who) for who in people],
            priority=[
                Priority(municipality="1865", priority=n, candidate_id=who)
                for n, who in enumerate(people, 1)
            ],
        )

    told = compared(side(town("B")), side(town("N", "B")))["B"]
    assert (told.change.kind, told.cause) == (ChangeKind.LOST, Cause.ORDER)
    assert texts(told.reasons)[0].startswith("N is new on the list, goes before B")
    turned = compared(side(town("B", "N")), side(town("N", "B")))["B"]
    assert turned.cause is Cause.ORDER
    assert texts(turned.reasons)[0].startswith("N goes before B in the municipality's order now")


def test_policies_that_differ_are_the_reason() -> None:
    late = [candidate("A", wished_start=date(2026, 4, 1))]
    strict = a_round(late, [vacancy()], policy=policy(max_late_months=4))
    told = compared(side(a_round(late, [vacancy()])), side(strict))["A"]
    assert (told.change.kind, told.cause) == (ChangeKind.LOST, Cause.POLICY)
    turned = a_round(
        [candidate("A"), candidate("B", most_important="place", municipality="1804")],
        places("V", "W"),
        policy=policy(goals=["placed", "lot"]),
    )
    other = side(turned.changed(policy=policy(goals=["placed", "wishes", "lot"])))
    causes = {t.cause for t in compared(side(turned), other).values() if t.change.taken}
    assert causes <= {Cause.POLICY}


def test_time_that_has_passed_is_the_reason() -> None:
    june = two_for_one().changed(run_date=date(2026, 6, 15), next_round_date=date(2026, 9, 15))
    told = compared(side(two_for_one()), side(june))["A"]
    assert (told.change.kind, told.cause) == (ChangeKind.LOST, Cause.TIME)


def chain_of(*declines: Decline) -> Round:
    """A–D want V1 most of all, and next what stands after it; who waits longest goes first."""
    people = [
        candidate(
            who,
            municipality=town,
            registered_on=date(year, 1, 1),
            first_wished_start=date(2023, 1, 1),
        )
        for who, town, year in (
            ("A", "1806", 2023),
            ("B", "1865", 2024),
            ("C", "1860", 2025),
            ("D", "1804", 2026),
        )
    ]
    windows = places("V1", "V2", "V3")
    wishes = [
        *(wish("A", 1, site=w.site) for w in windows[:1]),
        *(wish("B", n, site=w.site) for n, w in enumerate(windows[:2], 1)),
        *(wish("C", n, site=w.site) for n, w in enumerate(windows[1:], 1)),
        wish("D", 1, site=windows[2].site),
    ]
    return a_round(people, windows, wishes=wishes, declines=list(declines))


def test_a_chain_leads_to_where_it_began_by_the_shortest_way() -> None:
    before = side(chain_of())
    assert {w: p.bare[0].vacancy_id for w, p in before.placed.items()} == {
        "A": "V1",
        "B": "V2",
        "C": "V3",
    }
    after = side(chain_of(Decline(candidate_id="A", vacancy_id="V1")))
    found = compared(before, after)
    assert found["D"].chain == ("D", "C", "B", "A")
    assert texts(found["D"].reasons) == [
        "D now has V3, which C had.",
        "C now has V2, which B had.",
        "B now has V1, which A had.",
        "A said no to V1.",
    ]
    assert found["C"].chain == ("C", "B", "A")
    assert found["B"].change.points_before == 12
    assert found["B"].change.points_after == 0


def test_who_is_no_longer_on_the_list_is_told_with_what_is_known() -> None:
    gone = two_for_one()
    gone = gone.changed(
        candidates=[
            c.model_copy(update={"status": CandidateStatus.WITHDRAWN})
            if c.candidate_id == "A"
            else c
            for c in gone.candidates
        ]
    )
    told = compared(side(two_for_one()), side(gone))["A"]
    assert (told.change.kind, told.cause) == (ChangeKind.LOST, Cause.STATUS)
    assert texts(told.reasons) == ["The status of A is withdrawn now."]
    told = compared(side(two_for_one(), known=False), side(gone, known=False))["A"]
    assert texts(told.reasons) == ["A is no longer on the list."]
    held = two_for_one()
    held = held.changed(
        candidates=[
            c.model_copy(update={"status": CandidateStatus.ON_HOLD}) if c.candidate_id == "A" else c
            for c in held.candidates
        ]
    )
    told = compared(side(two_for_one(), known=False), side(held, known=False))["A"]
    assert texts(told.reasons) == ["The status of A is on hold now."]
    back = compared(side(held), side(two_for_one()))["A"]
    assert texts(back.reasons) == ["A was not waiting before, and is now."]


def test_service_that_is_over_is_nobodys_loss() -> None:
    served = [lock("A", "V", SEP1, FEB28, status="in_service")]
    before = a_round([candidate("A"), candidate("B")], locks=served)
    after = before.changed(
        run_date=MAR1,
        next_round_date=date(2027, 6, 1),
        locks=[],
        candidates=[
            c.model_copy(update={"status": CandidateStatus.DONE}) if c.candidate_id == "A" else c
            for c in before.candidates
        ],
    )
    told = compared(side(before), side(after))["A"]
    assert (told.change.kind, told.cause) == (ChangeKind.GONE, Cause.STATUS)

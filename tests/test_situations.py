"""The situations that a coordinator meets; what is said of them is in tests/explanations.

Run date 1 March 2026, policy nord-2024.
"""

from datetime import date
from typing import Any

from models.round import Round
from scheduler.conflicts.promises import find_conflicts
from scheduler.conflicts.remedies import remedies
from scheduler.explanations.all import explain
from scheduler.explanations.asking import Questions
from scheduler.explanations.refusals import Refusals
from scheduler.listing.options import make_case
from scheduler.listing.waiting_list import waiting_list
from scheduler.locale import Translator
from scheduler.solver.clock import Clock
from tests.builders import (
    Agreement,
    Decline,
    Municipality,
    Priority,
    a_round,
    candidate,
    lock,
    outcome,
    policy,
    refusal,
    solved,
    vacancy,
    waiver,
    wish,
)
from tests.verification.test_plan import made

SEP1, DEC1, MAR1 = date(2026, 9, 1), date(2026, 12, 1), date(2027, 3, 1)


def reason(round: Round, who: str, name: str = "V", language: str = "nb") -> str:
    case = make_case(round)
    found = Refusals(round, case.choices).why_no_option(round.candidate[who], round.vacancy[name])
    return Translator(language).finding(found)


def first_in_line(**facts: Any) -> Round:
    return a_round(
        [candidate("A", practice_met_on=DEC1), candidate("B", registered_on=date(2026, 2, 2))],
        [vacancy("V"), vacancy("W", start=MAR1, end=date(2027, 8, 31))],
        priority=[
            Priority(municipality="1865", priority=1, candidate_id="A"),
            Priority(municipality="1865", priority=2, candidate_id="B"),
        ],
        **facts,
    )


def test_1_the_first_in_line_cannot_use_the_only_place() -> None:
    assert outcome(first_in_line()) == {"A": ("W", MAR1), "B": ("V", SEP1)}
    text = reason(first_in_line(), "A")
    assert text == (
        "Første dag, 1.9.2026, er før 1.12.2026, da kravet om 24 måneders praksis er oppfylt."
    )
    # A waiver for A turns the result round, whoever else would be better served.
    waived = first_in_line(waivers=[waiver("A", "practice")])
    assert refusal(waived, SEP1, "V", "A") == ""
    assert outcome(waived) == {"A": ("V", SEP1), "B": ("W", MAR1)}


def test_2_six_months_and_one_day_more() -> None:
    person = candidate(wished_start=date(2026, 8, 1))
    windows = [
        vacancy("V", date(2027, 2, 1), date(2027, 7, 31)),
        vacancy("W", MAR1, date(2027, 8, 31)),
    ]
    assert outcome(a_round([person], windows)) == {"A": ("V", date(2027, 2, 1))}
    seven = a_round([person], windows[1:])
    assert outcome(seven) == {}
    assert reason(seven, "A", "W") == (
        "Første dag, 1.3.2027, er 7 måneder senere enn ønsket; grensen er 6."
    )
    assert reason(seven, "A", "W", "nn") == (
        "Første dag, 1.3.2027, er 7 månader seinare enn ønskt; grensa er 6."
    )
    waived = a_round([person], windows[1:], waivers=[waiver("A", "deviation")])
    assert outcome(waived) == {"A": ("W", MAR1)}


def test_3_windows_that_do_not_fit() -> None:
    fauske = vacancy("F", end=date(2027, 1, 31), site="Fauske", department="Psykiatri")
    alone = a_round([candidate()], [fauske])
    assert outcome(alone) == {}
    assert reason(alone, "A", "F") == (
        "Vikariat F, 1.9.2026 til 31.1.2027, er for kort til 6 måneders tjeneste."
    )
    short = vacancy("T", end=date(2026, 11, 30), site="Vesterålen")
    half = a_round([candidate(split="accept")], [short])
    assert outcome(half) == {}
    assert reason(half, "A", "T") == (
        "Tre måneder i vikariat T er mulig, men ingen andre tre passer sammen med dem."
    )
    rest = a_round([candidate(remaining_months=3)], [short])
    assert outcome(rest) == {"A": ("T", SEP1)}


def test_4_three_plus_three_in_a_chain() -> None:
    # The second half is free only after B's six months end.
    people = [candidate("B", wished_start=date(2026, 7, 1)), candidate("C", split="prefer")]
    windows = [
        vacancy("V", end=date(2026, 11, 30)),
        vacancy("W", date(2026, 7, 1), date(2027, 3, 31), site="Bodø", certainty="expected"),
    ]
    wishes = [wish("B", site="Bodø"), wish("C")]
    _, solution = solved(a_round(people, windows, wishes=wishes))
    found = {p.candidate_id: [(s.vacancy_id, s.start) for s in p.bare] for p in solution.placements}
    assert found == {
        "B": [("W", date(2026, 7, 1))],
        "C": [("V", SEP1), ("W", date(2027, 1, 1))],
    }
    without = [p for p in people if p.candidate_id == "C"]
    assert outcome(a_round(without, windows[:1])) == {}  # both halves or nothing


def test_5_a_late_extension() -> None:
    held = [
        lock("D", "V", date(2026, 3, 1), date(2026, 10, 31), status="in_service"),
        lock("E", "V", SEP1, date(2027, 2, 28), status="contract"),
        lock("F", "V", MAR1, date(2027, 8, 31), status="offered"),
    ]
    people = [
        candidate("D", wished_start=date(2026, 3, 1)),
        candidate("E"),
        candidate("F", wished_start=MAR1),
    ]
    window = vacancy("V", date(2026, 3, 1), date(2027, 8, 31))
    round = a_round(people, [window], locks=held)
    (conflict,) = find_conflicts(round)
    assert (conflict.first, conflict.last) == (SEP1, date(2026, 10, 31))
    assert conflict.candidate_ids == ("D", "E")
    assert round.locks == tuple(held)  # kept to the day

    def proposals(round: Round) -> list[str]:
        case = make_case(round)
        (only,) = find_conflicts(round)
        return [Translator("nb").finding(f) for f, _ in remedies(case, (), only)]

    # E two months later meets F; so only room, or the contract, can give.
    assert proposals(round) == [
        "Vikariat V tar 2 samtidig fra 1.9.2026 til 31.10.2026.",
        "Løftet til E trekkes tilbake, hvis E er enig.",
    ]
    # Without F, E may begin two months later; and another department may have room.
    elsewhere = vacancy("W", SEP1, date(2027, 2, 28), department="Kirurgi")
    long = vacancy("V", date(2026, 3, 1), date(2027, 8, 31))
    freer = a_round(people, [long, elsewhere], locks=held[:2])
    assert proposals(freer) == [
        "Vikariat V tar 2 samtidig fra 1.9.2026 til 31.10.2026.",
        "E får V fra 1.11.2026 til 30.4.2027 i stedet.",
        "E får W (Lofoten, Kirurgi) de samme dagene i stedet.",
        "Løftet til E trekkes tilbake, hvis E er enig.",
    ]


def test_6_declines_and_refill() -> None:
    held = [lock("B", "W", SEP1, date(2027, 2, 28))]
    people = [candidate("A"), candidate("B"), candidate("C", registered_on=date(2026, 2, 20))]
    windows = [vacancy("V"), vacancy("W")]
    said_no = [Decline(candidate_id="A", vacancy_id="V")]
    round = a_round(people, windows, locks=held, declines=said_no)
    assert outcome(round) == {"C": ("V", SEP1)}  # the freed place is filled
    assert refusal(round, SEP1, "V", "A") == "declined"
    assert refusal(round, SEP1, "W", "A") == ""  # barred from that vacancy only
    assert [c.candidate_id for c, _ in waiting_list(round, solved(round)[1].placements)] == ["A"]
    soon = vacancy("S", date(2026, 4, 1), date(2026, 9, 30))
    early = candidate("A", wished_start=date(2026, 4, 1))
    assert outcome(a_round([early], [soon])) == {}
    at_once = soon.model_copy(update={"short_notice": True})
    assert outcome(a_round([early], [at_once])) == {"A": ("S", date(2026, 4, 1))}


def test_7_not_both_away() -> None:
    town = [Municipality(municipality="1865", name="Vågan", registered_from=True, max_away=1)]
    windows = [vacancy("V"), vacancy("W", end=date(2027, 8, 31))]
    found = outcome(a_round([candidate("A"), candidate("B")], windows, municipalities=town))
    assert sorted(day for _, day in found.values()) == [SEP1, MAR1]
    # Whoever the municipality puts first is the one who is not pushed towards the limit.
    for first, second in ("AB", "BA"):
        own = [
            Priority(municipality="1865", priority=n, candidate_id=w)
            for n, w in enumerate((first, second), 1)
        ]
        people = [candidate("A"), candidate("B")]
        kept = outcome(a_round(people, windows, municipalities=town, priority=own))
        assert (kept[first][1], kept[second][1]) == (SEP1, MAR1)


def test_8_everybody_wants_bodo() -> None:
    people = [
        candidate(
            f"K{n:02d}",
            municipality="1804",
            registered_on=date(2026, 2, 1 + n),
            open_to_other_sites=n % 2 == 0,
        )
        for n in range(14)
    ]
    windows = [
        *(vacancy(f"B{n}", site="Bodø") for n in range(6)),
        *(vacancy(f"L{n}", site="Lofoten") for n in range(5)),
    ]
    wishes = [wish(p.candidate_id, site="Bodø") for p in people]
    found = outcome(a_round(people, windows, wishes=wishes))
    assert len(found) == 11
    in_bodo = {who for who, (place, _) in found.items() if place.startswith("B")}
    # Five of the seven who are open go elsewhere, so that six others can have Bodø.
    assert sum(int(who[1:]) % 2 == 0 for who in found) == 7 - (6 - len(in_bodo & _closed()))
    turn = a_round(
        people, windows, wishes=wishes, policy=policy(goals=["last-chance", "order", "lot"])
    )
    first = sorted(outcome(turn).items(), key=lambda item: item[1][0])[0]
    assert outcome(turn)["K00"][0].startswith("B"), first


def _closed() -> set[str]:
    return {f"K{n:02d}" for n in range(1, 14, 2)}


def test_9_the_maze_of_who_belongs_where() -> None:
    narvik = candidate("G", municipality="1806")
    unn = Agreement(municipality="1806", trust="Universitetssykehuset Nord-Norge HF")
    round = a_round([narvik], agreements=[unn])
    assert reason(round, "G") == "Kommune 1806 har ingen avtale med Nordlandssykehuset HF."
    assert refusal(a_round([candidate("J", scheme="old")]), SEP1, who="J") == "scheme"
    ends = Agreement(municipality="1865", trust="Nordlandssykehuset HF", valid_to=SEP1)
    late = candidate("K", wished_start_latest=date(2026, 12, 1))
    middle = a_round([late], [vacancy(end=date(2027, 8, 31))], agreements=[ends])
    assert outcome(middle) == {"K": ("V", SEP1)}
    assert refusal(middle, date(2026, 10, 1), who="K") == "agreement"


def test_10_equals_and_why_me_again() -> None:
    equal = [candidate("L", municipality="1860"), candidate("M", municipality="1804")]
    round = a_round(equal)
    case, solution = solved(round)
    assert solution.unique is True  # the lot decided
    (group,) = made(case).lot.groups  # and the plan says so: one against the other
    assert [(e.candidate_id, e.placement is None) for e in group] in (
        [("L", True), ("M", False)],
        [("L", False), ("M", True)],
    )
    assert outcome(a_round(equal[::-1])) == outcome(round)
    # One more irrelevant candidate, elsewhere, moves nobody.
    far = candidate("Z", municipality="5605")
    more = a_round(
        [*equal, far],
        [vacancy(), vacancy("K", trust="Finnmarkssykehuset HF", site="Kirkenes")],
        wishes=[wish("L", site="Lofoten"), wish("M", site="Lofoten"), wish("Z", site="Kirkenes")],
    )
    assert outcome(more).keys() - {"Z"} == outcome(round).keys()
    given = {
        e.outcome: e
        for e in explain(case, solution.placements, Questions(solution, Clock(), None)).explanations
    }
    assert given.keys() == {"given", "taken"}
    assert given["taken"].harm is not None
    assert given["taken"].harm.kind == "goal"
    assert given["taken"].harm.goal == "lot"  # the lot alone decided

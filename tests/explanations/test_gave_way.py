"""Who gave way to whom, what a takeover would cost, and what the order costs: by hand."""

from datetime import date
from typing import Any

import pytest

from models.explanation import ConsentEntry, GaveWayEntry
from models.placement import Placement
from models.round import Round
from scheduler.explanations import standing as standings
from scheduler.explanations.answers.gave_way import explain_gave_way
from scheduler.explanations.answers.harm import is_worse
from scheduler.explanations.answers.municipalities import explain_order
from scheduler.explanations.standing import Standing
from scheduler.explanations.wording.order_words import gave_way_finding, takeover_findings
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from tests.builders import (
    PairKind,
    Priority,
    a_round,
    candidate,
    pair,
    policy,
    solved,
    vacancy,
    waiver,
    wish,
)

SEP1, SEP15, MAR1 = date(2026, 9, 1), date(2026, 9, 15), date(2027, 3, 1)
A, B = candidate("A"), candidate("B", registered_on=date(2025, 1, 1))
STRICT = policy(municipal_order="strict")
SURGERY = vacancy("V", site="Bodø", department="Kirurgi")
CHILDREN = vacancy("W", SEP15, date(2027, 3, 14), site="Bodø", department="Barn")


def order(*people: str) -> list[Priority]:
    return [
        Priority(municipality="1865", priority=n, candidate_id=who)
        for n, who in enumerate(people, 1)
    ]


def fourteen_days(*more: Any, **facts: Any) -> Round:
    """A wishes Bodø, B only surgery there; A has the children's ward fourteen days late."""
    wishes = [wish("A", site="Bodø"), wish("B", site="Bodø", department="Kirurgi")]
    own = {"wishes": wishes, "priority": order("A", "B"), **facts}
    return a_round([A, candidate("B")], [SURGERY, CHILDREN, *more], **own)


def best(round: Round) -> tuple[Placement, ...]:
    return solved(round)[1].placements


def placed(round: Round) -> dict[str, tuple[str, int]]:
    """Where people are placed, with points."""
    return {p.candidate_id: (p.bare[0].vacancy_id, p.points) for p in best(round)}


def gave(round: Round) -> list[GaveWayEntry]:
    return explain_gave_way(Standing(make_case(round), best(round)))


def said(entry: GaveWayEntry, language: str = "nb", named: frozenset[str] | None = None) -> str:
    t = Translator(language)
    return " ".join(t.finding(f) for f in takeover_findings(entry, named))


def test_who_gave_way_is_told_with_both_points_and_what_it_would_cost() -> None:
    round = fourteen_days()
    assert placed(round) == {"A": ("W", 4), "B": ("V", 0)}
    (entry,) = gave(round)
    assert (entry.municipality, entry.first, entry.second) == ("1865", "A", "B")
    assert (entry.points, entry.there.points, entry.waived) == (4, 0, False)
    assert [s.vacancy_id for s in entry.there.segments] == ["V"]
    assert (entry.outcome, entry.then, entry.finding) == ("no_place", None, None)
    assert entry.harm is not None
    assert (entry.harm.goal, entry.harm.before, entry.harm.after) == ("placed", 2, 1)
    assert Translator("nb").finding(gave_way_finding(entry)) == (
        "A er prioritert foran B, og ville heller hatt V fra 1.9.2026, som B har."
    )
    assert said(entry) == (
        "Hadde A fått V fra 1.9.2026, ville B stått uten plass. Færre ville fått plass: 1 i stedet "
        "for 2."
    )
    assert said(entry, "nn", frozenset("AB")) == (
        "Hadde A fått V frå 1.9.2026, ville B ha stått utan plass."
    )


def test_a_place_that_the_other_could_have_instead_is_told() -> None:
    # From January surgery has room again; B would be four months late, 2 × 20 points.
    later = vacancy("X", date(2027, 1, 1), date(2027, 6, 30), site="Bodø", department="Kirurgi")
    round = fourteen_days(later)
    assert placed(round) == {"A": ("W", 4), "B": ("V", 0)}
    (entry,) = gave(round)
    assert entry.outcome == "other_place"
    assert entry.then is not None
    assert (entry.then.candidate_id, entry.then.points) == ("B", 40)
    # Nobody has waited a quarter, so points count four times: 4 × 4 now, 4 × (0 + 40) then.
    assert entry.harm is not None
    assert (entry.harm.goal, entry.harm.before, entry.harm.after) == ("wishes", 16, 160)
    named = frozenset("AB")
    assert said(entry, named=named) == ("Hadde A fått V fra 1.9.2026, ville B fått X fra 1.1.2027.")


def test_both_halves_of_what_the_other_could_have_are_told() -> None:
    windows = [
        vacancy("X", date(2027, 1, 1), date(2027, 3, 31), site="Bodø", department="Kirurgi"),
        vacancy("Y", date(2027, 6, 1), date(2027, 8, 31), site="Bodø", department="Kirurgi"),
    ]
    wishes = [wish("A", site="Bodø"), wish("B", site="Bodø", department="Kirurgi")]
    people = [A, candidate("B", split="accept")]
    places = [SURGERY, CHILDREN, *windows]
    round = a_round(people, places, wishes=wishes, priority=order("A", "B"))
    assert placed(round) == {"A": ("W", 4), "B": ("V", 0)}
    (entry,) = gave(round)
    assert said(entry, "nb", frozenset("AB")) == (
        "Hadde A fått V fra 1.9.2026, ville B fått X fra 1.1.2027. De andre tre månedene ville "
        "vært i Y fra 1.6.2027."
    )


def test_a_takeover_that_breaks_a_pair_is_told_without_naming_strangers() -> None:
    # A serves in Bodø as C, of another municipality, does; Lofoten would be A's first wish.
    lofoten, bodo = vacancy("V"), vacancy("W", site="Bodø", positions=2)
    people = [A, candidate("B"), candidate("C", municipality="1804")]
    wishes = [
        wish("A", site="Lofoten"),
        wish("A", 2, site="Bodø"),
        wish("B", site="Lofoten"),
        wish("C", site="Bodø"),
    ]
    round = a_round(
        people,
        [lofoten, bodo],
        wishes=wishes,
        priority=order("A", "B"),
        pairs=[pair("A", "C", PairKind.SAME_SITE)],
    )
    assert placed(round) == {"A": ("W", 12), "B": ("V", 0), "C": ("W", 0)}
    (entry,) = gave(round)
    assert (entry.outcome, entry.then, entry.harm) == ("rule", None, None)
    assert entry.finding is not None
    assert entry.finding.rule == "pairs"
    general = (
        "Med alle andre der planen har dem, kunne ikke A fått V fra 1.9.2026: Da ville en "
        "regel som gjelder flere, blitt brutt."
    )
    assert said(entry, named=frozenset("AB")) == general
    assert said(entry).startswith(f"{general} ")
    assert "C" in said(entry).removeprefix(general)


def with_a_third() -> Round:
    """With A in surgery, the children's ward would be free, and D would be passed over by E."""
    people = [A, candidate("B"), candidate("D", wished_start=date(2026, 8, 1)), candidate("E")]
    wishes = [
        wish("A", site="Bodø"),
        wish("B", site="Bodø", department="Kirurgi"),
        wish("D", site="Bodø", department="Barn"),
        wish("E", site="Lofoten"),
    ]
    places = [SURGERY, CHILDREN, vacancy("Z")]
    return a_round(people, places, wishes=wishes, priority=order(*"ABDE"))


def test_a_takeover_that_passes_a_third_over_is_told() -> None:
    round = with_a_third()
    assert placed(round) == {"A": ("W", 4), "B": ("V", 0), "E": ("Z", 0)}
    (entry,) = gave(round)
    assert entry.outcome == "rule"
    told = (
        "D er prioritert foran E og har ikke fått plass, men kunne fått W fra 15.9.2026 om ikke E "
        "hadde fått Z fra 1.9.2026."
    )
    assert said(entry, named=frozenset("ABDE")).endswith(told)
    assert told not in said(entry, named=frozenset("AB"))


def test_a_waiver_is_told() -> None:
    places = [vacancy("V"), vacancy("W", MAR1, date(2027, 8, 31))]
    people, waived = [A, B], [waiver("A", "municipal-order")]
    round = a_round(people, places, priority=order("A", "B"), waivers=waived)
    assert placed(round) == {"A": ("W", 84), "B": ("V", 0)}
    (entry,) = gave(round)
    assert (entry.waived, entry.outcome, entry.points) == (True, "other_place", 84)
    assert said(entry, named=frozenset("AB")) == (
        "A har et unntak som lar dem som kommer etter, gå foran. Hadde A fått V fra 1.9.2026, "
        "ville B fått W fra 1.3.2027."
    )


def test_what_was_not_examined_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    later = vacancy("X", date(2027, 1, 1), date(2027, 6, 30), site="Bodø", department="Kirurgi")
    round = fourteen_days(later)
    plan = best(round)
    monkeypatch.setattr(standings, "_TRIED", 0)
    (entry,) = explain_gave_way(Standing(make_case(round), plan))
    assert (entry.outcome, entry.then, entry.harm) == ("not_examined", None, None)
    assert (
        said(entry)
        == "Hva B kunne fått hvis A hadde fått V fra 1.9.2026, er ikke undersøkt ferdig."
    )


def test_where_the_order_is_off_nobody_gave_way() -> None:
    assert gave(fourteen_days(policy=policy(municipal_order="off"))) == []


def test_nothing_is_said_to_get_worse_that_gets_better() -> None:
    # A plan found when time ran out: B in X, though V is free and only four points are A's.
    later = vacancy("X", date(2027, 1, 1), date(2027, 6, 30), site="Bodø", department="Kirurgi")
    for goals in (
        ("placed", "wishes", "lot"),
        ("order", "lot"),
        ("municipal-rank", "order", "lot"),
    ):
        case = make_case(fourteen_days(later, policy=policy(goals=goals)))
        good = solved(case.round)[1].placements
        for worse in (good[:1], good[1:], ()):
            assert is_worse(case, good, worse)
            assert not is_worse(case, worse, good)
        assert not is_worse(case, good, good)


def test_what_the_strict_order_costs() -> None:
    strict = fourteen_days(policy=STRICT)
    assert placed(strict) == {"A": ("V", 0)}
    case, solution = solved(strict)
    assert explain_gave_way(Standing(case, solution.placements)) == []
    (consent,) = explain_order(Standing(case, solution.placements))
    assert isinstance(consent, ConsentEntry)
    assert (consent.municipality, consent.first, consent.second) == ("1865", "A", "B")
    assert (consent.instead.segments[0].vacancy_id, consent.instead.points) == ("W", 4)
    assert (consent.then.segments[0].vacancy_id, consent.then.points) == ("V", 0)
    # Without the other vacancy there is nothing to consent to.
    alone = fourteen_days(policy=STRICT).changed(vacancies=[SURGERY])
    case, solution = solved(alone)
    assert explain_order(Standing(case, solution.placements)) == []


def test_what_the_order_does_not_forbid_is_no_cost_of_it() -> None:
    # Time ran out with A in surgery and B nowhere: no order keeps B from surgery.
    for changes in ("placed", "off"):
        case = make_case(fourteen_days(policy=policy(municipal_order=changes)))
        alone = [p for p in best(fourteen_days(policy=STRICT)) if p.candidate_id == "A"]
        assert explain_order(Standing(case, alone)) == []

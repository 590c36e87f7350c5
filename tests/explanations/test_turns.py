"""Why those who go before have not the places of those after: every outcome, by hand."""

from datetime import date
from typing import Any

from models.explanation import TurnEntry
from models.round import Round
from scheduler.explanations.answers.turns import explain_turns
from scheduler.explanations.standing import Standing
from scheduler.explanations.wording.order_words import turn_findings
from scheduler.locale import Translator
from tests.builders import (
    Decline,
    PairKind,
    Priority,
    a_round,
    candidate,
    in_the_way,
    lock,
    outcome,
    pair,
    policy,
    solved,
    vacancy,
    waiver,
    wish,
)

AUG1, SEP1, OCT1 = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
DEC1, FEB28, MAR1 = date(2026, 12, 1), date(2027, 2, 28), date(2027, 3, 1)
A, B = candidate("A"), candidate("B", registered_on=date(2025, 1, 1))
ELSEWHERE = candidate("C", municipality="1804", registered_on=date(2025, 1, 1))
LATE = vacancy("W", start=OCT1, end=date(2027, 3, 31))
STRICT, NAMED = policy(municipal_order="strict"), frozenset("AB")


def order(*people: str) -> list[Priority]:
    return [
        Priority(municipality="1865", priority=n, candidate_id=who)
        for n, who in enumerate(people, 1)
    ]


def ordered(*args: Any, **facts: Any) -> Round:
    """A round in which A goes before B."""
    return a_round(*args, **{"priority": order("A", "B"), **facts})


def turns(round: Round) -> list[TurnEntry]:
    """What the best plan of a round says."""
    case, solution = solved(round)
    return explain_turns(Standing(case, solution.placements))


def said(entry: TurnEntry, language: str = "nb", named: frozenset[str] | None = None) -> list[str]:
    return [Translator(language).finding(f) for f in turn_findings(entry, named)]


def test_a_rule_that_refuses_the_first() -> None:
    round = ordered([candidate("A", practice_met_on=DEC1), B])
    assert outcome(round) == {"B": ("V", SEP1)}
    (turn,) = turns(round)
    assert (turn.outcome, turn.best, turn.needing) == ("rule", None, [])
    assert turn.finding is not None
    assert turn.finding.rule == "practice"


def test_who_could_only_begin_early_has_no_claim() -> None:
    # Wished start 1 March 2027; the place begins six months before, which is possible.
    round = ordered([candidate("A", wished_start=MAR1), B])
    assert outcome(round) == {"B": ("V", SEP1)}
    (turn,) = turns(round)
    assert turn.outcome == "early"
    assert said(turn) == [
        "A er prioritert foran B, som har V fra 1.9.2026.",
        "A kunne bare ha begynt der før 1.3.2027, den første dagen kandidaten ønsket. Ingen må "
        "vike for en som ikke er klar ennå.",
    ]


def test_who_else_is_in_the_way_is_named() -> None:
    # B serves September to November, C December to February; A needs all six months.
    rests = [
        candidate("B", remaining_months=3),
        candidate("C", municipality="1804", remaining_months=3, wished_start=DEC1),
    ]
    round = ordered([A, *rests])
    assert outcome(round) == {"B": ("V", SEP1), "C": ("V", DEC1)}
    (turn,) = turns(round)
    assert (turn.outcome, in_the_way(turn.best)) == ("taken", [("capacity", ["C"])])
    assert said(turn)[1:] == [
        "Selv uten B kunne ikke A fått V fra 1.9.2026.",
        "V er da opptatt av C.",
    ]
    assert said(turn, "nn", NAMED)[1:] == [
        "Sjølv utan B kunne ikkje A ha fått V frå 1.9.2026.",
        "V er då oppteke av 1 kandidat frå ein annan kommune.",
    ]
    assert turn.best is not None
    more = turn.best.obstacles[0].model_copy(update={"people": ["C", "D"]})
    wider = turn.model_copy(update={"best": turn.best.model_copy(update={"obstacles": [more]})})
    assert said(wider, named=NAMED | {"D"})[2:] == [
        "V er da opptatt av D og 1 kandidat fra en annen kommune."
    ]


def test_a_pair_in_the_way_of_the_first_is_named() -> None:
    # C serves in Bodø on the same days, and may not be away together with A.
    places = [vacancy("V"), vacancy("W", site="Bodø")]
    wishes = [wish("A", site="Lofoten"), wish("B", site="Lofoten"), wish("C", site="Bodø")]
    apart = [pair("A", "C", PairKind.NOT_TOGETHER)]
    round = ordered([A, B, ELSEWHERE], places, wishes=wishes, pairs=apart)
    assert outcome(round) == {"B": ("V", SEP1), "C": ("W", SEP1)}
    (turn,) = turns(round)
    assert (turn.outcome, in_the_way(turn.best)) == ("taken", [("pairs", ["C"])])
    assert said(turn)[2:] == [
        "Etter arket «Par» kan ikke disse to være borte samtidig, og den andre har tjeneste da.",
        "Det skyldes C.",
    ]


def test_who_may_not_leave_a_partner_alone_is_needed() -> None:
    together = [pair("B", "C", PairKind.SAME_SITE, alone_ok=False)]
    round = ordered([A, B, ELSEWHERE], [vacancy(positions=2)], pairs=together)
    assert outcome(round) == {"B": ("V", SEP1), "C": ("V", SEP1)}
    (turn,) = turns(round)
    assert (turn.outcome, turn.needing) == ("needed", ["C"])
    assert said(turn)[1:] == ["B kan ikke stå uten plass, fordi C ikke kan få plass alene."]
    assert said(turn, named=NAMED)[1:] == [
        "B kan ikke stå uten plass, fordi en kandidat fra en annen kommune ikke kan få plass alene."
    ]


def test_of_a_plan_that_passes_somebody_over_nothing_is_said_to_be_examined() -> None:
    round = ordered([A, B], [vacancy(positions=2)])
    case, solution = solved(round)
    mine = [p for p in solution.placements if p.candidate_id == "B"]
    (turn,) = explain_turns(Standing(case, mine))
    assert (turn.outcome, turn.needing) == ("not_examined", [])
    assert said(turn)[1:] == ["Det er plass. Hvorfor planen ikke gir den, er ikke undersøkt."]


# ---- promises --------------------------------------------------------------------------


def promises(round: Round) -> list[tuple[str, str, str, bool]]:
    """Who is passed over by a promise to whom, where, and whether a withdrawal would help."""
    found = turns(round)
    assert all(e.outcome == "promised" for e in found)
    return [(e.first, e.second, e.vacancy_id, e.withdrawn is not None) for e in found]


def offered() -> Round:
    """B, after A, was offered the only place."""
    return ordered([A, B], locks=[lock("B", "V", SEP1, FEB28, status="offered")])


def test_a_promise_to_somebody_after_is_told() -> None:
    assert outcome(offered()) == {}
    assert promises(offered()) == [("A", "B", "V", True)]
    (turn,) = turns(offered())
    assert said(turn) == [
        "B, som er prioritert etter A, beholder en plass som allerede er lovet (V fra 1.9.2026).",
        "Tilbudet er ikke besvart. Ble det trukket tilbake, kunne A fått V fra 1.9.2026.",
    ]
    assert said(turn, "nn") == [
        "B, som er prioritert etter A, beheld ein plass som alt er lova (V frå 1.9.2026).",
        "Det er ikkje svara på tilbodet. Vart det trekt tilbake, kunne A ha fått V frå 1.9.2026.",
    ]
    for status in ("accepted", "contract"):
        kept = ordered([A, B], locks=[lock("B", "V", SEP1, FEB28, status=status)])
        assert promises(kept) == [("A", "B", "V", False)]


def test_what_is_no_promise_to_somebody_after_is_not_told() -> None:
    held = [lock("B", "V", SEP1, FEB28, status="offered")]
    began = [lock("B", "V", date(2026, 1, 1), date(2026, 12, 31), status="in_service")]
    over = [lock("B", "V", date(2025, 9, 1), date(2026, 3, 1), status="offered")]
    narrow = [vacancy(end=date(2026, 11, 30))]
    assert promises(ordered([A, B], narrow, locks=began)) == []
    assert promises(ordered([A, B], narrow, locks=over)) == []
    assert promises(ordered([A, B], locks=held, priority=order("B", "A"))) == []
    assert promises(ordered([A, B], locks=held, priority=[])) == []
    assert promises(ordered([A, B], locks=held, waivers=[waiver("A", "municipal-order")])) == []
    assert promises(ordered([A, B], locks=held, policy=policy(municipal_order="off"))) == []
    # Who has a place is not passed over.
    assert promises(ordered([A, B], [vacancy(positions=2)], locks=held)) == []


def test_a_promise_to_somebody_without_a_number_says_so() -> None:
    held = [lock("B", "V", SEP1, FEB28, status="accepted")]
    (turn,) = turns(ordered([A, B], locks=held, priority=order("A")))
    assert said(turn) == [
        "B, som ikke har prioritetsnummer, beholder en plass som allerede er lovet (V fra "
        "1.9.2026)."
    ]


def test_a_withdrawal_that_would_not_place_the_first_is_not_proposed() -> None:
    held = [lock("B", "V", SEP1, FEB28, status="offered")]
    barred = ordered([candidate("A", practice_met_on=DEC1), B], locks=held)
    assert promises(barred) == [("A", "B", "V", False)]
    # Without the offer B would be passed over by D, who has the place that B could have too.
    three = [A, B, candidate("D")]
    places = [vacancy("V"), vacancy("W", site="Bodø")]
    wishes = [wish("A", site="Lofoten"), wish("B"), wish("D", site="Bodø")]
    round = a_round(three, places, wishes=wishes, locks=held, priority=order("A", "B", "D"))
    assert outcome(round) == {"D": ("W", SEP1)}
    found = {e.second: e for e in turns(round)}
    assert (found["B"].outcome, found["B"].withdrawn) == ("promised", None)
    assert found["D"].outcome == "rule"
    # B, who never wanted to be in Bodø, would not.
    lofoten = [wish("A", site="Lofoten"), wish("B", site="Lofoten"), wish("D", site="Bodø")]
    other = a_round(three, places, wishes=lofoten, locks=held, priority=order("A", "B", "D"))
    withdrawn = {e.second: e for e in turns(other)}["B"].withdrawn
    assert withdrawn is not None
    assert (withdrawn.candidate_id, withdrawn.segments[0].vacancy_id) == ("A", "V")


# ---- those who have a place ------------------------------------------------------------


def test_who_has_what_they_wish_or_the_better_place_needs_no_reason() -> None:
    round = ordered([A, B], [vacancy("V"), LATE])
    assert outcome(round) == {"A": ("V", SEP1), "B": ("W", OCT1)}
    assert turns(round) == []
    # A has the wished place a month late. B's, on time, would be the second wish: 12, not 4.
    wishes = [wish("A", site="Lofoten"), wish("A", 2, site="Bodø"), wish("B", site="Bodø")]
    places = [LATE, vacancy("V", site="Bodø")]
    assert turns(ordered([A, B], places, wishes=wishes)) == []
    (turn,) = turns(ordered([A, B], places, wishes=wishes, policy=STRICT))
    assert turn.outcome == "own_better"
    best = "Det kandidaten har fått, er minst like godt etter kandidatens egen ønskeliste."
    assert said(turn)[1:] == [best]


def test_who_would_rather_have_had_a_place_that_a_rule_refuses() -> None:
    # A has W a month late; V, on time, is refused as A declined it or cannot begin so soon.
    for facts, rule in (({"earliest_start": OCT1}, "availability"), ({}, "declined")):
        said_no = [] if facts else [Decline(candidate_id="A", vacancy_id="V")]
        round = ordered([candidate("A", **facts), B], [vacancy("V"), LATE], declines=said_no)
        assert outcome(round) == {"A": ("W", OCT1), "B": ("V", SEP1)}
        for kept in (round, round.changed(policy=STRICT)):
            (turn,) = turns(kept)
            assert turn.outcome == "rule"
            assert turn.finding is not None
            assert turn.finding.rule == rule


def test_a_place_that_begins_before_the_wished_start_is_told_as_such() -> None:
    # A has W two months late, 12 points; B's place would be one month early, 4.
    late = vacancy("W", start=DEC1, end=date(2027, 5, 31))
    people = [candidate("A", wished_start=OCT1), candidate("B", latest_start=SEP1)]
    round = ordered(people, [vacancy("V"), late])
    assert outcome(round) == {"A": ("W", DEC1), "B": ("V", SEP1)}
    (turn,) = turns(round)
    assert turn.outcome == "early"
    assert said(turn) == [
        "A er prioritert foran B, som har V fra 1.9.2026.",
        "Det er før 1.10.2026, den første dagen A ønsket. Ingen må vike for en som ikke er klar "
        "ennå.",
    ]


def test_days_that_are_not_possible_for_the_first_are_no_reason() -> None:
    # B begins on B's own wished day, 15 September, which is no first day for A.
    mid = date(2026, 9, 15)
    people = [A, candidate("B", wished_start=mid, latest_start=mid)]
    long = vacancy("V", start=date(2026, 9, 10), end=date(2027, 3, 20))
    round = ordered(people, [long, LATE])
    assert outcome(round)["B"] == ("V", mid)
    assert outcome(round)["A"] == ("W", OCT1)
    assert turns(round) == []


def test_what_the_first_does_not_accept_is_no_reason() -> None:
    # A has the wished department six months late, 2 × 42 points; B's, on time, would be 2 × 40.
    places = [vacancy("V", department="Kirurgi"), vacancy("W", MAR1, date(2027, 8, 31))]
    wishes = [wish("A", site="Lofoten", department="Indremedisin"), wish("B", department="Kirurgi")]
    round = ordered([A, B], places, wishes=wishes)
    assert outcome(round) == {"A": ("W", MAR1), "B": ("V", SEP1)}
    assert turns(round) == []
    (turn,) = turns(round.changed(policy=STRICT))
    assert turn.finding is not None
    assert (turn.outcome, turn.finding.rule) == ("rule", "acceptance")


def test_the_strict_order_is_about_the_very_days() -> None:
    # B has V from 1 August. A could have it from September; all would then be later for B.
    people = [A, candidate("B", wished_start=AUG1, latest_start=AUG1)]
    long = vacancy("V", start=AUG1, end=date(2027, 3, 31))
    round = ordered(people, [long, LATE], policy=STRICT)
    assert outcome(round) == {"A": ("W", OCT1), "B": ("V", AUG1)}
    (turn,) = turns(round)
    assert turn.outcome == "other_days"
    assert said(turn)[1:] == [
        "A kunne fått plassen på andre dager; prioriteringen gjelder akkurat de dagene B har."
    ]


def test_the_strict_order_does_not_compare_people_in_pairs() -> None:
    people = [A, candidate("B", latest_start=SEP1), candidate("C", municipality="1804")]
    pairs = [pair("B", "C", PairKind.NOT_TOGETHER)]
    wishes = [wish("A"), wish("B")]
    round = ordered(people, [vacancy("V"), LATE], wishes=wishes, pairs=pairs, policy=STRICT)
    assert outcome(round) == {"A": ("W", OCT1), "B": ("V", SEP1)}
    (turn,) = turns(round)
    assert turn.outcome == "not_compared"
    assert said(turn, "nn")[1:] == [
        "Prioriteringa samanliknar ikkje desse to plassane, fordi ein av dei to har tre pluss tre "
        "månader eller er i eit par."
    ]
    without = ordered(people, [vacancy("V"), LATE], wishes=wishes, policy=STRICT)
    assert outcome(without) == {"A": ("V", SEP1)}


def test_where_the_order_is_off_nothing_is_said() -> None:
    round = ordered([A, B], policy=policy(municipal_order="off"))
    assert outcome(round) == {"B": ("V", SEP1)}
    assert turns(round) == []

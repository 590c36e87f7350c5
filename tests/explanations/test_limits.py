"""Limits and pairs that are in somebody's way: told with their sheet and who is there; eased."""

from datetime import date

import pytest

from models.department import Department
from models.explanation import BestEntry, ExplanationEntry
from models.municipality import Municipality
from models.plan import Plan
from models.round import Round
from scheduler.explanations.wording.change_words import change_finding
from scheduler.explanations.wording.obstacle_words import best_findings
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.verification.replay import replay
from scheduler.verification.statements import check_statements
from tests.builders import (
    SITE,
    TRUST,
    PairKind,
    a_round,
    candidate,
    in_the_way,
    pair,
    vacancy,
    wish,
)
from tests.verification.test_plan import made

SEP1 = date(2026, 9, 1)


def planned(round: Round) -> Plan:
    """The plan, in which all that is said is true."""
    case = make_case(round)
    plan = made(case)
    assert (check_statements(plan, case), replay(plan, case).findings) == ([], ())
    return plan


def told(best: BestEntry | None, language: str = "nb", named: frozenset[str] | None = None) -> str:
    assert best is not None
    t = Translator(language)
    return " ".join(t.finding(f) for f in best_findings(best, named))


def wishes_of(plan: Plan, who: str) -> list[ExplanationEntry]:
    return [e for e in plan.explanations if e.candidate_id == who]


def helping(round: Round, plan: Plan, who: str) -> list[list[str]]:
    t = Translator("nb")
    return [
        [t.finding(change_finding(round, who, change)) for change in remedy.changes]
        for entry in plan.help
        if entry.candidate_id == who
        for remedy in entry.remedies
    ]


def crowded(**limits: int) -> Round:
    """K1 and K2 wish for the same department, which has a vacancy for each."""
    people = [
        candidate("K1", registered_on=date(2025, 1, 1)),
        candidate("K2", municipality="1804"),
    ]
    places = [Department(trust=TRUST, site=SITE, department="Indremedisin", **limits)]
    return a_round(people, [vacancy("V1"), vacancy("V2")], departments=places)


@pytest.mark.parametrize(
    ("column", "rule", "sentence", "raised"),
    [
        (
            "max_concurrent",
            "department-cap",
            "Indremedisin ved Lofoten tar høyst 1 samtidig (kolonnen «maks samtidig» i arket "
            "«Avdelinger»).",
            "hvis Indremedisin ved Lofoten kunne ta 2 samtidig («maks samtidig»)",
        ),
        (
            "max_arrivals",
            "arrivals",
            "Indremedisin ved Lofoten kan ta imot høyst 1 samme dag (kolonnen «maks nye samme "
            "dag» i arket «Avdelinger»).",
            "hvis Indremedisin ved Lofoten kunne ta imot 2 samme dag («maks nye samme dag»)",
        ),
    ],
)
def test_an_empty_vacancy_under_a_limit_is_held_by_nobody(
    column: str, rule: str, sentence: str, raised: str
) -> None:
    round = crowded(**{column: 1})
    plan = planned(round)
    assert [p.candidate_id for p in plan.placements] == ["K1"]
    (entry,) = wishes_of(plan, "K2")
    free = "V2" if plan.placements[0].segments[0].vacancy_id == "V1" else "V1"
    assert in_the_way(entry.best) == [(rule, ["K1"])]
    assert told(entry.best) == (
        f"Det beste som var mulig, er {free} fra 1.9.2026. {sentence} Det skyldes K1."
    )
    assert [raised] in helping(round, plan, "K2")
    # A municipality has not the sheets of the round.
    plain = sentence.split(" (")[0]
    assert told(entry.best, named=frozenset({"K2"})) == (
        f"Det beste som var mulig, er {free} fra 1.9.2026. {plain}. Det skyldes 1 kandidat "
        "fra en annen kommune."
    )


def test_a_municipality_that_can_do_without_one_is_told_so() -> None:
    town = [Municipality(municipality="1865", name="Vågan", registered_from=True, max_away=1)]
    people = [candidate("K1", registered_on=date(2025, 1, 1)), candidate("K2")]
    round = a_round(people, [vacancy("V", positions=2)], municipalities=town)
    plan = planned(round)
    (entry,) = wishes_of(plan, "K2")
    assert in_the_way(entry.best) == [("cover", ["K1"])]
    assert told(entry.best) == (
        "Det beste som var mulig, er V fra 1.9.2026. Kommune 1865 kan unnvære høyst 1 samtidig "
        "(kolonnen «maks borte» i arket «Kommuner»). Det skyldes K1."
    )
    assert ["hvis kommune 1865 kunne unnvære 2 samtidig («maks borte»)"] in helping(
        round, plan, "K2"
    )


def test_a_partner_without_a_place_holds_nothing() -> None:
    # There is room for D beside F; E wishes only for Bodø, where nobody can serve six months.
    people = [
        candidate("D"),
        candidate("E", municipality="1804"),
        candidate("F", municipality="1860", registered_on=date(2025, 1, 1)),
    ]
    windows = [
        vacancy("V", positions=2),
        vacancy("B", site="Bodø", end=date(2026, 11, 30)),
    ]
    wishes = [wish("D", site=SITE), wish("E", site="Bodø"), wish("F", site=SITE)]
    both = [pair("D", "E", PairKind.SAME_SITE, alone_ok=False)]
    round = a_round(people, windows, wishes=wishes, pairs=both)
    plan = planned(round)
    assert [p.candidate_id for p in plan.placements] == ["F"]
    (entry,) = wishes_of(plan, "D")
    assert in_the_way(entry.best) == [("pairs", ["E"])]
    assert told(entry.best).endswith(
        "Etter arket «Par» kan disse to bare få plass sammen, og den andre har ingen plass. Det "
        "skyldes E."
    )
    assert "opptatt av E" not in told(entry.best)
    assert "E" not in told(entry.best, named=frozenset({"D"})).split("Etter", 1)[1].split()
    assert ["hvis D og E kunne få plass hver for seg"] in helping(round, plan, "D")
    # Whoever says that E holds the place is found out without the room that explains.
    full = planned(a_round([candidate("D"), candidate("F", municipality="1804")]))
    capacity = next(e.best for e in full.explanations if e.best).obstacles[0]
    held = capacity.model_copy(update={"people": ["E", "F"]})
    assert entry.best is not None
    false = entry.best.model_copy(update={"obstacles": [held]})
    wrong = plan.model_copy(
        update={
            "explanations": [
                e.model_copy(update={"best": false}) if e is entry else e for e in plan.explanations
            ]
        }
    )
    assert check_statements(wrong, make_case(round))


def test_two_who_cannot_be_away_together_are_told_so_and_may_be_asked() -> None:
    apart = [pair("D", "F", PairKind.NOT_TOGETHER)]
    people = [candidate("D"), candidate("F", registered_on=date(2025, 1, 1))]
    round = a_round(people, [vacancy("V", positions=2)], pairs=apart)
    plan = planned(round)
    (entry,) = wishes_of(plan, "D")
    assert in_the_way(entry.best) == [("pairs", ["F"])]
    assert ["hvis D og F kunne være borte samtidig"] in helping(round, plan, "D")


def test_two_limits_together_are_raised_together() -> None:
    places = [Department(trust=TRUST, site=SITE, department="Indremedisin", max_concurrent=1)]
    people = [
        candidate("K1", registered_on=date(2025, 1, 1)),
        candidate("K2", municipality="1804", latest_start=SEP1),
    ]
    round = a_round(people, [vacancy("V")], departments=places)
    plan = planned(round)
    assert helping(round, plan, "K2") == [
        [
            "hvis vikariat V (Lofoten, Indremedisin) hadde én plass til",
            "hvis Indremedisin ved Lofoten kunne ta 2 samtidig («maks samtidig»)",
        ]
    ]


def test_a_limit_of_nobody_is_told_with_its_sheet() -> None:
    rests = [candidate("B", remaining_months=3), candidate("A")]
    closed = [Department(trust=TRUST, site=SITE, department="Kirurgi", max_concurrent=0)]
    places = [vacancy("V", end=date(2026, 11, 30)), vacancy("W", department="Kirurgi")]
    wishes = [wish("A", department="Kirurgi"), wish("B", department="Indremedisin")]
    departments = [*closed, Department(trust=TRUST, site=SITE, department="Indremedisin")]
    round = a_round(rests, places, wishes=wishes, departments=departments)
    (entry,) = (e for e in made(make_case(round)).explanations if e.candidate_id == "A")
    assert in_the_way(entry.best) == [("department-cap", [])]
    assert entry.best is not None
    assert [Translator("nb").finding(f) for f in best_findings(entry.best)] == [
        "Det beste som var mulig, er W fra 1.9.2026.",
        "Kirurgi ved Lofoten tar høyst 0 samtidig (kolonnen «maks samtidig» i arket «Avdelinger»).",
    ]

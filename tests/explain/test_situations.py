"""What the tool says of situations that a coordinator meets, in bokmål and nynorsk.

What it does with them is in tests/test_situations.py. Run date 1 March 2026, policy nord-2024.
"""

from datetime import date

from models.round import Round
from scheduler.case import make_case
from scheduler.explain.help import Helper
from scheduler.explain.standing import Standing
from scheduler.explain.vacancies import Unused
from scheduler.explain.words import change_finding, unused_finding, wish_findings
from scheduler.locale import Translator
from tests.builders import Municipality, a_round, candidate, solved, vacancy, wish
from tests.test_verify import made

SEP1, MAR1 = date(2026, 9, 1), date(2027, 3, 1)


def helping(round: Round, who: str, language: str = "nb") -> list[str]:
    """What would help somebody beside the best plan, in words."""
    case, solution = solved(round)
    entry = Helper(Standing(case, solution.placements)).entry(who)
    t = Translator(language)
    return [
        " ".join(t.finding(change_finding(round, who, c)) for c in remedy.changes)
        for remedy in entry.remedies
    ]


def unused(round: Round, language: str = "nb") -> dict[str, str]:
    """Why vacancies are unused beside the best plan, in words."""
    case, solution = solved(round)
    found = Unused(Standing(case, solution.placements)).entries()
    return {e.vacancy_id: Translator(language).finding(unused_finding(e)) for e in found}


def became(round: Round, who: str, language: str = "nb") -> str:
    """What the plan says of somebody's first wish."""
    entry = next(e for e in made(make_case(round)).explanations if e.candidate_id == who)
    return " ".join(Translator(language).finding(f) for f in wish_findings(entry))


def test_2_six_months_and_one_day_more() -> None:
    # The day that is six months late is taken by somebody who has waited longer.
    wished = date(2026, 8, 1)
    people = [
        candidate("A", wished_start=wished),
        candidate(
            "B",
            municipality="1860",
            wished_start=wished,
            registered_on=date(2025, 1, 1),
            latest_start=date(2027, 2, 1),
        ),
    ]
    windows = [
        vacancy("V", date(2027, 2, 1), date(2027, 7, 31)),
        vacancy("W", MAR1, date(2027, 8, 31)),
    ]
    taken = a_round(people, windows)
    assert [p.candidate_id for p in solved(taken)[1].placements] == ["B"]
    assert helping(taken, "A") == [
        "Vikariat W (Lofoten, Indremedisin) begynner 28 dager tidligere, 1.2.2027.",
        "A ønsker en periode 1 måned senere.",
        "Vikariat V (Lofoten, Indremedisin) begynner 184 dager tidligere, 1.8.2026.",
        "Vikariat V (Lofoten, Indremedisin) har én plass til.",
        "Et unntak fra regelen deviation for A.",
    ]
    assert helping(taken, "A", "nn")[-2:] == [
        "Vikariat V (Lofoten, Indremedisin) har éin plass til.",
        "Eit unntak frå regelen deviation for A.",
    ]


def test_3_windows_that_do_not_fit() -> None:
    fauske = vacancy("F", end=date(2027, 1, 31), site="Fauske", department="Psykiatri")
    alone = a_round([candidate()], [fauske])
    assert unused(alone) == {"F": "For kort: 5 hele måneder. Ville kommet om det var lengre: A."}
    assert unused(alone, "nn") == {
        "F": "For kort: 5 heile månader. Ville kome om det var lengre: A."
    }
    assert helping(alone, "A") == [
        "Vikariat F (Fauske, Psykiatri) varer 28 dager lenger, til 28.2.2027."
    ]


def test_7_not_both_away() -> None:
    town = [Municipality(municipality="1865", name="Vågan", registered_from=True, max_away=1)]
    windows = [vacancy("V"), vacancy("W")]
    people = [candidate("A"), candidate("B")]
    round = a_round(people, windows, municipalities=town)
    (one,) = solved(round)[1].placements
    other = "A" if one.candidate_id == "B" else "B"
    assert list(unused(round).values()) == [
        "Holdes tilbake av en grense for hvor mange som kan være borte fra kommunen eller ved "
        "avdelingen, av et par, av en kommunes prioritering, eller fordi det ikke er plass til "
        f"resten av tjenesten: {other}."
    ]
    assert list(unused(round, "nn").values()) == [
        "Blir haldne tilbake av ei grense for kor mange som kan vere borte frå kommunen eller ved "
        "avdelinga, av eit par, av prioriteringa i ein kommune, eller fordi det ikkje er plass til "
        f"resten av tenesta: {other}."
    ]


def test_8_everybody_wants_bodo() -> None:
    people = [
        candidate(
            f"K{n:02d}",
            municipality="1804",
            registered_on=date(2025, 12, 1) if n < 2 else date(2026, 2, 1),
            open_to_other_sites=n == 1,
        )
        for n in range(4)
    ]
    windows = [vacancy("B", site="Bodø"), vacancy("L1"), vacancy("L2")]
    round = a_round(people, windows, wishes=[wish(p.candidate_id, site="Bodø") for p in people])
    placed = {p.candidate_id: p.bare[0].vacancy_id for p in solved(round)[1].placements}
    assert len(placed) == 2
    closed = sorted({p.candidate_id for p in people} - placed.keys())
    for who in closed:
        assert helping(round, who)[0] == f"{who} er åpen for andre tjenestesteder."
        assert helping(round, who, "nn")[0] == f"{who} er open for andre tenestestader."


def test_10_equals_and_why_me_again() -> None:
    round = a_round([candidate("L", municipality="1860"), candidate("M", municipality="1804")])
    (placed,) = solved(round)[1].placements
    winner = placed.candidate_id
    loser = "M" if winner == "L" else "L"
    assert became(round, loser) == (
        f"Det beste som var mulig, er opptatt av {winner}. Etter alt annet enn loddtrekningen "
        f"ville det vært like godt; loddet alene avgjorde. Det ville endre noe for {winner}. Det "
        "er bevist at ingen plan som oppfyller ønsket, er bedre."
    )
    assert became(round, loser, "nn") == (
        f"Det beste som var mogleg, er oppteke av {winner}. Etter alt anna enn loddtrekninga "
        f"ville det vore like godt; loddet åleine avgjorde. Det ville endre noko for {winner}. "
        "Det er bevist at ingen plan som oppfyller ønsket, er betre."
    )

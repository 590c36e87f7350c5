"""What the tool says of situations that a coordinator meets, in bokmål and nynorsk.

What it does with them is in tests/test_situations.py. Run date 1 March 2026, policy nord-2024.
"""

from collections.abc import Iterable
from datetime import date

from models.finding import Finding
from models.lock import Decline
from models.municipality import Agreement
from models.round import Round
from scheduler.conflicts.promises import find_conflicts
from scheduler.conflicts.remedies import remedies
from scheduler.explanations.answers.help import Helper
from scheduler.explanations.answers.vacancies import Unused
from scheduler.explanations.standing import Standing
from scheduler.explanations.wording.change_words import change_finding
from scheduler.explanations.wording.order_words import turn_findings
from scheduler.explanations.wording.words import unused_findings, wish_findings
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.report.explain_lines import letter_lines
from scheduler.report.texts import Delivery
from tests.builders import (
    Municipality,
    a_round,
    candidate,
    lock,
    solved,
    vacancy,
    waiver,
    wish,
)
from tests.test_situations import first_in_line, reason
from tests.verification.test_plan import made

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
    t = Translator(language)
    return {e.vacancy_id: " ".join(map(t.finding, unused_findings(e))) for e in found}


def became(round: Round, who: str, language: str = "nb") -> str:
    """What the plan says of somebody's first wish."""
    entry = next(e for e in made(make_case(round)).explanations if e.candidate_id == who)
    return " ".join(Translator(language).finding(f) for f in wish_findings(entry))


def told(findings: Iterable[Finding], language: str) -> list[str]:
    """Findings in words."""
    return [Translator(language).finding(found) for found in findings]


def both(findings: Iterable[Finding]) -> tuple[list[str], list[str]]:
    """Findings in bokmål and nynorsk."""
    listed = list(findings)
    return told(listed, "nb"), told(listed, "nn")


def test_1_the_first_in_line_cannot_use_the_only_place() -> None:
    (turn,) = made(make_case(first_in_line())).turns
    assert both(turn_findings(turn)) == (
        [
            "A er prioritert foran B, som har V fra 1.9.2026.",
            (
                "Første dag, 1.9.2026, er før 1.12.2026, da kravet om 24 måneders praksis er "
                "oppfylt."
            ),
        ],
        [
            "A er prioritert føre B, som har V frå 1.9.2026.",
            (
                "Første dag, 1.9.2026, er før 1.12.2026, då kravet om 24 månaders praksis er "
                "oppfylt."
            ),
        ],
    )
    # With the waiver A is served as wished, and there is nothing to explain.
    waived = first_in_line(waivers=[waiver("A", "practice")])
    assert made(make_case(waived)).turns == []


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
        "hvis vikariat W (Lofoten, Indremedisin) begynte 28 dager tidligere, 1.2.2027",
        "hvis A ønsket et tidsrom 1 måned senere",
        "hvis vikariat V (Lofoten, Indremedisin) begynte 184 dager tidligere, 1.8.2026",
        "hvis vikariat V (Lofoten, Indremedisin) hadde én plass til",
        "hvis A hadde unntak fra grensen for tidsavvik",
    ]
    assert helping(taken, "A", "nn")[-2:] == [
        "om vikariat V (Lofoten, Indremedisin) hadde éin plass til",
        "om A hadde unntak frå grensa for tidsavvik",
    ]


def test_3_windows_that_do_not_fit() -> None:
    fauske = vacancy("F", end=date(2027, 1, 31), site="Fauske", department="Psykiatri")
    alone = a_round([candidate()], [fauske])
    assert unused(alone) == {
        "F": ("For kort: 5 måneder. Var vikariatet lengre, kunne disse fått plass: A.")
    }
    assert unused(alone, "nn") == {
        "F": "For kort: 5 månader. Var vikariatet lengre, kunne desse ha fått plass: A."
    }
    assert helping(alone, "A") == [
        "hvis vikariat F (Fauske, Psykiatri) varte 28 dager lenger, til 28.2.2027"
    ]


def test_4_three_plus_three_in_a_chain() -> None:
    people = [candidate("B", wished_start=date(2026, 7, 1)), candidate("C", split="prefer")]
    windows = [
        vacancy("V", end=date(2026, 11, 30)),
        vacancy("W", date(2026, 7, 1), date(2027, 3, 31), site="Bodø", certainty="expected"),
    ]
    round = a_round(people, windows, wishes=[wish("B", site="Bodø"), wish("C")])
    told = [*letter_lines(Delivery(made(make_case(round)), round, Translator("nb")), "C")]
    assert told[1:4] == [
        "Du får tilbud om sykehustjeneste i to deler, på tre måneder hver. Du ønsket å begynne "
        "1.9.2026.",
        "Første del: Indremedisin, Lofoten (Nordlandssykehuset HF), fra og med 1.9.2026 til og med "
        "30.11.2026. Du får plass der du ønsket, og til ønsket tid.",
        "Andre del: Indremedisin, Bodø (Nordlandssykehuset HF), fra og med 1.1.2027 til og med "
        "31.3.2027. Du får plass der du ønsket, men én måned senere enn ønsket. Tilbudet gjelder "
        "med forbehold om at avdelingen bekrefter vikariatet. For andre del er ønsket regnet tre "
        "måneder senere enn for første del.",
    ]


def test_5_a_late_extension() -> None:
    held = [
        lock("D", "V", date(2026, 3, 1), date(2026, 10, 31), status="in_service"),
        lock("E", "V", SEP1, date(2027, 2, 28), status="contract"),
    ]
    windows = [
        vacancy("V", date(2026, 3, 1), date(2027, 8, 31)),
        vacancy("W", SEP1, date(2027, 2, 28), department="Kirurgi"),
    ]
    people = [candidate("D", wished_start=date(2026, 3, 1)), candidate("E")]
    round = a_round(people, windows, locks=held)
    (conflict,) = find_conflicts(round)
    assert both([conflict.finding]) == (
        ["Vikariat V tar 1 samtidig, men har 2 (D, E) fra 1.9.2026 til 31.10.2026."],
        ["Vikariat V tek 1 samtidig, men har 2 (D, E) frå 1.9.2026 til 31.10.2026."],
    )
    assert told([f for f, _ in remedies(make_case(round), (), conflict)], "nn") == [
        "Vikariat V tek 2 samtidig frå 1.9.2026 til 31.10.2026.",
        "E får V frå 1.11.2026 til 30.4.2027 i staden.",
        "E får W (Lofoten, Kirurgi) dei same dagane i staden.",
        "Lovnaden til E blir trekt tilbake, om E er samd.",
    ]


def test_6_declines_and_refill() -> None:
    held = [lock("B", "W", SEP1, date(2027, 2, 28))]
    people = [candidate("A"), candidate("B"), candidate("C", registered_on=date(2026, 2, 20))]
    said_no = [Decline(candidate_id="A", vacancy_id="V")]
    windows = [vacancy("V"), vacancy("W")]
    round = a_round(people, windows, locks=held, declines=said_no)
    for language in ("nb", "nn"):
        department = "avdelingen" if language == "nb" else "avdelinga"
        declined = f"V er avslått, av kandidaten eller av {department}."
        assert reason(round, "A", "V", language) == declined
    plan = made(make_case(round))
    delivery = Delivery(plan, round, Translator("nb"))
    assert [*letter_lines(delivery, "B")][1].endswith("Plassen står fast.")
    assert [*letter_lines(delivery, "A")][1].startswith("Du har dessverre ikke fått plass")
    soon = vacancy("S", date(2026, 4, 1), date(2026, 9, 30))
    early = a_round([candidate("A", wished_start=date(2026, 4, 1))], [soon])
    assert [reason(early, "A", "S", language) for language in ("nb", "nn")] == [
        "Første dag, 1.4.2026, er før 1.6.2026, som er 3 måneder etter kjøredatoen.",
        "Første dag, 1.4.2026, er før 1.6.2026, som er 3 månader etter køyredatoen.",
    ]


def test_7_not_both_away() -> None:
    town = [Municipality(municipality="1865", name="Vågan", registered_from=True, max_away=1)]
    windows = [vacancy("V"), vacancy("W")]
    people = [candidate("A"), candidate("B")]
    round = a_round(people, windows, municipalities=town)
    (one,) = solved(round)[1].placements
    other = "A" if one.candidate_id == "B" else "B"
    taken = one.candidate_id
    assert list(unused(round).values()) == [
        f"Disse kunne ikke få tjeneste her: {other}. Kommune 1865 kan unnvære høyst 1 samtidig "
        f"(kolonnen «maks borte» i arket «Kommuner»). Det skyldes {taken}."
    ]
    assert list(unused(round, "nn").values()) == [
        f"Desse kunne ikkje få teneste her: {other}. Kommune 1865 kan unnvere høgst 1 samtidig "
        f"(kolonnen «maks borte» i arket «Kommunar»). Det skuldast {taken}."
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
        assert helping(round, who)[0] == f"hvis {who} åpnet for andre tjenestesteder"
        assert helping(round, who, "nn")[0] == f"om {who} opna for andre tenestestader"


def test_9_the_maze_of_who_belongs_where() -> None:
    unn = Agreement(municipality="1806", trust="Universitetssykehuset Nord-Norge HF")
    narvik = a_round([candidate("G", municipality="1806")], agreements=[unn])
    old = a_round([candidate("J", scheme="old")])
    ended = Agreement(
        municipality="1865", trust="Nordlandssykehuset HF", valid_to=date(2026, 8, 31)
    )
    ends = a_round([candidate("K")], agreements=[ended])
    asked = ((narvik, "G"), (old, "J"), (ends, "K"))
    assert [reason(round, who) for round, who in asked] == [
        "Kommune 1806 har ingen avtale med Nordlandssykehuset HF.",
        "Kandidaten følger den gamle ordningen, som ikke har sykehustjeneste.",
        (
            "Ingen avtale mellom kommune 1865 og Nordlandssykehuset HF gjelder for første dag, "
            "1.9.2026."
        ),
    ]
    assert [reason(round, who, language="nn") for round, who in asked] == [
        "Kommune 1806 har ingen avtale med Nordlandssykehuset HF.",
        "Kandidaten følgjer den gamle ordninga, som ikkje har sjukehusteneste.",
        (
            "Ingen avtale mellom kommune 1865 og Nordlandssykehuset HF gjeld for første dag, "
            "1.9.2026."
        ),
    ]


def test_10_equals_and_why_me_again() -> None:
    round = a_round([candidate("L", municipality="1860"), candidate("M", municipality="1804")])
    (placed,) = solved(round)[1].placements
    winner = placed.candidate_id
    loser = "M" if winner == "L" else "L"
    assert became(round, loser) == (
        f"Det beste som var mulig, er V fra 1.9.2026. V er da opptatt av {winner}. Etter alle "
        "mål før loddtrekningen ville det vært like godt; det ble avgjort ved loddtrekning. Det "
        f"ville endre noe for {winner}. Planens eget bevis viser at ingen plan som oppfyller "
        "ønsket, er bedre."
    )
    assert became(round, loser, "nn") == (
        f"Det beste som var mogleg, er V frå 1.9.2026. V er då oppteke av {winner}. "
        "Etter alle mål føre loddtrekninga ville det ha vore like godt; det vart avgjort ved "
        f"loddtrekning. Det ville endre noko for {winner}. Beviset som høyrer til planen, viser "
        "at ingen plan som oppfyller ønsket, er betre."
    )

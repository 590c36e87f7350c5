"""The situations 11 to 14, about a municipality's order: what the tool does, and what it says.

Run date 1 March 2026, policy nord-2024. Situation 1 is in tests/test_situations.py.
"""

from datetime import date
from typing import Any

from models.plan import Plan
from models.round import Round
from scheduler.explanations.wording.audience import Audience
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.report.books.own_tables import order_told
from scheduler.report.explain_lines import candidate_lines, letter_lines
from scheduler.report.sheets.explained import consents_table
from scheduler.report.sheets.order import order_table
from scheduler.report.texts import Delivery
from tests.builders import (
    Priority,
    a_round,
    candidate,
    lock,
    outcome,
    policy,
    solved,
    vacancy,
    wish,
)
from tests.verification.test_plan import made

SEP1, SEP15, MAR1 = date(2026, 9, 1), date(2026, 9, 15), date(2027, 3, 1)


def order(*people: str) -> list[Priority]:
    return [
        Priority(municipality="1865", priority=n, candidate_id=who)
        for n, who in enumerate(people, 1)
    ]


def delivery(round: Round, language: str = "nb") -> Delivery:
    plan: Plan = made(make_case(round))
    return Delivery(plan, round, Translator(language))


def sheet(round: Round, who: str, language: str = "nb") -> dict[str, object]:
    """The line of somebody in the municipality's own sheet, by the header of each column."""
    home = round.candidate[who].municipality
    named = frozenset(c.candidate_id for c in round.candidates if c.municipality == home)
    table = order_told(delivery(round, language), named)
    headers = [column.header for column in table.columns]
    (row,) = (row for row in table.rows if row[0] == who)
    return {
        header: cell for header, cell in zip(headers, row, strict=True) if cell not in ("", None)
    }


def points(round: Round, who: str) -> list[object]:
    """What the coordinator reads of somebody: the points they have, whom they gave way to, and the
    points of that place.
    """
    table = order_table(delivery(round))
    (row,) = (row for row in table.rows if row[1] == who)
    cells = dict(zip(table.headers, row, strict=True))
    return [cells[name] for name in ("Poeng", "Vek plassen for", "Poeng med den plassen")]


def later_one(*more: Any) -> Round:
    """A, first, wishes March; B, second, September; there is one place in September."""
    people = [candidate("A", wished_start=MAR1), candidate("B")]
    return a_round(people, [vacancy("V"), *more], priority=order("A", "B"))


def test_11_the_later_one_takes_the_earlier_ones_place() -> None:
    assert outcome(later_one()) == {"B": ("V", SEP1)}
    assert sheet(later_one(), "A")["Grunner til at de som kommer etter, har plass"] == (
        "A er prioritert foran B, som har V fra 1.9.2026. A kunne bare ha begynt der før "
        "1.3.2027, den første dagen kandidaten ønsket. Ingen må vike for en som ikke er klar ennå."
    )
    autumn = date(2027, 9, 1)
    round = later_one(vacancy("W", autumn, date(2028, 2, 29)))
    assert outcome(round) == {"A": ("W", autumn), "B": ("V", SEP1)}
    _, solution = solved(round)
    # Exactly six months late; a day more would be refused.
    assert {p.candidate_id: p.segments[0].deviation for p in solution.placements} == {
        "A": 6,
        "B": 0,
    }
    assert made(make_case(round)).gave_way == []
    more = later_one(vacancy("W", date(2027, 9, 2), date(2028, 3, 1)))
    assert outcome(more) == {"B": ("V", SEP1)}


def fourteen_days(**facts: Any) -> Round:
    """A wishes Bodø, B surgery in Bodø; surgery is free a fortnight before the children's ward."""
    places = [
        vacancy("V", site="Bodø", department="Kirurgi"),
        vacancy("W", SEP15, date(2027, 3, 14), site="Bodø", department="Barn"),
    ]
    wishes = [wish("A", site="Bodø"), wish("B", site="Bodø", department="Kirurgi")]
    people = [candidate("A"), candidate("B")]
    return a_round(people, places, **{"wishes": wishes, "priority": order("A", "B"), **facts})


def test_12_fourteen_days() -> None:
    round = fourteen_days()
    assert outcome(round) == {"A": ("W", SEP15), "B": ("V", SEP1)}
    assert points(round, "A") == [4, "B", 0]
    assert sheet(round, "A") == {
        "Kandidat-id": "A",
        "Prioritet": 1,
        "Utfall": "Barn, Bodø (W): 15.9.2026 til 14.3.2027",
        "Vek plassen for": "B",
        "Kostnad ved å overta plassen": "Hadde A fått V fra 1.9.2026, ville B stått uten plass.",
    }
    lines = list(candidate_lines(delivery(round), "A", Audience.MUNICIPALITY))
    assert lines[lines.index("Kommunens prioritering") + 1 :] == [
        "  A er prioritert foran B, og ville heller hatt V fra 1.9.2026, som B har.",
        "  Hadde A fått V fra 1.9.2026, ville B stått uten plass.",
    ]
    strict = fourteen_days(policy=policy(municipal_order="strict"))
    assert outcome(strict) == {"A": ("V", SEP1)}
    (line,) = consents_table(delivery(strict)).rows
    assert line == (
        "1865 1865",
        "A",
        "",
        "B",
        "W: 15.9.2026 til 14.3.2027",
        4,
        "",
        0,
        None,
        None,
        "V: 1.9.2026 til 28.2.2027",
    )


def test_13_for_the_firsts_sake_and_the_first_gains_nothing() -> None:
    places = [
        vacancy("V"),
        vacancy("W", site="Bodø", department="Kirurgi"),
        vacancy("X", site="Bodø", department="Barn"),
    ]
    people = [candidate("A"), candidate("B"), candidate("C", municipality="1804")]
    wishes = [
        wish("A", site="Lofoten"),
        wish("A", 2, site="Bodø"),
        wish("B", site="Lofoten"),
        wish("C", site="Lofoten"),
        wish("C", 2, site="Bodø", department="Barn"),
    ]
    round = a_round(people, places, wishes=wishes, priority=order("A", "B"))
    assert outcome(round) == {"A": ("W", SEP1), "B": ("V", SEP1), "C": ("X", SEP1)}
    (own,) = (p for p in solved(round)[1].placements if p.candidate_id == "A")
    assert own.points == 12
    line = sheet(round, "A")
    assert points(round, "A") == [12, "B", 0]
    assert line["Kostnad ved å overta plassen"] == (
        "Hadde A fått V fra 1.9.2026, ville B stått uten plass."
    )


def after_the_offer() -> Round:
    """V is offered to A, and has not been answered; then the municipality puts B first."""
    held = [lock("A", "V", SEP1, date(2027, 2, 28), status="offered")]
    return a_round([candidate("A"), candidate("B")], locks=held, priority=order("B", "A"))


def test_14_the_order_was_changed_after_the_offer() -> None:
    round = after_the_offer()
    assert outcome(round) == {}
    assert made(make_case(round)).locks[0].candidate_id == "A"
    assert sheet(round, "B")["Grunner til at de som kommer etter, har plass"] == (
        "A, som er prioritert etter B, beholder en plass som allerede er lovet (V fra 1.9.2026). "
        "Tilbudet er ikke besvart. Ble det trukket tilbake, kunne B fått V fra 1.9.2026."
    )
    table = order_table(delivery(round))
    assert table.notes[0].startswith(
        "Prioriteringen er fulgt blant dem som fikk plass i denne runden. "
    )
    letter = list(letter_lines(delivery(round), "B"))
    assert letter[1] == (
        "Du har dessverre ikke fått plass i denne runden. Du beholder ventetiden din. Du blir "
        "vurdert på nytt i neste runde, 1.6.2026. Plasser som ble lovet bort før denne runden, "
        "står fast, også der kommunen din har satt deg foran den som har plassen."
    )
    nynorsk = list(letter_lines(delivery(round, "nn"), "B"))
    assert nynorsk[1].endswith(
        "Plassar som vart lova bort før denne runden, står fast, òg der kommunen din har sett "
        "deg føre den som har plassen."
    )
    # A, whose place stands, is told nothing of it.
    assert "lovet" not in " ".join(letter_lines(delivery(round), "A"))

"""The sheet about the municipalities' order: what it claims, for whom, and in which words."""

import re
from datetime import date
from typing import Any

import pytest

from models.round import Round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.report.books.municipalities import municipality_books
from scheduler.report.books.own_tables import order_told
from scheduler.report.sheets.order import order_table
from scheduler.report.table import Table
from scheduler.report.texts import Delivery
from tests.builders import (
    PairKind,
    Priority,
    a_round,
    candidate,
    lock,
    pair,
    policy,
    vacancy,
    waiver,
    wish,
)
from tests.explanations.test_gave_way import fourteen_days, with_a_third
from tests.verification.test_plan import made

SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)


def delivery(round: Round, language: str = "nb") -> Delivery:
    return Delivery(made(make_case(round)), round, Translator(language))


def texts(table: Table) -> str:
    return "\n".join(str(cell) for line in table.lines() for cell in line)


def column(table: Table, header: str) -> list[object]:
    number = [c.header for c in table.columns].index(header)
    return [row[number] for row in table.rows]


@pytest.mark.parametrize(
    ("language", "order", "expected"),
    [
        ("nb", "placed", ["Prioriteringen er fulgt blant dem som fikk plass i denne runden. "]),
        ("nn", "placed", ["Prioriteringa er følgd blant dei som fekk plass i denne runden. "]),
        ("en", "placed", ["Kept among those placed in this round. "]),
        (
            "nb",
            "strict",
            [
                "Prioriteringen er fulgt blant dem som fikk plass i denne runden. ",
                "Prioriteringen er fulgt strengt",
            ],
        ),
        ("nb", "off", ["Kommunenes prioritering er ikke brukt i denne runden."]),
        ("nn", "off", ["Prioriteringa til kommunane er ikkje brukt i denne runden."]),
    ],
)
def test_what_is_claimed_of_the_order_is_what_the_policy_keeps(
    language: str, order: str, expected: list[str]
) -> None:
    people = [candidate("A"), candidate("B")]
    ranked = [Priority(municipality="1865", priority=1, candidate_id="A")]
    round = a_round(people, priority=ranked, policy=policy(municipal_order=order))
    notes = order_table(delivery(round, language)).notes
    assert len(notes) == len(expected)
    assert all(n.startswith(e) for n, e in zip(notes, expected, strict=True))
    goes_before = column(order_table(delivery(round)), "Går foran")
    assert goes_before == (["", ""] if order == "off" else ["B", ""])


def test_that_the_cost_leaves_everybody_else_in_their_place_is_said_where_it_is_told() -> None:
    notes = order_table(delivery(fourteen_days())).notes
    assert len(notes) == 2
    assert "om det ville kostet mindre hvis andre også flyttet, er ikke undersøkt" in notes[1]


def test_one_who_gave_way_to_several_has_the_points_of_each() -> None:
    # A has the fourth place; the three others, of one position each, are better for A.
    people = [candidate("A"), candidate("B"), candidate("C")]
    places = [
        vacancy("V", site="Bodø", department="Kirurgi"),
        vacancy("W", site="Bodø", department="Barn"),
        vacancy("X", date(2026, 10, 1), date(2027, 3, 31), site="Bodø", department="Øye"),
    ]
    wishes = [
        wish("A", site="Bodø", department="Kirurgi"),
        wish("A", 2, site="Bodø"),
        wish("B", site="Bodø", department="Kirurgi"),
        wish("C", site="Bodø", department="Barn"),
    ]
    ranked = [
        Priority(municipality="1865", priority=n, candidate_id=w) for n, w in enumerate("ABC", 1)
    ]
    table = order_table(delivery(a_round(people, places, wishes=wishes, priority=ranked)))
    # X is the second wish a month late, 12 + 4; V the first wish, W the second, both on time.
    assert column(table, "Poeng") == [16, 0, 0]
    assert column(table, "Vek plassen for") == ["B, C", "", ""]
    assert column(table, "Poeng med den plassen") == ["0, 12", None, None]
    costs = str(column(table, "Kostnad ved å overta plassen")[0]).split("\n")
    assert len(costs) == 2


def test_a_waiver_and_its_cost_stand_on_one_line() -> None:
    people = [candidate("A"), candidate("B", registered_on=date(2025, 1, 1))]
    places = [vacancy("V"), vacancy("W", date(2027, 3, 1), date(2027, 8, 31))]
    ranked = [Priority(municipality="1865", priority=1, candidate_id="A")]
    waived = [waiver("A", "municipal-order")]
    table = order_table(delivery(a_round(people, places, priority=ranked, waivers=waived)))
    assert column(table, "Unntak") == ["Lar dem som kommer etter, gå foran", ""]
    assert column(table, "Vek plassen for") == ["B", ""]


def test_a_promise_is_told_where_only_one_of_a_municipality_can_get_something_new() -> None:
    people = [candidate("A"), candidate("B"), candidate("C", municipality="1804")]
    held = [lock("B", "V", SEP1, FEB28, status="accepted")]
    ranked = [Priority(municipality="1865", priority=1, candidate_id="A")]
    round = a_round(people, locks=held, priority=ranked)
    table = order_table(delivery(round))
    assert column(table, "Kandidat-id") == ["A"]
    (book,) = (b for b in municipality_books(delivery(round)) if "1865" in b.file)
    assert any("beholder en plass som allerede er lovet" in texts(t) for t in book.tables)
    others = [b for b in municipality_books(delivery(round)) if "1804" in b.file]
    assert not any("lovet" in texts(t) for b in others for t in b.tables)


def stranger() -> Round:
    """A would have to leave C, of another municipality, who must be at the same site."""
    people = [candidate("A"), candidate("B"), candidate("CX", municipality="1804")]
    wishes = [
        wish("A", site="Lofoten"),
        wish("A", 2, site="Bodø"),
        wish("B", site="Lofoten"),
        wish("CX", site="Bodø"),
    ]
    return a_round(
        people,
        [vacancy("V"), vacancy("W", site="Bodø", positions=2)],
        wishes=wishes,
        priority=[Priority(municipality="1865", priority=1, candidate_id="A")],
        pairs=[pair("A", "CX", PairKind.SAME_SITE)],
    )


def needing() -> Round:
    """B cannot be left out for A, as C of another municipality may not be placed alone."""
    people = [
        candidate("A"),
        candidate("B", registered_on=date(2025, 1, 1)),
        candidate("CX", municipality="1804", registered_on=date(2025, 1, 1)),
    ]
    return a_round(
        people,
        [vacancy(positions=2)],
        priority=[Priority(municipality="1865", priority=1, candidate_id="A")],
        pairs=[pair("B", "CX", PairKind.SAME_SITE, alone_ok=False)],
    )


@pytest.mark.parametrize("make", [stranger, needing])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_municipality_sees_no_stranger_in_its_order(make: Any, language: str) -> None:
    done = delivery(make(), language)
    coordinator = order_table(done)
    own = order_told(done, frozenset("AB"))
    assert len(own.rows) == 2
    assert "CX" in texts(coordinator)
    assert "CX" not in texts(own)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_municipality_reads_no_ids_of_rules_or_goals(language: str) -> None:
    for round in (fourteen_days(), with_a_third(), stranger(), needing()):
        named = frozenset(c.candidate_id for c in round.candidates if c.municipality == "1865")
        rows = order_told(delivery(round, language), named).rows
        words = set(re.findall(r"[\w-]+", "\n".join(str(cell) for row in rows for cell in row)))
        assert not words & {"pairs", "municipal-order", "wishes", "points", "poeng"}

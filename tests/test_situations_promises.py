"""Promises in the way: situation 15, an extension, and a promise that goes before the order.

Run date 1 March 2026, policy nord-2024.
"""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.lock import Lock
from models.plan import ConflictEntry, Plan
from models.round import Round
from scheduler.explanations.wording.conflict_words import resolution_findings
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.report.sheets.facts import conflicts_table
from scheduler.report.sheets.order import order_table
from scheduler.report.texts import Delivery
from scheduler.verification.replay import replay
from scheduler.verification.statements import check_statements
from tests.builders import Priority, a_round, candidate, lock, policy, vacancy, wish
from tests.verification.test_plan import made

SEP1, FEB28, MAR1 = date(2026, 9, 1), date(2027, 2, 28), date(2027, 3, 1)


def planned(round: Round) -> Plan:
    """The plan, in which all that is said is true."""
    case = make_case(round)
    plan = made(case)
    assert (check_statements(plan, case), replay(plan, case).findings) == ([], ())
    return plan


def resolved(conflict: ConflictEntry, language: str = "nb") -> list[str]:
    t = Translator(language)
    return [
        " ".join(t.finding(f) for f in resolution_findings(remedy)) for remedy in conflict.remedies
    ]


def stopped(status: str = "withdrawn", **facts: object) -> Round:
    """A has stopped, and has a place from September that B and C wait for; B waits longer."""
    people = [
        candidate("A", status=status),
        candidate("B", registered_on=date(2025, 1, 1), municipality="1804"),
        candidate("C", municipality="1860"),
    ]
    held = [lock("A", "V", SEP1, FEB28, **facts)]
    return a_round(people, [vacancy("V")], locks=held)


@pytest.mark.parametrize("status", ["withdrawn", "done", "municipal", "on_hold"])
def test_15_who_stopped_still_holds_the_place(status: str) -> None:
    round = stopped(status)
    plan = planned(round)
    assert not plan.placements  # nothing is freed by itself
    (conflict,) = plan.conflicts
    assert (conflict.finding.rule, conflict.candidate_ids) == ("stale", ["A"])
    assert (conflict.first, conflict.last) == (SEP1, FEB28)
    assert resolved(conflict) == [
        "Raden for A i V fra 1.9.2026 slettes i arket «Låste plasser». Da kunne B fått V fra "
        "1.9.2026.",
        "A beholder plassen og får status «venter» i arket «Kandidater».",
    ]


def test_15_in_words_as_read_from_the_plan() -> None:
    round = stopped()
    plan = Plan.from_json(planned(round).to_json())
    table = conflicts_table(Delivery(plan, round, Translator("nn")))
    assert table.rows[0][1] == (
        "A har status «trekt», men har framleis plassen i V frå 1.9.2026 til 28.2.2027. Ingen "
        "andre kan få han."
    )
    assert "lovnader til ein som ikkje ventar lenger" in table.rows[0]


def test_a_promise_that_is_over_or_to_somebody_who_waits_is_not_stale() -> None:
    over = [lock("A", "V", date(2025, 9, 1), date(2026, 3, 1))]
    people = [candidate("A", status="done", wished_start=date(2025, 9, 1))]
    window = vacancy("V", date(2025, 9, 1), FEB28)
    assert not planned(a_round(people, [window], locks=over)).conflicts
    assert not planned(stopped("waiting")).conflicts


def test_a_promise_in_an_unknown_vacancy_says_that_the_id_may_be_mistyped() -> None:
    plan = planned(a_round([candidate()], locks=[lock("A", "V99", SEP1, FEB28)]))
    assert [Translator("nn").finding(c.finding.finding()) for c in plan.conflicts] == [
        "Vikariat V99 står ikkje i arket «Vikariat»: Anten er det borte, eller så er id-en "
        "feilskriven i arket «Låste plassar»."
    ]


def extended(**changes: Any) -> Round:
    """D's service was moved past its first end, into the place that was promised to E."""
    late = {"extended_from": date(2026, 8, 31), "reason": "Læringsmål", "status": "in_service"}
    held = [
        lock("D", "V", MAR1.replace(year=2026), date(2026, 10, 31), **late),
        lock("E", "V", SEP1, FEB28, status="contract"),
    ]
    people = [candidate("D", wished_start=MAR1.replace(year=2026)), candidate("E")]
    window = vacancy("V", MAR1.replace(year=2026), FEB28)
    return a_round(people, [window], locks=held, **changes)


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        ("goals", "Regelsettet tillater det når læringsmål ikke er nådd."),
        ("weighty", "Regelsettet tillater det ved lang sykdom eller andre tungtveiende grunner."),
    ],
)
def test_the_conflict_of_an_extension_names_the_ground_that_it_needs(
    ground: str, told: str
) -> None:
    round = extended(policy=policy(extension=ground))
    plan = planned(round)
    (conflict,) = plan.conflicts
    text = " ".join(Translator("nb").finding(f.finding()) for f in conflict.extensions)
    assert text == (
        f"Plassen til D i V er forlenget fra 31.8.2026 til 31.10.2026. {told} Grunnen står i arket "
        "«Låste plasser»."
    )
    assert "Plassen til D i V forlenges ikke, og slutter 31.8.2026." in resolved(conflict)
    # The reason may be about somebody's health: it stays in the input.
    assert "Læringsmål" not in plan.to_json()


def test_an_extension_has_a_first_end_and_a_reason() -> None:
    for wrong in (
        {"extended_from": date(2026, 12, 31)},
        {"reason": "Sykdom"},
        {"extended_from": FEB28, "reason": "Sykdom"},
        {"extended_from": date(2026, 8, 1), "reason": "Sykdom"},
    ):
        with pytest.raises(ValidationError):
            lock("A", "V", SEP1, FEB28, **wrong)
    right = lock("A", "V", SEP1, FEB28, extended_from=date(2026, 12, 31), reason="Sykdom")
    assert isinstance(right, Lock)


def preferring(status: str) -> Round:
    """B goes before A, and is placed, but would rather have the place that was promised to A."""
    held = [lock("A", "V", SEP1, FEB28, status=status)]
    order = [
        Priority(municipality="1865", priority=n, candidate_id=who)
        for n, who in enumerate(("B", "A"), 1)
    ]
    windows = [vacancy("V"), vacancy("W", date(2026, 11, 1), date(2027, 4, 30))]
    wishes = [wish("A"), wish("B")]
    people = [candidate("A"), candidate("B")]
    return a_round(people, windows, wishes=wishes, locks=held, priority=order)


@pytest.mark.parametrize(("status", "more"), [("offered", True), ("contract", False)])
def test_a_promise_that_somebody_placed_would_rather_have_is_told(status: str, more: bool) -> None:
    round = preferring(status)
    plan = planned(round)
    assert [p.candidate_id for p in plan.placements] == ["B"]
    (turn,) = plan.turns
    assert (turn.first, turn.second, turn.outcome) == ("B", "A", "promised")
    assert (turn.withdrawn is not None) is more
    table = order_table(Delivery(plan, round, Translator("nb")))
    assert table.notes[0].startswith(
        "Prioriteringen er fulgt blant dem som fikk plass i denne runden. "
    )
    assert table.notes[1].startswith("Plasser som ble lovet før denne runden, går foran")
    line = next(str(row[-1]) for row in table.rows if row[1] == "B")
    assert "beholder en plass som allerede er lovet (V fra 1.9.2026)." in line
    assert ("Ble det trukket tilbake, kunne B fått V fra 1.9.2026." in line) is more

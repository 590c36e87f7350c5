"""What a letter says of exceptions, and of vacancies that were declined."""

from datetime import date

import pytest

from models.lock import Decline
from models.round import Round
from scheduler.explanations.wording.audience import Audience
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.problem.calendar import last_day
from scheduler.report.books.own_tables import wishes_told
from scheduler.report.explain_lines import candidate_lines, letter_lines
from scheduler.report.sheets.explained import wishes_table
from scheduler.report.texts import Delivery
from tests.builders import a_round, candidate, lock, policy, vacancy, waiver, wish
from tests.explanations.test_letter import SEP1, lines
from tests.verification.test_plan import made


@pytest.mark.parametrize(
    ("rule", "facts", "told"),
    [
        (
            "deviation",
            {"wished_start": date(2025, 9, 1)},
            "Regionen har gjort unntak for deg fra grensen på seks måneder mellom ønsket og første "
            "dag.",
        ),
        ("on-call", {"on_call": False}, "Regionen har gjort unntak for deg fra kravet om vakt."),
        (
            "ceiling",
            {"wished_start": date(2026, 3, 1)},
            "Regionen har gjort unntak for deg fra grensen for hvor langt en plass kan være fra "
            "ønsket.",
        ),
    ],
)
def test_an_offer_that_rests_on_an_exception_says_so(
    rule: str, facts: dict[str, object], told: str
) -> None:
    def offer(**own: object) -> str:
        limit = policy(max_points=1 if rule == "ceiling" else None)
        waived = [waiver("A", rule)]
        return lines(a_round([candidate("A", **own)], waivers=waived, policy=limit))[0]

    assert told in offer(**facts)
    assert "unntak" not in offer()


def after_a_no(by: str) -> Round:
    """A wishes for Lofoten, where V is declined and B has W."""
    people = [candidate("A"), candidate("B", municipality="1860")]
    held = [lock("B", "W", date(2027, 3, 1), date(2027, 8, 31))]
    windows = [vacancy("V"), vacancy("W", date(2027, 3, 1), date(2027, 8, 31))]
    no = Decline.model_validate({"candidate_id": "A", "vacancy_id": "V", "by": by})
    wishes = [wish("A", site="Lofoten"), wish("B")]
    return a_round(people, windows, wishes=wishes, locks=held, declines=(no,))


@pytest.mark.parametrize(
    ("by", "letter", "table"),
    [
        (
            "candidate",
            "Du har takket nei til vikariatet ved Indremedisin, Lofoten, fra 1.9.2026 til "
            "28.2.2027, og får ikke tilbud om det igjen.",
            "V: Kandidaten har takket nei.",
        ),
        (
            "department",
            "Indremedisin, Lofoten, har svart at du ikke kan få vikariatet fra 1.9.2026 til "
            "28.2.2027.",
            "V: Avdelingen har sagt nei til kandidaten.",
        ),
    ],
)
def test_who_said_no_is_told_and_what_was_declined_is_not_offered_as_help(
    by: str, letter: str, table: str
) -> None:
    round = after_a_no(by)
    plan = made(make_case(round))
    (entry,) = (e for e in plan.explanations if e.candidate_id == "A")
    assert entry.outcome == "taken"
    delivery = Delivery(plan, round, Translator("nb"))
    told = list(letter_lines(delivery, "A"))
    assert f"  {letter}" in told
    assert not any("måtte ha begynt 1.9.2026" in line for line in told)
    assert all(
        segment.vacancy_id != "W" or segment.start >= date(2026, 9, 2)
        for help in plan.help
        for remedy in help.remedies
        for segment in remedy.placement.placement().bare
    )
    own = wishes_told(delivery, frozenset({"A"}))
    assert table in str(own.rows[0][-1])
    assert (("A", 1, "V"), table[3:]) in [(r[:3], r[-1]) for r in wishes_table(delivery).rows]
    assert f"  {table}" in list(candidate_lines(delivery, "A", Audience.COORDINATOR))


def test_what_a_department_declined_is_told_also_where_the_rest_would_not_fit_there() -> None:
    held = [lock("A", "W", date(2027, 1, 1), date(2027, 3, 31))]
    windows = [
        vacancy("V", SEP1, date(2026, 11, 30)),
        vacancy("W", date(2027, 1, 1), date(2027, 3, 31), site="Bodø"),
    ]
    no = Decline.model_validate({"candidate_id": "A", "vacancy_id": "V", "by": "department"})
    person = candidate("A", plan_rest=True, remaining_months=3)
    wishes = [wish("A", site="Lofoten")]
    told = lines(a_round([person], windows, wishes=wishes, locks=held, declines=(no,)))
    assert (
        "  Indremedisin, Lofoten, har svart at du ikke kan få vikariatet fra 1.9.2026 til "
        "30.11.2026." in told
    )
    assert "lar seg ikke legge" not in " ".join(told)


def test_a_window_that_goes_only_with_one_that_was_declined_is_told_of() -> None:
    windows = [vacancy("V", SEP1, date(2026, 10, 31)), vacancy("W", date(2026, 11, 1))]
    no = Decline.model_validate({"candidate_id": "A", "vacancy_id": "W", "by": "candidate"})
    told = lines(a_round([candidate("A")], windows, declines=(no,)))
    assert (
        "  Vikariatet ved Indremedisin, Lofoten, fra 1.9.2026 til 31.10.2026, er for kort alene, "
        "og det er svart nei til det vikariatet som kunne ha vært satt sammen med det." in told
    )


def test_an_exception_that_would_have_helped_is_told_without_points() -> None:
    told = " ".join(
        lines(a_round([candidate("A", wished_start=date(2026, 3, 1))], policy=policy(max_points=1)))
    )
    assert "Regionen måtte ha gjort unntak for deg fra hvor langt en plass kan være fra" in told
    assert "poeng" not in told


def test_vacancies_that_are_impossible_for_the_same_reason_are_told_together() -> None:
    starts = [date(2026, month, 1) for month in (9, 10, 11)]
    windows = [vacancy(f"V{n}", day, last_day(day, 6)) for n, day in enumerate(starts, 1)]

    person = candidate("A", practice_met_on=date(2027, 7, 1))

    def told(count: int) -> object:
        round = a_round([person], windows[:count])
        delivery = Delivery(made(make_case(round)), round, Translator("nn"))
        return wishes_told(delivery, frozenset({"A"})).rows[0][-1]

    first, second = (
        f"V{n}: Første dag, 1.{m}.2026, er før 1.7.2027, då kravet om 24 månaders praksis er "
        "oppfylt."
        for n, m in ((1, 9), (2, 10))
    )
    assert told(2) == f"{first} {second}"
    assert told(3) == f"{first} Av same grunn er heller ikkje desse moglege: V2, V3."

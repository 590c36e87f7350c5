"""Why time is unused, what orders cost, and open wishes: hand-worked rounds."""

from datetime import date
from typing import Any

from models.explanation import OpenWishEntry, UnusedEntry
from models.round import Round
from scheduler.explanations.answers.vacancies import Unused
from scheduler.explanations.answers.wishes import Wishes
from scheduler.explanations.standing import Standing
from scheduler.explanations.wording.words import unused_findings
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from tests.builders import (
    Municipality,
    a_round,
    candidate,
    in_the_way,
    lock,
    solved,
    vacancy,
    wish,
)

SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)


def unused(round: Round) -> list[tuple[str, str, tuple[str, ...]]]:
    case, solution = solved(round)
    found = Unused(Standing(case, solution.placements)).entries()
    return [(e.vacancy_id, e.reason, tuple(e.people)) for e in found]


def test_too_short() -> None:
    fauske = vacancy("F", end=date(2027, 1, 31))
    assert unused(a_round([candidate()], [fauske])) == [("F", "too_short", ("A",))]
    never = [wish("A", rank="never", site="Lofoten")]
    shut = a_round([candidate()], [fauske], wishes=never)
    assert unused(shut) == [("F", "too_short", ())]
    # Nor does somebody want it to be longer whom another rule would shut out anyway.
    no_practice = candidate(practice_met_on=date(2028, 1, 1))
    assert unused(a_round([no_practice], [fauske])) == [("F", "too_short", ())]
    # Five months are enough for three of a three plus three, but nothing goes with them.
    split = a_round([candidate(split="accept")], [fauske])
    assert unused(split) == [("F", "too_short", ("A",))]


def test_nobody_can_or_nobody_wants_to() -> None:
    late = vacancy(start=date(2027, 9, 1), end=date(2028, 2, 29))
    assert unused(a_round([candidate()], [late])) == [("V", "nobody_eligible", ())]
    home, away = vacancy("H"), vacancy("W", site="Bodø")
    wishes = [wish("A", site="Lofoten"), wish("B", site="Lofoten")]
    people = [candidate("A"), candidate("B", municipality="1860", registered_on=SEP1)]
    people[1] = candidate("B", municipality="1860", registered_on=date(2025, 1, 1))
    # B has the place in Lofoten; A has none, and could be asked.
    assert unused(a_round(people, [home, away], wishes=wishes)) == [("W", "nobody_wants", ("A",))]
    # B alone is placed well, and need not be asked.
    alone = a_round(people[1:], [home, away], wishes=wishes[1:])
    assert unused(alone) == [("W", "nobody_wants", ())]
    never = [*wishes, wish("A", rank="never", site="Bodø"), wish("B", rank="never", site="Bodø")]
    assert unused(a_round(people, [home, away], wishes=never)) == [("W", "nobody_eligible", ())]


def test_better_placed_and_held_back() -> None:
    windows = [vacancy("V"), vacancy("W", date(2026, 10, 1), date(2027, 3, 31))]
    assert unused(a_round([candidate()], windows)) == [("W", "better_placed", ("A",))]
    town = [Municipality(municipality="1865", name="Vågan", registered_from=True, max_away=1)]
    two = a_round([candidate("A"), candidate("B")], windows, municipalities=town)
    ((number, reason, people),) = unused(two)
    assert (number, reason) == ("W", "held_back")
    assert len(people) == 1  # the one of the two who stays at home


def test_held_back_by_the_other_half() -> None:
    windows = [
        vacancy("V"),
        vacancy("W", end=date(2026, 11, 30)),
        vacancy("X", start=date(2026, 12, 1), department="Kirurgi"),
    ]
    there = [lock("B", "X", date(2026, 12, 1), date(2027, 2, 28))]
    people = [candidate("A", split="prefer"), candidate("B")]
    # Three months in W and three in X would suit A better than six in V, but B is in X.
    assert unused(a_round(people, windows, locks=there)) == [("W", "held_back", ("A",))]
    # A who accepts three plus three has what suits best.
    people[0] = candidate("A", split="accept")
    assert unused(a_round(people, windows, locks=there)) == [("W", "better_placed", ("A",))]


def entry(reason: Any, *people: str, last: date = FEB28) -> UnusedEntry:
    return UnusedEntry(
        vacancy_id="V",
        first=SEP1,
        last=last,
        positions=1,
        reason=reason,
        people=list(people),
        held=[],
    )


def test_why_in_words() -> None:
    entries = [
        entry("too_short", last=date(2027, 1, 31)),
        entry("too_short", last=date(2026, 10, 1)),
        entry("too_short", "A", last=date(2027, 1, 31)),
        entry("nobody_eligible"),
        entry("nobody_wants", "A", "B"),
        entry("nobody_wants"),
        entry("better_placed", "A"),
        entry("not_examined", "A"),
    ]

    def told(language: str) -> list[str]:
        t = Translator(language)
        return [" ".join(map(t.finding, unused_findings(e))) for e in entries]

    assert told("nb") == [
        "For kort: 5 måneder. Ingen som venter, kan ha så kort tjeneste.",
        "For kort: 1 måned. Ingen som venter, kan ha så kort tjeneste.",
        "For kort: 5 måneder. Var vikariatet lengre, kunne disse fått plass: A.",
        "Etter reglene kan ingen av dem som venter, tjenestegjøre her disse dagene, enten de "
        "ønsker det eller ikke.",
        "Ingen av dem som kunne tjenestegjøre her, ønsker det. Disse kan spørres: A, B.",
        "De som etter reglene kunne tjenestegjøre her på disse dagene, og som ikke har utelukket "
        "stedet, ønsker det ikke, eller det ville bli for langt fra ønsket. Alle disse har en "
        "plass som ikke er langt fra ønsket.",
        "Alle som kunne tjenestegjøre her, har noe som er minst like godt etter sine egne "
        "ønsker: A.",
        "Hvorfor disse ikke fikk plass her, er ikke undersøkt: A.",
    ]
    assert told("nn")[0] == ("For kort: 5 månader. Ingen som ventar, kan ha så kort teneste.")


def test_open_wishes() -> None:
    # Both want V; A has waited longer and is open, so W is A's, who has more points for it.
    people = [
        candidate("A", registered_on=date(2025, 1, 1), open_to_other_sites=True),
        candidate("B", registered_on=date(2026, 2, 1), municipality="1860"),
    ]
    windows = [vacancy("V"), vacancy("W", site="Bodø")]
    wishes = [wish("A", site="Lofoten"), wish("B", site="Lofoten")]
    case, solution = solved(a_round(people, windows, wishes=wishes))
    assert {p.candidate_id: p.bare[0].vacancy_id for p in solution.placements} == {
        "A": "W",
        "B": "V",
    }
    explained = Wishes(Standing(case, solution.placements))
    entries = [explained.entry(row) for row in explained.rows()]
    assert [(e.candidate_id, e.outcome) for e in entries] == [("A", "taken"), ("B", "given")]
    assert in_the_way(entries[0].best) == [("capacity", ["B"])]
    assert list(explained.open_wishes(entries)) == [
        OpenWishEntry(
            candidate_id="A",
            rank=1,
            quarters=1,
            departments=2,
            holder="B",
            holder_quarters=0,
            holder_departments=1,
        )
    ]
    # Nobody has lost to somebody who has waited as long.
    equal = [people[0].model_copy(update={"registered_on": date(2026, 2, 1)}), people[1]]
    case = make_case(a_round(equal, windows, wishes=wishes))
    explained = Wishes(Standing(case, solution.placements))
    assert list(explained.open_wishes([explained.entry(row) for row in explained.rows()])) == []

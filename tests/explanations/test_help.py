"""What would help: hand-worked rounds, one for each kind of change."""

from datetime import date
from itertools import islice, product
from typing import Any

import pytest

from models.candidate import Candidate
from models.department import Department
from models.explanation import (
    Change,
    OpennessChange,
    PositionChange,
    WaiverChange,
    WindowChange,
    WishChange,
)
from models.round import Round
from scheduler.explanations import standing
from scheduler.explanations.answers import help
from scheduler.explanations.answers.barriers import barriers
from scheduler.explanations.answers.help import Helper
from scheduler.explanations.standing import Standing
from scheduler.explanations.wording.change_words import change_finding
from scheduler.listing.options import list_choices, make_case
from scheduler.listing.what_if import changed_case, whose
from scheduler.locale import Translator
from scheduler.problem.calendar import add_months
from scheduler.problem.placing import make_placement
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import ORDER
from scheduler.rules.obstacles import by_points
from tests.builders import (
    DEPARTMENT,
    SITE,
    TRUST,
    Priority,
    a_round,
    candidate,
    policy,
    solved,
    vacancy,
    wish,
)
from tests.random_rounds import random_round

SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)


def help_for(round: Round, who: str = "A") -> list[list[Change]]:
    """What would help, beside the best plan."""
    case, solution = solved(round)
    entry = Helper(Standing(case, solution.placements)).entry(who)
    assert entry.candidate_id == who
    return [remedy.changes for remedy in entry.remedies]


def alone(*vacancies: Any, **facts: Any) -> Round:
    places = {v.department_key for v in vacancies} | {(TRUST, SITE, DEPARTMENT)}
    return a_round(
        [candidate(**facts)],
        vacancies,
        wishes=[wish(site=SITE, department=DEPARTMENT)],
        departments=[Department(trust=t, site=s, department=d) for t, s, d in sorted(places)],
    )


def test_a_window_some_days_too_short() -> None:
    assert help_for(alone(vacancy(end=date(2027, 2, 20)))) == [
        [WindowChange(vacancy_id="V", first=SEP1, last=FEB28)]
    ]
    # At its beginning, for somebody who cannot start later.
    late = alone(vacancy(start=date(2026, 9, 11), end=FEB28), latest_start=SEP1)
    assert help_for(late) == [[WindowChange(vacancy_id="V", first=SEP1, last=FEB28)]]


@pytest.mark.parametrize(
    ("place", "to"),
    [({"site": "Bodø"}, "sites"), ({"department": "Kirurgi"}, "departments")],
)
def test_something_more_accepted(place: dict[str, Any], to: Any) -> None:
    assert help_for(alone(vacancy(**place))) == [[OpennessChange(to=to)]]


def test_both_accepted_where_neither_alone_is_enough() -> None:
    found = help_for(alone(vacancy(site="Bodø", department="Kirurgi")))
    assert found == [[OpennessChange(to="departments"), OpennessChange(to="sites")]]


def test_three_plus_three_accepted() -> None:
    first = vacancy("V", end=date(2026, 11, 30))
    halves = (first, vacancy("W", date(2026, 12, 10), date(2027, 3, 20)))
    assert [OpennessChange(to="split")] in help_for(alone(*halves))


def test_a_waiver_and_an_earlier_or_later_wish() -> None:
    # Seven months late: the limit is six.
    late = vacancy(start=date(2027, 4, 1), end=date(2027, 9, 30))
    assert help_for(alone(late)) == [
        [WindowChange(vacancy_id="V", first=date(2027, 3, 1), last=date(2027, 9, 30))],
        [WishChange(months=1)],
        [WaiverChange(rule="deviation")],
    ]
    practice = alone(vacancy(), practice_met_on=date(2027, 9, 1))
    assert [WaiverChange(rule="practice")] in help_for(practice)


def two(**facts: Any) -> Round:
    """A has waited less than B for the one position."""
    people = [candidate("A"), candidate("B", registered_on=date(2025, 1, 1), municipality="1860")]
    return a_round(people, [vacancy()], **facts)


def test_one_more_position() -> None:
    found = help_for(two())
    assert [PositionChange(vacancy_id="V")] in found
    # Not where the department would be overfull.
    full = Department(trust=TRUST, site=SITE, department=DEPARTMENT, max_concurrent=1)
    assert [PositionChange(vacancy_id="V")] not in help_for(two(departments=[full]))


def test_nobody_is_passed_by() -> None:
    # C goes before A and has nothing: a position more would be C's.
    people: list[Candidate] = [
        candidate("A"),
        candidate("B", registered_on=date(2025, 1, 1), municipality="1860"),
        candidate("C"),
    ]
    order = [
        Priority(municipality="1865", priority=1, candidate_id="C"),
        Priority(municipality="1865", priority=2, candidate_id="A"),
    ]
    round = a_round(people, [vacancy()], priority=order)
    assert [PositionChange(vacancy_id="V")] in help_for(round, "C")
    assert [PositionChange(vacancy_id="V")] not in help_for(round, "A")


def test_nothing_helps_where_nothing_can() -> None:
    assert help_for(alone(vacancy(), scheme="old", open_to_other_sites=True)) != []
    never = a_round([candidate()], [vacancy()], wishes=[wish(rank="never", site=SITE)])
    assert help_for(never) == []


def test_somebody_far_from_their_wish_is_helped_to_something_nearer() -> None:
    people = [
        candidate("A"),
        candidate("B", registered_on=date(2025, 1, 1), municipality="1860"),
    ]
    windows = [vacancy(), vacancy("W", date(2027, 3, 1), date(2027, 8, 31))]
    case, solution = solved(a_round(people, windows))
    (a,) = [p for p in solution.placements if p.candidate_id == "A"]
    assert a.bare[0].vacancy_id == "W"
    entry = Helper(Standing(case, solution.placements)).entry("A")
    assert [PositionChange(vacancy_id="V")] in [r.changes for r in entry.remedies]
    assert all(r.placement.points < a.points for r in entry.remedies)
    # Another wish would only measure the same place otherwise.
    assert not any(isinstance(c, WishChange) for r in entry.remedies for c in r.changes)


def test_each_change_in_words() -> None:
    case = make_case(alone(vacancy()))
    changes: list[Change] = [
        PositionChange(vacancy_id="V"),
        WindowChange(vacancy_id="V", first=SEP1, last=date(2027, 3, 1)),
        WindowChange(vacancy_id="V", first=date(2026, 8, 30), last=FEB28),
        OpennessChange(to="sites"),
        OpennessChange(to="departments"),
        OpennessChange(to="split"),
        WaiverChange(rule="practice"),
        WishChange(months=1),
        WishChange(months=-2),
    ]

    def told(language: str) -> list[str]:
        t = Translator(language)
        return [t.finding(change_finding(case.round, "A", c)) for c in changes]

    assert told("nb") == [
        "hvis vikariat V (Lofoten, Indremedisin) hadde én plass til",
        "hvis vikariat V (Lofoten, Indremedisin) varte 1 dag lenger, til 1.3.2027",
        "hvis vikariat V (Lofoten, Indremedisin) begynte 2 dager tidligere, 30.8.2026",
        "hvis A åpnet for andre tjenestesteder",
        "hvis A åpnet for andre avdelinger",
        "hvis A godtok tre pluss tre måneder",
        "hvis A hadde unntak fra kravet om praksis",
        "hvis A ønsket et tidsrom 1 måned senere",
        "hvis A ønsket et tidsrom 2 måneder tidligere",
    ]
    assert told("nn") == [
        "om vikariat V (Lofoten, Indremedisin) hadde éin plass til",
        "om vikariat V (Lofoten, Indremedisin) varte 1 dag lenger, til 1.3.2027",
        "om vikariat V (Lofoten, Indremedisin) byrja 2 dagar tidlegare, 30.8.2026",
        "om A opna for andre tenestestader",
        "om A opna for andre avdelingar",
        "om A godtok tre pluss tre månader",
        "om A hadde unntak frå kravet om praksis",
        "om A ønskte eit tidsrom 1 månad seinare",
        "om A ønskte eit tidsrom 2 månader tidlegare",
    ]


def test_a_changed_window_lists_the_choices_of_everybody_it_matters_to() -> None:
    for seed in range(30):
        case = make_case(random_round(seed))
        for window in case.round.vacancies:
            longer = WindowChange(
                vacancy_id=window.vacancy_id,
                first=window.start,
                last=add_months(window.end, 4),
            )
            who = whose("A", [longer])
            changed = changed_case(case, Windows(case.round.vacancies), who, [longer])
            assert dict(changed.choices) == list_choices(changed.round), (seed, window)


def test_a_longer_window_counts_for_the_other_half_of_somebody_who_would_not_go_there() -> None:
    """B's first wish has a vacancy of three months; the only other half would be in V, where B does
    not want to go. It counts all the same (SPEC 6: all rules but acceptance), so that what B gets
    by the second wish is further from what they wish.
    """
    case = make_case(
        a_round(
            [candidate("A"), candidate("B", split="accept")],
            [
                vacancy("half", date(2026, 10, 15), date(2027, 1, 14), department="Kirurgi"),
                vacancy("whole"),
                vacancy("V", date(2027, 1, 15), date(2027, 4, 13), department="Øye"),
            ],
            wishes=[
                wish("A"),
                wish("B", 1, site=SITE, department="Kirurgi"),
                wish("B", 2, site=SITE, department=DEPARTMENT),
            ],
            policy=policy(max_gap_months=0),
        )
    )
    longer = WindowChange(vacancy_id="V", first=date(2027, 1, 15), last=date(2027, 4, 14))
    changed = changed_case(case, Windows(case.round.vacancies), "A", [longer])
    before, after = ([c.points for c in of["B"].whole] for of in (case.choices, changed.choices))
    assert min(after) == min(before) + 12
    assert dict(changed.choices) == list_choices(changed.round)


def test_whose_order_is_asked_about_is_everybody_it_can_concern() -> None:
    """Asking those concerned finds a broken order wherever asking everybody does, and what somebody
    could have is the first placement that breaks none.
    """
    broken = longer = 0
    for seed in (*range(40), 138):  # 138: somebody placed, of another municipality
        case, solution = solved(random_round(seed, people=10, windows=5))
        asked = Standing(case, solution.placements)
        changes: list[tuple[Change, ...]] = [()]
        for v in case.round.vacancies:
            last = add_months(v.end, 2)
            changes.append((PositionChange(vacancy_id=v.vacancy_id),))
            changes.append((WindowChange(vacancy_id=v.vacancy_id, first=v.start, last=last),))
        for who, change in product(case.choices, changes):
            others = [p for p in solution.placements if p.candidate_id != who]
            changed = asked.changed_for(who, change)
            room = asked.obstacles(who, changed.round).has_room
            options = [o for o, _ in by_points(changed, who, room) if room(o)]
            first = None
            for option in options[:12]:
                placement = make_placement(changed, option)
                true = next(ORDER.broken(changed, [*others, placement]), None)
                found = asked.broken(changed, placement)
                assert (found is None) == (true is None), (seed, who, change)
                broken += found is not None
                longer += found is not None and change[0:1] != () and change[0].kind == "window"
                if true is None and first is None:
                    first = placement
            if first is not None or len(options) <= 12:
                assert asked.could_have(who, changed) == first, (seed, who, change)
    assert broken > 0
    assert longer > 0


def test_no_more_placements_are_tried_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = 0
    for seed in range(40):
        case, solution = solved(random_round(seed, people=10, windows=5))
        asked = Standing(case, solution.placements)
        for who, v in product(case.choices, case.round.vacancies):
            changed = asked.changed_for(who, [PositionChange(vacancy_id=v.vacancy_id)])
            room = asked.obstacles(who, changed.round).has_room
            options = (o for o, _ in by_points(changed, who, room) if room(o))
            first = [make_placement(changed, option) for option in islice(options, 1)]
            kept = [p for p in first if asked.broken(changed, p) is None]
            most = asked.could_have(who, changed)
            with monkeypatch.context() as patched:
                patched.setattr(standing, "_TRIED", 1)
                assert asked.could_have(who, changed) == (kept[0] if kept else None)
            given_up += most is not None and not kept
    assert given_up > 0


def test_the_order_in_which_rules_are_known_to_refuse_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sets of texts come in another order in every process."""
    round = a_round(
        [candidate(scheme="old", on_call=False)],
        [
            vacancy("V1"),
            vacancy("V2", start=date(2026, 5, 1), end=date(2026, 10, 31), on_call=False),
        ],
    )
    known = sorted(map(sorted, barriers(round, round.candidate["A"], Windows(round.vacancies))))
    assert [rules for rules in known if len(rules) == 2] == [
        ["lead-time", "scheme"],
        ["on-call", "scheme"],
    ]
    told = []
    for order in (known, known[::-1]):
        sets = [frozenset(rules) for rules in order]
        monkeypatch.setattr(help, "barriers", lambda *_, sets=sets: sets)
        told.append(help_for(round))
    assert told[0] == told[1] == [[WaiverChange(rule="lead-time"), WaiverChange(rule="scheme")]]

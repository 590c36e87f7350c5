"""Rule fit: hand-worked edges."""

from datetime import date

from models.placement import Segment, Shape
from scheduler.listing.options import first_refusal, list_choices
from scheduler.problem.calendar import last_day
from scheduler.problem.option import Option, Part
from scheduler.rules.fit import Fit
from tests.builders import a_round, candidate, first_days, lock, policy, refusal, vacancy, waiver


def shapes(round: object, who: str = "A") -> set[str]:
    own = list_choices(round)[who]  # type: ignore[arg-type]
    return {str(c.option.shape) for c in (*own.whole, *own.firsts)}


def test_it_lies_within_the_window_and_begins_on_a_possible_day() -> None:
    round = a_round(vacancies=[vacancy(start=date(2026, 9, 5), end=date(2027, 4, 30))])
    assert refusal(round, date(2026, 9, 5)) == ""
    assert refusal(round, date(2026, 11, 1)) == ""
    assert refusal(round, date(2026, 9, 4)) == "fit"  # before the window
    assert refusal(round, date(2026, 11, 2)) == "fit"  # beyond its end
    assert refusal(round, date(2026, 9, 6)) == "fit"  # no possible first day


def test_the_day_after_a_lock_ends_is_possible() -> None:
    others = lock("B", "V", date(2026, 9, 1), date(2026, 10, 17))
    round = a_round([candidate(), candidate("B")], [vacancy(end=date(2027, 6, 30))], locks=[others])
    assert refusal(round, date(2026, 10, 18)) == ""
    assert refusal(round, date(2026, 10, 19)) == "fit"


def test_joined_needs_two_windows_of_one_department_that_meet() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    two = vacancy("V2", start=date(2026, 12, 1))
    assert shapes(a_round(vacancies=[one, two])) == {"joined"}
    assert shapes(a_round(vacancies=[one, vacancy("V2", start=date(2026, 12, 2))])) == set()
    elsewhere = vacancy("V2", start=date(2026, 12, 1), department="Kirurgi")
    assert shapes(a_round(vacancies=[one, elsewhere])) == set()


def test_joined_is_not_made_with_a_window_that_holds_six_months_alone() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    two = vacancy("V2", start=date(2026, 12, 1), end=date(2027, 5, 31))
    assert shapes(a_round(vacancies=[one, two])) == {"six"}


def test_joined_may_be_cut_at_any_month() -> None:
    one = vacancy("V1", end=date(2027, 1, 31))
    two = vacancy("V2", start=date(2027, 2, 1), end=date(2027, 2, 28))
    own = list_choices(a_round(vacancies=[one, two]))["A"].whole
    assert [[s.months for s in c.option.segments] for c in own] == [[5, 1]]


def split_round(**facts: object) -> object:
    one = vacancy("V1", end=date(2026, 11, 30))
    two = vacancy("V2", start=date(2027, 1, 1), end=date(2027, 3, 31), **facts)
    return a_round([candidate(split="accept")], [one, two])


def test_split_is_two_halves_with_a_gap() -> None:
    assert shapes(split_round()) == {"split"}


def test_split_needs_policy_and_candidate() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    two = vacancy("V2", start=date(2027, 1, 1), end=date(2027, 3, 31))
    no_split = policy(allow_split=False)
    assert shapes(a_round([candidate(split="prefer")], [one, two], policy=no_split)) == set()
    assert shapes(a_round([candidate(split="no")], [one, two])) == set()


def test_split_is_for_six_months_even_where_other_lengths_are_waived() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    two = vacancy("V2", start=date(2027, 1, 1), end=date(2027, 3, 31))
    four = candidate(split="accept", remaining_months=4)
    round = a_round([four], [one, two], waivers=[waiver("A", "duration")])
    segments = (
        Segment(one.start, last_day(one.start, 3), "V1", 3),
        Segment(two.start, last_day(two.start, 3), "V2", 3),
    )
    found = first_refusal(round, Option("A", Shape.SPLIT, Part.WHOLE, segments))
    assert found is not None
    assert found.rule == "fit"


def test_split_does_not_meet_in_the_same_department() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    two = vacancy("V2", start=date(2026, 12, 1))
    assert shapes(a_round([candidate(split="accept")], [one, two])) == {"joined"}
    other = vacancy("V2", start=date(2026, 12, 1), department="Kirurgi")
    assert shapes(a_round([candidate(split="accept")], [one, other])) == {"split"}


def test_the_gap_is_counted_from_the_day_after_the_first_half() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    for start, expected in ((date(2027, 2, 1), {"split"}), (date(2027, 2, 2), set())):
        two = vacancy("V2", start=start, end=last_day(start, 3))
        round = a_round([candidate(split="accept")], [one, two], policy=policy(max_gap_months=2))
        assert shapes(round) == expected


def test_a_rest_comes_after_the_last_lock_and_soon_enough() -> None:
    person = candidate(
        remaining_months=3, plan_rest=True, wished_start=date(2026, 9, 1), practice_met_on=None,
        practice_start=date(2023, 1, 1),
    )  # fmt: skip
    own = lock("A", "L", date(2026, 4, 1), date(2026, 8, 31))
    for gap, days in ((0, [date(2026, 9, 1)]), (1, [date(2026, 9, 1), date(2026, 10, 1)])):
        round = a_round(
            [person],
            [vacancy(end=date(2027, 2, 28))],
            locks=[own],
            policy=policy(max_gap_months=gap),
        )
        assert first_days(round) == days
    early = a_round(
        [person], [vacancy(start=date(2026, 8, 1), end=date(2026, 10, 31))], locks=[own]
    )
    assert first_days(early) == []


def test_segments_that_make_no_placement_are_refused() -> None:
    round = a_round([candidate(split="accept")], [vacancy(end=date(2027, 8, 31))])
    first = Segment(date(2026, 9, 1), date(2026, 11, 30), "V", 3)
    meeting = Segment(date(2026, 12, 1), date(2027, 2, 28), "V", 3)
    wrong_end = Segment(date(2026, 9, 1), date(2027, 3, 1), "V", 6)
    for shape, segments in (
        (Shape.SPLIT, (first, meeting)),
        (Shape.JOINED, (first, meeting)),
        (Shape.SPLIT, (meeting, first)),
        (Shape.SIX, (wrong_end,)),
    ):
        found = first_refusal(round, Option("A", shape, Part.WHOLE, segments))
        assert found is not None
        assert found.rule == "fit"


def test_each_lock_outside_its_vacancy_is_a_conflict_of_its_own() -> None:
    held = [
        lock("A", "V", date(2026, 8, 1), date(2026, 11, 30)),
        lock("A", "V", date(2027, 1, 1), date(2027, 3, 31)),
        lock("A", "GONE", date(2027, 5, 1), date(2027, 6, 30)),
        lock("A", "V", date(2026, 12, 1), date(2026, 12, 31)),
    ]
    found = list(Fit().conflicts(a_round([candidate()], locks=held)))
    assert [(c.vacancy_ids, c.first) for c in found] == [
        (("V",), date(2026, 8, 1)),
        (("V",), date(2027, 1, 1)),
        (("GONE",), date(2027, 5, 1)),
    ]

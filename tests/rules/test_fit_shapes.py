"""fit, told of a finished placement: which segments make a shape together, and which do not."""

from datetime import date

import pytest

from models.candidate import Candidate
from models.placement import Segment, Shape
from scheduler.problem.calendar import last_day
from scheduler.problem.option import Option, Part
from scheduler.rules.fit import Fit
from tests.builders import a_round, candidate, policy, vacancy, waiver

SEP1, OCT1, NOV1, DEC1, JAN1 = (
    date(2026, m, 1) if m else date(2027, 1, 1) for m in (9, 10, 11, 12, 0)
)
MAR1 = date(2027, 3, 1)
PLACES = [
    vacancy("P", end=date(2026, 11, 30)),
    vacancy("Q", start=DEC1, end=date(2027, 2, 28)),
    vacancy("R", start=DEC1, end=date(2027, 2, 28), site="Bodø"),
    vacancy("L", end=date(2027, 8, 31)),
    vacancy("M", start=DEC1, end=date(2027, 11, 30)),
]
SIX, THREE = (SEP1, 6, "L"), (SEP1, 3, "P")


def fits(
    shape: Shape,
    *parts: tuple[date, int, str],
    part: Part = Part.WHOLE,
    person: Candidate | None = None,
    allow_split: bool = True,
) -> bool:
    segments = tuple(Segment(d, last_day(d, n), v, n) for d, n, v in parts)
    who = person or candidate(split="accept")
    round = a_round(
        [who], PLACES, policy=policy(allow_split=allow_split), waivers=[waiver("A", "duration")]
    )
    return Fit().refuses(round, Option("A", shape, part, segments)) is None


@pytest.mark.parametrize(
    ("shape", "parts", "part", "expected"),
    [
        (Shape.SIX, [SIX], Part.WHOLE, True),
        (Shape.SIX, [THREE], Part.WHOLE, False),
        (Shape.SIX, [SIX], Part.FIRST, False),
        (Shape.SIX, [THREE, (DEC1, 3, "R")], Part.WHOLE, False),
        (Shape.REST, [THREE], Part.WHOLE, True),
        (Shape.REST, [SIX], Part.WHOLE, False),
        (Shape.REST, [THREE], Part.SECOND, False),
        # joined: the same department, meeting, two windows neither of which holds six months
        (Shape.JOINED, [THREE, (DEC1, 3, "Q")], Part.WHOLE, True),
        (Shape.JOINED, [THREE, (DEC1, 3, "R")], Part.WHOLE, False),
        (Shape.JOINED, [THREE, (DEC1, 3, "L")], Part.WHOLE, False),
        (Shape.JOINED, [(SEP1, 3, "L"), (DEC1, 3, "Q")], Part.WHOLE, False),
        (Shape.JOINED, [(SEP1, 3, "L"), (DEC1, 3, "L")], Part.WHOLE, False),
        (Shape.JOINED, [(SEP1, 3, "L"), (DEC1, 3, "M")], Part.WHOLE, False),
        (Shape.JOINED, [(SEP1, 2, "P"), (DEC1, 3, "Q")], Part.WHOLE, False),
        (Shape.JOINED, [(OCT1, 2, "P"), (DEC1, 3, "Q")], Part.WHOLE, False),
        (Shape.JOINED, [(SEP1, 2, "P"), (DEC1, 3, "Q"), (MAR1, 1, "L")], Part.WHOLE, False),
        (Shape.JOINED, [THREE, (DEC1, 3, "Q")], Part.FIRST, False),
        (Shape.JOINED, [SIX], Part.WHOLE, False),
        # three plus three: in order, and not meeting in one department
        (Shape.SPLIT, [THREE, (DEC1, 3, "R")], Part.WHOLE, True),
        (Shape.SPLIT, [THREE, (DEC1, 3, "Q")], Part.WHOLE, False),
        (Shape.SPLIT, [THREE, (NOV1, 3, "L")], Part.WHOLE, False),
        (Shape.SPLIT, [(DEC1, 3, "R"), THREE], Part.WHOLE, False),
        (Shape.SPLIT, [THREE], Part.WHOLE, False),
        (Shape.SPLIT, [THREE], Part.FIRST, True),
        (Shape.SPLIT, [(DEC1, 3, "R")], Part.SECOND, True),
        (Shape.SPLIT, [THREE, (DEC1, 3, "R")], Part.FIRST, False),
        (Shape.SPLIT, [SIX], Part.FIRST, False),
        (Shape.SPLIT, [(SEP1, 2, "P")], Part.FIRST, False),
    ],
)
def test_what_makes_a_shape(
    shape: Shape, parts: list[tuple[date, int, str]], part: Part, expected: bool
) -> None:
    assert fits(shape, *parts, part=part) is expected


@pytest.mark.parametrize(
    ("remaining", "months", "expected"),
    [(4, 4, True), (5, 4, False), (1, 1, True), (6, 6, False), (3, 3, False)],
)
def test_any_other_length_is_one_segment_of_what_remains(
    remaining: int, months: int, expected: bool
) -> None:
    person = candidate(remaining_months=remaining)
    assert fits(Shape.OTHER, (SEP1, months, "L"), person=person) is expected


def test_three_plus_three_only_where_policy_and_candidate_allow_it() -> None:
    halves = (THREE, (DEC1, 3, "R"))
    assert not fits(Shape.SPLIT, *halves, allow_split=False)
    assert not fits(Shape.SPLIT, *halves, person=candidate())
    assert fits(Shape.SPLIT, *halves, person=candidate(split="prefer"))


def test_first_days_of_each_half_and_of_the_first_of_two_that_are_joined() -> None:
    assert not fits(Shape.SIX, (date(2026, 9, 2), 6, "L"))
    # 2 December is a possible first day of a second half only: wished start and three months.
    second = candidate(split="accept", wished_start=date(2026, 9, 2))
    assert fits(Shape.SPLIT, (date(2026, 12, 2), 3, "M"), part=Part.SECOND, person=second)
    assert not fits(Shape.SPLIT, (date(2026, 12, 2), 3, "M"), part=Part.FIRST, person=second)
    assert not fits(Shape.REST, (date(2026, 12, 2), 3, "M"), person=second)
    assert fits(Shape.SPLIT, (SEP1, 3, "P"), (date(2026, 12, 2), 3, "M"), person=second)
    wrong = (SEP1, 3, "P"), (date(2026, 12, 3), 3, "M")
    assert not fits(Shape.SPLIT, *wrong, person=second)

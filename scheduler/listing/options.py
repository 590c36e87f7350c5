"""Every option of every candidate, with its points, and why the others are refused."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from models.candidate import Candidate
from models.finding import Finding
from models.placement import Placement, Shape
from models.round import Round
from models.vacancy import Vacancy
from models.wish import Wish
from scheduler.problem.calendar import DAY, add_months, last_day, whole_months
from scheduler.problem.case import Case, Choice, Choices
from scheduler.problem.option import (
    Option,
    Part,
    department_of,
    departments_of,
    latest_second,
    may_split,
    possible_first_days,
    segment_of,
    unbroken,
)
from scheduler.problem.points import option_points
from scheduler.problem.windows import ANYWHERE, Reach, Windows
from scheduler.rules.base import Level, Rule
from scheduler.rules.catalogue import ACCEPTANCE, AGREEMENT, CEILING, HORIZON, OPTION_RULES

Days = tuple[date, date]  # the first and the last
ANY_DAY: Days = (date.min, date.max)


def make_case(round: Round, previous: tuple[Placement, ...] | None = None) -> Case:
    """The case of a round: its options listed, with the plan before it if there is one."""
    return Case(round, list_choices(round), previous)


def list_choices(round: Round) -> dict[str, Choices]:
    """The choices of every open candidate, by id, in a stable order."""
    windows = Windows(round.vacancies)
    return {c.candidate_id: choices_of(round, c, windows) for c in round.open_candidates}


def choices_of(round: Round, candidate: Candidate, windows: Windows) -> Choices:
    """The candidate's choices (SPEC sections 4a and 6)."""
    who = candidate.candidate_id
    possible = list(_possible(round, candidate, reach_of(round, candidate, windows)))
    firsts, seconds = _paired(round, possible)
    whole = [o for o in possible if o.part is Part.WHOLE]
    counted = _counted(round, who, (*whole, *firsts, *seconds))
    if _counted(round, who, possible) != counted:
        # A half may still count with a partner in a place that is not accepted.
        anywhere = windows.within((ANYWHERE,), AGREEMENT.trusts(round, candidate))
        firsts, seconds = _paired(round, _possible(round, candidate, anywhere))
        counted = _counted(round, who, (*whole, *firsts, *seconds))

    def accepted(options: Iterable[Option]) -> list[Option]:
        return [o for o in options if ACCEPTANCE.refuses(round, o) is None]

    firsts, seconds = _paired(round, (*accepted(firsts), *accepted(seconds)))
    scored_whole = [
        c
        for c in _scored(round, counted, accepted(whole))
        if CEILING.refuses_points(round, candidate.candidate_id, c.points) is None
    ]
    return Choices(
        candidate.candidate_id,
        counted,
        tuple(scored_whole),
        tuple(_scored(round, counted, firsts)),
        tuple(_scored(round, counted, seconds)),
    )


def reach_of(round: Round, candidate: Candidate, windows: Windows) -> Reach:
    """The vacancies that wishes, openness and agreements can reach."""
    trusts = AGREEMENT.trusts(round, candidate)
    return windows.within(ACCEPTANCE.areas(round, candidate), trusts)


def _scored(round: Round, counted: Sequence[Wish], options: Iterable[Option]) -> Iterator[Choice]:
    for option in options:
        yield Choice(option, option_points(round, counted, option))


def trials(
    round: Round, candidate: Candidate, reach: Reach, within: Days = ANY_DAY
) -> Iterator[Iterator[Option]]:
    """Everything of a fitting shape at a possible first day, before other rules are asked; service
    in one vacancy only where it begins within these days.

    In groups that share shape, part and vacancies, each in the order of time.
    """
    for vacancy in reach.vacancies:
        yield from trials_in(round, candidate, vacancy, within)
    if candidate.remaining_months == 6:
        for pair in reach.joinable:
            yield _joined(round, candidate.candidate_id, *pair)


def trials_in(
    round: Round, candidate: Candidate, vacancy: Vacancy, within: Days = ANY_DAY
) -> Iterator[Iterator[Option]]:
    """Those of them in one vacancy: unbroken service and halves."""
    who, remaining = candidate.candidate_id, candidate.remaining_months

    def every(part: Part, months: int) -> Iterator[Option]:
        days = possible_first_days(round, who, vacancy, months, second_half=part is Part.SECOND)
        begin, last = bisect_left(days, within[0]), bisect_right(days, within[1])
        return (unbroken(who, vacancy, day, months, part) for day in days[begin:last])

    if remaining > 0:
        yield every(Part.WHOLE, remaining)
    if may_split(round, candidate):
        yield every(Part.FIRST, 3)
        yield every(Part.SECOND, 3)


def _joined(round: Round, who: str, one: Vacancy, two: Vacancy) -> Iterator[Option]:
    least, most = 6 - whole_months(two.start, two.end), whole_months(one.start, one.end)
    for months in range(least, most + 1):
        for day in possible_first_days(round, who, one, months):
            follow = add_months(day, months)
            if two.start <= follow and last_day(follow, 6 - months) <= two.end:
                segments = (segment_of(one, day, months), segment_of(two, follow, 6 - months))
                yield Option(who, Shape.JOINED, Part.WHOLE, segments)


# Acceptance and ceiling are asked later: what counts as a wish does not depend on them.
_EARLY = tuple(r for r in OPTION_RULES if r not in (ACCEPTANCE, CEILING))


def _possible(round: Round, candidate: Candidate, reach: Reach) -> Iterator[Option]:
    """The options that pass; what does not depend on the day is asked once for a group."""
    rules = [r for r in _EARLY if not round.waives(candidate.candidate_id, r.id)]
    fixed = [r for r in rules if r.level is not Level.DAY]
    daily = [r for r in rules if r.level is Level.DAY]
    # A long window has many possible days, nearly all of them beyond the horizon.
    within = HORIZON.may_begin(round, candidate)
    for group in trials(round, candidate, reach, within):
        first = next(group, None)
        if first is None or any(r.refuses_listed(round, first) is not None for r in fixed):
            continue
        for option in chain((first,), group):
            if all(rule.refuses_listed(round, option) is None for rule in daily):
                yield option


def exceptions(round: Round, placement: Placement) -> Iterator[Rule]:
    """The rules that a placement breaks, which are waived for its candidate."""
    who, limit = placement.candidate_id, round.policy.max_points
    option = Option(who, placement.shape, Part.WHOLE, placement.bare)
    for rule in OPTION_RULES:
        if rule.waivable and round.waives(who, rule.id):
            over = rule is CEILING and limit is not None and placement.points > limit
            if over or rule.refuses(round, option) is not None:
                yield rule


def first_refusal(round: Round, option: Option) -> Finding | None:
    """The first rule that refuses the option, in the order a person would tell them."""
    for rule in OPTION_RULES:
        if not round.waives(option.candidate_id, rule.id):
            found = rule.refuses(round, option)
            if found is not None:
                return found
    return None


def _paired(round: Round, options: Iterable[Option]) -> tuple[list[Option], list[Option]]:
    """The first and second halves that have at least one partner to pair with."""
    listed = list(options)
    firsts = [o for o in listed if o.part is Part.FIRST]
    seconds = [o for o in listed if o.part is Part.SECOND]
    starts = sorted(o.segments[0].start for o in seconds)
    meeting = Counter((o.segments[0].start, department_of(round, o.segments[0])) for o in seconds)
    with_partner = []
    for option in firsts:
        half = option.segments[0]
        follow = half.end + DAY
        fitting = bisect_right(starts, latest_second(round, half)) - bisect_left(starts, follow)
        if fitting > meeting[follow, department_of(round, half)]:
            with_partner.append(option)
    halves = [o.segments[0] for o in with_partner]
    ends = sorted(half.end for half in halves)
    latest = sorted(latest_second(round, half) for half in halves)
    ending = Counter((half.end + DAY, department_of(round, half)) for half in halves)
    second_partners = []
    for option in seconds:
        half = option.segments[0]
        fitting = bisect_left(ends, half.start) - bisect_left(latest, half.start)
        if fitting > ending[half.start, department_of(round, half)]:
            second_partners.append(option)
    return with_partner, second_partners


def _counted(round: Round, candidate_id: str, options: Sequence[Option]) -> tuple[Wish, ...]:
    """The ranked rows that match a segment of an option (SPEC section 6, place)."""
    places = departments_of(round, options)
    ranked = round.ranked.get(candidate_id, ())
    return tuple(row for row in ranked if any(row.matches(*place) for place in places))

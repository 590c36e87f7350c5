"""How far an offer is from the wish, in place and in time: exactly what the plan says."""

from collections.abc import Mapping
from datetime import date
from enum import Enum, auto

from models.finding import N_, Finding
from models.placement import Placement
from models.round import Round
from scheduler.explanations.letter.content import Text, in_words
from scheduler.problem.calendar import Period, add_months, wished_period


class _Place(Enum):
    FIRST = auto()
    ONLY = auto()  # the first wish of somebody who has no other
    RANK = auto()
    OTHER = auto()
    NONE = auto()  # of somebody who has no wish list


class _Time(Enum):
    AS_WISHED = auto()
    DAYS_LATE = auto()
    MONTHS_LATE = auto()
    BETWEEN_LATE = auto()
    DAYS_EARLY = auto()
    MONTHS_EARLY = auto()
    BETWEEN_EARLY = auto()


# One sentence and its plural for every pair: a place and a time make one sentence together.
_SENTENCES: Mapping[tuple[_Place, _Time], Text] = {
    (_Place.FIRST, _Time.AS_WISHED): Text(
        N_("You get a place where you wished first, and at the time you wished."),
    ),
    (_Place.FIRST, _Time.DAYS_LATE): Text(
        N_("You get a place where you wished first, but {n} day later than wished."),
        several=N_("You get a place where you wished first, but {n} days later than wished."),
    ),
    (_Place.FIRST, _Time.MONTHS_LATE): Text(
        N_("You get a place where you wished first, but one month later than wished."),
        several=N_(
            "You get a place where you wished first, but {number} months later than wished."
        ),
    ),
    (_Place.FIRST, _Time.BETWEEN_LATE): Text(
        N_(
            "You get a place where you wished first, but between {low} and {number} months "
            "later than wished."
        ),
    ),
    (_Place.FIRST, _Time.DAYS_EARLY): Text(
        N_("You get a place where you wished first, but {n} day earlier than wished."),
        several=N_("You get a place where you wished first, but {n} days earlier than wished."),
    ),
    (_Place.FIRST, _Time.MONTHS_EARLY): Text(
        N_("You get a place where you wished first, but one month earlier than wished."),
        several=N_(
            "You get a place where you wished first, but {number} months earlier than wished."
        ),
    ),
    (_Place.FIRST, _Time.BETWEEN_EARLY): Text(
        N_(
            "You get a place where you wished first, but between {low} and {number} months "
            "earlier than wished."
        ),
    ),
    (_Place.ONLY, _Time.AS_WISHED): Text(
        N_("You get a place where you wished, and at the time you wished."),
    ),
    (_Place.ONLY, _Time.DAYS_LATE): Text(
        N_("You get a place where you wished, but {n} day later than wished."),
        several=N_("You get a place where you wished, but {n} days later than wished."),
    ),
    (_Place.ONLY, _Time.MONTHS_LATE): Text(
        N_("You get a place where you wished, but one month later than wished."),
        several=N_("You get a place where you wished, but {number} months later than wished."),
    ),
    (_Place.ONLY, _Time.BETWEEN_LATE): Text(
        N_(
            "You get a place where you wished, but between {low} and {number} months later "
            "than wished."
        ),
    ),
    (_Place.ONLY, _Time.DAYS_EARLY): Text(
        N_("You get a place where you wished, but {n} day earlier than wished."),
        several=N_("You get a place where you wished, but {n} days earlier than wished."),
    ),
    (_Place.ONLY, _Time.MONTHS_EARLY): Text(
        N_("You get a place where you wished, but one month earlier than wished."),
        several=N_("You get a place where you wished, but {number} months earlier than wished."),
    ),
    (_Place.ONLY, _Time.BETWEEN_EARLY): Text(
        N_(
            "You get a place where you wished, but between {low} and {number} months earlier "
            "than wished."
        ),
    ),
    (_Place.RANK, _Time.AS_WISHED): Text(
        N_("You get a place where you wished as number {rank}, and at the time you wished."),
    ),
    (_Place.RANK, _Time.DAYS_LATE): Text(
        N_("You get a place where you wished as number {rank}, but {n} day later than wished."),
        several=N_(
            "You get a place where you wished as number {rank}, but {n} days later than wished."
        ),
    ),
    (_Place.RANK, _Time.MONTHS_LATE): Text(
        N_("You get a place where you wished as number {rank}, but one month later than wished."),
        several=N_(
            "You get a place where you wished as number {rank}, but {number} months later "
            "than wished."
        ),
    ),
    (_Place.RANK, _Time.BETWEEN_LATE): Text(
        N_(
            "You get a place where you wished as number {rank}, but between {low} and "
            "{number} months later than wished."
        ),
    ),
    (_Place.RANK, _Time.DAYS_EARLY): Text(
        N_("You get a place where you wished as number {rank}, but {n} day earlier than wished."),
        several=N_(
            "You get a place where you wished as number {rank}, but {n} days earlier than wished."
        ),
    ),
    (_Place.RANK, _Time.MONTHS_EARLY): Text(
        N_("You get a place where you wished as number {rank}, but one month earlier than wished."),
        several=N_(
            "You get a place where you wished as number {rank}, but {number} months earlier "
            "than wished."
        ),
    ),
    (_Place.RANK, _Time.BETWEEN_EARLY): Text(
        N_(
            "You get a place where you wished as number {rank}, but between {low} and "
            "{number} months earlier than wished."
        ),
    ),
    (_Place.OTHER, _Time.AS_WISHED): Text(
        N_("You get a place that is not on your wish list, but at the time you wished."),
    ),
    (_Place.OTHER, _Time.DAYS_LATE): Text(
        N_("You get a place that is not on your wish list, and {n} day later than wished."),
        several=N_(
            "You get a place that is not on your wish list, and {n} days later than wished."
        ),
    ),
    (_Place.OTHER, _Time.MONTHS_LATE): Text(
        N_("You get a place that is not on your wish list, and one month later than wished."),
        several=N_(
            "You get a place that is not on your wish list, and {number} months later than wished."
        ),
    ),
    (_Place.OTHER, _Time.BETWEEN_LATE): Text(
        N_(
            "You get a place that is not on your wish list, and between {low} and {number} "
            "months later than wished."
        ),
    ),
    (_Place.OTHER, _Time.DAYS_EARLY): Text(
        N_("You get a place that is not on your wish list, and {n} day earlier than wished."),
        several=N_(
            "You get a place that is not on your wish list, and {n} days earlier than wished."
        ),
    ),
    (_Place.OTHER, _Time.MONTHS_EARLY): Text(
        N_("You get a place that is not on your wish list, and one month earlier than wished."),
        several=N_(
            "You get a place that is not on your wish list, and {number} months earlier than "
            "wished."
        ),
    ),
    (_Place.OTHER, _Time.BETWEEN_EARLY): Text(
        N_(
            "You get a place that is not on your wish list, and between {low} and {number} "
            "months earlier than wished."
        ),
    ),
    (_Place.NONE, _Time.AS_WISHED): Text(
        N_("You have wished for no particular place, and get one at the time you wished."),
    ),
    (_Place.NONE, _Time.DAYS_LATE): Text(
        N_("You have wished for no particular place, and get one {n} day later than wished."),
        several=N_(
            "You have wished for no particular place, and get one {n} days later than wished."
        ),
    ),
    (_Place.NONE, _Time.MONTHS_LATE): Text(
        N_("You have wished for no particular place, and get one, one month later than wished."),
        several=N_(
            "You have wished for no particular place, and get one {number} months later "
            "than wished."
        ),
    ),
    (_Place.NONE, _Time.BETWEEN_LATE): Text(
        N_(
            "You have wished for no particular place, and get one between {low} and "
            "{number} months later than wished."
        ),
    ),
    (_Place.NONE, _Time.DAYS_EARLY): Text(
        N_("You have wished for no particular place, and get one {n} day earlier than wished."),
        several=N_(
            "You have wished for no particular place, and get one {n} days earlier than wished."
        ),
    ),
    (_Place.NONE, _Time.MONTHS_EARLY): Text(
        N_("You have wished for no particular place, and get one, one month earlier than wished."),
        several=N_(
            "You have wished for no particular place, and get one {number} months "
            "earlier than wished."
        ),
    ),
    (_Place.NONE, _Time.BETWEEN_EARLY): Text(
        N_(
            "You have wished for no particular place, and get one between {low} and "
            "{number} months earlier than wished."
        ),
    ),
}


def distance_finding(round: Round, placement: Placement, number: int) -> Finding:
    """How far unbroken service with that number is from the wish; the second half of three plus
    three is compared with a wish three months later.
    """
    placed = placement.stretches[number][0]
    wished = wished_period(round.candidate[placement.candidate_id])
    time, n = _time(wished.moved(3) if number else wished, placed.segment.start)
    place = _place(round, placement.candidate_id, placed.wish_rank)
    return _SENTENCES[place, time].filled(
        n=n, number=in_words(n), low=in_words(n - 1), rank=placed.wish_rank
    )


def _place(round: Round, who: str, rank: int | None) -> _Place:
    if rank is None:
        return _Place.OTHER if round.ranked.get(who) else _Place.NONE
    if rank != 1:
        return _Place.RANK
    return _Place.FIRST if len(round.ranked[who]) > 1 else _Place.ONLY


def _time(wished: Period, day: date) -> tuple[_Time, int]:
    """How a first day compares with the wish, and the number of days or months."""
    n = abs(wished.deviation(day))
    if wished.a <= day <= wished.b:
        return _Time.AS_WISHED, n
    if day > wished.b:
        if day < add_months(wished.b, 1):
            return _Time.DAYS_LATE, (day - wished.b).days
        # Of a month's last day the wish may be as well the day after (SPEC section 3).
        whole = day >= add_months(wished.b, n)
        return (_Time.MONTHS_LATE if whole else _Time.BETWEEN_LATE), n
    if day > add_months(wished.a, -1):
        return _Time.DAYS_EARLY, (wished.a - day).days
    whole = day == add_months(wished.a, -n)
    return (_Time.MONTHS_EARLY if whole else _Time.BETWEEN_EARLY), n

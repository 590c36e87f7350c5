"""Policies compared with the first: in the same rounds with the same lots, a pair at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from models.finding import CodeWord
from scheduler.studies.checking import Held
from scheduler.studies.study import Row, Study

# The measures that are compared, each with whether more of it is better (None: neither).
MEASURES: dict[str, bool | None] = {
    "placed": True,
    "waiting": False,
    "far": False,
    "points_median": False,
    "points_tenth": False,
    "within_six": True,
    "gave_way": False,
    "passed_over": False,
    "unplaced_alone": False,
    "unplaced_few": False,
    "unplaced_many": False,
    "unused_days": None,
}
# Those that count in points of the policy.
POINTS = ("far", "points_median", "points_tenth")


@dataclass(frozen=True, slots=True)
class Paired:
    """One measure of a policy beside the first: the mean of each, and in how many of the pairs it
    is more, the same, or less. None of that where the two do not count points alike.
    """

    variant: str
    measure: str
    base: float | None
    other: float | None
    more: int
    same: int
    less: int

    @property
    def difference(self) -> float | None:
        """The other's mean less the first's."""
        return None if self.base is None or self.other is None else self.other - self.base


def pairs(study: Study, variant: str) -> list[tuple[Row, Row]]:
    """The rows of the first policy and of another that have the same round and seed."""
    base = {(r.round, r.seed): r for r in study.rows if r.variant == study.variants[0]}
    return [
        (base[row.round, row.seed], row)
        for row in study.rows
        if row.variant == variant and (row.round, row.seed) in base
    ]


def paired(study: Study) -> Iterator[Paired]:
    """Every policy but the first, measure by measure."""
    for variant, alike in list(zip(study.variants, study.alike, strict=True))[1:]:
        both = pairs(study, variant)
        for measure in MEASURES:
            known = values(both, measure) if alike or measure not in POINTS else []
            yield Paired(
                variant,
                measure,
                fmean(one for one, _ in known) if known else None,
                fmean(two for _, two in known) if known else None,
                more=sum(two > one for one, two in known),
                same=sum(two == one for one, two in known),
                less=sum(two < one for one, two in known),
            )


def values(both: Sequence[tuple[Row, Row]], measure: str) -> list[tuple[float, float]]:
    """A measure of both rows of each pair where both have it."""
    found = (
        (getattr(one.result.figures, measure), getattr(two.result.figures, measure))
        for one, two in both
    )
    return [(one, two) for one, two in found if one is not None and two is not None]


class Effect(CodeWord):
    """What another policy is for somebody."""

    GAINS_PLACE = "gains_place"
    LOSES_PLACE = "loses_place"
    NEARER = "nearer"
    FARTHER = "farther"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who has something else under another policy than under the first."""

    round: int
    variant: str
    candidate_id: str
    effect: Effect
    before: Held | None
    after: Held | None


def moved(study: Study, seed: Literal[1] = 1) -> Iterator[Moved]:
    """Who gains and who loses, by round, policy and id, in the first lot of each round."""
    for variant, alike in list(zip(study.variants, study.alike, strict=True))[1:]:
        for one, two in pairs(study, variant):
            if one.seed != seed:
                continue
            before = {h.candidate_id: h for h in one.result.held}
            after = {h.candidate_id: h for h in two.result.held}
            for who in sorted(before.keys() | after.keys()):
                had, has = before.get(who), after.get(who)
                if had is None or has is None or not had.same_as(has):
                    effect = _effect(had, has, alike=alike)
                    yield Moved(one.round, variant, who, effect, had, has)


def _effect(had: Held | None, has: Held | None, *, alike: bool) -> Effect:
    if had is None:
        return Effect.GAINS_PLACE
    if has is None:
        return Effect.LOSES_PLACE
    if not alike or had.points == has.points:
        return Effect.ELSEWHERE
    return Effect.NEARER if has.points < had.points else Effect.FARTHER

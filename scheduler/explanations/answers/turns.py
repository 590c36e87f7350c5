"""Why those who go before have not the places of those after: promises that are kept, rules, and
who else stands in the way.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from models.candidate import Candidate
from models.entry import FindingEntry, PlacementEntry
from models.explanation import BestEntry, Turn, TurnEntry
from models.finding import Finding
from models.lock import Lock, LockStatus
from models.placement import Placement, Segment, Shape
from scheduler.explanations.answers.obstacles import best_of
from scheduler.explanations.standing import Standing, in_vacancy
from scheduler.explanations.wording.order_words import early_finding, promised_finding
from scheduler.listing.options import first_refusal
from scheduler.listing.soundness import keeps_rules
from scheduler.listing.what_if import case_without
from scheduler.problem.case import Case
from scheduler.problem.option import Option, Part, unbroken
from scheduler.problem.placing import make_placement
from scheduler.problem.points import option_points
from scheduler.problem.priority import ranked_before
from scheduler.rules.catalogue import ACCEPTANCE, FIT, TOGETHER
from scheduler.rules.obstacles import Obstacles, by_points
from scheduler.rules.occupancy import Stays
from scheduler.rules.order_line import RULE, those_after

# So many placements are tried for whether they keep every rule once an offer is withdrawn.
_TRIES = 30


def explain_turns(standing: Standing) -> list[TurnEntry]:
    """Of everyone not placed, why those after them have places; of those placed, and not as they
    wished, why somebody after them has the very place that they would rather have had. Nothing
    where the order is not used.
    """
    policy = standing.case.round.policy
    if policy.municipal_order == "off":
        return []
    turns = _Turns(standing, strict=policy.municipal_order == "strict")
    entries = [entry for one in (turns.new(), turns.promised()) for entry in one]
    return sorted(entries, key=lambda e: (e.first, e.second, e.start, e.vacancy_id))


@dataclass(frozen=True, slots=True)
class _Why:
    """Why somebody has not what another has."""

    outcome: Turn
    finding: Finding | None = None
    best: BestEntry | None = None
    needing: Collection[str] = field(default=())


class _Turns:
    def __init__(self, standing: Standing, *, strict: bool) -> None:
        self._standing = standing
        self._case = standing.case
        self._round = standing.case.round
        self._strict = strict
        self._promises = [k for k in self._round.locks if _is_promise(self._round.run_date, k)]

    def new(self) -> Iterator[TurnEntry]:
        """About the new placements of those after."""
        placed = self._standing.placed
        for first, after in those_after(self._round).items():
            now = placed.get(first)
            if now is not None and now.points == 0:
                continue
            options = list(by_points(self._case, first)) if now is None or self._strict else []
            for second in sorted(after & placed.keys()):
                place = placed[second]
                there = in_vacancy(options, place.bare[0].vacancy_id)
                if now is None or self._strict:
                    why: _Why | None = self._why(first, second, there)
                else:
                    why = self._barred(first, now, place)
                if why is not None:
                    yield self._entry(first, second, place.bare[0], why)

    def _why(self, first: str, second: str, there: Sequence[tuple[Option, int]]) -> _Why:
        """Why the first has nothing in the vacancy of the second, where they have these options."""
        now, place = self._standing.placed.get(first), self._standing.placed[second]
        if not there:
            return _Why("rule", self._refusal(self._round.candidate[first], place))
        better = [choice for choice in there if now is None or choice[1] < now.points]
        if not better:
            return _Why("own_better")
        wished = self._round.candidate[first].wished_start
        claims = [choice for choice in better if choice[0].segments[0].start >= wished]
        if not claims:
            return _Why("early", early_finding(first, wished, only=True))
        obstacles = Obstacles(TOGETHER, self._round, first, self._standing.stays, {second})
        room = [option for option, _ in claims if obstacles.has_room(option)]
        if not room:
            best = best_of(self._standing, self._case, claims, obstacles)
            return _Why("taken", best=best)
        needing = self._who_needs(second)
        if needing:
            return _Why("needed", needing=needing)
        if now is None:
            return _Why("not_examined")  # of a plan that keeps the order this is not so
        same = any(option.segments == place.bare for option in room)
        return _Why("not_compared" if same else "other_days")

    def _barred(self, first: str, now: Placement, place: Placement) -> _Why | None:
        """Why the first, placed, has not the very place of another that has fewer points for them,
        if a rule refuses it or it begins before their wished start.
        """
        candidate = self._round.candidate[first]
        option = Option(first, place.shape, Part.WHOLE, place.bare)
        months = sum(segment.months for segment in place.bare)
        if place.shape is Shape.SPLIT or months != candidate.remaining_months:
            return None
        counted = self._case.choices[first].counted
        if option_points(self._round, counted, option) >= now.points:
            return None
        refusal = first_refusal(self._round, option)
        if refusal is not None:
            # What they do not accept they would not rather have had; and where only this first
            # day is not possible for them, another may be.
            return None if refusal.rule in (ACCEPTANCE.id, FIT.id) else _Why("rule", refusal)
        wished = candidate.wished_start
        if place.first_day >= wished:
            return None  # the first gave way
        return _Why("early", early_finding(first, wished, only=False))

    def _refusal(self, candidate: Candidate, place: Placement) -> Finding:
        """Why somebody cannot have a vacancy from another's first day on, or at all."""
        segment = place.bare[0]
        vacancy = self._round.vacancy[segment.vacancy_id]
        months = candidate.remaining_months
        option = unbroken(candidate.candidate_id, vacancy, segment.start, months)
        same = first_refusal(self._round, option)
        if same is None or same.rule == FIT.id:
            return self._standing.refusals.why_no_option(candidate, vacancy)
        return same

    def _who_needs(self, second: str) -> set[str]:
        """Those placed who may not be without the second, who has no promise besides."""
        if second in self._round.locks_of:
            return set()
        pairs = [(p.candidate_a, p.candidate_b) for p in self._round.pairs if not p.alone_ok]
        both = (two for a, b in pairs for two in ((a, b), (b, a)))
        return {other for one, other in both if one == second and other in self._standing.placed}

    def promised(self) -> Iterator[TurnEntry]:
        """About places promised to those after somebody who is not placed, or who would have
        something better without the promise.
        """
        for first in self._round.open_candidates:
            who = first.candidate_id
            if self._round.waives(who, RULE):
                continue
            for lock in self._promises:
                second = self._round.candidate[lock.candidate_id]
                own = second.municipality == first.municipality
                if own and ranked_before(self._round, first, second):
                    yield from self._promise(who, lock)

    def _promise(self, first: str, lock: Lock) -> Iterator[TurnEntry]:
        now, ranked = self._standing.placed.get(first), lock.candidate_id in self._round.priority_of
        offered = lock.status is LockStatus.OFFERED
        freed = self._without(first, lock) if offered or now is not None else None
        if now is None or freed is not None:
            why = _Why("promised", promised_finding(first, lock, ranked=ranked))
            withdrawn = freed if offered else None
            yield self._entry(first, lock.candidate_id, lock, why, withdrawn)

    def _without(self, first: str, lock: Lock) -> Placement | None:
        """What somebody could have, better than now, if a promise that is in its way were
        withdrawn; the best of those tried.
        """
        placed = self._standing.placed.get(first)
        if placed is not None and placed.points == 0:
            return None
        case = case_without(self._case, lock)
        placements = [p for p in self._standing.placements if p is not placed]
        now, then = self._standing.obstacles(first), _obstacles(case, first, placements)
        freed = (
            option
            for option, _ in by_points(
                case, first, then.has_room, None if placed is None else placed.points
            )
            if then.has_room(option) and not now.has_room(option)
        )
        tried = (make_placement(case, option) for option in islice(freed, _TRIES))
        keeping = (p for p in tried if keeps_rules(case, [*placements, p]))
        return next(keeping, None)

    def _entry(
        self,
        first: str,
        second: str,
        place: Segment | Lock,
        why: _Why,
        withdrawn: Placement | None = None,
    ) -> TurnEntry:
        return TurnEntry(
            municipality=self._round.candidate[first].municipality,
            first=first,
            second=second,
            vacancy_id=place.vacancy_id,
            start=place.start,
            outcome=why.outcome,
            finding=None if why.finding is None else FindingEntry.from_finding(why.finding),
            best=why.best,
            needing=sorted(why.needing),
            withdrawn=None if withdrawn is None else PlacementEntry.from_placement(withdrawn),
        )


def _obstacles(case: Case, who: str, placements: Sequence[Placement]) -> Obstacles:
    return Obstacles(TOGETHER, case.round, who, Stays(case.round, placements))


def _is_promise(run_date: date, lock: Lock) -> bool:
    """Whether it is a promise of service that has not begun, and is not over."""
    return lock.status is not LockStatus.IN_SERVICE and lock.end > run_date

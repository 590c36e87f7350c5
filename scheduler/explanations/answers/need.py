"""What the region lacks: first wishes that were not met, and the further positions that would place
most of those without a place.

A position is tried as a vacancy of its own in the round: its services are options that the rules
about one allow, there is room for them beside the plan, and they pass over nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.candidate import SplitWish
from models.need import (
    NeedEntry,
    NeedPlaceEntry,
    PersonEntry,
    PositionNeedEntry,
    PositionServiceEntry,
)
from models.placement import Placement
from models.plan import WaitingPart
from models.round import Round
from models.vacancy import DepartmentKey, Vacancy
from scheduler.explanations.standing import Standing
from scheduler.listing.options import choices_of
from scheduler.listing.waiting_list import waiting_list
from scheduler.listing.what_if import Relisted
from scheduler.problem.calendar import add_months, last_day
from scheduler.problem.case import Case
from scheduler.problem.option import Option, meets, unbroken
from scheduler.problem.placing import make_placement
from scheduler.problem.waiting import waiting_quarters
from scheduler.problem.windows import Windows, new_ids
from scheduler.rules.catalogue import ORDER, TOGETHER
from scheduler.rules.order_line import in_line, those_after
from scheduler.solver.clock import Clock

# The longest position that is proposed, in months, and the most positions.
_MONTHS = 12
_MOST = 10


def need_of(case: Case, placements: Sequence[Placement], clock: Clock) -> NeedEntry:
    """The need of a round with a plan; where the clock runs out, not all is examined."""
    positions, examined = _Looking(case, placements).positions(clock)
    return NeedEntry(
        examined=examined, places=list(_places(case.round, placements)), positions=positions
    )


def people_of(round: Round) -> list[PersonEntry]:
    """Everybody whom a plan of the round is about, by id."""
    open_to_places = {c.candidate_id for c in round.open_candidates}
    on_list = {c.candidate_id for c, _ in waiting_list(round, ())}
    return [
        PersonEntry(
            candidate_id=who,
            municipality=round.candidate[who].municipality,
            quarters_waited=waiting_quarters(round, who),
        )
        for who in sorted(open_to_places | on_list | round.locks_of.keys())
    ]


def _places(round: Round, placements: Sequence[Placement]) -> Iterator[NeedPlaceEntry]:
    """First wishes by place and quarter, in order."""
    placed = {p.candidate_id: p for p in placements}
    wished: defaultdict[tuple[str, str, str, date], list[bool]] = defaultdict(list)
    for candidate in round.open_candidates:
        rows = round.ranked.get(candidate.candidate_id, ())
        if rows:
            first, start = rows[0], candidate.wished_start
            quarter = date(start.year, start.month - (start.month - 1) % 3, 1)
            own = placed.get(candidate.candidate_id)
            met = own is not None and any(meets(round, first, s) for s in own.bare)
            wished[first.trust, first.site, first.department, quarter].append(met)
    for (trust, site, department, quarter), met_ones in sorted(wished.items()):
        yield NeedPlaceEntry(
            trust=trust,
            site=site,
            department=department,
            quarter=quarter,
            first_wishes=len(met_ones),
            placed=sum(met_ones),
            unmet=len(met_ones) - sum(met_ones),
        )


@dataclass(frozen=True, slots=True)
class _Service:
    """What somebody could have in a further position, and how far from their wish it is."""

    candidate_id: str
    start: date
    end: date
    points: int


@dataclass(frozen=True, slots=True)
class _Position:
    """A position in a department, and the services in it, one after the other."""

    key: DepartmentKey
    services: tuple[_Service, ...]

    @property
    def first(self) -> date:
        return self.services[0].start

    @property
    def months(self) -> int:
        """As few as hold all of it."""
        last = self.services[-1].end
        return next(n for n in range(1, _MONTHS + 1) if last_day(self.first, n) >= last)

    @property
    def rank(self) -> tuple[object, ...]:
        """The most people first, then the shortest, the nearest to their wishes, the soonest."""
        points = sum(s.points for s in self.services)
        return (-len(self.services), self.months, points, self.first, self.key)

    def entry(self) -> PositionNeedEntry:
        """The position as plan.json has it."""
        trust, site, department = self.key
        return PositionNeedEntry(
            trust=trust,
            site=site,
            department=department,
            first=self.first,
            months=self.months,
            services=[
                PositionServiceEntry(candidate_id=s.candidate_id, start=s.start, end=s.end)
                for s in self.services
            ],
        )


class _Looking:
    """Looks for positions, one after the other."""

    def __init__(self, case: Case, placements: Sequence[Placement]) -> None:
        self._round = case.round
        unplaced = [
            c.candidate_id
            for c, part in waiting_list(case.round, placements)
            if part is WaitingPart.UNPLACED
        ]
        self._waiting = in_line(case.round, unplaced)
        self._standing = Standing(case, placements)
        # Services in departments that are not possible after all.
        self._shut: set[tuple[DepartmentKey, _Service]] = set()

    def positions(self, clock: Clock) -> tuple[list[PositionNeedEntry], bool]:
        """The positions, and whether all were looked for."""
        found: list[PositionNeedEntry] = []
        if clock.out:
            return found, not self._waiting
        services = self._services()
        fullest: dict[DepartmentKey, _Position | None] = {}
        while self._waiting and len(found) < _MOST:
            if clock.out:
                return found, False
            for key in services.keys() - fullest.keys():
                fullest[key] = self._fullest(key, services[key])
            best = min((p for p in fullest.values() if p), key=lambda p: p.rank, default=None)
            if best is None:
                break
            refused = self._try(best)
            if refused is not None:
                self._shut.add((best.key, refused))
                del fullest[best.key]
                continue
            # Whom somebody would have passed over may have a place now.
            self._shut.clear()
            fullest.clear()
            placed = {s.candidate_id for s in best.services}
            self._waiting = [w for w in self._waiting if w not in placed]
            found.append(best.entry())
        return found, True

    def _services(self) -> Mapping[DepartmentKey, list[_Service]]:
        """What each could have in a further position of each department, if it were there for as
        long as is planned; those with room beside the plan.
        """
        round = self._round
        end = add_months(round.run_date, round.policy.horizon_months + _MONTHS)
        names = new_ids(round, len(round.departments))
        new = {
            name: _vacancy(name, d.key, round.run_date, end)
            for name, d in zip(names, round.departments, strict=True)
        }
        wider = round.swapped(vacancies=[*round.vacancies, *new.values()])
        windows = Windows(wider.vacancies)
        found: defaultdict[DepartmentKey, list[_Service]] = defaultdict(list)
        standing = Standing(replace(self._standing.case, round=wider), self._standing.placements)
        for who in self._waiting:
            obstacles = standing.obstacles(who, wider)
            # Halves are many, and one position holds whole service only.
            unsplit = wider.candidate[who].model_copy(update={"split": SplitWish.NO})
            for choice in choices_of(wider, unsplit, windows).whole:
                segment = choice.option.segments[0]
                vacancy = new.get(segment.vacancy_id)
                if vacancy is not None and obstacles.has_room(choice.option):
                    own = _Service(who, segment.start, segment.end, choice.points)
                    found[vacancy.department_key].append(own)
        return found

    def _fullest(self, key: DepartmentKey, services: Sequence[_Service]) -> _Position | None:
        """The best position in a department, from whichever first day."""
        place = {who: n for n, who in enumerate(self._waiting)}
        left = [s for s in services if s.candidate_id in place and (key, s) not in self._shut]
        left.sort(key=lambda s: (s.end, s.points, place[s.candidate_id]))
        filled = (tuple(_one_after_another(left, day)) for day in {s.start for s in left})
        found = (_Position(key, own) for own in filled if own)
        return min(found, key=lambda p: p.rank, default=None)

    def _try(self, position: _Position) -> _Service | None:
        """Make the position part of the round and of what stands; or the first service in it that
        is not possible after all.
        """
        case = self._standing.case
        (name,) = new_ids(case.round, 1)
        end = last_day(position.first, position.months)
        vacancy = _vacancy(name, position.key, position.first, end)
        round = case.round.swapped(vacancies=[*case.round.vacancies, vacancy])
        people = {s.candidate_id for s in position.services}
        choices = Relisted(case.choices, round, Windows(round.vacancies), people, [name])
        changed = Case(round, choices, case.previous)
        standing = Standing(changed, self._standing.placements)
        for service in position.services:
            candidate = round.candidate[service.candidate_id]
            months = candidate.remaining_months
            option = unbroken(candidate.candidate_id, vacancy, service.start, months)
            if not _possible(standing, option):
                return service
            standing = standing.instead(make_placement(changed, option))
            if _passes_over(standing, candidate.candidate_id):
                return service
        self._standing = Standing(changed, standing.placements)
        return None


def _one_after_another(services: Sequence[_Service], first: date) -> Iterator[_Service]:
    """As many as have room in one position from that day on, each the next to end."""
    limit, free, known = last_day(first, _MONTHS), first, set[str]()
    for service in services:
        begins = service.start > free if known else service.start == first
        if begins and service.end <= limit and service.candidate_id not in known:
            known.add(service.candidate_id)
            free = service.end
            yield service


def _possible(standing: Standing, option: Option) -> bool:
    """Whether the option is one of its candidate's, and has room."""
    case, who = standing.case, option.candidate_id
    if all(c.option.segments != option.segments for c in case.choices[who].whole):
        return False
    then = standing.instead(make_placement(case, option))
    return not any(True for rule in TOGETHER for _ in rule.violations(case, then.placements))


def _passes_over(then: Standing, who: str) -> bool:
    """Whether somebody who goes before the candidate would be passed over by what they have."""
    before = [one for one, after in those_after(then.case.round).items() if who in after]
    broken = ORDER.broken(then.case, then.placements, before, then.stays)
    return any(one.second == who for one in broken)


def _vacancy(name: str, key: DepartmentKey, first: date, last: date) -> Vacancy:
    return Vacancy(
        vacancy_id=name,
        trust=key.trust,
        site=key.site,
        department=key.department,
        start=first,
        end=last,
    )

"""Checking what a plan says of the need: counted and tried again, row by row."""

from collections import Counter
from collections.abc import Iterator

from models.candidate import CandidateStatus
from models.finding import N_, Finding, finding
from models.need import PositionNeedEntry
from models.placement import Placement
from models.plan import Plan
from models.round import Round
from models.vacancy import Vacancy
from scheduler.listing.options import choices_of
from scheduler.listing.soundness import possible
from scheduler.problem.calendar import last_day
from scheduler.problem.case import Case
from scheduler.problem.option import unbroken
from scheduler.problem.placing import make_placement
from scheduler.problem.waiting import waiting_quarters
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import ORDER, TOGETHER
from scheduler.rules.order_line import those_after

_COUNTS = N_("What is said of how many wish for {department} first is not true.")
_POSITION = N_("A further position in {department} would not place those who are named.")
_PEOPLE = N_("What is said of the municipality or the waiting of {candidate} is not true.")


def check_need(plan: Plan, case: Case) -> Iterator[Finding]:
    """Everything that is not true of the need; nothing of a plan that tells none."""
    yield from _people(plan, case.round)
    if plan.need is None:
        return
    placements = plan.answer()
    wished: Counter[tuple[object, ...]] = Counter()
    met: Counter[tuple[object, ...]] = Counter()
    for row in case.round.wishes:
        who = row.candidate_id
        ranks = [w.rank for w in case.round.ranked.get(who, ())]
        if row.never or row.rank != ranks[0] or not case.round.is_open(who):
            continue
        start = case.round.candidate[who].wished_start
        place = (row.trust, row.site, row.department)
        key: tuple[object, ...] = (*place, start.year, (start.month + 2) // 3)
        wished[key] += 1
        segments = [s for p in placements if p.candidate_id == who for s in p.bare]
        met[key] += any(
            row.matches(*case.round.vacancy[s.vacancy_id].department_key) for s in segments
        )
    for entry in plan.need.places:
        quarter = (entry.quarter.year, (entry.quarter.month + 2) // 3)
        key = (entry.trust, entry.site, entry.department, *quarter)
        told = (entry.first_wishes, entry.placed, entry.unmet)
        if told != (wished[key], met[key], wished[key] - met[key]) or not wished.pop(key):
            yield finding(_COUNTS, department=entry.department or None)
    for key in wished:
        yield finding(_COUNTS, department=str(key[2]) or None)
    yield from _positions(plan.need.positions, case, list(placements))


def _people(plan: Plan, round: Round) -> Iterator[Finding]:
    """Whom the plan is about, each once: who is open, on hold, or has a promise."""
    listed = [p.candidate_id for p in plan.people]
    told = {p.candidate_id: (p.municipality, p.quarters_waited) for p in plan.people}
    true = {
        who: (candidate.municipality, waiting_quarters(round, who))
        for who, candidate in round.candidate.items()
        if round.is_open(who)
        or candidate.status is CandidateStatus.ON_HOLD
        or who in round.locks_of
    }
    twice = listed != sorted(told)
    for who in sorted({*told, *true}) if plan.need is not None else ():
        if twice or told.get(who) != true.get(who):
            yield finding(_PEOPLE, candidate=who)


def _positions(
    entries: list[PositionNeedEntry], case: Case, placements: list[Placement]
) -> Iterator[Finding]:
    """Those positions that do not hold their services, each after the ones before it."""
    for number, entry in enumerate(entries, 1):
        vacancy = Vacancy(
            vacancy_id=f"{number}+",
            trust=entry.trust,
            site=entry.site,
            department=entry.department,
            start=entry.first,
            end=last_day(entry.first, entry.months),
        )
        people = {s.candidate_id for s in entry.services}
        known = vacancy.department_key in case.round.department and people <= case.choices.keys()
        if known and people and not people & {p.candidate_id for p in placements}:
            case = _with(case, vacancy, people)
            new = [
                make_placement(case, unbroken(who, vacancy, s.start, months))
                for s in entry.services
                if (who := s.candidate_id)
                and (months := case.round.candidate[who].remaining_months)
            ]
            placements = [*placements, *new]
            if _stands(case, entry, new, placements):
                continue
        yield finding(_POSITION, department=entry.department)
        return  # those after it are measured by it


def _with(case: Case, vacancy: Vacancy, people: set[str]) -> Case:
    """The case with one vacancy more; what these people, and those before them, could have."""
    round = case.round.swapped(vacancies=[*case.round.vacancies, vacancy])
    before = {one for one, after in those_after(round).items() if after & people}
    windows = Windows(round.vacancies)
    listed = {w: choices_of(round, round.candidate[w], windows) for w in people | before}
    return Case(round, {**case.choices, **listed}, case.previous)


def _stands(
    case: Case, entry: PositionNeedEntry, new: list[Placement], placements: list[Placement]
) -> bool:
    """Whether the new placements are those of the entry, possible, and keep every rule."""
    days = [(p.candidate_id, p.bare[0].start, p.bare[0].end) for p in new]
    if days != [(s.candidate_id, s.start, s.end) for s in entry.services]:
        return False
    last = max(s.end for s in entry.services)
    longer = entry.months > 1 and last_day(entry.first, entry.months - 1) >= last
    if entry.first != days[0][1] or longer:
        return False  # it begins sooner, or ends later, than there is need for
    if not possible(case, new):
        return False
    if any(True for rule in TOGETHER for _ in rule.violations(case, placements)):
        return False
    people = {p.candidate_id for p in new}
    before = [one for one, after in those_after(case.round).items() if after & people]
    return not any(b.second in people for b in ORDER.broken(case, placements, before))

"""What would resolve a conflict between promises; each proposal is tried before it is made.

A proposal is a changed round. It stands if the conflict is gone in it, no other conflict has
come, and the plan's new placements still keep every rule about several.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.candidate import Candidate, CandidateStatus
from models.conflict import Conflict
from models.finding import N_, Finding, SheetName, finding
from models.lock import Lock, LockStatus
from models.placement import Placement
from models.plan import ConflictEntry
from models.round import Round
from models.vacancy import Vacancy
from scheduler.conflicts.afterwards import first_there
from scheduler.conflicts.extensions import extensions, locks_of
from scheduler.conflicts.promises import find_conflicts, kind_of
from scheduler.conflicts.stale import Stale
from scheduler.listing.what_if import Relisted, with_waiver
from scheduler.problem.calendar import DAY, add_months
from scheduler.problem.case import Case
from scheduler.problem.option import locked_option
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import NAMES, OPTION_RULES, PLAN_RULES

# Other vacancies proposed for one promise.
_PLACES = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change, in words, and the round with it; and whose options it may touch: of these people,
    and of those whom these vacancies may concern.
    """

    finding: Finding
    round: Round
    people: tuple[str, ...] = ()
    vacancies: tuple[str, ...] = ()


def conflict_entries(case: Case, placements: Sequence[Placement]) -> list[ConflictEntry]:
    """Every conflict, as plan.json has it."""
    return [
        ConflictEntry.from_conflict(
            c, list(extensions(case.round, c)), remedies(case, placements, c)
        )
        for c in find_conflicts(case.round)
    ]


def remedies(
    case: Case, placements: Sequence[Placement], conflict: Conflict
) -> list[tuple[Finding, Placement | None]]:
    """Every single change, of the kinds tried here, that resolves the conflict, and who would be
    placed first in its vacancies then.
    """
    broken = kind_of(conflict)
    before = {_key(c) for c in find_conflicts(case.round)} - {_key(conflict)}
    found: list[tuple[Finding, Placement | None]] = []
    moved: Counter[object] = Counter()

    def changed(proposal: Proposal) -> Case:
        return replace(case, round=proposal.round, choices=choices_with(case, proposal))

    def stands(proposal: Proposal) -> bool:
        if any(_key(c) == _key(conflict) for c in broken.conflicts(proposal.round)):
            return False  # asked first, as it is most often so
        if not {_key(c) for c in find_conflicts(proposal.round)} <= before:
            return False
        then = changed(proposal)
        return not any(True for rule in PLAN_RULES for _ in rule.violations(then, placements))

    for group in proposals(case.round, conflict):
        for proposal in group:
            move = proposal.finding.message == _OTHER_PLACE
            who = proposal.finding.value("candidate") if move else None
            if move and moved[who] == _PLACES:
                break  # there are many vacancies
            if stands(proposal):
                then = first_there(case, changed(proposal), placements, conflict.vacancy_ids)
                found.append((proposal.finding, then))
                moved[who] += 1
    return found


def choices_with(case: Case, proposal: Proposal) -> Relisted:
    """Everybody's, also of somebody whom a promise withdrawn makes open again."""
    round = proposal.round
    there = [number for number in proposal.vacancies if number in round.vacancy]
    return Relisted(case.choices, round, Windows(round.vacancies), proposal.people, there)


def _key(conflict: Conflict) -> tuple[object, ...]:
    return (conflict.finding.rule, conflict.candidate_ids, conflict.first, conflict.last)


def proposals(round: Round, conflict: Conflict) -> Iterator[Iterator[Proposal]]:
    """Changes to try, by kind and promise, those that touch no promise first."""
    locks = locks_of(round, conflict)
    if conflict.finding.rule == Stale.id:
        yield (_deleted(round, lock) for lock in locks)
        yield (_waiting_again(round, who) for who in conflict.candidate_ids)
        return
    yield _more_room(round, conflict)
    yield _waivers(round, conflict)
    yield from (_not_extended(round, lock) for lock in locks)
    order = list(LockStatus)
    for lock in sorted(locks, key=lambda k: (order.index(k.status), k.candidate_id)):
        if lock.status is not LockStatus.IN_SERVICE:
            yield _another_day(round, lock, locks)
            yield _another_place(round, lock, conflict.finding.rule)
            yield iter((_without(round, lock),))


def _more_room(round: Round, conflict: Conflict) -> Iterator[Proposal]:
    for wider in kind_of(conflict).more_room(round, conflict):
        yield Proposal(wider.finding, wider.round, vacancies=wider.vacancies)


def _waivers(round: Round, conflict: Conflict) -> Iterator[Proposal]:
    rule = conflict.finding.rule
    if kind_of(conflict).waivable:
        for who in conflict.candidate_ids:
            yield Proposal(
                finding(
                    N_("A waiver of {requirement} for {candidate}."),
                    requirement=NAMES[rule],
                    candidate=who,
                ),
                with_waiver(round, who, rule),
                people=(who,),
            )


def _another_day(round: Round, lock: Lock, locks: Sequence[Lock]) -> Iterator[Proposal]:
    """The same length of service, begun when another of those concerned has ended, or ended
    before another begins.
    """
    for other in locks:
        if other.candidate_id == lock.candidate_id:
            continue
        later = other.end + DAY
        earlier = other.start - (lock.end - lock.start) - DAY
        for start in (later, earlier):
            if start < round.run_date:
                continue
            moved = lock.model_copy(update={"start": start, "end": _same_length(lock, start)})
            yield Proposal(
                finding(
                    N_("{candidate} has {vacancy} from {first} to {last} instead."),
                    candidate=lock.candidate_id,
                    vacancy=lock.vacancy_id,
                    first=moved.start,
                    last=moved.end,
                ),
                round.with_row("locks", lock, moved),
                people=(lock.candidate_id,),
                vacancies=(lock.vacancy_id,),
            )


def _same_length(lock: Lock, start: date) -> date:
    """The last day of as many whole months, or else as many days, from another first day."""
    for months in range(1, 13):
        if add_months(lock.start, months) - DAY == lock.end:
            return add_months(start, months) - DAY
    return start + (lock.end - lock.start)


_OTHER_PLACE = N_("{candidate} has {vacancy} ({site}, {department}) on the same days instead.")


def _another_place(round: Round, lock: Lock, broken: str) -> Iterator[Proposal]:
    """The same days in another vacancy, the nearest place first; where rules about one candidate
    do not refuse what they do not refuse now, and not the one that is broken.
    """
    before = _refusing(round, lock, lock) - {broken}
    here = round.vacancy.get(lock.vacancy_id)

    def distance(vacancy: Vacancy) -> tuple[bool, bool, bool]:
        if here is None:
            return (True, True, True)
        return (
            vacancy.trust != here.trust,
            vacancy.site != here.site,
            vacancy.department != here.department,
        )

    for vacancy in sorted(round.vacancies, key=lambda v: (distance(v), v.vacancy_id)):
        if vacancy is not here and vacancy.start <= lock.start and lock.end <= vacancy.end:
            moved = lock.model_copy(update={"vacancy_id": vacancy.vacancy_id})
            if not _refusing(round, lock, moved) <= before:
                continue
            yield Proposal(
                finding(
                    _OTHER_PLACE,
                    candidate=lock.candidate_id,
                    vacancy=vacancy.vacancy_id,
                    site=vacancy.site,
                    department=vacancy.department,
                ),
                round.with_row("locks", lock, moved),
                people=(lock.candidate_id,),
                vacancies=(lock.vacancy_id, vacancy.vacancy_id),
            )


def _refusing(round: Round, lock: Lock, moved: Lock) -> set[str]:
    """The rules about one candidate that refuse a promise when it is moved."""
    who = lock.candidate_id
    alone = locked_option(who, [moved])
    together = locked_option(who, [moved if k is lock else k for k in round.locks_of[who]])
    return {
        rule.id
        for rule in OPTION_RULES
        if rule.refuses_locked(round, alone if rule.each_lock else together) is not None
    }


def _without(round: Round, lock: Lock) -> Proposal:
    return Proposal(
        finding(
            N_("The promise to {candidate} is withdrawn, if {candidate} agrees."),
            candidate=lock.candidate_id,
        ),
        round.swapped(locks=[k for k in round.locks if k is not lock]),
        people=(lock.candidate_id,),
        vacancies=(lock.vacancy_id,),
    )


def _deleted(round: Round, lock: Lock) -> Proposal:
    return Proposal(
        finding(
            N_("The row of {candidate} in {vacancy} from {first} is deleted in the sheet {sheet}."),
            candidate=lock.candidate_id,
            vacancy=lock.vacancy_id,
            first=lock.start,
            sheet=SheetName(Lock.sheet),
        ),
        round.swapped(locks=[k for k in round.locks if k is not lock]),
        people=(lock.candidate_id,),
        vacancies=(lock.vacancy_id,),
    )


def _waiting_again(round: Round, who: str) -> Proposal:
    candidate = round.candidate[who]
    waiting = candidate.model_copy(update={"status": CandidateStatus.WAITING})
    return Proposal(
        finding(
            N_("{candidate} keeps the place, and gets the status {status} in the sheet {sheet}."),
            candidate=who,
            status=CandidateStatus.WAITING,
            sheet=SheetName(Candidate.sheet),
        ),
        round.with_row("candidates", candidate, waiting),
        people=(who,),
    )


def _not_extended(round: Round, lock: Lock) -> Iterator[Proposal]:
    """The service ends as it did before it was extended."""
    first_end = lock.extended_from
    if first_end is None or first_end < round.run_date:
        return
    shorter = lock.model_copy(update={"end": first_end, "extended_from": None, "reason": ""})
    yield Proposal(
        finding(
            N_("The place of {candidate} in {vacancy} is not extended, and ends on {last}."),
            candidate=lock.candidate_id,
            vacancy=lock.vacancy_id,
            last=first_end,
        ),
        round.with_row("locks", lock, shorter),
        people=(lock.candidate_id,),
        vacancies=(lock.vacancy_id,),
    )

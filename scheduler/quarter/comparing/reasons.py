"""Why somebody has something else in the second of two plans.

What is told is a fact of the two plans and, where they are known, of their inputs. First comes what
is about the person alone; then a change of policy, and a new candidate who goes before them; then
who took whose place, back to somebody with whom a change began. What cannot be known says so.
"""

from collections.abc import Iterator
from functools import cached_property

from models.candidate import CandidateStatus
from models.finding import N_, Finding, finding
from models.lock import DeclinedBy, LockStatus
from models.placement import Placement
from models.plan import WaitingPart
from models.round import Round
from scheduler.listing.options import first_refusal
from scheduler.problem.option import Option, Part
from scheduler.problem.priority import ranked_before
from scheduler.quarter.comparing.chains import Chains
from scheduler.quarter.comparing.compare import Cause, Change, ChangeKind, Pairing, Told
from scheduler.quarter.comparing.known_days import NEW, new_days
from scheduler.quarter.comparing.side import Service, Side
from scheduler.quarter.comparing.touching import Touching, sentences
from scheduler.rules.catalogue import HORIZON, LEAD_TIME

_ON_HOLD = WaitingPart.ON_HOLD.value

_DECLINED = {
    DeclinedBy.CANDIDATE: N_("{candidate} said no to {vacancy}."),
    DeclinedBy.DEPARTMENT: N_("The department said no to {candidate} in {vacancy}."),
}
_NOT_KNOWN = N_(
    "Why cannot be known from the plans alone; name the inputs of both (--input-before, "
    "--input-after)."
)
NO_SINGLE = N_("No single change explains it: the whole plan was weighed anew.")
_NOT_PROVED = N_("One of the two plans is not proved best, so they may differ without a cause.")

# A cause and the sentences that tell it.
_Direct = tuple[Cause, list[Finding]]


def compare(before: Side, after: Side) -> list[Told]:
    """What became of everybody, by id, and why."""
    return list(Reasons(Pairing(before, after)).all())


class Reasons:
    """Looks for what the changes between two plans come from."""

    def __init__(self, pairing: Pairing) -> None:
        self._before, self._after = pairing.before, pairing.after
        self._changes = pairing.changes
        self._chains = Chains(self._changes)
        self._touching = Touching(pairing.before.round, pairing.after.round)
        self._known: dict[str, _Direct | None] = {}

    def all(self) -> Iterator[Told]:
        """Every change with its reason."""
        for change in self._changes.values():
            yield self._told(change)

    def _told(self, change: Change) -> Told:
        direct = self._direct(change)
        if direct is not None:
            return Told(change, direct[0], tuple(direct[1]))
        if change.kind in (ChangeKind.KEPT, ChangeKind.WAITING):
            return Told(change, Cause.NONE, ())
        way = self._chains.to_a_beginning(change.candidate_id, self._begins)
        order = sentences(self._touching.order(change))
        if way is not None:
            people, steps = way
            last = self._direct(self._changes[people[-1]])
            assert last is not None
            return Told(change, Cause.OTHERS, (*steps, *last[1]), tuple(people))
        if order:
            return Told(change, Cause.INPUT, tuple(order))
        return Told(change, Cause.UNKNOWN, (self._why_unknown(),))

    def _why_unknown(self) -> Finding:
        if self._before.round is None or self._after.round is None:
            return finding(_NOT_KNOWN)
        proved = self._before.proved and self._after.proved
        return finding(NO_SINGLE if proved else _NOT_PROVED)

    def _begins(self, who: str) -> bool:
        return self._direct(self._changes[who]) is not None

    def _direct(self, change: Change) -> _Direct | None:
        who = change.candidate_id
        if who not in self._known:
            looking = (
                self._answer,
                self._promise,
                self._status,
                self._possible,
                self._own,
                self._place,
                self._policy,
                self._order,
            )
            self._known[who] = next((f for look in looking if (f := look(change))), None)
        return self._known[who]

    def _answer(self, change: Change) -> _Direct | None:
        """A no to what they had, or a yes to it."""
        who, after = change.candidate_id, self._after.round
        left = {s.vacancy_id for s in change.left}
        declines = after.declines if after is not None and left else ()
        told = [
            finding(_DECLINED[d.by], candidate=who, vacancy=d.vacancy_id)
            for d in declines
            if d.candidate_id == who and d.vacancy_id in left
        ]
        new = self._before.placed.get(who)
        promised = {
            (k.vacancy_id, k.start): k.status
            for k in self._after.locks_of.get(who, ())
            if k.status != LockStatus.OFFERED
        }
        offered = {(s.vacancy_id, s.start) for s in (new.bare if new else ())}
        if change.kind is ChangeKind.KEPT and offered & promised.keys():
            told = [finding(N_("{candidate} said yes, and keeps it."), candidate=who)]
        return (Cause.ANSWER, told) if told else None

    def _promise(self, change: Change) -> _Direct | None:
        """A promise that was made, moved or taken away outside the plan."""
        who = change.candidate_id
        before, after = (
            {Service(k.start, k.end, k.vacancy_id) for k in side.locks_of.get(who, ())}
            for side in (self._before, self._after)
        )
        gone, new = sorted(before.intersection(change.left)), sorted(after & set(change.taken))
        told = [
            finding(
                N_("{vacancy} from {first} to {last} has been promised to {candidate}."),
                vacancy=s.vacancy_id,
                first=s.start,
                last=s.end,
                candidate=who,
            )
            for s in new
        ]
        told += [
            finding(
                N_("The promise of {vacancy} from {first} to {last} to {candidate} is gone."),
                vacancy=s.vacancy_id,
                first=s.start,
                last=s.end,
                candidate=who,
            )
            for s in gone
        ]
        return (Cause.PROMISE, told) if told else None

    def _status(self, change: Change) -> _Direct | None:
        """Somebody new, or somebody who no longer waits."""
        who = change.candidate_id
        told = self._arrived(who) or self._went(change)
        return (Cause.STATUS, [told]) if told is not None else None

    def _arrived(self, who: str) -> Finding | None:
        round, before = self._before.round, self._before
        if who in before.set_aside:
            return finding(
                N_("{candidate} was set aside before, because of errors in their rows."),
                candidate=who,
            )
        if who not in before.people and (round is None or who not in round.candidate):
            return finding(N_("{candidate} is new on the list."), candidate=who)
        waited = who in before.people and before.parts.get(who) != _ON_HOLD
        if waited or self._after.parts.get(who) == _ON_HOLD:
            return None
        return finding(N_("{candidate} was not waiting before, and is now."), candidate=who)

    def _went(self, change: Change) -> Finding | None:
        who, after = change.candidate_id, self._after
        round, part = after.round, after.parts.get(change.candidate_id)
        if who in after.set_aside:
            return finding(
                N_("{candidate} is set aside now, because of errors in their rows."), candidate=who
            )
        waits = part is not None and part != _ON_HOLD
        if change.after or waits or part == self._before.parts.get(who, ""):
            return None
        if part is not None or (round is not None and who in round.candidate):
            status = round.candidate[who].status if round is not None else CandidateStatus(_ON_HOLD)
            if status is CandidateStatus.WAITING:
                return None
            return finding(
                N_("The status of {candidate} is {status} now."), candidate=who, status=status
            )
        if change.kind is ChangeKind.GONE and who in self._before.locks_of:
            return finding(N_("The service of {candidate} is over."), candidate=who)
        return finding(N_("{candidate} is no longer on the list."), candidate=who)

    def _possible(self, change: Change) -> _Direct | None:
        """What they had is no longer possible, or what they have was not possible before."""
        had, has = (side.placed.get(change.candidate_id) for side in (self._before, self._after))
        sides = (
            (had if change.left else None, self._after.round, _NO_LONGER),
            (has if change.taken else None, self._before.round, _NOT_BEFORE),
        )
        for placement, round, text in sides:
            if placement is None or round is None:
                continue
            refusals = _refused(round, placement)
            if text == _NOT_BEFORE and any(f.message == _NO_VACANCY for f in refusals):
                new = [finding(NEW, vacancy=f.value("vacancy")) for f in refusals]
                return Cause.VACANCY, new
            if refusals:
                lead = finding(text, candidate=change.candidate_id)
                cause = self._cause_of_refusal(change, refusals[0])
                return cause, [lead, *refusals, *self._touching.cells(change)]
        return None

    def _cause_of_refusal(self, change: Change, refusal: Finding) -> Cause:
        """What the refusal comes from: what of the inputs is known to differ, and the rule."""
        if refusal.message == _NO_VACANCY or self._touching.vacancies(change):
            return Cause.VACANCY
        if self._touching.own(change):
            return Cause.OWN
        if self._touching.surroundings(change):
            return Cause.INPUT
        if self._policies_differ:
            return Cause.POLICY
        return Cause.TIME if refusal.rule in (LEAD_TIME.id, HORIZON.id) else Cause.INPUT

    def _own(self, change: Change) -> _Direct | None:
        """Their own rows are others than before."""
        rows = self._touching.own(change)
        return (Cause.OWN, sentences(rows)) if rows else None

    def _place(self, change: Change) -> _Direct | None:
        """The rows of the places they had or have, or of what limits these, are others."""
        if vacancies := self._touching.vacancies(change):
            return Cause.VACANCY, sentences(vacancies)
        if rows := self._touching.surroundings(change):
            return Cause.INPUT, sentences(rows)
        days = [] if self._before.round is not None else list(new_days(self._before, change))
        return (Cause.VACANCY, days) if days else None

    def _policy(self, change: Change) -> _Direct | None:
        if not (change.left or change.taken) or not self._policies_differ:
            return None
        return Cause.POLICY, [finding(N_("The plans were made by different policies."))]

    @cached_property
    def _policies_differ(self) -> bool:
        return bool(different_numbers(self._before, self._after))

    def _order(self, change: Change) -> _Direct | None:
        """Somebody who goes before them, and did not before, took what they had."""
        round, who = self._after.round, change.candidate_id
        if round is None or who not in round.candidate:
            return None
        for other, theirs in self._changes.items():
            if not any(s.meets(t) for s in change.left for t in theirs.taken):
                continue
            if _goes_before(round, other, who):
                new = other not in self._before.people
                earlier = self._before.round
                if new or (earlier is not None and not _goes_before(earlier, other, who)):
                    text = _NEW_BEFORE if new else _RANKED_BEFORE
                    return Cause.ORDER, [finding(text, other=other, candidate=who)]
        return None


def _goes_before(round: Round, one: str, other: str) -> bool:
    """Whether the municipality of both ranks one before the other."""
    if one not in round.candidate or other not in round.candidate:
        return False
    first, second = round.candidate[one], round.candidate[other]
    return first.municipality == second.municipality and ranked_before(round, first, second)


_NEW_BEFORE = N_(
    "{other} is new on the list, goes before {candidate} in the municipality's order, and has the "
    "place now."
)
_RANKED_BEFORE = N_(
    "{other} goes before {candidate} in the municipality's order now, and has the place."
)
_NO_LONGER = N_("What {candidate} had is no longer possible:")
_NOT_BEFORE = N_("What {candidate} has was not possible before:")


_NO_VACANCY = N_("The vacancy {vacancy} is not in the input.")


def _refused(round: Round, placement: Placement) -> list[Finding]:
    """Why a placement is not possible in a round; nothing where it is, or where the round does not
    know whom it is about.
    """
    who = placement.candidate_id
    if who not in round.candidate or not round.is_open(who):
        return []
    unknown = [s.vacancy_id for s in placement.bare if s.vacancy_id not in round.vacancy]
    if unknown:
        return [finding(_NO_VACANCY, vacancy=number) for number in unknown]
    found = first_refusal(round, Option(who, placement.shape, Part.WHOLE, placement.bare))
    return [] if found is None else [found]


def different_numbers(before: Side, after: Side) -> list[str]:
    """The keys of the policy that have other values."""
    keys = {*before.policy, *after.policy} - {"source"}
    return sorted(k for k in keys if before.policy.get(k) != after.policy.get(k))

"""The letter to one candidate: what the plan says about them, no more and no less."""

from collections.abc import Iterator

from models.candidate import CandidateStatus
from models.finding import N_, Finding, finding
from models.lock import Lock, LockStatus
from models.placement import Placement
from models.plan import Plan
from models.round import Round
from scheduler.explanations.letter.content import Kind, Letter, Section, Slip, bullets, plain
from scheduler.explanations.letter.offers import (
    answer_section,
    lock_slip,
    next_steps_section,
    offer_section,
    placement_slip,
    questions_section,
    wished_time,
)
from scheduler.explanations.letter.remedies import remedy_findings
from scheduler.explanations.letter.standing import (
    in_conflict,
    lock_findings,
    promised_finding,
    remaining_finding,
    status_finding,
    waiting_findings,
)
from scheduler.explanations.letter.wishes import row_finding, wish_lines
from scheduler.listing.deadlines import reply_by

_TITLES = {
    Kind.OFFER: N_("Offer of hospital service"),
    Kind.PROMISE: N_("Your place in hospital service"),
    Kind.UNPLACED: N_("No place in hospital service in this round"),
    Kind.WAITING: N_("Your place on the waiting list for hospital service"),
    Kind.NOTICE: N_("Your hospital service"),
}


def letter(round: Round, plan: Plan, who: str) -> Letter:
    """Everything that one candidate is told."""
    return _Writer(round, plan, who).letter()


class _Writer:
    """What there is to say to one candidate."""

    def __init__(self, round: Round, plan: Plan, who: str) -> None:
        self._round = round
        self._plan = plan
        self._who = who
        self._locks: tuple[Lock, ...] = round.locks_of.get(who, ())
        self._part = next((u.part for u in plan.unplaced if u.candidate_id == who), None)
        self._placement: Placement | None = next(
            (p for p in plan.answer() if p.candidate_id == who), None
        )

    def letter(self) -> Letter:
        kind = self._kind()
        name = self._round.candidate[self._who].name or self._who
        return Letter(
            self._who,
            kind,
            finding(_TITLES[kind]),
            finding(N_("Dear {name},"), name=name),
            tuple(self._sections()),
            tuple(self._slips()),
        )

    def _kind(self) -> Kind:
        if self._placement is not None:
            return Kind.OFFER
        if self._offered():
            return Kind.OFFER
        if self._part == "unplaced":
            return Kind.UNPLACED
        if self._part is not None:
            return Kind.WAITING
        promised = any(
            lock.status is not LockStatus.OFFERED and lock.end >= self._round.run_date
            for lock in self._locks
        )
        return Kind.PROMISE if promised else Kind.NOTICE

    def _offered(self) -> list[Lock]:
        """Offers that were made before and can be answered: of a vacancy that is still listed, to
        somebody who waits, of days to come, with nothing to be decided about them.
        """
        if self._round.candidate[self._who].status is not CandidateStatus.WAITING:
            return []
        return [
            lock
            for lock in self._locks
            if lock.status is LockStatus.OFFERED
            and lock.vacancy_id in self._round.vacancy
            and lock.end >= self._round.run_date
            and not in_conflict(self._plan, lock)
        ]

    def _sections(self) -> Iterator[Section]:
        if self._placement is not None:
            yield offer_section(self._round, self._placement)
        yield from self._standing()
        yield from self._practical()
        yield from self._wishes()
        yield from self._help()
        yield questions_section(self._round)

    def _standing(self) -> Iterator[Section]:
        """What the candidate has already, and where they stand without anything new."""
        held = tuple(plain(*lock_findings(self._round, self._plan, lock)) for lock in self._locks)
        if held:
            new = self._placement is not None or self._part is not None
            yield Section(finding(N_("What you have already")) if new else None, held)
        told = tuple(self._without())
        if told:
            remains = finding(N_("What remains of your service"))
            heading = remains if held and self._part is not None else None
            yield Section(heading, (plain(*told),))

    def _without(self) -> Iterator[Finding]:
        status = status_finding(self._round, self._who)
        if status is not None:
            yield status
        if self._part is not None:
            yield from waiting_findings(self._round, self._part)
        elif self._placement is None and self._locks:
            yield from remaining_finding(self._round, self._who)
        turns = (t for t in self._plan.turns if t.first == self._who)
        if self._part == "unplaced" and any(t.outcome == "promised" for t in turns):
            yield promised_finding()

    def _wishes(self) -> Iterator[Section]:
        """What was wished; and of those without a place, or of wishes that came before the one that
        is met, why it was not met.
        """
        entries = [e for e in self._plan.explanations if e.candidate_id == self._who]
        if self._placement is not None:
            met = min((e.rank for e in entries if e.outcome == "given"), default=None)
            before = [e for e in entries if met is None or e.rank < met]
            lines = [line for e in before for line in wish_lines(self._round, e)]
            if lines:
                heading = N_("The wishes that you put before this")
                yield Section(finding(heading), tuple(lines))
        elif self._part == "unplaced":
            lines = [line for e in entries for line in wish_lines(self._round, e)]
            when = wished_time(self._round, self._who)
            yield Section(
                finding(N_("What you wished, and why it was not possible")),
                (plain(when), *lines),
            )
        elif self._part is not None:
            rows = self._round.ranked.get(self._who, ())
            when = wished_time(self._round, self._who)
            wished = (plain(when), *bullets(*(row_finding(row) for row in rows)))
            yield Section(finding(N_("What you wished")), wished)

    def _help(self) -> Iterator[Section]:
        if self._part != "unplaced":
            return
        found = [
            told
            for entry in self._plan.help
            if entry.candidate_id == self._who
            for told in remedy_findings(self._round, entry)
        ]
        municipal = finding(
            N_("Your municipality may also look at service in a municipal institution for you.")
        )
        heading = finding(N_("What would have given you a place"))
        yield Section(heading, (*bullets(*found), plain(municipal)))

    def _practical(self) -> Iterator[Section]:
        """What an answer means, and what follows on a yes."""
        slips = [*self._slips()]
        if not slips:
            return
        offered = {lock.vacancy_id for lock in self._offered()}
        parts = 1
        answers = {lock.start: lock.reply_by for lock in self._offered()}
        if self._placement is not None:
            offered |= {segment.vacancy_id for segment in self._placement.bare}
            parts = len(self._placement.stretches)
            answers[self._placement.first_day] = reply_by(self._round)
        yield answer_section(slips, len(offered), parts)
        yield next_steps_section(self._round, answers)

    def _slips(self) -> Iterator[Slip]:
        """An answer slip for every answer that is asked for."""
        if self._placement is not None:
            yield placement_slip(self._round, self._placement)
        for lock in self._offered():
            yield lock_slip(self._round, lock)

"""What the next round's input says other than this one's: from facts to changes, nothing written.

Each change is a state to reach, not a step to take, so that to apply the same answers twice is to
apply them once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.answer import Answer
from models.candidate import Candidate, CandidateStatus
from models.finding import N_, Finding, finding
from models.history import History
from models.lock import Decline, DeclinedBy, Lock, LockStatus
from models.placement import Segment
from models.plan import Plan
from models.round import Round
from models.vacancy import Vacancy
from models.waiver import Waiver
from scheduler.problem.calendar import last_day
from scheduler.quarter.answers.offers import find_lock
from scheduler.quarter.next_round.decisions import Decision, Fate, Unanswered, decide
from scheduler.quarter.next_round.draft import Change, Draft, RowMarked
from scheduler.quarter.next_round.options import NextOptions, input_wrong, new_settings
from scheduler.quarter.next_round.record import history_rows
from scheduler.support.errors import NotApplicableError


@dataclass(frozen=True)
class Next:
    """The changes, the round and the history that they make, and what else there is to tell."""

    changes: tuple[Change, ...]
    round: Round
    history: tuple[History, ...]
    notes: tuple[Finding, ...]


_ACCEPTED = N_("{candidate} has said yes.")
_KEPT = N_("The offer has not been answered yet, and still stands.")
_MONTHS_LOCKED = N_("{candidate} now has a place for {months} of the months.")
_MONTHS_BACK = N_("{candidate} no longer has a place for {months} of the months.")
_SAID_NO = N_("{candidate} has said no.")
_LAPSED = N_("{candidate} had not answered by {reply_by}, which was chosen to count as no.")
_REFUSED = N_("The department has said no to {candidate}.")
_WITHDRAWN = N_("{candidate} has withdrawn.")
_REST = N_("{candidate} still lacks {months} months, which nothing else is promised for.")
_DONE = N_("{candidate} has served everything; the last day was {last}.")
_WAIVER_OVER = N_("The waiver counted until {day}.")
_VACANCY_OVER = N_("The vacancy ended on {day}.")
_RECORD = N_("What the round was for {candidate}.")

_NO_CANDIDATE = N_(
    "{candidate} has a place in the plan, but is no longer in the candidates sheet; put the row "
    "back, or write as the answer that the candidate has withdrawn."
)
_NOT_WAITING = N_(
    "{candidate} is to keep the place in {vacancy}, but has the status {status} in the input; "
    "write another answer, or another status."
)
_NO_VACANCY = N_(
    "{candidate} is to keep the place in {vacancy}, which is no longer in the vacancies sheet; put "
    "the row back, or write no as the department's answer."
)
_TOO_MANY_MONTHS = N_(
    "{candidate} is to keep {months} months in {vacancy}, but lacks only {left} in the input; "
    "correct the months that remain."
)
_NO_LOCK = N_(
    "{candidate} has said yes to {vacancy}, but the offer is no longer in the locks sheet; put the "
    "row back, or correct the answer."
)
_ALREADY_PROMISED = N_(
    "{candidate} has given up the place in {vacancy}, which is {status} in the locks sheet; delete "
    "that row, or correct the answer."
)
_NOTHING_TO_BAR = N_("{vacancy}, which {candidate} does not get, is no longer in the input.")
_SAME_NAME = N_("The round is still called {name}; give it a name of its own with --name.")

# A lock's status once the place has been said yes to.
_PROMISED = (LockStatus.ACCEPTED, LockStatus.CONTRACT, LockStatus.IN_SERVICE)


def next_round(
    round: Round,
    plan: Plan,
    answers: Sequence[Answer],
    options: NextOptions,
    recorded: Sequence[History] = (),
) -> Next:
    """The next round's input, as changes to this one's; `recorded` is the history it has already.

    Raises NotApplicableError with everything that must be cleared up first.
    """
    run_date = options.run_date or plan.round.next_round_date
    unanswered = options.unanswered or (Unanswered.KEEP if options.refill else None)
    decisions, wrong = decide(plan, answers, run_date, unanswered)
    wrong[:0] = input_wrong(round, plan, run_date, options, recorded)
    making = _Making(round, run_date, recorded)
    for decision in decisions:
        making.apply(decision)
    if wrong or making.wrong:
        raise NotApplicableError(*wrong, *making.wrong)
    making.finish(plan, decisions)
    settings = list(new_settings(round, plan, run_date, options))
    if not options.refill and not options.name:
        making.notes.append(finding(_SAME_NAME, name=round.name))
    changes = (*settings, *making.draft.changes(), *making.marked())
    rows = {sheet: making.draft.rows(sheet) for sheet in round.sheets()}
    promised = round.changed(**{s.field: s.new for s in settings}, **rows)
    history = tuple(making.draft.rows(History.sheet))
    return Next(changes, promised, history, tuple(making.notes))


class _Making:
    """The draft of the next round, and what stands in its way."""

    def __init__(self, round: Round, run_date: date, history: Sequence[History]) -> None:
        self._round, self._run_date = round, run_date
        self.draft = Draft({**round.sheets(), History.sheet: tuple(history)})
        self.wrong: list[Finding] = []
        self.notes: list[Finding] = []
        self._lost: set[str] = set()  # candidates who do not get something they were offered

    def apply(self, decision: Decision) -> None:
        """Do what follows from one answer."""
        who = decision.offer.candidate_id
        if self._candidate(who) is None:
            if decision.fate is not Fate.WITHDRAWN:
                self.wrong.append(finding(_NO_CANDIDATE, candidate=who))
            return
        if decision.fate in (Fate.ACCEPTED, Fate.KEPT):
            months = sum(self._promise(decision, s) for s in decision.offer.segments)
            self._months(who, -months)
            return
        why = _why_not(decision)
        if decision.fate is Fate.WITHDRAWN:
            candidate = self._candidate(who)
            if candidate is not None and candidate.status is not CandidateStatus.WITHDRAWN:
                self.draft.set(candidate, why, status=CandidateStatus.WITHDRAWN)
        self._lost.add(who)
        months = sum(self._release(who, s, why) for s in decision.offer.segments)
        self._months(who, months)
        for segment in decision.offer.segments:
            if decision.fate is not Fate.WITHDRAWN:
                self._bar(decision, segment.vacancy_id, why)

    def _candidate(self, who: str) -> Candidate | None:
        return next((c for c in self.draft.rows(Candidate.sheet) if c.candidate_id == who), None)

    def _months(self, who: str, more: int) -> None:
        """More or fewer months remain; the reason counts what all answers have changed so far."""
        candidate = self._candidate(who)
        if more and candidate is not None:
            left = candidate.remaining_months + more
            taken = self._round.candidate[who].remaining_months - left
            text = _MONTHS_LOCKED if taken > 0 else _MONTHS_BACK
            why = finding(text, candidate=who, months=abs(taken))
            self.draft.set(candidate, why, remaining_months=left)

    def _locks(self, who: str) -> list[Lock]:
        return [k for k in self.draft.rows(Lock.sheet) if k.candidate_id == who]

    def _promise(self, decision: Decision, segment: Segment) -> int:
        """See to it that the place is locked; the months that this takes of those remaining."""
        who, name = decision.offer.candidate_id, segment.vacancy_id
        accepted = decision.fate is Fate.ACCEPTED
        lock = find_lock(self._locks(who), who, segment)
        if lock is not None:
            if accepted and lock.status is LockStatus.OFFERED:
                why = finding(_ACCEPTED, candidate=who)
                self.draft.set(lock, why, status=LockStatus.ACCEPTED)
            return 0
        if decision.offer.locked and not accepted:
            return 0  # the coordinator has taken the offer back
        wrong = self._unkeepable(decision, segment)
        if wrong is not None:
            self.wrong.append(wrong)
            return 0
        new = Lock(
            candidate_id=who,
            vacancy_id=name,
            start=segment.start,
            end=segment.end,
            status=LockStatus.ACCEPTED if accepted else LockStatus.OFFERED,
            reply_by=None if accepted else decision.reply_by,
        )
        self.draft.add(new, finding(_ACCEPTED, candidate=who) if accepted else finding(_KEPT))
        return segment.months

    def _unkeepable(self, decision: Decision, segment: Segment) -> Finding | None:
        """Why a place can no longer be promised, if so."""
        who, name = decision.offer.candidate_id, segment.vacancy_id
        candidate = self._round.candidate[who]
        months = sum(s.months for s in decision.offer.segments)
        left = candidate.remaining_months
        if decision.offer.locked:
            return finding(_NO_LOCK, candidate=who, vacancy=name)
        if candidate.status is not CandidateStatus.WAITING:
            return finding(_NOT_WAITING, candidate=who, vacancy=name, status=candidate.status)
        if name not in self._round.vacancy:
            return finding(_NO_VACANCY, candidate=who, vacancy=name)
        if left < months:
            return finding(_TOO_MANY_MONTHS, candidate=who, vacancy=name, months=months, left=left)
        return None

    def _release(self, who: str, segment: Segment, why: Finding) -> int:
        """Take away the lock of an offer, if it has one; the months that this gives back."""
        lock = find_lock(self._locks(who), who, segment)
        if lock is None:
            return 0
        if lock.status in _PROMISED:
            told = {"candidate": who, "vacancy": lock.vacancy_id, "status": lock.status}
            self.wrong.append(finding(_ALREADY_PROMISED, **told))
            return 0
        self.draft.remove(lock, why)
        return whole_months(lock.start, lock.end)

    def _bar(self, decision: Decision, vacancy_id: str, why: Finding) -> None:
        who = decision.offer.candidate_id
        if vacancy_id not in self._round.vacancy:
            self.notes.append(finding(_NOTHING_TO_BAR, vacancy=vacancy_id, candidate=who))
            return
        barred = {(d.candidate_id, d.vacancy_id) for d in self.draft.rows(Decline.sheet)}
        if (who, vacancy_id) not in barred:
            refused = decision.fate is Fate.REFUSED
            self.draft.add(
                Decline(
                    candidate_id=who,
                    vacancy_id=vacancy_id,
                    declined_on=decision.answered_on,
                    by=DeclinedBy.DEPARTMENT if refused else DeclinedBy.CANDIDATE,
                ),
                why,
            )

    def finish(self, plan: Plan, decisions: Sequence[Decision]) -> None:
        """What time has brought, and the record of the round."""
        for candidate in self.draft.rows(Candidate.sheet):
            self._stands(candidate)
        for waiver in self.draft.rows(Waiver.sheet):
            if waiver.valid_to is not None and waiver.valid_to < self._run_date:
                self.draft.remove(waiver, finding(_WAIVER_OVER, day=waiver.valid_to))
        known = {(h.round, h.run_date, h.candidate_id): h for h in self.draft.rows(History.sheet)}
        for row in history_rows(self._round, plan, decisions):
            before = known.get((row.round, row.run_date, row.candidate_id))
            why = finding(_RECORD, candidate=row.candidate_id)
            if before is None:
                self.draft.add(row, why)
            else:
                self.draft.set(before, why, answer=row.answer)

    def _stands(self, candidate: Candidate) -> None:
        """Who has served everything is done; who lacks something that is promised nowhere waits."""
        who = candidate.candidate_id
        locks = self._locks(who)
        if candidate.status is not CandidateStatus.WAITING or not locks:
            return
        last, months = max(k.end for k in locks), candidate.remaining_months
        over = last < self._run_date
        if over and not months:
            self.draft.set(
                candidate,
                finding(_DONE, candidate=who, last=last),
                status=CandidateStatus.DONE,
            )
        elif months and not candidate.plan_rest and (over or who in self._lost):
            self.draft.set(candidate, finding(_REST, candidate=who, months=months), plan_rest=True)

    def marked(self) -> Iterator[RowMarked]:
        """The vacancies that ended since the last run date."""
        for vacancy in self.draft.rows(Vacancy.sheet):
            if self._round.run_date <= vacancy.end < self._run_date:
                why = finding(_VACANCY_OVER, day=vacancy.end)
                yield RowMarked(Vacancy.sheet, vacancy, why)


def _why_not(decision: Decision) -> Finding:
    who = decision.offer.candidate_id
    if decision.fate is Fate.LAPSED:
        return finding(_LAPSED, candidate=who, reply_by=decision.reply_by)
    texts = {Fate.DECLINED: _SAID_NO, Fate.REFUSED: _REFUSED, Fate.WITHDRAWN: _WITHDRAWN}
    return finding(texts[decision.fate], candidate=who)


def whole_months(first: date, last: date) -> int:
    """The whole months from the first day to the last."""
    months = 0
    while last_day(first, months + 1) <= last:
        months += 1
    return months

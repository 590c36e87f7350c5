"""Tiny years, quarter by quarter: what was promised holds, and nobody is lost.

What should be is counted here from the answers alone, with nothing of what makes the next round.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.answer import CandidateAnswer, DepartmentAnswer
from models.candidate import CandidateStatus, SplitWish
from models.history import History
from models.lock import LockStatus
from models.plan import Plan
from models.vacancy import Vacancy
from scheduler.quarter.answers.offers import offer_rows
from scheduler.quarter.next_round.decisions import Unanswered
from scheduler.quarter.next_round.next import next_round
from scheduler.quarter.next_round.options import NextOptions
from tests.builders import DEPARTMENT, TRUST, Department, a_round, candidate, policy, vacancy, wish
from tests.quarter.quick import quick_plan

# Of a hundred offers: 70 yes, 14 no, 6 withdrawn, 10 without an answer; and one department in ten
# says no.
ANSWERS = st.sampled_from(["yes"] * 70 + ["no"] * 14 + ["withdrawn"] * 6 + ["blank"] * 10)
REFUSES = st.sampled_from([True] + [False] * 9)
SITES = ("Bodø", "Lofoten")


def months(first: date, last: date) -> int:
    """The months from one day to another, both first and last of a month here."""
    after = last + timedelta(days=1)
    return (after.year - first.year) * 12 + after.month - first.month


def month(base: date, later: int) -> date:
    index = base.year * 12 + base.month - 1 + later
    return date(index // 12, index % 12 + 1, 1)


class Year(RuleBasedStateMachine):
    """A coordinator's year: plans, answers, refills, next rounds, and what comes in between."""

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.number = 0
        self.asked: dict[str, date] = {}  # candidate → waits since
        self.kept: set[tuple[str, str, date, date]] = set()  # said yes to
        self.barred: set[tuple[str, str]] = set()
        self.left: set[str] = set()  # withdrawn
        self.history: tuple[History, ...] = ()
        self.rounds = 0
        people = [self.person(data, date(2026, 3, 1)) for _ in range(4)]
        windows = [self.window(data, date(2026, 3, 1)) for _ in range(3)]
        self.round = a_round(
            people,
            windows,
            departments=[
                Department(trust=TRUST, site=site, department=DEPARTMENT) for site in SITES
            ],
            policy=policy(require_agreement=False, require_priority=False),
            wishes=[w for p in people for w in self.wished(data, p.candidate_id)],
        )

    def planned(self) -> Plan:
        plan = quick_plan(self.round)
        for placement in plan.placements:
            # Nobody is offered again what was declined.
            for segment in placement.segments:
                assert (placement.candidate_id, segment.vacancy_id) not in self.barred
            assert placement.candidate_id not in self.left
            assert self.round.is_open(placement.candidate_id)
        return plan

    def person(self, data: st.DataObject, now: date) -> Any:
        self.number += 1
        who = f"K{self.number}"
        self.asked[who] = now
        return candidate(
            who,
            wished_start=month(now, data.draw(st.integers(4, 8))),
            registered_on=now,
            split=data.draw(st.sampled_from(SplitWish)),
            open_to_other_sites=data.draw(st.booleans()),
            open_to_other_departments=True,
        )

    def wished(self, data: st.DataObject, who: str) -> list[Any]:
        return [wish(who, 1, site=data.draw(st.sampled_from(SITES)))]

    def window(self, data: st.DataObject, now: date) -> Vacancy:
        self.number += 1
        start = month(now, data.draw(st.integers(4, 9)))
        length = data.draw(st.sampled_from((3, 3, 6, 6, 9, 12)))
        return vacancy(
            f"V{self.number}",
            start,
            month(start, length) - timedelta(days=1),
            site=data.draw(st.sampled_from(SITES)),
        )

    def what_is_new(self, data: st.DataObject) -> None:
        """Somebody registers, and a department reports a vacancy, or neither."""
        if len(self.round.candidates) < 8 and data.draw(st.booleans()):
            person = self.person(data, self.round.run_date)
            self.round = self.round.changed(
                candidates=[*self.round.candidates, person],
                wishes=[*self.round.wishes, *self.wished(data, person.candidate_id)],
            )
        if len(self.round.vacancies) < 8 and data.draw(st.booleans()):
            new = self.window(data, self.round.run_date)
            self.round = self.round.changed(vacancies=[*self.round.vacancies, new])

    @rule(data=st.data(), refill=st.booleans(), keep=st.booleans(), gone=REFUSES)
    def answers_come(self, data: st.DataObject, refill: bool, keep: bool, gone: bool) -> None:
        refill = refill and (self.round.next_round_date - self.round.run_date).days > 20
        self.rounds += 1
        self.plan = self.planned()
        if gone:
            self.lose_a_vacancy(data)
        rows, said = [], {}
        offers = offer_rows(self.plan, self.round)
        due = [o.reply_by for o in offers if o.reply_by is not None]
        # Whoever may still answer on the day of the next round has not said no.
        keep = keep or refill or max(due, default=date.min) > self.plan.round.next_round_date
        placed = {p.candidate_id: p for p in self.plan.placements}
        for row in offers:
            who = row.candidate_id
            new = who in placed and row.vacancies in (
                ", ".join(s.vacancy_id for s in placed[who].segments),
                *(s.vacancy_id for s in placed[who].segments),
            )
            # Both halves of one offer are answered alike.
            key = who if new else row.vacancies
            if key not in said:
                said[key] = data.draw(ANSWERS)
            lost = any(v not in self.round.vacancy for v in row.vacancies.split(", "))
            refused = lost or data.draw(REFUSES)
            rows.append(
                row.model_copy(
                    update={
                        "candidate_answer": None
                        if said[key] == "blank"
                        else CandidateAnswer(said[key]),
                        "answered_on": row.reply_by,
                        "department_answer": DepartmentAnswer.NO if refused else None,
                    }
                )
            )
            self.count(row, said[key], refused, keep)
        day = self.plan.round.run_date + timedelta(days=20) if refill else None
        chosen = Unanswered.KEEP if keep else Unanswered.DECLINED
        options = NextOptions(day, refill, chosen, name=f"Runde {self.rounds}")
        made = next_round(self.round, self.plan, rows, options, self.history)
        again = next_round(made.round, self.plan, rows, options, made.history)
        assert again.changes == ()
        assert again.round == made.round
        assert {(h.round, h.run_date, h.candidate_id) for h in self.history} <= {
            (h.round, h.run_date, h.candidate_id) for h in made.history
        }
        self.round, self.history = made.round, made.history
        self.what_is_new(data)

    def lose_a_vacancy(self, data: st.DataObject) -> None:
        promised = {v for _, v, _, _ in self.kept} | {v for _, v in self.barred}
        free = [v for v in self.round.vacancies if v.vacancy_id not in promised]
        offered = {s.vacancy_id for k in self.round.locks for s in [k]}
        free = [v for v in free if v.vacancy_id not in offered]
        if free:
            lost = data.draw(st.sampled_from(free))
            self.round = self.round.changed(
                vacancies=[v for v in self.round.vacancies if v is not lost]
            )

    def count(self, row: Any, answer: str, refused: bool, keep: bool) -> None:
        """What the answer means, in the words of the contract."""
        who = row.candidate_id
        names = row.vacancies.split(", ")
        here = [v for v in names if v in self.round.vacancy]
        if answer == "withdrawn":
            self.left.add(who)
        elif answer == "no" or refused:
            self.barred |= {(who, v) for v in here}
        elif answer == "yes":
            self.kept.add((who, row.vacancies, row.first_day, row.last_day))
        elif not keep:
            self.barred |= {(who, v) for v in here}

    @invariant()
    def nobody_is_lost(self) -> None:
        assert {c.candidate_id for c in self.round.candidates} == self.asked.keys()
        for person in self.round.candidates:
            who = person.candidate_id
            locked = sum(months(k.start, k.end) for k in self.round.locks_of.get(who, ()))
            assert locked + person.remaining_months == 6, who
            status = person.status
            if who in self.left:
                assert status is CandidateStatus.WITHDRAWN
            elif status is CandidateStatus.DONE:
                assert person.remaining_months == 0
                assert all(k.end < self.round.run_date for k in self.round.locks_of[who])
            else:
                assert status is CandidateStatus.WAITING
                # Whoever lacks months is planned for now.
                assert (person.remaining_months > 0) == self.round.is_open(who), who

    @invariant()
    def every_yes_keeps_its_place_and_days(self) -> None:
        promised = [k for k in self.round.locks if k.status is not LockStatus.OFFERED]
        days = {(k.candidate_id, k.vacancy_id, k.start, k.end) for k in promised}
        for who, names, first, last in self.kept:
            own = [d for d in days if d[0] == who and d[1] in names.split(", ")]
            assert min(d[2] for d in own if first <= d[2] <= last) == first
            assert max(d[3] for d in own if first <= d[3] <= last) == last
        assert len(days) == sum(len(names.split(", ")) for _, names, _, _ in self.kept)

    @invariant()
    def every_decline_bars_just_its_vacancy(self) -> None:
        assert {(d.candidate_id, d.vacancy_id) for d in self.round.declines} == self.barred

    @invariant()
    def waiting_time_never_shrinks(self) -> None:
        for person in self.round.candidates:
            assert person.registered_on == self.asked[person.candidate_id]


Years = Year.TestCase
Years.settings = settings(
    deadline=None,
    stateful_step_count=6,
    max_examples=max(200, settings().max_examples),
)

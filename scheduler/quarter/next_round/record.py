"""The sheet History: a row for each candidate and round, never taken away."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from models.history import History, OfferAnswer, Outcome
from models.plan import Plan
from models.round import Round
from scheduler.quarter.answers.offers import vacancy_list
from scheduler.quarter.next_round.decisions import Decision

# Of several answers of one candidate, the one that says most of what became of it.
_WEIGHT = (
    OfferAnswer.WITHDRAWN,
    OfferAnswer.NO,
    OfferAnswer.DEPARTMENT_NO,
    OfferAnswer.NO_ANSWER,
    OfferAnswer.YES,
)


def history_rows(round: Round, plan: Plan, decisions: Sequence[Decision]) -> Iterator[History]:
    """What the plan's round was for everybody who is in the plan and still in the input."""
    answers: defaultdict[str, set[OfferAnswer]] = defaultdict(set)
    for one in decisions:
        answers[one.offer.candidate_id].add(one.answer)
    parts = {u.candidate_id: Outcome(u.part) for u in plan.unplaced}
    placed = {p.candidate_id: p for p in plan.placements}
    locks: defaultdict[str, list[str]] = defaultdict(list)
    for lock in plan.locks:
        locks[lock.candidate_id].append(lock.vacancy_id)
    for who in sorted({*parts, *placed, *locks} & round.candidate.keys()):
        placement = placed.get(who)
        ranks = [s.wish_rank for s in placement.segments if s.wish_rank] if placement else []
        places = [s.vacancy_id for s in placement.segments] if placement else locks[who]
        waiting = parts.get(who, Outcome.LOCKED)
        yield History(
            round=plan.round.name,
            run_date=plan.round.run_date,
            candidate_id=who,
            municipality=round.candidate[who].municipality,
            outcome=Outcome.PLACED if placement else waiting,
            vacancies=vacancy_list(places),
            points=placement.points if placement else None,
            wish_rank=min(ranks, default=None),
            answer=next((a for a in _WEIGHT if a in answers[who]), None),
        )

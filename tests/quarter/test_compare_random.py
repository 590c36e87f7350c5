"""Comparisons of random rounds, against plain counting that shares no code with them."""

from random import Random

from models.round import Round
from scheduler.quarter.comparing.compare import Cause, ChangeKind, Told
from scheduler.quarter.comparing.side import Side
from tests.quarter.sides import compared, side, without_input
from tests.random_rounds import enough, few, random_round

Days = set[tuple[str, str, str]]


def has(plan: Side, who: str) -> Days:
    """What somebody has in a plan, as plain texts."""
    new = {
        (s.vacancy_id, s.start.isoformat(), s.end.isoformat())
        for p in plan.placements
        if p.candidate_id == who
        for s in p.bare
    }
    promised = {
        (k.vacancy_id, k.start.isoformat(), k.end.isoformat())
        for k in plan.locks
        if k.candidate_id == who and k.end >= plan.run_date
    }
    return new | promised


def changed(round: Round, r: Random) -> Round:
    """The round with one thing different."""
    vacancy, person = r.choice(round.vacancies), r.choice(round.candidates)
    match r.randrange(4):
        case 0:
            wider = vacancy.model_copy(update={"positions": vacancy.positions + 1})
            return round.with_row("vacancies", vacancy, wider)
        case 1:
            none = vacancy.model_copy(update={"positions": 0})
            return round.with_row("vacancies", vacancy, none)
        case 2:
            other = person.model_copy(update={"open_to_other_sites": True, "on_call": True})
            return round.with_row("candidates", person, other)
        case _:
            known = [
                v for v in round.vacancies if v is not vacancy or v.vacancy_id in _named(round)
            ]
            return round.swapped(vacancies=known)


def _named(round: Round) -> set[str]:
    return {k.vacancy_id for k in round.locks} | {d.vacancy_id for d in round.declines}


def overlap(one: Days, two: Days) -> bool:
    return any(a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2] for a in one for b in two)


def test_everybody_is_told_of_once_and_rightly() -> None:
    seen: dict[ChangeKind, int] = dict.fromkeys(ChangeKind, 0)
    chains = 0
    for seed in range(few(60)):
        before = side(random_round(seed, people=6, windows=2))
        assert before.round is not None
        after = side(changed(before.round, Random(seed)))
        found = compared(before, after)
        assert found.keys() == before.people | after.people
        for who, told in found.items():
            one, two = has(before, who), has(after, who)
            kind = told.change.kind
            seen[kind] += 1
            assert (kind is ChangeKind.GAINED) == (not one and bool(two)), seed
            assert (kind is ChangeKind.LOST) == (bool(one) and not two), seed
            assert (kind is ChangeKind.MOVED) == (one != two and bool(one and two)), seed
            assert (kind is ChangeKind.KEPT) == (one == two and bool(one)), seed
            # Where both inputs are known there is a reason for whatever is different.
            assert bool(told.reasons) == (one != two), (seed, who)
            chains += check_chain(told, found, before, after)
        for told in compared(without_input(before), without_input(after)).values():
            known = (Cause.NONE, Cause.UNKNOWN, Cause.PROMISE, Cause.STATUS, Cause.ANSWER)
            assert told.cause in (*known, Cause.OTHERS), seed
    assert enough(seen[ChangeKind.GAINED], 2)
    assert enough(seen[ChangeKind.LOST], 3)
    assert enough(seen[ChangeKind.MOVED], 3)
    assert enough(chains, 2)


def check_chain(told: Told, found: dict[str, Told], before: Side, after: Side) -> bool:
    """Whether there is a chain; each in it took what the next one left, or the other way round, and
    it ends with somebody whose change has a cause of its own.
    """
    if told.cause is not Cause.OTHERS:
        assert told.chain == ()
        return False
    assert told.chain[0] == told.change.candidate_id
    for one, other in zip(told.chain, told.chain[1:], strict=False):
        mine, theirs = has(before, one), has(before, other)
        took, taken = has(after, one) - mine, has(after, other) - theirs
        left, given = mine - has(after, one), theirs - has(after, other)
        assert overlap(took, given) or overlap(left, taken)
    assert found[told.chain[-1]].cause not in (Cause.OTHERS, Cause.UNKNOWN, Cause.NONE)
    return True

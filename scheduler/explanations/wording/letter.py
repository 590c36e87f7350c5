"""A short letter to one candidate: what they have and why, without points and without others."""

from collections.abc import Iterator

from models.candidate import CandidateStatus
from models.explanation import Change, ExplanationEntry, OpennessChange, WishChange
from models.finding import N_, Finding, finding
from models.plan import Plan
from models.round import Round
from models.vacancy import Certainty
from scheduler.explanations.wording.words import to_candidate
from scheduler.rules.catalogue import CEILING

_PARTS = {
    "unplaced": N_("There is no place for you in this round. You keep the time you have waited."),
    "past_limit": N_(
        "The period you wished for can no longer be kept. Your municipality must confirm a new "
        "wish; you keep the time you have waited."
    ),
    "not_yet_ready": N_(
        "You can begin only after the period that is planned now. You keep the time you have "
        "waited."
    ),
    "on_hold": N_("You are on hold, and are not considered in this round."),
}
_STATUSES = {
    CandidateStatus.WITHDRAWN: N_(
        "You have withdrawn, and are not considered for a new place in this round."
    ),
    CandidateStatus.MUNICIPAL: N_(
        "You are to serve in a municipal institution, and are not considered for a new place in "
        "this round."
    ),
    CandidateStatus.DONE: N_("Your hospital service is registered as completed."),
}
_OPENNESS = {
    "sites": N_("You could have had a place if you were open to other sites."),
    "departments": N_("You could have had a place if you were open to other departments."),
    "split": N_("You could have had a place if you accepted three plus three months."),
}


def letter(round: Round, plan: Plan, who: str) -> Iterator[Finding]:
    """The sentences of the letter, in their order."""
    yield finding(N_("Dear {name},"), name=round.candidate[who].name or who)
    for lock in round.locks_of.get(who, ()):
        vacancy = round.vacancy.get(lock.vacancy_id)
        if vacancy is None:
            yield finding(
                N_(
                    "You have a place from {first} to {last}, but its vacancy is no longer listed; "
                    "you will hear from the coordinator."
                ),
                first=lock.start,
                last=lock.end,
            )
        else:
            yield finding(
                N_("Your place at {site}, {department}, from {first} to {last} stands."),
                site=vacancy.site,
                department=vacancy.department,
                first=lock.start,
                last=lock.end,
            )
    for placement in plan.answer():
        for segment in placement.bare if placement.candidate_id == who else ():
            vacancy = round.vacancy[segment.vacancy_id]
            yield finding(
                N_("The plan gives you service at {site}, {department}, from {first} to {last}."),
                site=vacancy.site,
                department=vacancy.department,
                first=segment.start,
                last=segment.end,
            )
            if vacancy.certainty is Certainty.EXPECTED:
                yield finding(N_("This is subject to the expected vacancy being confirmed."))
    status = round.candidate[who].status
    if status in _STATUSES:
        yield finding(_STATUSES[status])
    parts = [u.part for u in plan.unplaced if u.candidate_id == who]
    yield from (finding(_PARTS[part]) for part in parts)
    promised = any(turn.first == who and turn.outcome == "promised" for turn in plan.turns)
    if promised and "unplaced" in parts:
        yield finding(
            N_(
                "Places that were promised before this round are kept, also where your "
                "municipality has put you before the one who has the place."
            )
        )
    for entry in plan.explanations:
        if entry.candidate_id == who:
            yield from _wish(entry)
    if "unplaced" in parts:
        yield from _help(plan, who)


def _wish(entry: ExplanationEntry) -> Iterator[Finding]:
    rank = entry.rank
    if entry.outcome == "given":
        yield finding(N_("Your wish number {rank} is met."), rank=rank)
    elif entry.outcome == "own_better":
        yield finding(
            N_(
                "Your wish number {rank} was possible, but what you have is at least as good by "
                "your own list."
            ),
            rank=rank,
        )
    elif entry.outcome == "rule":
        if not entry.refusals:
            yield finding(
                N_("No vacancy in this round answers to your wish number {rank}."), rank=rank
            )
            return
        yield finding(N_("Your wish number {rank} was not possible."), rank=rank)
        told = {r.finding.finding(): None for r in entry.refusals if r.finding.rule != CEILING.id}
        yield from map(to_candidate, told)
    elif entry.harm is not None and entry.harm.kind == "rules":
        yield finding(
            N_(
                "Your wish number {rank} could not be met in any plan that keeps the rules and the "
                "promises made."
            ),
            rank=rank,
        )
    else:
        yield finding(
            N_(
                "Your wish number {rank} was possible, but others have those places, because that "
                "is best for the candidates as a whole by the region's rules."
            ),
            rank=rank,
        )


def _help(plan: Plan, who: str) -> Iterator[Finding]:
    """What the candidate alone could change."""
    changes: list[Change] = [
        remedy.changes[0]
        for entry in plan.help
        if entry.candidate_id == who
        for remedy in entry.remedies
        if len(remedy.changes) == 1
    ]
    for change in changes:
        match change:
            case OpennessChange(to=to):
                yield finding(_OPENNESS[to])
            case WishChange(months=months) if months > 0:
                yield finding(
                    N_("You could have had a place if you wished for a period {n} month later."),
                    plural=N_(
                        "You could have had a place if you wished for a period {n} months later."
                    ),
                    n=months,
                )
            case WishChange(months=months):
                yield finding(
                    N_("You could have had a place if you wished for a period {n} month earlier."),
                    plural=N_(
                        "You could have had a place if you wished for a period {n} months earlier."
                    ),
                    n=-months,
                )
            case _:
                pass
    yield finding(
        N_("Your municipality may also look at service in a municipal institution for you.")
    )

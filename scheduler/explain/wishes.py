"""What became of every ranked wish (SPEC section 8a): given, or the rules that shut it out.

A wish that was possible but not given is marked as not examined; nothing is guessed.
"""

from collections.abc import Iterator, Mapping, Sequence

from models.placement import Placement
from models.plan import ExplanationEntry, FindingEntry, RefusalEntry
from models.wish import Wish
from scheduler.case import Case
from scheduler.explain.refusals import Refusals


def explain_wishes(case: Case, placements: Sequence[Placement]) -> list[ExplanationEntry]:
    """One entry for every open candidate and ranked row, in the order of id and rank."""
    placed = {p.candidate_id: p for p in placements}
    refusals = Refusals(case.round, case.choices)
    return [
        _explain(case, refusals, placed, row)
        for candidate in case.round.open_candidates
        for row in case.round.ranked.get(candidate.candidate_id, ())
    ]


def _explain(
    case: Case, refusals: Refusals, placed: Mapping[str, Placement], row: Wish
) -> ExplanationEntry:
    who, rank = row.candidate_id, int(row.rank)
    placement = placed.get(who)
    if placement and any(p.wish_rank == rank for p in placement.segments):
        return ExplanationEntry(candidate_id=who, rank=rank, outcome="given", refusals=[])
    possible = set(_possible_vacancies(case, who))
    matching = [v for v in case.round.vacancies if row.matches(*v.department_key)]
    if any(v.vacancy_id in possible for v in matching):
        return ExplanationEntry(candidate_id=who, rank=rank, outcome="not_examined", refusals=[])
    candidate = case.round.candidate[who]
    return ExplanationEntry(
        candidate_id=who,
        rank=rank,
        outcome="rule",
        refusals=[
            RefusalEntry(
                vacancy_id=v.vacancy_id, finding=FindingEntry.of(refusals.of(candidate, v))
            )
            for v in matching
        ],
    )


def _possible_vacancies(case: Case, who: str) -> Iterator[str]:
    choices = case.choices[who]
    for choice in (*choices.whole, *choices.firsts, *choices.seconds):
        for segment in choice.option.segments:
            yield segment.vacancy_id

"""Replaying explanations: every statement worked out anew, and its proofs asked for again."""

from collections.abc import Mapping, Sequence

from models.explanation import HarmEntry, HelpEntry
from models.plan import Plan
from models.proved import Proved
from models.wish import Wish
from scheduler.explanations.all import explain
from scheduler.explanations.answers.help import Helper, not_examined
from scheduler.explanations.asking import QUICK, Questions
from scheduler.explanations.standing import Standing
from scheduler.goals.catalogue import goals_of
from scheduler.problem.case import Case
from scheduler.solver.clock import Clock
from scheduler.solver.solve import Solution, solve
from scheduler.support.workers import Workers
from scheduler.verification.found import Replayed
from scheduler.verification.retelling import LISTS, differing

# Processes of their own pay for so many people to help, times those placed.
_WORTH = 2000


def replay(plan: Plan, case: Case, workers: int = 1) -> Replayed:
    """Work out every explanation again, of a sound plan whose statements were checked (see
    `check_statements`). What was proved by solving is solved again.

    What a plan says was not examined is not examined here either.
    """
    found = differing(plan, explain(case, plan.answer(), _Asked(plan, case, workers)))
    skipped = [e for e in plan.explanations if e.outcome == "taken" and e.harm is None]
    skipped_days = [e for e in plan.unused if e.reason == "not_examined"]
    skipped_help = [e for e in plan.help if not e.examined]
    skipped_cost = [e for e in plan.gave_way if e.outcome == "not_examined"]
    return Replayed(
        sum(len(getattr(plan, name)) for name in LISTS),
        sum(len(own) for own in (skipped, skipped_days, skipped_help, skipped_cost)),
        tuple(dict.fromkeys(found)),
    )


def _help(helper: Helper, who: str, *_: object) -> HelpEntry:
    return helper.entry(who)


class _Asked:
    """What would help, worked out again; what would get worse, as the plan has it where another
    plan shows it, which is checked by itself, and solved again where it is said to be proved.
    """

    def __init__(self, plan: Plan, case: Case, workers: int) -> None:
        self._said = {(e.candidate_id, e.rank): e.harm for e in plan.explanations}
        self._plan = plan
        self._case = case
        self._workers = workers
        self._left_out = {e.candidate_id for e in plan.help if not e.examined and not e.remedies}

    def helps(self, people: Sequence[str]) -> list[HelpEntry]:
        placements = self._plan.answer()
        asked = [who for who in people if who not in self._left_out]
        tasks = [lambda who=who: (who,) for who in asked]
        pays = self._workers > 1 and len(asked) * len(placements) > _WORTH
        helper = Helper(Standing(self._case, placements))
        with Workers(helper, self._workers if pays else 0) as others:
            helps = dict(zip(asked, others.map_all(_help, tasks), strict=True))
        return [helps.get(who) or not_examined(who) for who in people]

    def harms(self, rows: Sequence[Wish]) -> list[HarmEntry | None]:
        said = [self._said.get((row.candidate_id, int(row.rank))) for row in rows]
        proved = {row: harm for row, harm in zip(rows, said, strict=True) if _is_proved(harm)}
        if not proved:
            return said
        solution = solve(self._case, workers=self._workers)
        if solution.placements != self._plan.answer():
            # Another plan is as good or better; nothing is proved of this one.
            return [None if _is_proved(harm) else harm for harm in said]
        true = self._again(solution, proved)
        return [true.get(row, harm) for row, harm in zip(rows, said, strict=True)]

    def _again(
        self, solution: Solution, said: Mapping[Wish, HarmEntry | None]
    ) -> dict[Wish, HarmEntry | None]:
        """What is true of each row: what is said, if it is."""
        true: dict[Wish, HarmEntry | None] = {}
        for work in (QUICK, None):
            rows = [row for row in said if row not in true]
            if not rows:
                break
            with Questions(solution, Clock(), work, self._workers) as asked:
                found = dict(zip(rows, asked.harms(rows), strict=True))
            searched = work is None
            true |= {
                row: said[row]
                for row in rows
                if self._bears_out(found[row], said[row], searched=searched)
            }
        return {row: true.get(row, found.get(row)) for row in said}

    def _bears_out(
        self, found: HarmEntry | None, said: HarmEntry | None, *, searched: bool
    ) -> bool:
        """Whether what was found shows what is said; `searched` if all plans were, and not only
        those nearly the same.

        Several plans may meet the wish equally well; which of them is told is not the point.
        """
        if found is None or said is None:
            return False
        return _same_harm(found, said) or self._above(found, said, searched=searched)

    def _above(self, found: HarmEntry, said: HarmEntry, *, searched: bool) -> bool:
        """Whether what is said to be the least that a wish costs is not more than it does cost."""
        # Of a goal that is a list only the first number is proved, so it is told as not proved.
        known = found.proof is not Proved.NONE or (searched and not isinstance(found.before, int))
        if said.kind != "least" or found.kind != "goal" or not known:
            return said.kind == "least" and found.kind == "rules"
        goals = [g for g in goals_of(self._case) if g.id in (found.goal, said.goal)]
        if len(goals) == 2 or not isinstance(said.after, int) or not isinstance(found.after, int):
            return goals[0].id == found.goal
        return found.after <= said.after if goals[0].maximise else found.after >= said.after


def _is_proved(harm: HarmEntry | None) -> bool:
    return harm is not None and harm.proof is not Proved.NONE


def _same_harm(one: HarmEntry, other: HarmEntry) -> bool:
    return one.model_copy(update={"changes": []}) == other.model_copy(update={"changes": []})

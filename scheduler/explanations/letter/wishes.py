"""What was wished, and why a wish was not met: others are only ever somebody else."""

from collections.abc import Iterator, Mapping

from models.explanation import ExplanationEntry, HarmEntry
from models.finding import N_, Finding, finding
from models.proved import Proved
from models.round import Round
from models.wish import Wish
from scheduler.explanations.letter.content import Line, bullets, plain
from scheduler.explanations.letter.refusals import declined_findings, refusal_findings
from scheduler.goals.lot import Lot

# By which of trust, site and department the row names.
_ROWS: Mapping[tuple[bool, bool, bool], str] = {
    (False, False, False): N_("Wish {rank}: any department."),
    (True, False, False): N_("Wish {rank}: any department of {trust}."),
    (False, True, False): N_("Wish {rank}: any department at {site}."),
    (False, False, True): N_("Wish {rank}: {department}, at any site."),
    (True, True, False): N_("Wish {rank}: any department at {site} ({trust})."),
    (True, False, True): N_("Wish {rank}: {department}, at any site of {trust}."),
    (False, True, True): N_("Wish {rank}: {department}, {site}."),
    (True, True, True): N_("Wish {rank}: {department}, {site} ({trust})."),
}

# What stands in the way of a place that was possible, by the rule.
OBSTACLES: Mapping[str, str] = {
    "capacity": N_("Somebody else has that place."),
    "department-cap": N_("The department cannot have more at the same time."),
    "arrivals": N_("The department cannot receive more on the same day."),
    "cover": N_("Your municipality cannot have more away at the same time."),
    "pairs": N_("It does not go together with what is agreed about you and somebody else."),
    "municipal-order": N_(
        "With you there, the order in which a municipality has put its candidates would be broken."
    ),
}

# What would get worse first, in the order of the region's aims.
WORSE: Mapping[str, str] = {
    "last-chance": N_(
        "If the wish were met, fewer of those who have their last chance now would have a place."
    ),
    "placed": N_("If the wish were met, fewer candidates would have a place."),
    "waiting": N_(
        "If the wish were met, those who have a place would have waited for a shorter time in all."
    ),
    "hard-hit": N_(
        "If the wish were met, more candidates would have a place far from what they wished."
    ),
    "wishes": N_(
        "If the wish were met, the candidates as a whole would be further from what they wished."
    ),
    "unchanged": N_(
        "If the wish were met, more candidates would lose what the plan before this gave them."
    ),
    "order": N_("If the wish were met, somebody who has waited longer would be worse off."),
    "municipal-rank": N_(
        "If the wish were met, fewer of those whom their municipality puts first would have a "
        "place."
    ),
    "lot": N_("Between plans that are equally good, lots were drawn."),
}
_BEST_FOUND = N_(
    "We have found no way of meeting the wish that is better than this for the candidates as a "
    "whole, by the region's rules."
)
_AS_A_WHOLE = N_(
    "It is proved that if the wish were met, the plan would be less good for the candidates as a "
    "whole, by the region's rules."
)
_NOT_MET = N_("It could not be met in any plan that keeps the rules and the promises made.")
_AS_GOOD = N_("There is a plan that is as good for all, in which it is met.")
_NOT_EXAMINED = N_("What it would have meant for others was not examined.")


def row_finding(row: Wish) -> Finding:
    """A row of the wish list."""
    named = (bool(row.trust), bool(row.site), bool(row.department))
    values = {"trust": row.trust, "site": row.site, "department": row.department}
    used = {name: text for name, text in values.items() if text}
    return finding(_ROWS[named], rank=int(row.rank), **used)


def wish_lines(round: Round, entry: ExplanationEntry) -> Iterator[Line]:
    """A wish, and why it was not met."""
    rows = round.ranked[entry.candidate_id]
    (row,) = (r for r in rows if r.rank == entry.rank)
    yield plain(row_finding(row))
    yield from bullets(*declined_findings(round, entry))
    if entry.outcome == "taken":
        yield Line(tuple(_taken(round, entry)), bullet=True)  # one thought
    else:
        yield from bullets(*_why_not(round, entry))


def _why_not(round: Round, entry: ExplanationEntry) -> Iterator[Finding]:
    if entry.outcome == "own_better":
        yield finding(
            N_(
                "It was possible, but what you get is at least as good by your own wishes, time "
                "and place taken together."
            )
        )
    elif not entry.refusals:
        yield finding(N_("No vacancy in this round answers to this wish."))
    yield from refusal_findings(round, entry)


def _taken(round: Round, entry: ExplanationEntry) -> Iterator[Finding]:
    if entry.best is not None:
        first = entry.best.placement.segments[0]
        vacancy = round.vacancy[first.vacancy_id]
        yield finding(
            N_("The nearest that was possible was {department}, {site}, from {first}."),
            department=vacancy.department,
            site=vacancy.site,
            first=first.start,
        )
        rules = dict.fromkeys(o.finding.rule for o in entry.best.obstacles)
        yield from dict.fromkeys(finding(OBSTACLES[rule]) for rule in rules)
    yield from _harm(entry.harm)


def _harm(harm: HarmEntry | None) -> Iterator[Finding]:
    """What would get worse, said no more certainly than the plan knows it."""
    if harm is None:
        yield finding(_NOT_EXAMINED)
    elif harm.kind == "rules":
        yield finding(_NOT_MET)
    elif harm.kind == "nothing":
        yield finding(_AS_GOOD)
    elif harm.kind == "goal":
        yield finding(WORSE[harm.goal])
        if harm.proof is Proved.NONE:
            yield finding(_BEST_FOUND)
    elif harm.goal == Lot.id:
        yield finding(WORSE[harm.goal])
    else:
        yield finding(_AS_A_WHOLE)

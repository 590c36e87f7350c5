"""The sheets about deadlines, conflicts, goals and policy."""

from collections.abc import Iterable, Iterator, Mapping

from models.entry import GoalNumber
from models.finding import N_
from models.plan import GoalEntry
from models.policy import Points, Policy
from models.proved import Proved
from scheduler.conflicts.promises import KINDS
from scheduler.explanations.wording.conflict_words import resolution_findings
from scheduler.goals.catalogue import GOALS
from scheduler.listing.deadlines import DeadlineState, deadlines
from scheduler.locale import Translator
from scheduler.report.sheets.others import TECHNICAL
from scheduler.report.sheets.summary import verdict
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.report.texts import Delivery
from scheduler.support.sentences import sentence

_STATE_TINT = {
    DeadlineState.DUE: Tint.FREE,
    DeadlineState.OVERDUE: Tint.WARN,
    DeadlineState.AT_ONCE: Tint.WARN,
    DeadlineState.DONE: Tint.GOOD,
}


def deadlines_table(
    delivery: Delivery,
    vacancies: frozenset[str] | None = None,
    known: Mapping[tuple[str, str], str] | None = None,
) -> Table:
    """Everything that must be done by a day, the soonest first; or only what is about some
    vacancies, with the names of those who are `known`, each in a vacancy: who has said yes to one
    place is not known in another.
    """
    t, round = delivery.translator, delivery.round
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    for deadline in deadlines(round, delivery.placements):
        if vacancies is not None and deadline.vacancy_id not in vacancies:
            continue
        if deadline.state in _STATE_TINT:
            tints[len(rows), 3] = _STATE_TINT[deadline.state]
        who = deadline.candidate_id
        _, site, department = delivery.place(deadline.vacancy_id)
        rows.append(
            (
                deadline.until,
                t.word(deadline.kind),
                who,
                t.word(deadline.state),
                _name(delivery, who, deadline.vacancy_id, known),
                delivery.municipality_of(who) if who else "",
                deadline.vacancy_id,
                site,
                department,
                deadline.since,
                deadline.first_day,
            )
        )
    return Table(
        name=t.text(N_("Deadlines")),
        title=t.text(N_("Deadlines")),
        notes=(
            t.text(
                N_(
                    "The municipality confirms again nine to six months before the first day, and "
                    "the contract is made six to three months before it."
                )
            ),
            t.text(
                N_(
                    "A vacancy that is not filled may be given to others two months after it was "
                    "made known."
                )
            ),
        ),
        columns=(
            Column(t.text(N_("By")), 12),
            Column(t.text(N_("What")), 32),
            Column(t.heading("candidate_id"), 10),
            Column(t.text(N_("Status")), 16),
            Column(t.heading("name"), 20),
            Column(t.heading("municipality"), 18),
            Column(t.heading("vacancy_id"), 10),
            Column(t.heading("site"), 24),
            Column(t.heading("department"), 24),
            Column(t.text(N_("From")), 12),
            Column(t.text(N_("First day")), 12),
        ),
        rows=tuple(rows),
        keys=3,
        tints=tints,
    )


def _name(
    delivery: Delivery, who: str, vacancy_id: str, known: Mapping[tuple[str, str], str] | None
) -> str:
    """The name of somebody in a vacancy, if there is one and it may be told."""
    if known is not None:
        return known.get((who, vacancy_id), "")
    return delivery.name(who) if who else ""


def conflicts_table(delivery: Delivery) -> Table:
    """What existing promises break."""
    t = delivery.translator
    names = {kind.id: kind.name for kind in KINDS}
    rows = tuple(
        (
            number,
            " ".join(t.finding(f.finding()) for f in (conflict.finding, *conflict.extensions)),
            "\n".join(f"{delivery.name(who)} {who}".strip() for who in conflict.candidate_ids),
            ", ".join(conflict.vacancy_ids),
            conflict.first,
            conflict.last,
            t.text(names[conflict.finding.rule]),
            "\n".join(
                " ".join(t.finding(found) for found in resolution_findings(remedy))
                for remedy in conflict.remedies
            )
            or t.text(N_("No single change that was tried resolves it.")),
        )
        for number, conflict in enumerate(delivery.plan.conflicts, 1)
    )
    return Table(
        name=t.text(N_("Conflicts")),
        title=t.text(N_("Conflicts between promises")),
        notes=(
            t.text(N_("The promises are kept as they are; people must decide what to change.")),
        ),
        columns=(
            Column(t.text(N_("No.")), 5),
            Column(t.text(N_("What is wrong")), 58),
            Column(t.text(N_("Candidates")), 20),
            Column(t.text(N_("Vacancies")), 10),
            Column(t.text(N_("From")), 11),
            Column(t.text(N_("To")), 11),
            Column(t.text(N_("What it is about")), 18),
            Column(t.text(N_("Each of these would resolve it")), 68),
        ),
        rows=rows,
    )


_PROOFS = {
    Proved.BOUND: N_("A proof that can be checked"),
    Proved.SEARCH: N_("Everything was searched"),
    Proved.NONE: N_("Not proved"),
}


def goals_table(delivery: Delivery) -> Table:
    """The goals in order, with value, bound and proof."""
    t = delivery.translator
    rows = tuple(
        (
            number,
            t.text(GOALS[entry.id].name),
            t.text(sentence(GOALS[entry.id])),
            t.text(
                N_("as large as possible")
                if GOALS[entry.id].maximise
                else N_("as small as possible")
            ),
            shown(entry.value),
            t.text(N_("not known")) if entry.bound is None else shown(entry.bound),
            gap(entry),
            t.text(_PROOFS[entry.proof]),
        )
        for number, entry in enumerate(delivery.plan.goals, 1)
    )
    return Table(
        name=t.text(TECHNICAL),
        title=t.text(N_("Goals, the most important first")),
        notes=(
            *verdict(delivery),
            t.text(N_("Each goal only chooses among plans that are best by all goals before it.")),
            t.text(
                N_(
                    "The best possible is what no plan can better that is best by the proved "
                    "goals before; the gap is how far this plan is from it. Where there is no "
                    "gap, no plan is better."
                )
            ),
        ),
        columns=(
            Column(t.text(N_("No.")), 7),
            Column(t.text(N_("Goal")), 28),
            Column(t.text(N_("What it says")), 60),
            Column(t.text(N_("Direction")), 16),
            Column(t.text(N_("Value")), 18),
            Column(t.text(N_("Best possible")), 18),
            Column(t.text(N_("Gap")), 9),
            Column(t.text(N_("Proof")), 32),
        ),
        rows=rows,
    )


def gap(entry: GoalEntry) -> int | None:
    """How far the value is from its bound; None where that is no number."""
    if isinstance(entry.value, int) and isinstance(entry.bound, int):
        return abs(entry.value - entry.bound)
    return 0 if entry.value == entry.bound else None


def shown(value: GoalNumber) -> str | int:
    """A goal's value in a cell."""
    if isinstance(value, int):
        return value
    return " ".join("–" if v is None else str(v) for v in value)


def policy_table(delivery: Delivery) -> Table:
    """Every number of the policy, with its source."""
    t = delivery.translator
    return Table(
        name=t.text(N_("Technical – policy")),
        title=t.text(N_("The policy {policy}"), policy=delivery.round.policy_name),
        notes=(t.text(N_("A number without a written source is the region's own choice.")),),
        columns=(
            Column(t.text(N_("Key")), 30),
            Column(t.text(N_("What it says")), 70),
            Column(t.text(N_("Value")), 46),
            Column(t.text(N_("Source")), 40),
        ),
        rows=tuple(policy_rows(delivery.round.policy, t)),
    )


def policy_rows(policy: Policy, t: Translator) -> Iterator[tuple[str, str, str | int, str]]:
    """Key, meaning, value and source of every number."""
    choice = t.text(N_("the region's choice"))

    def source_of(key: str) -> str:
        source = policy.source_of(key)
        return choice if source is None else t.verbatim(source)

    for key, info in Policy.model_fields.items():
        value = getattr(policy, key)
        if key not in ("points", "source") and value is not None:
            shown = _goals_text(value, t) if key == "goals" else value_text(value)
            yield key, t.text(info.description or ""), shown, source_of(key)
    for key in Points.model_fields:
        value = getattr(policy.points, key)
        text = (
            "; ".join(f"{k} {v[0]}:{v[1]}" for k, v in value)
            if key == "factors"
            else value_text(value)
        )
        yield f"points.{key}", t.text(_POINTS[key]), text, source_of("points")


def _goals_text(goals: Iterable[str], t: Translator) -> str:
    """The goals as people call them, each with what is written in a policy."""
    return "; ".join(f"{t.text(GOALS[goal].name)} ({goal})" for goal in goals)


_POINTS = {
    "period": N_("Points for a deviation of 0, 1, 2 … months"),
    "beyond_period": N_("Points for each month beyond those, with a waiver"),
    "place": N_("Points for the first, second, third … wish that counts"),
    "other_department": N_("Points for another department at a wished site"),
    "other_site": N_("Points for another site"),
    "factors": N_("Weight of period and place, by what is most important"),
    "split_accepted": N_("Points for three plus three for those who only accept it"),
    "six_when_split_preferred": N_("Points for six months for those who prefer three plus three"),
}


def value_text(value: object) -> str | int:
    """A policy's value in a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(v) for v in value)
    return str(value)

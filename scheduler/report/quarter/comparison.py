"""Two plans compared, as tables, as lines for the terminal, and for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.finding import N_, Finding
from models.plan import WaitingPart
from models.policy import Policy
from scheduler.goals.catalogue import GOALS
from scheduler.locale import Translator
from scheduler.quarter.comparing.compare import Cause, Change, ChangeKind, Told
from scheduler.quarter.comparing.reasons import different_numbers
from scheduler.quarter.comparing.side import Service, Side
from scheduler.report.sheets.facts import shown
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.report.texts import period_text
from scheduler.support.sentences import sentence

KINDS = {
    ChangeKind.GAINED: N_("Got a place"),
    ChangeKind.LOST: N_("No longer has a place"),
    ChangeKind.MOVED: N_("Has another place or other days"),
    ChangeKind.GONE: N_("No longer on the list"),
    ChangeKind.WAITING: N_("Without a place in both"),
    ChangeKind.KEPT: N_("As before"),
}
_CAUSES = {
    Cause.ANSWER: N_("Answer"),
    Cause.PROMISE: N_("Promise"),
    Cause.STATUS: N_("Status on the list"),
    Cause.OWN: N_("Own facts"),
    Cause.VACANCY: N_("Vacancy"),
    Cause.INPUT: N_("Something else in the input"),
    Cause.POLICY: N_("Policy"),
    Cause.TIME: N_("Time"),
    Cause.ORDER: N_("The municipality's order"),
    Cause.OTHERS: N_("Somebody else's change"),
    Cause.UNKNOWN: N_("Not known"),
}
_TINTS = {
    ChangeKind.GAINED: Tint.GOOD,
    ChangeKind.LOST: Tint.WARN,
    ChangeKind.MOVED: Tint.FREE,
    ChangeKind.GONE: Tint.OUTSIDE,
}
_OTHER_ROUNDS = N_("The plans are for different rounds, so goals cannot be compared one to one.")
# What the terminal shows of; the others are counted.
_TOLD = (ChangeKind.LOST, ChangeKind.MOVED, ChangeKind.GAINED, ChangeKind.GONE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans, and what became of everybody; `notes` are sentences that come first."""

    before: Side
    after: Side
    told: Sequence[Told]
    translator: Translator
    notes: tuple[Finding, ...] = ()
    heading: str = ""

    @property
    def same_round(self) -> bool:
        """Whether both plans are for one round: then goals can be compared."""
        one, two = self.before, self.after
        return (one.name, one.run_date) == (two.name, two.run_date)

    @property
    def heads(self) -> tuple[str, str]:
        """What the columns of the two plans are called."""
        t = self.translator
        if self.same_round:
            return t.text(N_("Before")), t.text(N_("Now"))
        one, two = (
            t.text(N_("{round}, run date {day}"), round=side.name, day=side.run_date)
            for side in (self.before, self.after)
        )
        return one, two

    @property
    def title(self) -> str:
        """What is compared with what."""
        before, after = self.heads
        if self.same_round:
            before, after = self.before.name, self.after.name
        return self.heading or self.translator.text(
            N_("{after} compared with {before}"), after=after, before=before
        )


def comparison_tables(comparison: Comparison) -> list[Table]:
    """Everybody, the goals, and the numbers of the policy that differ, if any do."""
    tables = [_people(comparison), _goals(comparison)]
    policy = _policy(comparison)
    return [*tables, policy] if policy.rows else tables


def _people(comparison: Comparison) -> Table:
    t, (before, after) = comparison.translator, comparison.heads
    order = list(KINDS)
    told = sorted(comparison.told, key=lambda x: (order.index(x.change.kind), *_who(x)))
    tints = {
        (line, 1): _TINTS[one.change.kind]
        for line, one in enumerate(told)
        if one.change.kind in _TINTS
    }
    rows = tuple(
        (
            one.change.candidate_id,
            t.text(KINDS[one.change.kind]),
            service_text(one.change.before, one.change.part_before, t),
            one.change.points_before,
            service_text(one.change.after, one.change.part_after, t),
            one.change.points_after,
            one.change.days,
            t.text(_CAUSES[one.cause]) if one.cause in _CAUSES else "",
            why(one, t),
        )
        for one in told
    )
    return Table(
        name=t.text(N_("Comparison")),
        title=comparison.title,
        notes=(*(t.finding(n) for n in comparison.notes), *counts(comparison)),
        columns=(
            Column(t.heading("candidate_id"), 12),
            Column(t.text(N_("What happened")), 22),
            Column(before, 40),
            Column(t.text(N_("Points before")), 10),
            Column(after, 40),
            Column(t.text(N_("Points now")), 10),
            Column(t.text(N_("Days later")), 10),
            Column(t.text(N_("Comes from")), 20),
            Column(t.text(N_("Why")), 80),
        ),
        rows=rows,
        tints=tints,
    )


def _who(told: Told) -> tuple[str]:
    return (told.change.candidate_id,)


def service_text(service: Sequence[Service], part: str, t: Translator) -> str:
    """What somebody has, or where on the waiting list they are."""
    if service:
        return "; ".join(f"{s.vacancy_id}: {period_text(t, s.start, s.end)}" for s in service)
    return t.word(WaitingPart(part)) if part else ""


def why(told: Told, t: Translator) -> str:
    """The reasons in a row."""
    return " ".join(t.finding(found) for found in told.reasons)


def counts(comparison: Comparison) -> Iterator[str]:
    """How many of each kind there are, in words."""
    t = comparison.translator
    number = Counter(one.change.kind for one in comparison.told)
    for kind, text in KINDS.items():
        if number[kind]:
            yield t.text(N_("{what}: {n}"), what=t.text(text), n=number[kind])


def _goals(comparison: Comparison) -> Table:
    t, before, after = comparison.translator, comparison.before, comparison.after
    ids = [*after.goals, *(g for g in before.goals if g not in after.goals)]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            number,
            t.text(sentence(GOALS[goal])),
            t.text(
                N_("as large as possible") if GOALS[goal].maximise else N_("as small as possible")
            ),
            *(shown(side.goals[goal]) if goal in side.goals else None for side in (before, after)),
        )
        for number, goal in enumerate(ids, 1)
    )
    was, now = comparison.heads
    return Table(
        name=t.text(N_("Goals")),
        title=t.text(N_("The goals side by side, the most important first")),
        notes=() if comparison.same_round else (t.text(_OTHER_ROUNDS),),
        columns=(
            Column(t.text(N_("No.")), 6),
            Column(t.text(N_("What it says")), 70),
            Column(t.text(N_("Direction")), 18),
            Column(was, 14),
            Column(now, 14),
        ),
        rows=rows,
        filtered=False,
    )


def _policy(comparison: Comparison) -> Table:
    t, before, after = comparison.translator, comparison.before, comparison.after
    rows = tuple(
        (_meaning(key, t), *(_number(key, side.policy.get(key)) for side in (before, after)))
        for key in different_numbers(before, after)
    )
    return Table(
        name=t.text(N_("Policy")),
        title=t.text(N_("What is different in the policies")),
        notes=(
            t.text(
                N_("{before} before, {after} now."),
                before=before.policy_name,
                after=after.policy_name,
            ),
        ),
        columns=(
            Column(t.text(N_("What it says")), 70),
            Column(t.text(N_("Before")), 24),
            Column(t.text(N_("Now")), 24),
        ),
        rows=rows,
        filtered=False,
    )


def _meaning(key: str, t: Translator) -> str:
    info = Policy.model_fields.get(key)
    return key if info is None or info.description is None else t.text(info.description)


def _number(key: str, value: object) -> Cell:
    """A number of the policy; of goals and points only that they differ is told in words."""
    if key in ("goals", "points") or value is None:
        return None
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What the terminal shows: how many, then everybody for whom something is different."""
    t = comparison.translator
    yield comparison.title
    for note in comparison.notes:
        yield t.finding(note)
    yield ""
    yield from (f"  {line}" for line in counts(comparison))
    for kind in _TOLD:
        told = sorted((x for x in comparison.told if x.change.kind is kind), key=_who)
        if told:
            yield ""
            yield t.text(KINDS[kind])
            for one in told:
                yield f"  {_line(one.change, t)}"
                yield f"    {why(one, t)}"
    yield ""
    yield t.text(N_("The goals side by side, the most important first"))
    goals = _goals(comparison)
    yield from (f"  {note}" for note in goals.notes)
    for row in goals.rows:
        _, text, _, before, after = row
        yield f"  {_or_dash(before)} → {_or_dash(after)}  {text}"
    if not all(side.proved for side in (comparison.before, comparison.after)):
        yield t.text(N_("Note: not both plans are proved best."))


def _line(change: Change, t: Translator) -> str:
    before = service_text(change.before, change.part_before, t) or "–"
    after = service_text(change.after, change.part_after, t) or "–"
    if change.points_before is None or change.points_after is None:
        return t.text(
            N_("{candidate}: {was} → {now}"), candidate=change.candidate_id, was=before, now=after
        )
    return t.text(
        N_("{candidate}: {was} → {now} ({before} → {after} points)"),
        candidate=change.candidate_id,
        was=before,
        now=after,
        before=change.points_before,
        after=change.points_after,
    )


def _or_dash(cell: Cell) -> str:
    return "–" if cell is None else str(cell)

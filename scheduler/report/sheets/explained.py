"""The sheets that explain: wishes, what would help, vacancies, municipalities, open wishes."""

from collections.abc import Iterator

from models.entry import PlacementEntry
from models.explanation import ExplanationEntry, HelpEntry, RemedyEntry, WaiverChange
from models.finding import N_
from scheduler.explanations.wording.change_words import change_finding
from scheduler.explanations.wording.words import unused_findings, wish_findings
from scheduler.report.table import Cell, Column, Table
from scheduler.report.texts import Delivery, span
from scheduler.rules.catalogue import CEILING


def wishes_table(delivery: Delivery, named: frozenset[str] | None = None) -> Table:
    """What became of every ranked wish; or only of theirs who may be `named`."""
    t, round = delivery.translator, delivery.round
    rows: list[tuple[Cell, ...]] = []
    wishes = {(w.candidate_id, w.rank): w for w in round.wishes}
    for entry in delivery.plan.explanations:
        if named is not None and entry.candidate_id not in named:
            continue
        wish = wishes[entry.candidate_id, entry.rank]
        anything = t.text(N_("any"))
        place = [part or anything for part in (wish.trust, wish.site, wish.department)]
        whose: tuple[Cell, ...] = (entry.candidate_id, entry.rank)
        for vacancy_id, outcome, why in _told(delivery, entry, named):
            rows.append((*whose, vacancy_id, *place, t.word(outcome), why))
    return Table(
        name=t.text(N_("Explanations")),
        title=t.text(N_("What became of every wish")),
        columns=(
            Column(t.heading("candidate_id"), 12),
            Column(t.heading("rank"), 8),
            Column(t.heading("vacancy_id"), 12),
            Column(t.heading("trust"), 24),
            Column(t.heading("site"), 26),
            Column(t.heading("department"), 26),
            Column(t.text(N_("Outcome")), 14),
            Column(t.text(N_("Why")), 80),
        ),
        rows=tuple(rows),
        keys=3,
    )


OUTCOMES = {
    "given": "given",
    "rule": "not_possible",
    "own_better": "not_given",
    "taken": "not_given",
}


def _told(
    delivery: Delivery, entry: ExplanationEntry, named: frozenset[str] | None
) -> Iterator[tuple[str, str, str]]:
    """Vacancy, outcome and reason: one line, or one for each vacancy that was not possible."""
    t = delivery.translator
    texts = " ".join(t.finding(found) for found in wish_findings(entry, named))
    if texts:
        yield "", OUTCOMES[entry.outcome], texts
    for refusal in entry.refusals:
        yield refusal.vacancy_id, "not_possible", t.finding(refusal.finding.finding())


def help_table(delivery: Delivery, named: frozenset[str] | None = None) -> Table:
    """What would place those who are not placed, and place others nearer their wishes; or only
    those who may be `named`.
    """
    t = delivery.translator
    now = {p.candidate_id: p.points for p in delivery.placements}
    rows: list[tuple[Cell, ...]] = []
    for entry in delivery.plan.help:
        who = entry.candidate_id
        if named is not None and who not in named:
            continue
        points = now.get(who)
        state = t.text(N_("Not placed")) if points is None else points
        whose = (delivery.name(who), delivery.municipality_of(who), state)
        for number, remedy in enumerate(entry.remedies, 1):
            then = place_text(delivery, remedy.placement)
            told = (changes_text(delivery, who, remedy), then, remedy.placement.points)
            rows.append((who, number, *whose, *told))
        if not entry.remedies:
            rows.append((who, 1, *whose, t.text(no_help(entry)), "", None))
    return Table(
        name=t.text(N_("What would help")),
        title=t.text(N_("What would help those not placed, and those far from their wishes")),
        notes=(
            t.text(
                N_(
                    "Each line is enough by itself, with everybody else where the plan has them; "
                    "the smallest change comes first. Each is tried before it is proposed."
                )
            ),
        ),
        columns=(
            Column(t.heading("candidate_id"), 12),
            Column(t.text(N_("No.")), 6),
            Column(t.heading("name"), 18),
            Column(t.heading("municipality"), 19),
            Column(t.text(N_("Points now")), 13),
            Column(t.text(N_("If")), 70),
            Column(t.text(N_("Then")), 46),
            Column(t.text(N_("Points then")), 12),
        ),
        rows=tuple(rows),
        keys=2,
    )


def no_help(entry: HelpEntry) -> str:
    """What to say where nothing is told that would help."""
    return _NO_HELP if entry.examined else N_("What would help was not examined: time ran out.")


_NO_HELP = N_(
    "No single change of those tried helps, and none of the pairs of changes that were tried. The "
    "municipality may look at service in a municipal institution."
)


def changes_text(delivery: Delivery, who: str, remedy: RemedyEntry) -> str:
    """What would be the case, in sentences."""
    told = (change_finding(delivery.round, who, change) for change in remedy.changes)
    return " ".join(delivery.translator.finding(found) for found in told)


def place_text(delivery: Delivery, entry: PlacementEntry) -> str:
    """Where and when a placement is."""
    t = delivery.translator
    return "; ".join(f"{s.vacancy_id}: {span(s, t)}" for s in entry.placement().bare)


def unused_table(delivery: Delivery) -> Table:
    """Why positions are unused."""
    t = delivery.translator
    rows = tuple(
        (
            entry.vacancy_id,
            entry.first,
            entry.last,
            *delivery.place(entry.vacancy_id)[1:],
            entry.positions,
            " ".join(t.finding(found) for found in unused_findings(entry)),
        )
        for entry in delivery.plan.unused
    )
    return Table(
        name=t.text(N_("Vacancies")),
        title=t.text(N_("Why positions are unused")),
        columns=(
            Column(t.heading("vacancy_id"), 12),
            Column(t.text(N_("From")), 12),
            Column(t.text(N_("To")), 12),
            Column(t.heading("site"), 26),
            Column(t.heading("department"), 26),
            Column(t.heading("positions"), 10),
            Column(t.text(N_("Why")), 80),
        ),
        rows=rows,
        keys=2,
    )


def consents_table(delivery: Delivery, named: frozenset[str] | None = None) -> Table:
    """What keeping a municipality's order costs; or only those who may be `named`."""
    t = delivery.translator
    rows = tuple(
        (
            entry.municipality,
            entry.first,
            entry.second,
            delivery.round.municipality[entry.municipality].name,
            place_text(delivery, entry.instead),
            entry.instead.points,
            place_text(delivery, entry.then),
            entry.then.points,
        )
        for entry in delivery.plan.consents
        if named is None or {entry.first, entry.second} <= named
    )
    notes = [
        t.text(
            N_(
                "Each line: if the one who goes before consented to another placement, the one "
                "after would be placed too, with everybody else where the plan has them."
            )
        )
    ]
    if not rows:
        notes.append(t.text(N_("No such exchange was found.")))
    return Table(
        name=t.text(N_("Municipalities")),
        title=t.text(N_("What the municipalities' orders cost")),
        notes=tuple(notes),
        columns=(
            Column(t.heading("municipality"), 12),
            Column(t.text(N_("Goes before")), 14),
            Column(t.text(N_("Would be placed")), 14),
            Column(t.text(N_("Name of the municipality")), 22),
            Column(t.text(N_("With consent to")), 46),
            Column(t.text(N_("Points")), 8),
            Column(t.text(N_("The other would have")), 46),
            Column(t.text(N_("Points")), 8),
        ),
        rows=rows,
        keys=3,
    )


def open_wishes_table(delivery: Delivery) -> Table:
    """Who lost a wish to somebody with shorter waiting and a narrower list."""
    t = delivery.translator
    rows = tuple(
        (
            entry.candidate_id,
            entry.rank,
            entry.holder,
            entry.quarters,
            entry.holder_quarters,
            entry.departments,
            entry.holder_departments,
        )
        for entry in delivery.plan.open_wishes
    )
    return Table(
        name=t.text(N_("Open wishes")),
        title=t.text(N_("Wishes held by somebody with shorter waiting and a narrower list")),
        notes=(
            t.text(
                N_(
                    "Openness shall not be punished: these are worth a talk before the plan is "
                    "settled."
                )
            ),
        ),
        columns=(
            Column(t.heading("candidate_id"), 12),
            Column(t.heading("rank"), 8),
            Column(t.text(N_("Held by")), 12),
            Column(t.text(N_("Quarters waited")), 14),
            Column(t.text(N_("Quarters waited by the holder")), 18),
            Column(t.text(N_("Departments possible")), 14),
            Column(t.text(N_("Departments possible for the holder")), 20),
        ),
        rows=rows,
        keys=3,
    )


def proposals(delivery: Delivery) -> list[tuple[HelpEntry, RemedyEntry]]:
    """Whom a placement above the ceiling would help, and what it would be."""
    return [
        (entry, remedy)
        for entry in delivery.plan.help
        for remedy in entry.remedies
        if remedy.changes == [WaiverChange(rule=CEILING.id)]
    ]


def proposals_table(delivery: Delivery) -> Table:
    """Placements above the ceiling that are worth a discussion."""
    t = delivery.translator
    rows = tuple(
        (
            entry.candidate_id,
            delivery.name(entry.candidate_id),
            place_text(delivery, remedy.placement),
            remedy.placement.points,
        )
        for entry, remedy in proposals(delivery)
    )
    limit = delivery.round.policy.max_points
    return Table(
        name=t.text(N_("To discuss")),
        title=t.text(N_("Proposals to discuss: placements above the ceiling")),
        notes=(
            t.text(N_("The policy sets no ceiling for points."))
            if limit is None
            else t.text(N_("The ceiling is {points} points."), points=limit),
        ),
        columns=(
            Column(t.heading("candidate_id"), 12),
            Column(t.heading("name"), 18),
            Column(t.text(N_("Then")), 46),
            Column(t.text(N_("Points then")), 12),
        ),
        rows=rows,
    )

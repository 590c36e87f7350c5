"""The sheets that explain: wishes, what would help, municipalities, open wishes, proposals."""

from collections.abc import Iterator

from models.entry import PlacementEntry
from models.explanation import ExplanationEntry, HelpEntry, RemedyEntry, WaiverChange
from models.finding import N_, Finding
from scheduler.explanations.wording.change_words import condition_text
from scheduler.explanations.wording.obstacle_words import Named
from scheduler.explanations.wording.words import (
    refusals_told,
    stretch_that_meets,
    time_finding,
    wish_findings,
)
from scheduler.report.table import Cell, Column, Table
from scheduler.report.texts import Delivery, span
from scheduler.rules.catalogue import CEILING


def wishes_table(delivery: Delivery) -> Table:
    """What became of every ranked wish."""
    t, round = delivery.translator, delivery.round
    rows: list[tuple[Cell, ...]] = []
    wishes = {(w.candidate_id, w.rank): w for w in round.wishes}
    for entry in delivery.plan.explanations:
        wish = wishes[entry.candidate_id, entry.rank]
        anything = t.text(N_("any"))
        place = [part or anything for part in (wish.trust, wish.site, wish.department)]
        whose: tuple[Cell, ...] = (entry.candidate_id, entry.rank)
        name = delivery.name(entry.candidate_id)
        for vacancy_id, outcome, why in _told(delivery, entry):
            rows.append((*whose, vacancy_id, name, *place, t.word(outcome), why))
    return Table(
        name=t.text(N_("Explanations")),
        title=t.text(N_("The outcome of every wish")),
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.heading("rank"), 6),
            Column(t.heading("vacancy_id"), 9),
            Column(t.heading("name"), 18),
            Column(t.heading("trust"), 19),
            Column(t.heading("site"), 21),
            Column(t.heading("department"), 20),
            Column(t.text(N_("Outcome")), 12),
            Column(t.text(N_("Why")), 84),
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


def _told(delivery: Delivery, entry: ExplanationEntry) -> Iterator[tuple[str, str, str]]:
    """Vacancy, outcome and reason: one line, or one for each vacancy that was not possible."""
    t = delivery.translator
    told = (*wish_findings(entry), *when_met(delivery, entry))
    texts = " ".join(map(t.finding, told))
    if texts:
        yield "", OUTCOMES[entry.outcome], texts
    for vacancy_id, why in refusals_told(delivery.round, entry):
        yield vacancy_id, "not_possible", t.finding(why)


def when_met(delivery: Delivery, entry: ExplanationEntry) -> Iterator[Finding]:
    """Of a wish that is met: how far from the wished period the service that meets it begins."""
    if entry.outcome == "given":
        for placement in delivery.placements:
            if placement.candidate_id == entry.candidate_id:
                number = stretch_that_meets(delivery.round, placement, entry.rank)
                yield time_finding(delivery.round, placement, number)


def help_table(delivery: Delivery) -> Table:
    """What would place those who are not placed, and place others nearer their wishes."""
    t = delivery.translator
    now = {p.candidate_id: p.points for p in delivery.placements}
    rows: list[tuple[Cell, ...]] = []
    for entry in delivery.plan.help:
        who = entry.candidate_id
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
            Column(t.heading("candidate_id"), 10),
            Column(t.text(N_("No.")), 6),
            Column(t.heading("name"), 20),
            Column(t.heading("municipality"), 18),
            Column(t.text(N_("Points now")), 10),
            Column(t.text(N_("Change")), 76),
            Column(t.text(N_("Possible place")), 46),
            Column(t.text(N_("Points then")), 9),
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


def changes_text(delivery: Delivery, who: str, remedy: RemedyEntry, named: Named = None) -> str:
    """What would have to be the case, as a condition; others than those `named` are only somebody
    else.
    """
    return condition_text(delivery.round, who, remedy.changes, delivery.translator, named)


def place_text(delivery: Delivery, entry: PlacementEntry) -> str:
    """Where and when a placement is."""
    t = delivery.translator
    return "; ".join(f"{s.vacancy_id}: {span(s, t)}" for s in entry.placement().bare)


def consents_table(delivery: Delivery) -> Table:
    """What keeping a municipality's order costs."""
    t = delivery.translator
    return Table(
        name=t.text(N_("Municipalities")),
        title=t.text(N_("What the municipalities' orders cost")),
        notes=(
            t.text(
                N_(
                    "Each line: if the one who goes before consented to another placement, the one "
                    "after would be placed too, with everybody else where the plan has them."
                )
            ),
        ),
        columns=(
            Column(t.heading("municipality"), 14),
            Column(t.text(N_("Goes before")), 10),
            Column(t.heading("name"), 16),
            Column(t.text(N_("Would be placed")), 8),
            Column(t.text(N_("With consent to")), 26),
            Column(t.text(N_("Points")), 7),
            Column(t.text(N_("The other")), 10),
            Column(t.text(N_("Points")), 9),
            Column("", 8),
            Column("", 9),
            Column(t.text(N_("The other would have")), 34),
        ),
        rows=tuple(
            (
                delivery.municipality(entry.municipality),
                entry.first,
                delivery.name(entry.first),
                entry.second,
                place_text(delivery, entry.instead),
                entry.instead.points,
                delivery.name(entry.second),
                entry.then.points,
                None,
                None,
                place_text(delivery, entry.then),
            )
            for entry in delivery.plan.consents
        ),
        keys=4,
        filtered=False,
    )


def open_wishes_table(delivery: Delivery) -> Table:
    """Who lost a wish to somebody with shorter waiting and a narrower list."""
    t = delivery.translator
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
            Column(t.heading("name"), 14),
            Column(t.heading("candidate_id"), 10),
            Column(t.text(N_("Held by")), 16),
            Column(t.heading("rank"), 8),
            Column(t.text(N_("How the two compare")), 26),
        ),
        rows=tuple(
            (
                delivery.name(entry.candidate_id),
                entry.candidate_id,
                f"{delivery.name(entry.holder)} {entry.holder}".strip(),
                entry.rank,
                t.text(
                    N_(
                        "Quarters waited: {own} against {other}. Departments possible: {wide} "
                        "against {narrow}."
                    ),
                    own=entry.quarters,
                    other=entry.holder_quarters,
                    wide=entry.departments,
                    narrow=entry.holder_departments,
                ),
            )
            for entry in delivery.plan.open_wishes
        ),
        keys=4,
        filtered=False,
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
    limit = delivery.round.policy.max_points
    return Table(
        name=t.text(N_("To discuss")),
        title=t.text(N_("Proposals to discuss: placements above the ceiling")),
        notes=()
        if limit is None
        else (t.text(N_("The ceiling is {points} points."), points=limit),),
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.text(N_("No.")), 6),
            Column(t.heading("name"), 20),
            Column(t.heading("municipality"), 18),
            Column(t.text(N_("Points then")), 10),
            Column(t.text(N_("Possible place")), 76),
        ),
        rows=tuple(
            (
                entry.candidate_id,
                number,
                delivery.name(entry.candidate_id),
                delivery.municipality_of(entry.candidate_id),
                remedy.placement.points,
                place_text(delivery, remedy.placement),
            )
            for number, (entry, remedy) in enumerate(proposals(delivery), 1)
        ),
        keys=2,
        filtered=False,
    )

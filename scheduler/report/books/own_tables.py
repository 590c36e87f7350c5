"""The tables about a municipality's own candidates: no points, no ids of rules or goals."""

from collections.abc import Iterator, Sequence

from models.entry import PlacementEntry
from models.explanation import ExplanationEntry, RemedyEntry, WaiverChange
from models.finding import N_, Finding, finding
from models.grouped import grouped
from scheduler.explanations.wording.obstacle_words import best_findings
from scheduler.explanations.wording.order_words import takeover_findings, turn_findings
from scheduler.explanations.wording.words import OWN_BETTER, refusals_told, stretch_that_meets
from scheduler.report.books.outcomes import START, apart_text
from scheduler.report.sheets.explained import OUTCOMES, changes_text, no_help
from scheduler.report.sheets.order import homes, order_notes
from scheduler.report.table import Cell, Column, Table
from scheduler.report.texts import Delivery, period_text
from scheduler.rules.catalogue import CEILING


def wishes_told(delivery: Delivery, own: frozenset[str]) -> Table:
    """What became of each wish of a municipality's own candidates, in plain words."""
    t, round = delivery.translator, delivery.round
    wishes = {(w.candidate_id, w.rank): w for w in round.wishes}
    rows = []
    for entry in delivery.plan.explanations:
        if entry.candidate_id in own:
            wish = wishes[entry.candidate_id, entry.rank]
            place = ", ".join(part for part in (wish.department, wish.site, wish.trust) if part)
            rows.append(
                (
                    entry.candidate_id,
                    entry.rank,
                    delivery.name(entry.candidate_id),
                    place or t.text(N_("any")),
                    t.word(OUTCOMES[entry.outcome]),
                    " ".join(map(t.finding, _why(delivery, entry, own))),
                )
            )
    return Table(
        name=t.text(N_("Explanations")),
        title=t.text(N_("What became of every wish")),
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.heading("rank"), 7),
            Column(t.heading("name"), 20),
            Column(t.text(N_("Wished for")), 36),
            Column(t.text(N_("Outcome")), 13),
            Column(t.text(N_("Why")), 84),
        ),
        rows=tuple(rows),
        keys=2,
    )


# So many vacancies with the same reason, on other days, are each told with their days.
_EACH = 2
_WHOLE = N_(
    "The wish was possible, but others have those places, because that is best for the candidates "
    "as a whole by the region's rules."
)


def _why(delivery: Delivery, entry: ExplanationEntry, own: frozenset[str]) -> Iterator[Finding]:
    if entry.outcome == "given":
        yield finding(N_("The place is as wished."))
        for placement in delivery.placements:
            if placement.candidate_id == entry.candidate_id:
                number = stretch_that_meets(delivery.round, placement, entry.rank)
                yield finding(START, apart=apart_text(delivery, placement, number))
    elif entry.outcome == "own_better":
        yield OWN_BETTER
    elif entry.outcome == "rule" and not entry.refusals:
        yield finding(N_("No vacancy matches this wish."))
    elif entry.outcome == "taken":
        if entry.best is not None:
            yield from best_findings(entry.best, own)
        yield _harm(entry)
    told = grouped(refusals_told(delivery.round, entry), lambda refusal: refusal[1])
    alike = grouped(told.items(), lambda reason: (reason[0].rule, reason[0].message))
    for reasons in alike.values():
        alone = 1 if len(reasons) > _EACH else len(reasons)
        for reason, refusals in reasons[:alone]:
            if reason.rule == CEILING.id:
                reason = finding(N_("The place is farther from the wish than the region allows."))
            yield finding(N_("{vacancies}: {why}"), vacancies=_ids(refusals), why=(reason,))
        if reasons[alone:]:
            others = [vacancy for _, refusals in reasons[alone:] for vacancy in _ids(refusals)]
            yield finding(
                N_("For the same reason these are not possible either: {vacancies}."),
                vacancies=tuple(others),
            )


def _ids(refusals: Sequence[tuple[str, Finding]]) -> tuple[str, ...]:
    return tuple(vacancy_id for vacancy_id, _ in refusals)


def _harm(entry: ExplanationEntry) -> Finding:
    """Why a wish that was possible is not met."""
    if entry.harm is None:
        return finding(N_("Whether that could be met without harm to others was not found out."))
    if entry.harm.kind == "rules":
        return finding(N_("No plan that keeps the rules and the promises made meets the wish."))
    if entry.harm.kind == "nothing":
        return finding(N_("Another plan that is just as good meets the wish."))
    return finding(_WHOLE)


def help_told(delivery: Delivery, own: frozenset[str]) -> Table:
    """What would help the municipality's candidates."""
    t = delivery.translator
    rows: list[tuple[Cell, ...]] = []
    for entry in delivery.plan.help:
        if entry.candidate_id not in own:
            continue
        whose = (entry.candidate_id, delivery.name(entry.candidate_id))
        remedies = [r for r in entry.remedies if not _over_the_ceiling(r)]
        for remedy in remedies:
            text = changes_text(delivery, entry.candidate_id, remedy, own)
            rows.append((*whose, text, _then(delivery, remedy.placement)))
        if not remedies:
            rows.append((*whose, t.text(no_help(entry)), None))
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
            Column(t.heading("name"), 22),
            Column(t.text(N_("If")), 76),
            Column(t.text(N_("Then")), 62),
        ),
        rows=tuple(rows),
        keys=3,
    )


def _over_the_ceiling(remedy: RemedyEntry) -> bool:
    """Whether it is for the coordinator to discuss, and not for the municipality to ask for."""
    return any(isinstance(c, WaiverChange) and c.rule == CEILING.id for c in remedy.changes)


def _then(delivery: Delivery, entry: PlacementEntry) -> str:
    """Where and when somebody would serve."""
    told = []
    for segment in entry.placement().bare:
        _, site, department = delivery.place(segment.vacancy_id)
        days = period_text(delivery.translator, segment.start, segment.end)
        told.append(f"{department}, {site} ({segment.vacancy_id}): {days}")
    return "; ".join(told)


def order_told(delivery: Delivery, own: frozenset[str]) -> Table:
    """The municipality's order of priority, and what came of it."""
    t, round = delivery.translator, delivery.round
    people = [who for home in homes(delivery, own) for who in home]
    placed = {p.candidate_id: p for p in delivery.plan.placements}
    rows = []
    for who in people:
        gave_way = [entry for entry in delivery.plan.gave_way if entry.first == who]
        turns = [entry for entry in delivery.plan.turns if entry.first == who]
        rows.append(
            (
                who,
                delivery.name(who),
                round.priority_of.get(who),
                _then(delivery, placed[who]) if who in placed else t.text(N_("Not placed")),
                ", ".join(entry.second for entry in gave_way),
                "\n".join(" ".join(map(t.finding, takeover_findings(e, own))) for e in gave_way),
                "\n".join(" ".join(map(t.finding, turn_findings(e, own))) for e in turns),
            )
        )
    return Table(
        name=t.text(N_("Municipal order")),
        title=t.text(N_("Your order of priority, and what came of it")),
        notes=tuple(order_notes(delivery, people)),
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.heading("name"), 18),
            Column(t.heading("priority"), 9),
            Column(t.text(N_("Outcome")), 34),
            Column(t.text(N_("Gave way to")), 10),
            Column(t.text(N_("What a takeover would cost")), 40),
            Column(t.text(N_("Why those after have places")), 50),
        ),
        rows=tuple(rows),
        keys=1,
    )


def consents_told(delivery: Delivery, own: frozenset[str]) -> Table:
    """What the municipality could agree to so that one more of its own is placed."""
    t = delivery.translator
    return Table(
        name=t.text(N_("Consent")),
        title=t.text(N_("If the one who goes first agreed to another place")),
        notes=(
            t.text(
                N_(
                    "Each line: if the one who goes before consented to another placement, the one "
                    "after would be placed too, with everybody else where the plan has them."
                )
            ),
        ),
        columns=(
            Column(t.text(N_("Goes before")), 10),
            Column(t.heading("name"), 18),
            Column(t.text(N_("Would be placed")), 9),
            Column(t.text(N_("With consent to")), 34),
            Column(t.text(N_("The other")), 10),
            Column(t.text(N_("The other would have")), 40),
        ),
        rows=tuple(
            (
                entry.first,
                delivery.name(entry.first),
                entry.second,
                _then(delivery, entry.instead),
                delivery.name(entry.second),
                _then(delivery, entry.then),
            )
            for entry in delivery.plan.consents
            if {entry.first, entry.second} <= own
        ),
        filtered=False,
    )

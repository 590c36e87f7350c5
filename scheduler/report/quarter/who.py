"""Who could take a vacancy: a table, lines for the terminal, and for programs. For the coordinator:
it has names and addresses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.entry import PlacementEntry
from models.finding import N_
from models.grouped import grouped
from models.placement import Placement
from models.round import Round
from scheduler.listing.deadlines import contract_window
from scheduler.locale import Translator
from scheduler.problem.waiting import waiting_quarters
from scheduler.quarter.asking.who import Ahead, Proposal, Unable, WhoCould
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.report.texts import span

_NOBODY_MOVES = N_("Nobody is moved without being asked: these are people to phone, in this order.")
_NOBODY = N_("Nobody in the round would be better off there.")
_UNABLE = N_("Without a place, and cannot take it")
_CONTENT = N_("Could serve there, and have a place that is at least as good: {candidates}.")


@dataclass(frozen=True, slots=True)
class WhoAnswer:
    """The answer, the round it is for, and the language."""

    found: WhoCould
    round: Round
    translator: Translator

    @property
    def title(self) -> str:
        """Which vacancy it is about."""
        vacancy, t = self.found.vacancy, self.translator
        return t.text(
            N_("Who could take {vacancy}, {site}, {department}, {first} to {last}"),
            vacancy=vacancy.vacancy_id,
            site=vacancy.site,
            department=vacancy.department,
            first=vacancy.start,
            last=vacancy.end,
        )


def who_table(answer: WhoAnswer) -> Table:
    """A row for each, in order."""
    t, round = answer.translator, answer.round
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    for number, one in enumerate(answer.found.proposals, 1):
        candidate = round.candidate[one.candidate_id]
        town = round.municipality[candidate.municipality]
        if one.passes_over:
            tints[len(rows), 12] = Tint.WARN
        rows.append(
            (
                number,
                one.candidate_id,
                candidate.name,
                _now(one, t),
                None if one.now is None else one.now.points,
                _days(one.placement, t),
                one.placement.points,
                waiting_quarters(round, one.candidate_id),
                _contract(one),
                f"{town.municipality} {town.name}",
                town.email,
                candidate.email,
                " ".join(_consequences(answer, one)),
            )
        )
    vacancy = answer.found.vacancy
    department = round.department[vacancy.department_key]
    return Table(
        name=t.text(N_("Who could come")),
        title=answer.title,
        notes=(
            t.text(_NOBODY_MOVES if rows else _NOBODY),
            t.text(
                N_("The department's contact: {contact}. E-mail: {email}."),
                contact=vacancy.contact or None,
                email=department.email or None,
            ),
        ),
        columns=(
            Column(t.text(N_("No.")), 6),
            Column(t.heading("candidate_id"), 12),
            Column(t.heading("name"), 18),
            Column(t.text(N_("Has now")), 34),
            Column(t.text(N_("Points now")), 10),
            Column(t.text(N_("Would have")), 34),
            Column(t.text(N_("Points then")), 10),
            Column(t.text(N_("Quarters waited")), 10),
            Column(t.text(N_("Contract by")), 13),
            Column(t.heading("municipality"), 19),
            Column(t.text(N_("The municipality's e-mail")), 26),
            Column(t.text(N_("The candidate's e-mail")), 26),
            Column(t.text(N_("What it would mean for others")), 60),
        ),
        rows=tuple(rows),
        keys=2,
        tints=tints,
    )


def unable_table(answer: WhoAnswer) -> Table:
    """A row for each without a place who cannot take the vacancy, and why."""
    t, found = answer.translator, answer.found
    names = answer.round.candidate
    content = (t.text(_CONTENT, candidates=found.content),) if found.content else ()
    return Table(
        name=t.text(N_("Who cannot")),
        title=t.text(_UNABLE),
        notes=content,
        columns=(
            Column(t.heading("candidate_id"), 12),
            Column(t.heading("name"), 18),
            Column(t.text(N_("Why")), 90),
        ),
        rows=tuple(
            (one.candidate_id, names[one.candidate_id].name, _reasons(one, t))
            for one in found.unable
        ),
        keys=1,
    )


def _now(proposal: Proposal, t: Translator) -> str:
    return t.text(N_("Not placed")) if proposal.now is None else _days(proposal.now, t)


def _days(placement: Placement, t: Translator) -> str:
    return "; ".join(f"{s.vacancy_id}: {span(s, t)}" for s in placement.bare)


def _contract(proposal: Proposal) -> date:
    return contract_window(proposal.placement.first_day)[1]


def _consequences(answer: WhoAnswer, proposal: Proposal) -> Iterator[str]:
    """What a yes would do to others, and those who go before in the municipality."""
    t, who = answer.translator, proposal.candidate_id
    if proposal.passes_over:
        yield t.text(
            N_(
                "{first}, who is before {candidate} in the municipality's order, would be passed "
                "over: ask {first} first."
            ),
            first=proposal.passes_over,
            candidate=who,
        )
    if proposal.freed is not None:
        yield t.text(
            N_("Would free {vacancies} for {candidate} ({place}, {points} points)."),
            vacancies=proposal.left,
            candidate=proposal.freed.candidate_id,
            place=_days(proposal.freed.placement, t),
            points=proposal.freed.placement.points,
        )
    elif proposal.left:
        yield t.text(
            N_("Would free {vacancies}, which nobody without a place could take."),
            vacancies=proposal.left,
        )
    for one in proposal.ahead:
        if one.candidate_id not in proposal.passes_over:
            yield t.text(
                N_("Before {candidate} in the municipality's order: {first}. {why}"),
                candidate=who,
                first=one.candidate_id,
                why=_reasons(one, t),
            )


def _reasons(one: Ahead | Unable, t: Translator) -> str:
    return " ".join(t.finding(found) for found in one.why)


def who_lines(answer: WhoAnswer) -> Iterator[str]:
    """Everybody in order, with whom to phone and what it would do to others."""
    t, found = answer.translator, answer.found
    yield answer.title
    yield t.text(_NOBODY_MOVES if found.proposals else _NOBODY)
    number = 0
    groups = (
        (N_("Without a place"), found.without_place),
        (N_("Would come nearer to the wish"), found.improved),
    )
    for heading, proposals in groups:
        if proposals:
            yield ""
            yield t.text(heading)
        for one in proposals:
            number += 1
            yield from _lines(answer, number, one)
    if found.unable:
        yield ""
        yield t.text(_UNABLE)
    for why, alike in grouped(found.unable, lambda one: _reasons(one, t)).items():
        yield f"{', '.join(_named(answer, one.candidate_id) for one in alike)}: {why}"
    if found.content:
        yield ""
        yield t.text(_CONTENT, candidates=found.content)


def _named(answer: WhoAnswer, who: str) -> str:
    return f"{who} {answer.round.candidate[who].name}".strip()


def _lines(answer: WhoAnswer, number: int, one: Proposal) -> Iterator[str]:
    t, round = answer.translator, answer.round
    candidate = round.candidate[one.candidate_id]
    town = round.municipality[candidate.municipality]
    due = _contract(one)
    yield t.text(
        N_("{n}. {candidate}: {place}, {points} points. Contract by {day}."),
        n=number,
        candidate=_named(answer, one.candidate_id),
        place=_days(one.placement, t),
        points=one.placement.points,
        day=due,
    )
    if due < round.run_date:
        yield "   " + t.text(N_("That day is past: the contract must be made at once."))
    if one.now is not None:
        yield "   " + t.text(
            N_("Has {place} now, with {points} points."),
            place=_days(one.now, t),
            points=one.now.points,
        )
    yield "   " + t.text(
        N_("Ask {municipality} and the candidate."),
        municipality=f"{town.municipality} {town.name}",
    )
    if town.email:
        yield "   " + t.text(N_("The municipality's e-mail: {email}."), email=town.email)
    if candidate.email:
        yield "   " + t.text(N_("The candidate's e-mail: {email}."), email=candidate.email)
    yield from (f"   {text}" for text in _consequences(answer, one))


def who_data(answer: WhoAnswer) -> dict[str, object]:
    """The answer for programs: ids only, sentences in the reader's language."""
    return {
        "vacancy_id": answer.found.vacancy.vacancy_id,
        "proposals": [_proposal_data(one, answer) for one in answer.found.proposals],
        "unable": [
            {"candidate_id": one.candidate_id, "why": _reasons(one, answer.translator)}
            for one in answer.found.unable
        ],
        "as_good": list(answer.found.content),
    }


def _proposal_data(one: Proposal, answer: WhoAnswer) -> dict[str, object]:
    freed = one.freed
    return {
        "candidate_id": one.candidate_id,
        "placement": _entry(one.placement),
        "now": None if one.now is None else _entry(one.now),
        "contract_by": _contract(one).isoformat(),
        "frees": list(one.left),
        "freed_for": None if freed is None else _entry(freed.placement),
        "passes_over": list(one.passes_over),
        "goes_before": [
            {"candidate_id": a.candidate_id, "why": _reasons(a, answer.translator)}
            for a in one.ahead
        ],
    }


def _entry(placement: Placement) -> object:
    return PlacementEntry.from_placement(placement).model_dump(mode="json")

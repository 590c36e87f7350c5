"""The page that is shown in the allocation meeting."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from models.finding import N_
from scheduler.locale import MONTHS
from scheduler.report.page.calendar import CONFLICT, FAR, charts, legend, scale_of
from scheduler.report.page.frame import Grid, Shown, document, grid, shown
from scheduler.report.page.people import concerned
from scheduler.report.page.services import Service, services
from scheduler.report.quarter.need import positions_table
from scheduler.report.sheets.decisions import Decision, decisions
from scheduler.report.sheets.summary import BEST, OUT_OF_TIME, figures
from scheduler.report.sheets.vacancies import unused_table
from scheduler.report.texts import Delivery

_SAY = {
    "names": N_(
        "This page is for the allocation meeting. It holds names; show it only to those who take "
        "part in the allocation."
    ),
    "contents": N_("On this page"),
    "figures": N_("Figures"),
    "by_wish": N_("Placed, by wish"),
    "by_time": N_("Placed, by time"),
    "decisions": N_("Needs a decision"),
    "none": N_("Nothing in the plan needs a decision."),
    "calendar": N_("Calendar"),
    "all": N_("All trusts"),
    "trust": N_("Show"),
    "find": N_("Find a person"),
    "found": N_("{shown} of {total} people"),
    "wider": N_("Wider months"),
    "narrower": N_("Narrower months"),
    "print": N_("Print"),
    "ways": N_(
        "With the keyboard: Tab takes you to the calendar of a trust, the arrow keys from person "
        "to person, Enter to the line of the person in the table."
    ),
    "vacancy": N_("Vacancy"),
    "free": N_("Free"),
    "far": FAR,
    "conflict": CONFLICT,
    "legend": N_("What the colours and lines mean"),
    "people": N_("Not placed, or far from the wish"),
    "serving": N_("Who serves where"),
    "wished": N_("Wished period"),
    "waited": N_("Quarters waited"),
    "outcome": N_("Outcome"),
    "wishes": N_("What became of each wish"),
    "help": N_("What would help"),
    "top": N_("To the top"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """A bar of a small chart: its label, how many, and how long it is in per cent."""

    label: str
    number: int
    width: str


def report_page(delivery: Delivery) -> bytes:
    """The whole page, as UTF-8; the same bytes for the same plan."""
    t, round = delivery.translator, delivery.round
    everybody = services(delivery)
    scale = scale_of(delivery, everybody)
    drawn = list(charts(delivery, everybody, scale))
    names = t.text(MONTHS).split()
    proved = delivery.plan.status == "optimal"
    return document(
        "report.html",
        t,
        t.text(N_("Plan for {round}"), round=round.name),
        say={name: t.text(text, shown="{shown}", total="{total}") for name, text in _SAY.items()},
        columns={name: t.heading(name) for name in ("candidate_id", "name", "municipality")},
        priority=t.heading("priority"),
        about=t.text(
            N_("Run date {run_date}. Next round {next}. Policy {policy}."),
            run_date=round.run_date,
            next=round.next_round_date,
            policy=round.policy_name,
        ),
        verdict=t.text(BEST if proved else OUT_OF_TIME),
        headline=_headline(delivery),
        figures=figures(delivery),
        by_wish=_counts(_wish_counts(delivery)),
        by_time=_counts(_time_counts(delivery)),
        in_parts=_in_parts(delivery),
        decisions=[(one, _how_many(delivery, one)) for one in decisions(delivery)],
        months=list(scale.axis(names)),
        charts=drawn,
        bars={bar.service.number for chart in drawn for bar in chart.bars},
        legend=legend(delivery, everybody),
        people=concerned(delivery, everybody),
        nobody=_nobody(delivery),
        serving=_serving(delivery, everybody),
        unused=grid(unused_table(delivery), t),
        positions=grid(positions_table(delivery), t),
    )


def _headline(delivery: Delivery) -> str:
    return delivery.translator.text(
        N_("{placed} of {n} open candidate has a place."),
        N_("{placed} of {n} open candidates have a place."),
        placed=len(delivery.plan.placements),
        n=len(delivery.round.open_candidates),
    )


def _how_many(delivery: Delivery, decision: Decision) -> str:
    """How many people a decision is about, as on the first sheet; blank if about none."""
    n = len(decision.people)
    if not n:
        return ""
    return delivery.translator.text(N_("{n} candidate"), N_("{n} candidates"), n=n)


def _counts(counted: Iterator[tuple[str, int]]) -> list[Count]:
    found = list(counted)
    most = max((number for _, number in found), default=0) or 1
    return [Count(label, number, f"{100 * number / most:.1f}%") for label, number in found]


def _in_parts(delivery: Delivery) -> str:
    """How the charts count those who serve in two places, if anybody does."""
    if all(len(p.segments) == 1 for p in delivery.placements):
        return ""
    return delivery.translator.text(
        N_("A place in two parts counts by the part that is farther from the wish.")
    )


def _wish_counts(delivery: Delivery) -> Iterator[tuple[str, int]]:
    """How many have the place of each wish; of two parts the lower wish counts."""
    t = delivery.translator
    per_person = [[s.wish_rank for s in p.segments] for p in delivery.placements]
    ranks = Counter(
        None if None in own else max(rank for rank in own if rank is not None) for own in per_person
    )
    for rank in sorted(rank for rank in ranks if rank is not None):
        yield t.text(N_("Wish {rank}"), rank=rank), ranks[rank]
    yield t.text(N_("Not on the wish list")), ranks[None]


def _time_counts(delivery: Delivery) -> Iterator[tuple[str, int]]:
    """How many serve when they wished, and how far from it the others do, in months begun; of two
    parts the one farther from the wish counts.
    """
    t = delivery.translator
    months = [max((s.deviation or 0 for s in p.segments), key=abs) for p in delivery.placements]
    yield t.text(N_("Before the wished period")), sum(m < 0 for m in months)
    yield t.text(N_("As wished")), sum(m == 0 for m in months)
    yield t.text(N_("Up to three months after")), sum(1 <= m <= 3 for m in months)
    yield t.text(N_("More than three, up to six months after")), sum(4 <= m <= 6 for m in months)
    if any(m > 6 for m in months):
        yield t.text(N_("More than six months after")), sum(m > 6 for m in months)


def _nobody(delivery: Delivery) -> str:
    """What to say where nobody whom the plan was to place lacks a place near the wish."""
    if delivery.plan.conflicts:
        return delivery.translator.text(
            N_(
                "Everybody whom the plan was to place is placed, and none of them is far from "
                "their wish. Promises that were made before, and that collide, are not counted "
                "here; they stand above."
            )
        )
    return delivery.translator.text(
        N_(
            "Everybody whom the plan was to place is placed, and none of them is far from their "
            "wish."
        )
    )


def _serving(delivery: Delivery, everybody: list[Service]) -> Grid:
    """The table that tells what the calendar draws, a line for each bar in the same order."""
    t = delivery.translator
    heads = (
        t.heading("candidate_id"),
        t.heading("name"),
        t.heading("municipality"),
        t.heading("site"),
        t.heading("department"),
        t.heading("vacancy_id"),
        t.text(N_("First day")),
        t.text(N_("Last day")),
        t.heading("status"),
        t.text(N_("Wish")),
        t.text(N_("Deviation from the wish")),
    )
    rows = tuple(
        (
            shown(service.stay.candidate_id, t),
            shown(service.name, t),
            shown(service.municipality, t),
            Shown(service.place[1], "", "", service.place[0]),
            shown(service.place[2], t),
            shown(service.stay.vacancy_id, t),
            shown(service.stay.first, t),
            shown(service.stay.last, t),
            Shown(t.word(service.status), "", service.status, service.caveat),
            shown(service.wish, t),
            shown(service.deviation, t),
        )
        for service in everybody
    )
    title = t.text(_SAY["serving"])
    note = t.text(N_("The calendar as a table, and service in vacancies that are gone."))
    return Grid(title, title, (note,), heads, rows)

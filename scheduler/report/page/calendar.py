"""The calendar of each trust: a line for every position, and on it bars for those who serve there.

Months are equally wide; places along a line are per cent of all months shown.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from models.finding import N_
from models.vacancy import Vacancy
from scheduler.problem.calendar import DAY
from scheduler.report.books.calendar import lanes, months_to
from scheduler.report.page.services import STATUSES, Service
from scheduler.report.texts import Delivery, period_text
from scheduler.rules.occupancy import Stay


@dataclass(frozen=True, slots=True)
class Span:
    """Days on a line: where they begin and how long they are, in per cent."""

    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Somebody's service: what stands on the bar, and line by line what is told of it."""

    span: Span
    service: Service
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A position in a vacancy, when it is one (never: it is a line for those who are too many), and
    who is there.
    """

    name: str
    position: str
    title: str
    told: str
    windows: tuple[Span, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A department with its lines."""

    department: str
    site: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The calendar of a trust."""

    trust: str
    groups: tuple[Group, ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Every bar in it, from above."""
        return tuple(bar for g in self.groups for lane in g.lanes for bar in lane.bars)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the axis by its number from 0; `year` where it is the first of its year."""

    number: int
    left: str
    middle: str
    name: str
    year: str


class Scale:
    """The months shown, and where a day lies among them."""

    def __init__(self, months: Sequence[date]) -> None:
        self._months = months

    def at(self, day: date) -> float:
        """Where a day begins, in per cent; within what is shown."""
        first = self._months[0]
        whole = (day.year - first.year) * 12 + day.month - first.month
        part = (day.day - 1) / monthrange(day.year, day.month)[1]
        return min(max((whole + part) / len(self._months), 0.0), 1.0) * 100

    def span(self, first: date, last: date) -> Span | None:
        """From the beginning of one day to the end of another; None if none of it is shown."""
        left, right = self.at(first), self.at(last + DAY)
        return Span(_percent(left), _percent(right - left)) if right > left else None

    def axis(self, names: Sequence[str]) -> Iterator[Month]:
        """The months by name, January first."""
        each = 100 / len(self._months)
        for number, month in enumerate(self._months):
            year = str(month.year) if not number or month.month == 1 else ""
            left, middle = number * each, (number + 0.5) * each
            yield Month(number, _percent(left), _percent(middle), names[month.month - 1], year)


def scale_of(delivery: Delivery, all_service: Sequence[Service]) -> Scale:
    """The months that the calendar shows."""
    windows = [v.end for v in delivery.round.vacancies]
    return Scale(months_to(delivery, [*windows, *(s.stay.last for s in all_service)]))


def charts(delivery: Delivery, all_service: Sequence[Service], scale: Scale) -> Iterator[Chart]:
    """The calendar of each trust, with every vacancy."""
    by_stay = {service.stay: service for service in all_service}
    own: dict[str, list[Stay]] = {}
    for stay in by_stay:
        own.setdefault(stay.vacancy_id, []).append(stay)
    drawn = _Drawn(delivery, by_stay, scale)
    in_order = sorted(
        delivery.round.vacancies, key=lambda v: (v.department_key, v.start, v.vacancy_id)
    )
    for trust, theirs in groupby(in_order, key=lambda v: v.trust):
        groups = []
        for key, vacancies in groupby(theirs, key=lambda v: v.department_key):
            lines = [lane for v in vacancies for lane in drawn.lanes(v, own.get(v.vacancy_id, ()))]
            groups.append(Group(key.department, key.site, tuple(lines)))
        yield Chart(trust, tuple(groups))


class _Drawn:
    """Draws lines of vacancies."""

    def __init__(self, delivery: Delivery, by_stay: Mapping[Stay, Service], scale: Scale) -> None:
        self._t = delivery.translator
        self._by_stay = by_stay
        self._scale = scale

    def lanes(self, vacancy: Vacancy, stays: Sequence[Stay]) -> Iterator[Lane]:
        """A line for each position of the vacancy, and more where it is overfull."""
        t = self._t
        dealt = lanes(vacancy, sorted(stays))
        name, period = vacancy.vacancy_id, period_text(t, vacancy.start, vacancy.end)
        for number, there in enumerate(dealt, 1):
            if there.extra:
                title = t.text(N_("{vacancy}: more than there are positions for"), vacancy=name)
            elif len(dealt) > 1:
                title = t.text(
                    N_("{vacancy}, position {n}: {period}"), vacancy=name, n=number, period=period
                )
            else:
                title = t.text(N_("{vacancy}: {period}"), vacancy=name, period=period)
            bars = tuple(self._bars(there.stays))
            yield Lane(
                name,
                str(number) if len(dealt) > 1 else "",
                title,
                "; ".join(bar.service.who for bar in bars) or t.text(N_("Nobody serves here.")),
                tuple(span for days in there.open if (span := self._scale.span(*days))),
                bars,
            )

    def _bars(self, stays: Sequence[Stay]) -> Iterator[Bar]:
        for stay in stays:
            span = self._scale.span(stay.first, stay.last)
            if span is not None:
                service = self._by_stay[stay]
                signs = [
                    *("!" for _ in (1,) if service.conflict),
                    *("◆" for _ in (1,) if service.far),
                ]
                label = " ".join([*signs, service.who])
                yield Bar(span, service, label, tuple(self._told(service)))

    def _told(self, service: Service) -> Iterator[str]:
        t, stay = self._t, service.stay
        _, site, department = service.place
        yield service.who
        yield service.municipality
        yield t.text(
            N_("{vacancy}, {department}, {site}"),
            vacancy=stay.vacancy_id,
            department=department,
            site=site,
        )
        yield period_text(t, stay.first, stay.last)
        yield t.text(N_("Status: {status}"), status=t.word(service.status))
        if service.wish:
            yield service.wish
            yield t.text(N_("Time: {deviation}"), deviation=service.deviation)
        if service.far:
            yield t.text(FAR)
        if service.conflict:
            yield t.text(CONFLICT)
        if service.caveat:
            yield service.caveat


FAR = N_("Far from the wish")
CONFLICT = N_("In a conflict between promises")


def legend(delivery: Delivery, all_service: Sequence[Service]) -> list[tuple[str, str]]:
    """The statuses that occur, each with its word."""
    used = {service.status for service in all_service}
    return [(status, delivery.translator.word(status)) for status in STATUSES if status in used]


def _percent(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") + "%"

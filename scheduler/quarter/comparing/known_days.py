"""What a plan alone shows of its vacancies: each of their days is used in it, or told as unused."""

from collections.abc import Iterator

from models.finding import N_, Finding, finding
from scheduler.problem.calendar import DAY
from scheduler.quarter.comparing.compare import Change
from scheduler.quarter.comparing.side import Service, Side

NEW = N_("{vacancy} has come since the plan before.")
_GROWN = N_("{vacancy} did not have all these days in the plan before.")


def new_days(before: Side, change: Change) -> Iterator[Finding]:
    """The vacancies that somebody now serves in on days which the plan before did not know."""
    if before.known is None:
        return
    for service in change.taken:
        known = sorted(s for s in before.known if s.vacancy_id == service.vacancy_id)
        if not known:
            yield finding(NEW, vacancy=service.vacancy_id)
        elif not _covered(service, known):
            yield finding(_GROWN, vacancy=service.vacancy_id)


def _covered(service: Service, known: list[Service]) -> bool:
    """Whether every day of the service is in one of the stretches, the earliest first."""
    day = service.start
    for stretch in known:
        if stretch.start <= day:
            day = max(day, stretch.end + DAY)
    return day > service.end

"""What-ifs as sentences: the changes that would help somebody."""

from models.explanation import (
    Change,
    LimitChange,
    OpennessChange,
    PairChange,
    PositionChange,
    WaiverChange,
    WindowChange,
    WishChange,
)
from models.finding import N_, Finding, Header, finding
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.rules.catalogue import NAMES


def change_finding(round: Round, who: str, change: Change) -> Finding:
    """A change that would help, as a statement of what would be the case."""
    match change:
        case PositionChange(vacancy_id=number):
            vacancy = round.vacancy[number]
            return finding(
                N_("Vacancy {vacancy} ({site}, {department}) has one position more."),
                vacancy=number,
                site=vacancy.site,
                department=vacancy.department,
            )
        case WindowChange(vacancy_id=number, first=first, last=last):
            vacancy = round.vacancy[number]
            place = {"vacancy": number, "site": vacancy.site, "department": vacancy.department}
            if last > vacancy.end:
                return finding(
                    N_("Vacancy {vacancy} ({site}, {department}) lasts {n} day longer, to {day}."),
                    plural=N_(
                        "Vacancy {vacancy} ({site}, {department}) lasts {n} days longer, to {day}."
                    ),
                    n=(last - vacancy.end).days,
                    day=last,
                    **place,
                )
            return finding(
                N_("Vacancy {vacancy} ({site}, {department}) begins {n} day earlier, on {day}."),
                plural=N_(
                    "Vacancy {vacancy} ({site}, {department}) begins {n} days earlier, on {day}."
                ),
                n=(vacancy.start - first).days,
                day=first,
                **place,
            )
        case LimitChange(column="max_away", place=(number,)):
            return finding(
                N_(
                    "Municipality {municipality} can do without {limit} at the same time "
                    "({column})."
                ),
                municipality=number,
                limit=_raised(round.municipality[number].max_away),
                column=Header("max_away"),
            )
        case LimitChange(column=column, place=place):
            key = DepartmentKey(*place)
            return finding(
                N_("{department} at {site} receives {limit} on the same day ({column}).")
                if column == "max_arrivals"
                else N_("{department} at {site} takes {limit} at the same time ({column})."),
                department=key.department,
                site=key.site,
                limit=_raised(getattr(round.department[key], column)),
                column=Header(column),
            )
        case PairChange(candidate_a=a, candidate_b=b, to="alone"):
            return finding(N_("{a} and {b} may be placed without each other."), a=a, b=b)
        case PairChange(candidate_a=a, candidate_b=b, pair="not_together"):
            return finding(N_("{a} and {b} may be away at the same time."), a=a, b=b)
        case PairChange(candidate_a=a, candidate_b=b):
            return finding(N_("{a} and {b} may serve at different sites."), a=a, b=b)
        case OpennessChange(to="sites"):
            return finding(N_("{candidate} is open to other sites."), candidate=who)
        case OpennessChange(to="departments"):
            return finding(N_("{candidate} is open to other departments."), candidate=who)
        case OpennessChange():
            return finding(N_("{candidate} accepts three plus three months."), candidate=who)
        case WaiverChange(rule=rule):
            return finding(
                N_("A waiver of {requirement} for {candidate}."),
                requirement=NAMES[rule],
                candidate=who,
            )
        case WishChange(months=months) if months > 0:
            return finding(
                N_("{candidate} wishes for a period {n} month later."),
                plural=N_("{candidate} wishes for a period {n} months later."),
                candidate=who,
                n=months,
            )
        case WishChange(months=months):
            return finding(
                N_("{candidate} wishes for a period {n} month earlier."),
                plural=N_("{candidate} wishes for a period {n} months earlier."),
                candidate=who,
                n=-months,
            )


def _raised(limit: int | None) -> int:
    """A limit that is raised by one."""
    assert limit is not None
    return limit + 1

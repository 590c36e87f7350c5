"""What-ifs in words: the changes that would help somebody, as what would have to be the case."""

from collections.abc import Mapping, Sequence

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
from scheduler.explanations.wording.obstacle_words import Named, those_told
from scheduler.locale import Translator, capital
from scheduler.rules.agreement import AgreementRule
from scheduler.rules.catalogue import NAMES

# Of two people that may both be told, and of one of them, the other being from elsewhere.
_PAIRS = {
    "alone": (
        N_("if {a} and {b} could be placed without each other"),
        N_(
            "if {candidates} and somebody from another municipality could be placed without each "
            "other"
        ),
    ),
    "not_together": (
        N_("if {a} and {b} could be away at the same time"),
        N_("if {candidates} and somebody from another municipality could be away at the same time"),
    ),
}
_APART = (
    N_("if {a} and {b} could serve at different sites"),
    N_("if {candidates} and somebody from another municipality could serve at different sites"),
)

# A limit raised by one, by its column.
LIMITS: Mapping[str, str] = {
    "max_concurrent": N_(
        "if {department} at {site} could take {limit} at the same time ({column})"
    ),
    "max_arrivals": N_(
        "if {department} at {site} could receive {limit} on the same day ({column})"
    ),
    "max_away": N_(
        "if municipality {municipality} could do without {limit} at the same time ({column})"
    ),
}


def change_finding(round: Round, who: str, change: Change, named: Named = None) -> Finding:
    """A change that would help, as a condition that begins with “if”; others than those `named` are
    only somebody else.
    """
    match change:
        case PositionChange(vacancy_id=number):
            vacancy = round.vacancy[number]
            return finding(
                N_("if vacancy {vacancy} ({site}, {department}) had one position more"),
                vacancy=number,
                site=vacancy.site,
                department=vacancy.department,
            )
        case WindowChange(vacancy_id=number, first=first, last=last):
            vacancy = round.vacancy[number]
            place = {"vacancy": number, "site": vacancy.site, "department": vacancy.department}
            if last > vacancy.end:
                return finding(
                    N_(
                        "if vacancy {vacancy} ({site}, {department}) lasted {n} day longer, to "
                        "{day}"
                    ),
                    plural=N_(
                        "if vacancy {vacancy} ({site}, {department}) lasted {n} days longer, to "
                        "{day}"
                    ),
                    n=(last - vacancy.end).days,
                    day=last,
                    **place,
                )
            return finding(
                N_("if vacancy {vacancy} ({site}, {department}) began {n} day earlier, on {day}"),
                plural=N_(
                    "if vacancy {vacancy} ({site}, {department}) began {n} days earlier, on {day}"
                ),
                n=(vacancy.start - first).days,
                day=first,
                **place,
            )
        case LimitChange(column=column, place=(number,)):
            return finding(
                LIMITS[column],
                municipality=number,
                limit=_raised(getattr(round.municipality[number], column)),
                column=Header(column),
            )
        case LimitChange(column=column, place=place):
            key = DepartmentKey(*place)
            return finding(
                LIMITS[column],
                department=key.department,
                site=key.site,
                limit=_raised(getattr(round.department[key], column)),
                column=Header(column),
            )
        case PairChange():
            return _pair(change, named)
        case OpennessChange(to="sites"):
            return finding(N_("if {candidate} were open to other sites"), candidate=who)
        case OpennessChange(to="departments"):
            return finding(N_("if {candidate} were open to other departments"), candidate=who)
        case OpennessChange():
            return finding(N_("if {candidate} accepted three plus three months"), candidate=who)
        case WaiverChange(rule=AgreementRule.id):
            return finding(
                N_(
                    "if the municipality had an agreement with the trust on the first day, or "
                    "{candidate} had a waiver of {requirement}"
                ),
                requirement=NAMES[AgreementRule.id],
                candidate=who,
            )
        case WaiverChange(rule=rule):
            return finding(
                N_("if {candidate} had a waiver of {requirement}"),
                requirement=NAMES[rule],
                candidate=who,
            )
        case WishChange(months=months) if months > 0:
            return finding(
                N_("if {candidate} wished for a period {n} month later"),
                plural=N_("if {candidate} wished for a period {n} months later"),
                candidate=who,
                n=months,
            )
        case WishChange(months=months):
            return finding(
                N_("if {candidate} wished for a period {n} month earlier"),
                plural=N_("if {candidate} wished for a period {n} months earlier"),
                candidate=who,
                n=-months,
            )


def _pair(change: PairChange, named: Named) -> Finding:
    """A change of what is agreed about two people; of those, only the `named` are told."""
    kind = "alone" if change.to == "alone" else change.pair
    both, one = _PAIRS.get(kind, _APART)
    own, others = those_told((change.candidate_a, change.candidate_b), named)
    if not others:
        return finding(both, a=change.candidate_a, b=change.candidate_b)
    return finding(one, candidates=own)


def condition_text(
    round: Round,
    who: str,
    changes: Sequence[Change],
    translator: Translator,
    named: Named = None,
) -> str:
    """What would have to be the case, of one change or of two together, with a capital."""
    told = [translator.finding(change_finding(round, who, change, named)) for change in changes]
    text = told[0]
    for other in told[1:]:
        text = translator.text(N_("{condition}, and {other}"), condition=text, other=other)
    return capital(text)


def _raised(limit: int | None) -> int:
    """A limit that is raised by one."""
    assert limit is not None
    return limit + 1

"""Those without a place or far from their wish: what they wished, why, and what helps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.explanation import ExplanationEntry
from models.finding import N_, Finding, SheetName, finding
from models.grouped import grouped
from models.placement import Placement
from models.plan import WaitingPart
from models.wish import Wish
from scheduler.explanations.refusals import SEVERAL
from scheduler.explanations.wording.words import refusals_told, wish_findings
from scheduler.problem.waiting import waiting_quarters
from scheduler.report.page.services import Service
from scheduler.report.sheets.explained import OUTCOMES, changes_text, no_help, place_text
from scheduler.report.sheets.people import PART_MEANINGS
from scheduler.report.texts import Delivery, deviation_text, period_text, span, wish_text
from scheduler.rules.catalogue import RULES

# So many vacancies that one rule shuts out are told one by one, each with its numbers.
_EACH = 2


@dataclass(frozen=True, slots=True)
class WishTold:
    """A wish: its place in words, what became of it (a code and its word), and why."""

    place: str
    outcome: str
    word: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpTold:
    """What would be the case, and what they would have then; blank where nothing helps."""

    changes: str
    then: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody without a new place, or far from the wish; `kind` is a code for the state, `bar` the
    number of their first service on the page.
    """

    candidate_id: str
    bar: int | None
    name: str
    municipality: str
    priority: int | None
    quarters: int
    wished: str
    sorted: str
    kind: str
    state: str
    has: tuple[str, ...]
    wishes: tuple[WishTold, ...]
    help: tuple[HelpTold, ...]


def concerned(delivery: Delivery, everybody: Sequence[Service]) -> list[Person]:
    """Those not placed, then those far from their wish, then all others of the waiting list."""
    hard = delivery.round.policy.hard_points
    far = sorted(
        (p for p in delivery.placements if p.points >= hard),
        key=lambda p: (-p.points, p.candidate_id),
    )
    parts = {part: n for n, part in enumerate(PART_MEANINGS)}
    waiting = sorted(
        delivery.plan.unplaced, key=lambda e: (-parts[WaitingPart(e.part)], e.candidate_id)
    )
    told = _Told(delivery, everybody)
    unplaced = [told.waiting(e.candidate_id, WaitingPart(e.part)) for e in waiting]
    missed = sum(e.part == WaitingPart.UNPLACED.value for e in waiting)
    return [*unplaced[:missed], *map(told.placed, far), *unplaced[missed:]]


class _Told:
    """Tells of single people."""

    def __init__(self, delivery: Delivery, everybody: Sequence[Service]) -> None:
        self._delivery = delivery
        in_time = sorted(everybody, key=lambda s: s.stay, reverse=True)
        self._bars = {s.stay.candidate_id: s.number for s in in_time}
        self._t = delivery.translator
        self._wishes = grouped(delivery.plan.explanations, lambda entry: entry.candidate_id)
        self._helped = {entry.candidate_id: entry for entry in delivery.plan.help}
        self._ranked = {(w.candidate_id, w.rank): w for w in delivery.round.wishes if not w.never}
        self._rules = {rule.id: rule for rule in RULES}

    def waiting(self, who: str, part: WaitingPart) -> Person:
        """Somebody without a new placement."""
        return self._person(
            who, part.value, self._t.word(part), (self._t.text(PART_MEANINGS[part]),)
        )

    def placed(self, placement: Placement) -> Person:
        """Somebody whose placement is far from the wish."""
        t = self._t
        has = []
        for number, placed in enumerate(placement.segments):
            _, site, department = self._delivery.place(placed.segment.vacancy_id)
            has.append(
                t.text(
                    N_("{vacancy}, {department}, {site}: {period}."),
                    vacancy=placed.segment.vacancy_id,
                    department=department,
                    site=site,
                    period=span(placed.segment, t),
                )
            )
            deviation = deviation_text(self._delivery, placement, number)
            has.append(t.text(N_("Time: {deviation}"), deviation=deviation))
            has.append(wish_text(t, placed))
        return self._person(
            placement.candidate_id, "far", t.text(N_("Far from the wish")), tuple(has)
        )

    def _person(self, who: str, kind: str, state: str, has: tuple[str, ...]) -> Person:
        delivery, t = self._delivery, self._t
        candidate = delivery.round.candidate[who]
        return Person(
            who,
            self._bars.get(who),
            candidate.name,
            delivery.municipality(candidate.municipality),
            delivery.round.priority_of.get(who),
            waiting_quarters(delivery.round, who),
            period_text(t, candidate.wished_start, candidate.period_end),
            candidate.wished_start.isoformat(),
            kind,
            state,
            has,
            tuple(self._wish(entry) for entry in self._wishes.get(who, ())),
            tuple(self._help(who)),
        )

    def _wish(self, entry: ExplanationEntry) -> WishTold:
        t = self._t
        outcome = OUTCOMES[entry.outcome]
        why = [t.finding(told) for told in wish_findings(entry)]
        why += self._refused(entry)
        wish = self._ranked[entry.candidate_id, entry.rank]
        place = t.text(
            N_("Wish {rank}: {place}"), rank=entry.rank, place=_place(wish, t.text(_ANY))
        )
        return WishTold(place, outcome, t.word(outcome), tuple(why))

    def _refused(self, entry: ExplanationEntry) -> Iterator[str]:
        """Why vacancies were not possible, those that are shut out by the same together."""
        t = self._t
        by_cause = grouped(refusals_told(self._delivery.round, entry), _cause)
        for (rule, several), own in sorted(by_cause.items(), key=lambda found: -len(found[1])):
            if len(own) <= _EACH or rule not in self._rules:
                for vacancy_id, why in own:
                    yield t.text(N_("{vacancy}: {why}"), vacancy=vacancy_id, why=t.finding(why))
            else:
                yield t.finding(
                    finding(
                        several or self._rules[rule].shuts_out,
                        vacancies=tuple(vacancy_id for vacancy_id, _ in own),
                        sheet=SheetName(self._rules[rule].cure),
                    )
                )

    def _help(self, who: str) -> Iterator[HelpTold]:
        entry = self._helped.get(who)
        if entry is None:
            return
        for remedy in entry.remedies:
            then = place_text(self._delivery, remedy.placement)
            yield HelpTold(changes_text(self._delivery, who, remedy), then)
        if not entry.remedies:
            yield HelpTold(self._t.text(no_help(entry)), "")


def _cause(refusal: tuple[str, Finding]) -> tuple[str, str]:
    """The rule that shuts a vacancy out, and what is said of several if it is not the rule's."""
    return refusal[1].rule, SEVERAL.get(refusal[1].message, "")


_ANY = N_("anything")


def _place(wish: Wish, anything: str) -> str:
    return ", ".join(part for part in (wish.department, wish.site, wish.trust) if part) or anything

"""One quarterly allocation: all nouns together, cross-references checked. This is the problem."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from models.base import Frozen
from models.candidate import Candidate, CandidateStatus
from models.department import Department
from models.grouped import grouped
from models.language import Language
from models.lock import Decline, Lock
from models.municipality import Agreement, Municipality, Priority
from models.policy import Policy
from models.references import reference_problems
from models.vacancy import DepartmentKey, Vacancy
from models.waiver import Pair, Waiver
from models.wish import Wish


class Round(Frozen):
    """Everything that a plan is computed from.

    The nouns are kept sorted, so the order of input rows never matters.
    """

    name: str
    run_date: date
    next_round_date: date
    policy_name: str
    policy: Policy
    language: Language = "nb"
    seed: str
    seed_reason: str = ""
    coordinator: str = ""
    coordinator_email: str = ""
    coordinator_phone: str = ""
    channel: str = ""
    candidates: tuple[Candidate, ...] = ()
    wishes: tuple[Wish, ...] = ()
    priority: tuple[Priority, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    departments: tuple[Department, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    locks: tuple[Lock, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    declines: tuple[Decline, ...] = ()
    pairs: tuple[Pair, ...] = ()

    @model_validator(mode="after")
    def _refuse_broken_references(self) -> Self:
        found = [
            f"{p.sheet}[{p.index}].{p.problem.field}: {p.problem.finding.message}"
            for p in reference_problems(self.sheets())
        ]
        if found:
            raise ValueError("; ".join(found))
        return self

    @classmethod
    def build(cls, **facts: object) -> Self:
        """A round with its nouns sorted; raises ValueError naming every broken reference."""
        for sheet, key in _ORDER.items():
            rows = facts.get(sheet, ())
            assert isinstance(rows, Iterable)
            facts[sheet] = tuple(sorted(rows, key=key))
        return cls.model_validate(facts)

    def changed(self, **facts: object) -> Self:
        """The same round with other facts; raises ValueError like `build`."""
        own = {name: getattr(self, name) for name in type(self).model_fields}
        return self.build(**{**own, **facts})

    def swapped(self, **facts: Iterable[Any]) -> "Round":
        """The same round with other rows in some sheets, which are not checked."""
        own = {name: getattr(self, name) for name in type(self).model_fields}
        rows = {sheet: tuple(sorted(facts[sheet], key=_ORDER[sheet])) for sheet in facts}
        other = Round.model_construct(**{**own, **rows})
        # What is known already of sheets that stay is known of the other too.
        for name, sheets in _LOOK_UPS.items():
            if name in self.__dict__ and not sheets & facts.keys():
                other.__dict__[name] = self.__dict__[name]
        return other

    def with_row(self, sheet: str, old: object, new: object) -> "Round":
        """The same round with one row of a sheet in place of another, not checked."""
        return self.swapped(**{sheet: [new if r is old else r for r in getattr(self, sheet)]})

    def sheets(self) -> Mapping[str, tuple[object, ...]]:
        """The nouns by the name of their sheet."""
        return {
            name: getattr(self, name)
            for name in (
                "candidates",
                "wishes",
                "priority",
                "vacancies",
                "departments",
                "municipalities",
                "agreements",
                "locks",
                "waivers",
                "declines",
                "pairs",
            )
        }

    @cached_property
    def candidate(self) -> Mapping[str, Candidate]:
        """Candidates by id."""
        return {c.candidate_id: c for c in self.candidates}

    @cached_property
    def vacancy(self) -> Mapping[str, Vacancy]:
        """Vacancies by id; a lock's vacancy may be missing."""
        return {v.vacancy_id: v for v in self.vacancies}

    @cached_property
    def department(self) -> Mapping[DepartmentKey, Department]:
        """Departments by (trust, site, department)."""
        return {d.key: d for d in self.departments}

    @cached_property
    def municipality(self) -> Mapping[str, Municipality]:
        """Municipalities by number."""
        return {m.municipality: m for m in self.municipalities}

    @cached_property
    def priority_of(self) -> Mapping[str, int]:
        """The priority numbers of the candidates that have one."""
        return {p.candidate_id: p.priority for p in self.priority}

    @cached_property
    def ranked(self) -> Mapping[str, tuple[Wish, ...]]:
        """Each candidate's ranked rows, first wish first."""
        return grouped((w for w in self.wishes if not w.never), lambda w: w.candidate_id)

    @cached_property
    def never(self) -> Mapping[str, tuple[Wish, ...]]:
        """Each candidate's rows that say never."""
        return grouped((w for w in self.wishes if w.never), lambda w: w.candidate_id)

    @cached_property
    def locks_of(self) -> Mapping[str, tuple[Lock, ...]]:
        """Each candidate's locks in the order of time."""
        return grouped(self.locks, lambda k: k.candidate_id)

    @cached_property
    def locks_in(self) -> Mapping[str, tuple[Lock, ...]]:
        """The locks in each vacancy (vanished ones too)."""
        return grouped(self.locks, lambda k: k.vacancy_id)

    @cached_property
    def _waived(self) -> frozenset[tuple[str, str]]:
        return frozenset((w.candidate_id, w.rule) for w in self.waivers)

    def waives(self, candidate_id: str, rule: str) -> bool:
        """Whether the rule is set aside for the candidate."""
        return (candidate_id, rule) in self._waived

    @cached_property
    def _declined(self) -> frozenset[tuple[str, str]]:
        return frozenset((d.candidate_id, d.vacancy_id) for d in self.declines)

    @cached_property
    def declines_of(self) -> Mapping[str, tuple[Decline, ...]]:
        """The declines by or about each candidate that has any."""
        return grouped(self.declines, lambda d: d.candidate_id)

    def declined(self, candidate_id: str, vacancy_id: str) -> bool:
        """Whether there is a no to this vacancy by or about the candidate."""
        return (candidate_id, vacancy_id) in self._declined

    @cached_property
    def _agreements(self) -> Mapping[tuple[str, str], tuple[Agreement, ...]]:
        return grouped(self.agreements, lambda a: (a.municipality, a.trust))

    def agreements_between(self, municipality: str, trust: str) -> tuple[Agreement, ...]:
        """All agreements of the municipality with the trust."""
        return self._agreements.get((municipality, trust), ())

    @cached_property
    def agreed_trusts(self) -> Mapping[str, frozenset[str]]:
        """The trusts that each municipality has any agreement with."""
        own = grouped(self.agreements, lambda a: a.municipality)
        return {number: frozenset(a.trust for a in rows) for number, rows in own.items()}

    def is_open(self, candidate_id: str) -> bool:
        """Whether the candidate can get something new (SPEC section 4)."""
        candidate = self.candidate[candidate_id]
        if candidate.status is not CandidateStatus.WAITING:
            return False
        locked = candidate_id in self.locks_of
        return not locked or (candidate.plan_rest and candidate.remaining_months > 0)

    @cached_property
    def open_candidates(self) -> tuple[Candidate, ...]:
        """Those who can get something new, by id."""
        return tuple(c for c in self.candidates if self.is_open(c.candidate_id))


# What the rows of each sheet are sorted by.
_ORDER: Mapping[str, Callable[[Any], Any]] = {
    "candidates": lambda c: c.candidate_id,
    "wishes": lambda w: (w.candidate_id, w.never, str(w.rank).zfill(9), w.trust, w.site),
    "priority": lambda p: (p.municipality, p.priority, p.candidate_id),
    "vacancies": lambda v: v.vacancy_id,
    "departments": lambda d: d.key,
    "municipalities": lambda m: m.municipality,
    "agreements": lambda a: (a.municipality, a.trust, a.valid_from or date.min),
    "locks": lambda k: (k.candidate_id, k.start, k.end, k.vacancy_id),
    "waivers": lambda w: (w.candidate_id, w.rule),
    "declines": lambda d: (d.candidate_id, d.vacancy_id),
    "pairs": lambda p: (p.candidate_a, p.candidate_b, p.kind),
}

# The sheets that each look-up is made from.
_LOOK_UPS: Mapping[str, frozenset[str]] = {
    "candidate": frozenset({"candidates"}),
    "vacancy": frozenset({"vacancies"}),
    "department": frozenset({"departments"}),
    "municipality": frozenset({"municipalities"}),
    "priority_of": frozenset({"priority"}),
    "ranked": frozenset({"wishes"}),
    "never": frozenset({"wishes"}),
    "locks_of": frozenset({"locks"}),
    "declines_of": frozenset({"declines"}),
    "locks_in": frozenset({"locks"}),
    "_waived": frozenset({"waivers"}),
    "_declined": frozenset({"declines"}),
    "_agreements": frozenset({"agreements"}),
    "agreed_trusts": frozenset({"agreements"}),
    "open_candidates": frozenset({"candidates", "locks"}),
}

"""Cross-checks between the sheets of a round: duplicates and references to nothing."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from models.base import Noun, Problem
from models.candidate import Candidate
from models.department import Department
from models.finding import N_, Finding, Header, finding
from models.grouped import grouped
from models.lock import Decline, Lock
from models.municipality import Agreement, Municipality, Priority
from models.nearness import closest, is_misspelt, same_id
from models.vacancy import Vacancy
from models.waiver import Pair, Waiver
from models.wish import Wish

T = TypeVar("T", bound=Noun)
Sheets = Mapping[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem with one row: its sheet, its index in that sheet and what is wrong."""

    sheet: str
    index: int
    problem: Problem


def reference_problems(sheets: Sheets, uncertain: Collection[str] = ()) -> list[RowProblem]:
    """Every duplicate and every reference to something unknown, in the order of the sheets.

    Nothing is said of references to the `uncertain` sheets, some of whose rows are not known.
    """
    found: list[RowProblem] = []
    for owner, check in (
        ("", _duplicates),
        (Candidate.sheet, _candidate_references),
        (Municipality.sheet, _municipality_references),
        (Department.sheet, _place_references),
        (Vacancy.sheet, _vacancy_references),
        ("", _priorities),
    ):
        if owner not in uncertain:
            found.extend(check(sheets))
    return found


def _rows(sheets: Sheets, noun: type[T]) -> list[T]:
    return list(cast("Sequence[T]", sheets.get(noun.sheet, ())))


def _duplicates(sheets: Sheets) -> Iterator[RowProblem]:
    yield from _repeated(
        sheets, Candidate, "candidate_id", lambda c: c.candidate_id, lambda c: c.candidate_id
    )
    yield from _repeated(
        sheets, Vacancy, "vacancy_id", lambda v: v.vacancy_id, lambda v: v.vacancy_id
    )
    yield from _repeated(
        sheets, Municipality, "municipality", lambda m: m.municipality, lambda m: m.municipality
    )
    yield from _repeated(sheets, Department, "department", lambda d: d.key, lambda d: d.department)
    yield from _repeated(
        sheets,
        Wish,
        "rank",
        lambda w: None if w.never else (w.candidate_id, w.rank),
        lambda w: str(w.rank),
        lambda w: w.candidate_id,
    )
    yield from _repeated(
        sheets,
        Priority,
        "priority",
        lambda p: (p.municipality, p.priority),
        lambda p: str(p.priority),
        lambda p: p.municipality,
    )
    yield from _repeated(
        sheets, Priority, "candidate_id", lambda p: p.candidate_id, lambda p: p.candidate_id
    )


_TWICE = N_("{value} stands twice; each may stand only once. Change or delete one row.")
_TWICE_FOR = N_(
    "Two rows for {whose} have {column} {value}; each may stand only once. Change or delete one "
    "row."
)


def _repeated(
    sheets: Sheets,
    noun: type[T],
    field: str,
    key: Callable[[T], object],
    shown: Callable[[T], str],
    whose: Callable[[T], str] | None = None,
) -> Iterator[RowProblem]:
    seen: set[object] = set()
    for index, row in enumerate(_rows(sheets, noun)):
        this = key(row)
        if this is not None and this in seen:
            told = finding(_TWICE, value=shown(row))
            if whose is not None:
                column = Header(noun.header(field))
                told = finding(_TWICE_FOR, value=shown(row), whose=whose(row), column=column)
            yield RowProblem(noun.sheet, index, Problem(field, told))
        seen.add(this)


def unknown(text: str, value: str, known: Iterable[str]) -> Finding:
    """A reference to nothing, with the nearest known name where one is near."""
    near = closest(value, known) if text in _NEAREST else None
    if near is not None:
        return finding(_NEAREST[text], value=value, nearest=near)
    return finding(text, value=value)


_CANDIDATE = N_("There is no candidate {value} in the candidates sheet; add it or correct the id.")
_MUNICIPALITY = N_("There is no municipality {value} in the municipalities sheet; add it there.")
_TRUST = N_("There is no trust {value} in the departments sheet; add it or correct the name.")
_SITE = N_("There is no site {value} in the departments sheet; add it or correct the name.")
_DEPARTMENT = N_(
    "There is no department {value} at that place in the departments sheet; "
    "add it or correct the name."
)
_VACANCY = N_("There is no vacancy {value} in the vacancies sheet; add it or correct the id.")
_NEAREST = {
    _CANDIDATE: N_("There is no candidate {value} in the candidates sheet. Maybe {nearest}?"),
    _TRUST: N_("There is no trust {value} in the departments sheet. Maybe {nearest}?"),
    _SITE: N_("There is no site {value} in the departments sheet. Maybe {nearest}?"),
    _DEPARTMENT: N_(
        "There is no department {value} at that place in the departments sheet. Maybe {nearest}?"
    ),
    _VACANCY: N_("There is no vacancy {value} in the vacancies sheet. Maybe {nearest}?"),
}


def _candidate_references(sheets: Sheets) -> Iterator[RowProblem]:
    known = {c.candidate_id for c in _rows(sheets, Candidate)}
    single = [(noun, "candidate_id") for noun in (Wish, Priority, Lock, Waiver, Decline)]
    for noun, field in [*single, (Pair, "candidate_a"), (Pair, "candidate_b")]:
        yield from _missing(sheets, noun, field, known, _CANDIDATE)


def _municipality_references(sheets: Sheets) -> Iterator[RowProblem]:
    known = {m.municipality for m in _rows(sheets, Municipality)}
    for noun in (Candidate, Priority, Agreement):
        yield from _missing(sheets, noun, "municipality", known, _MUNICIPALITY)


def _vacancy_references(sheets: Sheets) -> Iterator[RowProblem]:
    # A lock's vacancy may have vanished: that is a conflict, not an error (SPEC section 4d).
    known = {v.vacancy_id for v in _rows(sheets, Vacancy)}
    yield from _missing(sheets, Decline, "vacancy_id", known, _VACANCY)
    for index, lock in enumerate(_rows(sheets, Lock)):
        if lock.vacancy_id not in known and any(same_id(lock.vacancy_id, v) for v in known):
            misspelt = Problem("vacancy_id", unknown(_VACANCY, lock.vacancy_id, known))
            yield RowProblem(Lock.sheet, index, misspelt)


def _missing(
    sheets: Sheets, noun: type[Noun], field: str, known: set[str], text: str
) -> Iterator[RowProblem]:
    for index, row in enumerate(_rows(sheets, noun)):
        value = getattr(row, field)
        if value not in known:
            yield RowProblem(noun.sheet, index, Problem(field, unknown(text, value, known)))


def _place_references(sheets: Sheets) -> Iterator[RowProblem]:
    departments = grouped(_rows(sheets, Department), lambda d: d.trust)
    trusts = departments.keys()
    for index, agreement in enumerate(_rows(sheets, Agreement)):
        # An agreement with a trust that offers nothing now is no error, a misspelt name is.
        if is_misspelt(agreement.trust, trusts):
            misspelt = Problem("trust", unknown(_TRUST, agreement.trust, trusts))
            yield RowProblem(Agreement.sheet, index, misspelt)
    rows: list[Sequence[Vacancy | Wish]] = [_rows(sheets, Vacancy), _rows(sheets, Wish)]
    known: dict[tuple[str, str, str], Problem | None] = {}
    for row_list in rows:
        for index, row in enumerate(row_list):
            place = (row.trust, row.site, row.department)
            if place not in known:
                known[place] = _wrong_place(row, departments)
            wrong = known[place]
            if wrong:
                yield RowProblem(row.sheet, index, wrong)


def _wrong_place(
    row: Vacancy | Wish, departments: Mapping[str, Sequence[Department]]
) -> Problem | None:
    """The first of trust, site and department that, with those before it, names nothing; the
    departments are given by trust.
    """
    if row.trust and row.trust not in departments:
        return Problem("trust", unknown(_TRUST, row.trust, departments))
    named = [row.trust] if row.trust else departments
    fitting = [d for trust in named for d in departments[trust]]
    for field, text in (("site", _SITE), ("department", _DEPARTMENT)):
        value = getattr(row, field)
        if not value:
            continue
        narrowed = [d for d in fitting if getattr(d, field) == value]
        if not narrowed:
            return Problem(field, unknown(text, value, (getattr(d, field) for d in fitting)))
        fitting = narrowed
    return None


def _priorities(sheets: Sheets) -> Iterator[RowProblem]:
    home = {c.candidate_id: c.municipality for c in _rows(sheets, Candidate)}
    known = {m.municipality for m in _rows(sheets, Municipality)}
    for index, row in enumerate(_rows(sheets, Priority)):
        own = home.get(row.candidate_id)
        # A number that is not known is told where it stands.
        if own in known and row.municipality in known and own != row.municipality:
            yield RowProblem(
                Priority.sheet,
                index,
                Problem(
                    "candidate_id",
                    finding(
                        N_(
                            "{candidate} belongs to municipality {own} and cannot be ranked by "
                            "{other}; move the row or correct the number."
                        ),
                        candidate=row.candidate_id,
                        own=own,
                        other=row.municipality,
                    ),
                ),
            )

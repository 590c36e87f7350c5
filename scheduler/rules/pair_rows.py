"""The rows of the rule pairs."""

from collections.abc import Iterable
from datetime import date

from models.placement import Segment
from models.round import Round
from models.waiver import Pair, PairKind
from scheduler.problem.option import site_of
from scheduler.program.program import CandidateColumns, Column, Program

Site = tuple[str, str]


class Side:
    """One of the two: their columns, and what their locks already say."""

    def __init__(self, program: Program, candidate_id: str) -> None:
        self.round = program.round
        self.columns: CandidateColumns | None = program.candidates.get(candidate_id)
        self.locks = program.round.locks_of.get(candidate_id, ())
        self.locked_sites = {
            site_of(self.round, k.vacancy_id)
            for k in self.locks
            if k.vacancy_id in program.round.vacancy
        }

    @property
    def all(self) -> tuple[Column, ...]:
        """Every column; none if there are no options."""
        return self.columns.all if self.columns else ()

    @property
    def placing(self) -> tuple[Column, ...]:
        """Exactly one of these is taken when the candidate gets something new."""
        return self.columns.placing if self.columns else ()

    def groups(self) -> Iterable[tuple[Column, ...]]:
        """Sets of columns of which at most one is taken: whole and first, and second halves."""
        if self.columns:
            yield self.columns.placing
            if self.columns.seconds:
                yield self.columns.seconds

    def sites(self) -> set[Site]:
        """The sites of all columns."""
        return {column_site(self.round, c) for c in self.all}


def write_pair(program: Program, name: str, pair: Pair) -> None:
    """Write the rows of one pair."""
    a, b = Side(program, pair.candidate_a), Side(program, pair.candidate_b)
    label = f"{name} {pair.candidate_a} {pair.candidate_b}"
    if pair.kind is PairKind.NOT_TOGETHER:
        _never_together(program, label, a, b)
    else:
        _same_site(program, label, a, b)
    if not pair.alone_ok:
        for mine, partner in ((a, b), (b, a)):
            if not partner.locks:
                terms = [(c, 1) for c in mine.placing] + [(c, -1) for c in partner.placing]
                program.add_row(f"{label} both or neither", terms, upper=0)


def _same_site(program: Program, label: str, a: Side, b: Side) -> None:
    round = program.round
    for site in sorted(a.sites() | b.sites()):
        for mine in a.groups():
            here = [c for c in mine if column_site(round, c) == site]
            for theirs in b.groups():
                away = [c for c in theirs if column_site(round, c) != site]
                program.at_most(f"{label} {site}", here + away, 1)
    _same_as_locked(program, label, a, b)
    _same_as_locked(program, label, b, a)


def _same_as_locked(program: Program, label: str, mine: Side, partner: Side) -> None:
    """Locked sites: nothing new elsewhere, and no partner for somebody spread over sites."""
    round = program.round
    locked = mine.locked_sites | partner.locked_sites
    if partner.locks:
        # The partner is placed for certain, so my columns are at the one locked site or nowhere.
        for column in mine.all:
            if locked - {column_site(round, column)}:
                program.at_most(f"{label} locked site", [column], 0)
    elif mine.locked_sites:
        for group in mine.groups():
            for site in sorted(mine.sites()):
                if mine.locked_sites - {site}:
                    here = [c for c in group if column_site(round, c) == site]
                    program.at_most(f"{label} own locked site", [*here, *partner.placing], 1)
    if mine.columns and mine.columns.seconds:
        placed = [] if partner.locks else list(partner.placing)
        limit = 1 if partner.locks else 2
        for site in sorted(mine.sites()):
            first = [c for c in mine.columns.firsts if column_site(round, c) == site]
            second = [c for c in mine.columns.seconds if column_site(round, c) != site]
            program.at_most(f"{label} one site", [*first, *second, *placed], limit)


def _never_together(program: Program, label: str, a: Side, b: Side) -> None:
    for mine, partner in ((a, b), (b, a)):
        for column in mine.all:
            if any(_covers(column, k.start, k.end) for k in partner.locks):
                program.at_most(f"{label} locked days", [column], 0)
    for day in sorted({s.start for c in (*a.all, *b.all) for s in _segments(c)}):
        there = [
            [c for c in side.all if any(s.covers(day) for s in _segments(c))] for side in (a, b)
        ]
        if all(there):
            program.at_most(f"{label} {day}", there[0] + there[1], 1)


def _covers(column: Column, first: date, last: date) -> bool:
    return any(s.start <= last and first <= s.end for s in _segments(column))


def _segments(column: Column) -> tuple[Segment, ...]:
    assert column.option is not None
    return column.option.segments


def column_site(round: Round, column: Column) -> Site:
    """The site of a column; the segments of a joined placement share it."""
    return site_of(round, _segments(column)[0].vacancy_id)

"""The differing rows of two inputs that bear on somebody's change."""

from collections.abc import Iterable
from functools import cached_property

from models.finding import Finding
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.quarter.comparing.compare import Change
from scheduler.quarter.comparing.input_changes import InputChanges, RowChange


class Touching:
    """Looks rows up by a change; nothing where an input is not known, or where somebody has what
    they had.
    """

    def __init__(self, before: Round | None, after: Round | None) -> None:
        self._before, self._after = before, after

    @cached_property
    def _inputs(self) -> InputChanges | None:
        if self._before is None or self._after is None:
            return None
        return InputChanges(self._before, self._after)

    def _asked(self, change: Change) -> InputChanges | None:
        return self._inputs if change.left or change.taken else None

    def own(self, change: Change) -> list[RowChange]:
        """Their own rows, promises and answers left out."""
        inputs = self._asked(change)
        return [] if inputs is None else inputs.about(change.candidate_id)

    def vacancies(self, change: Change) -> list[RowChange]:
        """Those of vacancies that they left or took over."""
        inputs = self._asked(change)
        if inputs is None:
            return []
        numbers = sorted({s.vacancy_id for s in (*change.left, *change.taken)})
        return [row for number in numbers for row in inputs.of("vacancies", number)]

    def surroundings(self, change: Change) -> list[RowChange]:
        """Those of the departments of these, of their municipality, and of its agreements with the
        trusts.
        """
        inputs = self._asked(change)
        if inputs is None:
            return []
        places = {k for s in (*change.left, *change.taken) for k in self._places(s.vacancy_id)}
        found = [row for key in sorted(places) for row in inputs.of("departments", *key)]
        for home in self._homes(change.candidate_id):
            found += inputs.of("municipalities", home)
            for trust in sorted({key[0] for key in places}):
                found += inputs.of("agreements", home, trust)
        return found

    def order(self, change: Change) -> list[RowChange]:
        """Those of their municipality's order."""
        inputs = self._asked(change)
        if inputs is None:
            return []
        return [row for h in self._homes(change.candidate_id) for row in inputs.of("priority", h)]

    def cells(self, change: Change) -> list[Finding]:
        """The cells that differ in rows of all kinds but the last."""
        rows = (*self.own(change), *self.vacancies(change), *self.surroundings(change))
        return sentences(row for row in rows if row.fields)

    @cached_property
    def _rounds(self) -> list[Round]:
        return [r for r in (self._before, self._after) if r is not None]

    def _places(self, number: str) -> list[DepartmentKey]:
        return [r.vacancy[number].department_key for r in self._rounds if number in r.vacancy]

    def _homes(self, who: str) -> list[str]:
        return sorted({r.candidate[who].municipality for r in self._rounds if who in r.candidate})


def sentences(rows: Iterable[RowChange]) -> list[Finding]:
    """What is different in the rows, row by row."""
    return [found for row in rows for found in row.findings()]

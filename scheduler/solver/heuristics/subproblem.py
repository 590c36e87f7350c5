"""A plan in which some people are planned anew: as quick to write down as they are few."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from scheduler.solver.linear.face import Face
from scheduler.solver.linear.matrix import OpenRow


class Patch:
    """The part of a face in which all columns are as in the plan `taken`, but for the `moving` ones
    and those of the `helpers` that have to do with them.
    """

    def __init__(
        self, face: Face, taken: frozenset[int], moving: Iterable[int], helpers: Iterable[int]
    ) -> None:
        self._face = face
        matrix = face.pool.matrix
        columns = np.array(face.pool.columns, dtype=np.int64)
        helping = np.zeros(len(columns), dtype=np.bool_)
        helping[matrix.places_of(i for i in helpers if i not in face.settled)] = True
        goals = np.array([*face.pool.stage_of], dtype=np.int64)
        new = found = matrix.places_of(i for i in moving if i not in face.settled)
        while len(new):
            rows = np.setdiff1d(matrix.terms_in(new)[0], goals)  # a goal has to do with everybody
            new = np.flatnonzero(helping & matrix.beside(rows))
            helping[new] = False
            found = np.concatenate((found, new))
        self._places = np.unique(found)
        self.live: Sequence[int] = columns[self._places].tolist()
        self._stay = taken.difference(self.live)

    def open_rows(self) -> Iterator[OpenRow]:
        """The rows with live columns that the others do not keep already; places are in `live`."""
        matrix = self._face.pool.matrix
        staying = matrix.places_of(sorted(self._stay))
        rows, _, coefficients = matrix.terms_in(staying)
        load = np.bincount(rows, weights=coefficients, minlength=len(matrix))
        rows, places, coefficients = matrix.terms_in(self._places)
        order = np.argsort(rows, kind="stable")
        rows, places, coefficients = rows[order], places[order], coefficients[order]
        numbers, starts = np.unique(rows, return_index=True)
        least = np.add.reduceat(np.minimum(coefficients, 0), starts).tolist()
        most = np.add.reduceat(np.maximum(coefficients, 0), starts).tolist()
        ends = [*starts[1:].tolist(), len(rows)]
        where, weights = places.tolist(), coefficients.tolist()
        for at, number in enumerate(numbers.tolist()):
            row, known = self._face.searched(number), int(load[number])
            if row is not None and not row.holds_between(known + least[at], known + most[at]):
                own = slice(int(starts[at]), ends[at])
                yield OpenRow(where[own], weights[own], *row.left(known))

    def objective(self, terms: Mapping[int, int]) -> tuple[list[tuple[int, int]], int]:
        """The terms in live columns, and the sum of the others."""
        live = [(i, terms[i]) for i in self.live if i in terms]
        return live, sum(terms.get(i, 0) for i in self._stay)

    def plan(self, ones: Iterable[int]) -> frozenset[int]:
        """The plan in which these of the live columns are taken."""
        return self._stay.union(ones)

"""The part of a component that the goals so far leave: fewer columns, tighter rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from scheduler.program.components import Component
from scheduler.program.program import Row, ZeroHalf
from scheduler.solver.linear.matrix import Matrix, OpenRow


class Pool:
    """The columns and rows of a component, with rows that come up while it is solved.

    Rows are known by their number, which never changes. Most hold in every plan; the row of a
    goal, told by its stage, holds only in the faces that name it.
    """

    def __init__(self, component: Component) -> None:
        self.columns = component.columns
        self.rows = list(component.rows)
        self._own = len(self.rows)
        self.stage_of: dict[int, int] = {}
        self._matrix = Matrix(self.columns)

    def __getstate__(self) -> dict[str, object]:
        """Without the rows of the component; see `attach`."""
        return {
            "_added": self.rows[self._own :],
            "stage_of": self.stage_of,
        }

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)

    def attach(self, component: Component) -> None:
        """Give the pool, which comes from another process, its component."""
        self.columns = component.columns
        self.rows = [*component.rows, *self.__dict__.pop("_added")]
        self._own = len(component.rows)
        self._matrix = Matrix(self.columns)

    def add(self, row: Row, *, stage: int | None = None) -> int:
        """Add a row, or the row of the goal of a stage; returns its number."""
        self.rows.append(row)
        number = len(self.rows) - 1
        if stage is not None:
            self.stage_of[number] = stage
        return number

    def forget(self, count: int) -> None:
        """Keep only so many rows, the first ones; none of the others may be of a goal, nor have
        been in a relaxation.
        """
        del self.rows[count:]
        self._matrix.cut(min(count, len(self._matrix)))

    @property
    def matrix(self) -> Matrix:
        """The rows, and with them those added since, as arrays."""
        self._matrix.extend(self.rows[len(self._matrix) :])
        return self._matrix


@dataclass(frozen=True, slots=True)
class Face:
    """A pool with some columns settled at 0 or 1, some rows turned into equalities, and rows of
    goals.

    Every plan that is best for the goals so far lies in the face.
    """

    pool: Pool
    settled: Mapping[int, int] = field(default_factory=dict)
    tight: Mapping[int, int] = field(default_factory=dict)
    goals: frozenset[int] = frozenset()

    @property
    def live(self) -> list[int]:
        """The columns that are not settled."""
        return [i for i in self.pool.columns if i not in self.settled]

    def row(self, number: int) -> Row | None:
        """The row with this number as it holds in the face; None if it does not."""
        row, side = self.pool.rows[number], self.tight.get(number)
        if side is not None:
            return replace(row, lower=side, upper=side)
        return row if number not in self.pool.stage_of or number in self.goals else None

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows that hold in the face, with their numbers; tight ones as equalities."""
        for number in range(len(self.pool.rows)):
            row = self.row(number)
            if row is not None:
                yield number, row

    def searched(self, number: int) -> Row | None:
        """The row with this number as a search has to keep it; None if it has not.

        Rounded rows say nothing new about whole numbers, and hide the structure: only tight ones.
        """
        row = self.row(number)
        implied = row is not None and isinstance(row.why, ZeroHalf) and number not in self.tight
        return None if implied else row

    def open_rows(self) -> Iterator[OpenRow]:
        """The rows to be kept that settled columns do not keep already; places are in `live`."""
        rows = ((number, self.searched(number)) for number in range(len(self.pool.rows)))
        kept = [(number, row) for number, row in rows if row is not None]
        return self.pool.matrix.open_rows(self.settled, kept)

    def objective(self, terms: Mapping[int, int]) -> tuple[list[tuple[int, int]], int]:
        """The terms in live columns, and the sum of the others."""
        return self.live_terms(terms.items())

    def plan(self, ones: Iterable[int]) -> frozenset[int]:
        """The plan in which these of the live columns are taken."""
        return frozenset([*ones, *(i for i, v in self.settled.items() if v)])

    def narrowed(self, settled: Mapping[int, int], tight: Mapping[int, int]) -> "Face":
        """With more columns settled, and the rows with these numbers equal to these values."""
        return replace(self, settled={**self.settled, **settled}, tight={**self.tight, **tight})

    def with_goal(self, number: int) -> "Face":
        """With the row of a goal that has this number."""
        return replace(self, goals=self.goals | {number})

    def live_terms(self, terms: Iterable[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
        """The terms in live columns, and the sum of the settled ones."""
        live, fixed = [], 0
        for index, coefficient in terms:
            value = self.settled.get(index)
            if value is None:
                live.append((index, coefficient))
            else:
                fixed += coefficient * value
        return live, fixed

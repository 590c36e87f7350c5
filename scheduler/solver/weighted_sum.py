"""Several stages as one sum, so weighted that each counts before all after it."""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.program.components import Component
from scheduler.program.program import Program

Terms = Mapping[int, int]
Span = tuple[int, int]

# Sums are kept small enough for the solvers' own arithmetic.
_LARGEST_SUM = 2**50


def total(terms: Terms, taken: Container[int]) -> int:
    """The sum for the columns taken."""
    return sum(c for i, c in terms.items() if i in taken)


@dataclass(frozen=True)
class WeightedSum:
    """Stages with their weights, and how small and how large each can be."""

    stages: tuple[Terms, ...]
    weights: tuple[int, ...]
    spans: tuple[Span, ...]

    @cached_property
    def terms(self) -> Terms:
        """Σ weight × stage."""
        found: Counter[int] = Counter()
        for terms, weight in zip(self.stages, self.weights, strict=True):
            for index, coefficient in terms.items():
                found[index] += weight * coefficient
        return found

    def sum(self, taken: Container[int]) -> int:
        """The weighted sum for the columns taken."""
        parts = zip(self.stages, self.weights, strict=True)
        return sum(weight * total(terms, taken) for terms, weight in parts)

    def without_first(self) -> "WeightedSum":
        """The stages after the first, with the same weights."""
        return WeightedSum(self.stages[1:], self.weights[1:], self.spans[1:])

    def first_bound(self, bound: int) -> int:
        """The least that the first stage can be, where the weighted sum is at least `bound`."""
        rest = zip(self.weights[1:], self.spans[1:], strict=True)
        return -((sum(w * most for w, (_, most) in rest) - bound) // self.weights[0])


class Spans:
    """How small and how large sums over the columns of a component can be."""

    def __init__(self, program: Program, component: Component) -> None:
        # Of the columns of one group at most one is taken.
        self._group = {i: i for i in component.columns}
        for own in program.candidates.values():
            for part in (own.placing, own.seconds):
                for column in part:
                    if column.index in self._group:
                        self._group[column.index] = part[0].index

    def span(self, terms: Terms) -> Span:
        """Limits that no plan's sum passes."""
        least: defaultdict[int, int] = defaultdict(int)
        most: defaultdict[int, int] = defaultdict(int)
        for index, coefficient in terms.items():
            group = self._group[index]
            least[group] = min(least[group], coefficient)
            most[group] = max(most[group], coefficient)
        return sum(least.values()), sum(most.values())

    def joined(self, stages: Sequence[Terms]) -> WeightedSum:
        """As many of the stages, from the first, as fit into one sum; at least one, if any."""
        spans: list[Span] = []
        size = 1
        for terms in stages:
            least, most = self.span(terms)
            size *= most - least + 1
            if size > _LARGEST_SUM and spans:
                break
            spans.append((least, most))
        weights = [1]
        for least, most in reversed(spans[1:]):
            weights.append(weights[-1] * (most - least + 1))
        count = len(spans)
        return WeightedSum(tuple(stages[:count]), tuple(reversed(weights[:count])), tuple(spans))

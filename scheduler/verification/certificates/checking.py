"""Checking certificates: from dual values to bounds, in fractions, without a solver.

For a face (some columns settled, some rows equalities, earlier goals as rows) and any prices y of
its rows with the right signs, every plan x in it satisfies

    c·x ≥ L = Σ yᵢ × (the side of row i that yᵢ pushes against) + Σ min(0, dⱼ) over free columns
            + Σ dⱼ × (value) over settled ones,    d = c − Σ yᵢ × (row i).

So the sum is at least L rounded up. Plans that reach the value v lie in a smaller face: a column
with |dⱼ| > v − L stays where L supposes it, a row with |yᵢ| > v − L stays at its side.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from models.certificate import Certificates, PartEntry, PriceEntry, RoundedEntry, StageEntry
from models.finding import N_, Finding, Term, finding
from models.plan import Plan
from models.proved import Proved
from scheduler.goals.base import Goal, Stage
from scheduler.listing.building import build_program
from scheduler.problem.case import Case
from scheduler.program.components import Component, components, people_of
from scheduler.program.program import Program
from scheduler.verification.certificates.order import Inequality, Lemmas, NotProvedError
from scheduler.verification.certificates.wishes import Claim, claims_of
from scheduler.verification.found import Checked


@dataclass
class _Row:
    terms: Mapping[int, int]
    lower: int | None
    upper: int | None


@dataclass
class _Face:
    """The rows of a part, and what its earlier stages leave."""

    columns: Sequence[int]
    rows: dict[tuple[str, int], _Row]
    settled: dict[int, int] = field(default_factory=dict)

    def bound(
        self, terms: Mapping[int, int], prices: Mapping[tuple[str, int], Fraction]
    ) -> tuple[Fraction, dict[int, Fraction]]:
        """L and d."""
        costs = {i: Fraction(terms.get(i, 0)) for i in self.columns}
        least = Fraction(0)
        for key, price in prices.items():
            if key not in self.rows:
                raise NotProvedError(f"there is no row {key}")
            row = self.rows[key]
            side = row.lower if price > 0 else row.upper
            if side is None:
                raise NotProvedError(f"row {key} has no such side")
            least += price * side
            for index, coefficient in row.terms.items():
                costs[index] -= price * coefficient
        for index, cost in costs.items():
            if index in self.settled:
                least += cost * self.settled[index]
            else:
                least += min(Fraction(0), cost)
        return least, costs

    def charges(self, columns: Iterable[int], costs: Mapping[int, Fraction]) -> dict[int, Fraction]:
        """What each of the columns that can be taken costs at least, above L.

        L takes whatever has d < 0. If a row leaves no room for that beside the column, it costs
        what it would give.
        """
        gains = {i: -cost for i, cost in costs.items() if cost < 0 and i not in self.settled}
        beside: dict[int, set[int]] = {i: set() for i in columns if i not in self.settled}
        for row in self.rows.values():
            own = beside.keys() & row.terms.keys()
            other = gains.keys() & row.terms.keys()
            if row.upper is None or not own or not other or min(row.terms.values()) < 0:
                continue
            room = row.upper - sum(c for i, c in row.terms.items() if self.settled.get(i))
            for i in own:
                beside[i] |= {j for j in other if row.terms[i] + row.terms[j] > room}
        return {
            i: max(Fraction(0), costs[i]) + sum(gains[j] for j in others - {i})
            for i, others in beside.items()
        }

    def narrow(
        self,
        costs: Mapping[int, Fraction],
        prices: Mapping[tuple[str, int], Fraction],
        gap: Fraction,
    ) -> None:
        """Leave out what departs from L by more than the gap."""
        for index, cost in costs.items():
            if index not in self.settled and abs(cost) > gap:
                self.settled[index] = 0 if cost > 0 else 1
        for key, price in prices.items():
            if abs(price) > gap:
                row = self.rows[key]
                side = row.lower if price > 0 else row.upper
                self.rows[key] = _Row(row.terms, side, side)


def check_proof(case: Case, plan: Plan, proof: Certificates) -> Checked:
    """Check every certificate of a plan that has been verified against the case."""
    program, goals = build_program(case)
    parts = components(program)
    stages = [stage for _, own in goals for stage in own]
    fits = (
        proof.columns == len(program.columns)
        and proof.rows == len(program.rows)
        and [p.columns for p in proof.parts] == [len(p.columns) for p in parts]
        and all([s.goal for s in p.stages] == [s.goal_id for s in stages] for p in proof.parts)
    )
    if not fits:
        return Checked(0, 0, 0, (finding(N_("The proofs were made for another input or policy.")),))
    lemmas = Lemmas(program)
    wrong = list(_labels(plan, proof, goals))
    if not _is_of(plan, proof, case, program, goals, parts):
        text = N_("The proofs are of another plan than this one.")
        return Checked(0, len(parts) * len(stages), 0, (*wrong, finding(text)))
    claims = list(claims_of(plan, program, stages))
    part_of = {index: number for number, part in enumerate(parts, 1) for index in part.columns}
    of_part: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        of_part[part_of[min(claim.columns)] if claim.columns else 0].append(claim)
    certified, shown = 0, set[Claim]()
    for number, (entry, part) in enumerate(zip(proof.parts, parts, strict=True), 1):
        try:
            certified += _check_part(entry, part, stages, lemmas, of_part[number], shown)
        except (NotProvedError, ValueError, ZeroDivisionError, LookupError):
            text = N_("The proofs of part {number} do not prove what they say.")
            wrong.append(finding(text, number=number))
    wrong += [claim.not_shown() for claim in claims if claim not in shown]
    return Checked(certified, len(parts) * len(stages), len(shown), tuple(wrong))


def _check_part(
    entry: PartEntry,
    part: Component,
    stages: Sequence[Stage],
    lemmas: Lemmas,
    claims: Sequence[Claim],
    shown: set[Claim],
) -> int:
    """Go through the stages of a part; returns how many are certified. Adds to those shown what it
    shows of the claims.
    """
    rows = {("row", n): _Row(dict(r.terms), r.lower, r.upper) for n, r in enumerate(part.rows)}
    own = set(part.columns)
    for number, listed in enumerate(entry.rows):
        row = _rounded(listed, rows) if isinstance(listed, RoundedEntry) else lemmas.row(listed)
        if not row.terms.keys() <= own:
            raise NotProvedError("a row reaches into another part")
        rows["own", number] = _Row(row.terms, None, row.upper)
    face = _Face(part.columns, rows)
    certified = 0
    for number, (stage, claimed) in enumerate(zip(stages, entry.stages, strict=True)):
        sign = -1 if stage.maximise else 1
        terms = {i: sign * c for i, c in stage.terms.items() if c and i in own}
        if claimed.prices is not None:
            prices = {_key(p): Fraction(p.price) for p in claimed.prices}
            least, costs = face.bound(terms, prices)
            if ceil(least) < claimed.least:
                raise NotProvedError(f"{claimed.goal} might be {ceil(least)}")
            shown.update(_shown(face, least, costs, claimed, claims))
            face.narrow(costs, prices, claimed.least - least)
            certified += 1
        face.rows["goal", number] = _Row(terms, claimed.least, claimed.least)
    return certified


def _shown(
    face: _Face,
    least: Fraction,
    costs: Mapping[int, Fraction],
    claimed: StageEntry,
    claims: Sequence[Claim],
) -> Iterator[Claim]:
    """The claims about a stage that its certificate shows."""
    about = [claim for claim in claims if claim.goal == claimed.goal and claim.worse > 0]
    charges = face.charges({i for claim in about for i in claim.columns}, costs) if about else {}
    for claim in about:
        enough = all(
            ceil(least + charges[i]) - claimed.least >= claim.worse
            for i in claim.columns
            if i in charges
        )
        if enough and all(face.settled.get(i) != 1 for i in claim.columns):
            yield claim


def _rounded(entry: RoundedEntry, rows: Mapping[tuple[str, int], _Row]) -> Inequality:
    """What rows before it give when they are added up and rounded.

    Columns are 0 or 1. Rounding a coefficient down makes the left side no larger; rounding it up
    makes it larger by no more than what is added on the right. Then the left side is a whole
    number, and the right side may be rounded down.
    """
    sums: defaultdict[int, Fraction] = defaultdict(Fraction)
    right = Fraction(0)
    for price in entry.prices:
        row, times = rows[_key(price)], Fraction(price.price)
        side = row.upper if times > 0 else row.lower
        if side is None:
            raise NotProvedError("a row has no such side")
        right += times * side
        for index, coefficient in row.terms.items():
            sums[index] += times * coefficient
    up = set(entry.up)
    right += sum(ceil(sums[i]) - sums[i] for i in up)
    terms = {i: ceil(c) if i in up else floor(c) for i, c in sums.items()}
    return Inequality({i: c for i, c in terms.items() if c}, floor(right))


def _key(price: PriceEntry) -> tuple[str, int]:
    for kind, number in (("row", price.row), ("own", price.own), ("goal", price.goal)):
        if number is not None:
            return kind, number
    raise NotProvedError("a price names no row")


def _is_of(
    plan: Plan,
    proof: Certificates,
    case: Case,
    program: Program,
    goals: Sequence[tuple[Goal, list[Stage]]],
    parts: Sequence[Component],
) -> bool:
    """Whether every part's sums are those of this plan in that part. In all they might be right
    though one part is said to do worse than it does, and another to do better than is possible.
    """
    placed = {p.candidate_id: p for p in plan.answer()}
    for entry, part in zip(proof.parts, parts, strict=True):
        here = [placed[who] for who in people_of(program, part) if who in placed]
        claimed = iter(entry.stages)
        for goal, own in goals:
            sums = [next(claimed).least * (-1 if stage.maximise else 1) for stage in own]
            try:
                same = goal.shown(case, sums) == goal.value(case, here)
            except ValueError:
                same = False
            if not same:
                return False
    return True


def _labels(
    plan: Plan, proof: Certificates, goals: Sequence[tuple[Goal, list[Stage]]]
) -> Iterator[Finding]:
    """A goal is called proved by certificate if every part has one of each of its stages."""
    at = 0
    for (goal, own), entry in zip(goals, plan.goals, strict=True):
        numbers = range(at, at + len(own))
        at += len(own)
        bound = all(p.stages[n].prices is not None for p in proof.parts for n in numbers)
        if bound != (entry.proof is Proved.BOUND):
            yield finding(
                N_("How the goal “{goal}” is said to be proved is not how its proofs prove it."),
                goal=Term(goal.name),
            )

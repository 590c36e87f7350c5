"""Plans of small rounds, ready to be compared."""

from datetime import date
from typing import Any

from models.round import Round
from scheduler.listing.options import make_case
from scheduler.quarter.comparing.compare import Told
from scheduler.quarter.comparing.reasons import compare
from scheduler.quarter.comparing.side import Side
from scheduler.solver.solve import solve
from tests.builders import vacancy

SEP1, FEB28, MAR1, AUG31 = (
    date(2026, 9, 1),
    date(2027, 2, 28),
    date(2027, 3, 1),
    date(2027, 8, 31),
)
SITES = ("Lofoten", "Bodø", "Narvik", "Vesterålen")


def side(round: Round, *, known: bool = True) -> Side:
    """The best plan of a round; its input is not `known` to whoever compares if not said so."""
    found = Side.of_solution(round, solve(make_case(round)))
    return found if known else without_input(found)


def without_input(found: Side) -> Side:
    """The same plan, as plan.json alone tells it."""
    return Side(
        found.name,
        found.run_date,
        found.policy_name,
        found.policy,
        found.goals,
        found.placements,
        found.locks,
        found.parts,
        found.set_aside,
        found.proved,
    )


def compared(before: Side, after: Side) -> dict[str, Told]:
    """What became of everybody, by id."""
    return {told.change.candidate_id: told for told in compare(before, after)}


def places(*names: str, **facts: Any) -> list[Any]:
    """A vacancy at a site of its own for each name."""
    return [vacancy(n, site=site, **facts) for n, site in zip(names, SITES, strict=False)]

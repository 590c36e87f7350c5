"""A round without anything that says who somebody is: what may leave the machine.

Ids of candidates and vacancies, municipality numbers, days, numbers and code words are left, and
the seed of the lot. Trusts, sites and departments become numbers in the order of their names, so
that all that is sorted by them keeps its order, and the same plan is found.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from models.policy import Policy
from models.round import Round

# Columns that no rule and no goal reads, with what stands in them instead.
_NOTHING: Mapping[str, Mapping[str, object]] = {
    "candidates": {"name": "", "email": ""},
    "vacancies": {"contact": "", "advertised_on": None},
    "departments": {"specialty": "", "email": ""},
    "municipalities": {"name": "", "email": ""},
    "locks": {"note": "", "reason": "", "extended_from": None, "reply_by": None},
    "waivers": {"approved_by": "-", "reason": "-"},
}
_PLACES = ("trust", "site", "department")


def bare(round: Round, policy: Policy, seed: str) -> Round:
    """The round under a policy, with this seed of the lot, without names, addresses and notes."""
    return under(stripped(round), policy, seed)


def under(round: Round, policy: Policy, seed: str) -> Round:
    """A round that was stripped, under another policy and with another seed of the lot."""
    own = policy.model_copy(update={"source": {}})
    return round.model_copy(update={"policy": own, "seed": seed})


def stripped(round: Round) -> Round:
    """The round without names, addresses and notes; its policy without the sources of numbers."""
    codes = {part: _codes(part, round) for part in _PLACES}
    sheets = {
        name: [_bare(row, _NOTHING.get(name, {}), codes) for row in rows]
        for name, rows in round.sheets().items()
    }
    return Round.build(
        name="",
        run_date=round.run_date,
        next_round_date=round.next_round_date,
        policy_name="",
        policy=round.policy.model_copy(update={"source": {}}),
        seed=round.seed,
        **sheets,
    )


def _codes(part: str, round: Round) -> Mapping[str, str]:
    """A number for each name of a trust, a site or a department; blank stays blank."""
    rows: Iterable[Any] = (row for rows in round.sheets().values() for row in rows)
    names = sorted({getattr(row, part, "") for row in rows} - {""})
    width = len(str(len(names)))
    letter = part[0].upper()
    return {"": "", **{name: f"{letter}{n:0{width}d}" for n, name in enumerate(names, 1)}}


def _bare(row: Any, nothing: Mapping[str, object], codes: Mapping[str, Mapping[str, str]]) -> Any:
    places = {part: codes[part][getattr(row, part)] for part in _PLACES if hasattr(row, part)}
    return row.model_copy(update={**nothing, **places})

"""What must not change the plan, and what can only make it better."""

import itertools
from datetime import date

from models.department import Department
from models.round import Round
from models.waiver import WAIVABLE
from scheduler.goals.base import Value, as_number
from scheduler.goals.catalogue import goals_of
from scheduler.listing.options import list_choices, make_case
from scheduler.problem.calendar import add_months
from scheduler.solver.solve import Solution, solve
from tests.builders import candidate, vacancy, waiver
from tests.oracle import rank_key
from tests.random_rounds import enough, few, random_round

SEEDS = range(5000, 5000 + few(60))


def values(round: Round) -> tuple[dict[str, Value], Solution]:
    case = make_case(round)
    solution = solve(case)
    return {g.id: g.value(case, solution.placements) for g in goals_of(case)}, solution


def better_or_same(round: Round, one: dict[str, Value], two: dict[str, Value]) -> bool:
    """Whether `two` is no worse than `one`, the lot left out (another vacancy draws anew)."""
    keys = []
    for own in (one, two):
        plain: dict[str, object] = {g: as_number(v) for g, v in own.items() if g != "lot"}
        keys.append(rank_key(round, plain))
    return keys[1] <= keys[0]


def test_without_priorities_one_more_position_never_makes_it_worse() -> None:
    better = 0
    for seed in SEEDS:
        round = random_round(seed).changed(priority=())
        before, _ = values(round)
        for vacancy_ in round.vacancies:
            wider = [
                v.model_copy(update={"positions": v.positions + 1}) if v is vacancy_ else v
                for v in round.vacancies
            ]
            after, _ = values(round.changed(vacancies=wider))
            assert better_or_same(round, before, after), (seed, vacancy_.vacancy_id)
            better += after != before
    assert enough(better, 10)


def renamed(round: Round, prefix: str) -> Round:
    """Every candidate with another id, in the same order."""

    def name(who: str) -> str:
        return f"{prefix}{who}"

    facts: dict[str, object] = {}
    for sheet, rows in round.sheets().items():
        new = []
        for row in rows:
            own = [
                f
                for f in ("candidate_id", "candidate_a", "candidate_b")
                if f in type(row).model_fields  # type: ignore[attr-defined]
            ]
            new.append(row.model_copy(update={f: name(getattr(row, f)) for f in own}))  # type: ignore[attr-defined]
        facts[sheet] = new
    return round.changed(**facts)


def test_other_ids_in_the_same_order_change_nothing_but_the_lot() -> None:
    for seed in SEEDS:
        round = random_round(seed)
        if "order" in round.policy.goals:
            continue  # the turns themselves are drawn by lot among equals
        before, one = values(round)
        after, two = values(renamed(round, "X"))
        assert {g: v for g, v in before.items() if g != "lot"} == {
            g: v for g, v in after.items() if g != "lot"
        }, seed
        assert len(one.placements) == len(two.placements)


def moved(round: Round, years: int) -> Round:
    """The same round with every date so many years later."""

    def later(value: object) -> object:
        if isinstance(value, date):
            return add_months(value, 12 * years)
        if isinstance(value, tuple):
            return tuple(later(v) for v in value)
        return value

    facts: dict[str, object] = {"run_date": later(round.run_date)}
    facts["next_round_date"] = later(round.next_round_date)
    for sheet, rows in round.sheets().items():
        facts[sheet] = [
            row.model_copy(update={f: later(getattr(row, f)) for f in type(row).model_fields})  # type: ignore[attr-defined]
            for row in rows
        ]
    return round.changed(**facts)


def test_moving_all_dates_by_four_years_changes_nothing_but_the_lot() -> None:
    for seed in SEEDS:
        round = random_round(seed)
        if "order" in round.policy.goals:
            continue
        before, _ = values(round)
        after, _ = values(moved(round, 4))
        assert {g: v for g, v in before.items() if g != "lot"} == {
            g: v for g, v in after.items() if g != "lot"
        }, seed


def test_a_trust_that_nobody_may_use_moves_nobody() -> None:
    for seed in SEEDS:
        round = random_round(seed)
        place = {"trust": "Øst HF", "site": "Lofoten", "department": "Indremedisin"}
        closed = Department.model_validate({**place, "approved": False})
        wider = round.changed(
            departments=[*round.departments, closed],
            vacancies=[*round.vacancies, vacancy("ZZ", trust="Øst HF")],
        )
        assert values(round)[1].placements == values(wider)[1].placements, seed


def test_a_candidate_without_options_changes_nobody() -> None:
    for seed in SEEDS:
        round = random_round(seed)
        # Last in line, of a municipality of the round, and of the old scheme.
        nobody = candidate("ZZ", municipality="1804", scheme="old")
        wider = round.changed(candidates=[*round.candidates, nobody])
        assert values(round)[1].placements == values(wider)[1].placements, seed


def test_without_a_ceiling_a_waiver_only_widens_options() -> None:
    wider_seen = 0
    rules = [r for r in WAIVABLE if r not in ("ceiling", "last-chance", "municipal-order")]
    for seed, rule in itertools.product(range(5000, 5000 + few(30)), rules):
        round = random_round(seed)
        round = round.changed(policy=round.policy.model_copy(update={"max_points": None}))
        before = list_choices(round)
        for who, own in before.items():
            if round.waives(who, rule):
                continue
            after = list_choices(round.changed(waivers=[*round.waivers, waiver(who, rule)]))
            for part in ("whole", "firsts", "seconds"):
                old = {c.option for c in getattr(own, part)}
                new = {c.option for c in getattr(after[who], part)}
                assert old <= new, (seed, rule, who)
                wider_seen += old < new
            assert all(after[w] == before[w] for w in before if w != who)
    assert enough(wider_seen, 50)

"""Rule one-placement: hand-worked edges."""

import itertools
from collections import Counter
from datetime import date

from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from scheduler.problem.option import may_pair
from scheduler.program.program import Program
from scheduler.rules.one_placement import OnePlacement
from scheduler.support.resources import data_folder
from tests.builders import a_round, candidate, outcome, solved, vacancy
from tests.plans import allows, with_sums
from tests.random_rounds import enough, few, random_round


def program_of(case: Case) -> Program:
    """With the rows of this rule alone."""
    program = Program(case)
    OnePlacement().constrain(program)
    return program


def test_nobody_gets_two() -> None:
    round = a_round([candidate()], [vacancy("V"), vacancy("W", site="Bodø")])
    assert len(outcome(round)) == 1


def test_both_halves_or_nothing() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    assert outcome(a_round([candidate(split="prefer")], [one])) == {}


def test_a_second_placement_and_a_candidate_who_is_not_open_are_violations() -> None:
    case = make_case(a_round([candidate(), candidate("B", status="on_hold")]))
    _, solution = solved(a_round([candidate()]))
    twice = solution.placements * 2
    assert [f.value("candidate") for f in OnePlacement().violations(case, twice)] == ["A"]
    _, other = solved(a_round([candidate("B")]))
    assert [f.rule for f in OnePlacement().violations(case, other.placements)] == ["one-placement"]


def test_two_halves_are_let_in_exactly_where_they_pair() -> None:
    seen: Counter[bool] = Counter()
    for seed in range(few(200)):
        round = random_round(seed)
        program = program_of(make_case(round))
        for own in program.candidates.values():
            for first, second in itertools.product(own.firsts, own.seconds):
                assert first.option is not None
                assert second.option is not None
                taken = with_sums(program, (first.index, second.index))
                pair = may_pair(round, first.option.segments[0], second.option.segments[0])
                assert all(allows(row, taken) for row in program.rows) == pair, (
                    seed,
                    first,
                    second,
                )
                seen[pair] += 1
            for half in (*own.firsts, *own.seconds):
                alone = with_sums(program, (half.index,))
                assert not all(allows(row, alone) for row in program.rows), (seed, half)
    assert enough(seen[True], 500)
    assert enough(seen[False], 500)


def test_rows_grow_with_the_number_of_halves_and_not_with_its_square() -> None:
    round = read_round(data_folder() / "samples" / "nord").round
    assert round is not None
    program = program_of(make_case(round))
    halves = sum(len(own.firsts) + len(own.seconds) for own in program.candidates.values())
    sums = {i for counting in program.sums.values() for i in counting}
    tying = [row for row in program.rows if any(i in sums for i, _ in row.terms)]
    assert halves > 300
    assert sum(len(row.terms) for row in tying) < 6 * halves

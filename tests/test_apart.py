"""Columns that exclude each other, against every pair of columns in every row."""

import itertools
from collections.abc import Iterator

from scheduler.apart import Apart, Every, gathered, grown
from scheduler.building import build_program
from scheduler.case import make_case
from scheduler.program import Program
from tests.random_rounds import enough, few, random_round


def programs() -> Iterator[Program]:
    """Of random rounds."""
    for seed in range(few(60)):
        yield build_program(make_case(random_round(seed)))[0]


def pairs(program: Program) -> set[tuple[int, int]]:
    """Pairs that a row of nothing but positive numbers has no room for."""
    return {
        (i, j)
        for row in program.rows
        if row.upper is not None and all(c > 0 for _, c in row.terms)
        for (i, c), (j, d) in itertools.permutations(row.terms, 2)
        if c + d > row.upper
    }


def test_two_columns_exclude_each_other_where_a_row_has_no_room_for_both() -> None:
    counts = [0, 0]
    for program in programs():
        apart, out = Apart(program.rows), pairs(program)
        for i, j in itertools.permutations(range(len(program.columns)), 2):
            assert apart.exclude(i, j) == ((i, j) in out)
            counts[(i, j) in out] += 1
    assert all(enough(count, 1000) for count in counts)


def test_what_excludes_several_columns_excludes_each_of_them() -> None:
    found = 0
    for program in programs():
        apart, out = Apart(program.rows), pairs(program)
        columns = range(len(program.columns))
        for few_of_them in itertools.islice(itertools.combinations(columns, 2), 0, None, 7):
            others = [k for k in columns if k not in few_of_them]
            beside = [
                k
                for k in columns
                if k not in few_of_them and all((k, i) in out for i in few_of_them)
            ]
            assert apart.beside(few_of_them) == beside
            every = Every(apart, few_of_them)
            assert [k for k in others if every.excludes(k)] == beside
            found += bool(beside)
    assert enough(found, 100)


def test_a_clique_stays_one_when_it_grows_and_gives_nothing_back_to_the_right() -> None:
    wider = 0
    for number, program in enumerate(programs()):
        apart, out = Apart(program.rows), pairs(program)
        columns = range(len(program.columns))
        values = {i: ((i * 7 + number) % 10 + 1) / 10 for i in columns}
        right = [i for i in columns if i % 5 == 0]
        left = [i for i in columns if i % 5]
        for start in left[::9]:
            clique, broken = gathered(apart, start, left, values, right)
            assert all(pair in out for pair in itertools.permutations(clique, 2))
            gone = [i for i in right if all((i, k) in out for k in clique)]
            expected = sum(values[i] for i in clique) - sum(values[i] for i in right)
            assert abs(broken - expected - sum(values[i] for i in gone)) < 1e-9
            gone = [i for i in right if (i, start) in out]
            more, told = grown(apart, {start}, left, right)
            assert start in more
            assert all(pair in out for pair in itertools.permutations(more, 2))
            assert told == frozenset(gone)
            assert all((i, k) in out for i in gone for k in more)
            wider += len(more) > 1
    assert enough(wider, 20)

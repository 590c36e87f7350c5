"""Planning some people anew: quickly written down, and the same as everything else settled."""

from random import Random

from scheduler.listing.building import build_program
from scheduler.listing.options import make_case
from scheduler.program.components import Component, components
from scheduler.program.program import Program, Row
from scheduler.solver.clock import Clock
from scheduler.solver.heuristics.greedy import greedy_plan
from scheduler.solver.heuristics.neighbourhood import Concern
from scheduler.solver.heuristics.subproblem import Patch
from scheduler.solver.linear.face import Face, Pool
from scheduler.solver.linear.matrix import Matrix
from scheduler.solver.optimal_set import OptimalSet
from scheduler.solver.search import Search
from scheduler.solver.weighted_sum import total
from tests.random_rounds import few, random_round


def _parts(seed: int) -> tuple[Program, list[dict[int, int]], Component]:
    """A programme of many people, its goals as sums to be made small, and its largest part."""
    program, goals = build_program(make_case(random_round(seed, people=30, windows=12)))
    part = max(components(program), key=lambda p: len(p.columns), default=Component((), ()))
    stages = [s for _, own in goals for s in own]
    sums = [
        {i: -c if s.maximise else c for i, c in s.terms.items() if i in {*part.columns}}
        for s in stages
    ]
    return program, sums, part


def test_it_finds_what_a_search_with_all_others_settled_finds() -> None:
    moved = with_rows = 0
    for seed in range(9100, 9100 + few(40)):
        program, sums, part = _parts(seed)
        searching, concern, random = (
            Search(program, part),
            Concern(program, part),
            Random(seed),
        )
        face, block, taken = (
            Face(searching.pool),
            searching.joined(sums),
            greedy_plan(program, part),
        )
        people = sorted({o.candidate_id for i in part.columns if (o := program.columns[i].option)})
        for _ in range(4):
            group = random.sample(people, min(len(people), 5))
            moving = concern.columns_of(group)
            rows = len(searching.pool.rows)
            found = searching.find_beside(face, block, taken, moving, Clock())
            with_rows += len(searching.pool.rows) > rows
            still = {
                i: int(i in taken)
                for i in part.columns
                if program.columns[i].option is not None and i not in moving
            }
            slow, _ = searching.find(
                OptimalSet.all_of(face.narrowed(still, {})), block, taken, Clock()
            )
            assert found.complete
            assert found.taken is not None
            assert slow.taken is not None
            assert [total(t, found.taken) for t in block.stages] == [
                total(t, slow.taken) for t in block.stages
            ], seed
            assert not program.separated(found.taken)
            assert all(_keeps(row, found.taken) for row in part.rows)
            assert found.taken & {*still} == taken & {*still}
            moved += found.taken != taken
            taken = found.taken
    assert moved > few(20)
    assert with_rows > few(2)


def _keeps(row: Row, taken: frozenset[int]) -> bool:
    load = sum(c for i, c in row.terms if i in taken)
    return row.holds_between(load, load)


def test_a_plan_with_one_of_some_columns_is_found_only_if_there_is_one() -> None:
    there = none = 0
    for seed in range(9100, 9100 + few(30)):
        program, sums, part = _parts(seed)
        searching, concern = Search(program, part), Concern(program, part)
        face, block, taken = (
            Face(searching.pool),
            searching.joined(sums),
            greedy_plan(program, part),
        )
        for who in list(program.candidates)[:6]:
            columns = concern.columns_of([who])
            wanted = [i for i in columns if i not in taken]
            if not wanted:
                continue
            found = searching.find_beside(face, block, taken, columns, Clock(), wanted)
            assert found.complete
            if found.taken is None:
                none += 1
            else:
                there += 1
                assert found.taken & {*wanted}
    assert there > few(20)
    assert none > few(5)


def test_terms_are_found_by_column_whatever_was_added_and_forgotten() -> None:
    random = Random(7)
    columns = [n * 3 for n in range(40)]
    for _ in range(30):
        matrix, rows = Matrix(columns), list[Row]()
        for _ in range(8):
            if rows and random.random() < 0.3:
                del rows[random.randrange(len(rows)) :]
                matrix.cut(len(rows))
            new = [
                Row("", tuple((i, random.choice((-2, 1, 3))) for i in sorted(chosen)), None, 1)
                for chosen in (random.sample(columns, random.randint(1, 6)) for _ in range(5))
            ]
            rows += new
            matrix.extend(new)
            asked = sorted(random.sample(columns, 7))
            places = matrix.places_of(asked)
            assert places.tolist() == [columns.index(i) for i in asked]
            found = zip(*(a.tolist() for a in matrix.terms_in(places)), strict=True)
            assert sorted((n, asked[k], c) for n, k, c in found) == sorted(
                (n, i, c) for n, row in enumerate(rows) for i, c in row.terms if i in asked
            )
            some = matrix.places_of(())
            assert not matrix.beside(some).any()
            numbers = random.sample(range(len(rows)), 3)
            beside = {i for n in numbers for i, _ in rows[n].terms}
            here = matrix.beside(matrix.places_of(columns[n] for n in numbers))
            assert {columns[p] for p in here.nonzero()[0].tolist()} == beside


def test_helpers_that_have_to_do_with_those_who_move_are_free_and_goals_tie_nobody() -> None:
    rows = [
        Row("filled", ((0, -1), (10, 2)), None, 0),  # whom 0 belongs to moves
        Row("order", ((1, 1), (10, -1), (11, -1)), None, 0),
        Row("elsewhere", ((2, -1), (12, 2)), None, 0),
        Row("full", ((0, 1), (2, 1), (3, 1)), None, 2),
    ]
    pool = Pool(Component((0, 1, 2, 3, 10, 11, 12), tuple(rows)))
    goal = pool.add(Row("goal", ((0, 1), (12, 1)), 1, 1), stage=0)
    face = Face(pool).with_goal(goal).narrowed({11: 1}, {})
    helpers = (10, 11, 12)
    assert Patch(Face(pool), frozenset({2, 3}), [0], helpers).live == [0, 10, 11]
    patch = Patch(face, frozenset({2, 3, 11}), [0], helpers)
    assert patch.live == [0, 10]
    assert [(row.places, row.coefficients, row.lower, row.upper) for row in patch.open_rows()] == [
        ([0, 1], [-1, 2], None, 0),
        ([0], [1], None, 0),
        ([0], [1], 1, 1),
    ]
    assert patch.plan([0]) == {0, 2, 3, 11}
    assert patch.objective({0: 5, 3: 7, 12: 9}) == ([(0, 5)], 7)

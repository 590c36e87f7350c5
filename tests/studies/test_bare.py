"""What leaves the machine: ids, days and numbers, nothing of people; the same plan comes of it."""

import pickle
import zlib

import pytest

import scheduler
from scheduler.listing.options import make_case
from scheduler.solver.solve import solve
from scheduler.studies.bare import bare
from scheduler.studies.checking import Result, checked, own_result
from scheduler.studies.task import Answer, Limits, Task, answer
from scheduler.support.resources import data_folder
from tests.random_rounds import random_round
from tests.studies.rounds import CANARY, told_of_people


def test_the_round_that_is_told_of_has_canaries_everywhere() -> None:
    # Whatever people fill in freely, but for ids and the names of places.
    assert told_of_people().model_dump_json().count(CANARY) == 19


def test_nothing_that_people_wrote_is_sent() -> None:
    round = told_of_people()
    task = Task.of(bare(round, round.policy, round.seed), Limits())
    sent = pickle.dumps(task)
    assert CANARY.encode() not in sent
    assert CANARY.encode() not in zlib.decompress(task.payload)
    for place in round.departments[0].key:
        assert place.encode() not in zlib.decompress(task.payload)
    assert CANARY.encode() not in zlib.decompress(answer(task.payload))


@pytest.mark.parametrize("name", ["small", "conflict", "vest"])
def test_the_plan_is_that_of_the_whole_round(name: str) -> None:
    round = scheduler.read(data_folder() / "samples" / name)
    task = Task.of(bare(round, round.policy, round.seed), Limits())
    came = Answer.from_bytes(answer(task.payload))
    whole = solve(make_case(round), examine=False)
    assert tuple(p.placement() for p in came.placements) == whole.placements


def test_a_task_is_known_by_what_it_asks() -> None:
    round, other = random_round(1), random_round(2)
    tasks = [
        Task.of(bare(round, round.policy, round.seed), Limits()),
        Task.of(bare(round, round.policy, "another"), Limits()),
        Task.of(bare(round, round.policy, round.seed), Limits(work=1.0)),
        Task.of(bare(other, other.policy, other.seed), Limits()),
    ]
    assert len({t.key for t in tasks}) == 4
    again = Task.of(bare(round, round.policy, round.seed), Limits())
    assert again == tasks[0]
    assert again.round() == bare(round, round.policy, round.seed)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_same_whoever_does_it(seed: int) -> None:
    round = random_round(seed)
    task = Task.of(bare(round, round.policy, round.seed), Limits())
    here, there = own_result(task, Limits()), checked(task, answer(task.payload))
    assert isinstance(here, Result)
    assert isinstance(there, Result)
    untimed: dict[str, object] = {"seconds": 0.0, "answer": b""}  # an answer tells the seconds
    assert here.model_copy(update=untimed) == there.model_copy(update=untimed)


def test_a_task_of_another_version_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    round = random_round(1)
    task = Task.of(bare(round, round.policy, round.seed), Limits())
    monkeypatch.setattr("scheduler.studies.task.product", lambda: "alis 0.0.1, OR-Tools 1")
    came = Answer.from_bytes(answer(task.payload))
    assert came == Answer(product="alis 0.0.1, OR-Tools 1")

"""Answers that lie are refused, whatever they lie about."""

import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.finding import Finding
from models.proved import Proved
from scheduler.studies.bare import bare
from scheduler.studies.checking import Result, agreed, checked
from scheduler.studies.task import Answer, Limits, Task, answer
from tests.builders import a_round, candidate, vacancy, wish

Lie = Callable[[Answer], Answer]


@pytest.fixture(scope="module")
def task() -> Task:
    """Two who want one place, and a third who has another."""
    round = a_round(
        candidates=[candidate(who) for who in "ABC"],
        wishes=[wish(who) for who in "ABC"],
        vacancies=[vacancy("V"), vacancy("W")],
    )
    return Task.of(bare(round, round.policy, round.seed), Limits())


@pytest.fixture(scope="module")
def true(task: Task) -> Answer:
    return Answer.from_bytes(answer(task.payload))


def test_the_truth_passes(task: Task, true: Answer) -> None:
    result = checked(task, true.to_bytes())
    assert isinstance(result, Result)
    assert (result.figures.placed, result.figures.waiting, result.proof) == (2, 1, "certificate")
    assert [h.candidate_id for h in result.held] == [p.candidate_id for p in true.placements]


def _fewer(true: Answer) -> Answer:
    """One fewer placed, with values to fit, and called proved."""
    goals = [
        g.model_copy(update={"value": 1, "bound": 1}) if g.id == "placed" else g for g in true.goals
    ]
    return true.model_copy(update={"placements": true.placements[:1], "goals": goals})


def _with(**changes: object) -> Lie:
    return lambda true: true.model_copy(update=changes)


def _placement(**changes: Any) -> Lie:
    def lie(true: Answer) -> Answer:
        first = true.placements[0].model_copy(update=changes)
        return true.model_copy(update={"placements": [first, *true.placements[1:]]})

    return lie


def _later(true: Answer) -> Answer:
    segment = true.placements[0].segments[0]
    moved = segment.model_copy(update={"end": segment.end + timedelta(days=30)})
    return _placement(segments=[moved])(true)


def _twice(true: Answer) -> Answer:
    one, two = true.placements
    here = two.model_copy(update={"segments": one.segments, "points": one.points})
    return true.model_copy(update={"placements": [one, here]})


def _proof(**changes: object) -> Lie:
    def lie(true: Answer) -> Answer:
        assert true.proof is not None
        return true.model_copy(update={"proof": true.proof.model_copy(update=changes)})

    return lie


def _goal(name: str, **changes: object) -> Lie:
    def lie(true: Answer) -> Answer:
        goals = [g.model_copy(update=changes) if g.id == name else g for g in true.goals]
        return true.model_copy(update={"goals": goals})

    return lie


@pytest.mark.parametrize(
    "lie",
    [
        _fewer,
        _later,
        _twice,
        _placement(candidate_id="nobody"),
        _placement(points=2),
        _placement(segments=[]),
        _placement(shape="rest"),
        _with(placements=[]),
        _with(goals=[]),
        _with(proof=None),
        _proof(parts=[]),
        _proof(columns=3),
        _goal("placed", value=3, bound=3),
        _goal("placed", proof=Proved.SEARCH),
        _goal("wishes", value=-1),
        _with(product="alis 0.0.1"),
    ],
    ids=lambda lie: getattr(lie, "__name__", "lie"),
)
def test_a_lie_is_refused(lie: Lie, task: Task, true: Answer) -> None:
    assert isinstance(checked(task, lie(true).to_bytes()), Finding)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"no answer",
        zlib.compress(b"{}"),
        zlib.compress(b'{"product": 3}'),
        zlib.compress(b"[" * 100_000),
    ],
)
def test_what_is_no_answer_is_refused(sent: bytes, task: Task) -> None:
    assert isinstance(checked(task, sent), Finding)


def test_what_no_certificate_proves_is_doubtful_the_lot_too(task: Task, true: Answer) -> None:
    result = checked(task, true.to_bytes())
    assert isinstance(result, Result)
    assert not result.doubtful
    for lot in ("search", "none"):
        assert result.model_copy(update={"lot": lot}).doubtful
    assert result.model_copy(update={"proof": "search"}).doubtful
    # One that was not proved in its time says so, whoever is asked.
    assert not result.model_copy(update={"proof": "none", "lot": "none"}).doubtful


def test_of_two_plans_as_good_the_lot_has_chosen_one(task: Task, true: Answer) -> None:
    result = checked(task, true.to_bytes())
    assert isinstance(result, Result)
    lot = result.goals["lot"]
    assert isinstance(lot, int)
    favoured = result.model_copy(update={"goals": {**result.goals, "lot": lot + 1}})
    assert agreed(favoured, result) is agreed(result, favoured) is result
    fewer = result.model_copy(update={"goals": {**result.goals, "placed": 1}})
    assert agreed(fewer, result) is None


def test_an_answer_to_another_task_is_refused(task: Task) -> None:
    round = a_round(candidates=[candidate("A")], wishes=[wish("A")], vacancies=[vacancy("X")])
    other = Task.of(bare(round, round.policy, round.seed), Limits())
    assert isinstance(checked(task, answer(other.payload)), Finding)


def test_what_is_too_large_is_refused(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.studies.task._LARGEST", 1000)
    sent = zlib.compress(b'{"product": "' + b"x" * 5000 + b'"}')
    assert isinstance(checked(task, sent), Finding)

"""Tasks on a real cluster over TLS: nothing is lost or done twice, whatever its workers do."""

import os
import pickle
import signal
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from distributed import Client

from models.finding import Finding
from models.round import Round
from scheduler.studies.bare import bare
from scheduler.studies.checking import Result, own_result
from scheduler.studies.cluster import Cluster, Tls
from scheduler.studies.executor import Executor
from scheduler.studies.study import Nowhere, StudyWatch, do_tasks
from scheduler.studies.task import Limits, Task
from scheduler.support.errors import AlisError, ClusterError
from tests.random_rounds import random_round
from tests.studies import faults
from tests.studies.clusters import OPENSSL, certificates, cluster
from tests.studies.rounds import CANARY, combined, told_of_people

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="makes certificates with openssl")

Found = dict[str, Result | Finding]


class Made:
    """A cluster with two workers, how to get there, and what was told on the way."""

    def __init__(self, address: str, tls: Tls, client: Client) -> None:
        self.address, self.tls, self.client = address, tls, client
        self.told: list[str] = []

    def executor(self) -> Cluster:
        return Cluster(
            self.address, self.tls, 0, lambda told: self.told.append(str(AlisError(told)))
        )

    def workers(self) -> list[str]:
        self.client.wait_for_workers(2, timeout=30)
        return sorted(self.client.nthreads())

    def does(self, what: Callable[[], None], *workers: str) -> None:
        """Let workers (all, if none is named) do something to themselves."""
        self.client.run(what, workers=list(workers) or None)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    tls = certificates(tmp_path_factory.mktemp("tls"))
    with cluster(tls, 2) as made, Client(made, set_as_default=False) as client:
        yield Made(made.scheduler_address, tls, client)


@pytest.fixture
def made(running: Made) -> Made:
    running.workers()
    running.does(faults.mend)
    running.told.clear()
    return running


def do(executor: Executor, tasks: list[Task], kept: Nowhere | None = None) -> Found:
    return do_tasks(tasks, executor, Limits(), kept or Nowhere(), StudyWatch())


def here(tasks: list[Task]) -> Found:
    """What comes of tasks in this very process."""
    return {task.key: own_result(task, Limits()) for task in tasks}


def alike(one: Found, two: Found) -> bool:
    untimed: dict[str, object] = {"seconds": 0.0, "answer": b""}  # an answer tells the seconds

    def bare_of(found: Found) -> dict[str, object]:
        return {
            key: own.model_copy(update=untimed) if isinstance(own, Result) else own
            for key, own in found.items()
        }

    return bare_of(one) == bare_of(two)


def poisoned(round: Round) -> Task:
    return Task.of(bare(round, round.policy, faults.POISON), Limits())


def test_the_results_are_those_of_this_machine(made: Made) -> None:
    tasks = [own.task for own in combined(4)[1]]
    assert alike(do(made.executor(), tasks), here(tasks))
    assert made.told == []


def test_nothing_of_people_is_sent(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    submit = Client.submit

    def heard(client: Client, function: Any, *words: Any, **more: Any) -> object:
        sent.append((function, words, more))
        return submit(client, function, *words, **more)

    monkeypatch.setattr(Client, "submit", heard)
    round = told_of_people()
    tasks = [Task.of(bare(round, round.policy, round.seed), Limits())]
    assert isinstance(do(made.executor(), tasks)[tasks[0].key], Result)
    (((_, (payload,), _)),) = sent
    for whole in (pickle.dumps(sent), zlib.decompress(payload)):
        assert CANARY.encode() not in whole


class Killing(Nowhere):
    """Keeps results in memory, and has a worker killed after the first few."""

    def __init__(self, kill: Callable[[], None]) -> None:
        self.keys: list[str] = []
        self._kill = kill

    def store(self, result: Result) -> None:
        """Keep its name."""
        self.keys.append(result.key)
        if len(self.keys) == 4:
            self._kill()


def test_a_worker_that_is_killed_loses_nothing(made: Made) -> None:
    tasks = [own.task for own in combined(10)[1]]
    one = made.workers()[0]
    (process,) = made.client.run(faults.number, workers=[one]).values()
    kept = Killing(lambda: os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM)))
    found = do(made.executor(), tasks, kept)
    assert sorted(kept.keys) == sorted({t.key for t in tasks})
    assert alike(found, here(tasks))


def test_a_worker_that_lies_changes_nothing(made: Made) -> None:
    tasks = [own.task for own in combined(4)[1]]
    made.does(faults.lie, made.workers()[0])
    assert alike(do(made.executor(), tasks), here(tasks))


# Rounds whose best plan is not the first that comes to mind: with a certificate, and without.
HARD, NO_CERTIFICATE = 7, 52


def test_what_no_certificate_proves_is_asked_of_a_second_worker(made: Made) -> None:
    rounds = [random_round(seed) for seed in (HARD, NO_CERTIFICATE)]
    tasks = [Task.of(bare(r, r.policy, r.seed), Limits()) for r in rounds]
    true = here(tasks)
    made.does(faults.claim, made.workers()[0])
    found = do(made.executor(), tasks)
    hard, other = tasks
    assert alike({hard.key: found[hard.key]}, {hard.key: true[hard.key]})
    told = found[other.key]  # nobody can say which of two is right, but the worse is not taken
    assert isinstance(told, Finding) or alike({other.key: told}, {other.key: true[other.key]})


def test_where_all_lie_the_task_is_told_of(made: Made) -> None:
    (task,) = (own.task for own in combined(3)[1] if own.round == 3 and own.variant == "off")
    true = own_result(task, Limits())
    assert isinstance(true, Result)
    assert true.figures.placed
    made.does(faults.lie)
    assert isinstance(do(made.executor(), [task])[task.key], Finding)


def test_a_worker_of_another_version_is_not_used(made: Made) -> None:
    tasks = [own.task for own in combined(3)[1]]
    made.does(faults.grow_old, made.workers()[0])
    assert alike(do(made.executor(), tasks), here(tasks))
    (told,) = made.told
    assert "1 worker has another version" in told
    assert "alis 0.0.1" in told


def test_where_all_have_another_version_nothing_is_done(made: Made) -> None:
    made.does(faults.grow_old)
    with pytest.raises(ClusterError, match="other versions"):
        do(made.executor(), [combined(1)[1][0].task])


def test_who_has_no_certificate_is_not_let_in(made: Made) -> None:
    with pytest.raises(ClusterError, match="tls-cert"):
        Cluster(made.address)
    with pytest.raises(ClusterError, match="no such file"):
        Cluster(made.address, Tls(made.tls.ca, made.tls.cert, made.tls.key.with_name("none")))
    with pytest.raises(ClusterError, match="cannot be reached"):
        do(Cluster(made.address.replace("tls", "tcp")), [combined(1)[1][0].task])


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="lets a process stand still")
def test_a_worker_that_hangs_keeps_nobody_waiting(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.studies.asking.workers._SILENCE", 2.0)
    tasks = [own.task for own in combined(2)[1]]
    one = made.workers()[0]
    (process,) = made.client.run(faults.number, workers=[one]).values()
    os.kill(process, signal.SIGSTOP)
    try:
        found = do(made.executor(), tasks)
    finally:
        os.kill(process, signal.SIGCONT)
    assert alike(found, here(tasks))
    assert made.told == ["1 worker does not answer and is not used."]


# The last, as a worker that ends while it begins does not come back.
def test_a_task_that_ends_workers_is_told_and_given_up(made: Made) -> None:
    tasks = [own.task for own in combined(2)[1]]
    poison = poisoned(random_round(1))
    made.client.register_plugin(faults.Poisoned())  # those that begin again have it too
    found = do(made.executor(), [poison, *tasks])
    made.client.unregister_worker_plugin(faults.Poisoned.name)
    told = found.pop(poison.key)
    assert isinstance(told, Finding)
    assert told.value("n") == 2  # beside others, and alone
    assert alike(found, here(tasks))

"""What a study costs beside solving, and what it takes on many machines: `make study-bench`.

Each part is printed as it is done. Nothing else should run on the machine meanwhile.
"""

import os
import resource
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import scheduler
from benchmarks.rounds import region
from models.finding import Finding
from models.round import Round
from scheduler.input.writing import write_input
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.studies import task
from scheduler.studies.asking.tasks import Asking
from scheduler.studies.bare import stripped, under
from scheduler.studies.checking import Result, checked, plan_of, result_of
from scheduler.studies.cluster import Cluster
from scheduler.studies.combinations import combinations, variants
from scheduler.studies.executor import Executor, Local
from scheduler.studies.folder import StudyFolder
from scheduler.studies.study import Nowhere, StudyWatch, do_tasks
from scheduler.studies.task import Limits, Task, answer_of, solved
from scheduler.verification.plan import verify

LIMITS = Limits()
ORDERS = {"municipal_order": ["placed", "strict", "off"]}


def rounds(people: int, count: int) -> list[Round]:
    """Sampled rounds of so many people."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, count + 1):
            path = Path(folder) / str(seed)  # a folder of CSV files, which is soon written
            write_input(path, region("nord", people, seed), Translator("en"))
            found.append(scheduler.read(path))
    return found


def tasks_of(some: Sequence[Round]) -> list[Task]:
    """The tasks of the rounds under three readings of the municipal order."""
    return [own.task for own in combinations(some, variants([], ORDERS), 1, LIMITS)]


def clocked(
    what: Callable[[], Any], clock: Callable[[], float] = time.perf_counter
) -> tuple[float, Any]:
    """The seconds that something took by a clock, and what came of it."""
    started = clock()
    found = what()
    return clock() - started, found


def overhead(people: int = 60, count: int = 10) -> None:
    """What a task costs beside listing options and solving, in this process."""
    some = [stripped(round) for round in rounds(people, count)]
    seconds: defaultdict[str, float] = defaultdict(float)

    def part(name: str, what: Callable[..., Any], *words: Any) -> Any:
        took, found = clocked(partial(what, *words), time.process_time)
        seconds[name] += took / count
        return found

    with tempfile.TemporaryDirectory() as folder:
        store = StudyFolder(Path(folder) / "study")
        for round in some:
            own = part("pack", _packed, round)
            case = part("solve", make_case, part("unpack", own.round))
            solution, _ = part("solve", solved, case, LIMITS)
            told = part("tell", answer_of, solution, 0.0)
            assert not part("verify", lambda c, a: verify(plan_of(c, a), c, []), case, told)
            result = part("figures", result_of, own, case, told)
            part("keep", store.store, result)
            sent = part("pack the answer", told.to_bytes)
            assert isinstance(part("check all, elsewhere", checked, own, sent), Result)
            seconds["bytes there"] += len(own.payload) / count
            seconds["bytes back"] += len(sent) / count
    print(f"a task of {people}: " + ", ".join(f"{n} {s:.4f}" for n, s in seconds.items()))
    beside = sum(seconds[n] for n in ("pack", "unpack", "tell", "verify", "figures", "keep"))
    print(f"beside solving: {beside:.4f} s, {beside / seconds['solve']:.1%} of it")


def _packed(round: Round) -> Task:
    """The task of a round that was stripped, as it is for the second policy and those after it."""
    return Task.of(under(round, round.policy, round.seed), LIMITS)


def timed(executor: Executor, tasks: Sequence[Task]) -> tuple[float, dict[str, Any]]:
    """The seconds that tasks take, and their results without seconds."""
    took, found = clocked(lambda: do_tasks(tasks, executor, LIMITS, Nowhere(), StudyWatch()))
    return took, untimed(found)


def untimed(found: dict[str, Result | Finding]) -> dict[str, Any]:
    """Results without seconds, which the answer they were computed from tells too."""
    without: dict[str, object] = {"seconds": 0.0, "answer": b""}
    return {
        key: own.model_copy(update=without) if isinstance(own, Result) else own
        for key, own in found.items()
    }


def speed(people: int = 60, count: int = 100) -> None:
    """One process and two, with the same tasks, one after the other and the other way round.

    Starting the processes takes some three seconds: with few tasks that is what is measured.
    """
    tasks = tasks_of(rounds(people, count))
    for order in ((1, 2), (2, 1)):
        took = {n: timed(Local(n), tasks)[0] for n in order}
        print(
            f"{len(tasks)} tasks: one {took[1]:.1f} s, two {took[2]:.1f} s: {took[1] / took[2]:.2f}"
        )


def killed(people: int = 40, count: int = 20) -> None:
    """A scheduler and four workers, of which one is killed half-way."""
    from distributed import Client, LocalCluster

    tasks = tasks_of(rounds(people, count))
    done: list[str] = []
    with (
        LocalCluster(n_workers=4, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        processes = list(client.run(os.getpid).values())

        class Killing(Nowhere):
            def store(self, result: Result) -> None:
                done.append(result.key)
                if len(done) == len(tasks) // 2:
                    os.kill(processes[0], signal.SIGKILL)

        executor = Cluster(cluster.scheduler_address, None, 2)
        found = do_tasks(tasks, executor, LIMITS, Killing(), StudyWatch())
    true = timed(Local(2), tasks)[1]
    same = untimed(found) == true
    print(
        f"{len(tasks)} tasks, one of four workers killed after {len(tasks) // 2}: "
        f"{len(found)} results, {len(done) - len(set(done))} twice, the same table: {same}"
    )


def hundred(people: int = 40, count: int = 100) -> None:
    """A hundred rounds of forty under three policies, on two processes; seconds and memory."""
    some = rounds(people, count)

    def whole() -> dict[str, Result | Finding]:
        with tempfile.TemporaryDirectory() as folder:
            store = StudyFolder(Path(folder) / "study")
            return do_tasks(tasks_of(some), Local(2), LIMITS, store, StudyWatch())

    took, found = clocked(whole)
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    proved = sum(isinstance(own, Result) and own.proof != "none" for own in found.values())
    print(
        f"{len(found)} tasks in {took:.0f} s ({_cpu():.0f} s of the processors, making the rounds "
        f"too), {proved} proved; at most {here:.0f} MiB here and "
        f"{child:.0f} MiB in each of two processes"
    )


def _cpu() -> float:
    """The seconds of the processors that this process and those it has ended took."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(own.ru_utime + own.ru_stime for own in both)


class _Unchecked:
    """Takes every answer as it is, for tasks that do no work."""

    def map(self, function: object, tasks: Sequence[Callable[[], tuple[Task, bytes]]]) -> list[Any]:
        return [_NOTHING for _ in tasks]


_NOTHING = Result.model_construct(None, key="", proof="none", goals={})  # type: ignore[call-arg]


def nothing(count: int = 5_000) -> None:
    """Tasks of the size of real ones that are answered without work: what Dask and the way cost."""
    from distributed import Client, LocalCluster

    (round,) = rounds(60, 1)
    payload = _packed(stripped(round)).payload
    heard: list[int] = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        client.run(_answer_at_once)
        before = _memory()
        tasks = [Task(f"{n:064d}", payload) for n in range(count)]
        asking = Asking(
            cluster.scheduler_address,
            lambda _: None,
            client,
            _Unchecked(),  # type: ignore[arg-type]
            tasks,
            lambda number, _: heard.append(number),
        )
        took, _ = clocked(asking.run)
        after = _memory()
    assert sorted(heard) == list(range(count))
    print(
        f"{count} tasks without work: {took:.1f} s, {took / count * 1000:.2f} ms each, "
        f"{len(payload) * count / 1e6:.0f} MB sent; the process with scheduler and coordinator "
        f"went from {before:.0f} to {after:.0f} MiB"
    )


def _answer_at_once() -> None:
    """A worker reads its tasks from now on, and answers without doing them."""
    nothing: Any = task.Answer(product=task.product())
    changed: Any = task
    changed.make_case = changed.solved = lambda *_: ((), 0.0)
    changed.answer_of = lambda *_: nothing


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS = {f.__name__: f for f in (overhead, speed, killed, hundred, nothing)}


def main() -> None:
    """The parts that are named, or all."""
    for name in sys.argv[1:] or PARTS:
        print(f"== {name} (load {os.getloadavg()[0]:.1f})", flush=True)
        PARTS[name]()


if __name__ == "__main__":
    main()

"""Which workers a cluster has, and which of them can be used."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.finding import N_, Finding, finding
from scheduler.studies.task import product
from scheduler.support import interrupt
from scheduler.support.errors import ClusterError

if TYPE_CHECKING:
    from distributed import Client

_NO_WORKERS = N_("The cluster at {address} has no workers that answer.")
_ALL_OTHER = N_(
    "All workers of {address} have other versions ({other}); this is {own}. Install the same "
    "version there."
)

# How long to wait for a first worker, and for what a worker says of itself.
_PATIENCE = 30.0
_SILENCE = 10.0
_LOOK = 0.02


@dataclass(frozen=True)
class There:
    """The workers that can be used; those of other versions, with what they say that they are; and
    those that say nothing, as they hang, or cannot be reached.
    """

    fit: set[str]
    others: Mapping[str, str]
    silent: set[str]

    @property
    def names(self) -> str:
        """What those of other versions say that they are."""
        return ", ".join(sorted({name[:60] for name in self.others.values()}))

    def other_versions(self) -> Finding:
        """What is said of those of other versions."""
        return finding(
            N_(
                "{n} worker has another version and is not used ({other}); this is {own}. Install "
                "the same version there."
            ),
            plural=N_(
                "{n} workers have other versions and are not used ({other}); this is {own}. "
                "Install the same version there."
            ),
            n=len(self.others),
            other=self.names,
            own=product(),
        )

    def silence(self) -> Finding:
        """What is said of those that say nothing."""
        return finding(
            N_("{n} worker does not answer and is not used."),
            plural=N_("{n} workers do not answer and are not used."),
            n=len(self.silent),
        )


def look_for_workers(client: "Client", address: str) -> There:
    """The workers, waited for if there are none yet. Raises ClusterError where none can be used."""
    until = time.monotonic() + _PATIENCE
    while not (said := client.sync(_versions, client)):
        if time.monotonic() > until:
            raise ClusterError(finding(_NO_WORKERS, address=address))
        interrupt.check()
        time.sleep(_LOOK)
    own = product()
    silent = {worker for worker, told in said.items() if told is None}
    others = {worker: told for worker, told in said.items() if told not in (own, None)}
    there = There(set(said) - others.keys() - silent, others, silent)
    if not there.fit:
        raise ClusterError(
            finding(_ALL_OTHER, address=address, other=there.names, own=own)
            if others
            else finding(_NO_WORKERS, address=address)
        )
    return there


async def _versions(client: "Client") -> dict[str, str | None]:
    """What each worker says that it is; None for one that says nothing for long: it must not keep
    the others waiting.
    """
    asked = {
        worker: asyncio.ensure_future(client.run(product, workers=[worker], on_error="return"))
        for worker in await client.nthreads()
    }
    if asked:
        await asyncio.wait(asked.values(), timeout=_SILENCE)
    said: dict[str, str | None] = {}
    for worker, heard in asked.items():
        told = None
        if not heard.done():
            heard.cancel()
        elif heard.exception() is None:
            told = heard.result().get(worker)
        if told is None or isinstance(told, OSError):
            said[worker] = None
        else:  # one that has no alis at all cannot tell what it is
            said[worker] = told if isinstance(told, str) else "–"
    return said

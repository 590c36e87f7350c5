"""Tasks done on other machines, by way of Dask. What comes back counts once it is checked here.

Dask keeps track of who does what, and gives the task of a worker that ended to another. What it
does not know is what an answer is worth: each is checked by processes of this machine, and a task
whose answer does not pass is asked of other workers.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.finding import N_, Finding, finding
from scheduler.studies.asking.tasks import GONE, Asking
from scheduler.studies.executor import Executor, Heard
from scheduler.studies.task import Limits, Task
from scheduler.support.errors import ClusterError, NotInstalledError
from scheduler.support.workers import Workers

if TYPE_CHECKING:
    from distributed import Security

_UNREACHED = N_("The cluster at {address} cannot be reached: {reason}.")
_NO_FILES = N_("{address} needs {options}: the certificates that both sides know one another by.")
_NO_FILE = N_("{file}: there is no such file.")

# How long to wait for the first word from an address, and to be let in.
_GREETING = 5.0
_LETTING_IN = 10.0


@dataclass(frozen=True, slots=True)
class Tls:
    """The files with the authority that both sides trust, and one's own certificate and key."""

    ca: Path
    cert: Path
    key: Path


class Cluster(Executor):
    """The workers of a Dask scheduler at an address, tcp:// or tls://.

    So many `checkers` are processes here that check what comes back. `tell` is told what the user
    should know on the way. Raises NotInstalledError without Dask, ClusterError where the address
    and the certificates do not fit together.
    """

    elsewhere = True

    def __init__(
        self,
        address: str,
        tls: Tls | None = None,
        checkers: int = 1,
        tell: Callable[[Finding], None] = lambda _: None,
    ) -> None:
        NotInstalledError.unless_there("distributed")
        self._address, self._tls = address, tls
        self._checkers, self._tell = checkers, tell
        self._threads = 1
        if address.startswith("tls://") and tls is None:
            options = "--tls-ca, --tls-cert, --tls-key"
            raise ClusterError(finding(_NO_FILES, address=address, options=options))
        for file in () if tls is None else (tls.ca, tls.cert, tls.key):
            if not file.is_file():
                raise ClusterError(finding(_NO_FILE, file=str(file)))

    @property
    def at_once(self) -> int:
        return self._threads

    def ready(self) -> None:
        """See that something answers at the address. Raises ClusterError."""
        from distributed.comm.core import connect

        async def greet() -> None:
            arguments = self._security().get_connection_args("client")
            comm = await connect(self._address, timeout=_GREETING, **arguments)
            await comm.close()

        try:
            asyncio.run(greet())
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            reason = str(error).partition("\n")[0] or type(error).__name__
            raise ClusterError(finding(_UNREACHED, address=self._address, reason=reason)) from error

    def run(self, tasks: Sequence[Task], limits: Limits, heard: Heard) -> None:
        from distributed import Client

        self.ready()  # a client that cannot begin leaves threads behind, which complain later
        to: dict[str, Any] = {"address": self._address, "security": self._security()}
        to |= {"timeout": _LETTING_IN, "set_as_default": False}
        try:
            with Client(**to) as client, Workers(None, self._checkers) as checkers:
                self._threads = max(1, sum(client.nthreads().values()))
                Asking(self._address, self._tell, client, checkers, tasks, heard).run()
        except (OSError, CancelledError) as error:
            raise ClusterError(finding(GONE, address=self._address)) from error

    def _security(self) -> "Security":
        from distributed import Security

        if self._tls is None:
            return Security()
        return Security(
            tls_ca_file=str(self._tls.ca),
            tls_client_cert=str(self._tls.cert),
            tls_client_key=str(self._tls.key),
            require_encryption=True,
        )

"""A Dask cluster of processes on this machine that speak TLS, with certificates made for it."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dask
from distributed import LocalCluster, Security

from scheduler.studies.cluster import Tls

OPENSSL = shutil.which("openssl")


def certificates(folder: Path) -> Tls:
    """A certificate that signs itself, and its key: both sides have the same."""
    assert OPENSSL is not None
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *(OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-days", "2", "-subj", "/CN=alis-test", "-addext"),
            *("basicConstraints=critical,CA:TRUE", "-keyout", str(key), "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    return Tls(ca=cert, cert=cert, key=key)


@contextmanager
def cluster(tls: Tls, workers: int) -> Iterator[LocalCluster]:
    """So many workers, each a process with a thread."""
    security = Security(
        tls_ca_file=str(tls.ca),
        tls_client_cert=str(tls.cert),
        tls_client_key=str(tls.key),
        tls_scheduler_cert=str(tls.cert),
        tls_scheduler_key=str(tls.key),
        tls_worker_cert=str(tls.cert),
        tls_worker_key=str(tls.key),
        require_encryption=True,
    )
    # A task may end one worker; the default is four, and each takes seconds to begin again.
    settings = {"distributed.scheduler.allowed-failures": 0}
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            protocol="tls",
            security=security,
            dashboard_address="127.0.0.1:0",  # any free port: more than one may run here
            host="127.0.0.1",
        ) as made,
    ):
        yield made

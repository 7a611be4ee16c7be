"""A PostgreSQL of the tests' own: a throw-away cluster, a database per test."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SYSTEM_USER = "postgres"


def binary(name: str) -> str | None:
    """A PostgreSQL program on the path or where Debian keeps it."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(debian[-1]) if debian else None)


def available() -> bool:
    return binary("initdb") is not None and binary("pg_ctl") is not None


def _as_owner(command: list[str]) -> None:
    # PostgreSQL refuses to run as root.
    prefix = ["runuser", "-u", SYSTEM_USER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, capture_output=True, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(durable: bool = False) -> Iterator[str]:
    """The address of a running throw-away server, `postgresql://user@host:port`.

    Not `durable`: it never waits for the disk, as tests may.
    """
    home = Path(tempfile.mkdtemp(prefix="coopbot-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, SYSTEM_USER)
    data, port = home / "data", _free_port()
    initdb, pg_ctl = binary("initdb"), binary("pg_ctl")
    assert initdb
    assert pg_ctl
    _as_owner([initdb, "-D", str(data), "-U", "coopbot", "--auth=trust", "-E", "UTF8"])
    options = (
        f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync={'on' if durable else 'off'}"
    )
    _as_owner([pg_ctl, "-D", str(data), "-o", options, "-l", str(home / "log"), "-w", "start"])
    try:
        yield f"postgresql://coopbot@127.0.0.1:{port}"
    finally:
        _as_owner([pg_ctl, "-D", str(data), "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def database(server: str, copied: str = "template1") -> Iterator[str]:
    """The address of a database of its own on that server, dropped afterwards.

    Empty, or `copied` from the one of that name or address, which nobody may be using.
    """
    name = f"test_{time.monotonic_ns()}"
    template = copied.rpartition("/")[2]
    _tell(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    try:
        yield f"{server}/{name}"
    finally:
        _tell(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _tell(server: str, statement: str) -> None:
    psql = binary("psql")
    assert psql
    subprocess.run([psql, f"{server}/postgres", "-qc", statement], check=True, capture_output=True)

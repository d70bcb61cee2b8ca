"""A real PostgreSQL on loopback, started by the tests and gone with them."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_DEBIAN = Path("/usr/lib/postgresql")
_USER = "postgres"


class PostgresServer:
    """A server with an empty database for whoever asks; PostgreSQL refuses to run as root, so that it runs
    as its own user there. ``is_durable``: it waits for the disk, as it does where it matters."""

    def __init__(self, programs: Path, folder: Path, *, is_durable: bool) -> None:
        self._programs = programs
        self._data = folder / "data"
        self._is_durable = is_durable
        self._user = _USER if os.geteuid() == 0 else None
        self.port = _free_port()
        self._databases: set[str] = set()
        if self._user:
            shutil.chown(folder, self._user)
        made = ["--auth=trust", "--username=matchbot", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            [programs / "initdb", "-D", self._data, *made],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._user,
            cwd="/",
        )

    def start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
        }
        if not self._is_durable:
            settings |= {"fsync": "off", "synchronous_commit": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self._data.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-p", str(self.port), *options],
                stdout=log,
                stderr=log,
                user=self._user,
                cwd="/",
            )
        ask = [self._programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        while subprocess.run(ask, check=False).returncode:
            if self._process.poll() is not None:
                raise RuntimeError(self._data.with_suffix(".log").read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        """Have it end at once; what it has written down, it reads again when it starts."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()

    def kill(self) -> None:
        """Kill -9 of the server with all its processes, as when the power fails."""
        leader = self._process.pid
        children = [*map(int, Path(f"/proc/{leader}/task/{leader}/children").read_text().split())]
        self._process.kill()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self._process.wait()
        while any(map(_lives, children)):
            time.sleep(0.01)

    def empty_database(self, name: str = "ledger") -> str:
        """The address of a database in which there is nothing: what an earlier test left there is gone."""
        import psycopg

        if name not in self._databases:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            self._databases.add(name)
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS matchbot CASCADE")
        return self.url(name)

    def url(self, database: str) -> str:
        return f"postgresql://matchbot@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_postgres(*, is_durable: bool = False) -> Iterator[PostgresServer]:
    """A server that runs. Skips the test where PostgreSQL is not installed."""
    programs = installed_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL on this machine (Debian: apt-get install postgresql)")
    with tempfile.TemporaryDirectory(prefix="matchbot-postgres-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(programs, Path(folder), is_durable=is_durable)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def installed_programs() -> Path | None:
    """The folder of PostgreSQL's programs: the newest of Debian's, or whatever the path leads to."""
    installed = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    return Path(found).parent if found else None


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])

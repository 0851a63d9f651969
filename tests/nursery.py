"""A process with everything imported that forks a copy of itself for each command.

A command is a process of its own all the same, with its own folder, environment, streams and end; only what every
start would load anew, which takes longer than most commands, is there already. One nursery serves one worker and
ends with it. `python -m tests.nursery` is for `command` alone; whoever kills and restarts the bot starts it in full.
"""

import asyncio
import atexit
import gc
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

import msgspec

ROOT = Path(__file__).resolve().parents[1]
LOADED = ("bot.cli", "bot.commands.running", "bot.commands.checking", "bot.commands.status", "uvloop")


class Errand(msgspec.Struct, frozen=True):
    """A command: what it is called with, where, and what it reads."""

    arguments: tuple[str, ...]
    cwd: str
    env: Mapping[str, str]
    given: bytes = b""


class Outcome(msgspec.Struct, frozen=True):
    """How it ended, and what it wrote."""

    code: int
    out: bytes
    err: bytes


def serves(env: Mapping[str, str]) -> bool:
    """Whether commands with this environment can be made of copies here."""
    return hasattr(os, "pidfd_open") and not any(key.startswith("COVERAGE") for key in env)


@cache
def _home(started_in: int) -> str:  # noqa: ARG001 - a forked worker has none yet
    """The address of this worker's nursery."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.nursery"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(running.communicate)
    assert running.stdout is not None
    return running.stdout.readline().decode().strip()


async def carried_out(errand: Errand) -> Outcome:
    """Have a command carried out; it is killed when whoever waits is cancelled."""
    home = await asyncio.to_thread(_home, os.getpid())
    reader, writer = await asyncio.open_unix_connection(home)
    try:
        body = msgspec.msgpack.encode(errand)
        writer.write(len(body).to_bytes(4, "little") + body)
        return msgspec.msgpack.decode(await reader.read(-1), type=Outcome)
    finally:
        writer.close()
        await writer.wait_closed()


def _read(line: socket.socket) -> Errand:
    with line.makefile("rb") as stream:
        size = int.from_bytes(stream.read(4), "little")
        return msgspec.msgpack.decode(stream.read(size), type=Errand)


def _attend(line: socket.socket) -> None:
    """Carry one errand out, and tell how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    errand = _read(line)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(errand.given)
        given.seek(0)
        child = os.fork()
        if child == 0:
            line.close()
            _become(errand, (given, out, err))
        ended = os.pidfd_open(child)
        if line.fileno() in select.select([ended, line.fileno()], [], [])[0]:
            # nobody waits any more
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        line.sendall(msgspec.msgpack.encode(Outcome(code, out.read(), err.read())))


def _become(errand: Errand, streams: tuple[IO[bytes], IO[bytes], IO[bytes]]) -> None:
    """Be `python -m bot` with these arguments, to its end."""
    import runpy  # noqa: PLC0415 - only here

    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
    os.chdir(errand.cwd)
    os.environ.clear()
    os.environ.update(errand.env)
    sys.argv = ["bot", *errand.arguments]
    code: object = 0
    try:
        runpy.run_module("bot", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - as Python itself does
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]  # a process ends when its threads have
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def main() -> None:
    """Load, and serve until standard input ends."""
    for name in LOADED:
        __import__(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with (
        tempfile.TemporaryDirectory(prefix="complaint-bot-") as folder,
        socket.socket(socket.AF_UNIX) as door,
    ):
        door.bind(f"{folder}/door")
        door.listen()
        sys.stdout.write(f"{folder}/door\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
            line, _ = door.accept()
            if os.fork() == 0:
                door.close()
                try:
                    _attend(line)
                finally:
                    os._exit(0)
            line.close()


if __name__ == "__main__":
    main()

"""Starts real processes as an operator does: the sandbox, the bot, any command.

Nobody here waits for a while: everything waits for something, with a limit after which the wait is a failure.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.nursery import Errand, carried_out, serves
from tests.stopwatch import Stopwatch

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "1000000001:SANDBOX-demo-token-of-no-worth"
PATIENCE = 100.0
"""Seconds until a wait counts as failed; on a busy machine a process takes a few to start."""
BUSY = 10.0
"""Seconds that a busy machine may add to what real processes do in a few."""
STOPS_WITHIN = 10.0
"""Seconds in which SIGTERM must be obeyed."""
LOOK = 0.05
"""Seconds between two looks at one that is to end."""


def clean_environment(**settings: object) -> dict[str, str]:
    """This process's environment without settings of ours, and with these: `token="1:a"`, `desk=-100`."""
    # compiled modules are kept, as on any server: without them a start takes seconds
    ours = ("COMPLAINT_BOT_", "PYTHONDONTWRITEBYTECODE")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    named = {f"COMPLAINT_BOT_{key.upper()}": str(value) for key, value in settings.items()}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **named}


def unreadable_replies(folder: Path) -> Path:
    """Replies with a finding of their own, with which `check` need not look through every other."""
    table = folder / "replies" / "zh" / "terms.toml"
    table.parent.mkdir(parents=True)
    table.write_text("[remedy", "utf-8")
    return folder / "replies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What a process left behind."""

    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[str]:
        """What stands on standard error, line by line."""
        return self.err.splitlines()


async def command(
    *arguments: str, cwd: Path, env: Mapping[str, str], given: bytes = b"", patience: float = PATIENCE
) -> Ended:
    """Run `complaint-bot` to its end."""
    if serves(env):
        async with asyncio.timeout(patience):
            told = await carried_out(Errand(arguments, str(cwd), env, given))
        return Ended(code=told.code, out=told.out, err=told.err.decode())
    return await _in_full(arguments, cwd, env, given, patience)


async def _in_full(
    arguments: tuple[str, ...], cwd: Path, env: Mapping[str, str], given: bytes, patience: float
) -> Ended:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=cwd,
        env=env,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(patience):
            out, err = await process.communicate(given)
    except TimeoutError:
        process.kill()
        await process.communicate()
        raise
    return Ended(code=process.returncode or 0, out=out, err=err.decode())


@dataclass(slots=True)
class Running:
    """A process that works until it is told to stop; its lines are kept, and can be waited for."""

    process: asyncio.subprocess.Process
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    _silent: int = 0
    """How many of its two streams have ended."""
    _said: asyncio.Event = field(default_factory=asyncio.Event)
    _readers: list[asyncio.Task[None]] = field(default_factory=list)

    @classmethod
    async def start(cls, *arguments: str, cwd: Path, env: Mapping[str, str], core: int | None = None) -> Self:
        """Start a program of Python's by its arguments, on one core if that is named."""
        pinned = () if core is None else ("taskset", "-c", str(core))
        process = await asyncio.create_subprocess_exec(
            *(*pinned, sys.executable, *arguments),
            cwd=cwd,
            env=env,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        running = cls(process)
        for stream, lines in ((process.stdout, running.out), (process.stderr, running.err)):
            if stream is not None:
                running._readers.append(asyncio.create_task(running._read(stream, lines)))
        return running

    async def _read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        while line := await stream.readline():
            lines.append(line.decode(errors="replace").rstrip("\n"))
            self._said.set()
        self._silent += 1
        self._said.set()

    async def until(self, told: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait until its lines make this true.

        Raises:
            TimeoutError: they did not in time, or it ended before.
        """
        try:
            async with asyncio.timeout(patience):
                while not told() and self._silent < len(self._readers):
                    self._said.clear()
                    await self._said.wait()
        except TimeoutError:
            pass
        if not told():
            raise TimeoutError("\n".join([*self.out[-20:], *self.err[-20:]]))

    async def logged(self, event: str, patience: float = PATIENCE) -> None:
        """Wait until its log names this event."""
        await self.until(lambda: any(f'"event":"{event}"' in line for line in self.err), patience)

    async def ended(self, patience: float = PATIENCE) -> Ended:
        """Wait for its end."""
        async with asyncio.timeout(patience):
            code = await self.process.wait()
            await asyncio.gather(*self._readers)
        return Ended(code=code, out="\n".join(self.out).encode(), err="\n".join(self.err))

    async def works_for(self, seconds: float) -> bool:
        """Let it work so long; whether it is still there then."""
        try:
            await asyncio.wait_for(asyncio.shield(self.process.wait()), seconds)
        except TimeoutError:
            return True
        return False

    async def kill(self) -> Ended:
        """End it as a power cut does."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        return await self.ended()

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> Ended:
        """Tell it to stop, and see that it does within ten seconds and what a busy machine adds to them."""
        return (await self.stopped_in(number))[0]

    async def stopped_in(self, number: signal.Signals = signal.SIGTERM) -> tuple[Ended, float]:
        """The same, and the seconds that it took, without those in which others had the processor.

        Raises:
            TimeoutError: it goes on.
        """
        watch = Stopwatch(self.process.pid)
        self.process.send_signal(number)
        while await self.works_for(LOOK):
            if watch.seconds() > STOPS_WITHIN + BUSY:
                raise TimeoutError
        return await self.ended(), watch.seconds()

    def cpu_seconds(self) -> float:
        """What it has spent so far in all its threads."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

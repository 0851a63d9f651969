"""Real processes, as an operator starts them: the little Telegram, the bot, any command; and the line between.

Nobody here waits for a while: everything waits for something, with a limit after which the wait is a failure.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiohttp
import msgspec

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "1000000001:SANDBOX-demo-token-of-no-worth"
PATIENCE = 30.0
"""Seconds until a wait counts as failed; on a busy machine a process takes a few to start."""
STOPS_WITHIN = 10.0
"""Seconds in which SIGTERM must be obeyed."""


def clean_environment(**settings: object) -> dict[str, str]:
    """This process's environment without settings of ours, and with these: `token="1:a"`, `desk=-100`."""
    # compiled modules are kept, as on any server: without them a start takes seconds
    ours = ("COMPLAINT_BOT_", "PYTHONDONTWRITEBYTECODE")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    named = {f"COMPLAINT_BOT_{key.upper()}": str(value) for key, value in settings.items()}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **named}


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
        """Tell it to stop, and see that it does within ten seconds."""
        self.process.send_signal(number)
        return await self.ended(STOPS_WITHIN)

    def cpu_seconds(self) -> float:
        """What it has spent so far in all its threads."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class LittleTelegram:
    """A Bot API server as a process of its own; people in it move through its control API."""

    def __init__(self, running: Running, url: str, session: aiohttp.ClientSession) -> None:
        self.running = running
        self.url = url
        self._session = session
        self.desk = 0
        self.agents: list[int] = []
        self.stranger = 0
        self.customer = 0

    async def look_around(self) -> None:
        """Learn who is who."""
        state = await self.see("state")
        self.desk = state["groups"][0]["id"]
        roles = {
            role: [one["id"] for one in state["people"] if one["role"] == role]
            for role in ("agent", "stranger", "customer")
        }
        self.agents, self.stranger = roles["agent"], roles["stranger"][0]
        self.customer = roles["customer"][0]

    async def see(self, sight: str, **query: object) -> Any:  # noqa: ANN401 - JSON
        """Look at something."""
        given = {key: str(value) for key, value in query.items()}
        async with self._session.get(f"{self.url}/sandbox/{sight}", params=given) as answer:
            return _result(await answer.read())

    async def do(self, deed: str, **given: object) -> Any:  # noqa: ANN401 - JSON
        """Let somebody do something.

        Raises:
            Impossible: nobody could do that now.
        """
        body = msgspec.json.encode(given)
        async with self._session.post(f"{self.url}/sandbox/{deed}", data=body) as answer:
            return _result(await answer.read())

    async def new_customer(self, name: str) -> int:
        """Somebody who has never written."""
        return int((await self.do("add_user", first_name=name))["id"])

    async def waits_for(
        self,
        chat: int,
        words: str = "",
        *,
        after: int = 0,
        thread: int | None = None,
        patience: float = PATIENCE,
    ) -> dict[str, Any]:
        """The first message of the bot's in this chat, after this number, with these words in it."""
        place = {} if thread is None else {"thread_id": thread}
        found: dict[str, Any] = await self.see(
            "wait", chat_id=chat, text=words, after=after, timeout=patience, **place
        )
        return found

    async def breathe(self, seconds: float = 0.2) -> None:
        """Wait for the bot's next message, or a moment if there is none."""
        with contextlib.suppress(Impossible):
            mark = (await self.see("state"))["mark"]
            await self.see("wait", after=mark, timeout=seconds)

    async def sees_call(self, method: str, patience: float = PATIENCE) -> None:
        """Wait until the bot has called this method."""
        async with asyncio.timeout(patience):
            while not any(one["method"] == method for one in await self.see("calls")):
                await self.breathe(0.05)

    async def history(self, chat: int) -> list[dict[str, Any]]:
        """Every message of a chat, in order."""
        found: list[dict[str, Any]] = await self.see("messages", chat_id=chat, everything=1)
        return found

    async def said_by_bot(self, chat: int) -> list[dict[str, Any]]:
        """What the bot said in a chat, in order."""
        return [one for one in await self.history(chat) if one["from"]["is_bot"] and "service" not in one]


class Impossible(AssertionError):
    """The little Telegram says no."""


def _result(body: bytes) -> Any:  # noqa: ANN401 - JSON
    answer = msgspec.json.decode(body)
    if not answer["ok"]:
        raise Impossible(answer["error"])
    return answer["result"]


@asynccontextmanager
async def little_telegram(
    folder: Path, *options: str, core: int | None = None
) -> AsyncIterator[LittleTelegram]:
    """Start one, and end it in the end."""
    running = await Running.start(
        *("-m", "bot.sandbox", "--token", TOKEN, *options), cwd=folder, env=clean_environment(), core=core
    )
    try:
        await running.until(lambda: running.out)
        async with aiohttp.ClientSession() as session:
            telegram = LittleTelegram(running, running.out[0].strip(), session)
            await telegram.look_around()
            yield telegram
    finally:
        await running.kill()


@dataclass(slots=True)
class Post:
    """Where one bot works: its folder, its settings, its process."""

    folder: Path
    env: dict[str, str]
    core: int | None = None
    running: Running | None = None

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.folder / "complaints.db"

    async def start(self) -> Running:
        """Start the bot; it is not yet open."""
        self.running = await Running.start("-m", "bot", "run", cwd=self.folder, env=self.env, core=self.core)
        return self.running

    async def open(self) -> Running:
        """Start the bot, and wait until it is open."""
        running = await self.start()
        await running.logged("open")
        return running

    async def export(self) -> list[dict[str, Any]]:
        """Every case, as `complaint-bot export` gives it."""
        ended = await command("export", cwd=self.folder, env=self.env, patience=120.0)
        if ended.code:
            raise AssertionError(ended.err)
        return [msgspec.json.decode(line) for line in ended.out.splitlines()]


@asynccontextmanager
async def posted(
    folder: Path, telegram: LittleTelegram, *, core: int | None = None, **settings: object
) -> AsyncIterator[Post]:
    """A bot's place against this Telegram; whatever still runs in the end is ended."""
    given: dict[str, object] = {
        "token": TOKEN,
        "api_url": telegram.url,
        "desk": telegram.desk,
        "database": f"sqlite:///{folder / 'complaints.db'}",
    }
    post = Post(folder, clean_environment(**(given | settings)), core)
    try:
        yield post
    finally:
        if post.running is not None:
            await post.running.kill()

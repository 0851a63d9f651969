"""Delivery by webhook: an HTTP POST for every update, and again after growing pauses until a 2xx."""

import asyncio
from collections.abc import Sequence

import aiohttp

from bot.sandbox.state import State
from bot.sandbox.updates import Waiting

PAUSES = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
LONGEST_WAIT = 3_600.0
PATIENCE = 60.0
CONNECTIONS = 40
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Webhook:
    """Delivers while a webhook is set; one update of a line (a chat, mostly) is under way at a time."""

    def __init__(self, world: State) -> None:
        self.world = world
        self.pauses: Sequence[float] = PAUSES
        self._task: asyncio.Task[None] | None = None
        self._bell = asyncio.Event()
        self._lines: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Begin to watch the queue."""
        self.world.updates.added = self._bell.set
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop; what is under way is dropped and stays in the queue."""
        self.world.updates.added = None
        tasks = [*self._lines.values(), *([self._task] if self._task is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                if self.world.webhook:
                    self._deliver_heads(session)
                self._bell.clear()
                await self._bell.wait()

    def _deliver_heads(self, session: aiohttp.ClientSession) -> None:
        most = int(self.world.webhook.get("max_connections", CONNECTIONS))
        for update in self.world.updates.waiting:
            if len(self._lines) >= most:
                return
            if update.line not in self._lines:
                self._lines[update.line] = asyncio.create_task(self._deliver(session, update))

    async def _deliver(self, session: aiohttp.ClientSession, update: Waiting) -> None:
        failures = 0
        try:
            while self.world.webhook and update.expires > self.world.now():
                wait = await self._attempt(session, update)
                if wait is None:
                    break
                pause = self.pauses[min(failures, len(self.pauses) - 1)]
                failures += 1
                await asyncio.sleep(max(wait, pause))
            if self.world.webhook and update in self.world.updates.waiting:
                self.world.updates.waiting.remove(update)
                self.world.updates.taken_one()
        finally:
            self._lines.pop(update.line, None)
            self._bell.set()

    async def _attempt(self, session: aiohttp.ClientSession, update: Waiting) -> float | None:
        """Try once: None when it was taken, otherwise the least seconds to wait."""
        headers = {"Content-Type": "application/json"}
        if secret := self.world.webhook.get("secret_token"):
            headers[SECRET_HEADER] = secret
        try:
            async with session.post(self.world.webhook["url"], data=update.raw, headers=headers) as reply:
                if reply.ok:
                    return None
                problem = f"Wrong response from the webhook: {reply.status} {reply.reason}"
                asked = reply.headers.get("Retry-After", "0")
                wait = min(float(asked) if asked.isdigit() else 0.0, LONGEST_WAIT)
        except (aiohttp.ClientError, TimeoutError) as error:
            problem, wait = f"Connection failed: {type(error).__name__}", 0.0
        self.world.webhook |= {"last_error_date": int(self.world.now()), "last_error_message": problem}
        return wait

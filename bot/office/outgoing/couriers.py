"""Runs a courier for as long as this replica holds the courier's post."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol, cast

from bot.complaint.doors import OWN_CHAT
from bot.complaint.ids import ChatId, LetterId
from bot.complaint.letters import Letter
from bot.office.outgoing.courier import Courier
from bot.store.port import NO_LETTER, Post
from bot.telegram.calls import Spot
from bot.telegram.delivery import Delivered, Telegram
from bot.telegram.failures import Fate, Verdict

GRACE: Final = 0.3
"""Seconds for calls under way when the post is lost; they end before another replica can take it."""
_OVER: Final = Delivered(verdict=Verdict(fate=Fate.LATER, reason="the post passed on"))


class Carries(Protocol):
    """Anything that accepts letters."""

    def post(self, letters: Iterable[Letter]) -> None:
        """Take letters that are committed to the outbox."""
        ...

    def typing(self, chat: ChatId, door: int = OWN_CHAT) -> None:
        """Show that an answer is being prepared."""
        ...


class Couriers:
    """Gives letters to the current courier, if this replica has one.

    Args:
        make: a courier who goes by what the store holds.
        telegram: who takes the letters.
    """

    def __init__(self, make: Callable[[Telegram], Courier], telegram: Telegram) -> None:
        self._make = make
        self._telegram = telegram
        self._now: Courier | None = None
        self._begun = asyncio.Event()

    def post(self, letters: Iterable[Letter]) -> None:
        """Take letters that are committed to the outbox."""
        if self._now is not None:
            self._now.post(letters)

    def typing(self, chat: ChatId, door: int = OWN_CHAT) -> None:
        """Show that an answer is being prepared."""
        if self._now is not None:
            self._now.typing(chat, door)

    def recollect(self, after: LetterId = NO_LETTER) -> None:
        """Others committed letters above this one, or nobody knows."""
        if self._now is not None:
            self._now.recollect(after)

    async def idle(self) -> None:
        """Return when all that can be done at this moment is done."""
        await self._begun.wait()
        if self._now is not None:
            await self._now.idle()

    @property
    def carry(self) -> bool:
        """Whether letters leave from here."""
        return self._now is not None

    @property
    def waiting(self) -> int:
        """Letters that wait here or are under way."""
        return 0 if self._now is None else self._now.waiting

    async def work(self, post: Post) -> None:
        """Run a courier until the post is lost; outcomes of calls under way are still recorded.

        Raises:
            StoreUnusable: receipts cannot be written.
            SettingsWrong: Telegram does not know the token.
        """
        telegram = cast("Telegram", _Guarded(self._telegram, post)) if post.shared else self._telegram
        courier = self._now = self._make(telegram)
        self._begun.set()
        carrying = asyncio.ensure_future(courier.run())
        ending = asyncio.ensure_future(post.lost.wait())
        try:
            await asyncio.wait({carrying, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not carrying.done():
                await courier.stop(GRACE)
            await carrying
        finally:
            if post.lost.is_set():
                self._now = None
                self._begun.clear()
            for one in (carrying, ending):
                one.cancel()
            await asyncio.gather(carrying, ending, return_exceptions=True)

    async def stop(self, grace: float) -> None:
        """Start nothing new, give what is under way `grace` seconds, and write down what came of it."""
        if self._now is not None:
            await self._now.stop(grace)


class _Guarded:
    """Telegram, only while the post is held: a courier that was suspended must not go on sending."""

    def __init__(self, telegram: Telegram, post: Post) -> None:
        self._telegram = telegram
        self._post = post

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever it has
        return getattr(self._telegram, name)

    def hand(self, letter: Letter, spot: Spot, landed: Callable[[Delivered], None]) -> bool:
        """Hand a letter over, if that is still ours to do."""
        return self._post.held and self._telegram.hand(letter, spot, landed)

    async def deliver(self, letter: Letter, **spot: Any) -> Delivered:  # noqa: ANN401 - passed on
        """Carry a letter out, if that is still ours to do."""
        return await self._telegram.deliver(letter, **spot) if self._post.held else _OVER

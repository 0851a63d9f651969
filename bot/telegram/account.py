"""One bot at one Bot API server: who it is, its files, and calls to it."""

from collections.abc import Callable
from typing import Final, Protocol, Self, TypeVar

import msgspec
from telegram.error import TelegramError

from bot.complaint.letters import Letter
from bot.telegram.address import Address
from bot.telegram.calls import Call
from bot.telegram.failures import Fate, verdict
from bot.telegram.http_client import CONNECTIONS, TOO_BIG, HttpClient
from bot.telegram.shapes import User
from bot.telegram.troubles import Refused, TooBig, Unreachable, trouble

LARGEST_FILE: Final = 20 * 1024 * 1024
"""Bytes: what is larger, Telegram gives to no bot."""

T = TypeVar("T")


class _Me(msgspec.Struct):
    result: User


class _Path(msgspec.Struct):
    file_path: str = ""
    file_size: int = 0


class _File(msgspec.Struct):
    result: _Path


class Listens(Protocol):
    """The interface for counting calls and letters; calls must neither wait nor fail."""

    def called(self, method: str, fate: Fate) -> None:
        """A call ended."""
        ...

    def handing(self, letter: Letter) -> None:
        """A letter is about to be sent."""
        ...

    def handed(self, letter: Letter, fate: Fate) -> None:
        """A letter was sent, with this outcome."""
        ...


class Nobody:
    """Counts nothing."""

    def called(self, method: str, fate: Fate) -> None:
        """See `Listens.called`."""

    def handing(self, letter: Letter) -> None:
        """See `Listens.handing`."""

    def handed(self, letter: Letter, fate: Fate) -> None:
        """See `Listens.handed`."""


class Account:
    """One bot at one Bot API server.

    Every method may raise `Unreachable`, `Refused` or (for the token) `SettingsWrong`. No error and no repr
    holds the token.
    """

    def __init__(
        self,
        address: Address,
        *,
        connections: int = CONNECTIONS,
        proxy: str | None = None,
        listens: Listens | None = None,
    ) -> None:
        self.address = address
        self.listens = listens or Nobody()
        self.line = HttpClient(connections=connections, proxy=proxy)

    def __repr__(self) -> str:
        """Without the token."""
        return f"<{type(self).__name__} {self.address!r}>"

    async def __aenter__(self) -> Self:
        await self.line.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self.line.shutdown()

    async def me(self) -> tuple[int, str]:
        """The bot's id and username; also used to test whether Telegram answers."""
        user = read(_Me, await self.ask(Call("getMe", {}))).result
        return user.id, user.username or ""

    async def serves_accounts(self) -> bool:
        """Whether BotFather's Business Mode is on."""
        return read(_Me, await self.ask(Call("getMe", {}))).result.can_connect_to_business

    async def page(self) -> str:
        """The link to the bot's main Mini App; empty if BotFather has none."""
        user = read(_Me, await self.ask(Call("getMe", {}))).result
        return f"https://t.me/{user.username}" if user.has_main_web_app and user.username else ""

    async def download(self, file_id: str, most: int = LARGEST_FILE) -> bytes:
        """A file's content, of `most` bytes at most.

        Raises:
            TooBig: it is larger, or Telegram says that it is.
            Refused: Telegram does not have it, now or at all.
        """
        file = read(_File, await self.ask(Call("getFile", {"file_id": file_id}))).result
        if file.file_size > most:
            raise TooBig(TOO_BIG)
        if not file.file_path:
            raise Refused("the file has no path")
        try:
            return await self.line.fetch(self.address.file(file.file_path), most)
        except TelegramError as error:
            told = trouble(error)
        raise told

    async def ask(
        self, call: Call, *, line: HttpClient | None = None, patience: float | None = None
    ) -> bytes:
        """Make a call; the raw answer."""
        try:
            return await self.call(call, line=line, patience=patience)
        except TelegramError as error:
            told = trouble(error)
        raise told

    async def call(
        self, call: Call, *, line: HttpClient | None = None, patience: float | None = None
    ) -> bytes:
        """As `ask`, but raises python-telegram-bot's own errors."""
        url = self.address.method(call.method)
        try:
            if call.file is not None:
                answer = await self.line.send(url, call.body, call.part, call.file)
            else:
                answer = await (line or self.line).ask(url, msgspec.json.encode(call.body), patience=patience)
        except TelegramError as error:
            self.listens.called(call.method, verdict(error).fate)
            raise
        self.listens.called(call.method, Fate.DONE)
        return answer

    def hand_call(self, call: Call, landed: Callable[[bytes | TelegramError], None]) -> bool:
        """As `call`, without waiting: `landed` gets what it returns or raises. False: this call has to wait."""

        def told(answer: bytes | TelegramError) -> None:
            fate = verdict(answer).fate if isinstance(answer, TelegramError) else Fate.DONE
            self.listens.called(call.method, fate)
            landed(answer)

        return call.file is None and self.line.hand(
            self.address.method(call.method), msgspec.json.encode(call.body), told
        )


def read(shape: type[T], answer: bytes) -> T:
    """Decode an answer.

    Raises:
        Unreachable: it is none of the Bot API's (a captive portal's page, say).
    """
    try:
        return msgspec.json.decode(answer, type=shape)
    except msgspec.DecodeError:
        pass
    raise Unreachable("the answer is none of the Bot API's")

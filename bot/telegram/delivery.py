"""Fetches updates, and delivers letters with a verdict for each."""

from collections.abc import Callable, Sequence
from typing import Final, Self

import msgspec
from msgspec import Struct
from telegram.error import TelegramError

from bot.complaint.doors import behind
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, MessageId, ThreadId
from bot.complaint.letters import Letter, LetterKind
from bot.telegram.account import Account, Listens
from bot.telegram.address import Address
from bot.telegram.calls import Call, Spot, Unaddressed, call_for
from bot.telegram.failures import Fate, Verdict, verdict
from bot.telegram.http_client import CONNECTIONS, HttpClient
from bot.telegram.troubles import Unreachable

POLL_GRACE: Final = 10.0
"""Seconds beyond the long poll's own time until the answer counts as lost."""


class _Said(msgspec.Struct):
    """The answer to a call that created something."""

    message_id: int = 0
    message_thread_id: int = 0


class _One(msgspec.Struct):
    result: _Said | bool


class _Many(msgspec.Struct):
    result: list[_Said]


class _Stamped(msgspec.Struct):
    update_id: int


class _Updates(msgspec.Struct):
    result: list[msgspec.Raw]


_one = msgspec.json.Decoder(_One)
_many = msgspec.json.Decoder(_Many)
_updates = msgspec.json.Decoder(_Updates)
_stamped = msgspec.json.Decoder(_Stamped)


class Delivered(Struct, frozen=True, kw_only=True):
    """The outcome of a letter; if DONE, with the messages or topic it created.

    `rest` is what is still to be sent when a letter takes two calls and the second failed (`verdict`).
    """

    verdict: Verdict
    message: MessageId | None = None
    messages: tuple[MessageId, ...] = ()
    thread: ThreadId | None = None
    chat: ChatId | None = None
    """Where it went, if not where it was addressed to."""
    rest: Letter | None = None

    @property
    def fate(self) -> Fate:
        """The verdict's fate."""
        return self.verdict.fate


_DONE: Final = Verdict(fate=Fate.DONE, reason="")


class Telegram(Account):
    """The account that polls updates and delivers letters; long polls have a connection of their own."""

    def __init__(
        self,
        address: Address,
        *,
        connections: int = CONNECTIONS,
        proxy: str | None = None,
        listens: Listens | None = None,
    ) -> None:
        super().__init__(address, connections=connections, proxy=proxy, listens=listens)
        self._poll_line = HttpClient(connections=2, proxy=proxy)

    async def __aenter__(self) -> Self:
        await self._poll_line.initialize()
        return await super().__aenter__()

    async def close(self) -> None:
        """Close every connection."""
        await self._poll_line.shutdown()
        await super().close()

    async def get_updates(
        self, offset: int, *, wanted: Sequence[str], wait: int = 50, limit: int = 100
    ) -> list[tuple[int, bytes]]:
        """The updates from `offset` on, each with its id and its exact bytes.

        Asking with a higher offset makes Telegram forget all below it. `wait` is the long poll's seconds.

        Raises:
            AnotherIntake: another program takes this bot's updates.
        """
        body = {"offset": offset, "timeout": wait, "limit": limit, "allowed_updates": list(wanted)}
        answer = await self.ask(Call("getUpdates", body), line=self._poll_line, patience=wait + POLL_GRACE)
        try:
            return [(_stamped.decode(raw).update_id, bytes(raw)) for raw in _updates.decode(answer).result]
        except (msgspec.DecodeError, RecursionError):
            pass
        raise Unreachable("the answer is none of the Bot API's")

    async def deliver(
        self,
        letter: Letter,
        *,
        thread: ThreadId | None = None,
        edit: MessageId | None = None,
        reply_to: MessageId | None = None,
        parts: tuple[MessageId, ...] = (),
        connection: str = "",
    ) -> Delivered:
        """Deliver a letter. Every answer comes back as a verdict; nothing is raised.

        With a `connection` it goes into a chat of an account of the brand's.
        """
        self.listens.handing(letter)
        spot = Spot(thread=thread, edit=edit, reply_to=reply_to, parts=parts, connection=connection)
        delivered = await self._deliver(letter, spot)
        self.listens.handed(letter, delivered.fate)
        return delivered

    def hand(self, letter: Letter, spot: Spot, landed: Callable[[Delivered], None]) -> bool:
        """As `deliver`, without waiting: `landed` gets the outcome. False: nothing was sent, this letter has to wait.

        It has to where no connection is free, and where one call is not enough for it.
        """
        if letter.kind is LetterKind.ALBUM:
            return False
        try:
            call = call_for(letter, spot)
        except Unaddressed:
            return False

        def told(answer: bytes | TelegramError) -> None:
            delivered = _outcome(letter, answer)
            self.listens.handed(letter, delivered.fate)
            landed(delivered)

        handed = self.hand_call(call, told)
        if handed:
            self.listens.handing(letter)
        return handed

    async def _deliver(self, letter: Letter, spot: Spot) -> Delivered:
        try:
            call = call_for(letter, spot)
        except Unaddressed as error:
            return Delivered(verdict=Verdict(fate=Fate.TARGET_GONE, reason=str(error)))
        answer: bytes | TelegramError
        try:
            answer = await self.call(call)
        except TelegramError as error:
            answer = error
        done = _outcome(letter, answer)
        if done.fate is not Fate.DONE:
            return done
        if letter.kind is LetterKind.ALBUM and letter.html:
            return await self._captioned(letter, done, spot.thread)
        return done

    async def _captioned(self, album: Letter, done: Delivered, thread: ThreadId | None) -> Delivered:
        """The words of an album go after it, as an answer to its first message."""
        words = album.evolve(kind=LetterKind.TEXT, sources=())
        after = await self._deliver(words, Spot(thread=thread, reply_to=done.message))
        if after.fate is Fate.DONE:
            return done
        return replace(done, verdict=after.verdict, rest=words)


def numbered(delivered: Delivered, door: int) -> Delivered:
    """The created messages of an account's chat, with our numbers."""
    return replace(
        delivered,
        message=behind(door, delivered.message) if delivered.message is not None else None,
        messages=tuple(behind(door, one) for one in delivered.messages),
    )


def _outcome(letter: Letter, answer: bytes | TelegramError) -> Delivered:
    if isinstance(answer, TelegramError):
        return Delivered(verdict=verdict(answer))
    try:
        return _MADE.get(letter.kind, _nothing)(answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # the call was taken, so it had its effect; only what it made is unreadable
        return Delivered(verdict=_DONE)


def _message(answer: bytes) -> Delivered:
    said = _one.decode(answer).result
    # an edit of an inline message answers only True
    number = None if isinstance(said, bool) else MessageId(said.message_id)
    return Delivered(verdict=_DONE, message=number)


def _messages(answer: bytes) -> Delivered:
    numbers = tuple(MessageId(said.message_id) for said in _many.decode(answer).result)
    return Delivered(verdict=_DONE, message=numbers[0] if numbers else None, messages=numbers)


def _topic(answer: bytes) -> Delivered:
    said = _one.decode(answer).result
    thread = None if isinstance(said, bool) else ThreadId(said.message_thread_id)
    return Delivered(verdict=_DONE, thread=thread)


def _nothing(_answer: bytes) -> Delivered:
    return Delivered(verdict=_DONE)


_MADE: Final[dict[LetterKind, Callable[[bytes], Delivered]]] = {
    LetterKind.TEXT: _message,
    LetterKind.COPY: _message,
    LetterKind.DOCUMENT: _message,
    LetterKind.EDIT: _message,
    LetterKind.BUTTONS: _message,
    LetterKind.ALBUM: _messages,
    LetterKind.OPEN_TOPIC: _topic,
}

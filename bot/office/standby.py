"""While the database is down, tells each customer once how to reach a person (R36).

Nothing is stored and nothing is confirmed to Telegram, so every message comes again when the database is back, and
is worked then, once. The words said here were rendered at the start and need no database.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import msgspec
import structlog

from bot.complaint.errors import ComplaintError, StoreUnusable
from bot.complaint.ids import ChatId
from bot.complaint.reading import Language
from bot.office.clock import Clock
from bot.office.outage import Outage
from bot.telegram.account import Account
from bot.telegram.calls import Call
from bot.telegram.shapes import User
from bot.telegram.troubles import Unreachable
from bot.wording.catalogue import Catalogue

HICCUP: Final = timedelta(seconds=10)
"""Shorter outages are not announced: the ordinary answer comes soon enough."""
LOOK: Final = timedelta(seconds=1)
PATIENCE: Final = 10.0
HAN: Final = range(0x4E00, 0xA000)
"""Where Chinese characters stand."""
SENTENCE: Final = 3
"""Words; fewer may be a name or an order's number."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The messages, rendered in advance as Telegram HTML."""

    customer: Mapping[Language, str]
    first: Language
    """The language of the desk, and of whoever shows none."""
    down: str
    back: str

    @classmethod
    def of(cls, catalogue: Catalogue, languages: Sequence[Language]) -> "Words":
        """Rendered for good."""
        first = languages[0]
        return cls(
            customer={one: catalogue.render("standby/down", one, {}) for one in languages},
            first=first,
            down=catalogue.desk("standby_down", first, {}),
            back=catalogue.desk("standby_back", first, {}),
        )


class _Chat(msgspec.Struct):
    id: int = 0
    type: str = ""


class _Message(msgspec.Struct, rename={"sender": "from"}):
    chat: _Chat
    sender: User | None = None
    text: str = ""
    caption: str = ""
    business_connection_id: str | None = None


class _Press(msgspec.Struct, rename={"sender": "from"}):
    sender: User
    message: _Message | None = None


class _Update(msgspec.Struct):
    message: _Message | None = None
    callback_query: _Press | None = None


_updates = msgspec.json.Decoder(_Update)


class Standby:
    """Answers while the database is down.

    Args:
        account: who speaks.
        outage: tells whether it is away.
        words: what is said.
        desk: the common desk as it is now.
        clock: tells the time and waits for it.
    """

    def __init__(
        self,
        account: Account,
        outage: Outage,
        words: Words,
        desk: Callable[[], ChatId],
        clock: Clock,
    ) -> None:
        self._account = account
        self.outage = outage
        self._words = words
        self._desk = desk
        self._clock = clock
        self._wrote: dict[ChatId, Language] = {}
        self._told: set[ChatId] = set()
        self._desk_told = False
        self._wake = asyncio.Event()
        self.leads: Callable[[], bool] = lambda: True
        """Whether this is the replica that speaks to the desk; each speaks to those who write to it."""
        outage.on_change(self._wake.set)

    def adopt(self, words: Words) -> None:
        """Use these messages from now on."""
        self._words = words

    def cannot_keep(self, updates: Iterable[bytes], error: StoreUnusable) -> None:
        """These updates could not be stored and stay with Telegram."""
        self.outage.failed(error)
        for raw in updates:
            found = _customer_in(raw)
            if found is not None and found[0] not in self._told:
                self._wrote[found[0]] = self._spoken(found[1])

    def kept(self) -> None:
        """Updates can be stored (again)."""
        self.outage.worked()

    def _spoken(self, wish: Language | None) -> Language:
        return wish if wish is not None and wish in self._words.customer else self._words.first

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._wake.clear()
            since = self.outage.since
            if since is None:
                await self._end()
                await self._clock.wait(None, self._wake)
                continue
            if abs(self._clock.now() - since) >= HICCUP:
                await self._speak()
            await self._clock.wait(self._clock.now() + LOOK, self._wake)
            self.outage.look()

    async def _speak(self) -> None:
        if not self._desk_told and self.leads():
            self._desk_told = True
            await self._say(self._desk(), self._words.down)
        while self._wrote and self.outage.since is not None:
            chat, language = self._wrote.popitem()
            self._told.add(chat)
            await self._say(chat, self._words.customer[language])

    async def _end(self) -> None:
        told = len(self._told)
        self._wrote.clear()
        self._told.clear()
        if self._desk_told:
            self._desk_told = False
            _log.info("standby_over", chats_told=told)
            await self._say(self._desk(), self._words.back)

    async def _say(self, chat: ChatId, html: str) -> None:
        """Send it once and never again: silence is better than a repetition, since the real answer follows."""
        body = {"chat_id": chat, "text": html, "parse_mode": "HTML"}
        try:
            await self._account.ask(Call("sendMessage", body), patience=PATIENCE)
        except Unreachable as error:
            await self._clock.wait(self._clock.now() + max(LOOK, error.wait), asyncio.Event())
        except ComplaintError as error:
            _log.warning("standby_not_heard", reason=type(error).__name__)


def _customer_in(raw: bytes) -> tuple[ChatId, Language | None] | None:
    """The private chat in which somebody wrote or pressed a button, and the language that they show."""
    try:
        update = _updates.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    press = update.callback_query
    message = update.message if press is None else press.message
    sender = message.sender if press is None and message is not None else press.sender if press else None
    if message is None or sender is None or sender.is_bot or message.chat.type != "private":
        return None
    if message.business_connection_id is not None:
        # through an account's door nothing is said while nothing can be kept
        return None
    words = (message.text or message.caption) if press is None else ""
    return ChatId(message.chat.id), _language(words, sender.language_code or "")


def _language(words: str, code: str) -> Language | None:
    """The language of a sentence, or of the telephone where there is none."""
    if any(ord(sign) in HAN for sign in words):
        return Language.ZH
    if code.lower().startswith("zh") and len(words.split()) < SENTENCE:
        return Language.ZH
    return Language.EN if words or code else None

"""Repairs topics that are missing, deleted or closed, so that the letter arrives."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from bot.complaint.events import TopicChanged
from bot.complaint.ids import CaseNo, ChatId, ThreadId
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.complaint.records import Round
from bot.office.clock import Clock
from bot.office.outgoing.doors import STRAIGHT
from bot.office.outgoing.fates import arrival_of
from bot.office.outgoing.merging import with_below
from bot.office.outgoing.spots import Found
from bot.store.port import Store
from bot.telegram.calls import Spot
from bot.telegram.delivery import Delivered, Telegram, numbered
from bot.telegram.failures import Fate, Verdict

_log = structlog.get_logger(__name__)
_NOT_WORTH_A_TOPIC: Final = frozenset(
    {
        LetterKind.CLOSE_TOPIC,
        LetterKind.DELETE_TOPIC,
        LetterKind.RENAME_TOPIC,
        LetterKind.DELETE,
        LetterKind.BUTTONS,
        LetterKind.REACT,
    }
)
_ALREADY = Verdict(fate=Fate.DONE_ALREADY, reason="")
_PASSED_ON = Verdict(fate=Fate.LATER, reason="the post passed on")


class Forum:
    """Delivers letters into topics. `spend` is told of every extra call, for the rate limit."""

    def __init__(
        self, store: Store, telegram: Telegram, clock: Clock, spend: Callable[[ChatId], None]
    ) -> None:
        self._store = store
        self._telegram = telegram
        self._clock = clock
        self._spend = spend
        self._names: dict[CaseNo, str] = {}
        self._opening: dict[tuple[CaseNo, ChatId], asyncio.Lock] = {}
        self._fresh: dict[tuple[CaseNo, ChatId], ThreadId] = {}
        """Topics opened just now, which the store may not know yet."""

    async def deliver(self, letter: Letter, found: Found) -> Delivered:
        """Deliver a letter, repairing its topic or place if needed."""
        if letter.kind is LetterKind.OPEN_TOPIC:
            return await self._open(letter, found)
        letter = with_below(letter, found.below)
        if letter.topic is None:
            return await self._in_general(letter, found)
        if found.topic is None or found.topic.thread < 0:
            return await self._in_new_topic(letter, found, again=found.topic is not None)
        self._fresh.pop((letter.topic, letter.chat), None)
        delivered = await self._at(letter, found.spot)
        if delivered.fate is Fate.TOPIC_GONE:
            return await self._in_new_topic(letter, found, again=True)
        if delivered.fate is Fate.TOPIC_CLOSED:
            return await self._reopened(letter, found)
        return delivered

    def hand(self, letter: Letter, found: Found, landed: Callable[[Delivered], None]) -> bool:
        """As `deliver`, without waiting. False: nothing was sent; it may need repair, or has to wait.

        What goes to a complainant's own chat and has no place there needs none.
        """
        plain = letter.chat > 0 and found.way is STRAIGHT and letter.topic is None and letter.place is None
        if not plain or letter.kind is LetterKind.OPEN_TOPIC:
            return False
        return self._telegram.hand(letter, found.spot, landed)

    async def _in_general(self, letter: Letter, found: Found) -> Delivered:
        """Deliver to General, which is reopened if it was closed or hidden; and to private chats.

        All that goes to complainants comes this way too: what has no open door is not even tried.
        """
        if found.way.shut is not None:
            return Delivered(verdict=found.way.shut)
        delivered = await self._at(letter, found.spot)
        if found.way.connection:
            return numbered(delivered, found.way.door)
        if delivered.fate is not Fate.TOPIC_CLOSED or letter.chat > 0:
            return delivered
        return await self._reopened(letter, found)

    async def _at(self, letter: Letter, spot: Spot) -> Delivered:
        send = self._telegram.deliver
        delivered = await send(
            letter,
            thread=spot.thread,
            edit=spot.edit,
            reply_to=spot.reply_to,
            parts=spot.parts,
            connection=spot.connection,
        )
        if delivered.fate is Fate.TARGET_GONE and letter.place is not None and spot.edit is not None:
            # the card was deleted by hand: a new one takes its place
            self._spend(letter.chat)
            return await send(letter, thread=spot.thread)
        return delivered

    async def _open(self, letter: Letter, found: Found) -> Delivered:
        place = (letter.topic or CaseNo(""), letter.chat)
        async with self._opening.setdefault(place, asyncio.Lock()):
            known = self._fresh.get(place)
            if found.topic is not None and found.topic.thread > 0:
                known = found.topic.thread
            if known is not None:
                # opened before a crash, or by a letter that overtook this one
                return Delivered(verdict=_ALREADY, thread=known)
            delivered = await self._telegram.deliver(letter)
            if delivered.thread is not None:
                self._names[place[0]] = letter.html
                self._fresh[place] = delivered.thread
            return delivered

    async def _in_new_topic(self, letter: Letter, found: Found, *, again: bool) -> Delivered:
        if letter.kind in _NOT_WORTH_A_TOPIC:
            return Delivered(verdict=_ALREADY)
        place = (letter.topic or CaseNo(""), letter.chat)
        async with self._opening.setdefault(place, asyncio.Lock()):
            opened = await self._reached(letter, found, again=again)
        if opened.thread is None or letter.kind is LetterKind.REOPEN_TOPIC:
            return opened
        return await self._at(letter, Spot(thread=opened.thread))

    async def _reached(self, letter: Letter, found: Found, *, again: bool) -> Delivered:
        """The topic that another letter has opened meanwhile; else a new one."""
        place = (letter.topic or CaseNo(""), letter.chat)
        fresh = self._fresh.get(place)
        gone = found.topic.thread if found.topic is not None else None
        if fresh is not None and fresh != gone:
            return Delivered(verdict=_ALREADY, thread=fresh)
        self._spend(letter.chat)
        opened = await self._opened_anew(letter, found, again=again)
        if opened.thread is not None:
            self._fresh[place] = opened.thread
        return opened

    async def _opened_anew(self, letter: Letter, found: Found, *, again: bool) -> Delivered:
        """A topic of the same name, opened by a letter of its own so that the store knows of it."""
        opener = self._opener(letter, await self._name_of(letter, found))
        if again and opener.topic is not None:
            await self._store.forget_topic(opener.topic, opener.chat)
        now = self._clock.now()
        await self._store.write(Round(at=now, letters=[opener]))
        if opener.id not in await self._store.attempting([opener.id], now):
            # another courier has the post now, and the opener with it
            return Delivered(verdict=_PASSED_ON)
        delivered = await self._telegram.deliver(opener)
        await self._settle(opener, delivered)
        _log.info("topic_opened_anew", case=opener.topic, fate=delivered.fate.name)
        return delivered

    async def _name_of(self, letter: Letter, found: Found) -> str:
        """What its topic was called: here, or in the group that the case was in before."""
        case_no = letter.topic or CaseNo("")
        known = (found.topic.name if found.topic else "") or self._names.get(case_no, "")
        if known:
            return known
        elsewhere = await self._store.topics([case_no])
        return next((one.name for one in elsewhere.values() if one.name), "")

    def _opener(self, letter: Letter, name: str) -> Letter:
        return Letter(
            id=self._store.letter_ids(1)[0],
            kind=LetterKind.OPEN_TOPIC,
            chat=letter.chat,
            lane=letter.lane,
            written_at=self._clock.now(),
            case_no=letter.topic,
            topic=letter.topic,
            html=name or str(letter.topic),
        )

    async def _settle(self, opener: Letter, delivered: Delivered) -> None:
        now, thread = self._clock.now(), delivered.thread
        if thread is None:
            # the letter that needs it will ask for another one
            failed = Receipt(
                letter=opener.id, outcome=Outcome.EXPIRED, at=now, reason=delivered.verdict.reason
            )
            await self._store.settle([failed])
            return
        sent = Receipt(letter=opener.id, outcome=Outcome.SENT, at=now, thread=thread)
        # the clerk shows the card anew
        event = TopicChanged(at=now, chat=opener.chat, thread=thread, change="recreated")
        await self._store.settle([sent], [arrival_of(event, str(opener.id))])

    async def _reopened(self, letter: Letter, found: Found) -> Delivered:
        opener = letter.evolve(kind=LetterKind.REOPEN_TOPIC)
        self._spend(letter.chat)
        reopened = await self._telegram.deliver(opener, thread=found.spot.thread)
        if reopened.fate not in (Fate.DONE, Fate.DONE_ALREADY):
            return reopened
        self._spend(letter.chat)
        return await self._at(letter, found.spot)

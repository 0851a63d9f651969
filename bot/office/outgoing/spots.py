"""Looks up where letters go, just before they leave: topics, edited messages, mirrored messages."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from bot.complaint.doors import door_of, number_at
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, MessageId, MessageRef, ThreadId
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.records import Topic
from bot.office.clock import Clock
from bot.office.outgoing.doors import STRAIGHT, Route, accounts_for
from bot.store.port import Store
from bot.telegram.calls import Spot


class Found(Struct, frozen=True):
    """Where one letter goes, as far as the store knows."""

    spot: Spot
    topic: Topic | None = None
    way: Route = STRAIGHT
    """Through which door it goes."""
    below: str = ""
    """What stays under the words at its place."""


NOWHERE: Final = Found(Spot())
_PLAIN: Final = (None,) * 6


class Guide:
    """Looks up destinations. `moved` maps old ids of upgraded groups to new ones."""

    def __init__(self, store: Store, moved: Mapping[ChatId, ChatId], clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._moved = moved

    async def find(self, letters: Sequence[Letter]) -> list[Found]:
        """The spots of these letters, in their order."""
        cases = {letter.topic for letter in letters if letter.topic is not None}
        names = {letter.place for letter in letters if letter.place is not None}
        refs = {ref for letter in letters for ref in (letter.target_of, letter.reply_to) if ref is not None}
        topics = await self._store.topics(cases) if cases else {}
        places = await self._store.places(names) if names else {}
        beneath = await self._store.beneath(names) if names else {}
        mirrors = await self._store.mirrors(refs) if refs else {}
        gone = {one.target_of for one in letters if one.kind is LetterKind.DELETE and one.target_of}
        copies = await self._store.copies(gone) if gone else {}
        spots = [self._found(letter, topics, places, mirrors, copies) for letter in letters]
        ways = await accounts_for(self._store, letters, [found.spot.edit for found in spots])
        now = self._clock.now()
        return [
            _under(_through(found, ways.of(letter, found.spot.edit, now)), letter, beneath)
            for letter, found in zip(letters, spots, strict=True)
        ]

    def _found(
        self,
        letter: Letter,
        topics: Mapping[tuple[CaseNo, ChatId], Topic],
        places: Mapping[str, MessageRef],
        mirrors: Mapping[MessageRef, MessageRef],
        copies: Mapping[MessageRef, tuple[MessageRef, ...]],
    ) -> Found:
        aims = (letter.topic, letter.place, letter.target, letter.target_of, letter.reply_to, letter.thread)
        if aims == _PLAIN:
            return NOWHERE
        topic = self._topic(letter, topics) if letter.topic is not None else None
        edit = letter.target
        if letter.place is not None:
            edit = self._in_chat(places.get(letter.place), letter.chat)
        elif edit is None:
            edit = self._here(letter.target_of, letter.chat, mirrors)
        reply = self._here(letter.reply_to, letter.chat, mirrors)
        parts = self._parts(letter, edit, copies)
        thread = letter.thread if topic is None else (topic.thread if topic.thread > 0 else None)
        return Found(Spot(thread=thread, edit=edit, reply_to=reply, parts=parts), topic)

    def _parts(
        self,
        letter: Letter,
        first: MessageId | None,
        copies: Mapping[MessageRef, tuple[MessageRef, ...]],
    ) -> tuple[MessageId, ...]:
        """What is deleted with the newest copy: every message that it took, and nothing older."""
        if letter.kind is not LetterKind.DELETE or letter.target_of is None or first is None:
            return ()
        there = (self._in_chat(one, letter.chat) for one in copies.get(letter.target_of, ()))
        return tuple(one for one in there if one is not None and one >= first)

    def _topic(self, letter: Letter, topics: Mapping[tuple[CaseNo, ChatId], Topic]) -> Topic | None:
        """The case's topic in the group that the letter goes to; one of that group's former self is no more."""
        group = self._moved.get(letter.chat, letter.chat)
        own = [one for (case_no, _), one in topics.items() if case_no == letter.topic]
        here = next((one for one in own if one.chat == group), None)
        if here is not None:
            return here
        before = next((one for one in own if self._moved.get(one.chat, one.chat) == group), None)
        return replace(before, thread=ThreadId(-abs(before.thread))) if before is not None else None

    def _here(
        self, ref: MessageRef | None, chat: ChatId, mirrors: Mapping[MessageRef, MessageRef]
    ) -> MessageId | None:
        """A message of this chat, or the copy that this chat has of another's."""
        if ref is None:
            return None
        return self._in_chat(ref, chat) or self._in_chat(mirrors.get(ref), chat)

    def _in_chat(self, ref: MessageRef | None, chat: ChatId) -> MessageId | None:
        """Its number there. A group that has another id now counts its messages anew."""
        return ref.message if ref is not None and ref.chat == self._moved.get(chat, chat) else None


def _under(found: Found, letter: Letter, beneath: Mapping[str, str]) -> Found:
    """With what stays under the words at its place, where the message of that place is in this chat."""
    below = beneath.get(letter.place or "", "")
    return replace(found, below=below) if below and found.spot.edit is not None else found


def _through(found: Found, way: Route) -> Found:
    """The spot as Telegram counts it behind the door; an answer to what went through another one stands alone."""
    spot = found.spot
    if way is STRAIGHT and spot.edit is None and spot.reply_to is None:
        return found
    answered = spot.reply_to if spot.reply_to is not None and door_of(spot.reply_to) == way.door else None
    spot = Spot(
        thread=spot.thread,
        edit=number_at(spot.edit) if spot.edit is not None else None,
        reply_to=number_at(answered) if answered is not None else None,
        parts=tuple(number_at(one) for one in spot.parts if door_of(one) == way.door),
        connection=way.connection,
    )
    return replace(found, spot=spot, way=way)

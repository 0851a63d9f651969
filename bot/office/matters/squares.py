"""Serves events in public groups, and brings what was said there into the private chat."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

import structlog

from bot.complaint.actions import Tell, Turn
from bot.complaint.conversation import Conversation
from bot.complaint.errors import ComplaintError
from bot.complaint.events import Commanded, DeskMoved, Event
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, UserId
from bot.complaint.links import Link
from bot.complaint.squares import (
    SOURCE,
    PublicMessage,
    Square,
    SquareMoved,
    SquareStanding,
    WroteInPublic,
)
from bot.dialogue.public import (
    MUTES,
    answer_in_public,
    brought_along,
    may_concern,
    mute_in_public,
    square_of,
)
from bot.office.booking.ledger import Ledger
from bot.office.booking.turns import Occasion
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.reading_room import ReadingRoom
from bot.office.lookup.worksheet import Worksheet
from bot.policy.links import start_link
from bot.policy.rules import Rules
from bot.reading.privacy import masked
from bot.store.port import Store

OURS: Final = (PublicMessage, SquareStanding, SquareMoved)
_REF: Final = re.compile(r"(-?\d{1,16})\.(\d{1,12})")

_log = structlog.get_logger(__name__)


async def _nobody(_user: UserId, _chat: ChatId) -> bool:
    return False


class Squares:
    """Serves events in public groups.

    Args:
        store: where it is kept.
        lookup: the moment.
        ledger: words and books.
        rules: the brand's rules.
        reading_room: reads what is called there.
    """

    def __init__(
        self, store: Store, lookup: Lookup, ledger: Ledger, rules: Rules, reading_room: ReadingRoom
    ) -> None:
        self._store = store
        self._lookup = lookup
        self._ledger = ledger
        self._rules = rules
        self._reading_room = reading_room
        self.is_admin: Callable[[UserId, ChatId], Awaitable[bool]] = _nobody
        """Tells whether somebody is an administrator of a group."""

    @staticmethod
    def concerns(event: Event, sheet: Worksheet) -> bool:
        """Whether this is to be served here."""
        return isinstance(event, OURS) or (isinstance(event, DeskMoved) and event.chat not in sheet.desks)

    async def serve(self, event: Event, sheet: Worksheet, arrived: datetime) -> bool:
        """Do what the event asks for; tells whether it was of any use to us."""
        talk = await self._talk(event.chat, sheet)
        match event:
            case PublicMessage():
                return await self._heard(event, talk, sheet, arrived)
            case SquareStanding():
                return self._standing(event, talk, sheet, arrived)
            case SquareMoved() | DeskMoved():
                return await self._moved(event, talk, sheet)
            case _:
                return False

    async def _heard(
        self, event: PublicMessage, talk: Conversation, sheet: Worksheet, arrived: datetime
    ) -> bool:
        if event.command in MUTES:
            return await self._mute(event, talk, sheet, arrived)
        event = replace(event, text=masked(event.text).text)
        square = square_of(talk, event, self._rules)
        reading = self._reading_room.read_in_public(event) if may_concern(event, square) else None
        address = self._address(event)
        turn = answer_in_public(event, talk, reading, self._rules, address)
        return self._keep(turn, sheet, arrived)

    async def _mute(
        self, event: PublicMessage, talk: Conversation, sheet: Worksheet, arrived: datetime
    ) -> bool:
        allowed = event.anonymous or (
            event.sender is not None and await self.is_admin(event.sender.id, event.chat)
        )
        if not allowed:
            return False
        _log.info("square_muted", chat=event.chat, muted=MUTES[event.command])
        return self._keep(mute_in_public(event, talk, self._rules), sheet, arrived)

    def _keep(self, turn: Turn, sheet: Worksheet, arrived: datetime) -> bool:
        if turn.conversation is None and not turn.actions:
            return False
        situation = self._lookup.bare(sheet, arrived)
        sheet.keep(self._ledger.book(Occasion(turn=turn, before=None, at=arrived), situation))
        if turn.conversation is not None:
            sheet.keep_talk(turn.conversation)
        return True

    def _address(self, event: PublicMessage) -> str:
        """The link to the private chat, signed with its origin if there is a key."""
        name = event.private_chat.rpartition("/")[2].partition("?")[0]
        links = self._lookup.links
        if not name or not links.keys.known:
            return event.private_chat
        try:
            ref = f"{event.chat}.{event.message}"
            return start_link(name, links.sign(Link(source=SOURCE, ref=ref)))
        except ComplaintError as wrong:
            _log.warning("square_link_unsigned", reason=type(wrong).__name__)
            return event.private_chat

    def _standing(
        self, event: SquareStanding, talk: Conversation, sheet: Worksheet, arrived: datetime
    ) -> bool:
        """The desk hears once that the bot was taken into a group, or put out of one; the group hears nothing."""
        before = talk.square
        if before is not None and before.present is event.present and talk.version > 0:
            return False
        square = (before or Square()).evolve(title=event.title, present=event.present)
        fields = {"group": event.title, "present": event.present, "by": event.sender.name}
        told = Tell(name="square_standing", fields=fields, general=True, key=f"square:{event.chat}")
        return self._keep(
            Turn(conversation=talk.evolve(square=square), case=None, actions=(told,)), sheet, arrived
        )

    async def _moved(self, event: SquareMoved | DeskMoved, talk: Conversation, sheet: Worksheet) -> bool:
        """What is known of the group goes along to its new number; Telegram tells of a move twice."""
        old = talk.square
        if old is None or event.new_chat in (old.moved_to, event.chat):
            return False
        there = await self._talk(event.new_chat, sheet)
        sheet.keep_talk(there.evolve(square=old, language=talk.language))
        left = Square(title=old.title, present=False, moved_to=event.new_chat)
        sheet.keep_talk(talk.evolve(square=left))
        return True

    async def brought(self, event: Event, sheet: Worksheet) -> Event:
        """Replace a start link from a public group by the person's own words there; else the event as it is.

        The words belong to whoever called them: somebody else who opens the same link brings nothing along.
        """
        group = self._linked(event)
        if group is None or not isinstance(event, Commanded):
            return event
        talk = await self._talk(group, sheet)
        if talk.square is not None and talk.square.moved_to is not None:
            talk = await self._talk(talk.square.moved_to, sheet)
        if talk.square is None:
            return event
        call, crowd, after = brought_along(talk.square, event.sender.id, self._rules)
        sheet.keep_talk(talk.evolve(square=after))
        if call is None:
            return event
        return WroteInPublic(
            at=event.at,
            chat=event.chat,
            sender=event.sender,
            message=event.message,
            text=call.text,
            # without words the first file is what they said
            media=call.files[0].media if call.files and not call.text else None,
            files=call.files,
            group=after.title,
            crowd=crowd,
        )

    def _linked(self, event: Event) -> ChatId | None:
        """The group in which the start link of this event was posted; None for every other event."""
        if not isinstance(event, Commanded) or event.name != "start" or not event.argument:
            return None
        link = self._lookup.links.read(event.argument)
        ref = _REF.fullmatch(link.ref) if link is not None and link.source == SOURCE else None
        return ChatId(int(ref[1])) if ref is not None else None

    async def _talk(self, chat: ChatId, sheet: Worksheet) -> Conversation:
        """What is kept of a square, whether the round has looked it up or not."""
        if chat not in sheet.talks and chat not in sheet.state.unreadable_conversations:
            found = await self._store.state(chats=(chat,), cases=(), threads=())
            if chat in found.conversations:
                sheet.talks[chat] = found.conversations[chat]
        return sheet.talk(chat)

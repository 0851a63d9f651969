"""Serves colleagues in their own chat with the bot: shows the desk, and takes their own complaint if they have one."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Situation, Turn
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague, Roster
from bot.complaint.conversation import Conversation
from bot.complaint.doors import OWN_CHAT, door_of
from bot.complaint.events import Commanded, CustomerWrote, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.reading import Family
from bot.desk.own_chat import as_customer, for_colleague, wants_to_complain
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.reading_room import ReadingRoom
from bot.office.lookup.readying import begun
from bot.office.lookup.worksheet import Worksheet
from bot.policy.rules import Rules
from bot.store.port import Store

FRESH: Final = timedelta(minutes=1)
"""How long the roster is cached: almost everybody who writes is no colleague."""
ANSWERED: Final = frozenset({"start", "help", "new"})
"""Commands that the line answers; what concerns their own data or language does what it says."""

Finish = Callable[[Turn, Conversation | None, Case | None, Event, Worksheet, Situation], Awaitable[None]]


class OwnChat:
    """Tells colleagues apart from customers.

    Args:
        store: who was seen at the desk.
        lookup: tells who still belongs to it.
        reading_room: reads their words; danger is never held up.
        rules: the brand's rules.
        finish: books a turn.
    """

    def __init__(
        self, store: Store, lookup: Lookup, reading_room: ReadingRoom, rules: Rules, finish: Finish
    ) -> None:
        self._store = store
        self._lookup = lookup
        self._room = reading_room
        self._rules = rules
        self._finish = finish
        self._roster = Roster()
        self._read_at: datetime | None = None

    async def passed_on(self, event: Event, sheet: Worksheet, arrived: datetime) -> Event | None:
        """The event as a complainant's; None where a colleague has had their answer."""
        if not isinstance(event, Commanded | CustomerWrote | Pressed) or event.chat < 0:
            return event
        if isinstance(event, Pressed):
            return await self._pressed(event, sheet, arrived) if wants_to_complain(event) else event
        if not self._is_first(event, sheet):
            return event
        by = await self._colleague(event, sheet, arrived)
        if by is None or self._in_danger(event, sheet):
            return event
        await self._finish(
            for_colleague(event, by, sheet.desk), None, None, event, sheet, self._bare(sheet, arrived, by)
        )
        return None

    @staticmethod
    def _is_first(event: Commanded | CustomerWrote, sheet: Worksheet) -> bool:
        """Whether nothing was ever talked of in this chat."""
        talk = sheet.talk(event.chat)
        if talk.case_no is not None or talk.turns or talk.parked or door_of(event.message) != OWN_CHAT:
            return False
        return not isinstance(event, Commanded) or event.name in ANSWERED

    async def _colleague(
        self, event: Commanded | CustomerWrote, sheet: Worksheet, arrived: datetime
    ) -> Colleague | None:
        if self._read_at is None or not timedelta(0) <= arrived - self._read_at < FRESH:
            changed = {one.id: one for one in await self._store.roster()}
            self._roster, self._read_at = self._rules.roster().with_changes(changed), arrived
        known = self._roster.colleagues.get(event.sender.id)
        if known is None or not await self._lookup.is_member(event.sender.id, sheet.desk):
            return None
        spoken = begun(sheet.talk(event.chat), event, self._rules.languages).language
        return replace(known, name=known.name or event.sender.name, language=known.language or spoken)

    def _in_danger(self, event: Event, sheet: Worksheet) -> bool:
        talk = begun(sheet.talk(event.chat), event, self._rules.languages)
        reading = self._room.read(event, talk)
        return reading is not None and (reading.hazard or reading.shows(Family.INJURY, Family.SELF_HARM))

    async def _pressed(self, event: Pressed, sheet: Worksheet, arrived: datetime) -> Event:
        """They complain themselves: from here on as everybody does, beginning with `/start`."""
        talk = begun(sheet.talk(event.chat), event, self._rules.languages)
        sheet.keep_talk(talk.evolve(turns=max(talk.turns, 1)))
        await self._finish(as_customer(event), None, None, event, sheet, self._bare(sheet, arrived, None))
        return Commanded(
            at=event.at, chat=event.chat, sender=event.sender, message=event.message, name="start"
        )

    def _bare(self, sheet: Worksheet, arrived: datetime, by: Colleague | None) -> Situation:
        return replace(self._lookup.bare(sheet, arrived), colleague=by)

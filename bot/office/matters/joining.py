"""Joins logged cases to their complainants' chats: links signed, opened and confirmed (S120)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.complaint.actions import Say, Situation, Turn
from bot.complaint.case import Case
from bot.complaint.channels import is_far
from bot.complaint.conversation import Conversation
from bot.complaint.events import AgentEdited, AgentWrote, Commanded, Event, Pressed
from bot.complaint.ids import CaseNo, ChatId
from bot.complaint.records import Joined
from bot.desk import mind
from bot.desk.cases.joining import (
    WayIn,
    answer_of,
    guest_of,
    is_good,
    joined,
    link_to,
    linked,
    opened_by,
    wants_link,
)
from bot.office.booking.ledger import Ledger
from bot.office.booking.turns import Occasion
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.readying import begun
from bot.office.lookup.worksheet import Worksheet
from bot.policy.links import start_link
from bot.policy.rules import Rules
from bot.policy.several import turned_to
from bot.store.port import Store
from bot.wording.qr import on_screen

Finish = Callable[[Turn, Conversation | None, Case | None, Event, Worksheet, Situation], Awaitable[None]]


class Joining:
    """Serves links to logged cases: made, opened, confirmed.

    Args:
        store: where cases and talks are that the round has not read.
        lookup: what is looked up before a turn; signs and reads links.
        ledger: words and books.
        rules: the brand's rules.
        finish: books a turn.
    """

    def __init__(self, store: Store, lookup: Lookup, ledger: Ledger, rules: Rules, finish: Finish) -> None:
        self._store = store
        self._lookup = lookup
        self._ledger = ledger
        self._rules = rules
        self._finish = finish

    def concerns(self, event: Event, sheet: Worksheet) -> bool:
        """Whether this is about a link to a case that was logged."""
        if isinstance(event, AgentEdited):
            return False
        if isinstance(event, AgentWrote):
            case = sheet.case_in(event.chat, event.thread)
            return wants_link(event) and case is not None and is_far(case.chat)
        if isinstance(event, Pressed):
            return event.chat in sheet.desks and answer_of(event) is not None
        return isinstance(event, Commanded) and self._named(event) is not None

    def _named(self, event: Commanded) -> CaseNo | None:
        """The case to which a link leads that opened the chat."""
        link = self._lookup.links.read(event.argument) if event.name == "start" and event.argument else None
        return CaseNo(link.case) if link is not None and link.case else None

    async def serve(
        self, event: AgentWrote | Pressed | Commanded, sheet: Worksheet, arrived: datetime
    ) -> None:
        """Do it."""
        match event:
            case AgentWrote():
                await self._give(event, sheet, arrived)
            case Pressed():
                await self._answered(event, sheet, arrived)
            case Commanded():
                await self._opened(event, sheet, arrived)

    async def _give(self, event: AgentWrote, sheet: Worksheet, arrived: datetime) -> None:
        case = sheet.case_in(event.chat, event.thread)
        situation = await self._lookup.at_desk(event, case, sheet, arrived)
        if case is None or situation.colleague is None:
            return
        payload = self._lookup.links.sign(link_to(case, situation))
        address = start_link(self._lookup.bot_name, payload)
        chat = sheet.talk(case.chat)
        way = WayIn(address, await asyncio.to_thread(on_screen, address))
        turn = linked(event, case, turned_to(chat, case), way, rules=self._rules, situation=situation)
        await self._finish(turn, chat, case, event, sheet, situation)

    async def _opened(self, event: Commanded, sheet: Worksheet, arrived: datetime) -> None:
        """Somebody opened the link: they are told only that a colleague looks, or that it expired."""
        await self._read(sheet, self._named(event))
        case = sheet.case(self._named(event))
        chat = begun(sheet.talk(event.chat), event, self._rules.languages)
        situation = self._lookup.bare(sheet, arrived)
        good = is_good(self._lookup.links.read(event.argument), case, situation)
        said = Say(name="arrival/link_opened" if good else "arrival/link_over")
        turn = Turn(conversation=chat, case=None, actions=(said,))
        await self._finish(turn, chat, None, event, sheet, situation)
        if good and case is not None:
            asked, told = opened_by(case, event.sender)
            turn = Turn(conversation=None, case=asked, actions=(told,))
            situation = self._lookup.bare(sheet, arrived, case)
            sheet.keep(self._ledger.book(Occasion(turn=turn, before=case, at=arrived), situation))
            sheet.keep_case(asked, arrived)

    async def _answered(self, event: Pressed, sheet: Worksheet, arrived: datetime) -> None:
        press = answer_of(event)
        await self._read(sheet, press.no if press is not None else None)
        case = sheet.case(press.no) if press is not None else None
        situation = await self._lookup.at_desk(event, case, sheet, arrived)
        guest = guest_of(case, press) if case is not None and press is not None else None
        chat = await self._talk(ChatId(int(guest.id)) if guest is not None else ChatId(0), sheet)
        if case is None:
            return
        stood_in = sheet.talk(case.chat)
        turn = joined(event, case, (stood_in, chat), rules=self._rules, situation=situation)
        turn = mind(turn, case, event, rules=self._rules, at=situation.now)
        after = turn.case
        moved = after is not None and after.chat != case.chat
        if moved and after is not None:
            sheet.join(Joined(case_no=case.no, before=case.chat, chat=after.chat, customer=after.customer.id))
        await self._finish(turn, chat if moved else stood_in, case, event, sheet, situation)

    async def _talk(self, chat: ChatId, sheet: Worksheet) -> Conversation:
        """The talk in a chat that the round has not read."""
        if chat and chat not in sheet.talks and chat not in sheet.state.unreadable_conversations:
            found = await self._store.state(chats=(chat,), cases=(), threads=())
            sheet.talks |= {one: talk for one, talk in found.conversations.items() if one not in sheet.talks}
            sheet.cases |= {no: case for no, case in found.cases.items() if no not in sheet.cases}
        return sheet.talk(chat)

    async def _read(self, sheet: Worksheet, no: CaseNo | None) -> None:
        """The case that a link or a button names, and what stands in for its chat."""
        if no is None:
            return
        if no not in sheet.cases and no not in sheet.state.unreadable_cases:
            found = await self._store.state(chats=(), cases=(no,), threads=())
            sheet.cases |= found.cases
        case = sheet.case(no)
        if case is not None:
            await self._talk(case.chat, sheet)

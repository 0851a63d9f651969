"""Makes evidence packs, as PDF and text, and hands them over (R50)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from importlib.resources import as_file, files
from typing import Final

from bot.complaint.actions import HandOver, Say, Situation, Turn
from bot.complaint.case import Case
from bot.complaint.channels import is_far
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Deed
from bot.complaint.events import AgentEdited, AgentWrote, Commanded, CustomerWrote, Event
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.papers import Paper
from bot.desk import mind
from bot.desk.cases.packing import PACK, for_desk_alone, packed, wants_pack
from bot.desk.discretion import discreet, hushed
from bot.dialogue.machine import advance
from bot.office.booking.ledger import Ledger
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.reading_room import ReadingRoom
from bot.office.lookup.readying import begun
from bot.office.lookup.worksheet import Worksheet
from bot.office.matters.own_data import OwnData
from bot.policy.rules import Rules
from bot.policy.several import turned_to
from bot.reading.packwords import asks_for_pack
from bot.wording.pack import Pack, as_text, pack_of
from bot.wording.pack_pdf import as_pdf

AGAIN: Final = timedelta(minutes=10)
"""The same pack is not written twice in so short a time."""
MOST_REMEMBERED: Final = 1000
Finish = Callable[[Turn, Conversation | None, Case | None, Event, Worksheet, Situation], Awaitable[None]]


class Packing:
    """Serves requests for evidence packs.

    Args:
        own_data: what was said and sent.
        reading_room: reads what else their words say.
        lookup: what is looked up before a turn.
        ledger: knows how things are spelled.
        rules: the brand's rules.
        finish: books a turn.
    """

    def __init__(
        self,
        own_data: OwnData,
        reading_room: ReadingRoom,
        lookup: Lookup,
        ledger: Ledger,
        rules: Rules,
        finish: Finish,
    ) -> None:
        self._own_data = own_data
        self._room = reading_room
        self._lookup = lookup
        self._ledger = ledger
        self._rules = rules
        self._finish = finish
        self._given: dict[CaseNo, tuple[datetime, int]] = {}

    def concerns(self, event: Event, sheet: Worksheet) -> bool:
        """Whether somebody asks for the pack of a case that there is."""
        if isinstance(event, AgentEdited):
            return False
        if isinstance(event, AgentWrote):
            return wants_pack(event) and sheet.case_in(event.chat, event.thread) is not None
        if isinstance(event, Commanded):
            return event.name == PACK
        asked = isinstance(event, CustomerWrote) and event.media is None and asks_for_pack(event.text)
        return asked and sheet.talk(event.chat).case_no is not None

    async def serve(self, event: Event, sheet: Worksheet, arrived: datetime) -> None:
        """Hand it over."""
        if isinstance(event, AgentWrote):
            await self._for_colleague(event, sheet, arrived)
        else:
            await self._for_customer(event, sheet, arrived)

    async def _for_colleague(self, event: AgentWrote, sheet: Worksheet, arrived: datetime) -> None:
        case = sheet.case_in(event.chat, event.thread)
        situation = await self._lookup.at_desk(event, case, sheet, arrived)
        if case is None or situation.colleague is None:
            return
        chat = sheet.talk(case.chat)
        talk = turned_to(chat, case)
        inside = for_desk_alone(event) or is_far(case.chat)
        known = case.retired_at is None
        papers = await self._papers(case, talk, sheet, arrived, inside=inside) if known else ()
        turn = packed(event, case, talk, papers, rules=self._rules, situation=situation)
        await self._finish(turn, chat, case, event, sheet, situation)

    async def _for_customer(self, event: Event, sheet: Worksheet, arrived: datetime) -> None:
        chat = begun(sheet.talk(event.chat), event, self._rules.languages)
        case = sheet.case(chat.case_no)
        situation = self._lookup.bare(sheet, arrived, case)
        if case is None or case.retired_at is not None:
            turn = Turn(conversation=chat, case=None, actions=(Say(name="pack/nothing"),))
            await self._finish(turn, chat, None, event, sheet, situation)
            return
        if self._just_given(case, arrived):
            turn = Turn(conversation=chat, case=case, actions=(Say(name="pack/again"),))
        else:
            papers = await self._papers(case, chat, sheet, arrived)
            self._remember(case, arrived)
            turn = await self._heard(event, case, chat, sheet, arrived)
            given = HandOver(name="pack/here", papers=papers)
            turn = replace(turn, actions=(*turn.actions, given), deeds=(*turn.deeds, _deed(case, arrived)))
        await self._finish(turn, chat, case, event, sheet, situation)

    async def _heard(
        self, event: Event, case: Case, chat: Conversation, sheet: Worksheet, arrived: datetime
    ) -> Turn:
        """Handle anything else in the same message, such as danger, in the usual way."""
        talk = turned_to(chat, case)
        reading = self._room.read(event, talk) if isinstance(event, CustomerWrote) else None
        if reading is None or not (reading.risks or reading.is_complaint):
            return Turn(conversation=chat, case=case)
        situation = await self._lookup.situation(event, reading, talk, case, sheet, arrived)
        turn = advance(talk, case, event, reading, self._rules, situation)
        return mind(turn, case, event, rules=self._rules, at=arrived, reading=reading)

    def _just_given(self, case: Case, now: datetime) -> bool:
        at, evidence = self._given.get(case.no, (now - AGAIN, 0))
        return now - at < AGAIN and evidence == len(case.evidence)

    def _remember(self, case: Case, now: datetime) -> None:
        if len(self._given) >= MOST_REMEMBERED:
            self._given.clear()
        self._given[case.no] = (now, len(case.evidence))

    async def _papers(
        self, case: Case, talk: Conversation, sheet: Worksheet, now: datetime, *, inside: bool = False
    ) -> tuple[Paper, ...]:
        """The pack's files. `inside`: the whole desk reads them, so restricted parts are left out."""
        kept = await self._own_data.store.files_of([case.no])
        closed = {(one.chat, one.message) for one in case.restricted if not one.shown} if inside else set()
        lines = await self._own_data.lines(case.no, sheet, without=closed)
        spelling = self._ledger.spelling(talk.language)
        brand = self._rules.brand(talk.language)
        hidden = {one.unique_id for one in case.evidence if (case.chat, one.message) in closed}
        files_of_it = [one for one in kept.get(case.no, []) if one.wanted.unique_id not in hidden]
        if inside:
            # for the desk: no way to somebody who asked to be forgotten, and no quotation of what few may see
            shown, private = discreet(case), case.is_private
            lines = [replace(one, text=hushed(one.text)) for one in lines] if private else lines
        else:
            shown = case
        pack = pack_of(shown, lines, files_of_it, spelling, brand=brand, now=now)
        return await asyncio.to_thread(papers_of, pack)


def papers_of(pack: Pack) -> tuple[Paper, ...]:
    """The pack as PDF and as text."""
    with as_file(files("bot.insight.pictures") / "font" / "hans.otf") as font:
        printed = as_pdf(pack, font)
    return (
        Paper(name=f"{pack.no}.pdf", mime="application/pdf", data=printed),
        Paper(name=f"{pack.no}.txt", mime="text/plain", data=b"\xef\xbb\xbf" + as_text(pack).encode()),
    )


def _deed(case: Case, now: datetime) -> Deed:
    """A line of the audit, as for every look at what is kept."""
    return Deed(at=now, by=UserId(0), name="customer", act=PACK, chat=ChatId(0), case_no=case.no)

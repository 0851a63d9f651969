"""Gathers what is kept of one complainant: cases, words and files (R53)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.complaint.actions import Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Spoken
from bot.complaint.events import Commanded, Due, Event, Pressed
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.records import Entry
from bot.dialogue.acts.mydata import DELETE, ERASE, MYDATA, Kept, serve_data
from bot.office.lookup.worksheet import Worksheet
from bot.policy.rules import Rules
from bot.store.port import Store

EVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
SPEAKERS: Final = ("customer", "bot", "agent")


@dataclass(frozen=True, slots=True)
class OwnData:
    """Gathers stored data, and serves requests for it."""

    store: Store
    rules: Rules

    async def turn(
        self, event: Event, talk: Conversation, sheet: Worksheet, now: datetime
    ) -> tuple[Turn, Case | None]:
        """The turn, and the case before it that it goes on with, if any."""
        kept = await self._kept(event, sheet)
        turn, before = serve_data(event, talk, kept, rules=self.rules, now=now)
        erased = isinstance(event, Pressed) and any(one.act == ERASE for one in turn.deeds)
        if erased or (isinstance(event, Commanded) and event.name == DELETE and not kept.cases):
            await self._forget_calls(UserId(int(event.chat)), sheet)
        return turn, before

    async def _forget_calls(self, person: UserId, sheet: Worksheet) -> None:
        """Delete what they posted in public groups too."""
        for kept in await self.store.squares():
            talk = sheet.talks.setdefault(kept.chat, kept)
            if talk.square is not None:
                sheet.keep_talk(talk.evolve(square=talk.square.without(person)))

    async def _kept(self, event: Event, sheet: Worksheet) -> Kept:
        if isinstance(event, Due):
            case = sheet.case(event.case_no)
            if case is None or case.retired_at is not None:
                return Kept(cases=())
            return Kept(cases=(case,), mains=await self._mains([case], sheet))
        found = await self.store.cases_of(UserId(int(event.chat)), EVER)
        now_so = (sheet.cases.get(one.no, one) for one in found)
        cases = tuple(one for one in now_so if one.retired_at is None)
        if not isinstance(event, Commanded) or event.name != MYDATA:
            return Kept(cases=cases, mains=await self._mains(cases, sheet))
        files = await self.store.files_of([one.no for one in cases])
        lines = [line for one in cases for line in await self.lines(one.no, sheet)]
        return Kept(
            cases=cases,
            lines=tuple(lines),
            files=tuple(file for one in cases for file in files.get(one.no, [])),
        )

    async def _mains(self, cases: Collection[Case], sheet: Worksheet) -> tuple[Case, ...]:
        """The cases, not among these, that some of these became a part of."""
        numbers = {one.merged_into for one in cases if one.merged_into} - {one.no for one in cases}
        if not numbers:
            return ()
        found = (await self.store.state(chats=[], cases=numbers, threads=[])).cases
        return tuple(sheet.cases.get(no, case) for no, case in found.items())

    async def lines(
        self, no: CaseNo, sheet: Worksheet, without: Collection[tuple[int, int | None]] = ()
    ) -> list[Spoken]:
        """What was said, without notes and without these messages: also what this very round has heard."""
        earlier = [row.entry async for _, rows in self.store.cases(case_no=no) for row in rows]
        fresh = [one for one in sheet.changes.entries if one.case_no == no]
        said = [one for one in (*earlier, *fresh) if one.who in SPEAKERS and not one.note]
        return [_spoken(one) for one in said if (one.chat, one.message) not in without]


def _spoken(line: Entry) -> Spoken:
    thing = (line.media or {}).get("kind", "")
    return Spoken(case_no=line.case_no, at=line.at, who=line.who, text=line.text, thing=thing)

"""The counter: takes one event through lookup, reading, dialogue or desk, and booking."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from bot.complaint.actions import Situation, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import (
    AgentEdited,
    AgentReacted,
    AgentWrote,
    Commanded,
    ContactChanged,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    DeskMoved,
    DeskStanding,
    Due,
    Event,
    Pressed,
    ReportWanted,
    TopicChanged,
    Undelivered,
)
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo
from bot.complaint.records import InboxRow
from bot.desk import ACTS, act, at_its_time, followed, mind, undelivered
from bot.desk.cases.arriving import by_mouth
from bot.desk.overview.reporting import Sketch, shown
from bot.desk.words.phone import hushed
from bot.dialogue.acts.mydata import concerns_data
from bot.dialogue.machine import advance
from bot.dialogue.public import as_called
from bot.office.booking.journal import entries_of
from bot.office.booking.ledger import Ledger
from bot.office.booking.turns import Booked, Occasion, worded
from bot.office.groups import Groups
from bot.office.lookup.alarming import unaccused, with_alarms
from bot.office.lookup.at_hand import AtHand
from bot.office.lookup.boards import Boards
from bot.office.lookup.history import History, seen, seen_mark
from bot.office.lookup.lookup import DeskEvent, Lookup
from bot.office.lookup.reading_room import ReadingRoom, Reads
from bot.office.lookup.readying import begun, understood
from bot.office.lookup.relaying import relays
from bot.office.lookup.whereabouts import Whereabouts, case_at_desk
from bot.office.lookup.worksheet import Worksheet
from bot.office.matters.accounts import Accounts
from bot.office.matters.arrivals import Arrivals
from bot.office.matters.incident_desk import IncidentDesk
from bot.office.matters.incident_noticing import noticed
from bot.office.matters.incidents import KINDS, Incidents
from bot.office.matters.joining import Joining
from bot.office.matters.learning_desk import LearningDesk
from bot.office.matters.own_chat import OwnChat
from bot.office.matters.own_data import OwnData
from bot.office.matters.packing import Packing
from bot.office.matters.restricted import files_of, unnamed
from bot.office.matters.room import Room
from bot.office.matters.squares import Squares
from bot.office.reports.crossings import Crossings
from bot.office.turns.in_step import end_of_step
from bot.office.watching.fullness import Fullness
from bot.office.watching.standing import standing_told
from bot.policy.rules import Rules
from bot.policy.several import afterwards, follows, turned_to
from bot.policy.visiting import as_typed, offered
from bot.store.port import Store

TALKED: Final = (CustomerWrote, CustomerEdited, CustomerReacted, Commanded, ContactChanged, Due)
AT_THE_DESK: Final = (AgentWrote, AgentEdited, AgentReacted, TopicChanged)


class Counter:
    """Works events, one at a time.

    Args:
        store: what was said so far.
        reader: reads what customers write.
        lookup: what is looked up before a turn.
        ledger: books turns.
        rules, groups: the brand's rules, and where the desk's groups are.
    """

    def __init__(
        self,
        store: Store,
        reader: Reads,
        lookup: Lookup,
        ledger: Ledger,
        rules: Rules,
        groups: Groups,
    ) -> None:
        self.sketches: Callable[[ReportWanted], Sketch] = lambda _: Sketch(failed=True)
        self.reading_room = ReadingRoom(reader, rules.languages)
        self.lookup = lookup
        self._ledger = ledger
        self._rules = rules
        self._groups = groups
        self._fullness = Fullness(rules)
        self._whereabouts = Whereabouts(store, groups, lookup, self._finish)
        self._history = History(store)
        self._at_hand = AtHand(self._history, ledger)
        self._boards = Boards(store, rules, groups, lookup.is_member)
        self._own_data = OwnData(store, rules)
        self._incidents = Incidents(store, lookup, ledger, rules)
        self._crossings = Crossings(self._incidents, lookup, rules)
        self.squares = Squares(store, lookup, ledger, rules, self.reading_room)
        self._accounts = Accounts(store, lookup, rules, self._finish, self._tell_desk)
        self._own_chat = OwnChat(store, lookup, self.reading_room, rules, self._finish)
        self._rooms: tuple[Room, ...] = (
            self._whereabouts,
            IncidentDesk(self._incidents, lookup, rules, groups),
            LearningDesk(store, self._incidents, lookup, rules),
            Arrivals(lookup, self.reading_room, rules, self._finish),
            Joining(store, lookup, ledger, rules, self._finish),
            Packing(self._own_data, self.reading_room, lookup, ledger, rules, self._finish),
        )

    async def serve(self, event: Event, sheet: Worksheet, arrived: datetime) -> bool:
        """Work an event; whether it was of any use to us."""
        event = self._accounts.understood(await self.squares.brought(event, sheet), sheet)
        event = understood(event, sheet)
        if self.squares.concerns(event, sheet):
            return await self.squares.serve(event, sheet, arrived)
        return await self._serve(event, sheet, arrived)

    async def _serve(self, event: Event, sheet: Worksheet, arrived: datetime) -> bool:
        if self._accounts.concerns(event):
            await self._accounts.serve(event, sheet, arrived)
        elif isinstance(event, Undelivered | DeskMoved | DeskStanding | ReportWanted):
            await self._tell_news(event, sheet, arrived)
        elif (room := next((one for one in self._rooms if one.concerns(event, sheet)), None)) is not None:
            await room.serve(event, sheet, arrived)
        elif isinstance(event, AT_THE_DESK) or (isinstance(event, Pressed) and event.chat in sheet.desks):
            await self._serve_desk(event, sheet, arrived)
        elif concerns_data(event):
            await self._serve_data(event, sheet, arrived)
        elif isinstance(event, Due) and (event.kind in ACTS.dues or event.kind in KINDS):
            await self._serve_time(event, sheet, arrived)
        elif isinstance(event, (*TALKED, Pressed)):
            theirs = await self._own_chat.passed_on(event, sheet, arrived)
            if theirs is not None:
                await self._serve_talk(theirs, sheet, arrived)
        else:
            return False
        return True

    async def _serve_talk(self, event: Event, sheet: Worksheet, arrived: datetime) -> None:
        blocked = sheet.talk(event.chat).blocked
        for number in await self.lookup.concerned(event, sheet):
            chat = begun(sheet.talk(event.chat), event, self._rules.languages)
            chat = chat.evolve(blocked=blocked) if isinstance(event, ContactChanged) else chat
            await self._serve_case(event, number, chat, sheet, arrived)

    async def _serve_data(self, event: Event, sheet: Worksheet, arrived: datetime) -> None:
        chat = begun(sheet.talk(event.chat), event, self._rules.languages)
        turn, before = await self._own_data.turn(event, chat, sheet, arrived)
        await self._finish(turn, chat, before, event, sheet, self.lookup.bare(sheet, arrived, before))

    async def _serve_case(
        self, event: Event, number: CaseNo | None, chat: Conversation, sheet: Worksheet, arrived: datetime
    ) -> None:
        """Work an event in one case of a chat, which need not be the active one."""
        before = sheet.case(number)
        talk = turned_to(chat, before) if before is not None else chat
        reading = self.reading_room.read(event, talk)
        situation = await self.lookup.situation(event, reading, talk, before, sheet, arrived)
        await end_of_step(sheet)
        turn = advance(talk, before, event, reading, self._rules, situation)
        await end_of_step(sheet)
        turn = hushed(turn, talk, before, event, reading)
        turn = await unaccused(turn, self.lookup, sheet, situation, self._rules)
        turn = mind(turn, before, event, rules=self._rules, at=situation.now, reading=reading)
        await self._finish(as_called(turn, before, event), chat, before, event, sheet, situation)

    async def _serve_desk(self, event: DeskEvent, sheet: Worksheet, arrived: datetime) -> None:
        before = sheet.case(case_at_desk(event, sheet))
        chat = sheet.talk(before.chat) if before is not None else None
        talk = turned_to(chat, before) if before is not None and chat is not None else None
        situation = await self.lookup.at_desk(event, before, sheet, arrived)
        situation = replace(situation, moved_to=await self._whereabouts.moved_to(event, before, sheet))
        situation = await self._at_hand.beside(situation, event, before, talk, sheet.changes.entries)
        carried = True
        if before is not None and isinstance(event, AgentEdited):
            carried = await self._history.went_out(event, before, sheet.changes.entries)
        found = await self._boards.look_up(event, situation, before, sheet)
        turn = act(event, before, talk, carried=carried, rules=self._rules, situation=situation, found=found)
        turn = mind(turn, before, event, rules=self._rules, at=situation.now)
        if turn.case is None:
            # asked or set beside every case: nothing of it belongs to the one in whose topic it was written
            chat, before = None, None
        await self._finish(turn, chat, before, event, sheet, situation)
        self._tell_desk(self._fullness.told(event, arrived), sheet, arrived)

    async def _serve_time(self, event: Due, sheet: Worksheet, arrived: datetime) -> None:
        """A timer of the desk; nobody acts."""
        before = sheet.case(event.case_no)
        if before is None or event.kind in KINDS:
            await self._incidents.in_time(event, sheet, arrived)
            return
        chat = sheet.talk(before.chat)
        situation = await self.lookup.in_time(before, sheet, arrived)
        situation = await self._incidents.beside(situation, event, sheet)
        turn = at_its_time(event, before, turned_to(chat, before), rules=self._rules, situation=situation)
        turn = mind(turn, before, event, rules=self._rules, at=situation.now)
        await self._finish(turn, chat, before, event, sheet, situation)

    def _note_undelivered(self, event: Undelivered, sheet: Worksheet, arrived: datetime) -> None:
        before = sheet.case(event.case_no)
        if before is None:
            return
        chat = sheet.talk(before.chat)
        turn = undelivered(event, before, turned_to(chat, before))
        situation = self.lookup.bare(sheet, arrived, before)
        booked = self._ledger.book(Occasion(turn=turn, before=before, at=arrived), situation)
        self._keep(turn, event, chat, booked, sheet)

    def report(self, sheet: Worksheet, row: InboxRow, error: Exception) -> None:
        """Tell the desk, in General, of something that could not be used."""
        fields = {"kind": row.arrival.source, "reason": type(error).__name__}
        self._tell_desk(Tell(name="set_aside", fields=fields, general=True), sheet, row.arrival.at)

    async def _tell_news(
        self, event: Undelivered | DeskMoved | DeskStanding | ReportWanted, sheet: Worksheet, at: datetime
    ) -> None:
        if isinstance(event, Undelivered):
            self._note_undelivered(event, sheet, at)
        elif isinstance(event, DeskMoved):
            sheet.changes.desk_moved = (event.chat, event.new_chat)
        elif isinstance(event, DeskStanding):
            self._tell_desk(standing_told(event, self._groups, self._rules), sheet, at)
        else:
            await self._crossings.serve(self.sketches(event).crossed, sheet, at)
            for one in shown(event, self.sketches(event)):
                self._tell_desk(one, sheet, at)

    def _tell_desk(self, told: Tell | None, sheet: Worksheet, at: datetime) -> None:
        """Say something in General that is about no case."""
        if told is not None:
            on = Occasion(turn=Turn(conversation=None, case=None, actions=(told,)), before=None, at=at)
            sheet.keep(self._ledger.book(on, self.lookup.bare(sheet, at)))

    async def _finish(
        self,
        turn: Turn,
        chat: Conversation | None,
        before: Case | None,
        event: Event,
        sheet: Worksheet,
        situation: Situation,
    ) -> None:
        """Add the turn's consequences, and book it."""
        known = before if before is not None and turn.case is not None and before.no == turn.case.no else None
        turn = await with_alarms(by_mouth(turn, self._rules, situation), self.lookup, sheet, situation.now)
        desk_of = partial(self._groups.desk_of, self._rules)
        turn = followed(turn, known, event, rules=self._rules, desk_of=desk_of, at=situation.now)
        turn = noticed(turn, known, event, situation.now)
        booked = await self._book(turn, before, event, sheet, situation)
        await end_of_step(sheet)
        self._keep(turn, event, chat, booked, sheet)

    async def _book(
        self, turn: Turn, before: Case | None, event: Event, sheet: Worksheet, situation: Situation
    ) -> Booked:
        entries = unnamed(entries_of(turn, before, event), turn.case)
        shown = await relays(self._history, turn, before, event, sheet)
        turn = replace(turn, actions=(*turn.actions, *shown)) if shown else turn
        log = await self._history.for_newcomers(turn, before, event, [*sheet.changes.entries, *entries])
        occasion = Occasion(
            turn=turn, before=before, at=situation.now, where=situation.where or None, by=situation.colleague
        )
        await end_of_step(sheet)
        booked = self._ledger.book(occasion, situation, log)
        booked.entries[:0] = entries
        booked.letters = [*as_typed(event, booked.letters), *self._ledger.read_marks(event, occasion)]
        booked.files += files_of(entries, event, turn.case, before)
        if seen_mark(turn, before, log_shown=log is not None):
            booked.entries.append(seen(occasion.case, occasion.at))
        return booked

    def _keep(
        self, turn: Turn, event: Event, chat: Conversation | None, booked: Booked, sheet: Worksheet
    ) -> None:
        """Store the results on the sheet. `chat` is the talk before: the turn may have switched cases."""
        if turn.case is not None:
            sheet.keep_case(worded(turn.case, booked), event.at)
        for other in turn.others:
            sheet.keep_case(other, event.at)
        sheet.changes.deeds += turn.deeds
        sheet.changes.colleagues |= {one.id: one for one in turn.colleagues}
        talk = afterwards(turn, chat, follows=follows(event, turn, chat)) if chat is not None else None
        if talk is not None:
            sheet.keep_talk(offered(talk, booked.letters))
        sheet.keep(booked)

"""Complaints without a chat: logged by colleagues, who also enter what they hear later (S120)."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.complaint.actions import Action, AnswerPress, Situation, StripButtons, Turn
from bot.complaint.case import Case, Person
from bot.complaint.channels import far_chat, is_far
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import TaskKind
from bot.complaint.events import AgentEdited, AgentWrote, CustomerWrote, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, MessageRef, ThreadRef, UserId
from bot.complaint.reading import Reading
from bot.desk import mind, order_of
from bot.desk.cases.arriving import HEARD, how_to_log, logged, read_log, say_now, wants_log
from bot.desk.presses import read_press
from bot.desk.restricted import put_away
from bot.desk.rights import ALLOWED, Right, may
from bot.desk.sheet import Scene, Sheet
from bot.dialogue.draft import Draft
from bot.dialogue.machine import advance
from bot.dialogue.pledges import Scene as Heard
from bot.dialogue.presses import read_press as read_theirs
from bot.dialogue.wishing import note_wish
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.reading_room import ReadingRoom
from bot.office.lookup.readying import begun
from bot.office.lookup.worksheet import Worksheet
from bot.policy.rules import Rules
from bot.policy.several import turned_to

Finish = Callable[[Turn, Conversation | None, Case | None, Event, Worksheet, Situation], Awaitable[None]]


class Arrivals:
    """Serves `/log`, `/heard` and presses for complainants without a chat.

    Args:
        lookup: what is looked up before a turn.
        reading_room: reads the words as it reads everybody's.
        rules: the brand's rules.
        finish: books a turn.
    """

    def __init__(self, lookup: Lookup, reading_room: ReadingRoom, rules: Rules, finish: Finish) -> None:
        self._lookup = lookup
        self._room = reading_room
        self._rules = rules
        self._finish = finish

    def concerns(self, event: Event, sheet: Worksheet) -> bool:
        """Whether a colleague logs a complaint, or acts for somebody who has no chat."""
        if event.chat not in sheet.desks or isinstance(event, AgentEdited):
            return False
        if wants_log(event):
            return True
        return self._far_case(event, sheet) is not None and (_heard(event) is not None or _for_them(event))

    @staticmethod
    def _far_case(event: Event, sheet: Worksheet) -> Case | None:
        thread = getattr(event, "thread", None)
        topic = sheet.topic(ThreadRef(event.chat, thread)) if thread is not None else None
        case = sheet.case(topic.case_no) if topic is not None else None
        return case if case is not None and is_far(case.chat) else None

    async def serve(self, event: AgentWrote | Pressed, sheet: Worksheet, arrived: datetime) -> None:
        """Do it, if whoever acts is of the desk."""
        case = self._far_case(event, sheet)
        situation = await self._lookup.at_desk(event, case, sheet, arrived)
        if situation.colleague is None:
            if isinstance(event, Pressed):
                notice = AnswerPress(query=event.query, name="desk/notice_not_member", alert=True)
                await self._tell((notice,), event, sheet, situation)
        elif wants_log(event):
            await self._log(event, sheet, arrived, situation)
        elif case is not None and isinstance(event, Pressed):
            await self._press_for_them(event, case, sheet, arrived, situation)
        elif case is not None and isinstance(event, AgentWrote):
            await self._hear(event, case, sheet, arrived)

    async def _tell(
        self, actions: tuple[Action, ...], event: Event, sheet: Worksheet, situation: Situation
    ) -> None:
        turn = Turn(conversation=None, case=None, actions=actions)
        await self._finish(turn, None, None, event, sheet, situation)

    # -- a new one

    async def _log(
        self, event: AgentWrote | Pressed, sheet: Worksheet, arrived: datetime, situation: Situation
    ) -> None:
        order = order_of(event.text) if isinstance(event, AgentWrote) else None
        log = read_log(order.argument) if order is not None else None
        if log is None or not isinstance(event, AgentWrote):
            done = (AnswerPress(query=event.query),) if isinstance(event, Pressed) else ()
            await self._tell((*done, *how_to_log(event, situation)), event, sheet, situation)
            return
        chat = far_chat(event.chat, event.message)
        person = Person(id=UserId(int(chat)), name=log.words.name or "?")
        said = _as_said(event, chat, person, log.words.words)
        talk = begun(sheet.talk(chat), said, self._rules.languages)
        turn, reading = await self._turn(said, None, talk, sheet, arrived)
        if turn.case is not None and reading is not None:
            turn = self._with_wish(turn, said, reading, situation)
        turn = logged(turn, log, event, rules=self._rules, situation=situation)
        await self._done(turn, None, talk, said, sheet, situation, reading)

    def _with_wish(self, turn: Turn, said: CustomerWrote, reading: Reading, situation: Situation) -> Turn:
        """In a chat it is put down when the burst is over; here all has been said."""
        if reading.remedy is None or turn.case is None or turn.case.wishes or turn.conversation is None:
            return turn
        scene = Heard(event=said, reading=reading, rules=self._rules, situation=situation)
        draft = Draft(turn.conversation, turn.case, scene)
        note_wish(draft, reading.remedy)
        return replace(turn, case=draft.case)

    async def _turn(
        self, said: Event, case: Case | None, talk: Conversation, sheet: Worksheet, arrived: datetime
    ) -> tuple[Turn, Reading | None]:
        reading = self._room.read(said, talk)
        situation = await self._lookup.situation(said, reading, talk, case, sheet, arrived)
        return advance(talk, case, said, reading, self._rules, situation), reading

    async def _done(
        self,
        turn: Turn,
        before: Case | None,
        talk: Conversation,
        said: Event,
        sheet: Worksheet,
        situation: Situation,
        reading: Reading | None,
    ) -> None:
        turn = mind(turn, before, said, rules=self._rules, at=situation.now, reading=reading)
        await self._finish(turn, talk, before, said, sheet, situation)

    # -- one that runs

    async def _hear(self, event: AgentWrote, case: Case, sheet: Worksheet, arrived: datetime) -> None:
        """Words heard on the phone, as the complainant's own words."""
        words = _heard(event) or ""
        said = _as_said(event, case.chat, case.customer, words)
        await self._serve_theirs(said, event, case, sheet, arrived)

    async def _press_for_them(
        self, event: Pressed, case: Case, sheet: Worksheet, arrived: datetime, situation: Situation
    ) -> None:
        """A choice heard on the phone: the button acts as if the complainant had pressed it."""
        if situation.colleague is None or may(situation.colleague, Right.DONE, case) is not ALLOWED:
            notice = AnswerPress(query=event.query, name="desk/notice_no_right", alert=True)
            await self._tell((notice,), event, sheet, situation)
            return
        theirs = replace(event, chat=case.chat, sender=case.customer, thread=None)
        await self._serve_theirs(theirs, event, case, sheet, arrived)

    async def _serve_theirs(
        self,
        theirs: CustomerWrote | Pressed,
        event: AgentWrote | Pressed,
        case: Case,
        sheet: Worksheet,
        arrived: datetime,
    ) -> None:
        chat = sheet.talk(case.chat)
        turn, reading = await self._turn(theirs, case, turned_to(chat, case), sheet, arrived)
        situation = await self._lookup.at_desk(event, case, sheet, arrived)
        turn = self._here(turn, case, event, situation)
        await self._done(turn, case, chat, theirs, sheet, situation, reading)

    def _here(self, turn: Turn, before: Case, event: AgentWrote | Pressed, situation: Situation) -> Turn:
        """Buttons that were pressed stand at the desk; whoever heard them has said what there was to say."""
        actions = tuple(_at_desk(one, before, event) for one in turn.actions)
        case = turn.case
        if case is not None and isinstance(event, AgentWrote):
            actions = (*actions, *put_away(case, event))
        if case is not None and case.no != before.no:
            case = case.evolve(channel=before.channel, logged_by=event.sender, at_desk=True)
        turn = replace(turn, case=case, actions=actions)
        if not isinstance(event, Pressed) or case is None or turn.conversation is None:
            return turn
        scene = Scene(
            by=event.sender,
            rules=self._rules,
            situation=situation,
            event=event,
            pressed=MessageRef(event.chat, event.message),
        )
        sheet = Sheet(case, turn.conversation, scene)
        for task in case.open_tasks:
            if task.kind is TaskKind.TELL and task.made_at < situation.now:
                say_now(sheet, task)
        return replace(turn, case=sheet.case, actions=(*actions, *sheet.actions))


def _as_said(event: AgentWrote, chat: ChatId, person: Person, words: str) -> CustomerWrote:
    return CustomerWrote(
        at=event.at,
        chat=chat,
        sender=person,
        message=event.message,
        text=words,
        media=event.media,
        secret=event.secret,
    )


def _heard(event: Event) -> str | None:
    """The words behind `/heard`; a picture needs none."""
    order = order_of(event.text) if isinstance(event, AgentWrote) else None
    if order is None or order.name != HEARD or not isinstance(event, AgentWrote):
        return None
    return order.argument if order.argument or event.media is not None else None


def _for_them(event: Event) -> bool:
    return (
        isinstance(event, Pressed) and read_press(event.data) is None and read_theirs(event.data) is not None
    )


def _at_desk(action: Action, case: Case, event: AgentWrote | Pressed) -> Action:
    if isinstance(action, StripButtons) and action.message.chat == case.chat:
        return StripButtons(message=MessageRef(event.chat, event.message))
    return action

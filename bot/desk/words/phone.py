"""A colleague writes from the account's own phone: they have the case, and the bot is silent.

They are a holder like any other, with the same deadlines. The talk goes back to the bot as usual: by `/bot`, typed on
the phone or in the topic, and the complainant's yes; or another colleague takes the case.
"""

from datetime import timedelta
from typing import Final

from bot.complaint.actions import Relay, Say, ShowCard, ShowTyping, Situation, Turn
from bot.complaint.case import Case, Control, Person, Severity
from bot.complaint.conversation import Conversation, Step
from bot.complaint.deskwork import TaskKind, TaskState
from bot.complaint.doors import OWN_CHAT, door_of
from bot.complaint.events import CustomerWrote, Event, PhoneEdited, PhoneWrote
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.complaint.reading import Reading
from bot.desk.cases.closing import ask_back
from bot.desk.notes import order_of
from bot.desk.rights import holds
from bot.desk.sheet import Scene, Sheet
from bot.desk.tasks.pledging import bind
from bot.policy.rules import Rules
from bot.policy.tasking import ended
from bot.reading.privacy import masked

QUIET: Final = timedelta(minutes=30)
"""For this time after words from the phone the bot starts nothing where no case is open."""
_GRAVE: Final = (Severity.SEV1, Severity.SEV2)


def by_phone(
    event: PhoneWrote, case: Case, talk: Conversation, *, rules: Rules, situation: Situation
) -> Turn:
    """Words from the phone: their writer becomes the holder."""
    talk = talk.evolve(hushed_at=event.at, hushed_by=event.sender)
    sheet = Sheet(case, talk, Scene(by=event.sender, rules=rules, situation=situation, event=event))
    order = order_of(event.text)
    if order is not None and order.name == "bot" and holds(event.sender, case):
        ask_back(sheet)
        return sheet.turn()
    _take(sheet)
    edited = isinstance(event, PhoneEdited)
    if edited:
        sheet.tell("phone_edited", by=event.sender.name, text=masked(event.text).text)
    else:
        _show(sheet, event)
    source = MessageRef(event.chat, event.message)
    bind(sheet, masked(event.text).text, source, by=event.sender.name, edited=edited)
    return sheet.turn()


def _take(sheet: Sheet) -> None:
    """They have the case; words of theirs answer whoever waited for a person."""
    if not holds(sheet.by, sheet.case):
        sheet.hold(sheet.by)
        sheet.go(Step.WITH_PEOPLE)
        sheet.remark("phone_took_over")
        # nobody has to be told that a person writes: they read it
        sheet.remember("people/taken_over")
        sheet.show_card()
    if sheet.case.open_escalation is not None:
        sheet.answer_escalation()
        sheet.show_card()
    for task in sheet.case.open_tasks:
        if task.kind is TaskKind.WRITE:
            sheet.case, timers = ended(sheet.case, task, TaskState.DONE, "phone", sheet.at)
            sheet.actions += timers
            sheet.remark("task_done", f"{task.id} {task.kind} phone")
            sheet.show_card()


def _show(sheet: Sheet, event: PhoneWrote) -> None:
    text = masked(event.text).text
    if event.media is None:
        sheet.tell("phone_wrote", by=event.sender.name, text=text)
        return
    source = MessageRef(event.chat, event.message)
    sheet.tell("phone_wrote", by=event.sender.name, text="")
    sheet.add(
        Relay(
            source=source, to_customer=False, text=text, media=event.media, by=event.sender.name, hidden=False
        )
    )


def hushed(
    turn: Turn, talk: Conversation, before: Case | None, event: Event, reading: Reading | None = None
) -> Turn:
    """While somebody writes from the phone, the bot starts nothing: new cases and small talk are left to them.

    What may hurt somebody is answered all the same.
    """
    if not _is_hushed(talk, before, event) or talk.hushed_by is None:
        return turn
    case = turn.case
    complains = reading is not None and (reading.is_complaint or reading.remedy is not None or reading.risks)
    if case is None or not complains or (before is not None and case.no == before.no):
        return Turn(conversation=talk, case=None)
    if case.severity in _GRAVE or case.flags:
        return turn
    quiet = tuple(one for one in turn.actions if not isinstance(one, Say | ShowTyping))
    case = case.evolve(control=Control.HUMAN, holder=talk.hushed_by, at_desk=True)
    began = (turn.conversation or talk).next_turn()
    began = began.evolve(step=Step.WITH_PEOPLE, asked=None, heard=(), case_no=case.no)
    return replace(turn, case=case, conversation=began, actions=(*quiet, ShowCard()))


def _is_hushed(talk: Conversation, before: Case | None, event: Event) -> bool:
    if not isinstance(event, CustomerWrote) or door_of(event.message) == OWN_CHAT or talk.hushed_at is None:
        return False
    return (before is None or not before.is_open) and event.at - talk.hushed_at < QUIET


def speaks_by_phone(talk: Conversation, case: Case | None) -> Person | None:
    """Who has this case at the phone, if somebody has."""
    if case is None or talk.hushed_by is None or case.holder is None or case.holder.id != talk.hushed_by.id:
        return None
    return case.holder

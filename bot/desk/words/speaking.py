"""Sends an agent's own words to the complainant, unchanged."""

from typing import Final

from bot.complaint.actions import Button, CloseTopic, Relay, Rows, Tell
from bot.complaint.channels import is_far
from bot.complaint.deskwork import HeldWords
from bot.complaint.events import AgentEdited, AgentWrote
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.desk.cases.arriving import to_be_said
from bot.desk.drafts import ask, forget, held_at, hold_back, joins, put_in_place, relays_of, second_thoughts
from bot.desk.holding import take
from bot.desk.notes import is_note, note_words, stays_inside
from bot.desk.rights import ALLOWED, Refused, Right, handed_on, holds, may
from bot.desk.sheet import Sheet
from bot.desk.tasks.pledging import bind

CAPTIONED: Final = frozenset({"photo", "document", "voice", "audio", "video", "animation"})
"""What can have words under it. A place that moves, or a poll that is voted on, changes no words."""


def keep_note(sheet: Sheet, event: AgentWrote) -> bool:
    """Keep a note in the house; whether this was one.

    Of an album only one picture carries the words: when they make it a note, or a command, the other pictures
    that follow stay in the house with it.
    """
    mark = f"inside:{event.album}" if event.album else ""
    follows = bool(mark) and mark in sheet.talk.said and not event.text
    if mark and stays_inside(event.text):
        sheet.remember(mark)
    if not follows and not is_note(event.text):
        return False
    answer = may(sheet.colleague, Right.NOTE, sheet.case)
    if isinstance(answer, Refused):
        sheet.refused = answer.reason
    words = note_words(event.text) if event.text else "album"
    sheet.remark("refused" if sheet.refused else "note", words)
    return True


def speak(sheet: Sheet, event: AgentWrote) -> None:
    """Send the words to the complainant, unless a finding speaks against them: then ask the writer first."""
    if is_far(sheet.case.chat):
        to_be_said(sheet, event)
        return
    if joins(sheet, event):
        return
    if second_thoughts(sheet.case, event.text):
        hold_back(sheet, event, "wording")
        return
    answered = MessageRef(event.chat, event.reply_to) if event.reply_to is not None else None
    utter(
        sheet,
        Relay(
            source=MessageRef(event.chat, event.message),
            to_customer=True,
            text=event.text,
            media=event.media,
            album=event.album,
            reply_to=answered,
            formatted=event.formatted,
            html=event.html,
        ),
    )


def utter(sheet: Sheet, *words: Relay, keeps_holder: bool = False) -> None:
    """Send a colleague's words. Who writes first in an unclaimed case becomes its holder (R31)."""
    if handed_on(sheet.by, sheet.case):
        _stays_there(sheet)
    else:
        if not keeps_holder:
            take(sheet)
        _answered(sheet)
    for one in words:
        sheet.add(one)
        if sheet.has_left:
            _show_there(sheet, one)
        bind(sheet, one.text, one.source, by=one.by or sheet.by.name, edited=one.edited)


def _answered(sheet: Sheet) -> None:
    """A person is there: the answer that was promised is given, and a hand-over that went before is over."""
    if sheet.case.handed_on is not None and holds(sheet.by, sheet.case):
        sheet.change(handed_on=None)
    if sheet.case.open_escalation is not None:
        sheet.answer_escalation()
        sheet.show_card()


def _stays_there(sheet: Sheet) -> None:
    """Words of who handed the case on: it stays where it went, and that team's answer is still owed."""
    handed, holder = sheet.case.handed_on, sheet.case.holder
    first = handed is not None and not handed.told
    if handed is not None and first:
        sheet.change(handed_on=replace(handed, told=True))
    fields: dict[str, object] = {
        "queue_key": sheet.case.queue.value,
        "holder": holder.name if holder else "",
        "moved": sheet.has_left,
        "address": sheet.scene.situation.moved_to,
    }
    here = sheet.scene.situation.where
    if sheet.has_left and first:
        sheet.add(Tell(name="stays_there", fields=fields, chat=here))
    elif first:
        way: Rows = ((Button("claim", "claim"),),) if holder is None else ()
        sheet.add(Tell(name="stays_there", fields=fields, buttons=way))
    if sheet.has_left:
        sheet.add(CloseTopic(chat=here))


def _show_there(sheet: Sheet, words: Relay) -> None:
    """What was said from the old topic stands also where the case is now: who works on it reads it there."""
    sheet.tell("moved_said", by=words.by or sheet.by.name, text="" if words.media else words.text)
    if words.media is not None:
        sheet.add(replace(words, to_customer=False, reply_to=None, by=words.by or sheet.by.name))


def change_words(sheet: Sheet, event: AgentEdited, *, carried: bool) -> None:
    """Edit the complainant's copy with the agent's message; without a copy nothing is sent.

    What is now a note or a command is not shown: the copy stays as it was, and the agent is told.
    """
    if event.media is not None and event.media.kind not in CAPTIONED:
        return
    held = held_at(sheet, MessageRef(event.chat, event.message))
    if held is not None:
        _reconsider(sheet, event, held)
    elif not carried:
        sheet.remark("edit_kept_inside")
        if not is_note(event.text):
            line = "edit_not_redone" if stays_inside(event.text) else "edit_not_sent"
            sheet.tell(line, key=f"{line}:{event.message}")
    elif stays_inside(event.text):
        sheet.remark("edit_kept_inside")
        sheet.tell("note_stays", key=f"note_stays:{event.message}")
    elif second_thoughts(sheet.case, event.text):
        hold_back(sheet, event, "wording")
    else:
        sheet.add(
            Relay(
                source=MessageRef(event.chat, event.message),
                to_customer=True,
                text=event.text,
                media=event.media,
                html=event.html,
                edited=True,
            )
        )
        bind(sheet, event.text, MessageRef(event.chat, event.message), by=sheet.by.name, edited=True)


def _reconsider(sheet: Sheet, event: AgentEdited, held: HeldWords) -> None:
    """Held words were edited: if nothing is found now, send them; a note stays inside."""
    if stays_inside(event.text):
        forget(sheet, held)
        sheet.remark("kept_inside", note_words(event.text))
        return
    if held.sources[0].message != event.message and not event.text:
        return
    before = second_thoughts(sheet.case, held.text)
    after = replace(held, text=event.text, formatted=event.formatted, html=event.html)
    put_in_place(sheet, after)
    still = second_thoughts(sheet.case, event.text)
    what = Right.EDIT if held.edited else Right.SPEAK
    if not still and may(sheet.colleague, what, sheet.case) == ALLOWED:
        forget(sheet, after)
        utter(sheet, *relays_of(after), keeps_holder=held.edited)
    elif still and still != before:
        ask(sheet, after)

"""`/delete`: removes the complainant's copy of a message; the timeline keeps the words (S18, S32)."""

from datetime import timedelta
from typing import Final

from bot.complaint.actions import Tell, Unsend
from bot.complaint.colleagues import Role
from bot.complaint.events import AgentWrote
from bot.complaint.ids import MessageRef
from bot.desk.acts import Act, Acts
from bot.desk.drafts import forget, held_at
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.tasks.pledging import unbind

DELETABLE: Final = timedelta(hours=48)
"""Telegram lets a bot delete its own message in a private chat only within this time."""


def take_back(sheet: Sheet, _argument: str = "") -> None:
    """`/delete` in reply to one's own message; a supervisor may take back anybody's.

    Of an album the one picture goes that was answered; of words that were sent in several messages all go.
    """
    event = sheet.scene.event
    if not isinstance(event, AgentWrote) or event.reply_to is None:
        _answer(sheet, "delete_how")
        return
    target = MessageRef(event.chat, event.reply_to)
    held = held_at(sheet, target)
    quoted = sheet.scene.situation.quoted
    stands_above = sheet.colleague is not None and sheet.colleague.at_least(Role.SUPERVISOR)
    mine = held.by == sheet.by.id if held is not None else quoted is not None and quoted.own
    if held is None and quoted is None:
        _answer(sheet, "delete_nothing")
    elif not (mine or stands_above):
        sheet.refused = "not_yours"
        _answer(sheet, "delete_not_yours", by=held.name if held else quoted.by if quoted else "")
    elif held is not None and not held.edited:
        forget(sheet, held)
        sheet.remark("kept_inside", held.text)
        _answer(sheet, "delete_held")
    elif quoted is None or quoted.taken_back:
        _answer(sheet, "delete_nothing")
    elif sheet.at - quoted.at >= DELETABLE:
        _answer(sheet, "delete_too_late", sent=quoted.at)
    else:
        if held is not None:
            forget(sheet, held)
        sheet.add(Unsend(source=target, by=sheet.by.name, text=quoted.text))
        _answer(sheet, "deleted", by=sheet.by.name)
        unbind(sheet, target)


def _answer(sheet: Sheet, name: str, **fields: object) -> None:
    event = sheet.scene.event
    asked = MessageRef(event.chat, event.message) if isinstance(event, AgentWrote) else None
    sheet.add(Tell(name=name, fields=fields, private_to=sheet.colleague, answers=asked))


ACTS: Final = Acts(commands={"delete": Act(Right.UNSEND, take_back)})

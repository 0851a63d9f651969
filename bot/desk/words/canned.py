"""`/canned` and `/say`: ready-made lines, said as the colleague's own words."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.complaint.actions import Button, Rows, Say, Tell
from bot.complaint.case import Case
from bot.complaint.deskwork import CannedLine
from bot.complaint.events import AgentWrote, Pressed
from bot.complaint.ids import MessageRef
from bot.desk.acts import Act, Acts
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.tasks.pledging import bind
from bot.desk.words.speaking import utter

FOLDER: Final = "canned/"
IN_A_ROW: Final = 2
LONGEST_NAME: Final = 40
"""Bytes of a name that a button can carry beside the rest."""


def canned_fields(case: Case) -> Mapping[str, object]:
    """What a ready line may tell of the case. A time is that of a promise which stands, or there is none (S53)."""
    owed = case.open_promises
    return {
        "customer": case.customer.name,
        "team": case.queue.value,
        "due": owed[0].due_at if owed else None,
        "kind": owed[0].kind if owed else None,
    }


def show_lines(sheet: Sheet, argument: str = "") -> None:
    """`/canned [word]`: the ready lines, each with what it would say here and a button that says it."""
    word = " ".join(argument.split())[:40]
    found = [one for one in sheet.scene.situation.canned if _holds(one, word)]
    fields = {
        "word": word,
        "lines": [
            {"name": one.name, "title": one.title, "words": one.words, "lacks": one.lacks} for one in found
        ],
    }
    _answer(sheet, "canned", _buttons(found), **fields)


def say_line(sheet: Sheet, argument: str = "") -> None:
    """`/say NAME`, or its button: the line goes out as this colleague's words, and the topic shows it."""
    line = _named(sheet.scene.situation.canned, argument)
    if line is None:
        _unknown(sheet, argument)
        return
    if line.lacks:
        _lacks(sheet, line)
        return
    mark = _tapped(sheet, line)
    if mark in sheet.talk.said:
        # a second tap on the same list says nothing twice
        sheet.notice("notice_said_already")
        return
    if mark:
        sheet.remember(mark)
    utter(sheet)
    source = _source(sheet)
    fields = canned_fields(sheet.case)
    sheet.add(Say(name=f"{FOLDER}{line.name}", fields=fields, by=sheet.by.name, source=source))
    sheet.remember("opening")
    sheet.notice("notice_sent")
    sheet.tell("canned_said", by=sheet.by.name, title=line.title, words=line.words)
    bind(sheet, line.words, source, by=sheet.by.name)


def _holds(line: CannedLine, word: str) -> bool:
    wanted = word.casefold()
    return any(wanted in one.casefold() for one in (line.name, line.title, line.words))


def _named(lines: Sequence[CannedLine], argument: str) -> CannedLine | None:
    """By its name or title; a few letters do if only one line has them there."""
    wanted = " ".join(argument.split()).casefold()
    if not wanted:
        return None
    exact = [one for one in lines if wanted in (one.name.casefold(), one.title.casefold())]
    near = [one for one in lines if wanted in one.name.casefold() or wanted in one.title.casefold()]
    found = exact or near
    return found[0] if len(found) == 1 else None


def _unknown(sheet: Sheet, argument: str) -> None:
    if sheet.scene.query:
        sheet.notice("notice_late")
    else:
        show_lines(sheet, argument)


def _lacks(sheet: Sheet, line: CannedLine) -> None:
    sheet.notice("notice_line_lacks", alert=True)
    if not sheet.scene.query:
        _answer(sheet, "line_lacks", title=line.title)


def _tapped(sheet: Sheet, line: CannedLine) -> str:
    """A key that tells one tap from another: its list and line."""
    event = sheet.scene.event
    return f"{FOLDER}{event.message}:{line.name}" if isinstance(event, Pressed) else ""


def _source(sheet: Sheet) -> MessageRef | None:
    """The desk's side of what is said: the command, or the list that was tapped."""
    event = sheet.scene.event
    return MessageRef(event.chat, event.message) if isinstance(event, AgentWrote | Pressed) else None


def _answer(sheet: Sheet, name: str, buttons: Rows = (), **fields: object) -> None:
    """For who asked, pointing at what they wrote."""
    sheet.add(
        Tell(
            name=name,
            fields=fields,
            buttons=buttons,
            private_to=sheet.colleague,
            answers=_source(sheet),
            key=f"{name}:{sheet.by.id}",
        )
    )


def _buttons(lines: Sequence[CannedLine]) -> Rows:
    keys = [
        Button("say_line", "say", one.name, fields={"title": one.title})
        for one in lines
        if not one.lacks and len(one.name.encode()) <= LONGEST_NAME
    ]
    return tuple(tuple(keys[place : place + IN_A_ROW]) for place in range(0, len(keys), IN_A_ROW))


ACTS: Final = Acts(
    commands={"canned": Act(Right.LOOK, show_lines), "say": Act(Right.SPEAK, say_line)},
    presses={"say": Act(Right.SPEAK, say_line)},
)

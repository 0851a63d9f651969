"""Checks the words of commands that the complainant will read, before the command is done (S55, S85).

The command is done on the sheet, and undone if a finding speaks against the words it sends. So no list of commands
with words is needed, and a verdict's own words are judged as if the verdict were already given.
"""

from collections.abc import Mapping
from typing import Final

from bot.complaint.actions import Action, AnswerPress, Say
from bot.complaint.deskwork import HeldWords
from bot.complaint.events import AgentEdited, AgentWrote
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.desk.acts import Act
from bot.desk.drafts import forget, held_at, held_named, hold_back, put_in_place, second_thoughts
from bot.desk.notes import Order, order_of
from bot.desk.remedies.laying import with_customer
from bot.desk.rights import Refused, may
from bot.desk.sheet import Sheet
from bot.desk.tasks.pledging import bind

ORDER: Final = "order"
"""Why words are held that stand behind a command."""
PARTING: Final = "resolve"
"""The command whose words may wait, until an open offer is answered."""
Commands = Mapping[str, Act]


def obey(sheet: Sheet, event: AgentWrote, wanted: Act, argument: str) -> None:
    """Do a command, unless a finding speaks against its words: then ask first."""
    before = sheet.as_it_is()
    wanted.do(sheet, argument)
    words = _words(sheet, before, argument)
    meant = words or _kept(sheet, before)
    found = second_thoughts(sheet.case, meant) if meant else []
    if found:
        sheet.put_back(before)
        hold_back(sheet, event, ORDER, found)
    else:
        _bind(sheet, before, words, MessageRef(event.chat, event.message))


def _words(sheet: Sheet, before: Sheet, argument: str) -> str:
    return "\n".join(_heard(sheet.actions[len(before.actions) :], argument))


def _kept(sheet: Sheet, before: Sheet) -> str:
    """Words that wait to go out by a button, which asks no more (S95)."""
    return sheet.talk.parting[1] if sheet.talk.parting != before.talk.parting else ""


def _bind(sheet: Sheet, before: Sheet, words: str, source: MessageRef) -> None:
    """What these words promise is booked, unless the command has booked a promise itself."""
    if words and len(sheet.case.promises) == len(before.case.promises):
        bind(sheet, words, source, by=sheet.by.name)


def _heard(actions: list[Action], argument: str) -> list[str]:
    """The words that the complainant will read, now or later."""
    said = [one for one in actions if isinstance(one, Say)]
    fields = [value for one in said for value in one.fields.values() if isinstance(value, str)]
    return [one for one in fields if one and all(part in argument for part in one.split())]


def obey_after_all(sheet: Sheet, value: str, commands: Commands) -> bool:
    """Do a held command as it is; whether the button was about one."""
    held = held_named(sheet, value)
    order = order_of(held.text) if held is not None and held.why == ORDER else None
    if held is None or order is None or order.name not in commands:
        return False
    if held.by != sheet.by.id:
        sheet.refused = "not_yours"
        sheet.notice("notice_not_yours", alert=True, by=held.name)
        return True
    if _may(sheet, commands[order.name]):
        forget(sheet, held)
        before = sheet.as_it_is()
        commands[order.name].do(sheet, order.argument)
        _bind(sheet, before, _words(sheet, before, order.argument), held.sources[0])
        sheet.remark("sent_after_all", held.text)
        if not any(isinstance(one, AnswerPress) for one in sheet.actions):
            sheet.notice("notice_sent")
        sheet.strip()
    return True


def _may(sheet: Sheet, wanted: Act) -> bool:
    answer = may(sheet.colleague, wanted.right, sheet.case)
    if isinstance(answer, Refused):
        sheet.refused = answer.reason
        holder = sheet.case.holder.name if sheet.case.holder else ""
        sheet.notice(f"notice_{answer.reason}", alert=True, holder=holder, other="", needs="")
        return False
    return True


def think_anew(sheet: Sheet, event: AgentEdited, commands: Commands) -> bool:
    """A held command was edited: try it again. Whether that was all."""
    held = held_at(sheet, MessageRef(event.chat, event.message))
    order = order_of(event.text)
    if held is None or held.why != ORDER:
        return held is None and order is not None and _parting_anew(sheet, event, order, commands)
    if order is None or order.name not in commands:
        put_in_place(sheet, as_words(held))
        return False
    forget(sheet, held)
    if _may(sheet, commands[order.name]):
        obey(sheet, event, commands[order.name], order.argument)
    return True


def _parting_anew(sheet: Sheet, event: AgentEdited, order: Order, commands: Commands) -> bool:
    """Words that wait for the end follow their edit, as long as the offer is open; whether that was all (S95)."""
    lying = with_customer(sheet.case)
    if order.name != PARTING or lying is None or sheet.talk.parting[0] != lying.id:
        return False
    sheet.talk = sheet.talk.evolve(parting=("", ""))
    if _may(sheet, commands[PARTING]):
        obey(sheet, event, commands[PARTING], order.argument)
    return True


def as_words(held: HeldWords) -> HeldWords:
    """The same as words of nobody's command."""
    return replace(held, why="wording", found=())

"""From what an agent wrote, changed, pressed or closed to the act it means, through the door, and done."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.complaint.actions import AnswerPress, CloseTopic, React, Remark, ShowCard, Situation, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import AgentEdited, AgentReacted, AgentWrote, Pressed, TopicChanged
from bot.complaint.ids import MessageRef
from bot.desk.cards import card
from bot.desk.closing import ask_back, ask_settled
from bot.desk.door import Act, Refused, may
from bot.desk.holding import claim, release, reopen, take_over
from bot.desk.notes import order_of, stays_inside
from bot.desk.presses import read_press
from bot.desk.refusing import refuse
from bot.desk.remedying import carry_out, find_for_them
from bot.desk.sheet import Scene, Sheet
from bot.desk.speaking import change_words, keep_note, speak
from bot.policy.rules import Rules

AgentEvent = AgentWrote | AgentEdited | AgentReacted | Pressed | TopicChanged

COMMANDS: Final[Mapping[str, Act]] = {
    "claim": Act.CLAIM,
    "release": Act.RELEASE,
    "resolve": Act.RESOLVE,
    "bot": Act.TO_BOT,
    "upheld": Act.UPHELD,
    "done": Act.DONE,
    "reopen": Act.REOPEN,
    "note": Act.NOTE,
    "card": Act.LOOK,
    "help": Act.LOOK,
}
PRESSES: Final[Mapping[str, Act]] = {
    "claim": Act.CLAIM,
    "take_over": Act.TAKE_OVER,
    "release": Act.RELEASE,
    "resolve": Act.RESOLVE,
    "to_bot": Act.TO_BOT,
    "done": Act.DONE,
    "reopen": Act.REOPEN,
    "was_note": Act.LOOK,
}
DEEDS: Final[Mapping[Act, Callable[[Sheet, str], None]]] = {
    Act.CLAIM: claim,
    Act.TAKE_OVER: take_over,
    Act.RELEASE: release,
    Act.RESOLVE: ask_settled,
    Act.TO_BOT: ask_back,
    Act.UPHELD: find_for_them,
    Act.DONE: carry_out,
    Act.REOPEN: reopen,
}


def act(
    event: AgentEvent,
    case: Case | None,
    conversation: Conversation | None,
    *,
    member: bool,
    rules: Rules,
    situation: Situation,
    carried: bool = True,
) -> Turn:
    """What an agent's event does: the next talk, the next case, what to do. The one way in for the desk.

    `carried` tells of a changed message whether it ever went to the complainant.
    """
    if isinstance(event, TopicChanged):
        return _topic_changed(event, case, conversation)
    if case is None:
        return _nowhere(event, conversation, member=member)
    scene = _scene(event, rules, situation)
    sheet = Sheet(case, conversation or Conversation(chat=case.chat, case_no=case.no), scene)
    match event:
        case Pressed():
            _pressed(sheet, event, member=member)
        case AgentReacted():
            _reacted(sheet, event, member=member)
        case AgentEdited():
            if _enters(sheet, Act.EDIT, member=member, key=str(event.message)):
                change_words(sheet, event, carried=carried)
        case AgentWrote():
            _wrote(sheet, event, member=member)
    return sheet.turn()


def _scene(event: AgentWrote | AgentReacted | Pressed, rules: Rules, situation: Situation) -> Scene:
    if not isinstance(event, Pressed):
        return Scene(by=event.sender, rules=rules, situation=situation)
    pressed = MessageRef(event.chat, event.message)
    return Scene(by=event.sender, rules=rules, situation=situation, query=event.query, pressed=pressed)


def _enters(sheet: Sheet, what: Act, *, member: bool, key: str) -> bool:
    """Ask at the door; who is refused is told so, and nothing else happens."""
    answer = may(sheet.by, what, sheet.case, sheet.talk, member=member)
    if isinstance(answer, Refused):
        refuse(sheet, what, answer.reason, key)
        return False
    return True


def _wrote(sheet: Sheet, event: AgentWrote, *, member: bool) -> None:
    key = event.album or str(event.message)
    if keep_note(sheet, event, member=member):
        return
    order = order_of(event.text)
    if order is None:
        if _enters(sheet, Act.SPEAK, member=member, key=key):
            speak(sheet, event)
        return
    what = COMMANDS.get(order.name)
    if not _enters(sheet, what or Act.LOOK, member=member, key=key):
        return
    if what is None:
        sheet.tell("unknown_command", command=order.name[:40])
    elif what in DEEDS:
        DEEDS[what](sheet, order.argument)
    else:
        _inside(sheet, order.name, order.argument)


def _inside(sheet: Sheet, name: str, argument: str) -> None:
    if name == "help":
        sheet.tell("help")
    elif name == "card":
        # the card itself stands far above: this one is to be read here
        view = card(sheet.case, rules=sheet.scene.rules, now=sheet.at)
        sheet.tell("card", view.buttons, key="card_again", **view.fields)
    elif argument:
        sheet.remark("note", argument)
    else:
        sheet.tell("note_how")


def _pressed(sheet: Sheet, event: Pressed, *, member: bool) -> None:
    press = read_press(event.data)
    what = PRESSES.get(press.act) if press and press.no == sheet.case.no else None
    if press is None or what is None:
        sheet.notice("notice_late")
    elif _enters(sheet, what, member=member, key=str(event.message)):
        if what is Act.LOOK:
            sheet.remark("it_was_a_note", press.value)
            sheet.notice("notice_done")
            sheet.strip()
        else:
            DEEDS[what](sheet, press.value)


def _reacted(sheet: Sheet, event: AgentReacted, *, member: bool) -> None:
    """A reaction is passed on in silence, or not at all: nobody writes a line about a refused smile."""
    if isinstance(may(sheet.by, Act.REACT, sheet.case, sheet.talk, member=member), Refused):
        sheet.remark("reaction_refused")
        return
    sheet.add(React(source=MessageRef(event.chat, event.message), to_customer=True, emoji=event.emoji))


def _nowhere(
    event: AgentWrote | AgentReacted | Pressed, conversation: Conversation | None, *, member: bool
) -> Turn:
    """Where there is no case, agents talk among themselves; commands are answered, presses too."""
    actions: tuple[AnswerPress | Tell, ...] = ()
    if isinstance(event, Pressed):
        name = "desk/notice_late" if member else "desk/notice_not_member"
        actions = (AnswerPress(query=event.query, name=name, alert=not member),)
    elif isinstance(event, AgentWrote) and member and _asks_for_help(event):
        actions = (Tell(name="help", general=True),)
    return Turn(conversation=conversation, case=None, actions=actions)


def _asks_for_help(event: AgentWrote) -> bool:
    order = order_of(event.text) if stays_inside(event.text) else None
    known = order is not None and (order.name in COMMANDS or order.name == "start")
    return known and event.thread is None and not isinstance(event, AgentEdited)


def _topic_changed(event: TopicChanged, case: Case | None, conversation: Conversation | None) -> Turn:
    """A topic closed by hand closes nothing: an open case keeps its topic, and one line says why (S2)."""
    if case is None:
        return Turn(conversation=conversation, case=None)
    seen = Remark(what=f"topic_{event.change}", by="agent")
    if event.change == "recreated":
        # it was deleted by hand: a new one needs the card, and what was said
        return Turn(conversation=conversation, case=case, actions=(seen, ShowCard()))
    if event.change != "closed" or not case.is_open:
        return Turn(conversation=conversation, case=case, actions=(seen,))
    again = (seen, CloseTopic(reopen=True), Tell(name="topic_reopened"))
    return Turn(conversation=conversation, case=case, actions=again)

"""The desk's entry point: finds the act of an agent's message, edit or press, checks the right, and does it."""

from difflib import get_close_matches
from typing import Final

from bot.complaint.actions import AnswerPress, CloseTopic, React, Remark, ShowCard, Situation, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import AgentEdited, AgentReacted, AgentWrote, Due, Pressed, TopicChanged
from bot.complaint.ids import MessageRef
from bot.desk import heat, holding, overdue, restricted
from bot.desk.acts import Act, joined
from bot.desk.audit import deed
from bot.desk.cards import keeping
from bot.desk.caseless import HELP, beside_cases
from bot.desk.cases import (
    agreeing,
    arriving,
    closing,
    correcting,
    deciding,
    joining,
    judging,
    looking,
    merging,
    noticing,
    outside,
    packing,
    privacy,
    reopening,
    ringing,
    transferring,
    unaccepting,
)
from bot.desk.cases.arriving import LOG
from bot.desk.incidents import gathering
from bot.desk.incidents import parts as incident_parts
from bot.desk.incidents.orders import INCIDENT
from bot.desk.learning import adopting, causing, suggestions
from bot.desk.learning.lesson_orders import LESSON, LESSONS, SAMPLES
from bot.desk.notes import Order, order_of, stays_inside
from bot.desk.overview.enquiries import ASKS, NOTHING, Found
from bot.desk.overview.reporting import REPORT
from bot.desk.overview.staff import ORDERS
from bot.desk.presses import read_press
from bot.desk.refusing import allowed, refuse
from bot.desk.remedies import approving, asking, offering, remedying
from bot.desk.rights import Refused, Right, handed_on, holds, may
from bot.desk.sheet import NOBODY, Scene, Sheet, scene_of
from bot.desk.tasks import custody, doing, pledging, promising, tasks
from bot.desk.words import canned, letting_go, taking_back
from bot.desk.words.obeying import obey, obey_after_all, think_anew
from bot.desk.words.speaking import change_words, keep_note, speak
from bot.policy.rules import Rules
from bot.policy.several import closed_beside, headed
from bot.reading.deskwords import command_meant

AgentEvent = AgentWrote | AgentEdited | AgentReacted | Pressed | TopicChanged

LAST_WORDS: Final = frozenset({Right.SPEAK, Right.SEND_HELD, Right.DROP_HELD})
"""What whoever handed the case on may still do there (R31)."""
CLAIM: Final = "claim"
_ALIKE: Final = 0.7
"""How alike two names of commands must be for one to be a slip of the other."""
ACTS: Final = joined(
    holding.ACTS,
    closing.ACTS,
    agreeing.ACTS,
    remedying.ACTS,
    looking.ACTS,
    ringing.ACTS,
    letting_go.ACTS,
    heat.ACTS,
    canned.ACTS,
    taking_back.ACTS,
    tasks.ACTS,
    doing.ACTS,
    custody.ACTS,
    promising.ACTS,
    pledging.ACTS,
    overdue.ACTS,
    offering.ACTS,
    asking.ACTS,
    approving.ACTS,
    judging.ACTS,
    causing.ACTS,
    adopting.ACTS,
    suggestions.ACTS,
    outside.ACTS,
    correcting.ACTS,
    unaccepting.ACTS,
    transferring.ACTS,
    deciding.ACTS,
    merging.ACTS,
    reopening.ACTS,
    privacy.ACTS,
    incident_parts.ACTS,
    gathering.ACTS,
    arriving.ACTS,
    noticing.ACTS,
    packing.ACTS,
    restricted.ACTS,
    joining.ACTS,
    keeping.ACTS,
)
"""Every command, every button and every timer of the desk."""
OWN_WORDS: Final = frozenset({Right.EDIT, Right.UNSEND, Right.REACT, Right.NOTE})
"""Acts on one's own words, or inside the desk; allowed also in a topic that the case has left."""
_BESIDES: Final = frozenset({*ASKS, *ORDERS, HELP, REPORT, INCIDENT, LESSON, LESSONS, SAMPLES, LOG})
"""Commands that no act here answers; a slip may have meant one."""
_FOR_ALL: Final = frozenset({"help", "start"})
"""What in General is answered with the commands; everything else needs a case."""


def act(
    event: AgentEvent,
    case: Case | None,
    conversation: Conversation | None,
    *,
    rules: Rules,
    situation: Situation,
    carried: bool = True,
    found: Found = NOTHING,
) -> Turn:
    """Handle an agent's event: the next talk, the next case, and the actions. The desk's only entry point.

    `situation.colleague` is who acts. `carried` tells of a changed message whether it ever went to the
    complainant. `found` is what was looked up for somebody who asks for a list or another case.
    """
    if isinstance(event, TopicChanged):
        return _topic_changed(event, case, conversation, left=situation.moved_to is not None)
    by = situation.colleague
    beside = beside_cases(event, by, found, rules=rules, situation=situation) if by is not None else None
    if beside is not None:
        return beside
    if case is None:
        return _nowhere(event, conversation, situation)
    sheet = Sheet(
        case, conversation or Conversation(chat=case.chat, case_no=case.no), scene_of(event, rules, situation)
    )
    what = _work(sheet, event, carried=carried)
    turn = headed(closed_beside(sheet.turn(), case, situation))
    return deed(what, case, turn, situation, refused=sheet.refused, asked=sheet.asked)


def at_its_time(event: Due, case: Case, talk: Conversation, *, rules: Rules, situation: Situation) -> Turn:
    """Handle a timer of the desk (its kind is in `ACTS.dues`). Nobody acts."""
    sheet = Sheet(case, talk, Scene(by=NOBODY, rules=rules, situation=situation))
    ACTS.dues[event.kind](sheet, event.key)
    return headed(closed_beside(sheet.turn(), case, situation))


def _work(sheet: Sheet, event: AgentWrote | AgentReacted | Pressed, *, carried: bool) -> Right:
    """Do the act if it is allowed; which act it was."""
    match event:
        case Pressed():
            return _pressed(sheet, event)
        case AgentReacted():
            return _reacted(sheet, event)
        case AgentEdited():
            if _enters(sheet, Right.EDIT, key=str(event.message)) and not think_anew(
                sheet, event, ACTS.commands
            ):
                change_words(sheet, event, carried=carried)
            return Right.EDIT
        case _:
            return _wrote(sheet, event)


def _enters(sheet: Sheet, what: Right, *, key: str) -> bool:
    """Check the permission, and that the case is still in this topic; a refused colleague is told."""
    last = what in LAST_WORDS and handed_on(sheet.by, sheet.case)
    if sheet.has_left and what not in OWN_WORDS and not last:
        refuse(sheet, what, "moved", key)
        return False
    return allowed(sheet, what, key)


def _wrote(sheet: Sheet, event: AgentWrote) -> Right:
    key = event.album or str(event.message)
    if keep_note(sheet, event):
        return Right.NOTE
    order = order_of(event.text) or _claims(sheet, event)
    if order is None:
        if _enters(sheet, Right.SPEAK, key=key):
            speak(sheet, event)
        return Right.SPEAK
    wanted = ACTS.commands.get(order.name)
    what = wanted.right if wanted else Right.LOOK
    if not _enters(sheet, what, key=key):
        return what
    if wanted is None:
        sheet.tell("unknown_command", command=order.name[:40], meant=_meant(order.name.lower()))
    else:
        obey(sheet, event, wanted, order.argument)
    return what


def _claims(sheet: Sheet, event: AgentWrote) -> Order | None:
    """The name of the button, typed as plain words while they do not have the case: it is meant for the desk."""
    if event.media is not None or holds(sheet.by, sheet.case):
        return None
    return Order(CLAIM, "") if command_meant(event.text.strip().lower()) == CLAIM else None


def _meant(name: str) -> str | None:
    """The command that a wrong one stands for: by its meaning, or as a slip of the hand."""
    alike = get_close_matches(name, (*ACTS.commands, *sorted(_BESIDES)), n=1, cutoff=_ALIKE)
    return alike[0] if alike else command_meant(name)


def _pressed(sheet: Sheet, event: Pressed) -> Right:
    press = read_press(event.data)
    wanted = ACTS.presses.get(press.act) if press and press.no == sheet.case.no else None
    if press is None or wanted is None:
        sheet.notice("notice_late")
        return Right.LOOK
    if not _enters(sheet, wanted.right, key=str(event.message)):
        return wanted.right
    if press.act != "send_held" or not obey_after_all(sheet, press.value, ACTS.commands):
        wanted.do(sheet, press.value)
    return wanted.right


def _reacted(sheet: Sheet, event: AgentReacted) -> Right:
    """Pass a reaction on; a refused one is ignored silently."""
    answer = may(sheet.colleague, Right.REACT, sheet.case)
    if isinstance(answer, Refused):
        sheet.refused = answer.reason
        sheet.remark("reaction_refused")
    else:
        sheet.add(React(source=MessageRef(event.chat, event.message), to_customer=True, emoji=event.emoji))
    return Right.REACT


def _nowhere(
    event: AgentWrote | AgentReacted | Pressed, conversation: Conversation | None, situation: Situation
) -> Turn:
    """An event outside any case: commands and presses are answered, other words are ignored."""
    member = situation.colleague is not None
    actions: tuple[AnswerPress | Tell, ...] = ()
    if isinstance(event, Pressed):
        name = "desk/notice_late" if member else "desk/notice_not_member"
        actions = (AnswerPress(query=event.query, name=name, alert=not member),)
    elif isinstance(event, AgentWrote) and member and (command := _command(event)):
        actions = (_told_in_general(command),)
    return Turn(conversation=conversation, case=None, actions=actions)


def _told_in_general(command: str) -> Tell:
    if command in _FOR_ALL:
        return Tell(name="help", fields={"command": command}, general=True)
    if command in ACTS.commands:
        return Tell(name="case_needed", fields={"command": command}, general=True)
    fields = {"command": command[:40], "meant": _meant(command)}
    return Tell(name="unknown_command", fields=fields, general=True)


def _command(event: AgentWrote) -> str:
    """Which of the desk's commands was written in General, or a slip of one; empty for everything else."""
    order = order_of(event.text) if stays_inside(event.text) else None
    if order is None or event.thread is not None or isinstance(event, AgentEdited):
        return ""
    known = order.name in ACTS.commands or order.name in _FOR_ALL
    # another bot's command has its name behind it
    ours = "@" not in event.text.split(maxsplit=1)[0] and bool(_meant(order.name))
    return order.name if known or ours else ""


def _topic_changed(
    event: TopicChanged, case: Case | None, conversation: Conversation | None, *, left: bool
) -> Turn:
    """A topic closed by hand does not close its case: it is reopened, with one line that says why (S2)."""
    if case is None:
        return Turn(conversation=conversation, case=None)
    seen = Remark(what=f"topic_{event.change}", by="agent")
    if left:
        return Turn(conversation=conversation, case=case, actions=(seen,))
    if event.change == "recreated":
        # it was deleted by hand: a new one needs the card, and what was said
        return Turn(conversation=conversation, case=case, actions=(seen, ShowCard()))
    if event.change != "closed" or not case.is_open:
        return Turn(conversation=conversation, case=case, actions=(seen,))
    again = (seen, CloseTopic(reopen=True), Tell(name="topic_reopened"))
    return Turn(conversation=conversation, case=case, actions=again)


__all__ = ["ACTS", "Act", "AgentEvent", "act", "at_its_time"]

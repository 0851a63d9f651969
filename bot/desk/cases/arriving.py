"""Logged complaints: a colleague writes down what came by phone, in a shop or by post (S120).

They are cases like any other, but without a chat: what the bot would write becomes a task for a colleague to say,
and counts as said once the colleague notes it.
"""

from dataclasses import dataclass
from typing import Final

from bot.complaint.actions import (
    Button,
    Lane,
    Relay,
    Rows,
    Say,
    SetTimer,
    ShowCard,
    ShowTyping,
    Situation,
    Tell,
    Turn,
)
from bot.complaint.case import Control, Facts, Person, Severity, Task
from bot.complaint.channels import LOGGED, Channel, is_far
from bot.complaint.conversation import Step
from bot.complaint.deskwork import TaskKind, TaskState
from bot.complaint.events import AgentWrote, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageRef
from bot.desk.acts import Act, Acts
from bot.desk.holding import take
from bot.desk.notes import order_of
from bot.desk.presses import read_press
from bot.desk.restricted import put_away
from bot.desk.rights import Right, handed_on
from bot.desk.sheet import Scene, Sheet
from bot.desk.tasks.pledging import bind
from bot.policy.deadlines import due
from bot.policy.rules import Rules
from bot.policy.tasking import ended, tasked
from bot.reading.deskwords import channel_called
from bot.reading.logwords import LogWords, log_words

LOG: Final = "log"
HEARD: Final = "heard"
CHOSEN: Final = "log_by"
"""The act of a button that names the way by which a complaint came."""
_ALONE: Final = ("opening/", "listening/", "clarify/", "wish/", "calming/", "proposing/", "nudge/", "survey/")
"""Replies that only a chat needs: nobody rings somebody up to say that they are listening."""
_COURTESIES: Final = frozenset({"people/taken_over", "people/added", "people/released"})
_WAITS: Final = frozenset({"quiet", "nudge"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The parsed log line."""

    channel: Channel
    words: LogWords


def wants_log(event: Event) -> bool:
    """Whether a colleague logs a complaint, or asks how."""
    if isinstance(event, Pressed):
        press = read_press(event.data)
        return press is not None and press.act == CHOSEN
    order = order_of(event.text) if isinstance(event, AgentWrote) else None
    return order is not None and order.name == LOG


def read_log(argument: str) -> Log | None:
    """What is to be logged; None where the way it came, or the words themselves, are missing."""
    parts = argument.split(maxsplit=1)
    channel = channel_called(parts[0]) if parts else None
    words = log_words(parts[1] if parts[1:] else "")
    return Log(channel=channel, words=words) if channel in LOGGED and channel and words.words else None


def how_to_log(event: AgentWrote | Pressed, situation: Situation) -> tuple[Tell, ...]:
    """Which ways there are, as buttons; then how a line is written, to be copied with a tap."""
    named, rows = "", _ways()
    if isinstance(event, Pressed):
        press = read_press(event.data)
        named, rows = press.value if press else "", ()
    elif (order := order_of(event.text)) is not None:
        found = channel_called(order.argument.partition(" ")[0])
        named, rows = (found.value, ()) if found is not None else ("", rows)
    asked, pressed = MessageRef(event.chat, event.message), isinstance(event, Pressed)
    told = Tell(
        name="log_how",
        fields={"channel": named},
        buttons=rows,
        general=True,
        chat=situation.where,
        thread=situation.thread,
        private_to=situation.colleague,
        answers=None if pressed else asked,
        instead_of=asked if pressed else None,
        lane=Lane.TALK,
    )
    return (told,)


def _ways() -> Rows:
    ways = tuple(Button(f"log_{one.value}", CHOSEN, one.value) for one in LOGGED)
    return (ways[:4], ways[4:])


def logged(turn: Turn, log: Log, event: AgentWrote, *, rules: Rules, situation: Situation) -> Turn:
    """The turn in which a logged complaint opens a case without a chat.

    Whoever logged it has it, unless it is grave: that waits for those whose trade it is.
    """
    case, talk = turn.case, turn.conversation
    if case is None or talk is None:
        return turn
    words = log.words
    facts = replace(
        case.facts, phone=words.phone or case.facts.phone, contact=words.other or case.facts.contact
    )
    case = case.evolve(
        channel=log.channel.value,
        logged_by=event.sender,
        source_ref=words.ref,
        facts=facts,
        at_desk=True,
    )
    sheet = Sheet(case, talk, Scene(by=event.sender, rules=rules, situation=situation, event=event))
    sheet.actions = [one for one in turn.actions if not _only_for_chats(one)]
    sheet.go(Step.WITH_PEOPLE)
    promise = sheet.escalate("logged")
    sheet.hold(event.sender if _may_keep(sheet, event.sender) else None)
    sheet.remember("opening", "people/taken_over")
    sheet.say("arrival/received", due=promise.due_at)
    sheet.remark("logged", log.channel.value)
    sheet.show_card()
    _show_file(sheet, event)
    sheet.add(_confirmed(log, event, situation))
    return sheet.turn()


def _confirmed(log: Log, event: AgentWrote, situation: Situation) -> Tell:
    words = log.words
    return Tell(
        name="logged",
        fields={
            "by": event.sender.name,
            "channel": log.channel.value,
            "reach": bool(words.phone or words.other),
        },
        general=True,
        chat=situation.where,
        thread=situation.thread,
        private_to=situation.colleague,
        answers=MessageRef(event.chat, event.message),
        lane=Lane.TALK,
    )


def _may_keep(sheet: Sheet, person: Person) -> bool:
    case = sheet.case
    return case.severity > Severity.SEV2 and person.id not in case.about


def _show_file(sheet: Sheet, event: AgentWrote) -> None:
    """What came with the words stands in the case's topic too."""
    hidden = put_away(sheet.case, event)
    sheet.actions += hidden
    if event.media is not None and not hidden:
        source = MessageRef(event.chat, event.message)
        sheet.add(Relay(source=source, to_customer=False, media=event.media, by=sheet.case.customer.name))


def _only_for_chats(action: object) -> bool:
    if isinstance(action, Say):
        return action.name.startswith(_ALONE) or action.name in _COURTESIES
    return isinstance(action, ShowTyping) or (isinstance(action, SetTimer) and action.kind in _WAITS)


# -- what is to be said


def by_mouth(turn: Turn, rules: Rules, situation: Situation) -> Turn:
    """The turn with a task to say what it says, if there is no chat to send it to."""
    case = turn.case
    if case is None or not is_far(case.chat):
        return turn
    kept = tuple(one for one in turn.actions if not _only_for_chats(one))
    if not any(isinstance(one, Say) for one in kept):
        return replace(turn, actions=kept)
    by = due(rules, "first_human", case.severity, situation.now, case.queue)
    holder = case.holder if case.control is Control.HUMAN else None
    wanted = Task(
        id="",
        kind=TaskKind.TELL,
        what="",
        owner=holder.name if holder else "",
        owner_id=holder.id if holder else None,
        made_at=situation.now,
        due_at=by,
    )
    case, _, timers = tasked(case, wanted, rules)
    return replace(turn, case=case, actions=(*kept, *timers, ShowCard()))


def to_be_said(sheet: Sheet, event: AgentWrote) -> None:
    """A colleague's words for a complainant without a chat: they have to say them, and note that they did."""
    if event.media is not None or not event.text.strip():
        sheet.tell("heard_how", key="heard_how", far=True)
        return
    theirs = not handed_on(sheet.by, sheet.case)
    if theirs:
        take(sheet)
    waiting = sheet.case.open_escalation if theirs else None
    wanted = Task(
        id="",
        kind=TaskKind.TELL,
        what=event.text,
        owner=sheet.by.name,
        owner_id=sheet.by.id,
        made_at=sheet.at,
        due_at=due(sheet.scene.rules, "first_human", sheet.case.severity, sheet.at, sheet.case.queue),
        promise_id=waiting.promise_id if waiting else None,
    )
    sheet.case, task, timers = tasked(sheet.case, wanted, sheet.scene.rules)
    sheet.actions += timers
    rows, fields = ((Button("told", "told", task.id),),), said_fields(sheet, task)
    sheet.add(Tell(name="tell_them", fields=fields, buttons=rows))
    sheet.show_card()


def said_fields(sheet: Sheet, task: Task) -> dict[str, object]:
    """What a line about words to be said may say."""
    case = sheet.case
    return {
        "words": task.what,
        "channel": case.channel,
        "phone": case.facts.phone,
        "contact": case.facts.contact,
        "until": task.due_at,
    }


def told(sheet: Sheet, value: str = "") -> None:
    """The words were said: they are in the record from now on, with who said them."""
    task = next((one for one in sheet.case.open_tasks if one.id == value and one.kind is TaskKind.TELL), None)
    if task is None:
        sheet.notice("notice_late")
        sheet.strip()
        return
    sheet.notice("notice_done")
    sheet.strip()
    say_now(sheet, task)
    sheet.show_card()


def say_now(sheet: Sheet, task: Task) -> None:
    """Mark the words of this task as said."""
    sheet.case, timers = ended(sheet.case, task, TaskState.DONE, sheet.case.channel, sheet.at)
    sheet.actions += timers
    waiting = sheet.case.open_escalation
    if waiting is not None and waiting.promise_id == task.promise_id:
        sheet.answer_escalation()
    if (place := sheet.scene.pressed) is not None:
        sheet.add(Relay(source=place, to_customer=True, text=task.what, by=sheet.by.name))
    if all(one.text != task.what for one in sheet.case.promises):
        bind(sheet, task.what, place, by=sheet.by.name)
    sheet.remark("said", task.id)


def contact(sheet: Sheet, argument: str = "") -> None:
    """`/contact 138…`: how to reach them, where nobody knew it yet."""
    words = log_words(f"{argument}\n-") if argument.strip() else LogWords()
    if not (words.phone or words.other or words.name):
        sheet.tell("contact_how", key="contact_how")
        return
    facts = _reached(sheet, words)
    name = words.name or sheet.case.customer.name
    customer = replace(sheet.case.customer, name=name) if is_far(sheet.case.chat) else sheet.case.customer
    sheet.change(facts=facts, customer=customer)
    sheet.remark("contact_noted")
    sheet.tell("contact_noted", by=sheet.by.name, phone=facts.phone, contact=facts.contact)
    sheet.show_card()


def _reached(sheet: Sheet, words: LogWords) -> Facts:
    """What is known, with how to reach them."""
    facts = sheet.case.facts
    return replace(facts, phone=words.phone or facts.phone, contact=words.other or facts.contact)


def how_heard(sheet: Sheet, _argument: str = "") -> None:
    """`/heard` without words, or where a chat says by itself what they said."""
    sheet.tell("heard_how", key="heard_how", far=is_far(sheet.case.chat))


ACTS: Final = Acts(
    commands={HEARD: Act(Right.NOTE, how_heard), "contact": Act(Right.TASK, contact)},
    presses={"told": Act(Right.DONE, told)},
)

"""Joins a logged case to its complainant's own chat, by a link and a colleague's confirmation (S120).

A link can be passed on or found, so it proves nothing about its holder: a colleague confirms who opened it before
anything of the case is told. It is valid for a week, or until the case is joined to a chat.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.complaint.actions import Button, Relay, Situation, Tell, Turn
from bot.complaint.case import Case, Facts, Person
from bot.complaint.channels import is_far
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import TaskKind, TaskState
from bot.complaint.doors import OWN_CHAT
from bot.complaint.events import AgentWrote, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId
from bot.complaint.links import Link
from bot.desk.acts import Act, Acts
from bot.desk.audit import deed
from bot.desk.notes import order_of
from bot.desk.presses import Press, read_press
from bot.desk.refusing import allowed, refuse
from bot.desk.rights import Refused, Right, may
from bot.desk.sheet import Sheet, scene_of
from bot.desk.tasks.pledging import bind
from bot.policy.rules import Rules
from bot.policy.several import turned_to
from bot.policy.tasking import ended

LINK: Final = "link"
YES, NO = "join_yes", "join_no"
SOURCE: Final = "join"
"""The source named in such links."""
GOOD_FOR: Final = timedelta(days=7)
MOST_GUESTS: Final = 5


@dataclass(frozen=True, slots=True)
class WayIn:
    """The link that opens the chat, and its QR code as base64 of a PNG."""

    address: str
    code: str


def wants_link(event: Event) -> bool:
    """Whether a colleague asks for the link to the case in whose topic they write."""
    order = order_of(event.text) if isinstance(event, AgentWrote) else None
    return order is not None and order.name == LINK


def answer_of(event: Event) -> Press | None:
    """A colleague's word on somebody who opened the link."""
    press = read_press(event.data) if isinstance(event, Pressed) else None
    return press if press is not None and press.act in (YES, NO) else None


def link_to(case: Case, situation: Situation) -> Link:
    """What the link says: the case, and until when it is good."""
    until = int((situation.now + GOOD_FOR).timestamp())
    return Link(case=case.no, source=SOURCE, ref=str(until))


def is_good(link: Link | None, case: Case | None, situation: Situation) -> bool:
    """Whether this link is still valid for that case."""
    if link is None or case is None or link.source != SOURCE or not link.ref.isdecimal():
        return False
    waits = is_far(case.chat) and case.is_open and case.retired_at is None
    return waits and case.no == link.case and situation.now.timestamp() <= int(link.ref)


def linked(
    event: AgentWrote,
    case: Case,
    talk: Conversation,
    way: WayIn,
    *,
    rules: Rules,
    situation: Situation,
) -> Turn:
    """The turn in which a colleague gets the link, and its code to be shown, if they may."""
    sheet = Sheet(case, talk, scene_of(event, rules, situation))
    if allowed(sheet, Right.DONE, str(event.message)):
        until = situation.now + GOOD_FOR
        fields = {"address": way.address, "until": until, "channel": case.channel}
        sheet.add(Tell(name="join_link", fields=fields, picture=way.code))
        sheet.remark("join_link")
    return deed(Right.DONE, case, sheet.turn(), situation, refused=sheet.refused)


def opened_by(case: Case, guest: Person) -> tuple[Case, Tell]:
    """The case with somebody who opened its link, and the question to its topic."""
    others = tuple(one for one in case.guests if one.id != guest.id)
    case = case.evolve(guests=(*others, guest)[-MOST_GUESTS:])
    rows = ((Button(YES, YES, str(guest.id)), Button(NO, NO, str(guest.id))),)
    fields = {"name": guest.name, "username": guest.username, "known": case.customer.name}
    return case, Tell(name="join_wanted", fields=fields, buttons=rows, key=f"join:{guest.id}")


def guest_of(case: Case, press: Press) -> Person | None:
    """The person that the button is about."""
    return next((one for one in case.guests if str(one.id) == press.value), None)


def joined(
    event: Pressed,
    case: Case,
    talks: tuple[Conversation, Conversation],
    *,
    rules: Rules,
    situation: Situation,
) -> Turn:
    """The turn in which the case comes into the chat; `talks` are what stood in for it, and the chat itself."""
    press = answer_of(event)
    guest = guest_of(case, press) if press is not None else None
    pressed = scene_of(event, rules, situation)
    # a colleague whose own complaint it is says nothing in it, so neither whose it is
    answer = may(situation.colleague, Right.DONE, case.evolve(customer=guest or case.customer))
    if press is None or guest is None or isinstance(answer, Refused) or press.act == NO:
        return _not_joined(Sheet(case, turned_to(talks[0], case), pressed), guest, answer)
    stood_in, chat = talks
    after = case.evolve(
        chat=ChatId(int(guest.id)),
        customer=guest,
        facts=_with_name(case, guest),
        guests=(),
        door=OWN_CHAT,
    )
    sheet = Sheet(after, _moved(stood_in, chat, case), pressed)
    sheet.notice("notice_done")
    sheet.strip()
    due = after.open_promises[0].due_at if after.open_promises else None
    sheet.say("arrival/joined", points=list(after.story[-4:]), due=due)
    _say_what_waited(sheet)
    sheet.tell("joined", by=sheet.by.name, name=guest.name)
    sheet.remark("joined", guest.name)
    sheet.show_card()
    return deed(Right.DONE, case, sheet.turn(), situation, asked=LINK)


def _with_name(case: Case, guest: Person) -> Facts:
    """What is known, with the name that was logged if theirs is another."""
    written = case.customer.name
    return replace(case.facts, logged_name=written if written not in ("?", guest.name) else None)


def _not_joined(sheet: Sheet, guest: Person | None, answer: object) -> Turn:
    """Refused, unknown, or it is not them: nothing of the case is told."""
    before, situation = sheet.case, sheet.scene.situation
    if isinstance(answer, Refused):
        refuse(sheet, Right.DONE, answer.reason, "join")
    elif guest is None:
        sheet.notice("notice_late")
    else:
        sheet.notice("notice_done")
        sheet.strip()
        sheet.change(guests=tuple(one for one in sheet.case.guests if one.id != guest.id))
        sheet.remark("join_refused", guest.name)
    return deed(Right.DONE, before, sheet.turn(), situation, refused=sheet.refused)


def _moved(stood_in: Conversation, chat: Conversation, case: Case) -> Conversation:
    """The complainant's chat, now talking about this case; other open cases there are parked."""
    own = turned_to(stood_in, case).evolve(
        chat=chat.chat, parked=(), turns=0, visits=(), choices=(), version=0, spoken_of=None
    )
    with_it = chat.evolve(parked=(own, *(one for one in chat.parked if one.case_no != case.no)))
    if chat.case_no is None:
        return own.evolve(
            parked=chat.parked,
            language=chat.language,
            language_chosen=chat.language_chosen,
            turns=max(chat.turns, chat.turn, own.turn),
            door=chat.door,
            visits=chat.visits,
            version=chat.version,
        )
    return turned_to(with_it, case)


def _say_what_waited(sheet: Sheet) -> None:
    """Send in the chat what a colleague still had to say by phone."""
    waiting = [one for one in sheet.case.open_tasks if one.kind is TaskKind.TELL]
    for task in waiting:
        sheet.case, timers = ended(sheet.case, task, TaskState.DONE, "chat", sheet.at)
        sheet.actions += timers
    told = {one.text for one in sheet.case.promises}
    words = "\n\n".join(one.what for one in waiting if one.what and one.what not in told)
    if words and sheet.scene.pressed is not None:
        sheet.add(Relay(source=sheet.scene.pressed, to_customer=True, text=words, by=sheet.by.name))
        bind(sheet, words, sheet.scene.pressed, by=sheet.by.name)


def _elsewhere(sheet: Sheet, _argument: str = "") -> None:
    sheet.tell("join_how", key="join_how")


ACTS: Final = Acts(commands={LINK: Act(Right.LOOK, _elsewhere)})

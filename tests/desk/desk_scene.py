"""A desk with two agents, a stranger and one case: what the tests of the desk talk about."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.complaint.actions import Action, Relay, Say, Situation, Tell, Turn
from bot.complaint.case import (
    Case,
    Control,
    Escalation,
    Facts,
    Fulfilment,
    Person,
    Promise,
    Queue,
    Severity,
    Status,
)
from bot.complaint.colleagues import Colleague, Role
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import AgentEdited, AgentReacted, AgentWrote, Media, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, ChatId, MessageId, ThreadId, UserId
from bot.complaint.reading import RemedyKind
from bot.desk import act, press_data
from bot.desk.acting import AgentEvent
from bot.policy.rules import Rules

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
"""Wednesday, ten in the morning in Shanghai."""
DESK = ChatId(-1001)
THREAD = ThreadId(77)
NO = CaseNo("583-2716")
ZHANG = Person(id=UserId(501), name="张三")
LI = Person(id=UserId(11), name="李")
WANG = Person(id=UserId(12), name="王")
STRANGER = Person(id=UserId(99), name="路人")
RULES = Rules()
PHOTO = Media(kind="photo", file_id="f", unique_id="u")

T = TypeVar("T")


def promise(number: int = 1, kind: str = "person_answers", *, hours: float = 4) -> Promise:
    """A promise made just now."""
    due = NOW + timedelta(hours=hours)
    return Promise(id=f"p{number}", kind=kind, text="", owner="general", made_at=NOW, due_at=due)


def refund(number: int = 1, *, promise_id: str | None = "p2") -> Fulfilment:
    """An agreed refund, not yet carried out."""
    return Fulfilment(
        id=f"f{number}",
        kind=RemedyKind.REFUND_FULL,
        owner="general",
        due_at=NOW + timedelta(days=2),
        worth=Cents(159_00),
        promise_id=promise_id,
    )


def quiet_case(**changes: object) -> Case:
    """A case that the bot has, shown at the desk."""
    case = Case(
        no=NO,
        chat=ChatId(501),
        customer=ZHANG,
        opened_at=NOW,
        status=Status.COLLECTING,
        severity=Severity.SEV3,
        queue=Queue.GENERAL,
        facts=Facts(product="面包", issue=("发霉",)),
        story=("面包刚买就发霉了",),
        at_desk=True,
    )
    return case.evolve(**changes)


def waiting_case(**changes: object) -> Case:
    """A case that was handed over and waits for a person, promised within four hours."""
    handed = Escalation(id="e1", at=NOW, reason="wants_person", queue=Queue.GENERAL, promise_id="p1")
    case = quiet_case(control=Control.QUEUED, promises=(promise(),), escalations=(handed,))
    return case.evolve(**changes)


def held_case(**changes: object) -> Case:
    """A case that Li has, and answered."""
    return quiet_case(control=Control.HUMAN, holder=LI).evolve(**changes)


def a_talk(**changes: object) -> Conversation:
    """The complainant's talk about the case."""
    return Conversation(
        chat=ChatId(501), case_no=NO, step=Step.WITH_PEOPLE, said=("opening",), turn=3
    ).evolve(**changes)


def wrote(text: str, by: Person = LI, message: int = 1, **more: object) -> AgentWrote:
    """Words in the case's topic."""
    return replace(
        AgentWrote(at=NOW, chat=DESK, sender=by, message=MessageId(message), text=text, thread=THREAD),
        **more,  # type: ignore[arg-type]
    )


def edited(text: str, by: Person = LI, message: int = 1) -> AgentEdited:
    """A message in the topic, changed."""
    return AgentEdited(at=NOW, chat=DESK, sender=by, message=MessageId(message), text=text, thread=THREAD)


def reacted(emoji: str, by: Person = LI, message: int = 1) -> AgentReacted:
    """A reaction in the topic."""
    return AgentReacted(at=NOW, chat=DESK, sender=by, message=MessageId(message), emoji=emoji)


def pressed(deed: str, value: str = "", by: Person = LI, no: CaseNo = NO) -> Pressed:
    """A button of the desk, pressed."""
    data = press_data(deed, value, no)
    return Pressed(at=NOW, chat=DESK, sender=by, message=MessageId(900), query="q1", data=data, thread=THREAD)


def situation(now: datetime = NOW, by: Colleague | None = None, **more: object) -> Situation:
    """What the edge knows; `by` is who acts, None for a stranger."""
    known = Situation(
        now=now, fresh_case_no=CaseNo("000-0000"), desk=DESK, where=DESK, thread=THREAD, colleague=by
    )
    return replace(known, **more)  # type: ignore[arg-type]


def colleague_of(event: AgentEvent, role: Role) -> Colleague | None:
    """Who acts, as the roster has them."""
    sender = getattr(event, "sender", None)
    return Colleague(id=sender.id, name=sender.name, role=role) if sender is not None else None


def do(
    event: AgentEvent,
    case: Case | None,
    talk: Conversation | None = None,
    *,
    member: bool = True,
    now: datetime = NOW,
    role: Role = Role.AGENT,
    went_out: bool = True,
    **known: object,
) -> Turn:
    """What the event does to the case; `known` is what else the edge knows of it.

    `went_out` tells of a changed message whether it ever went to the complainant.
    """
    talk = talk if talk is not None or case is None else a_talk()
    by = colleague_of(event, role) if member else None
    known_now = situation(now, by, **known)
    return act(event, case, talk, rules=RULES, situation=known_now, carried=went_out)


def done_to(turn: Turn) -> Case:
    """The case after a turn."""
    assert turn.case is not None
    return turn.case


def talk_of(turn: Turn) -> Conversation:
    """The talk after a turn."""
    assert turn.conversation is not None
    return turn.conversation


def of(turn: Turn, kind: type[T]) -> list[T]:
    """The actions of one kind."""
    return [one for one in turn.actions if isinstance(one, kind)]


def said(turn: Turn) -> list[str]:
    """The replies that the complainant is given."""
    return [one.name for one in of(turn, Say)]


def told(turn: Turn) -> list[str]:
    """The lines that the desk is given."""
    return [one.name for one in of(turn, Tell)]


def carried(turn: Turn) -> list[str]:
    """The agent's words that go to the complainant."""
    return [one.text for one in of(turn, Relay) if one.to_customer]


def reaches_customer(action: Action) -> bool:
    """Whether the complainant will see anything of this."""
    return isinstance(action, Say) or (isinstance(action, Relay) and action.to_customer)

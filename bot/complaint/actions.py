"""Actions: what a turn asks to be done. They name replies and never hold words."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum

from msgspec import Struct, field

from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Deed
from bot.complaint.events import Media
from bot.complaint.handing import Enclose as Enclose  # noqa: PLC0414 - actions like the others
from bot.complaint.handing import HandOver as HandOver  # noqa: PLC0414
from bot.complaint.handing import HandPrivately as HandPrivately  # noqa: PLC0414
from bot.complaint.handing import Recall as Recall  # noqa: PLC0414
from bot.complaint.handing import TakeDown as TakeDown  # noqa: PLC0414
from bot.complaint.ids import CaseNo, ChatId, MessageId, MessageRef, ThreadId
from bot.complaint.situations import Situation as Situation  # noqa: PLC0414 - a turn and its situation go together


class Lane(IntEnum):
    """What goes first when not all can go."""

    ALARM = -1
    """Calls people to danger: phones ring."""
    URGENT = 0
    FIRST = 1
    TALK = 2
    DESK = 3
    REST = 4


class Button(Struct, frozen=True):
    """A button by its name in `replies/<lang>/buttons.toml`, and what a press of it says.

    `act` is the word after which the press is routed; `value` its optional parameter. `kind` `contact` asks
    for the phone number with Telegram's own contact button; `url` opens an address.
    """

    name: str
    act: str = ""
    value: str = ""
    kind: str = "press"
    url: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)


Rows = tuple[tuple[Button, ...], ...]


class Say(Struct, frozen=True, kw_only=True):
    """Tell the complainant: the reply `name` (`<step>/<reply>`), filled with `fields`."""

    name: str
    fields: Mapping[str, object] = field(default_factory=dict)
    buttons: Rows = ()
    lane: Lane = Lane.TALK
    once: bool = False
    """The reply is given only once in a case."""
    by: str = ""
    """The colleague whose words these are (a canned line); empty where the bot speaks."""
    source: MessageRef | None = None
    """Where a colleague asked for them: their side of it, for answers and for taking it back."""
    answers: MessageRef | None = None
    """In a group: the message that it answers."""
    thread: ThreadId | None = None
    """In a forum: the topic in which that stood."""


class DropTopic(Struct, frozen=True, kw_only=True):
    """Delete the case's topic with all that stands in it: the case is anonymous."""

    case_no: CaseNo
    desk: ChatId | None


class Tell(Struct, frozen=True, kw_only=True):
    """Tell the desk, in the case's topic (or in General when `general`): the reply `desk/<name>`."""

    name: str
    fields: Mapping[str, object] = field(default_factory=dict)
    buttons: Rows = ()
    lane: Lane = Lane.DESK
    general: bool = False
    chat: ChatId | None = None
    """In which of the desk's groups; None is the one where the case, or the asker, is."""
    calls: tuple[Colleague, ...] = ()
    """Who is called by name, so that their phones ring."""
    private_to: Colleague | None = None
    """Answers what this one asked: in their language."""
    answers: MessageRef | None = None
    """The message that asked: this one points at it."""
    thread: ThreadId | None = None
    """With `general`: the topic in which it was asked; None is General."""
    instead_of: MessageRef | None = None
    """A message of ours that changes to this in its place (a page is turned)."""
    about: CaseNo | None = None
    """Whose case the buttons are for, where the turn itself has none."""
    key: str | None = None
    """Letters with the same key that still wait are replaced by the newest."""
    picture: str | None = None
    """A picture that the words stand under: base64 of a PNG."""
    quiet: bool = False
    """No phone rings for it."""
    place: str | None = None
    """Stands in one place, sent once and changed ever after; the line has its name as key."""


class ShowCard(Struct, frozen=True, kw_only=True):
    """Bring the case's card at the desk up to date; opens the topic at the first time."""

    lane: Lane = Lane.DESK


class Relay(Struct, frozen=True, kw_only=True):
    """Carry a message over, both ways: what `source` is in one chat appears in the other.

    `to_customer` tells the direction. Text goes as text, so that several may be merged; media are copied.
    """

    source: MessageRef
    to_customer: bool
    text: str = ""
    media: Media | None = None
    album: str | None = None
    reply_to: MessageRef | None = None
    by: str = ""
    edited: bool = False
    formatted: bool = False
    """The text is carried as a copy, since it is more than plain words."""
    html: str = ""
    """The text with its marks, for words that are changed or cannot go as a copy; empty where it is plain."""
    insults: tuple[str, ...] = ()
    """Words in it that are folded where agents read it."""
    hidden: bool = False
    """Something in the words was hidden: they may not stand under a copy as they were sent."""
    markable: bool = False
    """It may be medical or bank data: a button under the copy puts it away."""
    lane: Lane = Lane.TALK


class React(Struct, frozen=True, kw_only=True):
    """Show the same reaction on the other side's copy of a message; an empty emoji takes it away."""

    source: MessageRef
    to_customer: bool
    emoji: str


class AnswerPress(Struct, frozen=True, kw_only=True):
    """Answer a button press, so that its waiting sign stops; `name` is a reply shown as a notice."""

    query: str
    name: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    alert: bool = False


class StripButtons(Struct, frozen=True, kw_only=True):
    """Take the buttons off a message whose question is answered."""

    message: MessageRef


class Unsend(Struct, frozen=True, kw_only=True):
    """Take back an agent's message: the complainant's copy of `source` is deleted, the timeline keeps it."""

    source: MessageRef
    by: str = ""
    text: str = ""


class MoveTopic(Struct, frozen=True, kw_only=True):
    """The case goes to another of the desk's groups: its topic is closed here and a new one opens there.

    The case's own `desk` is already the new one; `before` is the group that it leaves (None: the common desk).
    """

    before: ChatId | None


class CloseTopic(Struct, frozen=True, kw_only=True):
    """Close the case's topic (or reopen it)."""

    reopen: bool = False
    chat: ChatId | None = None
    """In which of the desk's groups; None is the one where the case is."""


class ShowTyping(Struct, frozen=True, kw_only=True):
    """Show the complainant that an answer is being prepared. Not worth keeping over a restart."""


class SetTimer(Struct, frozen=True, kw_only=True):
    """Wake this case at `due` with `kind`. One timer a key: setting it again moves it."""

    kind: str
    key: str
    due: datetime
    case_no: CaseNo | None = None
    """Another case than the one of this turn (where two are merged)."""


class CancelTimer(Struct, frozen=True, kw_only=True):
    """Forget the case's timer with this key, if it has not come."""

    key: str
    case_no: CaseNo | None = None


class Remark(Struct, frozen=True, kw_only=True):
    """A line in the case's own history that nobody is sent: what was done, by whom, and why."""

    what: str
    by: str = "system"
    why: str = ""
    message: MessageId | None = None
    """The complainant's message that it is about, where there is one."""


Action = (
    Say
    | Enclose
    | HandOver
    | HandPrivately
    | Recall
    | TakeDown
    | DropTopic
    | Tell
    | ShowCard
    | Relay
    | React
    | Unsend
    | AnswerPress
    | StripButtons
    | CloseTopic
    | MoveTopic
    | ShowTyping
    | SetTimer
    | CancelTimer
    | Remark
)


class Turn(Struct, frozen=True, kw_only=True):
    """The outcome of one event: the next talk, the next case, and what to do, in order."""

    conversation: Conversation | None
    case: Case | None
    actions: tuple[Action, ...] = ()
    others: tuple[Case, ...] = ()
    """Other cases that this event changed with it (two that are merged)."""
    deeds: tuple[Deed, ...] = ()
    """What people did or tried, for the audit."""
    colleagues: tuple[Colleague, ...] = ()
    """Whose standing at the desk it changed."""

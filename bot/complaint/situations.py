"""What the office looks up for an event and hands to the pure packages."""

from datetime import datetime

from msgspec import Struct, field

from bot.complaint.case import Case, Order
from bot.complaint.colleagues import Colleague, Roster
from bot.complaint.deskwork import CannedLine, Quoted, Theirs, Waiting
from bot.complaint.ids import CaseNo, ChatId, ThreadId
from bot.complaint.incidents import Incident
from bot.complaint.links import Link


class Situation(Struct, frozen=True, kw_only=True):
    """Everything a turn needs that is neither in the talk nor in the case."""

    now: datetime
    fresh_case_no: CaseNo
    """Used only when this event opens a case."""
    moved_to: str | None = None
    """At the desk: it happened in a topic that the case has left; the address of the one where it is now."""
    line: tuple[Waiting, ...] = ()
    """Every case that waits for a person, the most urgent first, where that matters for the turn."""
    goodwill_used: int = 0
    """Goodwill gestures this customer got in the period of the cap."""
    desk: ChatId = ChatId(0)
    """The common desk's group."""
    where: ChatId = ChatId(0)
    """At the desk: the group in which it happened."""
    thread: ThreadId | None = None
    """At the desk: the topic in which it happened; None is General."""
    colleague: Colleague | None = None
    """At the desk: who acts; None for a stranger to its groups."""
    roster: Roster = field(default_factory=Roster)
    page: str = ""
    """At the desk: the link that opens the supervisor's page; empty where there is none."""
    other_cases: tuple[Case, ...] = ()
    """The complainant's other cases, open or closed within the period of the caps, newest first."""
    quoted: Quoted | None = None
    """At the desk: the colleague's message that a command answers."""
    theirs: Theirs | None = None
    """The complainant's message that is opened or marked."""
    canned: tuple[CannedLine, ...] = ()
    """The ready lines as they would read in this case; looked up when they are asked for."""
    named_case: Case | None = None
    """The case that a command names, if there is one of that number."""
    order: Order | None = None
    """The order in the brand's order book that the words named."""
    link: Link | None = None
    """What a link that opened the chat brought along."""
    incident: Incident | None = None
    """The incident that a timer of the case is about."""

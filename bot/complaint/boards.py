"""Queries over many cases, for the desk and for exports: what to look for, and what was found."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from bot.complaint.axes import Queue, Status
from bot.complaint.ids import CaseNo, UserId


class Board(StrEnum):
    """The lists that can be asked for, each with an order of its own."""

    QUEUE = "queue"
    """Cases that wait for a person: by queue, the gravest first, then the oldest (S89)."""
    MINE = "mine"
    """Cases that somebody has, the next due first."""
    FIND = "find"
    """Cases that a number, a name or words lead to, the newest first."""
    TASKS = "tasks"
    """Open tasks, the next due first."""
    PROMISES = "promises"
    """Open promises, the next due first."""
    SUGGESTIONS = "suggestions"
    """Suggestions whose fate is open, or all; the newest first."""


class Filter(Struct, frozen=True, kw_only=True):
    """The filter of a list; an empty field does not narrow it."""

    board: Board
    person: UserId | None = None
    """Whose cases, tasks or promises."""
    queue: Queue | None = None
    words: str = ""
    hidden: tuple[Queue, ...] = ()
    """Queues of groups that whoever asks does not belong to; what is theirs alone is shown wherever it is."""
    besides: tuple[CaseNo, ...] = ()
    """Cases that are left out, of the counts too: those about whoever asks."""
    legal: bool = False
    """They are of the legal trade: notices of authorities that nobody has are theirs."""


class Hit(Struct, frozen=True, kw_only=True):
    """One line of a board."""

    case_no: CaseNo
    ref: str = ""
    """Which of the case's tasks or promises."""
    words: str = ""
    """What was said in which the words were found."""
    since: datetime | None = None
    """For cases that wait: since when."""


class Hits(Struct, frozen=True, kw_only=True):
    """A page of a list, and the number of all hits."""

    rows: tuple[Hit, ...] = ()
    total: int = 0
    by_queue: Mapping[Queue, int] = field(default_factory=dict)
    """How many wait in each queue that has any."""


class Selection(Struct, frozen=True, kw_only=True):
    """Which cases are exported; an empty field does not narrow it."""

    since: datetime | None = None
    """The first moment at which it may have been opened …"""
    until: datetime | None = None
    """… and the first at which it may not."""
    queue: Queue | None = None
    status: Status | None = None
    customer: UserId | None = None
    products: tuple[str, ...] = ()
    """Any of these names."""


class Show(StrEnum):
    """Which open cases a supervisor looks at."""

    ALL = "all"
    LATE = "late"
    """Something promised was due before now."""
    WAITING = "waiting"
    """Nobody has taken it yet."""
    GRAVE = "grave"
    """The two upper severities."""
    MINE = "mine"
    """Those that the one who looks has."""


class Outlook(Struct, frozen=True, kw_only=True):
    """A query of the supervisor's page: the moment, who looks, and which open cases."""

    now: datetime
    person: UserId
    show: Show = Show.ALL
    queue: Queue | None = None
    """None looks at all queues."""
    besides: tuple[CaseNo, ...] = ()
    """Cases that are left out: those about whoever looks."""


Tally = Mapping[Queue, Mapping[Show, int]]
"""Open cases of each kind by queue; queues without any are missing."""

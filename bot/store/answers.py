"""The types that a store returns."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, ThreadRef
from bot.complaint.letters import LetterKind, Outcome
from bot.complaint.records import Entry, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a round of the clerk starts from, read at one moment.

    A record that cannot be decoded is missing from `conversations` or `cases` and named, with the reason, in
    `unreadable_conversations` or `unreadable_cases`: it spoils its own chat only.
    """

    conversations: Mapping[ChatId, Conversation]
    cases: Mapping[CaseNo, Case]
    threads: Mapping[ThreadRef, Topic]
    """The topics that were asked about."""
    unreadable_conversations: Mapping[ChatId, str]
    unreadable_cases: Mapping[CaseNo, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The outcome of the letter that carried a timeline line."""

    outcome: Outcome
    message: MessageId | None
    sent_at: datetime | None
    """When the outcome was known; None while the letter waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """A timeline line, and its delivery if we sent it."""

    entry: Entry
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentToGroup:
    """A letter sent to a group a short time ago."""

    chat: ChatId
    kind: LetterKind
    parts: int
    """Messages of an album; else 1."""
    at: datetime | None
    """When the answer came; None if none has come yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A commit of another replica. It may announce too much, never too little."""

    arrivals: bool = False
    """There is something in the inbox."""
    letters: LetterId | None = None
    """There are letters with this number and higher ones: `waiting(after=letters - 1)`."""
    timers: bool = False
    """Timers were set."""
    files: bool = False
    """Files are wanted."""
    moved: tuple[ChatId, ChatId] | None = None
    """A group of the desk has another id: the old one and the new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """The other live replicas."""

    present: bool = False
    """Whether there is any that would take a post."""
    posts: frozenset[str] = frozenset()
    """The posts that they hold."""


def always() -> bool:
    """For stores without replicas: the post is always held."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Post:
    """A duty of exactly one replica (`poller`, `courier`, `watch`), held by this one."""

    name: str
    lost: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is no longer held: at once stop what it stands for, and `hold` it anew."""
    shared: bool = False
    """Whether there may be other replicas at all."""
    sure: Callable[[], bool] = always
    """Whether no other replica can have it yet, by the clock."""

    @property
    def held(self) -> bool:
        """Whether it is certainly still held; checked before anything that cannot be undone."""
        return not self.lost.is_set() and self.sure()

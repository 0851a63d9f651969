"""The working copy of a round: talks, cases and other records; a failed row is rolled back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Self, TypeVar

from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague, Roster
from bot.complaint.conversation import Conversation, unbegun
from bot.complaint.deskwork import Deed, FileWanted, Waiting
from bot.complaint.doors import Account
from bot.complaint.endings import with_endings
from bot.complaint.errors import ComplaintError
from bot.complaint.events import Event
from bot.complaint.ids import CaseNo, ChatId, MessageRef, ThreadId, ThreadRef, UserId
from bot.complaint.incidents import Incident, IncidentNo, Linked, Sighting
from bot.complaint.lessons import Lesson, LessonNo, Mark
from bot.complaint.letters import Letter
from bot.complaint.records import Entry, InboxRow, Joined, Round, Timer, Topic
from bot.office.booking.turns import Booked
from bot.office.lookup.concerned import beside, concerned, reacted_to
from bot.office.outgoing.albums import as_albums
from bot.policy.consents import let_go
from bot.store.port import State, Store

K = TypeVar("K")
V = TypeVar("V")


class Unreadable(ComplaintError):
    """A stored talk or case cannot be read."""


@dataclass(slots=True)
class Worksheet:
    """The working copy. A row's changes are kept when it succeeds, and dropped when it fails."""

    state: State
    desk: ChatId
    """The common desk's group."""
    desks: frozenset[ChatId]
    """Every group of the desk."""
    talks: dict[ChatId, Conversation]
    mirrors: dict[MessageRef, MessageRef]
    """For reactions at the desk: the complainant's side of the message."""
    cases: dict[CaseNo, Case]
    spares: list[CaseNo] = field(default_factory=list)
    """Numbers that no case had when the round began."""
    changed_talks: dict[ChatId, None] = field(default_factory=dict)
    """Those that are to be written, in the order in which they changed."""
    changed_cases: dict[CaseNo, None] = field(default_factory=dict)
    joined: dict[CaseNo, Joined] = field(default_factory=dict)
    retired: dict[CaseNo, None] = field(default_factory=dict)
    shed: dict[tuple[CaseNo, str], None] = field(default_factory=dict)
    """Files that cases of this round let go of."""
    letters: list[Letter] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    timers: dict[tuple[CaseNo, str], Timer | None] = field(default_factory=dict)
    typing: list[ChatId] = field(default_factory=list)
    later: list[tuple[InboxRow, Exception]] = field(default_factory=list)
    desk_moved: tuple[ChatId, ChatId] | None = None
    goodwill: dict[UserId, int] = field(default_factory=dict)
    """What was looked up for the whole round: gestures that these customers have had."""
    line: tuple[Waiting, ...] | None = None
    """Who waited for people when it was first asked for; nobody joins them before the round is written."""
    roster: Roster | None = None
    """Who works at the desk, once it was looked up."""
    deeds: list[Deed] = field(default_factory=list)
    colleagues: dict[UserId, Colleague] = field(default_factory=dict)
    files: list[FileWanted] = field(default_factory=list)
    incidents: dict[IncidentNo, Incident] = field(default_factory=dict)
    """As they were read, or have become."""
    changed_incidents: dict[IncidentNo, None] = field(default_factory=dict)
    sightings: dict[CaseNo, Sighting] = field(default_factory=dict)
    """What this round has seen."""
    links: dict[CaseNo, Linked] = field(default_factory=dict)
    lessons: dict[LessonNo, Lesson] = field(default_factory=dict)
    """Those that this round has changed."""
    marks: dict[tuple[str, CaseNo], Mark] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    """The brand's own accounts that this round has changed, by their doors."""
    at_end: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What is said once for the whole round, however many rows changed it; of one name the last counts."""
    _before: list[Callable[[], object]] = field(default_factory=list)
    """How what the row in hand has put down is taken back."""

    @classmethod
    async def lay_out(
        cls,
        store: Store,
        events: Iterable[Event],
        desk: ChatId,
        numbers: Callable[[int], list[CaseNo]] = lambda _count: [],
        other_desks: frozenset[ChatId] = frozenset(),
    ) -> Self:
        """Load everything that these events are about, in at most two queries."""
        events = list(events)
        desks = other_desks | {desk}
        chats, cases, threads = concerned(events, desks)
        drawn = numbers(len(chats))
        mirrors = await reacted_to(store, events)
        chats |= {ref.chat for ref in mirrors.values()}
        state = await store.state(chats=chats, cases=cases.union(drawn), threads=threads)
        talks, known = dict(state.conversations), dict(state.cases)
        spares = [one for one in drawn if one not in known and one not in state.unreadable_cases]
        missing = {case.chat for case in known.values()} - set(talks) - chats
        others = beside(talks.values(), known.values()) - set(known) - set(state.unreadable_cases)
        if missing or others:
            more = await store.state(chats=missing, cases=others, threads=())
            talks |= more.conversations
            known = dict(more.cases) | known
        return cls(
            state=state, desk=desk, desks=desks, talks=talks, cases=known, mirrors=mirrors, spares=spares
        )

    def talk(self, chat: ChatId) -> Conversation:
        """The talk in a chat; a new one if there was none.

        Raises:
            Unreadable: it is stored in a form that cannot be read.
        """
        if chat in self.state.unreadable_conversations:
            raise Unreadable(self.state.unreadable_conversations[chat])
        return self.talks.get(chat) or unbegun(chat)

    def case(self, no: CaseNo | None) -> Case | None:
        """A case by its number.

        Raises:
            Unreadable: it is stored in a form that cannot be read.
        """
        if no is not None and no in self.state.unreadable_cases:
            raise Unreadable(self.state.unreadable_cases[no])
        return self.cases.get(no) if no is not None else None

    def case_in(self, chat: ChatId, thread: ThreadId | None) -> Case | None:
        """The case whose topic this is; None in General and in topics of no case.

        Raises:
            Unreadable: the case is stored in a form that cannot be read.
        """
        topic = self.topic(ThreadRef(chat, thread)) if thread is not None else None
        return self.case(topic.case_no) if topic is not None else None

    def beside(self, talk: Conversation | None, case: Case | None) -> tuple[Case, ...]:
        """The complainant's other cases that are open in the chat or stand on this one's card, newest first."""
        parked = tuple(one.case_no for one in talk.parked) if talk is not None else ()
        numbers = dict.fromkeys((*parked, *(case.earlier if case is not None else ())))
        found = [self.cases[no] for no in numbers if no in self.cases and (case is None or no != case.no)]
        return tuple(sorted(found, key=lambda one: one.opened_at, reverse=True))

    def topic(self, ref: ThreadRef | None) -> Topic | None:
        """The case's topic that this is."""
        return self.state.threads.get(ref) if ref is not None else None

    @contextmanager
    def row(self) -> Iterator[None]:
        """Work on one row: if it fails, all its changes are undone."""
        lists: list[list[Any]] = [self.letters, self.entries, self.typing, self.deeds, self.files]
        lengths = [len(one) for one in lists]
        colleagues = dict(self.colleagues)
        self._before.clear()
        try:
            yield
        except BaseException:
            for one, length in zip(lists, lengths, strict=True):
                del one[length:]
            for take_back in reversed(self._before):
                take_back()
            self.colleagues = colleagues
            raise

    def _put(self, where: dict[K, V], key: K, value: V) -> None:
        """Store a value with its undo; copying everything before each row would be too slow."""
        back = partial(where.__setitem__, key, where[key]) if key in where else partial(where.pop, key)
        self._before.append(back)
        where[key] = value

    def keep_talk(self, talk: Conversation) -> None:
        """The talk as it has become."""
        if self.talks.get(talk.chat) != talk:
            self._put(self.talks, talk.chat, talk)
            self._put(self.changed_talks, talk.chat, None)

    def keep_case(self, case: Case, at: datetime | None = None) -> None:
        """The case as it has become at that moment."""
        before = self.cases.get(case.no)
        if before != case:
            case = with_endings(before, case, at)
            if case.retired_at is not None and before is not None and before.retired_at is None:
                self._put(self.retired, case.no, None)
            for name in let_go(before, case):
                self._put(self.shed, (case.no, name), None)
            self._put(self.cases, case.no, case)
            self._put(self.changed_cases, case.no, None)

    def join(self, joined: Joined) -> None:
        """A case that was logged comes into a chat."""
        self._put(self.joined, joined.case_no, joined)

    def keep_incident(self, incident: Incident) -> None:
        """The incident as it has become."""
        self._put(self.incidents, incident.no, incident)
        self._put(self.changed_incidents, incident.no, None)

    def keep_sighting(self, seen: Sighting) -> None:
        """What a case has in common with others, as it now is."""
        self._put(self.sightings, seen.case_no, seen)

    def keep_lesson(self, lesson: Lesson) -> None:
        """The lesson as it has become."""
        self._put(self.lessons, lesson.no, lesson)

    def keep_mark(self, mark: Mark) -> None:
        """How a case of the weekly sample was handled, as it is now scored."""
        self._put(self.marks, (mark.week, mark.case_no), mark)

    def keep_account(self, account: Account) -> None:
        """The account as it has become."""
        self._put(self.accounts, account.door, account)

    def link(self, linked: Linked) -> None:
        """A case becomes a part of an incident, or is none any more."""
        self._put(self.links, linked.case_no, linked)

    @property
    def parts(self) -> dict[CaseNo, IncidentNo | None]:
        """Which incident the cases that this round has linked are a part of."""
        return {no: one.incident if one.on else None for no, one in self.links.items()}

    def keep(self, booked: Booked) -> None:
        """Add the rows that a turn was booked into."""
        self.letters += booked.letters
        self.entries += booked.entries
        for name, timer in booked.timers.items():
            self._put(self.timers, name, timer)
        self.typing += booked.typing
        self.files += booked.files

    def say_at_end(self, name: str, say: Callable[[], None]) -> None:
        """Leave it to the end of the round to say this."""
        self._put(self.at_end, name, say)

    def fill(self, round_: Round) -> None:
        """The round: everything that changed, for one transaction."""
        for say in self.at_end.values():
            say()
        round_.conversations = [self.talks[chat] for chat in self.changed_talks]
        round_.cases = [self.cases[no] for no in self.changed_cases]
        round_.letters = as_albums(self.letters)
        round_.entries = self.entries
        round_.timers = [timer for timer in self.timers.values() if timer is not None]
        round_.cancelled = [name for name, timer in self.timers.items() if timer is None]
        round_.desk_moved = self.desk_moved
        round_.deeds = self.deeds
        round_.colleagues = list(self.colleagues.values())
        round_.files = self.files
        round_.joined, round_.retired = list(self.joined.values()), list(self.retired)
        round_.shed = list(self.shed)
        round_.incidents = [self.incidents[no] for no in self.changed_incidents]
        round_.sightings = list(self.sightings.values())
        round_.linked = list(self.links.values())
        round_.lessons = list(self.lessons.values())
        round_.marks = list(self.marks.values())
        round_.accounts = list(self.accounts.values())

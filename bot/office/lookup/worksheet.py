"""The working copy of a round: talks, cases and other records; a failed row is rolled back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from bot.complaint.case import Case
from bot.complaint.colleagues import Roster
from bot.complaint.conversation import Conversation, unbegun
from bot.complaint.deskwork import Waiting
from bot.complaint.doors import Account
from bot.complaint.endings import with_endings
from bot.complaint.errors import ComplaintError
from bot.complaint.events import Event
from bot.complaint.ids import CaseNo, ChatId, MessageRef, ThreadId, ThreadRef, UserId
from bot.complaint.incidents import Incident, IncidentNo, Linked, Sighting
from bot.complaint.lessons import Lesson, Mark
from bot.complaint.records import Joined, Round, Topic
from bot.office.booking.turns import Booked
from bot.office.lookup.changes import Changes
from bot.office.lookup.concerned import beside, concerned, reacted_to
from bot.policy.consents import let_go
from bot.store.port import State, Store


class Unreadable(ComplaintError):
    """A stored talk or case cannot be read."""


@dataclass(slots=True)
class Worksheet:
    """The working copy: what was read for the round, as it has become, and what is to be written of it."""

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
    together: bool = False
    """Whether rows are being worked step by step beside each other."""
    promised: list[CaseNo] = field(default_factory=list)
    """Numbers that such rows have got for the cases that they may open."""
    goodwill: dict[UserId, int] = field(default_factory=dict)
    """What was looked up for the whole round: gestures that these customers have had."""
    line: tuple[Waiting, ...] | None = None
    """Who waited for people when it was first asked for; nobody joins them before the round is written."""
    roster: Roster | None = None
    """Who works at the desk, once it was looked up."""
    incidents: dict[IncidentNo, Incident] = field(default_factory=dict)
    """As they were read, or have become."""
    changes: Changes = field(default_factory=Changes)
    """What is to be written at the end of the round."""

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

    def row(self) -> AbstractContextManager[None]:
        """Work on one row: if it fails, all its changes are undone."""
        return self.changes.row()

    @contextmanager
    def in_step(self) -> Iterator[None]:
        """Rows are worked beside each other; in the end the numbers that no case of theirs took are free again."""
        self.together = True
        try:
            yield
        finally:
            self.together = False
            self.spares[:0] = [one for one in self.promised if one not in self.cases]
            self.promised.clear()

    def keep_talk(self, talk: Conversation) -> None:
        """The talk as it has become."""
        if self.talks.get(talk.chat) != talk:
            self.changes.put(self.talks, talk.chat, talk)
            self.changes.put(self.changes.talks, talk.chat, None)

    def keep_case(self, case: Case, at: datetime | None = None) -> None:
        """The case as it has become at that moment."""
        before, changes = self.cases.get(case.no), self.changes
        if before != case:
            case = with_endings(before, case, at)
            if case.retired_at is not None and before is not None and before.retired_at is None:
                changes.put(changes.retired, case.no, None)
            for name in let_go(before, case):
                changes.put(changes.shed, (case.no, name), None)
            changes.put(self.cases, case.no, case)
            changes.put(changes.cases, case.no, None)

    def keep_incident(self, incident: Incident) -> None:
        """The incident as it has become."""
        self.changes.put(self.incidents, incident.no, incident)
        self.changes.put(self.changes.incidents, incident.no, None)

    def join(self, joined: Joined) -> None:
        """A case that was logged comes into a chat."""
        self.changes.put(self.changes.joined, joined.case_no, joined)

    def keep_sighting(self, seen: Sighting) -> None:
        """What a case has in common with others, as it now is."""
        self.changes.put(self.changes.sightings, seen.case_no, seen)

    def keep_lesson(self, lesson: Lesson) -> None:
        """The lesson as it has become."""
        self.changes.put(self.changes.lessons, lesson.no, lesson)

    def keep_mark(self, mark: Mark) -> None:
        """How a case of the weekly sample was handled, as it is now scored."""
        self.changes.put(self.changes.marks, (mark.week, mark.case_no), mark)

    def keep_account(self, account: Account) -> None:
        """The account as it has become."""
        self.changes.put(self.changes.accounts, account.door, account)

    def link(self, linked: Linked) -> None:
        """A case becomes a part of an incident, or is none any more."""
        self.changes.put(self.changes.links, linked.case_no, linked)

    @property
    def parts(self) -> dict[CaseNo, IncidentNo | None]:
        """Which incident the cases that this round has linked are a part of."""
        return {no: one.incident if one.on else None for no, one in self.changes.links.items()}

    def keep(self, booked: Booked) -> None:
        """Add the rows that a turn was booked into."""
        self.changes.keep(booked)

    def say_at_end(self, name: str, say: Callable[[], None]) -> None:
        """Leave it to the end of the round to say this."""
        self.changes.put(self.changes.at_end, name, say)

    def fill(self, round_: Round) -> None:
        """The round: everything that changed, for one transaction."""
        self.changes.fill(round_)
        round_.conversations = [self.talks[chat] for chat in self.changes.talks]
        round_.cases = [self.cases[no] for no in self.changes.cases]
        round_.incidents = [self.incidents[no] for no in self.changes.incidents]

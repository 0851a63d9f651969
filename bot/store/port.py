"""The interface of the store, which every kind of database implements."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.complaint.boards import Filter, Hits
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import FileWanted, KeptFile, SealedDeed, Waiting
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageRef, ThreadRef, UserId
from bot.complaint.letters import Letter, Receipt
from bot.complaint.records import Arrival, InboxRow, Round, Timer, Topic
from bot.complaint.upkeep import Condition, Remains
from bot.store.accounts import Accounts
from bot.store.answers import Delivery, News, Others, Post, SentToGroup, State, TimelineRow
from bot.store.incidents import Incidents
from bot.store.keeping import Keeping
from bot.store.learning import Learning
from bot.store.overview import Overview
from bot.store.selecting import Selecting
from bot.store.sharing import Sharing

__all__ = ["NO_LETTER", "Delivery", "News", "Others", "Post", "SentToGroup", "State", "Store", "TimelineRow"]

NO_LETTER = LetterId(0)
"""Below every letter."""


class Store(Sharing, Keeping, Incidents, Overview, Accounts, Selecting, Learning, Protocol):
    """The database. Whatever changes several rows changes all of them or none.

    Several replicas may share a database (of the kinds that allow it): each has a store of its own, and what
    one claims or holds is free again within 5 seconds after it was killed or cut off.

    Every call may raise `StoreUnusable` (the database cannot be reached, is full or is damaged) and every
    write `RecordRefused` (a record that names a case which does not exist, say).
    """

    async def keep(self, arrivals: Sequence[Arrival]) -> int:
        """Put arrivals into the inbox, durably. Known ones are left alone; the number of new ones."""
        ...

    async def pending(self, limit: int, *, now: datetime) -> list[InboxRow]:
        """The oldest undone rows, in order. A row that is put off holds back the later rows of its chat.

        Their chats are claimed for this replica until nothing of theirs is undone or a row is put off; rows of
        chats that another claims are not among them. Of two who work on one chat all the same (one was cut off,
        and came back) only the first writes: the later gets `SomeoneWasFirst`.
        """
        ...

    async def put_off(self, row: int, until: datetime, reason: str) -> None:
        """A row failed: count the attempt, and leave the row alone until then."""
        ...

    async def state(
        self,
        *,
        chats: Collection[ChatId],
        cases: Collection[CaseNo],
        threads: Collection[ThreadRef],
    ) -> State:
        """The talks in `chats`; the cases named, talked of, or sitting in these threads; those topics."""
        ...

    async def write(self, round: Round) -> None:  # noqa: A002 - a round of the clerk is called a round
        """Write all that a round changes, or nothing.

        A conversation or case appears at most once in a round. A case keeps the moment it was opened, and its
        chat and its customer, unless it is joined to a chat. Registers of a case (promises, offers and so
        on) only grow: one that is left out stays. Timers are cancelled before timers are set. A letter that
        waits and was never attempted is replaced by a later one with its line and key.

        Raises:
            SomeoneWasFirst: a conversation or case has changed since it was read, or an inbox row was done.
        """
        ...

    def letter_ids(self, count: int) -> list[LetterId]:
        """Fresh numbers for letters: unique and increasing.

        They are above every number of a letter that was written before the last `state` was read. So a round
        that numbers its letters after it has read the state it decides on keeps the order of every line,
        whichever replica wrote to it before.

        Raises:
            RecordRefused: more than 65,536 since the last `state`.
        """
        ...

    async def waiting(
        self, *, after: LetterId = NO_LETTER, limit: int = 1000, untried: bool = False
    ) -> list[Letter]:
        """The letters that wait, in order; `untried` ones are under way nowhere.

        A round that is still being written may yet add lower numbers.
        """
        ...

    async def attempting(self, letters: Collection[LetterId], at: datetime) -> frozenset[LetterId]:
        """Note, durably, that these letters are about to be sent; those that still wait and may go.

        One that was replaced meanwhile is missing from the answer and must not be sent; so are all, if another
        replica took the courier's post.
        """
        ...

    async def settle(self, receipts: Sequence[Receipt], arrivals: Sequence[Arrival] = ()) -> None:
        """Note what came of letters with all that follows: mirrors, places, topics, and events for the inbox.

        Outcome `waiting` says that the call had no effect and when to try again: the attempt is forgotten
        (but stays counted). Of a call whose outcome is unknown, give no receipt. Receipts of letters that another
        courier has attempted since change nothing.
        """
        ...

    async def sent_to_groups(self, since: datetime) -> list[SentToGroup]:
        """What has left for groups since then, or was attempted since then and has no answer."""
        ...

    async def mirrors(self, refs: Collection[MessageRef]) -> dict[MessageRef, MessageRef]:
        """The other side's copy of each message that has one."""
        ...

    async def case_of_message(self, ref: MessageRef, cases: Collection[CaseNo]) -> CaseNo | None:
        """Which of these cases a message in the complainant's chat belongs to, ours or theirs; None if to none."""
        ...

    async def copies(self, refs: Collection[MessageRef]) -> dict[MessageRef, tuple[MessageRef, ...]]:
        """Every message that is a copy of one of these, or a part of such a copy, in order."""
        ...

    async def places(self, names: Collection[str]) -> dict[str, MessageRef]:
        """The messages that stand at these places."""
        ...

    async def beneath(self, names: Collection[str]) -> dict[str, str]:
        """What stays under the words at these places whenever they change, where anything does."""
        ...

    async def topics(self, cases: Collection[CaseNo]) -> dict[tuple[CaseNo, ChatId], Topic]:
        """The topics of these cases, in every group that they were handed to."""
        ...

    async def forget_topic(self, case_no: CaseNo, chat: ChatId) -> None:
        """The case's topic in this group was deleted by hand: it and the places in it are no more."""
        ...

    async def roster(self) -> list[Colleague]:
        """Whose standing at the desk was set in the chat."""
        ...

    def deeds(self, *, case_no: CaseNo | None = None) -> AsyncIterator[SealedDeed]:
        """The audit, the oldest line first: all of it, or what concerns one case."""
        ...

    async def broken_seal(self) -> int | None:
        """The number of the first line of the audit that is not as it was written; None if all are."""
        ...

    async def wanted_files(self, limit: int, now: datetime) -> list[KeptFile]:
        """Files that wait to be fetched and may be asked for now: those put off least, then the oldest."""
        ...

    async def next_file(self) -> datetime | None:
        """When the next file may be asked for; a moment that has passed is at once. None: none waits."""
        ...

    async def keep_file(self, wanted: FileWanted, sha256: str, content: bytes, at: datetime) -> None:
        """The file was fetched: its state with its hash, and its bytes, once for each hash."""
        ...

    async def put_off_file(self, wanted: FileWanted, until: datetime, reason: str, *, counted: bool) -> None:
        """The file could not be had yet: leave it alone until then; `counted` adds to its attempts."""
        ...

    async def give_up_file(self, wanted: FileWanted, state: str, reason: str) -> None:
        """The file will not be had: `too_big` or `lost`, and why."""
        ...

    async def files_of(self, cases: Collection[CaseNo]) -> dict[CaseNo, list[KeptFile]]:
        """The files of these cases and what became of them, in the order in which they were sent.

        Raises:
            RecordUnreadable: a row is not what was written.
        """
        ...

    async def file_bytes(self, sha256: str) -> bytes | None:
        """The content with this hash; None if nothing like it is kept."""
        ...

    async def due(self, now: datetime, limit: int = 500) -> list[Timer]:
        """The timers whose moment has come, the earliest first."""
        ...

    async def fire(self, timers: Sequence[Timer], arrivals: Sequence[Arrival]) -> int:
        """Turn due timers into arrivals, the one at the same place; the number that fired.

        A timer that was moved or cancelled meanwhile does not fire, and its arrival does not come.

        Raises:
            RecordRefused: an arrival's key was used before, so that the timer would be lost. A timer may be
                set many times: its arrival's key must hold the moment too.
        """
        ...

    async def next_due(self) -> datetime | None:
        """When the next timer is due."""
        ...

    async def purge(self, before: datetime) -> int:
        """Delete inbox rows that arrived before then and are done or skipped; the number deleted."""
        ...

    async def waiting_for_people(self) -> list[Waiting]:
        """Queued cases that nobody holds, and since when they wait: most urgent first, then longest (S89)."""
        ...

    async def goodwill_since(self, customer: UserId, since: datetime) -> int:
        """How many agreed offers of goodwill (voucher, gift, discount) this customer was made since then."""
        ...

    async def cases_of(self, customer: UserId, since: datetime) -> list[Case]:
        """This customer's cases that are open, or were opened since then; the newest first."""
        ...

    async def search(self, wanted: Filter, *, offset: int, limit: int) -> Hits:
        """A page of a board, in the board's own order, with the number of all.

        Searching words looks back over the newest cases and lines only, in bounded time; several words must
        follow each other in one line.
        """
        ...

    async def customers_called(self, words: str) -> list[UserId]:
        """Whose @name or phone number this is, as far as recent cases tell: the newest first."""
        ...

    async def retirable(
        self, before: datetime, *, after: tuple[datetime, CaseNo] | None = None, limit: int
    ) -> list[Case]:
        """Cases that were closed before then and are not anonymous yet, the longest closed first.

        `after` is the close and the number of the last one of the page before.
        """
        ...

    async def shred(self, before: datetime) -> int:
        """Delete what was sent before then and is kept for nobody; the number deleted.

        That is files of ours, and words that belong to no case.
        """
        ...

    async def shed_aside(self, before: datetime) -> int:
        """Delete what came before then and was set aside, since nobody could work it; the number deleted."""
        ...

    async def squares(self) -> list[Conversation]:
        """What is kept of groups that are no desk; one that cannot be read is left out."""
        ...

    async def last_deeds(
        self, *, case_no: CaseNo | None = None, by: UserId | None = None, acts: Collection[str], limit: int
    ) -> list[SealedDeed]:
        """The newest lines of the audit of these acts: on one case, or by one person. The newest first."""
        ...

    async def counts(self) -> dict[str, int]:
        """How much there is: inbox_pending, set_aside, letters_waiting, open_cases, timers."""
        ...

    async def condition(self, now: datetime) -> Condition:
        """What waits, and since when; cheap, however much is kept."""
        ...

    async def remains(self, now: datetime) -> Remains:
        """What needs a person, found by looking through more than what is open."""
        ...

    async def check_writable(self) -> None:
        """Return when the database has shown that it can be written to.

        Raises:
            StoreUnusable: it cannot.
        """
        ...

    async def close(self) -> None:
        """Finish what was begun and let the database go, with all that is claimed and held."""
        ...

"""What a round changes, until it is written: a row that fails takes back what it has put down."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import Deed, FileWanted
from bot.complaint.doors import Account
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.incidents import IncidentNo, Linked, Sighting
from bot.complaint.lessons import Lesson, LessonNo, Mark
from bot.complaint.letters import Letter
from bot.complaint.records import Entry, InboxRow, Joined, Round, Timer
from bot.office.booking.turns import Booked
from bot.office.outgoing.albums import as_albums

K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class Changes:
    """Everything that the rows of a round have changed so far, in the order in which it changed."""

    talks: dict[ChatId, None] = field(default_factory=dict)
    cases: dict[CaseNo, None] = field(default_factory=dict)
    incidents: dict[IncidentNo, None] = field(default_factory=dict)
    joined: dict[CaseNo, Joined] = field(default_factory=dict)
    retired: dict[CaseNo, None] = field(default_factory=dict)
    shed: dict[tuple[CaseNo, str], None] = field(default_factory=dict)
    """Files that cases of this round let go of."""
    letters: list[Letter] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    timers: dict[tuple[CaseNo, str], Timer | None] = field(default_factory=dict)
    """None: cancelled."""
    typing: list[ChatId] = field(default_factory=list)
    later: list[tuple[InboxRow, Exception]] = field(default_factory=list)
    desk_moved: tuple[ChatId, ChatId] | None = None
    deeds: list[Deed] = field(default_factory=list)
    colleagues: dict[UserId, Colleague] = field(default_factory=dict)
    files: list[FileWanted] = field(default_factory=list)
    sightings: dict[CaseNo, Sighting] = field(default_factory=dict)
    links: dict[CaseNo, Linked] = field(default_factory=dict)
    lessons: dict[LessonNo, Lesson] = field(default_factory=dict)
    marks: dict[tuple[str, CaseNo], Mark] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    """The brand's own accounts, by their doors."""
    at_end: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What is said once for the whole round, however many rows changed it; of one name the last counts."""
    _marked: int = 0
    """How much the lists held when the row in hand began."""
    _before: list[Callable[[], object]] = field(default_factory=list)
    """How what the row in hand has put down is taken back."""

    @contextmanager
    def row(self) -> Iterator[None]:
        """Work on one row: if it fails, all its changes are undone."""
        lists: list[list[Any]] = [self.letters, self.entries, self.typing, self.deeds, self.files]
        lengths = [len(one) for one in lists]
        self._marked = sum(lengths)
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

    @property
    def untouched(self) -> bool:
        """Whether the row in hand has put nothing down yet."""
        lists = len(self.letters) + len(self.entries) + len(self.typing) + len(self.deeds) + len(self.files)
        return not self._before and lists == self._marked

    def put(self, where: dict[K, V], key: K, value: V) -> None:
        """Store a value with its undo; copying everything before each row would be too slow."""
        back = partial(where.__setitem__, key, where[key]) if key in where else partial(where.pop, key)
        self._before.append(back)
        where[key] = value

    def keep(self, booked: Booked) -> None:
        """Add the rows that a turn was booked into."""
        self.letters += booked.letters
        self.entries += booked.entries
        for name, timer in booked.timers.items():
            self.put(self.timers, name, timer)
        self.typing += booked.typing
        self.files += booked.files

    def fill(self, round_: Round) -> None:
        """The round: everything that changed and is not held elsewhere, for one transaction."""
        for say in self.at_end.values():
            say()
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
        round_.sightings = list(self.sightings.values())
        round_.linked = list(self.links.values())
        round_.lessons = list(self.lessons.values())
        round_.marks = list(self.marks.values())
        round_.accounts = list(self.accounts.values())

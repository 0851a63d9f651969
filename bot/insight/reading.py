"""How often the reader was right: its values beside people's corrections."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.complaint.axes import Status
from bot.complaint.case import Case
from bot.complaint.corrections import MachineReading, ReadField
from bot.complaint.reading import Language

FEWEST: Final = 30
"""Below this number of cases a share is not shown."""
UNJUDGED: Final = (Status.WITHDRAWN, Status.MERGED, Status.CLOSED_NO_RESPONSE)
"""Ends at which nobody had to look at what was read."""
NOTHING: Final = "-"
"""The value where nothing was read, or wanted."""


class Pair(NamedTuple):
    """The reader's value, and people's."""

    machine: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of `n` were read right; the share is None if `n` is too small."""

    n: int
    right: int

    @property
    def share(self) -> float | None:
        """0 to 1, or None under `FEWEST` cases."""
        return self.right / self.n if self.n >= FEWEST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The confusion table of one field.

    `said` are cases of which a person said outright that the reading was wrong or right; the rest of `total` was
    closed by a person who had the case and let the reading stand. Who let it stand may not have looked.
    """

    field: ReadField
    total: Share
    said: Share
    by_language: Mapping[Language, Share]
    cells: Mapping[Pair, int]
    confusions: tuple[tuple[Pair, int], ...]
    """Where both differ, the most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingReport:
    """The tables of all fields, and how many cases they are made of."""

    cases: int
    judged: int
    """Cases of which at least one field counts."""
    unread: int
    """Cases from before the machine's reading was kept; they count nowhere."""
    tables: tuple[Table, ...]


@dataclass(slots=True)
class _Tally:
    """The table of one field while it is counted."""

    cells: Counter[Pair] = field(default_factory=Counter)
    said: Counter[bool] = field(default_factory=Counter)
    languages: dict[Language, Counter[bool]] = field(default_factory=dict)

    def add(self, pair: Pair, language: Language, *, said: bool) -> None:
        right = pair.machine == pair.people
        self.cells[pair] += 1
        self.languages.setdefault(language, Counter())[right] += 1
        if said:
            self.said[right] += 1

    def table(self, name: ReadField) -> Table:
        wrong = [(pair, n) for pair, n in self.cells.items() if pair.machine != pair.people]
        total = sum(self.languages.values(), Counter[bool]())
        return Table(
            field=name,
            total=_share(total),
            said=_share(self.said),
            by_language={one: _share(count) for one, count in sorted(self.languages.items())},
            cells=dict(sorted(self.cells.items())),
            confusions=tuple(sorted(wrong, key=lambda row: (-row[1], row[0]))),
        )


def _share(count: Counter[bool]) -> Share:
    return Share(n=count.total(), right=count[True])


def reading_report(cases: Iterable[Case]) -> ReadingReport:
    """What the machine read against what people said, field by field.

    A field of a case counts when a person corrected or confirmed it, or when a person who had the case to its end
    left it as it was read. A severity that a supervisor set for other reasons (`/severity`) says nothing of the
    reading: that field then counts only if it was corrected too.
    """
    tallies = {one: _Tally() for one in ReadField}
    seen = judged = unread = 0
    for case in cases:
        seen += 1
        if case.machine is None:
            unread += 1
            continue
        pairs = {one: pair for one in ReadField if (pair := _judged(case, case.machine, one)) is not None}
        judged += bool(pairs)
        for one, pair in pairs.items():
            said = any(each.field is one for each in case.corrections)
            tallies[one].add(pair, case.language, said=said)
    tables = tuple(tally.table(one) for one, tally in tallies.items())
    return ReadingReport(cases=seen, judged=judged, unread=unread, tables=tables)


def _judged(case: Case, machine: MachineReading, one: ReadField) -> Pair | None:
    """Both readings of a field; None where no person judged it."""
    read = _value(machine, one)
    last = next((each for each in reversed(case.corrections) if each.field is one), None)
    if last is not None:
        # what stood there when it was corrected: the machine may have read on since
        return Pair(_kinds(last.read), _kinds(last.now))
    decided_otherwise = one is ReadField.SEVERITY and case.decided and case.severity != machine.severity
    return Pair(read, read) if _let_stand(case) and not decided_otherwise else None


def _let_stand(case: Case) -> bool:
    """Whether a person who had the case to its end left the value as it was."""
    held = case.held_before is not None or case.decided_by is not None
    return case.closed_at is not None and held and case.status not in UNJUDGED


def _value(machine: MachineReading, one: ReadField) -> str:
    return _kinds(
        {
            ReadField.CATEGORY: machine.category.value,
            ReadField.SEVERITY: str(int(machine.severity)),
            ReadField.REMEDY: "+".join(machine.remedy),
        }[one]
    )


def _kinds(value: str) -> str:
    """A value without its sum, its kinds in one order: what is wanted first is no other thing wanted second."""
    kinds = value.partition(" ")[0]
    return "+".join(sorted(kinds.split("+"))) if kinds else NOTHING

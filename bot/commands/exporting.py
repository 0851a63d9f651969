"""`complaint-bot export`: cases with everything that belongs to them, for people, tables and other programs.

Cases are read, written and forgotten a page at a time: it takes no more memory for a hundred thousand than for ten.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Final

import click

from bot.commands.anonymising import FEWEST, TABLE, TRAITS, Anonymiser
from bot.commands.evidence import EvidenceOut, audit_line, evidence_lines
from bot.commands.export_lines import CASES, export_line, without_restricted
from bot.commands.export_places import Unfinished, becoming, becoming_folder, incomplete, screen
from bot.commands.export_tables import Csv, JsonLines, Record, Workbook, Writer
from bot.commands.progress import Progress
from bot.commands.users import whoever_asks
from bot.complaint.boards import Selection
from bot.complaint.case import Case
from bot.complaint.deskwork import Deed
from bot.complaint.errors import RecordUnreadable, SettingsWrong
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.records import Round
from bot.store import open_store
from bot.store.port import Store, TimelineRow

PAGE: Final = 50
"""Cases of which the files are looked up at once."""
Picked = list[tuple[CaseNo, UserId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What is to be written, and where."""

    kind: str = "jsonl"
    case_no: str | None = None
    selection: Selection = field(default_factory=Selection)
    out: Path | None = None
    """None is standard output; with `split` it is a folder."""
    split: str | None = None
    """`case` or `customer`: a file for each."""
    files: Path | None = None
    """Where what was kept as evidence is written."""
    anonymiser: Anonymiser | None = None
    restricted: bool = False
    """With medical and bank data (R52)."""

    def check(self) -> None:
        """Whether all of it goes together.

        Raises:
            SettingsWrong: it does not.
        """
        if self.split is not None and self.out is None:
            raise SettingsWrong("--split writes many files: add --out FOLDER.")
        if self.kind == "xlsx" and self.out is None:
            raise SettingsWrong("an Excel file needs a name: add --out cases.xlsx.")
        if self.anonymiser is not None and (self.split or self.files or self.case_no):
            raise SettingsWrong(
                "--anonymous makes one set of many cases: leave --case, --split and --files away."
            )
        if self.anonymiser is not None and self.restricted:
            raise SettingsWrong("--anonymous and --restricted contradict each other: leave one away.")
        if self.anonymiser is not None and self.selection.customer is not None:
            raise SettingsWrong("--anonymous and --customer contradict each other: leave one away.")


async def export_cases(database: str, asked: Export) -> None:
    """Write the cases of a database.

    Raises:
        SettingsWrong: what was asked for does not go together, a place cannot be written, or there is no such case.
        StoreUnusable: the database cannot be read.
        EvidenceSpoiled: a file is not what was kept.
        RecordUnreadable: some cases cannot be read; the others are written, to `NAME.incomplete`.
    """
    asked.check()
    store = await open_store(database, create=False)
    try:
        picked = await _picked(store, asked)
        begun = await _note(store, asked, [no for no, _ in picked])
        evidence = EvidenceOut(store, asked.files) if asked.files is not None else None
        source = _Source(store, asked, evidence, len(picked), begun)
        await (_write_one if asked.split is None else _write_many)(source, asked, picked)
        _tell_of_set(asked.anonymiser, len(picked))
        if evidence is not None:
            evidence.close()
    finally:
        await store.close()


async def _picked(store: Store, asked: Export) -> Picked:
    found = await store.selected(asked.selection)
    if asked.case_no is not None:
        found = [one for one in found if one[0] == asked.case_no]
        if not found:
            raise SettingsWrong(f"there is no case {asked.case_no} among them.")
    if not found and asked.selection != Selection():
        click.echo("complaint-bot: no case is like that.", err=True)
    return found


async def _note(store: Store, asked: Export, picked: Sequence[CaseNo]) -> datetime:
    """Write the export into the audit before any personal data leaves; of one customer, on each of their cases."""
    extras = (
        ("with files", asked.files),
        ("restricted", asked.restricted),
        ("anonymous", asked.anonymiser),
        ("split", asked.split),
    )
    told = " ".join(["export", asked.kind, *(name for name, given in extras if given)])
    single = asked.case_no is not None or bool(asked.selection.customer)
    now, name = datetime.now(UTC), whoever_asks()
    numbers: Sequence[CaseNo | None] = picked if single and picked else [None]
    lines = [
        Deed(at=now, by=UserId(0), name=name, act="export", chat=ChatId(0), case_no=no, after={"asked": told})
        for no in numbers
    ]
    await store.write(Round(at=now, deeds=lines))
    return now


async def _write_one(source: "_Source", asked: Export, picked: Picked) -> None:
    """All in one file, or on standard output."""
    numbers = [no for no, _ in picked]
    if asked.out is None:
        with screen() as sink, source:
            await _fill(_writer(asked, sink), source.lines(numbers))
        source.tell(None)
        return
    try:
        with becoming(asked.out) as part, source, _opened(asked, part) as writer:
            await _fill(writer, source.lines(numbers))
            source.unfinished()
    except Unfinished:
        source.tell(incomplete(asked.out))


async def _write_many(source: "_Source", asked: Export, picked: Picked) -> None:
    """A file for each case, or for each customer with all their cases."""
    if asked.out is None:
        return
    try:
        with becoming_folder(asked.out) as folder, source:
            for name, numbers in _shares(picked, asked.split):
                with _opened(asked, folder / f"{name}.{asked.kind}") as writer:
                    await _fill(writer, source.lines(numbers))
            source.unfinished()
    except Unfinished:
        source.tell(incomplete(asked.out))


def _shares(picked: Picked, split: str | None) -> Iterator[tuple[str, list[CaseNo]]]:
    if split == "case":
        yield from ((f"case-{no}", [no]) for no, _ in picked)
        return
    whose = itemgetter(1)
    for customer, cases in groupby(sorted(picked, key=whose), whose):
        yield f"customer-{customer}", [no for no, _ in cases]


@contextmanager
def _opened(asked: Export, path: Path) -> Iterator[Writer]:
    table = CASES if asked.anonymiser is None else TABLE
    if asked.kind == "xlsx":
        with closing(Workbook(path, table)) as writer:
            yield writer
        return
    with path.open("wb") as sink:
        yield _writer(asked, sink)


def _writer(asked: Export, sink: BinaryIO) -> Writer:
    table = CASES if asked.anonymiser is None else TABLE
    return Csv(sink, table) if asked.kind == "csv" else JsonLines(sink)


async def _fill(writer: Writer, lines: AsyncIterator[Record]) -> None:
    async for line in lines:
        writer.write(line)


class _Source:
    """Reads the cases, counts progress, and remembers what could not be read."""

    def __init__(
        self, store: Store, asked: Export, evidence: EvidenceOut | None, total: int, begun: datetime
    ) -> None:
        self._store = store
        self._asked = asked
        self._evidence = evidence
        self._total = total
        self._read = 0
        self._begun = begun
        self._unreadable: list[str] = []
        self._progress = Progress("cases", mixed=asked.out is None)

    def __enter__(self) -> None:
        self._progress.told(0, self._total)

    def __exit__(self, *_: object) -> None:
        self._progress.done()

    def unfinished(self) -> None:
        """Raise `Unfinished` if cases are missing."""
        if self._unreadable:
            raise Unfinished

    def tell(self, kept: Path | None) -> None:
        """Report what could not be read.

        Raises:
            RecordUnreadable: something could not.
        """
        if self._unreadable:
            where = f"; the others are in {kept}" if kept is not None else ""
            raise RecordUnreadable("; ".join(self._unreadable) + where)

    async def lines(self, numbers: Sequence[CaseNo]) -> AsyncIterator[Record]:
        """A line for each of these cases; one that cannot be read is kept in mind."""
        for first in range(0, len(numbers), PAGE):
            page = numbers[first : first + PAGE]
            told = []
            try:
                async for one in self._store.cases(numbers=page):
                    told.append(one)  # noqa: PERF401 - what came before an error is kept
            except RecordUnreadable as error:
                self._unreadable.append(error.detail)
            async for line in self._worded(told):
                yield line
            self._read += len(page)
            self._progress.told(self._read, self._total)

    async def _worded(self, told: Sequence[tuple[Case, list[TimelineRow]]]) -> AsyncIterator[Record]:
        if self._asked.anonymiser is not None or self._asked.kind != "jsonl":
            word: Callable[[Case, list[TimelineRow]], Record] = self._line
            word = self._asked.anonymiser.line if self._asked.anonymiser is not None else word
            plain: Iterable[Record] = (word(case, rows) for case, rows in told)
            for (case, _), line in zip(told, plain, strict=True):
                await self._put_out(case, line)
                yield line
            return
        files = await self._store.files_of([case.no for case, _ in told])
        for case, rows in told:
            deeds = self._store.deeds(case_no=case.no)
            audit = [audit_line(one) async for one in deeds if not self._is_this(one.deed)]
            evidence = evidence_lines(case, files.get(case.no, []))
            line = {**self._line(case, rows), "evidence": self._open(case, evidence), "audit": audit}
            await self._put_out(case, line)
            yield line

    def _line(self, case: Case, rows: list[TimelineRow]) -> Record:
        return export_line(case, rows, restricted=self._asked.restricted)

    def _open(self, case: Case, evidence: list[Record]) -> list[Record]:
        return evidence if self._asked.restricted else without_restricted(case, evidence)

    def _is_this(self, deed: Deed) -> bool:
        """Whether this is the line that tells of this very export: it is no part of what was there."""
        return deed.act == "export" and deed.at >= self._begun

    async def _put_out(self, case: Case, line: Record) -> None:
        """The case's files too, where they are wanted."""
        if self._evidence is None:
            return
        found = line.get("evidence")
        if found is None:
            files = await self._store.files_of([case.no])
            found = self._open(case, evidence_lines(case, files.get(case.no, [])))
        await self._evidence.write(case.no, found)


def _tell_of_set(anonymiser: Anonymiser | None, total: int) -> None:
    """Report how well the set hides individuals (k-anonymity)."""
    if anonymiser is None or not total:
        return
    out = anonymiser.standing_out()
    traits = ", ".join(TRAITS)
    click.echo(
        f"note: {out} of {total} cases share {traits} with fewer than {FEWEST - 1} others: somebody who knows "
        "the complainant may find them. Give such a set to those you trust, or publish sums of it only.",
        err=True,
    )

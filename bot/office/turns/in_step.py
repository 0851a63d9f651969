"""Rows that are worked step by step together, so that what a step needs stays in the processor's cache.

Working one row through takes more code and data than the cache holds: each step evicts what the next row's same step
needs. So rows that do not depend on each other stop at the end of a step until all have come so far. What they do,
and in which order they write, is the same as one after the other.
"""

from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable, Iterator
from contextlib import nullcontext
from types import coroutine
from typing import Any, Final

from bot.complaint.doors import OWN_CHAT, door_of
from bot.complaint.errors import ComplaintError
from bot.complaint.events import CustomerWrote, Due, Event
from bot.complaint.ids import ChatId
from bot.complaint.records import InboxRow
from bot.office.lookup.worksheet import Worksheet
from bot.office.turns.opening import Opened

_STEP: Final = object()


def in_files(rows: Iterable[Opened]) -> Iterator[list[Opened]]:
    """The rows in their order: such as can be worked together, of as many chats; all others one by one."""
    abreast: dict[ChatId, Opened] = {}
    for one in rows:
        row, found = one
        in_step = not isinstance(found, ComplaintError) and keeps_step(found)
        if abreast and (not in_step or row.arrival.chat in abreast):
            yield list(abreast.values())
            abreast = {}
        if in_step:
            abreast[row.arrival.chat] = one
        else:
            yield [one]
    if abreast:
        yield list(abreast.values())


def keeps_step(events: list[Event]) -> bool:
    """Whether a row is one of those that concern their own private chat alone: words, or the end of a burst."""
    if len(events) != 1:
        return False
    (event,) = events
    if event.chat <= 0:
        return False
    if isinstance(event, Due):
        return event.kind == "quiet"
    return type(event) is CustomerWrote and door_of(event.message) == OWN_CHAT


async def end_of_step(sheet: Worksheet) -> None:
    """Let the others come so far. A row that has put anything down does not stop: it must be taken back whole."""
    if sheet.together and sheet.changes.untouched:
        await _stop()


@coroutine
def _stop() -> Generator[object, None, None]:
    yield _STEP


@coroutine
def _wait(future: object) -> Generator[object, None, None]:
    yield future


class Steps:
    """The working of one row, which can stop at the end of each step."""

    __slots__ = ("_work", "outcomes")

    def __init__(self, work: Coroutine[Any, None, list[bool]]) -> None:
        self._work = work
        self.outcomes: list[bool] = []

    async def stops(self) -> bool:
        """Go on to the end of the next step; whether there is more to come."""
        try:
            waits = self._work.send(None)
            while waits is not _STEP:
                try:
                    await _wait(waits)
                except BaseException as error:  # noqa: BLE001 - passed on to where it is awaited
                    waits = self._work.throw(error)
                else:
                    waits = self._work.send(None)
        except StopIteration as end:
            self.outcomes = end.value
            return False
        return True

    def drop(self) -> None:
        """Go no further."""
        self._work.close()


Begun = tuple[InboxRow, list[Event], Steps]
"""A row, its events, and how far it is."""


async def work_abreast(sheet: Worksheet, rows: list[Begun], work_row: Callable[..., Awaitable[bool]]) -> None:
    """Work rows step by step together; `work_row` brings one to the end of a step, and tells if there is more."""
    left = rows
    try:
        with sheet.in_step() if len(rows) > 1 else nullcontext():
            while left:
                left = [one for one in left if await work_row(*one)]
    finally:
        for _, _, steps in rows:
            steps.drop()

"""Rows of a round that are worked step by step together."""

import asyncio
import io
import json
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.complaint.case import Person
from bot.complaint.events import Commanded, CustomerWrote, Due, Event
from bot.complaint.ids import CaseNo, ChatId, MessageId, UserId
from bot.complaint.records import Arrival, InboxRow
from bot.office.lookup.worksheet import Worksheet
from bot.office.turns.in_step import Steps, end_of_step, in_files, work_abreast
from bot.store.port import State
from tests.stories.raising import raise_stage
from tests.stories.test_logs import Stumbles

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DESK = ChatId(-1)


def _row(number: int, chat: int) -> InboxRow:
    arrival = Arrival(source="telegram", key=str(number), chat=ChatId(chat), body=b"{}", at=AT)
    return InboxRow(id=number, arrival=arrival, attempts=0)


def _wrote(chat: int) -> Event:
    sender = Person(id=UserId(chat), name="Li", language_code="zh")
    return CustomerWrote(at=AT, chat=ChatId(chat), sender=sender, message=MessageId(1), text="坏了")


def _sheet() -> Worksheet:
    state = State(conversations={}, cases={}, threads={}, unreadable_conversations={}, unreadable_cases={})
    return Worksheet(state=state, desk=DESK, desks=frozenset({DESK}), talks={}, mirrors={}, cases={})


def test_only_words_of_different_private_chats_are_worked_together() -> None:
    """Commands, timers but the end of a burst, groups, and a chat's second message keep their place in the row."""
    sender = Person(id=UserId(5), name="Li", language_code="zh")
    command = Commanded(at=AT, chat=ChatId(5), sender=sender, message=MessageId(2), name="help", argument="")
    quiet = Due(at=AT, chat=ChatId(3), case_no=CaseNo("8"), kind="quiet", key="quiet")
    nudge = Due(at=AT, chat=ChatId(4), case_no=CaseNo("9"), kind="nudge", key="nudge")
    events = [_wrote(1), _wrote(2), quiet, _wrote(1), command, _wrote(6), nudge, _wrote(-7), _wrote(8)]
    rows = [(_row(number, one.chat), [one]) for number, one in enumerate(events)]
    assert [[row.id for row, _ in file] for file in in_files(rows)] == [
        [0, 1, 2], [3], [4], [5], [6], [7], [8],
    ]  # fmt: skip


async def test_rows_go_on_together_and_one_that_fails_fails_alone() -> None:
    """Each step is done for all rows before the next; what is awaited arrives, with its error if it has one."""
    sheet, seen, failed = _sheet(), list[tuple[str, int]](), list[int]()

    async def work(number: int) -> list[bool]:
        seen.append(("first", number))
        await end_of_step(sheet)
        if number == 1:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.Event().wait(), 0)
        if number == 2:
            raise LookupError
        seen.append(("second", number))
        return [True]

    async def to_end_of_step(row: InboxRow, _events: list[Event], steps: Steps) -> bool:
        try:
            with sheet.row():
                return await steps.stops()
        except LookupError:
            failed.append(row.id)
            return False

    def begun(made: Coroutine[None, None, list[bool]], number: int) -> tuple[InboxRow, list[Event], Steps]:
        return _row(number, number), [], Steps(made)

    await work_abreast(sheet, [begun(work(number), number) for number in (1, 2, 3)], to_end_of_step)
    assert seen == [("first", 1), ("first", 2), ("first", 3), ("second", 1), ("second", 3)]
    assert failed == [2]


async def test_a_crowd_that_writes_at_once_gets_a_case_each_and_whoever_breaks_a_row_waits_alone(
    tmp_path: Path, log: io.StringIO
) -> None:
    """Thirty newcomers in one round have thirty cases of their own numbers; one unreadable message holds up nobody."""
    texts = [*(f"上周买的第{number}个电热壶不通电" for number in range(14)), "别再推脱"]
    async with raise_stage(tmp_path, reader=Stumbles()) as stage:
        people = [one for text in texts * 2 for one in await stage.demo.world.crowd(1, [text])]
        while log.getvalue().count("row_set_aside") < 2:
            if "row_failed" in log.getvalue():
                stage.clock.move(timedelta(seconds=2))
            await asyncio.sleep(0)
        await stage.settle()
        kept = await stage.kept()
    spoken_to = {case.chat: case for case, _ in kept}
    assert len(spoken_to) == len({case.no for case, _ in kept}) == len(kept) == 28
    assert set(people) >= set(spoken_to)
    said = [{row.entry.who for row in rows} for _, rows in kept]
    assert all({"customer", "bot"} <= who for who in said)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert len({line["update_id"] for line in lines if line["event"] == "row_failed"}) == 2

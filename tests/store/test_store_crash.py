import asyncio
import json
import sys
from pathlib import Path

import pytest

from bot.complaint.ids import ThreadId, ThreadRef
from bot.store import Store
from tests.contract.store import (
    DESK,
    NO,
    NOW,
    SOON,
    a_case,
    a_deed,
    at_home,
    case_of,
    pending_keys,
    ref,
    waiting_ids,
)

pytestmark = pytest.mark.crash


async def _lives(what: str, folder: Path) -> list[int]:
    """How every life of the program that dies at each statement of `what` ended."""
    command = (sys.executable, "-m", "tests.contract.store_crash", what, str(folder))
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output, _ = await child.communicate()
    ends: list[int] = json.loads(output)
    return ends


async def _written(store: Store) -> list[object]:
    state = await store.state(chats=[a_case().chat], cases=[NO], threads=[])
    return [
        await case_of(store) == a_case(version=2, finding="x"),
        await case_of(store, "000-0002") is not None,
        a_case().chat in state.conversations,
        await pending_keys(store) == [],
        len([lines async for _, lines in store.cases() if lines]) == 2,
        await waiting_ids(store) == [1, 2, 4],
        [timer.key for timer in await store.due(SOON)] == ["nudge"],
        [one.deed async for one in store.deeds()] == [a_deed(), a_deed()],
        len(await store.roster()) == 1,
        len((await store.files_of([NO]))[NO]) == 3,
    ]


async def _settled(store: Store) -> list[object]:
    return [
        await waiting_ids(store) == [],
        bool(await store.topics([NO])),
        bool(await store.mirrors([ref(DESK, 20)])),
        await pending_keys(store) == ["1", "letter 2"],
        bool((await store.state(chats=[], cases=[], threads=[ThreadRef(DESK, ThreadId(44))])).threads),
    ]


async def _fired(store: Store) -> list[object]:
    return [await store.due(SOON) == [], await pending_keys(store) == ["1", "old@1"]]


async def _filed(store: Store) -> list[object]:
    (file,) = (await store.files_of([NO]))[NO]
    return [
        file.state == "kept" and await store.file_bytes("ab" * 32) == b"picture",
        await store.wanted_files(9, NOW) == [],
    ]


@pytest.mark.parametrize(
    ("what", "signs"), [("write", _written), ("settle", _settled), ("fire", _fired), ("file", _filed)]
)
async def test_a_program_killed_at_any_statement_leaves_all_or_nothing(
    tmp_path: Path, what: str, signs: object
) -> None:
    """SIGKILL between any two statements: what is found afterwards is the old state or the new one, whole."""
    assert callable(signs)
    ends = await _lives(what, tmp_path)
    assert ends[-1] == 0
    assert set(ends[:-1]) == {-9}
    for number, end in enumerate(ends):
        async with at_home(f"sqlite:///{tmp_path / f'{number}.db'}") as store:
            found = await signs(store)
            assert found == [end == 0] * len(found), f"killed at statement {number}"
            assert await store.pending(1, now=NOW) is not None
            assert await store.broken_seal() is None

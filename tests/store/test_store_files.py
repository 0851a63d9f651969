"""Evidence in the store: wanted with its message, fetched in turn, kept once."""

from datetime import timedelta

import pytest

from bot.complaint.deskwork import KeptFile
from bot.complaint.errors import RecordRefused, RecordUnreadable
from bot.complaint.ids import CaseNo
from bot.complaint.records import Round
from bot.store import Store
from bot.store.sqlite.files import PART
from tests.contract.store import NO, NOW, SOON, a_case, a_file, a_line, at_home, by_hand, opened

HASH = "ab" * 32
OTHER = CaseNo("000-0002")


async def _wanted(store: Store, *, limit: int = 9) -> list[str]:
    """The names of the files that may be asked for."""
    return [one.wanted.unique_id for one in await store.wanted_files(limit, NOW)]


@pytest.mark.practice("S32")
async def test_a_file_is_wanted_with_its_message_or_not_at_all(store: Store) -> None:
    """Case, line and file come in one transaction, so that no picture is known without its file."""
    await store.write(Round(at=NOW, cases=[a_case()], entries=[a_line()], files=[a_file()]))
    assert await store.wanted_files(9, NOW) == [KeptFile(wanted=a_file(), size=7)]
    with pytest.raises(RecordRefused):
        await store.write(Round(at=NOW, entries=[a_line("999-9999")], files=[a_file("u2")]))
    with pytest.raises(RecordRefused):
        await store.write(Round(at=NOW, files=[a_file("u3", "999-9999")]))
    assert await _wanted(store) == ["u1"]


async def test_a_file_that_is_sent_again_in_its_case_is_wanted_once(store: Store) -> None:
    """What is known stays as it is, whatever became of it."""
    await opened(store, a_case(), a_case(OTHER, chat=2))
    await store.write(Round(at=NOW, files=[a_file()]))
    await store.keep_file(a_file(), HASH, b"picture", SOON)
    await store.write(Round(at=SOON, files=[a_file(at=SOON), a_file(no=OTHER)]))
    files = await store.files_of([NO, OTHER, CaseNo("000-0003")])
    assert files == {
        NO: [KeptFile(wanted=a_file(), state="kept", sha256=HASH, size=7, kept_at=SOON)],
        OTHER: [KeptFile(wanted=a_file(no=OTHER), size=7)],
    }


async def test_bytes_are_kept_once_for_each_hash(store: Store) -> None:
    """Two cases may hold the same picture."""
    await opened(store, a_case(), a_case(OTHER, chat=2))
    await store.write(Round(at=NOW, files=[a_file(), a_file(no=OTHER)]))
    for one in (a_file(), a_file(no=OTHER)):
        await store.keep_file(one, HASH, b"picture", NOW)
    assert await store.file_bytes(HASH) == b"picture"
    assert await store.file_bytes("cd" * 32) is None
    assert await store.wanted_files(9, NOW) == []
    assert await store.next_file() is None


@pytest.mark.practice("R53")
async def test_what_arrives_after_its_case_was_forgotten_is_not_kept(store: Store) -> None:
    """A file that was on its way when its case became anonymous belongs to nobody: not a byte of it stays."""
    await opened(store, a_case())
    await store.write(Round(at=NOW, files=[a_file()]))
    (case,) = (await store.state(chats=[], cases=[NO], threads=[])).cases.values()
    await store.write(Round(at=NOW, cases=[case], retired=[NO]))
    await store.keep_file(a_file(), HASH, b"picture", SOON)
    assert await store.file_bytes(HASH) is None


@pytest.mark.practice("R52")
async def test_a_file_whose_owner_takes_the_consent_back_is_gone_with_every_way_to_it(store: Store) -> None:
    """Not a byte of it stays, its line says only that there was one; the same picture of another case does."""
    media = {"kind": "photo", "file_id": "f-u1", "unique_id": "u1"}
    lines = [a_line(message=5, media=media), a_line(OTHER, message=6, media=media)]
    await store.write(Round(at=NOW, cases=[a_case(), a_case(OTHER, chat=2)], entries=lines))
    await store.write(Round(at=NOW, files=[a_file(), a_file("u2"), a_file("u3"), a_file("u3", OTHER)]))
    for one, digest in ((a_file(), HASH), (a_file("u2"), "cd" * 32), (a_file("u3", OTHER), HASH)):
        await store.keep_file(one, digest, b"picture", NOW)
    await store.write(Round(at=SOON, shed=[(NO, "u1"), (NO, "u2")]))
    files = await store.files_of([NO, OTHER])
    assert [one.wanted.unique_id for one in files[NO]] == ["u3"]
    assert await store.file_bytes("cd" * 32) is None
    assert await store.file_bytes(HASH) == b"picture"
    media_of = {case.no: rows[0].entry.media async for case, rows in store.cases()}
    assert media_of == {NO: {"kind": "photo"}, OTHER: media}


@pytest.mark.parametrize("size", [0, 1, PART, PART + 1, 3 * PART])
async def test_a_file_of_any_length_comes_back_as_it_was(store: Store, size: int) -> None:
    """It is written in parts, also over the parts of a life that ended in the middle."""
    await opened(store, a_case())
    await store.write(Round(at=NOW, files=[a_file("u1"), a_file("u2")]))
    content = bytes(number % 251 for number in range(size))
    for one in ("u1", "u2"):
        await store.keep_file(a_file(one), HASH, content, NOW)
        assert await store.file_bytes(HASH) == content
    assert [one.size for one in (await store.files_of([NO]))[NO]] == [size, size]


async def test_files_are_asked_for_in_turn(store: Store) -> None:
    """Those that were never asked for come first, by age; one that is put off comes when its time has come."""
    await opened(store, a_case())
    young, old = a_file("young", at=SOON), a_file("old")
    await store.write(Round(at=NOW, files=[young, old, a_file("late")]))
    await store.put_off_file(a_file("late"), SOON, "temporarily unavailable", counted=True)
    assert await _wanted(store) == ["old", "young"]
    assert await _wanted(store, limit=1) == ["old"]
    next_at = await store.next_file()
    assert next_at is not None
    assert next_at <= NOW
    for one in (young, old):
        await store.give_up_file(one, "lost", "gone")
    assert await store.next_file() == SOON
    assert await store.wanted_files(9, SOON - timedelta(microseconds=1)) == []
    (late,) = await store.wanted_files(9, SOON)
    assert (late.attempts, late.reason) == (1, "temporarily unavailable")
    await store.put_off_file(a_file("late"), SOON, "outage", counted=False)
    (late,) = await store.wanted_files(9, SOON)
    assert (late.attempts, late.reason) == (1, "outage")


async def test_a_file_that_is_given_up_says_why(store: Store) -> None:
    """Too big, or lost: nothing about it is silent."""
    await opened(store, a_case())
    await store.write(Round(at=NOW, files=[a_file("u1"), a_file("u2")]))
    await store.give_up_file(a_file("u1"), "too_big", "file is too big")
    await store.give_up_file(a_file("u2"), "lost", "wrong file_id")
    found = (await store.files_of([NO]))[NO]
    assert [(one.state, one.reason) for one in found] == [
        ("too_big", "file is too big"),
        ("lost", "wrong file_id"),
    ]


async def test_waiting_files_and_bytes_outlive_the_program(address: str) -> None:
    """What was wanted is still wanted; what was kept is still there."""
    async with at_home(address) as store:
        await opened(store, a_case())
        await store.write(Round(at=NOW, files=[a_file("u1"), a_file("u2")]))
        await store.keep_file(a_file("u1"), HASH, b"\0\xff", NOW)
    async with at_home(address) as store:
        assert await _wanted(store) == ["u2"]
        assert await store.file_bytes(HASH) == b"\0\xff"


async def test_a_row_that_cannot_be_read_holds_nobody_back(address: str) -> None:
    """It is lost, with its reason; the export of its case says so, that of another does not mind."""
    async with at_home(address) as store:
        await opened(store, a_case(), a_case(OTHER, chat=2))
        await store.write(Round(at=NOW, files=[a_file("u1"), a_file("u2", at=SOON)]))
        await store.write(Round(at=NOW, files=[a_file("u3", OTHER, at=SOON)]))
        await by_hand(address, "UPDATE files SET body = '{}' WHERE unique_id = 'u1'")
        assert await _wanted(store, limit=1) == []
        assert sorted(await _wanted(store)) == ["u2", "u3"]
        assert list(await store.files_of([OTHER])) == [OTHER]
        with pytest.raises(RecordUnreadable, match=NO):
            await store.files_of([NO, OTHER])

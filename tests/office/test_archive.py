"""The archivist: every file is kept with its hash, whatever happens on the way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.complaint.deskwork import FileWanted
from bot.complaint.errors import SettingsWrong
from tests.handclock import START
from tests.office.cellar import CASE, PICTURE, Cellar, cellar_at

DAY = timedelta(days=1)


@pytest.fixture
async def cellar(tmp_path: Path) -> AsyncIterator[Cellar]:
    async with cellar_at(tmp_path) as ready:
        yield ready


@pytest.mark.practice("S32")
async def test_a_file_is_kept_byte_for_byte_under_its_hash(cellar: Cellar) -> None:
    """What the customer sent is what is kept, and its hash proves it."""
    await cellar.want(cellar.sends())
    await cellar.settle()
    (file,) = await cellar.files()
    assert (file.state, file.size, file.kept_at) == ("kept", len(PICTURE), START)
    assert file.sha256 == sha256(PICTURE).hexdigest()
    assert await cellar.store.file_bytes(file.sha256) == PICTURE


async def test_the_same_content_is_stored_once(cellar: Cellar) -> None:
    """Two messages, two files of Telegram's, one content: each has its line, and both lead to the same bytes."""
    await cellar.want(cellar.sends(), cellar.sends(kind="document", name="a.png"), cellar.sends(b"other"))
    await cellar.settle()
    files = await cellar.files()
    assert [one.state for one in files] == ["kept"] * 3
    assert len({one.sha256 for one in files}) == 2


async def test_more_files_than_are_fetched_together_are_all_fetched(cellar: Cellar) -> None:
    """Forty pictures at once cost time, and nothing else."""
    await cellar.want(*(cellar.sends(bytes([number])) for number in range(40)))
    await cellar.settle()
    assert await cellar.states() == ["kept"] * 40
    assert cellar.calls() == 40


async def test_a_file_that_is_too_big_is_named_and_never_asked_for_again(cellar: Cellar) -> None:
    """By the size in its message it is not asked for at all; else Telegram's own no is enough."""
    cellar.start_anew(most=len(PICTURE))
    told = cellar.sends(PICTURE + b"!", "video", "v.mp4")
    untold = FileWanted(
        unique_id="x", file_id=told.file_id, case_no=CASE, kind="video", at=cellar.clock.now()
    )
    await cellar.want(told, cellar.sends(), untold)
    await cellar.settle()
    files = {one.wanted.unique_id: one for one in await cellar.files()}
    assert files[told.unique_id].state == files["x"].state == "too_big"
    assert str(len(PICTURE) + 1) in files[told.unique_id].reason
    assert "too big" in files["x"].reason
    assert sorted(await cellar.states()) == ["kept", "too_big", "too_big"]
    asked = cellar.calls()
    await cellar.later(DAY)
    assert cellar.calls() == asked == 2


async def test_telegrams_own_limit_is_a_reason_too(cellar: Cellar) -> None:
    """A bot is refused whatever is above 20 MB, whatever the message said of its size."""
    wanted = cellar.sends(b"\0" * (20 * 1024 * 1024 + 1), "document", "d.bin")
    await cellar.want(FileWanted(unique_id="x", file_id=wanted.file_id, case_no=CASE, kind="video", at=START))
    await cellar.settle()
    (file,) = await cellar.files()
    assert (file.state, file.reason) == ("too_big", "file is too big")


async def test_a_file_that_telegram_does_not_have_is_asked_for_a_few_times(cellar: Cellar) -> None:
    """With growing pauses, and then it is lost, with Telegram's sentence as the reason."""
    wanted = cellar.sends()
    del cellar.world.files.by_id[wanted.file_id]
    await cellar.want(wanted)
    await cellar.settle()
    for pause in (30, 120, 480, 1920):
        assert await cellar.states() == ["waiting"]
        asked = cellar.calls()
        await cellar.later(timedelta(seconds=pause - 1))
        assert cellar.calls() == asked
        await cellar.later(timedelta(seconds=1))
        assert cellar.calls() == asked + 1
    (file,) = await cellar.files()
    assert file.state == "lost"
    assert "wrong file identifier" in file.reason
    await cellar.later(DAY)
    assert cellar.calls() == 5


async def test_a_file_that_comes_back_is_kept(cellar: Cellar) -> None:
    """Telegram says "temporarily unavailable" and means it."""
    wanted = cellar.sends()
    gone = cellar.world.files.by_path.pop(cellar.world.files.by_id[wanted.file_id].path)
    await cellar.want(wanted)
    await cellar.settle()
    (file,) = await cellar.files()
    assert (file.state, file.reason) == ("waiting", "the file is no longer there")
    cellar.world.files.by_path[gone.path] = gone
    await cellar.later(timedelta(seconds=30))
    (file,) = await cellar.files()
    assert (file.state, file.reason) == ("kept", "")


@pytest.mark.parametrize("code", [429, 500, 502])
async def test_an_outage_costs_a_file_nothing(cellar: Cellar, code: int) -> None:
    """However often Telegram does not serve us, the file is not given up, and Telegram is not pestered."""
    cellar.world.fail_next("getFile", code=code, times=20, retry_after=7)
    await cellar.want(cellar.sends())
    await cellar.settle()
    assert (await cellar.states(), cellar.calls()) == (["waiting"], 1)
    for _ in range(20):
        await cellar.later(timedelta(seconds=59))
        asked = cellar.calls()
        await cellar.later(timedelta(seconds=1))
        assert cellar.calls() == asked + 1
    assert await cellar.states() == ["kept"]


async def test_telegrams_wish_to_wait_is_heeded_for_all_files(cellar: Cellar) -> None:
    """After a 429 nothing is asked for before the time is over, not even what comes in meanwhile."""
    cellar.world.fail_next("getFile", code=429, times=1, retry_after=300)
    await cellar.want(cellar.sends())
    await cellar.settle()
    await cellar.want(cellar.sends(b"other"))
    await cellar.later(timedelta(seconds=299))
    assert cellar.calls() == 1
    await cellar.later(timedelta(seconds=1))
    assert await cellar.states() == ["kept", "kept"]


async def test_one_file_that_breaks_the_line_does_not_hold_up_the_others(cellar: Cellar) -> None:
    """Each is a matter of its own."""
    cellar.world.fail_next("getFile", code=500, times=3)
    await cellar.want(*(cellar.sends(bytes([number])) for number in range(6)))
    await cellar.settle()
    await cellar.later(timedelta(seconds=20))
    assert sorted(await cellar.states()) == ["kept"] * 3 + ["waiting"] * 3


async def test_a_slow_file_does_not_hold_up_the_others(cellar: Cellar) -> None:
    """While Telegram hesitates with one, those that come after it are fetched beside it."""
    cellar.world.delay_next("getFile", seconds=60)
    await cellar.want(*(cellar.sends(bytes([number])) for number in range(9)))
    cellar.running = asyncio.create_task(cellar.archivist.run())
    await cellar.world.wait_until(lambda: cellar.calls() == 9)
    async with asyncio.timeout(60):
        while (await cellar.states()).count("kept") < 8:
            pass
    assert sorted(await cellar.states()) == ["kept"] * 8 + ["waiting"]


async def test_what_waited_when_the_program_ended_is_fetched_by_the_next(tmp_path: Path) -> None:
    """A row that was committed with its message is all that is needed; one in the middle is fetched again."""
    async with cellar_at(tmp_path) as cellar:
        wanted = [cellar.sends(bytes([number])) for number in range(5)]
        await cellar.want(*wanted)
        cellar.running = asyncio.create_task(cellar.archivist.run())
        await cellar.world.wait_until(lambda: cellar.calls() > 0)
        await cellar.stop()
        assert "waiting" in await cellar.states()
        cellar.start_anew()
        await cellar.settle()
        assert await cellar.states() == ["kept"] * 5


async def test_a_token_that_telegram_does_not_know_ends_the_work(tmp_path: Path) -> None:
    """No file can ever be had with it, so it is told and not waited for."""
    async with cellar_at(tmp_path) as cellar:
        cellar.world.fail_next("getFile", code=401, times=1)
        await cellar.want(cellar.sends())
        with pytest.raises(ExceptionGroup) as caught:
            await cellar.settle()
        assert caught.value.subgroup(SettingsWrong) is not None
        assert await cellar.states() == ["waiting"]
        cellar.running = None

"""`complaint-bot run` beside another one on the same database, by mistake."""

from pathlib import Path

from tests.commands.conftest import Run
from tests.contract.servers import Server
from tests.outpost import LittleTelegram, posted
from tests.processes import PATIENCE, Running, clean_environment

ANOTHER = "1000000002:SANDBOX-demo-token-of-no-worth"


async def test_a_second_bot_on_one_file_is_told_so_at_once(
    tmp_path: Path, telegram: LittleTelegram, run: Run
) -> None:
    """Both would take the same updates, and each would send as fast as Telegram allows one. Killed, it is replaced."""
    async with posted(tmp_path, telegram) as post:
        first = await post.open()
        second = await run("run")
        assert second.code == 2
        assert "another bot works on it" in second.lines[-1]
        assert str(first.process.pid) in second.lines[-1]

        await first.kill()
        await post.open()


async def test_no_copy_comes_where_a_bot_works_whatever_is_left_of_its_file(
    tmp_path: Path, telegram: LittleTelegram, run: Run
) -> None:
    """A bot stands by over a damaged file, and would go on with it when it has no name any more."""
    async with posted(tmp_path, telegram) as post:
        await post.open()
        assert (await run("backup", "desk.copy")).code == 0
        for end in ("", "-wal", "-shm"):
            (tmp_path / f"complaints.db{end}").write_bytes(b"spoilt" * 1000)
        ended = await run("restore", "desk.copy", "--force")

    assert ended.code == 2
    assert "stop the bot first" in ended.lines[-1]


async def test_two_bots_do_not_share_a_database(
    tmp_path: Path, telegram: LittleTelegram, server: Server, run: Run
) -> None:
    """Only who wrote to a bot hears it: what the other one sent would be refused, and given up."""
    async with server.database(empty=True) as name:
        address = server.far_address(name)
        async with posted(tmp_path, telegram, database=address) as post:
            await post.open()
            other = await Running.start(
                *("-m", "bot.sandbox", "--token", ANOTHER), cwd=tmp_path, env=clean_environment()
            )
            try:
                await other.until(lambda: other.out)
                stranger = await run("run", token=ANOTHER, api_url=other.out[0].strip(), database=address)
            finally:
                await other.kill()
            assert stranger.code == 2
            assert "another bot works on it" in stranger.lines[-1]
            assert "hunter2" not in stranger.err

            beside = await Running.start("-m", "bot", "run", cwd=tmp_path, env=post.env)
            try:
                await beside.logged("open", PATIENCE)
            finally:
                await beside.kill()

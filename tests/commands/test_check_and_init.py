"""`check` finds what would go wrong, `init` writes what may be changed, and the two fit together."""

import stat
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.outpost import LittleTelegram
from tests.processes import Running, clean_environment


async def test_what_is_shipped_has_nothing_to_find(run: Run) -> None:
    """The built-in brand and replies, a desk with topics and rights: 0 findings, exit code 0."""
    ended = await run("check")
    assert (ended.code, ended.out.decode().splitlines()[-1]) == (0, "0 findings.")


async def test_without_a_token_the_desk_is_not_asked_about(run: Run) -> None:
    """Brand and replies can be checked before there is a bot."""
    assert (await run("check", token=None, desk=None, api_url="http://127.0.0.1:9")).code == 0


async def test_every_finding_is_a_line_and_makes_the_exit_code_1(
    run: Run, telegram: LittleTelegram, tmp_path: Path
) -> None:
    """A desk without rights and a reply that promises nothing by nobody are both told, each with its hint."""
    desk = (await telegram.do("add_group", title="desk", is_forum=True, bot_rights=[]))["id"]
    reply = tmp_path / "replies" / "zh" / "opening" / "new_reply.html.j2"
    reply.parent.mkdir(parents=True)
    reply.write_text("您好，但是您错了。<b>没有关上", encoding="utf-8")
    ended = await run("check", desk=desk, replies=tmp_path / "replies")
    lines = ended.out.decode().splitlines()
    assert ended.code == 1
    assert lines[-1] == f"{len(lines) - 1} findings."
    assert any("COMPLAINT_BOT_DESK" in line and "manage topics" in line for line in lines)
    assert any("new_reply" in line for line in lines)


async def test_a_broken_brand_file_is_a_finding(run: Run, tmp_path: Path) -> None:
    """`check` tells of it and exits with 1."""
    file = tmp_path / "brand.toml"
    file.write_text("name = 'A'", encoding="utf-8")
    ended = await run("check", brand=file)
    assert ended.code == 1
    assert "COMPLAINT_BOT_BRAND" in ended.out.decode()


async def test_a_telegram_that_cannot_be_reached_is_a_finding(run: Run) -> None:
    """`check` does not wait for it."""
    ended = await run("check", api_url="http://127.0.0.1:9")
    assert ended.code == 1
    assert "COMPLAINT_BOT_API_URL" in ended.out.decode()


async def test_a_copy_of_brand_and_replies_is_as_good_as_ours_and_counts(run: Run, tmp_path: Path) -> None:
    """`init` writes files that anybody can change; `check` with them is clean, and what is changed is read."""
    ended = await run("init", "own")
    named = dict(line.split("=", 1) for line in ended.out.decode().splitlines())
    brand, replies = tmp_path / named["COMPLAINT_BOT_BRAND"], tmp_path / named["COMPLAINT_BOT_REPLIES"]
    assert ended.code == 0
    assert (await run("check", brand=brand, replies=replies)).code == 0
    assert all(file.stat().st_mode & stat.S_IWUSR for file in (tmp_path / "own").rglob("*"))
    brand.write_text(brand.read_text(encoding="utf-8").replace("hotline =", "hotlime ="), encoding="utf-8")
    spoiled = await run("check", brand=brand, replies=replies)
    assert spoiled.code == 1


async def test_nobodys_folder_is_overwritten(run: Run, tmp_path: Path) -> None:
    """`init` into a folder with anything in it changes nothing."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "brand.toml").write_text("mine", encoding="utf-8")
    ended = await run("init", "own")
    assert ended.code == 2
    assert len(ended.lines) == 1
    assert (tmp_path / "own" / "brand.toml").read_text(encoding="utf-8") == "mine"


async def test_a_place_that_cannot_be_written_is_one_line(run: Run) -> None:
    """`init` says so."""
    ended = await run("init", "/proc/own")
    assert (ended.code, len(ended.lines)) == (2, 1)


@pytest.mark.parametrize("address", ["http://bot.example.com/hook", "https://bot.example.com:9000"])
async def test_an_address_to_which_telegram_brings_nothing_is_a_finding(run: Run, address: str) -> None:
    """It takes only https:// and four ports; another Bot API server may take more."""
    ended = await run("check", webhook_url=address, api_url="https://api.telegram.org", token=None, desk=None)
    assert ended.code == 1
    assert "COMPLAINT_BOT_WEBHOOK_URL: Telegram brings updates only to https://" in ended.out.decode()


async def test_init_says_why_it_cannot_write(tmp_path: Path) -> None:
    """Where files may have no more than a few bytes, as on a full disk, the line has the system's reason."""
    program = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)); "
        "sys.argv = ['bot', 'init', 'mine']; runpy.run_module('bot', run_name='__main__')"
    )
    running = await Running.start("-B", "-c", program, cwd=tmp_path, env=clean_environment())
    ended = await running.ended()
    assert ended.code == 2
    assert [one for one in ended.lines if "mine cannot be written (File too large)" in one] == ended.lines

"""Whatever is wrong at the start is one line that says what to do, exit code 2, and never the token."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.outpost import LittleTelegram
from tests.processes import TOKEN, Ended, Running, clean_environment

WRONG_TOKEN = "1000000001:WRONG-token-of-no-worth-at-all"


def is_one_line(ended: Ended, *words: str) -> bool:
    """Exit code 2, one line with these words, and neither traceback nor token."""
    assert ended.code == 2, (ended.out, ended.err)
    assert len(ended.lines) == 1, ended.err
    assert ended.out == b""
    assert not any(secret in ended.err for secret in ("Traceback", TOKEN, WRONG_TOKEN, "s3cret"))
    assert all(word in ended.err for word in words), ended.err
    return True


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"token": None}, ("COMPLAINT_BOT_TOKEN", "BotFather")),
        ({"token": "not a token"}, ("COMPLAINT_BOT_TOKEN", "BotFather")),
        ({"token": WRONG_TOKEN}, ("COMPLAINT_BOT_TOKEN", "BotFather")),
        ({"desk": None}, ("COMPLAINT_BOT_DESK", "-100")),
        ({"desk": 77}, ("COMPLAINT_BOT_DESK", "minus")),
        ({"desk": -1009999999999}, ("COMPLAINT_BOT_DESK", "Add it")),
        ({"api_url": "telegram"}, ("COMPLAINT_BOT_API_URL", "https://")),
        ({"messages_per_second": "many"}, ("COMPLAINT_BOT_MESSAGES_PER_SECOND", "30")),
        ({"database": "mysql://root:s3cret@host/db"}, ("COMPLAINT_BOT_DATABASE", "sqlite:///")),
        (
            {"database": "sqlite:////nowhere/at/all/complaints.db"},
            ("COMPLAINT_BOT_DATABASE", "/nowhere/at/all"),
        ),
        ({"database": "sqlite:////"}, ("COMPLAINT_BOT_DATABASE",)),
        ({"brand": "/nowhere/brand.toml"}, ("COMPLAINT_BOT_BRAND", "init")),
        ({"replies": "/nowhere/replies"}, ("COMPLAINT_BOT_REPLIES", "init")),
        ({"token_file": "/nowhere/token", "token": None}, ("COMPLAINT_BOT_TOKEN_FILE", "/nowhere/token")),
    ],
)
async def test_a_wrong_setting_is_named_with_what_to_do(
    run: Run, changed: dict[str, Any], words: tuple[str, ...]
) -> None:
    """`run` names the variable that is missing or wrong."""
    assert is_one_line(await run("run", **changed), *words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = 'A'", ("hotline",)),
        ("this is no toml", ("TOML",)),
        ("name = { zh = 'A' }\nhotline = '1'\nholtline_hours = 'x'", ("holtline_hours",)),
    ],
)
async def test_a_wrong_brand_file_is_named_with_its_field(
    run: Run, tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    """The line names variable, file and field."""
    file = tmp_path / "brand.toml"
    file.write_text(text, encoding="utf-8")
    assert is_one_line(await run("run", brand=file), "COMPLAINT_BOT_BRAND", str(file), *words)


async def test_a_file_that_is_no_database_is_left_alone(run: Run, tmp_path: Path) -> None:
    """Another program's file is named, and not touched."""
    file = tmp_path / "letters.db"
    file.write_bytes(b"these are my letters, and no database at all\n" * 20)
    before = file.read_bytes()
    assert is_one_line(await run("run", database=f"sqlite:///{file}"), "COMPLAINT_BOT_DATABASE", str(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ({"title": "plain", "is_forum": False}, ("Topics",)),
        ({"title": "no rights", "is_forum": True, "bot_rights": []}, ("administrator", "manage topics")),
        ({"title": "a plain member", "is_forum": True, "bot_rights": None}, ("administrator",)),
    ],
)
async def test_a_desk_that_cannot_work_is_told_before_anybody_is_served(
    run: Run, telegram: LittleTelegram, group: dict[str, Any], words: tuple[str, ...]
) -> None:
    """A group without topics, or a bot without the right to open them, stops the start."""
    desk = (await telegram.do("add_group", **group))["id"]
    assert is_one_line(await run("run", desk=desk), "COMPLAINT_BOT_DESK", *words)


async def test_a_telegram_that_cannot_be_reached_is_waited_for_until_told_to_stop(
    tmp_path: Path, settings: dict[str, object]
) -> None:
    """It says so once, tries again, and ends with 0 on SIGTERM: an outage is no fault of the settings."""
    env = clean_environment(**(settings | {"api_url": "http://127.0.0.1:9"}))
    running = await Running.start("-m", "bot", "run", cwd=tmp_path, env=env)
    await running.logged("telegram_unreachable")
    ended = await running.stop()
    assert ended.code == 0
    assert sum('"level":"warning"' in line for line in ended.lines) == 1
    assert "Traceback" not in ended.err
    assert TOKEN not in ended.err

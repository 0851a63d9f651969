"""Secrets are shown nowhere: whatever is wrong with a setting, whatever command is given, whatever fails."""

import asyncio
import io
import json
import logging
from pathlib import Path

import aiohttp
import pytest
import structlog
import yarl

from bot.commands.secret_values import secrets_in
from bot.config import Settings, read_settings
from bot.logs import crashed, discreet_words, hide
from tests.processes import Running, clean_environment, command, unreadable_replies

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
HALF = TOKEN.partition(":")[2]
PASSWORD = "hunter2hunter2"
WORDS = "发霉了"
KEY = "sk-marker-0123456789"
DATABASES = [
    f"postgresql://clerk:{PASSWORD}@127.0.0.1:1/desk",
    f"postgresql://clerk:{PASSWORD}@127.0.0.1:port/desk",
    f"postgresql://clerk:p/w@{PASSWORD}@127.0.0.1:1/desk",
    f"postgresql://127.0.0.1:1/desk?user=clerk&password={PASSWORD}",
    f"mysql://clerk:{PASSWORD}@db/desk",
    f"postgresql://clerk:{PASSWORD}@[::1/desk",
    f"postgresql://clerk:{PASSWORD}@127.0.0.1:1/desk?nonsense=1",
]
WRONG = [
    *({"database": one} for one in DATABASES),
    {"token": f"{TOKEN}!"},
    {"desk": TOKEN},
    {"api_url": f"http://clerk:{PASSWORD}@127.0.0.1:0"},
    {"api_url": f"http://clerk:{PASSWORD}@127.0.0.1:9"},
    {"api_url": TOKEN},
    {"webhook_url": f"ftp://clerk:{PASSWORD}@bot.example.com"},
    {"webhook_secret": f"{PASSWORD}!!"},
    {"listen": TOKEN},
    {"model_url": f"http://clerk:{PASSWORD}@[", "model": "m", "model_key": KEY},
    {"model_key": f"{KEY}\u00e9"},
    {"messages_per_second": TOKEN},
    {"brand": f"/nowhere/{TOKEN}"},
]
COMMANDS = [["--help"], ["check"], ["run"], ["status"], ["export"], ["migrate"]]


@pytest.mark.parametrize("wrong", WRONG, ids=[f"{n}-{'-'.join(one)}" for n, one in enumerate(WRONG)])
async def test_no_wrong_setting_is_quoted_where_it_holds_a_secret(
    tmp_path: Path, wrong: dict[str, str]
) -> None:
    """The sentence names the variable and what to do; what was written there stays unsaid."""
    given = {
        "token": TOKEN,
        "desk": "-1001",
        "api_url": "http://127.0.0.1:9",
        "webhook_secret": PASSWORD,
        "replies": unreadable_replies(tmp_path),
        **wrong,
    }
    told = await command("check", cwd=tmp_path, env=clean_environment(**given))
    words = told.out.decode() + told.err
    assert words
    assert [one for one in (TOKEN, HALF, PASSWORD, KEY) if one in words] == []


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
async def test_no_command_shows_a_secret(tmp_path: Path, arguments: list[str]) -> None:
    """Help, check and every command that fails for want of a database."""
    env = clean_environment(
        token=TOKEN,
        database=DATABASES[0],
        model_key=KEY,
        webhook_secret=PASSWORD,
        desk="-1001",
        model="m",
        model_url="http://127.0.0.1:9",
        api_url="http://127.0.0.1:9",
    )
    told = await command(*arguments, cwd=tmp_path, env=env)
    words = told.out.decode() + told.err
    assert words
    assert [one for one in (TOKEN, HALF, PASSWORD, KEY) if one in words] == []


def test_settings_do_not_show_theirs() -> None:
    """Neither their repr nor their text, however the secret came in."""
    found = read_settings(
        {
            "COMPLAINT_BOT_TOKEN": TOKEN,
            "COMPLAINT_BOT_DATABASE": DATABASES[0],
            "COMPLAINT_BOT_API_URL": f"http://clerk:{PASSWORD}@localhost",
            "COMPLAINT_BOT_WEBHOOK_URL": f"https://clerk:{PASSWORD}@localhost",
            "COMPLAINT_BOT_MODEL_URL": f"https://clerk:{PASSWORD}@localhost",
            "COMPLAINT_BOT_MODEL": "m",
            "COMPLAINT_BOT_MODEL_KEY": KEY,
        }
    )
    shown = f"{found!r} {found}"
    assert [one for one in (TOKEN, PASSWORD, KEY, str(found.webhook_secret)) if one in shown] == []
    assert "webhook_secret" not in repr(Settings(webhook_secret="x" * 9))


def test_values_are_hidden_wherever_they_stand(log: io.StringIO) -> None:
    """Keys without any pattern too: what is a secret of this process is known by its value."""
    hide(
        secrets_in(
            {
                "COMPLAINT_BOT_MODEL_KEY": KEY,
                "COMPLAINT_BOT_TOKEN": TOKEN,
                "COMPLAINT_BOT_X": f"s3://a:{PASSWORD}@b",
            }
        )
    )
    structlog.get_logger().info(f"asked with {KEY}", why=[{"deep": f"…{HALF}…"}], note=f"({PASSWORD})")
    logging.getLogger("some.library").warning("header Authorization: Bearer %s", KEY)
    assert len(log.getvalue().splitlines()) == 2
    assert [one for one in (KEY, HALF, PASSWORD) if one in log.getvalue()] == []
    assert discreet_words(f"Bearer {KEY}") == "Bearer ***"


async def test_a_client_that_fails_at_the_address_does_not_show_it(log: io.StringIO) -> None:
    """The token stands in every address of the Bot API, and libraries like to quote addresses."""
    addresses = [
        f"http://127.0.0.1:9/bot{TOKEN}/getMe",
        f"http://[/bot{TOKEN}/getMe",
        f"nothing://x/bot{TOKEN}/getMe",
    ]
    async with aiohttp.ClientSession() as session:
        for address in addresses:
            try:
                await session.get(address)
            except (aiohttp.ClientError, ValueError) as error:
                structlog.get_logger().exception("failed", reason=str(error), where=repr(error))
    structlog.get_logger().warning("asked", where=yarl.URL(addresses[0]))
    assert log.getvalue().count('"event":"failed"') == len(addresses)
    assert HALF not in log.getvalue()


async def test_a_task_that_nobody_awaits_quotes_nobody(log: io.StringIO) -> None:
    """Of lost tasks asyncio tells all that is in them: here only that there was one, and where."""

    async def fails() -> None:
        raise ValueError(WORDS)

    loop = asyncio.get_running_loop()
    task = loop.create_task(fails())
    await asyncio.wait({task})
    del task
    loop.call_exception_handler(
        {"message": "Task exception was never retrieved\nfuture: " + WORDS, "exception": ValueError(WORDS)}
    )
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert lines
    assert WORDS not in log.getvalue()
    assert "ValueError: (not shown)" in log.getvalue()


def test_what_ends_the_process_quotes_nobody(log: io.StringIO) -> None:
    """A fault of our own that nothing caught is told by place and sort."""
    try:
        raise KeyError(WORDS)  # noqa: TRY301 - it must have been raised
    except KeyError as fault:
        crashed(type(fault), fault, fault.__traceback__)
    assert WORDS not in log.getvalue()
    assert "KeyError: (not shown)" in log.getvalue()


async def test_what_fails_in_a_thread_or_while_it_is_cleared_away_quotes_nobody(tmp_path: Path) -> None:
    """Python would print such faults with their message: each is a line of the log that tells place and sort."""
    program = tmp_path / "program.py"
    program.write_text(
        """
import sys
import threading

from bot.logs import catch_all, configure

configure(console=False)
catch_all()


class Left:
    def __del__(self):
        raise KeyError(sys.argv[1])


def fail():
    raise KeyError(sys.argv[1])


work = threading.Thread(target=fail)
work.start()
work.join()
Left()
""",
        "utf-8",
    )
    running = await Running.start(str(program), WORDS, cwd=tmp_path, env=clean_environment())
    ended = await running.ended()
    assert WORDS not in ended.err
    assert [json.loads(one)["event"] for one in ended.lines] == ["thread_failed", "clearing_failed"]
    assert ended.err.count("KeyError: (not shown)") == 2

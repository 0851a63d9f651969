"""The second reader in whole processes: `check`, a start without it, and a kill while it is being asked."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.crash.brand import quick_brand
from tests.model.server import ModelServer, answer
from tests.outpost import LittleTelegram, little_telegram, posted
from tests.processes import PATIENCE, ROOT, Ended, clean_environment, command, unreadable_replies

UNCLEAR = "你们那个东西到了以后我琢磨了两天也没弄明白，反正就是跟想的不一样，弄得我这心里头总不太得劲儿"


async def _check(folder: Path, **settings: object) -> Ended:
    return await command("check", cwd=folder, env=clean_environment(**settings))


async def test_check_asks_the_model_one_question(tmp_path: Path, model: ModelServer) -> None:
    """A model that answers as it should is no finding; the question is a sentence of ours."""
    model.says(answer(category="quality", is_complaint=True))
    ended = await _check(tmp_path, model_url=model.url, model="m", model_key="sk-1", model_seconds=20)
    assert (ended.code, ended.out.decode().splitlines()[-1]) == (0, "0 findings.")
    assert (len(model.asked), model.keys) == (1, ["Bearer sk-1"])


@pytest.mark.parametrize(
    ("status", "name"), [(401, "MODEL_KEY"), (404, "MODEL"), (500, "MODEL_URL"), (200, "MODEL")]
)
async def test_check_says_what_is_wrong_with_the_model(
    tmp_path: Path, model: ModelServer, status: int, name: str
) -> None:
    """A key that is not accepted, a name that is not known, an endpoint that is ill, one that only chats."""
    model.says("Hello! How can I help?") if status == 200 else model.refuses(status)
    replies = unreadable_replies(tmp_path)
    ended = await _check(
        tmp_path, model_url=model.url, model="m", model_key="sk-1", model_seconds=20, replies=replies
    )
    (_, line, _) = ended.out.decode().splitlines()
    assert ended.code == 1
    assert line.startswith(f"COMPLAINT_BOT_{name}:")
    assert "sk-1" not in line


async def test_check_says_when_the_model_is_too_slow(tmp_path: Path, model: ModelServer) -> None:
    """The time that was set is too short for it."""
    model.says_when_allowed(answer())
    ended = await _check(
        tmp_path, model_url=model.url, model="m", model_seconds=0.2, replies=unreadable_replies(tmp_path)
    )
    (_, line, _) = ended.out.decode().splitlines()
    assert line.startswith("COMPLAINT_BOT_MODEL_SECONDS:")


def test_without_a_model_its_rooms_are_not_entered() -> None:
    """Who names no model loads none of it."""
    found = "[one for one in sys.modules if 'bot.model' in one or 'second_reader' in one or 'reading.second' in one]"
    looks = f"import sys, bot.app, bot.commands.running, bot.commands.checking; print({found})"
    run = subprocess.run([sys.executable, "-c", looks], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert run.stdout.strip() == "[]"


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[LittleTelegram]:
    """A little Telegram that survives the bot."""
    async with little_telegram(tmp_path) as there:
        yield there


@pytest.mark.crash
@pytest.mark.practice("S18")
async def test_a_kill_while_the_model_is_asked_loses_nothing_and_doubles_nothing(
    tmp_path: Path, telegram: LittleTelegram, model: ModelServer
) -> None:
    """The message is still in the inbox: the next start asks again, and the customer is answered once."""
    model.says_when_allowed(answer(category="quality", is_complaint=True))
    async with posted(tmp_path, telegram, brand=quick_brand(tmp_path)) as post:
        post.env |= {
            "COMPLAINT_BOT_MODEL_URL": model.url,
            "COMPLAINT_BOT_MODEL": "m",
            "COMPLAINT_BOT_MODEL_SECONDS": "30",
        }
        running = await post.open()
        await telegram.do("say", person_id=telegram.customer, text=UNCLEAR)
        await asyncio.wait_for(model.was_asked.wait(), PATIENCE)
        assert (await running.kill()).code == -9
        assert await telegram.said_by_bot(telegram.customer) == []
        model.may_answer.set()
        again = await post.open()
        await telegram.waits_for(telegram.customer)
        assert (await again.stop()).code == 0
        with closing(sqlite3.connect(f"file:{post.database}?mode=ro", uri=True)) as connection:
            (rows,) = connection.execute("SELECT count(*) FROM cases").fetchall()
    assert rows == (1,)
    assert model.words == [UNCLEAR, UNCLEAR]


@pytest.mark.crash
async def test_it_stops_in_time_while_the_model_is_asked(
    tmp_path: Path, telegram: LittleTelegram, model: ModelServer
) -> None:
    """Told to stop, it does not wait for an answer; the message stays in the inbox. No word of it is in the logs."""
    model.says_when_allowed(answer())
    async with posted(tmp_path, telegram, brand=quick_brand(tmp_path)) as post:
        post.env |= {
            "COMPLAINT_BOT_MODEL_URL": model.url,
            "COMPLAINT_BOT_MODEL": "m",
            "COMPLAINT_BOT_MODEL_SECONDS": "30",
        }
        running = await post.open()
        await telegram.do("say", person_id=telegram.customer, text=UNCLEAR)
        await asyncio.wait_for(model.was_asked.wait(), PATIENCE)
        ended = await running.stop()
        assert ended.code == 0, ended.err
        assert "Traceback" not in ended.err
        assert UNCLEAR[:6] not in ended.err
        with closing(sqlite3.connect(f"file:{post.database}?mode=ro", uri=True)) as connection:
            (waiting,) = connection.execute("SELECT count(*) FROM inbox WHERE outcome IS NULL").fetchall()
    assert waiting == (1,)

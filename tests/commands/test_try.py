"""`try`: one command, no account, and something that answers."""

from pathlib import Path

import aiohttp
import pytest

from tests.outpost import LittleTelegram
from tests.processes import Running, clean_environment


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "上周买的电热壶不通电"), ("en", "The kettle I bought does not work")]
)
async def test_it_prints_its_address_serves_the_page_and_answers(
    tmp_path: Path, lang: str, words: str
) -> None:
    """The address is on standard output; behind it are the page and a bot that acknowledges a complaint at once."""
    running = await Running.start(
        *("-m", "bot", "try", "--port", "0", "--lang", lang, "--data", "kept"),
        cwd=tmp_path,
        env=clean_environment(),
    )
    await running.until(lambda: running.out)
    async with aiohttp.ClientSession() as session:
        async with session.get(running.out[0]) as page:
            assert page.status == 200
            assert "text/html" in page.headers["Content-Type"]
        telegram = LittleTelegram(running, running.out[0].partition("/?")[0], session)
        await telegram.look_around()
        await telegram.do("say", person_id=telegram.customer, text=words)
        reply = await telegram.waits_for(telegram.customer)
        assert reply["text"]
        assert reply["buttons"]
    ended = await running.stop()
    assert (ended.code, ended.err) == (0, "")
    assert list((tmp_path / "kept").glob("*.db"))


async def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    """It says which, and how to choose another."""
    first = await Running.start("-m", "bot", "try", "--port", "0", cwd=tmp_path, env=clean_environment())
    await first.until(lambda: first.out)
    port = first.out[0].partition("/?")[0].rpartition(":")[2]
    second = await Running.start("-m", "bot", "try", "--port", port, cwd=tmp_path, env=clean_environment())
    ended = await second.ended()
    assert (await first.stop()).code == 0
    assert (ended.code, len(ended.lines)) == (2, 1)
    assert port in ended.err
    assert "--port" in ended.err

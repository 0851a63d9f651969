"""Updates that overtake each other on their way to the webhook."""

from pathlib import Path

import aiohttp
import pytest

from bot.office.incoming.sequence import HOLD
from tests.endurance.scene import SETUPS, Scene, Setup, scene_of
from tests.endurance.turning import Swap

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

Said = dict[str, object]
"""Who says what, and where."""


async def _swapped(scene: Scene, *said: Said) -> bool:
    """Two are said, and what was said second comes first; whether the other came before anybody would go on."""
    assert scene.front is not None
    async with aiohttp.ClientSession() as session:
        swap = Swap(session, scene.front.targets)
        scene.front.instead = swap.brought
        for one in said:
            await scene.telegram.do("say", **one)
        await swap.swapped.wait()
        scene.front.instead = None
        return swap.took < HOLD.total_seconds()


@pytest.mark.parametrize("setup", [one for one in SETUPS if one.webhook], ids=lambda one: one.name)
async def test_words_that_overtook_each_other_are_carried_in_the_order_in_which_they_were_said(
    setup: Setup, tmp_path: Path
) -> None:
    """A customer's two lines in the topic and in the case, and an agent's two in the customer's chat.

    Nobody waits for long: where the machine took longer between two than the bot waits, only the record has them in
    order.
    """
    async with scene_of(setup, tmp_path, seed=1, at_once=1, for_a_person=1) as scene:
        telegram, customer, agent = scene.telegram, scene.telegram.customer, scene.telegram.agents[0]
        await scene.open_all()
        await telegram.do("say", person_id=customer, text="上周买的电热壶不通电，我要人工客服")
        await telegram.waits_for(telegram.desk, "不通电")
        (topic,) = await telegram.see("topics", chat_id=telegram.desk)
        here: Said = {"person_id": customer}
        soon = await _swapped(scene, here | {"text": "甲：插上没反应"}, here | {"text": "乙：试过别的插座"})
        await telegram.waits_for(telegram.desk, "乙：")
        there: Said = {"person_id": agent, "chat_id": telegram.desk, "thread_id": topic["thread_id"]}
        soon_too = await _swapped(scene, there | {"text": "丙：您好"}, there | {"text": "丁：在看您的订单"})
        await telegram.waits_for(customer, "丁：")
        await scene.drain()
        carried = [one["text"] for one in await telegram.said_by_bot(telegram.desk)]
        heard = [one["text"] for one in await telegram.said_by_bot(customer)]
        (case,) = await scene.posts[0].export()

    kept = [one["text"][0] for one in case["messages"] if one["text"][:2] in ("甲：", "乙：", "丙：", "丁：")]
    assert kept == ["甲", "乙", "丙", "丁"]
    for in_time, there_too, said in (
        (soon, carried, ["甲：插上没反应", "乙：试过别的插座"]),
        (soon_too, heard, ["丙：您好", "丁：在看您的订单"]),
    ):
        found = _lines(there_too, said)
        assert found == said or (not in_time and sorted(found) == sorted(said))


def _lines(messages: list[str], wanted: list[str]) -> list[str]:
    """These lines, as they stand there one below the other; the card, which is above all, holds some of them too."""
    return [line for text in messages[1:] for line in text.splitlines() if line in wanted]

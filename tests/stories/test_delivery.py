"""Delivery shown as it is: blocked chats, refused letters, topics that vanish, groups that move, bad weather."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.complaint.case import Control
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
    林晓点: 我来接
    机器人: 客服同事已经接手…
"""


@pytest.mark.practice("S2", "R31")
async def test_a_topic_deleted_by_hand_comes_back(stage: Stage) -> None:
    """A deleted topic is opened anew by the next word, with card and the talk so far; nothing is lost."""
    await stage.play(HELD)
    world, desk = stage.demo.world, stage.demo.desk.id
    world.delete_topic(desk, stage.thread)
    await stage.play("""
        客户: 有人吗？
    """)
    (topic,) = world.topics(desk)
    said = [one.text for one in world.from_bot(desk, thread_id=topic.id)]
    assert [("有人吗" in one, "林晓 在跟" in one, "前面的对话" in one) for one in said] == [
        (True, False, False),
        (False, True, False),
        (True, False, True),
    ]
    assert "100-0001" in topic.name
    await stage.play("""
        林晓: 在的
        机器人: 在的
    """)


@pytest.mark.practice("S2")
async def test_a_topic_closed_by_hand_opens_again(stage: Stage) -> None:
    """Closing the topic closes no case: it opens again, and one line says why."""
    await stage.play(HELD)
    world, desk = stage.demo.world, stage.demo.desk.id
    world.close_topic(stage.demo.agents[0].id, desk, stage.thread)
    await stage.settle()
    await stage.play("""
        群: 案子还没结束，话题重新打开了…
        客户: 还在吗？
        群: …还在吗？
    """)
    assert not world.topics(desk)[-1].closed


@pytest.mark.practice("S2", "S38")
async def test_the_house_follows_a_group_that_gets_another_id(stage: Stage) -> None:
    """When Telegram gives the desk's group a new id, cases go on there: topic, card, talk, commands, members."""
    await stage.play(HELD)
    world, old = stage.demo.world, stage.demo.desk
    new = world.upgrade_group(old.id)
    await stage.settle()
    stage.demo = stage.demo._replace(desk=new)
    await stage.play("""
        客户: 换了地方还找得到我吗？
    """)
    (topic,) = world.topics(new.id)
    said = " ".join(one.text for one in world.from_bot(new.id, thread_id=topic.id))
    assert all(words in said for words in ("换了地方还找得到我吗", "林晓 在跟", "前面的对话"))
    await stage.play("""
        林晓: 找得到
        机器人: 找得到
        路人甲: 我也说一句
        林晓点: 放回队列
        机器人: …
        王珂点: 我来接
    """)
    case = await stage.case()
    assert case.holder is not None
    assert (case.control, case.holder.name) == (Control.HUMAN, "王珂")
    assert not [one for one in world.calls[-20:] if one.chat_id == old.id]


@pytest.mark.practice("S53", "S2")
async def test_a_customer_who_blocks_the_bot_is_told_of_once(stage: Stage) -> None:
    """The desk hears once that nothing arrives any more, with phone and promises; and when they come back."""
    await stage.play("""
        客户: 转人工，电热壶不通电，我电话13812345678
        机器人: …已为您转人工…
        林晓点: 我来接
        机器人: 客服同事已经接手…
    """)
    world, customer = stage.demo.world, stage.demo.customer.id
    world.block(customer)
    await stage.settle()
    await stage.play("""
        群: ❗ 顾客屏蔽了机器人，这里发的到不了…138…答复…
        卡片: 100-0001…没送到：顾客屏蔽了机器人…
        林晓: 您好，给您换新
        林晓: 换新明天寄
        群: 记下承诺 p2：“换新明天寄”…
        王珂: /help
        群: …/claim…
    """)
    assert len(stage.said()) == 2
    world.unblock(customer)
    await stage.settle()
    await stage.play("""
        群: 顾客又能收到消息了。
        林晓: 您好，给您换新，明天寄
        机器人: 您好，给您换新，明天寄
    """)
    assert "没送到" not in stage.card()


@pytest.mark.practice("S93", "S95")
async def test_an_offer_that_met_a_block_is_laid_again(stage: Stage) -> None:
    """They could not read it: when they are back it comes by itself, with its old end, and can be taken."""
    await stage.play("""
        客户: 转人工，电热壶不通电，订单8841
        机器人: …已为您转人工…
        林晓点: 我来接
        机器人: 客服同事已经接手…
    """)
    world, customer = stage.demo.world, stage.demo.customer.id
    world.block(customer)
    await stage.settle()
    await stage.do("林晓", "/offer 退款 50")
    assert len(stage.said()) == 2
    await stage.pass_time(timedelta(hours=3))
    world.unblock(customer)
    await stage.settle()
    await stage.do("客户点", "同意")
    ((case, _),) = await stage.kept()
    assert (len(case.offers), case.agreement is not None) == (1, True)
    assert sum("同事给您的方案" in one for one in stage.said()) == 1
    lines = [one.text for one in world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert "方案又给顾客发了一遍，等答复。" in lines


@pytest.mark.practice("S53")
async def test_a_reply_that_meets_a_blocked_chat_is_told_of_once(stage: Stage) -> None:
    """When the refusal is heard of before the block itself, the desk is still told once."""
    await stage.play(HELD)
    world, customer = stage.demo.world, stage.demo.customer.id
    world.chats[customer].blocked = True
    await stage.do("林晓", "给您换新")
    await stage.play("""
        群: ❗ 没送到：顾客屏蔽了机器人…没有留电话…
    """)
    world.chats[customer].blocked = False
    world.block(customer)
    await stage.settle()
    assert len(stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)) == 2
    _, rows = (await stage.kept())[0]
    agent = next(row for row in rows if row.entry.text == "给您换新")
    assert not agent.entry.note


@pytest.mark.practice("S2", "S38")
async def test_a_refused_letter_is_said_at_the_desk(stage: Stage) -> None:
    """An account that is no more is said at the desk as what it is."""
    await stage.play(HELD)
    stage.demo.world.delete_account(stage.demo.customer.id)
    await stage.play("""
        林晓: 给您换新
        群: ❗ 没送到：账号或会话没了…
    """)


TALK = (
    ("客户", "上周买的电热壶不通电"),
    ("", ""),
    ("客户", "订单8841"),
    ("客户", "转人工"),
    ("林晓", "给您换新的"),
    ("客户", "谢谢"),
    ("林晓点", "问是否解决"),
    ("客户点", "解决了"),
)


async def read_by_both(
    stage: Stage, trouble: Callable[[int], object] = lambda _chat: None
) -> list[list[str]]:
    """Play the talk with this trouble before every line; what customer and desk then read."""
    for who, words in TALK:
        stage.demo.world.faults.coming.clear()
        for chat in (stage.demo.customer.id, stage.demo.desk.id):
            trouble(chat)
        if who:
            await stage.do(who, words)
        else:
            await stage.pass_time(timedelta(seconds=4))
    desk = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
    return [stage.said(), [re.sub(r"\d\d:\d\d", "", one.text) for one in desk]]


@pytest.fixture
async def fair_stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """A second house, where the weather is fair."""
    async with raise_stage(tmp_path_factory.mktemp("fair")) as ready:
        yield ready


@contextmanager
def passing_time(stage: Stage) -> Iterator[None]:
    """Waiting for a pause to end costs the house's clock, not ours: every moment of ours is twenty there."""
    loop = asyncio.get_running_loop()
    waiting: list[asyncio.TimerHandle] = []

    def tick() -> None:
        stage.clock.move(timedelta(seconds=0.2))
        waiting[:] = [loop.call_later(0.01, tick)]

    tick()
    yield
    waiting[0].cancel()


@pytest.mark.practice("S2")
@pytest.mark.parametrize("trouble", ["flood", "server", "broken line"])
async def test_the_talk_reads_the_same_in_bad_weather(stage: Stage, fair_stage: Stage, trouble: str) -> None:
    """429, 5xx and broken lines before every line of a talk change nothing in what both sides read."""
    world = stage.demo.world
    brew: dict[str, Callable[[int], object]] = {
        "flood": lambda chat: world.fail_next(code=429, retry_after=1, chat_id=chat),
        "server": lambda chat: world.fail_next(code=502, chat_id=chat),
        "broken line": lambda chat: world.reset_next(after_effect=False, chat_id=chat),
    }
    expected = await read_by_both(fair_stage)
    with passing_time(stage):
        seen = await read_by_both(stage, brew[trouble])
    refused = sum(not one.ok for one in world.calls)
    assert refused >= 5 or trouble == "broken line"
    assert seen == expected

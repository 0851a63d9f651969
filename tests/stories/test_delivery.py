"""Delivery shown as it is: blocked chats, refused letters, topics that vanish, groups that move, bad weather."""


import pytest

from bot.complaint.case import Control
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
        群: ❗ 顾客屏蔽了机器人，这里发的到不了…138…第一次答复…
        卡片: 100-0001…没送到：顾客屏蔽了机器人…
        林晓: 您好，给您换新
        林晓: 换新明天寄
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


@pytest.mark.practice("S53")
async def test_a_reply_that_meets_a_blocked_chat_is_told_of_once(stage: Stage) -> None:
    """When the refusal is heard of before the block itself, the desk is still told once."""
    await stage.play(HELD)
    world, customer = stage.demo.world, stage.demo.customer.id
    world.chats[customer].blocked = True
    await stage.play("""
        林晓: 给您换新
        群: ❗ 没送到：顾客屏蔽了机器人…没有留电话…第一次答复…
    """) if False else None
    await stage.do("林晓", "给您换新")
    await stage.play("""
        群: ❗ 没送到：顾客屏蔽了机器人…没有留电话…
    """)
    world.chats[customer].blocked = False
    world.block(customer)
    await stage.settle()
    assert len(stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)) == 3
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


WEATHER = """
    客户: 上周买的电热壶不通电
    机器人: …编号 100-0001…
    -- 4秒
    机器人: 谢谢…很抱歉…订单号是多少？…
    客户: 订单8841
    机器人: 找到了…您觉得怎么处理比较合适？…
    客户: 转人工
    机器人: 已为您转人工…
    林晓: 给您换新的
    机器人: …接手…
    机器人: 给您换新的
    客户: 谢谢
    群: …谢谢
"""


@pytest.mark.practice("S2")
@pytest.mark.parametrize("trouble", ["flood", "server", "reset_before"])
async def test_the_talk_reads_the_same_in_bad_weather(stage: Stage, trouble: str) -> None:
    """429, 5xx and broken lines in the middle change nothing in what both sides read."""
    world = stage.demo.world
    brew = {
        "flood": lambda chat: world.fail_next("*", code=429, retry_after=2, times=2, chat_id=chat),
        "server": lambda chat: world.fail_next("*", code=502, times=2, chat_id=chat),
        "reset_before": lambda chat: world.reset_next("*", after_effect=False, times=1, chat_id=chat),
    }[trouble]

    async def hurry() -> None:
        while True:
            await asyncio.sleep(0.02)
            stage.clock.move(timedelta(seconds=1))

    fair = [line for line in WEATHER.splitlines() if line.strip() and "--" not in line]
    assert fair
    brew(stage.demo.customer.id)
    brew(stage.demo.desk.id)
    wind = asyncio.create_task(hurry())
    try:
        await stage.do("客户", "转人工，电热壶不通电")
        brew(stage.demo.customer.id)
        brew(stage.demo.desk.id)
        await stage.do("林晓", "给您换新的")
        await stage.do("客户", "谢谢")
    finally:
        wind.cancel()
    assert [words[:4] for words in stage.said()[-1:]] == ["给您换新"]
    assert len(stage.said()) == 3
    topic = [one.text for one in world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert len(topic) == 3
    assert "谢谢" in topic[-1]

"""Delivery shown as it is: blocked chats, refused letters, topics that vanish, groups that move, bad weather."""

import asyncio
from datetime import timedelta

import pytest

from bot.complaint.case import Control
from bot.complaint.ids import ChatId
from bot.sandbox.pacing import Limits
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

"""Queues with groups of their own, as chat logs: where a case opens, how it moves, that nothing is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.complaint.case import Control, Queue
from tests.stories import spots
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house whose legal and safety teams have groups of their own."""
    async with raise_stage(tmp_path, desks={Queue.LEGAL: "法务群", Queue.SAFETY: "安全群"}) as ready:
        yield ready


def names(stage: Stage, title: str) -> list[str]:
    """The topics of one of the groups."""
    group = stage.demo.desk if title == "大群" else stage.demo.group(title)
    return [one.name for one in stage.demo.world.topics(group.id)]


HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
    林晓点: 我来接
    机器人: 客服同事已经接手…
    林晓: 您好，壶底有编号吗？
    机器人: 您好，壶底有编号吗？
"""


@pytest.mark.practice("R6", "R31")
async def test_a_case_opens_in_the_group_of_its_queue(house: Stage) -> None:
    """Danger goes to the safety team's own group, with card and log; the common desk hears nothing of it."""
    await house.play("""
        客户: 孩子吃了你们的饼干，嘴肿起来了
        机器人: …120…
        安全群: 🔴 100-0001 紧急…
    """)
    assert len(names(house, "安全群")) == 1
    assert names(house, "大群") == []
    assert "嘴肿" in house.log()
    assert (await house.case()).desk == house.demo.group("安全群").id


@pytest.mark.practice("R31", "S55")
async def test_a_case_that_is_handed_on_moves_with_all_that_was_said(house: Stage) -> None:
    """The old topic closes with one line; in the new group stand card, the whole log and the files."""
    await house.play(f"""
        {HELD}
        客户发图: 编号在这
        林晓: /transfer 法务 顾客要打官司
        机器人: 这件事转给了…接着办…前答复您…
        群: 编号在这
        群: 林晓 转给了法务…原因：顾客要打官司
        卡片: 100-0001…等人接…
    """)
    world, (old,) = house.demo.world, house.demo.world.topics(house.demo.desk.id)
    assert old.closed
    last = world.from_bot(house.demo.desk.id, thread_id=old.id)[-1]
    assert "转到法务了" in last.text
    assert len(names(house, "法务群")) == 1
    assert all(words in house.log() for words in ("电热壶不通电", "壶底有编号吗", "编号在这"))
    group = house.demo.group("法务群")
    assert any(one.media for one in world.history(group.id)), "the picture came along"
    case = await house.case()
    assert (case.queue, case.control, case.holder, case.decided) == (Queue.LEGAL, Control.QUEUED, None, True)
    await house.play("""
        群: 🗂 按清单办…
        客户: 那我等着
        机器人: …
        群: 周敏…那我等着
        方宁点: 我来接
        方宁: 您好，我是法务的同事
        机器人: 您好，我是法务的同事
        客户回: 您好，我是法务的同事 > 好的
        群: …好的
    """)


@pytest.mark.practice("R31")
async def test_words_in_the_old_topic_go_nowhere_and_say_where_the_case_is(house: Stage) -> None:
    """Whoever still writes where the case was is told so, with the way; the customer sees nothing of it."""
    await house.play(f"""
        {HELD}
        林晓: /transfer 法务 顾客要打官司
        机器人: 这件事转给了…
    """)
    world, desk = house.demo.world, house.demo.desk.id
    (old,) = world.topics(desk)
    wang = next(one for one in house.demo.agents if one.name == "王珂")
    world.reopen_topic(wang.id, desk, old.id)
    world.say(wang.id, "还在吗", chat_id=desk, thread_id=old.id)
    await house.settle()
    told = world.from_bot(desk, thread_id=old.id)[-1]
    assert "没发给顾客" in told.text
    assert "t.me/c/" in str(told.body)
    assert world.topics(desk)[0].closed
    assert len(house.said()) == 4


@pytest.mark.practice("R6", "S54")
async def test_the_talk_itself_moves_a_case(house: Stage) -> None:
    """When the customer's words make it a legal matter the topic moves to that team, without anybody's doing."""
    await house.play("""
        客户: 转人工，电热壶不通电
        机器人: …已为您转人工…
        客户: 我要起诉你们，已经找了律师
        机器人: 收到…
    """)
    assert len(names(house, "法务群")) == 1
    (old,) = house.demo.world.topics(house.demo.desk.id)
    assert old.closed


@pytest.mark.practice("S2")
async def test_a_case_that_comes_back_goes_on_in_its_old_topic(house: Stage) -> None:
    """Handed to legal and back, a case has one topic in each group and no more, and only one of them is open."""
    await house.play(f"""
        {HELD}
        林晓: /transfer 法务 顾客要打官司
        机器人: 这件事转给了…
        方宁: /transfer 客服 没有法律问题
        机器人: 这件事转给了客服…
        群: …
    """)
    assert (len(names(house, "大群")), len(names(house, "法务群"))) == (1, 1)
    (common,), (legal,) = (
        house.demo.world.topics(one.id) for one in (house.demo.desk, house.demo.group("法务群"))
    )
    assert (common.closed, legal.closed) == (False, True)
    assert spots.topic_of(house.demo, "100-0001").topic is common


@pytest.mark.practice("S2", "S38")
async def test_a_group_that_shuts_the_bot_out_is_covered_by_the_common_desk(house: Stage) -> None:
    """Loudly, and nothing is lost: its cases go on at the common desk with card and log, and return with the bot."""
    await house.play("""
        客户: 转人工，我要起诉你们
        机器人: …
    """)
    assert len(names(house, "法务群")) == 1
    world, group = house.demo.world, house.demo.group("法务群")
    rights = world.chats[group.id].members[world.bot.id].rights
    world.join(world.bot.id, group.id, status="kicked")
    await house.settle()
    await house.play("""
        大群: ❗ 机器人进不了法务的群…
        客户: 你们到底管不管
        机器人: …
    """)
    assert len(names(house, "大群")) == 1
    assert "你们到底管不管" in house.log()
    assert (await house.case()).desk is None
    world.join(world.bot.id, group.id, status="administrator", rights=rights)
    await house.settle()
    await house.play("""
        大群: ✅ 机器人又能进法务的群了…
        客户2: 转人工，我要起诉你们
        机器人: …
    """)
    assert len(names(house, "法务群")) == 2


@pytest.mark.practice("S2")
async def test_a_right_that_is_missing_is_found_out_by_the_first_letter(house: Stage) -> None:
    """The bot is told nothing of a group that is gone: what was for it goes to the common desk in the same minute."""
    world, group = house.demo.world, house.demo.group("法务群")
    world.chats[group.id].members.pop(world.bot.id)
    await house.play("""
        客户: 转人工，我要起诉你们
        机器人: …
        大群: ❗ 机器人进不了法务的群…
        林晓点: 我来接
        机器人: …
        林晓: 您好
        机器人: 您好
    """)
    assert len(names(house, "大群")) == 1
    assert "转人工，我要起诉你们" in house.log()


@pytest.mark.practice("S2", "S38")
async def test_several_cases_follow_a_group_that_gets_another_id(house: Stage) -> None:
    """Every case gets its topic in the new group, once; no number of the old one is taken for one of the new."""
    await house.play(f"""
        {HELD}
        客户2: 转人工，豆浆机漏水
        机器人: …
        客户3: 转人工，收到的杯子是破的
        机器人: …
    """)
    world, old = house.demo.world, house.demo.desk
    new = world.upgrade_group(old.id)
    own = world.open_topic(house.demo.agents[0].id, new.id, "下午茶")
    await house.settle()
    await house.play("""
        客户: 还找得到我吗
        客户2: 还在漏
        机器人: …
        客户3: 杯口也有裂
        机器人: …
        客户: 在吗
    """)
    opened = [one.name for one in world.topics(new.id) if one.id != own.id]
    assert len(opened) == 3
    assert len({name.split("·")[-1] for name in opened}) == 3
    assert not [one for one in world.from_bot(new.id) if one.thread_id == own.id]


@pytest.mark.practice("S53")
async def test_an_account_that_is_gone_changes_the_way_of_its_promises(house: Stage) -> None:
    """Whoever left Telegram is out of the bot's reach: the desk hears it once, with what was promised."""
    await house.play(f"""
        {HELD}
        客户发图: 编号在这
        群: …
    """)
    house.demo.world.delete_account(house.demo.customer.id)
    await house.play("""
        林晓: 给您换新
        群: ❗ 没送到：账号或会话没了…
        林晓: 明天寄
    """)
    assert "没送到" in house.card()


@pytest.mark.practice("S54")
async def test_a_topic_is_renamed_when_its_case_becomes_grave(house: Stage) -> None:
    """The sign in front of the name follows the severity, and no more than three times."""
    await house.play(HELD)
    world, desk = house.demo.world, house.demo.desk.id
    assert not world.topics(desk)[0].name.startswith("🟠")
    for degree in (2, 3, 1, 4, 2):
        await house.do("陈岚", f"/severity {degree} 核对过了")
    assert world.calls_of("editForumTopic", desk) == 3
    assert world.topics(desk)[0].name.startswith("🔴")
    assert (await house.case()).renames == 3


@pytest.mark.practice("S2")
async def test_a_group_that_fills_up_asks_for_a_new_one_once_a_day(house: Stage) -> None:
    """Long before a million messages General says what to do; not again on the same day."""
    await house.play("""
        客户: 转人工，电热壶不通电
        机器人: …
    """)
    house.demo.world.chats[house.demo.desk.id].last_id = 900_000
    await house.play("""
        林晓点: 我来接
        机器人: …
        林晓: 您好
        机器人: 您好
        大群: ⚠️ 这个群已有 900…请建一个新群…COMPLAINT_BOT_DESK…
        林晓: 在查
        机器人: 在查
    """)
    lines = [one for one in house.demo.world.from_bot(house.demo.desk.id) if one.thread_id is None]
    assert len(lines) == 1


@pytest.mark.practice("S54", "R31")
async def test_what_a_person_decided_stands_until_something_new_is_said(house: Stage) -> None:
    """Handed back by legal, a case is not taken there again by every word; a new threat does move it."""
    await house.play(f"""
        {HELD}
        客户: 孩子被烫伤了
        话题: 100-0001
        陈岚: /severity 3 打过电话，没有人受伤
        陈岚: /transfer 客服 没有人受伤
        机器人: …
        客户: 那你们快点
        机器人: …
    """)
    case = await house.case()
    assert (case.queue, case.severity) == (Queue.GENERAL, 3)
    await house.play("""
        客户: 再不处理我就起诉你们，律师已经找好了
        机器人: 收到，和前面的放在一起了…
    """)
    case = await house.case()
    assert (case.queue, case.severity) == (Queue.LEGAL, 2)

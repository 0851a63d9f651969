"""What a case costs the group at the desk, of which Telegram takes twenty events a minute: 200 cases an hour at six."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.policy.card_edits import USUAL_CARDS
from tests.day.figures import EVENTS
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage
from tests.stories.test_incident_costs import at_the_desk

TO_THE_DESK = """
    客户: 上周买的电热壶不通电，转人工
    机器人: …
"""
ANSWERED = """
    -- 3分钟
    林晓点: 我来接
    机器人: …
    -- 1分钟
    林晓: 我先看一下您的记录
    机器人: 我先看一下您的记录
"""
ENDED = """
    -- 5分钟
    林晓点: 问是否解决
    机器人: …算解决了吗？
    -- 2分钟
    客户点: 解决了
    机器人: …
    -- 3小时
"""


@pytest.fixture
async def usual(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage on which cards are edited as often as everywhere."""
    async with raise_stage(tmp_path, cards=USUAL_CARDS) as stage:
        yield stage


def _events(stage: Stage) -> Counter[str]:
    """What counts against the group's minute."""
    return Counter({name: count for name, count in at_the_desk(stage, 0).items() if name in EVENTS})


@pytest.mark.practice("R31")
async def test_an_ordinary_case_costs_its_group_five_events_beside_the_customers_words(usual: Stage) -> None:
    """Five: topic, card with the talk, who took it, the card at its end, and the close."""
    await usual.play(TO_THE_DESK + ANSWERED)
    await usual.play("""
        -- 4分钟
        客户: 就是按下去没反应
        群: 周敏 就是按下去没反应
    """)
    await usual.play(ENDED)

    their_words = 1
    assert _events(usual) == {
        "createForumTopic": 1,
        "sendMessage": 1 + their_words,
        "editMessageText": 2,
        "closeForumTopic": 1,
    }
    assert "已结束" in usual.card()
    assert "转人工" in usual.log()


async def test_who_takes_a_case_with_their_words_and_offers_something_costs_the_group_nothing(
    usual: Stage,
) -> None:
    """Both stand in the topic; whoever wants the card as it now is has a button for it."""
    await usual.play(TO_THE_DESK)
    await usual.play("""
        林晓: 您好，我是林晓，我来处理
        机器人: 客服同事已经接手…
        机器人: 您好，我是林晓，我来处理
        林晓: /offer 退款 20
        机器人: 同事给您的方案：…
        记号: 👌
    """)
    assert _events(usual) == {"createForumTopic": 1, "sendMessage": 1}
    assert "等人接" in usual.card()
    await usual.do("林晓点", "刷新")
    assert "林晓 在跟" in usual.card()
    assert _events(usual)["editMessageText"] == 1


async def test_the_end_of_a_case_costs_one_edit(usual: Stage) -> None:
    """The card shows at once that it is over; what comes after is on its button."""
    await usual.play(TO_THE_DESK)
    await usual.play("""
        林晓: 您好，我是林晓，我来处理
        机器人: 客服同事已经接手…
        机器人: 您好，我是林晓，我来处理
    """)
    await usual.play(ENDED)
    assert _events(usual) == {
        "createForumTopic": 1,
        "sendMessage": 1,
        "editMessageText": 1,
        "closeForumTopic": 1,
    }
    signs = [call.params for call in usual.demo.world.calls if call.method == "setMessageReaction"]
    assert "👌" in str(signs[-1])
    assert "已结束" in usual.card()
    assert "等人接" not in usual.card()


@pytest.mark.practice("R11")
async def test_an_order_that_was_carried_out_gets_a_sign_and_no_line(usual: Stage) -> None:
    """What stands in the topic already is not said again: a sign costs the group nothing."""
    await usual.play(TO_THE_DESK + ANSWERED)
    await usual.play("""
        林晓: /promise 寄出检验报告 今天16:00
        机器人: 跟您约好：寄出检验报告…
        群: 林晓 答应了：寄出检验报告…
    """)
    before = _events(usual)
    await usual.play("""
        林晓: /keep p2 单号 SF100
        记号: 👌
    """)
    assert _events(usual) == before


async def test_what_a_holder_does_one_after_the_other_is_one_edit(usual: Stage) -> None:
    """Three things are written down within some minutes: the card shows them all four hours after the first."""
    await usual.play(TO_THE_DESK + ANSWERED)
    before = len(usual.demo.world.calls)
    for words in ("/promise 寄出检验报告 今天16:00", "/promise 给您回信 今天17:00"):
        await usual.do("林晓", words)
    assert at_the_desk(usual, before)["editMessageText"] == 0
    await usual.live_through(timedelta(hours=4, minutes=1))
    assert at_the_desk(usual, before)["editMessageText"] == 1

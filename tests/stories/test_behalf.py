"""Whoever writes for another, is a child, or cannot follow long words: asked kindly, and helped by people."""

import pytest

from bot.complaint.case import Control
from tests.stories.stage import Stage


@pytest.mark.practice("R15")
async def test_consent_is_asked_once_and_kept(stage: Stage) -> None:
    """Somebody writes for their mother: asked once whether she agrees, and the tap is kept with its moment."""
    await stage.play("""
        客户: 替我妈投诉，她上周买的电热壶不通电
        机器人: …
        -- 4秒
        机器人: …很抱歉…您是替家里长辈说的吧。这件事本人知道、也同意由您来办吗？
        按钮: 知道，也同意 | 跳过 | 转人工
        客户点: 知道，也同意
        机器人: 收到，谢谢。订单号是多少…
    """)
    facts = (await stage.case()).facts
    assert (facts.on_behalf_of, facts.consent, facts.consent_at) == ("parent", "yes", stage.clock.now())


@pytest.mark.practice("R15")
async def test_consent_in_words_is_kept_in_words(stage: Stage) -> None:
    """The answer may be written: its words are what is kept, and the card shows them."""
    await stage.play("""
        客户: 帮朋友投诉，电热壶不通电
        机器人: …
        -- 4秒
        机器人: …同意由您来办吗？
        客户: 他知道的，是他让我写的
        -- 4秒
        机器人: …订单号…
        客户: 转人工
        机器人: …
        卡片: …代别人 “他知道的，是他让我写的”
    """)


@pytest.mark.practice("R15")
async def test_a_no_is_no_consent(stage: Stage) -> None:
    """Skipped: the complaint goes on, and the card says that nothing is known of consent."""
    await stage.play("""
        客户: 帮邻居反映一下，电热壶不通电
        机器人: …
        -- 4秒
        机器人: …同意由您来办吗？
        客户点: 跳过
        机器人: …订单号…
        客户: 转人工
        机器人: …
        卡片: …代别人 本人同不同意还不知道
    """)
    assert (await stage.case()).facts.consent_at is None


@pytest.mark.practice("R52", "R32")
async def test_a_child_is_asked_for_nothing(stage: Stage) -> None:
    """A child of twelve writes: people take over at once, nothing personal is asked, and a guardian may agree."""
    await stage.play("""
        客户: 我今年12岁，买的保温杯漏水
        机器人: …谢谢告诉我们。请叫爸爸妈妈一起看…先别发…前在这里答复。
        按钮: 我是监护人，同意
        卡片: …代孩子 不满十四岁，还没有监护人同意
        客户点: 我是监护人，同意
        机器人: 好，记下了。同事…前答复。
        卡片: …代孩子 监护人（今天
    """)
    case = await stage.case()
    assert (case.control, case.facts.consent) == (Control.QUEUED, "guardian")


async def test_a_buyers_child_is_no_client(stage: Stage) -> None:
    """A parent whose child nearly ate it complains for themselves: nobody asks for consent."""
    await stage.do("客户", "给女儿买的保温杯漏水")
    assert (await stage.case()).facts.on_behalf_of is None


@pytest.mark.practice("R32")
async def test_few_words_on_request(stage: Stage) -> None:
    """Who cannot follow gets few, plain words from then on; the same command goes back."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: …
        -- 4秒
        机器人: …订单号…
        客户: 看不懂
        机器人: 好，我说短一点。…发语音也行。
        按钮: 转人工
        客户: 转人工
        机器人: 已经去叫人了。…前有人答复您。…不用再说一遍。
        客户: /simple
        机器人: 好，照原来的说法。
        客户: 转人工
        机器人: 已经在帮您转了，…
    """)


@pytest.mark.practice("R32")
async def test_simple_words_hold_in_the_next_case(stage: Stage) -> None:
    """The wish for few words is the person's, not the case's."""
    await stage.play("""
        客户: /simple
        机器人: …我说短一点…
        客户: /new
        机器人: 您好，我是禾穗的机器人。编号 100-0001。…要真人点“转人工”。
    """)

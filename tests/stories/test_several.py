"""Several open cases of one customer, as chat logs: switching, two people at once, closing one, making two one."""

import pytest

from bot.complaint.case import Control
from bot.complaint.conversation import Conversation
from bot.complaint.ids import ChatId
from tests.stories.stage import Stage

TWO = """
    客户: 转人工，电热壶不通电
    机器人: …编号 100-0001…
    林晓点: 我来接
    机器人: …接手…
    客户: /new
    机器人: …编号 100-0038…
    客户: 快递少了一包坚果
    -- 4秒
    机器人: …
"""
"""A kettle that 林晓 has, and a parcel that the bot is asking about."""


async def _talk(stage: Stage) -> Conversation:
    """The customer's talk, as it is kept."""
    chat = ChatId(stage.demo.customer.id)
    state = await stage.house.store.state(chats=[chat], cases=(), threads=())
    return state.conversations[chat]


@pytest.mark.practice("S13", "S31")
async def test_an_agent_of_the_other_case_is_heard_at_once(stage: Stage) -> None:
    """Words about the case that is not talked of reach the customer at once, headed by its number; the talk follows."""
    await stage.play(f"""
        {TWO}
        话题: 100-0001
        林晓: 新壶今天就能寄
        机器人: 关于编号 100-0001（电热壶不通电）：
        机器人: 新壶今天就能寄
        林晓: 地址还是原来那个吗
        机器人: 地址还是原来那个吗
        客户: 是的
        群: …是的
    """)
    first, second = [case for case, _ in await stage.kept()]
    assert (first.control, second.control) == (Control.HUMAN, Control.BOT)


async def test_two_agents_are_told_apart(stage: Stage) -> None:
    """Where two people speak about two cases, each change is announced, and the answer goes to who spoke last."""
    await stage.play(f"""
        {TWO}
        客户: /human
        机器人: …
        话题: 100-0038
        王珂点: 我来接
        机器人: …接手…
        话题: 100-0001
        林晓: 壶给您换新
        机器人: 关于编号 100-0001（电热壶不通电）：
        机器人: 壶给您换新
        话题: 100-0038
        王珂: 坚果今天补寄
        机器人: 关于编号 100-0038（坚果少了一包）：
        机器人: 坚果今天补寄
        群: 记下承诺 p2：“坚果今天补寄”，今天18:00前。…
        客户: 好的
        群: …好的
        话题: 100-0001
        林晓: 壶也寄了
        机器人: 关于编号 100-0001（电热壶不通电）：
        机器人: 壶也寄了
        客户: 收到
        群: …收到
    """)


async def test_the_customer_turns_by_button(stage: Stage) -> None:
    """`/cases` lists what is open; a tap turns to the other case, and the question that waited there still waits."""
    await stage.play(f"""
        {TWO}
        客户: /cases
        机器人: 您在办的有 2 件：…100-0038（坚果少了一包）…（正在说的）…100-0001（电热壶不通电）…同事在跟…
        按钮: 100-0001 电热壶 | 另一件事 | 转人工
        客户点: 100-0001 电热壶
        提示: …
        机器人: 好，接着说编号 100-0001（电热壶不通电）。同事在跟…
        按钮: 100-0038 坚果 | 转人工
        客户: 壶还要多久
        话题: 100-0001
        群: …壶还要多久
        客户点: 100-0038 坚果
        机器人: 好，接着说编号 100-0038（坚果少了一包）。上次问到：订单号是多少…
        客户: 订单8841
        机器人: …
    """)
    second = await stage.case()
    assert second.facts.order_no is not None


async def test_the_customer_turns_by_reply(stage: Stage) -> None:
    """A reply to a message of the other case is heard there."""
    await stage.play(f"""
        {TWO}
        客户回: 接手 > 壶的事怎么样了
        话题: 100-0001
        群: …壶的事怎么样了
        林晓: 今天寄
        机器人: 关于编号 100-0001（电热壶不通电）：
        机器人: 今天寄
    """)


async def test_an_old_button_finds_its_case(stage: Stage) -> None:
    """A press on the question of a case that was left is no late press: it is handled there, and the talk is there."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: …编号 100-0001…
        -- 4秒
        机器人: …订单号…
        客户: /new
        机器人: …编号 100-0038…
        客户: 转人工，店员态度特别差
        机器人: …已为您转人工…
    """)
    talked_of = await _talk(stage)
    assert (talked_of.case_no, [one.case_no for one in talked_of.parked]) == ("100-0038", ["100-0001"])
    await stage.play("""
        客户点: 跳过
        机器人: 关于编号 100-0001（电热壶不通电）：…
    """)
    assert (await _talk(stage)).case_no == "100-0001"


@pytest.mark.practice("R10", "S77")
async def test_closing_one_goes_on_with_the_other(stage: Stage) -> None:
    """A closed case hands the talk to the one that is open, and asks how it was when that one is over too."""
    await stage.play(f"""
        {TWO}
        话题: 100-0001
        林晓: /resolve 已经给您换新
        机器人: …解决了吗？
        记号: 👌
        客户点: 解决了
        机器人: 编号 100-0001 到这里办完了…另外，编号 100-0038（坚果少了一包）还在办…
        客户: 订单8841
        机器人: …
    """)
    first, second = [case for case, _ in await stage.kept()]
    assert (first.is_open, second.is_open, first.surveys) == (False, True, ())
    assert second.facts.order_no is not None
    await stage.play("""
        客户: /withdraw
        机器人: …撤回吗？
        客户点: 撤回
        机器人: …撤回了…
        -- 1天
        机器人: …几分…
        客户点: 5
        机器人: …
    """)
    first = (await stage.kept())[0][0]
    assert first.surveys[-1].handling == 5


@pytest.mark.practice("S13", "S39")
async def test_status_tells_of_every_open_case(stage: Stage) -> None:
    """Asked how it stands, the other open case is told of too."""
    await stage.play(f"""
        {TWO}
        客户: /status
        机器人: 编号 100-0038…另外还有…100-0001（电热壶不通电）…同事在跟…
    """)


@pytest.mark.practice("S39")
async def test_the_second_card_shows_the_first_case(stage: Stage) -> None:
    """Whoever takes a second case sees what was done in the first, and the phone that is known is not asked again."""
    await stage.play(f"""
        {TWO}
        客户: /human
        机器人: …
        话题: 100-0038
        卡片: …以前 100-0001 电热壶不通电：…林晓 在跟…
    """)

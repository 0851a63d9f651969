"""How a case leaves people's hands, as chat logs: settled, back to the bot, closed and reopened; and what it costs."""

import pytest

from bot.complaint.case import Control, Status, Verdict
from tests.stories.stage import Stage
from tests.stories.test_desk import ANSWERED, CALLED, HELD


def group_events(stage: Stage) -> list[str]:
    """The calls that the group's budget of messages is charged for."""
    free = ("getChat", "getChatMember", "answerCallbackQuery", "setMessageReaction")
    world = stage.demo.world
    return [one.method for one in world.calls if one.chat_id == stage.demo.desk.id and one.method not in free]


@pytest.mark.practice("R10", "S84", "R34")
async def test_a_yes_closes_the_case(stage: Stage) -> None:
    """Only the customer's yes ends it: then comes the summary, and the topic closes."""
    await stage.play(f"""
        {ANSWERED}
        林晓: /resolve 已经给您换新
        机器人: 已经给您换新…解决了吗？
        按钮: 解决了 | 还没有
        记号: 👌
        客户点: 解决了
        机器人: 编号 100-0001 到这里办完了…
    """)
    case = await stage.case()
    assert case.status is Status.CLOSED
    topic = stage.demo.world.topics(stage.demo.desk.id)[-1]
    assert topic.closed


@pytest.mark.practice("R10", "S84")
async def test_a_no_keeps_the_person(stage: Stage) -> None:
    """After a no the same person goes on, and may ask again later."""
    await stage.play(f"""
        {ANSWERED}
        林晓点: 问是否解决
        机器人: …解决了吗？
        客户点: 还没有
        机器人: …
        群: …
        林晓: 还差什么？
        机器人: 还差什么？
    """)
    case = await stage.case()
    assert (case.control, case.is_open) == (Control.HUMAN, True)


@pytest.mark.practice("S53", "S65", "R10")
async def test_nothing_owed_is_forgotten_by_closing(stage: Stage) -> None:
    """Asked to close with something owed, the desk says what is missing; the customer is asked nothing."""
    await stage.play(f"""
        {HELD}
        林晓点: 问是否解决
        提示: …
        群: 还不能结束，差：…答复…
        林晓: /upheld 底座虚焊 | 加了检测
        机器人: …底座虚焊…加了检测…
        群: 林晓 认定属实…
        林晓点: 生产
        林晓: /resolve
        机器人: …解决了吗？
        记号: 👌
        客户点: 解决了
        机器人: …办完了…
    """)
    assert (await stage.case()).verdict is Verdict.UPHELD


@pytest.mark.practice("R33")
async def test_the_bot_comes_back_only_with_a_yes(stage: Stage) -> None:
    """Back to the bot is asked of the customer: a no keeps the person, a yes lets the bot go on."""
    await stage.play(f"""
        {ANSWERED}
        林晓点: 交回机器人
        机器人: …
        按钮: 可以 | 还是找同事
        客户点: 还是找同事
        机器人: …
        群: …
        林晓: /bot
        机器人: …
        记号: 👌
        客户点: 可以
        机器人: …又是我了…
        按钮: 转人工
        群: …
        客户: 还是不通电，订单8841
        -- 4秒
        机器人: …您觉得怎么处理比较合适？
        客户: 转人工
        机器人: …
    """)
    again = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)[-1].text
    assert "还是不通电，订单8841" in again, "what the bot heard meanwhile is shown to whoever takes over"
    assert "壶什么时候买的" not in again, "and what the topic has seen is not shown twice"


@pytest.mark.practice("S38")
async def test_commands_that_miss_say_how(stage: Stage) -> None:
    """A wrong or incomplete command reaches nobody and is answered with how to write it."""
    await stage.play(f"""
        {ANSWERED}
        林晓: /klose
        群: 没有 /klose 这个命令，什么都没发…
        林晓: /upheld 只有一半
        群: …/upheld…
        林晓: /done
        群: …
        林晓: /done RF1
        群: …
        林晓: /reopen
        群: …
        林晓: /help
        群: /claim…其余写的都会发给顾客
        林晓: /card
        群: 100-0001…下一步…
        林晓: /claim
        群: …
    """)


@pytest.mark.practice("S84", "S2")
async def test_a_closed_case_is_reopened_from_its_card(stage: Stage) -> None:
    """Words into a closed case are held back with a button; one tap takes it up again, for somebody else."""
    await stage.play(f"""
        {ANSWERED}
        林晓: /resolve 换新寄出了
        机器人: 换新寄出了…
        记号: 👌
        客户点: 解决了
        机器人: …办完了…
        林晓: 忘了说
        群: 没发出：案子已经结束…
        林晓点: 重新打开
        机器人: 编号 100-0001 我们重新打开了…另一位客服同事…
        群: 前面的对话…忘了说
        群: 林晓 重新打开了这件，级别升一级。上次是 林晓 结的，换一位同事接…
        林晓: 还有一句
        群: …上次由 林晓 结的，重开后换一位同事…
        王珂: 还有一句
        机器人: …接手…
        机器人: 还有一句
    """)
    case = await stage.case()
    assert (case.no, case.reopened, case.is_open) == ("100-0001", 1, True)


@pytest.mark.practice("S2")
async def test_an_ordinary_case_costs_its_group_six_events(stage: Stage) -> None:
    """From hand-over to close, the talk itself apart, a case takes six of the group's few messages."""
    await stage.play(f"""
        {CALLED}
        林晓: 您好，给您换新
        机器人: …接手…
        机器人: 您好，给您换新
        客户: 好的谢谢
        群: …好的谢谢
        林晓点: 问是否解决
        机器人: …解决了吗？
        客户点: 解决了
        机器人: …办完了…
    """)
    events = group_events(stage)
    talk = sum("好的谢谢" in one.text for one in stage.demo.world.from_bot(stage.demo.desk.id))
    assert len(events) - talk <= 6, events


@pytest.mark.practice("S53", "S84")
async def test_an_older_case_is_talked_of_again_when_the_newer_is_over(stage: Stage) -> None:
    """Whoever withdraws the second matter is told that the first goes on, and their words go there."""
    await stage.play(f"""
        {CALLED}
        客户: /new
        机器人: …编号 100-0038…
        客户: 快递少了一包
        -- 4秒
        机器人: …
        客户: /withdraw
        机器人: …撤回吗？
        客户点: 撤回
        机器人: …撤回了，编号 100-0038 留着…另外，编号 100-0001（电热壶不通电）还在办…
        客户: 壶怎么样了
        机器人: …
        话题: 100-0001
        林晓: 壶给您换新
        群: …壶怎么样了
        机器人: 客服同事已经接手…
        机器人: 壶给您换新
        客户: 好的
        群: …好的
    """)
    first, second = [case for case, _ in await stage.kept()]
    assert (first.is_open, second.is_open) == (True, False)


@pytest.mark.practice("S69", "R10")
async def test_a_question_that_nobody_answers_ends_with_a_word(stage: Stage) -> None:
    """Asked by a person whether it is settled, and silent: reminded twice, and then it ends, told and reopenable."""
    await stage.play(f"""
        {ANSWERED}
        林晓点: 问是否解决
        机器人: …解决了吗？
        -- 1天
        机器人: …编号 100-0001 还开着…
        .. 3天
        机器人: 编号 100-0001 我先给您留着…
        .. 3天
        机器人: 编号 100-0001 先放在这里…
    """)
    case = await stage.case()
    assert case.status is Status.CLOSED_NO_RESPONSE
    assert case.held_before == stage.demo.agents[0].id

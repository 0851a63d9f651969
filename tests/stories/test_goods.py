"""Goods that do not do what they should: D1, D2, D10, D16, D17, D18 as chat logs."""

import pytest
from tests.stories.stage import Stage

from bot.complaint.case import PromiseStatus, Status


@pytest.mark.practice("S18", "S19", "S20", "S21", "S22", "S23", "S24", "S25", "S64", "S95", "S96", "S97", "R3", "R4")
async def test_a_kettle_that_does_not_work_is_replaced_as_asked(stage: Stage) -> None:
    """D1 and D2: an ordinary defect runs its seven steps to an agreement, granted in full without haggling."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: 我一条条记…自动客服（机器人）…编号 100-0001…转人工
        按钮: 转人工
        -- 4秒
        机器人: 谢谢您告诉我们…电热壶…不通电…很抱歉…插头…订单号
        按钮: 跳过 | 转人工
        客户: 订单8841
        机器人: 电热壶…¥89…可能…也可能…您觉得怎么处理比较合适？
        客户: 换个新的吧
        机器人: 我复述一遍…①…这样可以吗？
        按钮: 同意 | 改一改
        客户点: 同意
        机器人: 好…登记…编号 100-0001，热线…谢谢您的耐心
    """)
    case = await stage.case()
    assert case.status is Status.FULFILLING
    assert case.agreement is not None
    assert [one.kind for one in case.fulfilments] == ["replace"]
    assert [one.status for one in case.promises] == [PromiseStatus.OPEN]
    assert case.promises[0].due_at == case.fulfilments[0].due_at

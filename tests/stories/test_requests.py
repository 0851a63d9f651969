"""More than one may give alone, as chat logs: asked for, voted on, lowered, refused, run out."""

import pytest

from bot.complaint.case import Level
from bot.complaint.deskwork import ApprovalState
from tests.stories.offering import ASKED, HELD
from tests.stories.stage import Stage


@pytest.mark.practice("S17", "R35", "S98")
async def test_cash_needs_a_supervisor_who_approves_with_one_tap(stage: Stage) -> None:
    """Cash is beyond an agent: those who may decide are called by name, and one tap sends it out."""
    await stage.play(f"""
        {ASKED}
        林晓点: 批准
        提示: …主管来做…
        路人甲点: 批准
        提示: …
        陈岚点: 批准
        机器人: 同事给您的方案：…①全额退款¥89…补偿¥200…
        群: a1 批准（陈岚）：全额退款 ¥89＋赔偿 ¥200，已发给顾客…林晓
        客户点: 同意
        机器人: 好，都登记上了…
        群: ✓ 顾客同意：全额退款¥89＋补偿¥200…
    """)
    case = await stage.case()
    (request,) = case.approvals
    assert (request.state, request.offer_id) == (ApprovalState.APPROVED, case.offers[-1].id)
    assert (case.offers[-1].level, case.offers[-1].approval_id) == (Level.A2, "a1")
    assert case.holder is not None
    assert case.holder.name == "林晓"


async def test_a_request_needs_its_reason(stage: Stage) -> None:
    """What needs approval is not even asked for without a reason."""
    await stage.play(f"""
        {HELD}
        林晓: /offer 补偿 200
        群: 这个要批准，请写上理由：/offer 补偿 200 | 为什么该给
    """)
    assert (await stage.case()).approvals == ()


async def test_a_request_is_lowered(stage: Stage) -> None:
    """Less than was asked can be chosen from sums that fit, or written; it goes out at that sum."""
    await stage.play(f"""
        {ASKED}
        陈岚点: 降低
        群: a1：全额退款 ¥89＋赔偿 ¥200。降到多少？…
        陈岚点: 降到 ¥100
        机器人: 同事给您的方案：…补偿¥100…
        群: a1 降低后批准（陈岚）：全额退款 ¥89＋赔偿 ¥100…
    """)
    case = await stage.case()
    assert case.approvals[0].state is ApprovalState.LOWERED
    assert case.offers[-1].worth == 189_00


async def test_a_request_is_lowered_in_words(stage: Stage) -> None:
    """`/lower a1 150 reason` does the same with any sum that is less."""
    await stage.play(f"""
        {ASKED}
        陈岚: /lower a1 150 先给一部分
        机器人: 同事给您的方案：…补偿¥150…
        群: a1 降低后批准（陈岚）：…赔偿 ¥150…先给一部分…
    """)


async def test_a_request_is_refused_and_evidence_is_asked_for(stage: Stage) -> None:
    """Evidence is asked of who asked, who asks again with one tap; a refusal says why, and nothing goes out."""
    await stage.play(f"""
        {ASKED}
        陈岚: /evidence a1 门店小票
        群: a1 陈岚 要先看证据：门店小票。…林晓
        陈岚点: 批准
        提示: …
        林晓点: 证据已补，再请批
        群: a1 请批（主管）…陈岚
        陈岚: /refuse a1 小票对不上
        群: a1 陈岚 没有批准：…理由：小票对不上。…林晓
    """)
    case = await stage.case()
    assert case.approvals[0].state is ApprovalState.REFUSED
    assert case.offers == ()


@pytest.mark.practice("R35", "R56")
async def test_a_multiple_needs_a_manager_and_the_legal_trade(stage: Stage) -> None:
    """Three times the price is for two people: a manager, and one of the legal trade, neither of them the asker."""
    await stage.play(f"""
        {HELD}
        林晓: /offer 三倍赔偿 | 宣传与实物不符
        群: a1 请批（经理和法务，两人）…按倍数赔偿 ¥267…赵铭…方宁
        陈岚点: 批准
        提示: 要经理或法务来定。
        方宁点: 批准
        提示: 记下您的同意，还差人。
        群: a1 方宁 已同意，还差另一位：经理和法务各要一位…赵铭
        赵铭点: 批准
        机器人: 同事给您的方案：…按倍数补偿¥267…
        群: a1 批准（方宁、赵铭）：…
    """)
    assert (await stage.case()).offers[-1].level is Level.A3


async def test_a_request_that_nobody_decides_goes_one_level_up_and_then_runs_out(stage: Stage) -> None:
    """Undecided in time it is called out once more, to the level above; then it is over, and who asked hears it."""
    await stage.play(ASKED)
    first = (await stage.case()).approvals[0]
    await stage.pass_time(first.expires_at - stage.clock.now())
    raised = (await stage.case()).approvals[0]
    assert (raised.raised, raised.state) == (True, ApprovalState.OPEN)
    await stage.pass_time(raised.expires_at - stage.clock.now())
    assert (await stage.case()).approvals[0].state is ApprovalState.EXPIRED
    lines = [one.text for one in stage.topic_lines()]
    assert any("到时没人定，请上一级来定" in one and "赵铭" in one for one in lines)
    assert any("没人定，已过期" in one and "林晓" in one for one in lines)

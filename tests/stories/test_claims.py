"""Claims, threats and the press, as chat logs: D5, D6, D7, and that a threat changes no amount (S9)."""

import pytest

from bot.complaint.case import Control, Queue, Severity
from bot.complaint.reading import RemedyKind
from tests.stories.stage import Stage


@pytest.mark.practice("R40", "R41", "R42", "S12", "S16", "S34", "S43", "S98", "R20", "R13")
async def test_d5_ten_times_the_price_is_recorded_and_left_to_those_who_decide(stage: Stage) -> None:
    """No denial, no admission, no lecture; the claim goes down with its multiple, and the ways outside are told."""
    await stage.play("""
        客户: 过期的，按食品安全法赔我十倍！
        机器人: …编号 100-0001
        -- 4秒
        机器人: 谢谢…过期…很抱歉…“赔我十倍”…超出我能决定的范围…前书面答复您…日期和小票…东西请留着
        客户: 到底赔不赔
        机器人: 我不想给您一个做不了数的答案…12315 或消协…不影响
    """)
    case = await stage.case()
    assert (case.queue, case.severity) == (Queue.LEGAL, Severity.SEV2)
    assert RemedyKind.MULTIPLE in case.wishes[0].kinds
    assert case.wishes[0].multiple == 10
    assert not any("食安法" in words or "148" in words for words in stage.said())
    assert "食安法" in stage.card()


@pytest.mark.practice("S32", "S33", "S5", "S110", "R44", "S9", "S43")
async def test_d6_money_for_silence_meets_one_calm_line(stage: Stage) -> None:
    """The amount is not echoed, nothing is haggled over, nobody is accused, and the check goes on."""
    await stage.play("""
        客户: 不赔5万我就找媒体曝光，钱到账我就删
        机器人: …您反映的商品问题我们会认真查…有没有公开发声都一样…原样记下…今天12:00前…商品照片和购买凭证…
        客户: 快打钱，不然马上曝光，钱到账我就删
        机器人: …有没有公开发声都一样…
        客户: 打钱我就删帖
    """)
    case = await stage.case()
    assert case.evidence_hold
    assert case.queue is Queue.LEGAL
    for words in stage.said():
        assert not any(one in words for one in ("5万", "50000", "敲诈", "勒索", "报警", "律师"))


@pytest.mark.practice("R45", "S34", "S12", "R49")
async def test_the_regulator_named_with_a_claim_is_a_right_and_no_extortion(stage: Stage) -> None:
    """A lawful step is never held against anybody."""
    await stage.play("""
        客户: 退一赔三，不然找消协
        机器人: …
        -- 4秒
        机器人: …“退一赔三”…书面答复您…
    """)
    case = await stage.case()
    assert not case.evidence_hold
    assert case.queue is Queue.LEGAL


@pytest.mark.practice("S42", "R16")
async def test_d7_a_journalist_is_received_openly_and_told_no_facts(stage: Stage) -> None:
    """Name, medium, questions and deadline are taken down; the press desk answers by a time."""
    await stage.play("""
        客户: 我是城市晚报记者，想核实一个投诉
        机器人: 您好…姓名…问题…截稿时间…
        客户: 李然，城市晚报，想问召回，今晚八点截稿
        机器人: …
    """)
    case = await stage.case()
    assert (case.queue, case.control) == (Queue.MEDIA_PR, Control.QUEUED)
    assert "城市晚报" in (case.facts.press or "")
    assert not any("无可奉告" in words for words in stage.said())


@pytest.mark.practice("S9", "S72", "S80")
@pytest.mark.parametrize("threat", ["", "，不然我找媒体", "，我粉丝80万", "，我要发抖音"])
async def test_a_threat_or_a_following_changes_no_amount(stage: Stage, threat: str) -> None:
    """The same facts get the same offer, loud or quiet."""
    await stage._play_line(f"客户: 电热壶不通电，订单8841{threat}")
    await stage._play_line("-- 4秒")
    await stage._play_line("客户: 退款吧")
    case = await stage.case()
    assert [(one.kinds, one.refund) for one in case.offers] == [((RemedyKind.REFUND_FULL,), 8900)]


@pytest.mark.practice("S4", "S17", "S63")
async def test_an_explanation_is_a_remedy_of_its_own(stage: Stage) -> None:
    """Who wants to know what happened is promised an answer in writing, and no money is pushed on them."""
    await stage.play("""
        客户: 店员态度很差，冷着脸爱理不理
        机器人: …
        -- 4秒
        机器人: …很抱歉…？
        客户: 昨天下午，人民路店
        -- 4秒
        机器人: …您觉得怎么处理比较合适？…
        客户: 给我个说法
        机器人: …书面…
    """)
    case = await stage.case()
    assert case.wishes[0].kinds == (RemedyKind.EXPLANATION,)
    assert case.offers == ()
    assert case.open_escalation is not None


@pytest.mark.practice("S4", "R57", "S20")
async def test_an_apology_is_enough_when_it_is_all_that_is_wanted(stage: Stage) -> None:
    """It is given there and then, passed on, and the case closes with its number and phone."""
    await stage.play("""
        客户: 店员态度很差，冷着脸爱理不理
        机器人: …
        -- 4秒
        机器人: …很抱歉…？
        客户点: 跳过
        机器人: …您觉得怎么处理比较合适？…
        客户: 道歉就行
        机器人: …
        客户点: 同意
        机器人: …400-000-8841…
    """)
    assert (await stage.case()).offers[0].state == "agreed"

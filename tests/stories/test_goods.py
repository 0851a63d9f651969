"""Goods that do not do what they should, as chat logs: D1, D2, D10, D12, D15, D16, D17, D18."""

import pytest

from bot.complaint.case import Control, PromiseStatus, Severity, Status, Verdict
from bot.complaint.reading import RemedyKind
from tests.stories.stage import Stage


@pytest.mark.practice(
    "S18", "S19", "S20", "S21", "S22", "S23", "S24", "S25", "S64", "S92", "S95", "S96", "S97"
)
@pytest.mark.practice("R3", "R4", "R9", "R21", "S90", "S91", "S45", "S50", "S59")
async def test_d1_d2_a_kettle_that_does_not_work_is_replaced_as_asked(stage: Stage) -> None:
    """An ordinary defect runs its seven steps to an agreement, and is granted in full without haggling."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: 我一条条记…自动客服（机器人），编号 100-0001…转人工
        按钮: 转人工
        -- 4秒
        机器人: 谢谢您告诉我们…电热壶不通电…很抱歉…先别再用了…订单号是多少？…跳过
        按钮: 跳过 | 转人工
        客户: 订单8841
        机器人: 找到了：6月21日，1.7升电热壶，¥89…可能是…也可能是…要查过才能确定…您觉得怎么处理比较合适？
        按钮: 改产品 | 改订单 | 改时间 | 转人工
        客户: 换个新的吧
        机器人: 我复述一遍：…①…②…运费我们…③7月3日(周五)18:00前发货…这样可以吗？
        按钮: 同意 | 改一改
        客户点: 同意
        机器人: 登记…7月3日(周五)18:00前…编号 100-0001，热线 400-000-8841…谢谢您的耐心
        卡片: …要办（顾客同意）…换新…7月3日(周五)18:00前…
    """)
    case = await stage.case()
    assert case.status is Status.FULFILLING
    assert case.agreement is not None
    assert "寄出一件新的1.7升电热壶" in case.agreement.text
    assert [one.kind for one in case.fulfilments] == [RemedyKind.REPLACE]
    assert [(one.status, one.due_at) for one in case.promises] == [
        (PromiseStatus.OPEN, case.fulfilments[0].due_at)
    ]
    assert "登记" in case.promises[0].text


@pytest.mark.practice("S86", "S87", "S30", "S117", "S116")
async def test_d10_a_misunderstanding_is_cleared_up_once_and_then_goes_to_a_person(stage: Stage) -> None:
    """The fact is shown, the face is kept, our own share is named; who insists gets a person."""
    await stage.play("""
        客户: 写着500g，我称才430g！
        机器人: …编号 100-0001
        -- 4秒
        机器人: 您还专门称了，谢谢…净含量…字确实小…我转给包装同事…沥掉汤汁…我们照退…写在这里就行…
        客户: 不对，你们就是缺斤少两
        -- 4秒
        机器人: 请同事来接…今天14:30前有人答复您…不用再说一遍
    """)
    assert not any("误会" in words or "搞错" in words for words in stage.said())


@pytest.mark.practice("R5", "S53", "S39", "S13")
async def test_d12_who_comes_back_next_day_need_not_tell_it_again(stage: Stage) -> None:
    """The next day's question is answered with the number, where it stands, and the promise."""
    await stage.play("""
        客户: 电热壶不通电，订单8841
        机器人: …编号 100-0001
        -- 4秒
        机器人: 谢谢…很抱歉…找到了…您觉得怎么处理比较合适？
        客户: 换新
        机器人: …这样可以吗？
        客户点: 同意
        机器人: 登记…热线
        -- 1天
        客户: 昨天的事呢
        机器人: 编号 100-0001：办理中…“换新”…换新：明天18:00前
    """)


@pytest.mark.practice("S35", "R51", "S13")
async def test_d15_who_will_not_give_details_is_served_all_the_same(stage: Stage) -> None:
    """The purpose is told, nothing is blocked, and the question does not come again."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: …编号 100-0001
        -- 4秒
        机器人: 谢谢…订单号是多少？
        客户: 凭什么给你们订单号
        机器人: 不想给完全可以，不影响处理…您觉得怎么处理比较合适？
    """)
    assert sum("订单号" in words for words in stage.said()) == 1


@pytest.mark.practice("S93", "S94", "S98", "S17", "S31", "S51", "R30")
async def test_d16_what_is_beyond_the_bot_is_said_with_what_can_be_done_now(stage: Stage) -> None:
    """No amount is promised, three ways lie open, a person comes by a time, and after two rounds only people talk."""
    await stage.play("""
        客户: 电热壶漏水，订单8841
        机器人: …编号 100-0001
        -- 4秒
        机器人: 谢谢…电热壶漏水…¥89…您觉得怎么处理比较合适？
        客户: 赔我3000
        机器人: 3000元我定不了…①全额退款¥89…②…③…可以先选一个，也可以等…7月3日(周五)18:00前答复您…不影响
        客户: 你们最多能赔多少
        机器人: …
        客户: 那赔2000
        机器人: …①…②…7月3日(周五)18:00前…
        客户: 1500，不能再少
        机器人: …同事…7月3日(周五)18:00前答复您
    """)
    case = await stage.case()
    assert case.open_escalation is not None
    assert [one.amount for one in case.wishes] == [3000, 2000, 1500]
    assert not any(amount in words for words in stage.said() for amount in ("¥200", "¥3,000", "上限"))


@pytest.mark.practice("S98", "S84")
async def test_an_option_can_be_taken_while_a_person_considers_the_rest(stage: Stage) -> None:
    """Taking what can be had now does not take away the talk about more."""
    await stage.play("""
        客户: 电热壶漏水，订单8841
        机器人: …
        -- 4秒
        机器人: …您觉得怎么处理比较合适？
        客户: 赔我3000
        机器人: …①全额退款¥89…
        客户点: ①全额退款
        机器人: …全额退款¥89…这样可以吗？
        客户点: 同意
        机器人: …登记…
        群: …
    """)
    case = await stage.case()
    assert case.status is Status.FULFILLING
    assert case.open_escalation is not None


@pytest.mark.practice("R11", "S10", "R19", "R34", "S84", "R12", "R10", "S46")
async def test_d17_a_refund_is_proved_asked_after_and_scored(stage: Stage) -> None:
    """The agent's proof reaches the customer, three days later somebody asks, and three taps say how it was."""
    await stage.play("""
        客户: 电热壶不通电，订单8841
        机器人: …
        -- 4秒
        机器人: …您觉得怎么处理比较合适？
        客户: 退款吧
        机器人: …全额退款¥89，原路退回…7月6日(周一)18:00前…这样可以吗？
        客户点: 同意
        机器人: …登记…
        卡片: …要办（顾客同意）…
        林晓: /done RF20260701
        机器人: ¥89已于7月1日(周三)10:00原路退回，退款号 RF20260701…1–3 个工作日
        记号: 👌
        -- 3天
        机器人: …钱到账了吗？
        按钮: 到了 | 没到
        客户点: 到了
        机器人: 编号 100-0001 到这里办完了…全额退款¥89…400-000-8841…12315…打几分？…不想评可以不理我
        客户点: 5
        机器人: 结果呢，您打几分？
        客户点: 4
        机器人: 下次还会买我们家的吗？
        按钮: 会 | 不会 | 不好说 | 跳过
        客户点: 会
        机器人: 这件事办下来，您觉得省心吗？…
        按钮: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 跳过
        客户点: 6
        机器人: …有了改进，可以发消息告诉您吗？…
        客户点: 不用了
        机器人: 谢谢您
    """)
    case = await stage.case()
    survey = case.surveys[0]
    assert (case.status, case.promises[0].status) == (Status.CLOSED, PromiseStatus.KEPT)
    assert case.fulfilments[0].proof == "RF20260701"
    assert (survey.handling, survey.outcome, survey.would_buy_again, survey.ease) == (5, 4, True, 6)


@pytest.mark.practice("S28", "S65", "S88", "R56")
async def test_d17_fault_is_owned_fully_once_it_is_found(stage: Stage) -> None:
    """The full apology, with finding and prevention, is said only after a person has set the verdict."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …已为您转人工…
        林晓点: 我来接
        机器人: …
        林晓: /upheld 底座触点虚焊 | 该批次已停售，产线加了通电检测
        机器人: …底座触点虚焊…该批次已停售，产线加了通电检测…谢谢
        群: …
    """)
    case = await stage.case()
    assert case.verdict is Verdict.UPHELD
    assert (case.finding, case.prevention) == ("底座触点虚焊", "该批次已停售，产线加了通电检测")


@pytest.mark.practice("S54", "R8", "S82")
async def test_d18_the_same_trouble_again_reopens_the_case_one_step_up(stage: Stage) -> None:
    """Nothing is retold, the apology for our process is full, and a supervisor comes by a time."""
    await stage.play(
        """
        客户: 电热壶不通电，订单8841
        机器人: …
        -- 4秒
        机器人: …您觉得怎么处理比较合适？
        客户: 换新
        机器人: …这样可以吗？
        客户点: 同意
        机器人: …登记…
        林晓: /done SF1234567890
        机器人: …SF1234567890…
        记号: 👌
        -- 3天
        机器人: …收到了吗？
        客户点: 到了
        机器人: …办完了…打几分？…
        -- 5天
        客户: 又坏了！
        机器人: …第二次…没处理到位，对不起…不用重讲…升级给主管…前联系您
        大群:
    """.replace("        大群:\n", "")
    )
    case = await stage.case()
    assert (case.no, case.reopened, case.status) == ("100-0001", 1, Status.REOPENED)
    assert case.severity is Severity.SEV2
    assert case.control is Control.QUEUED

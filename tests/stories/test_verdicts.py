"""What was found, as chat logs: told with reasons; and how a case ends with and without agreement."""

import pytest

from bot.complaint.case import Control, Status, Verdict
from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电，订单8841
    机器人: …已为您转人工…
    林晓点: 我来接
    机器人: 客服同事已经接手…
"""


@pytest.mark.practice("S28", "S65", "R56")
async def test_our_fault_is_owned_and_its_cause_is_one_tap(stage: Stage) -> None:
    """Upheld: the full apology with cause and prevention goes out; the cause code is one tap, and closing needs it."""
    await stage.play(f"""
        {HELD}
        林晓: /upheld 插头内焊点虚焊 | 这一批全部返检
        机器人: 查清楚了，这是我们的责任：插头内焊点虚焊。…我们向您道歉。…为了不再发生：这一批全部返检…
        群: 林晓 认定属实，已告知顾客。…防止：这一批全部返检。是什么原因？…
        林晓: /resolve
        群: 还不能结束，差：…没选原因，点下面
        林晓点: 生产
        林晓: /resolve
        机器人: 这件事在您看来算解决了吗？
        记号: 👌
        客户点: 解决了
        机器人: 编号 100-0001 到这里办完了。…
    """)
    case = await stage.case()
    assert (case.verdict, case.cause, case.status) == (Verdict.UPHELD, "production", Status.CLOSED)
    assert case.decided_by is not None
    assert case.decided_by.name == "林晓"
    assert case.decided_at is not None


@pytest.mark.practice("S29", "R13", "R9", "S81", "R54")
async def test_what_was_not_found_is_told_with_thanks_reasons_and_routes(stage: Stage) -> None:
    """Where the facts speak for them it is looked at twice; then thanks, findings, what can be done, and routes."""
    await stage.play(f"""
        {HELD}
        林晓: /notupheld 壶身完好，插座没有电 | 电工上门费我们出一半
        群: 先核对：多半成立，…
    """)
    assert (await stage.case()).verdict is None
    await stage.play("""
        林晓点: 核对过，照此告知
        机器人: 谢谢您把这件事告诉我们…壶身完好，插座没有电。…电工上门费我们出一半。…换一位同事重新看。…12315…
    """)
    assert stage.topic_lines()[-1].text.startswith("林晓 认定未查到责任，已告知顾客。")
    await stage.play("""
        林晓点: 按未接受结束
        机器人: 编号 100-0001 到这里办完了。结果您没有接受，我们如实登记。…12315…
    """)
    case = await stage.case()
    assert (case.verdict, case.status) == (Verdict.NOT_UPHELD, Status.CLOSED_UNACCEPTED)
    assert (case.control, case.holder) == (Control.BOT, None)


async def test_part_of_the_fault_and_a_verdict_that_changes_with_a_reason(stage: Stage) -> None:
    """Partly ours is owned in part; another verdict later needs its reason, and both are in the history."""
    await stage.play(f"""
        {HELD}
        林晓: /undetermined 壶已经扔了 | 给您换一件新的
        机器人: 查到这里为止：壶已经扔了。…下一步：给您换一件新的。…
        群: 林晓 认定无法确定…
        林晓: /partly 包装缓冲不够 | 换了厚纸箱
        群: 已认定“无法确定”。要改判，最后加上理由：/partly … | … | 改判理由
        林晓: /partly 包装缓冲不够 | 换了厚纸箱 | 顾客补了开箱视频
        机器人: 查清楚了，其中有我们的责任：包装缓冲不够。…
        群: 林晓 认定部分属实…改判理由：顾客补了开箱视频…
    """)
    case, rows = (await stage.kept())[-1]
    assert case.verdict is Verdict.PARTLY
    assert any("undetermined: 顾客补了开箱视频" in row.entry.text for row in rows)


@pytest.mark.practice("S34", "R10", "R12")
async def test_a_deadlock_tells_position_reasons_and_routes_and_may_then_be_closed(stage: Stage) -> None:
    """Before our last word nothing is closed as not accepted; after it the summary goes out with the close."""
    await stage.play(f"""
        {HELD}
        林晓: /unaccepted
        群: 先把结果和外部途径告诉顾客…
        林晓: /deadlock
        群: 这样写：/deadlock 我们最后的意见 | 理由
        林晓: /deadlock 全额退款，不另付 | 订单是89元，没有人受伤
        机器人: 我们最后的意见：全额退款，不另付。…理由：订单是89元，没有人受伤。…12315…编号 100-0001…
        群: 林晓 已把最后的意见…
        林晓点: 按未接受结束
        机器人: 编号 100-0001 到这里办完了。结果您没有接受…
    """)
    assert (await stage.case()).status is Status.CLOSED_UNACCEPTED


@pytest.mark.practice("R11", "S53")
async def test_nothing_is_closed_with_a_request_or_a_remedy_open(stage: Stage) -> None:
    """A request that waits, and a remedy without proof, stand in the way of any close, and it is said what to do."""
    await stage.play(f"""
        {HELD}
        林晓: /offer 补偿 50 | 跑了一趟
        群: a1 请批…
        林晓: /resolve
        群: 还不能结束，差：…申请还没定…a1 等批…
        林晓: /withdraw_offer
        群: 林晓 收回了申请。
        林晓: /offer 换新
        机器人: 同事给您的方案…
        记号: 👌
        林晓点: 交回机器人
        群: 不能交回机器人：方案还在等答复…
        客户点: 同意
        机器人: 好，都登记上了…
        群: ✓ 顾客同意…
        林晓: /resolve
        群: 还不能结束，差：…换新 没登记办妥…→ /done f1 凭证号
        林晓: /done SF123
        机器人: …
        记号: 👌
        林晓: /resolve
        机器人: …算解决了吗？
        记号: 👌
    """)


@pytest.mark.practice("S65", "R11")
async def test_a_withdrawal_drops_nothing_that_was_agreed(stage: Stage) -> None:
    """Who withdraws with a remedy under way is asked about it by a person: nothing agreed ends by a word."""
    await stage.play(f"""
        {HELD}
        林晓: /offer 换新
        机器人: …同意…
        客户点: 同意
        机器人: …
        群: …
        客户: /withdraw
        机器人: …撤回吗？…
        客户点: 撤回
        机器人: …之前说定的事还没办完…前跟您确认是照办还是取消。
    """)
    case = await stage.case()
    assert case.is_open
    assert [one.proof for one in case.fulfilments] == [None]

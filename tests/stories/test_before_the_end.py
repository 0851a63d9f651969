"""Who would end a case hears first what is still open in it, and has a way on that is one tap or one command long."""

import pytest

from bot.complaint.case import Control, Status
from tests.stories.offering import OFFERED
from tests.stories.stage import Stage


@pytest.mark.practice("S95", "S84")
async def test_a_case_does_not_end_over_an_offer(stage: Stage) -> None:
    """The desk reads what is open since when; one tap takes it back, and the customer is asked in one message."""
    await stage.play(f"""
        {OFFERED}
        林晓: /resolve
        群: 还不能结束，方案还在等顾客答复：全额退款 ¥89＋优惠券（¥30 无门槛券）。今天10:00发出，…到期。…/agreed …
        林晓点: 等顾客答复
        林晓: /resolve
        群: 还不能结束，方案还在等顾客答复…
        林晓点: 收回，问是否解决
        机器人: 之前那个方案先收回了。这件事在您看来算解决了吗？
        客户点: 同意
        提示: …
        客户点: 解决了
        机器人: 编号 100-0001 到这里办完了。…
    """)
    case = await stage.case()
    assert (case.offers[-1].state, case.status) == ("withdrawn", Status.CLOSED)


@pytest.mark.practice("S95", "R11", "S53")
async def test_a_yes_on_the_phone_is_noted_and_told(stage: Stage) -> None:
    """What was agreed becomes dated work; the customer reads it and may object; then the case ends as accepted."""
    await stage.play(f"""
        {OFFERED}
        林晓: /agreed
        群: 写明在哪儿、怎么同意的：…
        林晓: /agreed 电话里同意，10:05
        机器人: 按您跟同事说好的，登记了：…①全额退款¥89…②¥30 无门槛券…前都办好。要是跟您说的不一样，直接在这里写…
        群: ✓ 顾客同意：全额退款¥89＋¥30 无门槛券…
        林晓: /resolve
        群: 还不能结束，差：…没登记办妥…
        林晓: /done f1 RF-1
        机器人: …
        记号: 👌
        林晓: /done f2 Q-1
        机器人: …
        记号: 👌
        林晓: /resolve
        机器人: 办好的是：…这件事在您看来算解决了吗？
        记号: 👌
        客户点: 解决了
        机器人: 编号 100-0001 到这里办完了。…
    """)
    case = await stage.case()
    assert case.status is Status.CLOSED
    assert case.agreement is not None
    line = next(
        one for _, rows in await stage.kept() for one in rows if one.entry.text.startswith("agreed_elsewhere")
    )
    assert "电话里同意，10:05" in f"{line}"


@pytest.mark.practice("R7", "S65", "S54")
async def test_danger_is_not_ended_before_somebody_looked_into_it(stage: Stage) -> None:
    """The finding is asked for by name; a supervisor may let it pass, with a reason."""
    await stage.play("""
        客户: 吃了面包喉咙肿了喘不上气
        机器人: 请立刻拨打 120…
        林晓点: 我来接
        机器人: 安全专员接手了…
        林晓: 您现在怎么样，在医院吗？
        机器人: 您现在怎么样，在医院吗？
        林晓: /resolve
        群: 还不能结束，差：…没写查到了什么 → /upheld、/partly、/notupheld 或 /undetermined；…/nofinding 原因
        林晓: /nofinding 联系不上
        群: …主管…
        陈岚: /nofinding 家属不愿再谈，已出院
        群: 陈岚 同意不等查明就结束。原因：家属不愿再谈，已出院。现在可以问顾客是否解决了。
        林晓点: 问是否解决
        机器人: 这件事在您看来算解决了吗？
    """)
    case = await stage.case()
    assert (case.excused, case.control) == ("家属不愿再谈，已出院", Control.HUMAN)


@pytest.mark.practice("R7")
async def test_a_finding_opens_the_way(english_stage: Stage) -> None:
    """Nothing certain is a finding too: with it the customer may be asked."""
    await english_stage.play("""
        Customer: I ate the bread and my throat is swelling, I can't breathe
        Bot: …
        Lin Xiao点: 我来接
        Bot: …
        Lin Xiao: How are you now, are you in hospital?
        Bot: How are you now, are you in hospital?
        Lin Xiao: /resolve
        Topic: 还不能结束，差：…没写查到了什么…
        Lin Xiao: /undetermined the sample is at the laboratory | we write to you with its result on Friday
        Bot: …
        Topic: …
        Lin Xiao: /resolve
        Bot: …Would you say this is settled?
        Sign: 👌
    """)


@pytest.mark.practice("S53", "S84")
async def test_whatever_is_missing_comes_with_its_command(stage: Stage) -> None:
    """A promise is kept, an answer is written: the line says how, so that nobody has to know it."""
    await stage.play("""
        客户: 转人工，电热壶不通电，订单8841
        机器人: …
        林晓点: 我来接
        机器人: …
        林晓: /resolve
        群: 还不能结束，差：…答应的答复还没写给顾客（今天14:00前） → 直接写给顾客
        林晓: 您好，我在查
        机器人: 您好，我在查
        林晓: /promise 检测报告 明天18:00
        机器人: 跟您约好：…
        群: 林晓 答应了：检测报告…
        林晓: /resolve
        群: 还不能结束，差：…承诺没兑现（明天18:00前） → /keep p2 结果
        林晓: /keep p2 报告已发
        记号: 👌
        林晓: /resolve
        机器人: 这件事在您看来算解决了吗？
        记号: 👌
    """)

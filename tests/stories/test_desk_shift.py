"""A shift at the desk: what a command cannot do is said so, by what it named, and nothing else is done instead."""

import pytest

from bot.complaint.case import PromiseStatus
from tests.stories.offering import ASKED, OFFERED
from tests.stories.stage import Stage
from tests.stories.test_tasks import HELD


@pytest.mark.practice("R22", "S53")
async def test_a_promise_that_is_over_is_not_taken_for_another(stage: Stage) -> None:
    """Put off or kept by its number after its end: its outcome is said, and the one that runs stays as it is."""
    await stage.play(f"""
        {HELD}
        林晓: 今天15:00前给您答复
        机器人: 今天15:00前给您答复
        群: 记下承诺 p2…
        林晓: /promise 检测报告 明天18:00
        机器人: 跟您约好：…
        群: 林晓 答应了：检测报告…p3…
        林晓: /keep p2 答复了
        记号: 👌
        林晓: /postpone p2 后天12:00
        群: p2 已经了结：已办到。还没兑现的：…/postpone p3 新时间…“检测报告”，明天18:00前…
    """)
    await stage.play("""
        林晓: /keep p9 已回
        群: 哪一个，写在前面：…/keep p3 结果…检测报告…
    """)
    (open_one,) = (await stage.case()).open_promises
    assert (open_one.id, open_one.status) == ("p3", PromiseStatus.OPEN)


@pytest.mark.practice("S53", "S84")
async def test_what_is_owed_is_told_in_its_own_words(stage: Stage) -> None:
    """Half of its time gone, or in the way of an end: whoever reads the line knows what was promised."""
    await stage.play(f"""
        {HELD}
        林晓: 今天18:00前给您答复
        机器人: 今天18:00前给您答复
        群: 记下承诺 p2…
        林晓: /resolve
        群: 还不能结束，差：…“今天18:00前给您答复” 承诺没兑现（今天18:00前） → /keep p2 结果
        -- 5小时
        群: ⌛ 时间过半：“今天18:00前给您答复”，今天18:00前。…林晓
    """)


@pytest.mark.practice("S51")
async def test_a_request_that_waits_for_evidence_is_no_unknown_one(stage: Stage) -> None:
    """Who would decide it meanwhile reads for whom it waits."""
    await stage.play(f"""
        {ASKED}
        陈岚点: 要证据
        群: a1 陈岚 要先看证据…
        陈岚: /approve a1
        群: a1 在等 林晓 补证据，补好了会再来请批。
    """)


@pytest.mark.practice("S65")
async def test_where_the_cause_is_missing_it_is_one_tap_away(stage: Stage) -> None:
    """The line that says what is missing has the causes under it."""
    await stage.play(f"""
        {HELD}
        林晓: /upheld 温控器虚焊 | 这一批复检
        机器人: …
        群: 林晓 认定属实…
        林晓: /resolve
        群: 还不能结束，差：…没选原因，点下面
        林晓点: 原料、零件
        林晓: /resolve
        机器人: …这件事在您看来算解决了吗？
        记号: 👌
    """)


@pytest.mark.practice("R31", "S55")
async def test_the_name_of_the_button_typed_out_takes_the_case(stage: Stage) -> None:
    """Nobody says “我来接” to a customer: it is not sent. Who has the case may say anything."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …
        王珂: 我来接
        机器人: 客服同事已经接手…
        群: 王珂 接了。…
        王珂: 我来接
        机器人: 我来接
    """)
    assert stage.said().count("我来接") == 1


@pytest.mark.practice("S105")
async def test_a_report_on_one_day_names_it_once(stage: Stage) -> None:
    """Today is a day and no span of days."""
    await stage.do("客户", "转人工，电热壶不通电")
    await stage.do("陈岚在大群", "/report 今天")
    told = "\n".join(one.text for one in stage.demo.world.from_bot(stage.demo.desk.id))
    assert "7月1日来了 1 件" in told


@pytest.mark.practice("R11", "S53")
async def test_a_remedy_done_already_is_not_taken_for_the_other(stage: Stage) -> None:
    """A proof with the number of what is done: the customer is told of no payment, and the desk asks which."""
    await stage.play(f"""
        {OFFERED}
        客户点: 同意
        机器人: …
        群: ✓ 顾客同意…
        林晓: /done f1 RF-1
        机器人: …RF-1…
        记号: 👌
        林晓: /done f1 RF-1
        群: 哪一项、凭证或结果是什么，一起写上：…/done f2 凭证号…
        林晓: /done t1 去过了
        群: 哪一项、凭证或结果是什么，一起写上：…/done f2 凭证号…
        林晓: /done Q-77
        机器人: …Q-77…
        记号: 👌
    """)
    assert [one.proof for one in (await stage.case()).fulfilments] == ["RF-1", "Q-77"]

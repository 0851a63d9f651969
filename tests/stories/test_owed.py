"""Promises and deadlines as time passes, as chat logs: half, near, missed; silence; the days no case may pass."""

from datetime import timedelta

import pytest

from bot.complaint.case import Control, PromiseStatus
from tests.stories.stage import Stage
from tests.stories.test_tasks import HELD


def lines(stage: Stage) -> list[str]:
    """All that the bot has written in the topic."""
    return [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]


@pytest.mark.practice("S53", "S84")
async def test_a_promise_in_an_agents_own_words_is_kept(stage: Stage) -> None:
    """The customer gets it with its time at once, half and four fifths call whoever gave it, a result keeps it."""
    await stage.play(f"""
        {HELD}
        林晓: /promise 寄出检验报告 今天16:00
        机器人: 跟您约好：寄出检验报告，7月1日(周三)16:00前。到时没办到，我来提醒主管。
        群: 林晓 答应了：寄出检验报告，今天16:00前。办到写 /keep p2 结果…
        -- 3小时
        群: ⌛ 时间过半：…今天16:00前。…林晓
        -- 2小时
        群: ⏳ “…”快到点了：今天16:00。来不及就先告诉顾客。…林晓
        林晓: /keep p2
        群: 哪一个…/keep p2 结果…
        林晓: /keep p2 单号 SF100
        记号: 👌
        -- 2小时
    """)
    promise = (await stage.case()).promises[1]
    assert (promise.owner, promise.status) == ("林晓", PromiseStatus.KEPT)


@pytest.mark.practice("S53", "S88")
async def test_a_promise_put_off_in_time_is_no_miss_and_not_kept(stage: Stage) -> None:
    """Whoever tells the new time before the old one has gone by owes no apology; one who misses it does."""
    await stage.play(f"""
        {HELD}
        林晓: /promise 寄出检验报告 今天16:00
        机器人: 跟您约好…
        群: 林晓 答应了…
        林晓: /postpone p2 明天12:00 实验室停电
        机器人: 提前跟您说：今天16:00前的那件事，改到7月2日(周四)12:00前。
        群: 林晓 另约了时间：“…”，明天12:00前（p3），已告诉顾客。
    """)
    assert not any("停电" in one for one in stage.said()), "the reason stays inside"
    await stage.live_through(timedelta(hours=27))
    case = await stage.case()
    assert [one.status for one in case.promises[1:3]] == [PromiseStatus.RENEGOTIATED, PromiseStatus.LATE]
    assert any("”没按时" in one and "陈岚" in one for one in lines(stage))


@pytest.mark.practice("S2", "S53")
async def test_a_silent_holder_is_warned_and_then_the_case_goes_back(stage: Stage) -> None:
    """Who leaves a customer without an answer is called once by name; then others have the case, and they know it."""
    await stage.play(f"""
        {HELD}
        客户: 那到底什么时候能修好
        群: 周敏…什么时候能修好
        .. 2小时
        群: ⏳ 顾客从今天10:00等您回话。今天12:00还没回，就放回队列。…林晓
        机器人: 这件事转给了客服同事接着办，今天16:00前答复您…
        群: ↩️ 林晓 从今天10:00起没回话，已放回队列。已答应顾客今天16:00前答复。…陈岚
        王珂点: 我来接
    """)
    case = await stage.case()
    assert case.holder is not None
    assert case.holder.name == "王珂"


@pytest.mark.practice("S53")
async def test_an_answer_in_time_and_a_thank_you_keep_the_case_with_its_holder(stage: Stage) -> None:
    """Words stop the clock of silence, and a mere thank-you starts none; nor do the hours of the night count."""
    await stage.play(f"""
        {HELD}
        客户: 那到底什么时候能修好
        群: 周敏…
        -- 1小时
        林晓: 周五修好，寄回给您
        机器人: 周五修好，寄回给您
        群: 记下承诺 p2：“周五修好”，7月3日(周五)18:00前。…
        客户: 好的谢谢
        群: 周敏…好的谢谢
        .. 5小时
        -- 110分钟
        客户: 运费谁出
        群: 周敏…运费谁出
        .. 14小时
    """)
    case = await stage.case()
    assert case.control is Control.HUMAN
    assert case.waiting_since is not None


@pytest.mark.practice("R5", "S53")
async def test_progress_is_told_unasked_when_nobody_tells_it(stage: Stage) -> None:
    """At the deadline of an update the customer hears that it is in hand, and by when again; and does."""
    await stage.play(f"""
        {HELD}
        .. 3天
        机器人: 跟您说一声：客服同事还在跟，眼下没有新的结果。…前再告诉您进展，没有结果也说。
        .. 4天
        机器人: 跟您说一声：客服同事还在跟，眼下没有新的结果。…
    """)
    told = [one for one in lines(stage) if "没人跟顾客说进展" in one]
    assert len(told) == 2
    assert all("陈岚" in one for one in told)
    progress = [one.status for one in (await stage.case()).promises if one.kind == "update"]
    assert progress == [PromiseStatus.KEPT, PromiseStatus.OPEN]


@pytest.mark.practice("R39", "S2")
async def test_old_cases_are_brought_to_those_who_decide(stage: Stage) -> None:
    """Seven days without progress a supervisor, on day ten the manager, day fifteen with legal, day thirty the end."""
    await stage.play(f"""
        {HELD}
        林晓: /promise 给您答复 8月20日18:00
        机器人: …
        群: 林晓 答应了…
    """)
    await stage.live_through(timedelta(days=31))
    stops = [one for one in lines(stage) if one.startswith("📅")]
    days = [one.split("天")[0].split()[-1] for one in stops]
    assert days[:3] == ["7", "10", "15"]
    assert days[-1] == "30"
    assert "陈岚" in stops[0]
    assert "赵铭" in stops[1]
    assert "赵铭" in stops[2]
    assert "方宁" in stops[2]
    assert all("”" in one and "林晓" in one for one in stops[:3])


@pytest.mark.practice("S110")
async def test_a_case_that_goes_to_legal_has_its_checklist(stage: Stage) -> None:
    """Where a threat comes in, the tasks that must not be forgotten stand there by themselves."""
    await stage.do("客户", "不赔5万我就找媒体曝光，钱到账我就删")
    case = await stage.case()
    checklist = [one.what for one in case.tasks]
    assert checklist == ["legal_evidence", "legal_facts", "legal_position", "legal_calendar"]
    assert "任务" in stage.card()
    assert not any("按清单办" in one for one in lines(stage)), "the new card lists them"

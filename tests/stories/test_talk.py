"""How the talk itself goes, as chat logs: D4, D9, D11, D19; languages, late presses, what is not understood."""

import pytest

from bot.complaint.case import Control, Queue, Severity, Status
from bot.complaint.reading import Language
from tests.stories.stage import Stage


@pytest.mark.practice("S7", "S11", "S15", "S47", "S48", "S57", "S58", "S60", "S62", "R29")
async def test_d4_who_is_very_angry_is_heard_out_and_offered_a_call(stage: Stage) -> None:
    """No question while they vent, every point said back, and then a call at their time with its own promise."""
    await stage.play("""
        客户: 垃圾公司！骗子！我要气死了！！
        机器人: 看得出…您先说，我听着，一条条记…编号 100-0001
        客户: 我买的电饭锅坏了两次
        客户: 电话打了没人接
        客户: 店员说话还难听
        -- 4秒
        机器人: 我记下的是：…①…坏了两次…②…没人接…③…难听…哪条漏了…后面我不多问了…？
        客户: 明天上午
        机器人: …哪个号码…？…
        客户留号码:
        机器人: 约好了…明天…–10:00…给您打电话…主管…
    """)
    case = await stage.case()
    assert [one.kind for one in case.promises] == ["call_back"]
    assert case.control is Control.QUEUED
    assert not any("冷静" in words or "别激动" in words for words in stage.said())


@pytest.mark.practice("S3", "S41", "S100", "S124", "S40")
async def test_d9_a_suggestion_is_thanked_for_and_nothing_else(stage: Stage) -> None:
    """No apology drama, no compensation; it goes on its way, and news of it only if wanted."""
    await stage.play("""
        客户: 没别的，就是希望包装好撕一点
        机器人: …编号 100-0001
        -- 4秒
        机器人: 谢谢您特意来说…编号 100-0001…采用了，我来告诉您，可以吗？
        按钮: 可以 | 不用了
        客户点: 可以
        机器人: 好…
    """)
    case = await stage.case()
    assert (case.queue, case.status, case.severity) == (
        Queue.SUGGESTION,
        Status.SUGGESTION_LOGGED,
        Severity.SEV4,
    )
    assert case.follow_up_consent
    assert not any("抱歉" in words or "赔" in words for words in stage.said())


@pytest.mark.practice("S11", "S47", "S89", "S44")
async def test_d11_a_burst_is_answered_once_when_it_is_over(stage: Stage) -> None:
    """Six messages in a row get one substantive answer; where a child is concerned it does not wait."""
    await stage.play("""
        客户: 在吗
        机器人: 您好…编号 100-0001…
        客户: 有人吗
        客户: 你们那个面包
        客户: 发霉了
        客户: 刚买的
        客户: 我女儿差点吃
        机器人: 先问最要紧的…？
        机器人: …今天10:15前…
        大群: …
        客户: 没吃
        机器人: 谢谢…面包…发霉…很抱歉…
    """)


@pytest.mark.practice("S11")
async def test_a_burst_that_does_not_end_is_answered_all_the_same(stage: Stage) -> None:
    """Nobody waits for more than a quarter of a minute."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 3秒
        客户: 上周才买的
        -- 3秒
        客户: 还是送人的
        -- 3秒
        客户: 太扫兴了
        -- 3秒
        客户: 你们看看
        -- 3秒
        机器人: 谢谢…电热壶不通电…很抱歉…
    """)


@pytest.mark.practice("R23", "R24", "R30", "R31", "S14", "S83", "R21", "R28")
async def test_d19_a_person_comes_in_the_same_turn_without_persuasion(stage: Stage) -> None:
    """The truth about the machine, the place in the queue, a time, and nothing to say again."""
    await stage.play("""
        客户: 你是机器人吧，叫人来
        机器人: 是的，我是…自动客服…已为您转人工…今天14:00前有人答复您…不用再说一遍
        卡片: …100-0001…
    """)
    assert (await stage.case()).control is Control.QUEUED


@pytest.mark.practice("R30")
async def test_outside_opening_hours_the_opening_time_is_told(stage: Stage) -> None:
    """At night nobody is promised the next minutes."""
    await stage.play("""
        -- 12小时
        客户: 转人工
        机器人: …明天…:00上班，明天…前有人答复您…
    """)


@pytest.mark.practice("R30", "R58")
async def test_the_second_in_the_queue_hears_how_many_are_before_them(stage: Stage) -> None:
    """The place in the queue counts those who wait for a person."""
    await stage.play("""
        客户: 转人工
        机器人: …您排在最前面…
        陈默: 转人工
        机器人: …前面还有 1 位…
    """)


@pytest.mark.practice("S14", "R21")
async def test_whoever_asks_is_told_that_it_is_a_bot(stage: Stage) -> None:
    """The truth, in one line, and a person one tap away."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        客户: 你是真人吗
        机器人: …机器人…转人工
        按钮: 转人工
    """)


@pytest.mark.practice("R25")
async def test_twice_not_understood_brings_a_person(stage: Stage) -> None:
    """Nobody has to find the words that a program knows."""
    await stage.play("""
        客户: 嘟嘟嘟
        机器人: …
        -- 4秒
        机器人: …
        客户: 咕噜咕噜
        -- 4秒
        机器人: …请同事来接…
    """)
    assert (await stage.case()).open_escalation is not None


@pytest.mark.practice("S6", "S56", "S2")
async def test_insults_meet_two_calm_lines_at_most_and_the_case_stays_open(stage: Stage) -> None:
    """The bot mirrors nothing and deletes nothing; then a person comes."""
    await stage.play("客户: 滚，傻逼客服\n机器人: …")
    for _ in range(6):
        await stage._play_line("客户: 你们是不是脑子进水，废物东西")
        await stage._play_line("-- 4秒")
    case = await stage.case()
    assert case.is_open
    assert case.open_escalation is not None
    assert not any("傻逼" in words or "废物" in words for words in stage.said())


@pytest.mark.practice("S76", "R1")
async def test_the_language_follows_the_words_and_can_be_chosen(stage: Stage) -> None:
    """English gets English; a choice made by button is kept whatever is typed next."""
    await stage.play("""
        客户: My kettle does not switch on
        机器人: …automated assistant…
        -- 4秒
        机器人: …sorry…
        客户: /language
        机器人: …
        客户点: 中文
        机器人: …
        客户: the order is 8841
        机器人: …您觉得怎么处理比较合适？…
    """)
    assert (await stage.case()).language is Language.ZH


@pytest.mark.practice("R1")
async def test_traditional_chinese_is_understood(stage: Stage) -> None:
    """A complaint in Traditional characters runs like any other."""
    await stage.play("""
        客户: 上週買的電熱壺不通電
        机器人: …
        -- 4秒
        机器人: 谢谢…很抱歉…订单号…
    """)


@pytest.mark.practice("S95", "S84")
async def test_a_button_pressed_late_or_twice_changes_nothing_and_says_why(stage: Stage) -> None:
    """An old yes is no yes."""
    await stage.play("""
        客户: 电热壶不通电，订单8841
        机器人: …
        -- 4秒
        机器人: …您觉得怎么处理比较合适？…
        客户: 换新
        机器人: …这样可以吗？
        客户点: 改一改
        机器人: …
        客户点: 同意
        提示: …
    """)
    case = await stage.case()
    assert case.agreement is None
    assert stage.notice()


@pytest.mark.practice("S69", "R34", "S115", "R10")
async def test_silence_is_asked_after_twice_and_then_let_go_with_a_word(stage: Stage) -> None:
    """Never at night, never a third time, and never closed without saying so."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 4秒
        机器人: …订单号…
        -- 24小时
        机器人: …
        -- 48小时
        机器人: …
        -- 48小时
        机器人: …编号 100-0001…400-000-8841…
        -- 30天
    """)
    assert (await stage.case()).status is Status.CLOSED_NO_RESPONSE


@pytest.mark.practice("S53", "S2", "S51", "S75", "S88")
async def test_a_promise_is_spoken_of_before_it_is_missed_and_owned_when_it_is(stage: Stage) -> None:
    """Told before the miss, a full apology at the miss, a new time, and one step more urgent."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …今天14:00前…
        -- 3小时
        -- 20分钟
        机器人: …今天14:00前…
        群: …
        -- 1小时
        机器人: …对不起…前…
        群: …
    """)
    case = await stage.case()
    assert case.severity is Severity.SEV2
    assert [one.status.value for one in case.promises] == ["late", "open"]


@pytest.mark.practice("S108", "S106")
async def test_a_withdrawal_is_asked_about_once_and_then_respected(stage: Stage) -> None:
    """Their complaint, their word."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 4秒
        机器人: …
        客户: 我不投诉了
        机器人: …
        按钮: 撤回 | 不撤，接着办
        客户点: 撤回
        机器人: …编号 100-0001…
    """)
    assert (await stage.case()).status is Status.WITHDRAWN

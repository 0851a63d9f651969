"""A tired colleague on a phone: each line says which promise it means, and what an edit of a command does."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.complaint.case import Queue
from tests.stories import spots
from tests.stories.offering import HELD, OFFERED
from tests.stories.raising import raise_stage
from tests.stories.spots import Spot
from tests.stories.stage import Stage


@pytest.mark.practice("S53")
async def test_a_reminder_quotes_the_promise_that_it_means(stage: Stage) -> None:
    """On the card, near its time and after it, a colleague's own promise stands in their words."""
    await stage.play(f"""
        {HELD}
        林晓: 今天18:00前给您答复
        机器人: 今天18:00前给您答复
        群: 记下承诺 p2…
        卡片: …“今天18:00前给您答复” 今天18:00前…
        .. 7小时
        群: ⌛ 时间过半：“今天18:00前给您答复”…
        群: ⏳ “今天18:00前给您答复”快到点了：今天18:00。…
        .. 90分钟
        群: ❗ “今天18:00前给您答复”没按时。…
    """)


@pytest.mark.practice("S95", "R22")
async def test_words_kept_for_the_end_follow_their_edit(stage: Stage) -> None:
    """What is sent by the button is what the message says now, not what it said first."""
    await stage.play(f"""
        {OFFERED}
        林晓: /resolve 新壶寄出了
        群: 还不能结束，…会带上您的话：新壶寄出了
        林晓改: /resolve 新壶寄出了 > /resolve 新壶寄出了，单号SF1
        群: 还不能结束，…会带上您的话：新壶寄出了，单号SF1
        林晓点: 收回，问是否解决
        机器人: 新壶寄出了，单号SF1…这件事在您看来算解决了吗？
    """)


@pytest.mark.practice("S55")
async def test_an_edited_command_is_not_done_again_and_that_is_said(stage: Stage) -> None:
    """A slip mended by an edit, and a sentence that has gone out already: the line says what to do instead."""
    await stage.play(f"""
        {HELD}
        林晓: /reslove
        群: 没有 /reslove 这个命令，什么都没发。是不是 /resolve？
        林晓改: /reslove > /resolve
        群: 改过的命令不会再办，已经办的、发的照旧。要办，请新写一条。
        林晓: /resolve 新壶今天18:00前寄出
        机器人: 新壶今天18:00前寄出…
        群: 记下承诺 p2…时间写错了，写 /postpone p2 新时间。
        林晓改: /resolve 新壶今天18:00前寄出 > /resolve 新壶明天18:00前寄出
        群: 改过的命令不会再办，已经办的、发的照旧。要办，请新写一条。
    """)


@pytest.mark.practice("S53")
async def test_a_promise_keeps_its_name_when_it_is_put_off(stage: Stage) -> None:
    """The card shows it in its words at once, and a list of what is owed still knows it after a new time."""
    await stage.play(f"""
        {HELD}
        林晓: /promise 检测结果 后天12:00
        机器人: …
        群: 林晓 答应了：检测结果，…
        卡片: …“检测结果” 7月3日(周五)12:00前…
        林晓: /postpone p2 大后天12:00 实验室排队
        机器人: …
        群: 林晓 另约了时间：“检测结果”，…
        卡片: …“检测结果” 7月4日(周六)12:00前…
        林晓: /keep
        群: 哪一个，写在前面：…/keep p3 结果…“检测结果”，7月4日(周六)12:00前…
        林晓: /done
        群: …/done p3 结果…“检测结果”，7月4日(周六)12:00前
    """)


@pytest.mark.practice("S31")
async def test_what_only_the_holder_may_do_is_named_in_words(stage: Stage) -> None:
    """A ready line of somebody else's case: the refusal names the act, as every other does."""
    await stage.play(f"""
        {HELD}
        王珂: /say ask_photo
        群: “发话”要由接手的人来：现在是 林晓。
    """)


@pytest.mark.practice("S74", "S53")
async def test_the_card_tells_each_thing_that_is_owed_once(stage: Stage) -> None:
    """A call is a task with its time and no second line; what was missed over and over is one line with its count."""
    await stage.play(f"""
        {HELD}
        林晓: 您好，我来处理
        机器人: 您好，我来处理
        林晓: /task 回电 今天15:00-16:00 谈方案
        机器人: …
        群: 📌 t1 回电：谈方案…
        林晓: /promise 检测结果 今天12:00
        机器人: …
        群: 林晓 答应了：检测结果…
        卡片: …“检测结果” 今天12:00前…任务 t1 回电 谈方案 · 林晓 · 今天16:00前…
    """)
    assert "回电 今天16:00前 →" not in stage.card()
    await stage.live_through(timedelta(days=2))
    rows = [one for one in stage.card().splitlines() if "回电" in one and "没按时" in one]
    assert len(rows) == 1
    assert "次）" in rows[0]


@pytest.mark.practice("R58", "S53")
async def test_whoever_is_accused_has_its_tasks_no_more(stage: Stage) -> None:
    """Their open tasks go to the team with the case, and nobody calls them to it; whoever must apologise is called."""
    await stage.play(f"""
        {HELD}
        林晓: 您好，我来处理
        机器人: 您好，我来处理
        林晓: /task 回电 今天15:00-16:00 谈方案
        机器人: …
        群: 📌 t1 回电…林晓办。…
        陈岚: /about @林晓
        机器人: …
        群: 记下了：投诉涉及 林晓，…
        卡片: …任务 t1 回电 谈方案 · 客服 · 今天16:00前…
        王珂: /claim
        群: 王珂 接了。…
    """)
    before = len(stage.topic_lines())
    await stage.live_through(timedelta(hours=8))
    told = [one.text for one in stage.topic_lines()[before:]]
    assert [one for one in told if "林晓" in one.splitlines()[-1]] == []
    late = next(one for one in told if "回电没按时" in one)
    assert "王珂" in late.splitlines()[-1]


@pytest.mark.practice("S55")
async def test_words_that_only_hold_a_sharp_one_go_out(stage: Stage) -> None:
    """What stands inside another word hurts nobody."""
    await stage.play(f"""
        {HELD}
        林晓: 您那边的批号是多少来着？
        机器人: 您那边的批号是多少来着？
        林晓: 少来这套
        群: ⏸ 先没发。“少来这套”伤人…
    """)


@pytest.mark.practice("S31", "S74")
async def test_a_logged_case_says_first_what_to_tell(stage: Stage) -> None:
    """Who complained by telephone reads nothing: the card's next step is to tell them, until they are told."""
    await stage.play("""
        林晓在大群: /log 电话 王女士 13812345678 豆浆机漏水，要退
        大群: ✍️ 登记好了…
        卡片: …下一步 把下面的话告诉顾客，再点“已告诉顾客”…
        群: 🗣 …
        林晓点: 已告诉顾客
        卡片: …下一步 复述一遍，说清谁、几点前…
    """)


@pytest.mark.practice("R49", "S110")
async def test_a_task_of_ours_is_reminded_of_in_words(stage: Stage) -> None:
    """What a checklist or the press sets is called the same in every line, by no key of ours."""
    await stage.do("客户", "我是城市晚报记者李然，想采访你们，今晚8点截稿，电话13800001111")
    await stage.live_through(timedelta(hours=11))
    told = [one.text for one in stage.topic_lines()]
    assert [one for one in told if "press_answer" in one] == []
    assert any("截稿前回记者" in one and one.startswith("⏰") for one in told)


@pytest.mark.practice("S31")
async def test_a_slip_in_general_is_answered(stage: Stage) -> None:
    """A command that is nearly one of ours is named, as in a topic; what is meant for another bot is left alone."""
    await stage.play("""
        林晓在大群: /queu
        大群: 没有 /queu 这个命令，什么都没发。是不是 /queue？
        林晓在大群: /incidents
        大群: …是不是 /incident？
        林晓在大群: /weather
        林晓在大群: /queu@other_bot
        林晓在大群: /queue
        大群: 等人接：没有
    """)


@pytest.mark.practice("S84", "S74")
async def test_a_case_that_came_back_is_not_to_be_ended_first(stage: Stage) -> None:
    """What was done before did not settle it: the next step is to look again, not to ask for its end."""
    await stage.play(f"""
        {OFFERED}
        客户点: 同意
        机器人: …
        群: ✓ 顾客同意…
        林晓: /done f1 RF-1
        机器人: …
        林晓: /done f2 Q-1
        机器人: …
        林晓: /resolve
        机器人: …算解决了吗？
        客户点: 解决了
        机器人: …
        客户: 又坏了，还是不通电
        机器人: …
        群: …
        群: 重开…
        王珂: 您好，上次的情况我看到了
        机器人: 客服同事已经接手…
        机器人: 您好，上次的情况我看到了
        卡片: …下一步 查清楚，给方案或结论…
    """)


@pytest.mark.practice("R27", "S54")
async def test_whoever_is_hurt_is_not_put_off_for_a_day(stage: Stage) -> None:
    """However often nobody came at night, people are called again within hours."""
    await stage.do("客户", "你们的取暖器昨晚着火了，我手烧伤了")
    await stage.live_through(timedelta(hours=1))
    for _ in range(3):
        before = len(spots.from_bot(stage.demo, Spot(stage.demo.desk)))
        await stage.live_through(timedelta(hours=4))
        rung = spots.from_bot(stage.demo, Spot(stage.demo.desk))[before:]
        assert any("100-0001" in one.text for one in rung)


@pytest.mark.practice("R31")
async def test_the_talk_so_far_names_the_colleagues_in_it(tmp_path: Path) -> None:
    """Who takes a case over in another group knows whom to ask: each colleague's line has their name."""
    async with raise_stage(tmp_path, desks={Queue.LEGAL: "法务群"}) as stage:
        await stage.play(f"""
            {HELD}
            林晓: 您好，我来处理
            机器人: 您好，我来处理
            林晓: // 批号对不上
            林晓: /transfer 法务 要看合同
            机器人: …
        """)
        log = stage.log()
        assert "林晓：您好，我来处理" in log
        assert "林晓（备注）：" in log


@pytest.mark.practice("S53")
async def test_a_list_quotes_what_was_promised_another_day(stage: Stage) -> None:
    """“Tomorrow”, said yesterday, stands in quotation marks beside the day that it is."""
    await stage.play(f"""
        {HELD}
        林晓: 明天10:00前给您答复
        机器人: 明天10:00前给您答复
        .. 14小时
        林晓在大群: /promises
        大群: 承诺 1 项…“明天10:00前给您答复” 今天10:00前
    """)


@pytest.mark.practice("S53")
async def test_an_hour_of_a_day_that_is_over_is_no_time(stage: Stage) -> None:
    """A slip with the day is asked about; the customer is not promised today what was written of yesterday."""
    await stage.play(f"""
        {HELD}
        林晓: /promise 给您换 昨天18:00
        群: 这样写：/promise …
        林晓: /promise 给您换 今天18:00
        机器人: 跟您约好：给您换，…18:00前…
        群: 林晓 答应了：给您换…
        林晓: /postpone p2 昨天20:00
        群: 哪一个，写在前面：…
    """)


@pytest.mark.practice("S51")
async def test_the_second_of_two_is_asked_for_as_such(stage: Stage) -> None:
    """The manager has agreed: what is missing is the other one, and not both again."""
    await stage.play(f"""
        {HELD}
        林晓: /offer 券 6000 | 摔伤了
        群: a1 请批（经理和法务，两人）…
        赵铭: /approve a1
        群: a1 赵铭 已同意，还差另一位：经理和法务各要一位，今天18:00前。…方宁
    """)

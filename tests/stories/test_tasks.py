"""Calls, visits and samples of people, as chat logs: set, told, reminded of, moved, kept and missed."""

from datetime import timedelta

import pytest

from bot.complaint.case import PromiseStatus, Severity
from bot.complaint.deskwork import TaskKind, TaskState
from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…前有人答复您…
    林晓点: 我来接
    机器人: 客服同事已经接手…不用重讲…
    林晓: 您好，我来处理
    机器人: 您好，我来处理
"""
CALL = f"""
    {HELD}
    林晓: /task call 明天10-11 谈方案
    机器人: 约好客服同事给您打电话：明天10:00–11:00。到点没接到，我来提醒主管…
    群: 📌 t1 回电：谈方案，明天10:00–11:00，林晓办。已告诉顾客。…还没有顾客的电话…
"""


@pytest.mark.practice("S35", "S48", "S53")
async def test_a_call_is_told_reminded_of_and_kept_by_its_outcome(stage: Stage) -> None:
    """The customer knows the hour, the owner is called before it, and only an outcome keeps the promise."""
    await stage.play(f"""
        {CALL}
        .. 23小时
        .. 45分钟
        群: ⏰ t1 回电：谈方案，今天10:00–11:00。办完写 /done t1 结果。…林晓
        林晓: /done
        群: …/done t1 结果…
        林晓: /done t1 谈好了，退款
        卡片: …回电 今天11:00前 已办到…
        .. 3小时
    """)
    told = [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert not any("没按时" in one for one in told)
    case = await stage.case()
    assert (case.tasks[0].state, case.tasks[0].outcome) == (TaskState.DONE, "谈好了，退款")
    assert case.promises[-1].status is PromiseStatus.KEPT


@pytest.mark.practice("S48", "S53", "S2")
async def test_a_call_that_is_missed_rings_owner_and_supervisor(stage: Stage) -> None:
    """When its hour goes by, the one who owes it and a supervisor are called, and the case is more urgent."""
    await stage.play(CALL)
    await stage.live_through(timedelta(hours=25))
    told = [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    late = [one for one in told if "回电没按时" in one]
    assert len(late) == 1
    assert "林晓" in late[0]
    assert "陈岚" in late[0]
    assert not any("过了时间还没结果" in one for one in told), "one miss is one line"
    case = await stage.case()
    assert case.severity is Severity.SEV2
    assert case.tasks[0].state is TaskState.OPEN
    calls = [one for one in case.promises if one.kind == "call_back"]
    assert [one.status for one in calls] == [PromiseStatus.LATE, PromiseStatus.OPEN]
    assert case.tasks[0].promise_id == calls[-1].id


@pytest.mark.practice("S53", "S35")
async def test_a_visit_is_moved_before_it_is_due_and_called_off_with_a_next_word(stage: Stage) -> None:
    """A new time is told at once and never counts as kept; what is called off is followed by a dated word."""
    await stage.play(f"""
        {HELD}
        林晓: /task visit 7月3日14:00-16:00 南京路1号 看壶
        机器人: 约好上门：7月3日(周五)14:00–16:00，地址“南京路1号”。地址只给上门的同事…
        群: 📌 t1 上门：看壶，7月3日(周五)14:00–16:00，南京路1号，林晓办。已告诉顾客。…出门前…两人同去…
        林晓: /resolve
        群: …t1…
        林晓: /move t1 7月3日15:00-17:00
        机器人: 上门改到7月3日(周五)15:00–17:00，原来的时间不用等了…
        群: 林晓 改了时间：t1…15:00–17:00…
        林晓: /cancel t1 顾客改主意
        机器人: 7月3日(周五)15:00的上门取消了，不用等。…前告诉您接下来怎么办。
        群: 林晓 取消了 t1 上门：顾客改主意。已告诉顾客。
    """)
    case = await stage.case()
    assert [one.status for one in case.promises if one.kind == "visit"] == [PromiseStatus.RENEGOTIATED] * 2
    assert case.tasks[0].state is TaskState.CANCELLED
    assert case.open_promises, "they know when they hear again"


@pytest.mark.practice("S37")
async def test_a_sample_has_its_chain_of_custody_and_its_result(stage: Stage) -> None:
    """Who had it, when and where, is kept link by link; the customer keeps half, and no refund waits for the lab."""
    await stage.play(f"""
        {HELD}
        林晓: /task sample 今天14:00-16:00 半袋
        机器人: 今天14:00–16:00上门取样品。取一半就够，另一半连包装您留着，先拍张照…
        群: 📌 t1 取样：半袋…顾客留一半。退款不等化验，该办先办。
        -- 5小时
        群: ⏰ t1 取样：半袋…林晓
        林晓: /custody
        群: …/custody t1 谁 地点 备注…
        林晓: /custody t1 林晓 南京路1号 半袋封好
        机器人: 样品取到了，谢谢您。…不等化验。
        群: …今天15:00 林晓 · 南京路1号 · 半袋封好
        林晓: /custody t1 质检站 浦东
        群: …林晓 · 南京路1号…质检站 · 浦东
        林晓: /lab t1 菌落总数合格
        群: 🧪 林晓 记下 t1 的结果：菌落总数合格…
        林晓: /done t1 与储存有关
        记号: 👌
    """)
    case = await stage.case()
    task = case.tasks[0]
    assert [(one.by, one.place) for one in task.custody] == [("林晓", "南京路1号"), ("质检站", "浦东")]
    assert (task.lab_result, task.state) == ("菌落总数合格", TaskState.DONE)
    assert case.promises[-1].status is PromiseStatus.KEPT


async def test_a_task_is_set_with_buttons_for_a_colleague_and_never_without_a_time(stage: Stage) -> None:
    """Everything works from a phone: kinds and hours are tapped; an unclear time or an unknown name costs one line."""
    await stage.play(f"""
        {HELD}
        林晓: /task
        群: 派什么任务？…
        林晓点: 回电
        提示: …
        群: 点一个时间…
        林晓点: 今天11:00–12:00
        机器人: 约好客服同事给您打电话：今天11:00–12:00…
        群: 📌 t1 回电，今天11:00–12:00，林晓办…
        林晓: /task 寄说明书 @王珂 明天18:00
        群: 📌 t2 待办：寄说明书，明天18:00前，王珂办。…王珂
        林晓: /task 寄说明书
        群: 什么时候？…
        林晓: /task 寄说明书 @谁呀 明天18:00
        群: …不在名单上…
    """)
    case = await stage.case()
    assert [one.owner for one in case.tasks] == ["林晓", "王珂"]
    assert case.tasks[1].promise_id is None


@pytest.mark.practice("S48")
async def test_the_bots_own_call_back_is_a_task_that_words_do_not_keep(stage: Stage) -> None:
    """A call that the bot arranged is somebody's task; an agent's message in the chat does not make the call."""
    await stage.play("""
        客户: 垃圾公司！骗子！我要气死了！！
        机器人: …
        客户: 我买的电饭锅坏了两次
        客户: 电话打了没人接
        客户: 店员说话还难听
        -- 4秒
        机器人: …
        客户: 明天上午
        机器人: …哪个号码…
        客户留号码:
        机器人: 约好了…明天…给您打电话…主管…
        林晓: 您好，我先看一下记录
        机器人: …
        机器人: 您好，我先看一下记录
    """)
    case = await stage.case()
    assert [(one.kind, one.state) for one in case.tasks] == [(TaskKind.CALL_BACK, TaskState.OPEN)]
    assert [one.status for one in case.promises] == [PromiseStatus.OPEN]
    await stage.play("""
        群: …
        林晓: /done 通了，约好换新
        记号: 👌
    """)
    assert [one.status for one in (await stage.case()).promises] == [PromiseStatus.KEPT]


@pytest.mark.practice("S35")
async def test_the_desk_sets_tasks_in_english_too(english_stage: Stage) -> None:
    """English words for a day and a span are read, and both sides are told in English."""
    stage = english_stage
    agent = stage.demo.agents[0].name
    await stage.do("Customer", "Let me talk to a human, the kettle is dead")
    await stage.do(agent, "Hello, I am on it")
    await stage.do(agent, "/task visit July 3 14:00-16:00 1 Nanjing Road, look at the kettle")
    assert any("A visit is set" in one and "14:00–16:00" in one for one in stage.said())
    task = (await stage.case()).tasks[0]
    assert (task.kind, task.place, task.what) == (TaskKind.VISIT, "1 Nanjing Road", "look at the kettle")
    await stage.do(agent, "/move t1 tomorrow 3pm-4pm")
    assert any("moves to" in one for one in stage.said())

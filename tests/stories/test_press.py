"""The press and people with a following, as chat logs: asked what is missing, answered in time, favoured in nothing."""

from datetime import datetime, timedelta

import pytest

from bot.complaint.axes import Control, PromiseStatus, Queue, Severity
from tests.stories.stage import Stage

ASKED_ONE_BY_ONE = """
    客户: 我是城市晚报记者，想核实一个投诉
    机器人: 您好，谢谢联系…前有人回您。请把姓名和媒体、采访问题、截稿时间和联系方式写在这里…隐私…
    客户: 我叫李然
    机器人: 记下了。想采访哪些问题？
    客户: 酸奶召回的范围有多大
    机器人: 记下了。什么时候截稿？
    客户: 今晚八点
    机器人: 记下了。打哪个电话…
    客户: 13800001111
    机器人: 收到，已转给公关同事…前有人回您。
"""


@pytest.mark.practice("S42", "R16")
async def test_a_journalist_is_asked_one_thing_at_a_time_and_only_for_what_is_missing(stage: Stage) -> None:
    """The card has every field and the deadline; nothing of any case is told, and nothing refused."""
    await stage.play(f"""
        {ASKED_ONE_BY_ONE}
        卡片: …采访 李然 城市晚报…13800001111…酸奶召回的范围有多大…截稿 今天20:00…
    """)
    case = await stage.case()
    assert (case.queue, case.control, case.severity) == (Queue.MEDIA_PR, Control.QUEUED, Severity.SEV2)
    assert case.facts.inquiry is not None
    assert case.facts.inquiry.deadline == datetime(2026, 7, 1, 20, tzinfo=stage.rules.clock)
    assert case.offers == ()
    assert "酸奶召回的范围有多大" in (case.facts.press or ""), "their own words are kept"


@pytest.mark.practice("S42")
async def test_who_says_all_of_it_at_once_is_asked_nothing(stage: Stage) -> None:
    """A whole inquiry in one message gets one answer."""
    await stage.play("""
        客户: 这里是江城电视台，记者王芳，想了解酸奶胀包的事，明天中午12点前截稿，电话13800001111
        机器人: 您好，谢谢联系。采访由我们的公关同事答复，今天…前有人回您。个案涉及顾客隐私…
    """)
    inquiry = (await stage.case()).facts.inquiry
    assert inquiry is not None
    assert (inquiry.name, inquiry.outlet, inquiry.questions) == ("王芳", "江城电视台", "想了解酸奶胀包的事")


@pytest.mark.practice("S42", "S53")
async def test_the_answer_comes_before_their_deadline_and_its_clock_follows_it(stage: Stage) -> None:
    """An earlier deadline makes the promise earlier; a later one stands beside it as a task that reminds."""
    await stage.play("""
        客户: 我是晨报记者周岚，想问召回，今天10:30截稿，电话13800002222
        机器人: …今天10:30前有人回您…
    """)
    case = await stage.case()
    assert [one.status for one in case.promises] == [PromiseStatus.RENEGOTIATED, PromiseStatus.OPEN]
    assert case.open_promises[0].due_at == datetime(2026, 7, 1, 10, 30, tzinfo=stage.rules.clock)
    assert case.open_escalation is not None
    assert case.open_escalation.promise_id == case.open_promises[0].id
    assert [(one.what, one.due_at) for one in case.open_tasks if one.what == "press_answer"] == [
        ("press_answer", case.open_promises[0].due_at)
    ]
    await stage.live_through(timedelta(minutes=28))
    told = [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert any("截稿前回记者" in one or "10:30" in one for one in told[1:])


@pytest.mark.practice("S42")
async def test_the_press_is_received_in_english_too(english_stage: Stage) -> None:
    """The same fields, read from English words."""
    await english_stage.play("""
        Customer: I'm Jane Doe, a reporter with the Evening Post. Our deadline is 6pm today. What is it with the tins?
        Bot: …Please leave how to reach you here…
        Customer: jane@post.com
        Bot: Received…
    """)
    inquiry = (await english_stage.case()).facts.inquiry
    assert inquiry is not None
    assert (inquiry.name, inquiry.outlet, inquiry.contact) == ("Jane Doe", "Evening Post", "jane@post.com")


@pytest.mark.practice("S42")
async def test_a_whole_answer_is_taken_apart_and_what_is_no_name_is_asked_once_more(stage: Stage) -> None:
    """Outlet, name and questions out of one sentence; words that name nobody are asked back, shortly and once."""
    await stage.play("""
        客户: 我是记者，电话13800001111
        机器人: …请把姓名和媒体…写在这里…
        客户: 你们这批货什么时候召回的
        机器人: 记下了。怎么称呼您，是哪家媒体？
        客户: 这个不方便说
        机器人: 记下了。您贵姓，是哪家媒体？
        客户: 南方周末王芳，想问召回范围
        机器人: 记下了。什么时候截稿？
    """)
    inquiry = (await stage.case()).facts.inquiry
    assert inquiry is not None
    assert (inquiry.name, inquiry.outlet) == ("王芳", "南方周末")
    assert inquiry.questions == "想问召回范围"


@pytest.mark.practice("S72", "S9", "S80")
async def test_a_following_is_noted_for_those_who_watch_and_changes_no_offer(stage: Stage) -> None:
    """Handle and followers as told, the press desk looks on, and the offer is what anybody gets."""
    await stage.do("客户", "电热壶不通电，订单8841，我抖音号叫小美测评，50万粉丝")
    await stage.pass_time(timedelta(seconds=5))
    await stage.do("客户", "退款吧")
    await stage.do("客户2", "电热壶不通电，订单8841")
    await stage.pass_time(timedelta(seconds=5))
    await stage.do("客户2", "退款吧")
    cases = {one.customer.name: one for one, _ in await stage.kept()}
    loud = next(one for one in cases.values() if one.facts.following is not None)
    quiet = next(one for one in cases.values() if one.facts.following is None)
    assert loud.facts.following is not None
    assert (loud.facts.following.handle, loud.facts.following.followers) == ("小美测评", "50万")
    assert Queue.MEDIA_PR in (loud.queue, *loud.watchers)
    assert [(one.kinds, one.worth, one.refund) for one in loud.offers] == [
        (one.kinds, one.worth, one.refund) for one in quiet.offers
    ]
    assert loud.offers


@pytest.mark.practice("S42")
async def test_a_journalist_who_tells_all_at_once_is_asked_nothing(stage: Stage) -> None:
    """Name, paper, questions, time and phone stand in the first message: none of them is asked for."""
    await stage.play("""
        客户: 我是新京报记者李文，请问你们怎么看坚果发霉，已经卖了多少，今天下午五点前回复 电话13800138000
        机器人: 您好，谢谢联系。采访由我们的公关同事答复，今天12:00前有人回您。个案涉及顾客隐私…
    """)
    inquiry = (await stage.case()).facts.inquiry
    assert inquiry is not None
    assert (inquiry.name, inquiry.outlet) == ("李文", "新京报")
    assert inquiry.questions == "请问你们怎么看坚果发霉，已经卖了多少"
    assert inquiry.deadline is not None

"""Complaints that came by phone, in a shop or through others, logged by colleagues, as chat logs."""

from datetime import datetime, timedelta

import pytest

from bot.complaint.axes import Control, Queue, Severity
from bot.complaint.channels import is_far
from bot.complaint.deskwork import TaskKind, TaskState
from bot.complaint.ids import CaseNo
from bot.policy.endings import owed
from tests.stories.stage import Stage

BY_PHONE = """
    林晓在大群: /log 电话 王女士 13812345678 上周买的电热壶不通电，要求退款
    大群: ✍️ 登记好了：100-0001，电话…
    话题: 最新
    群: 🗣 …前打电话告诉王女士（138 1234 5678）：…编号 100-0001，…前给您答复…
"""


@pytest.mark.practice("S120")
async def test_a_call_becomes_a_case_and_what_is_to_be_said_a_task(stage: Stage) -> None:
    """A complaint by phone gets number, topic, reading, promise and clocks; the words for it are a person's to say."""
    await stage.play(f"""
        {BY_PHONE}
        卡片: …要求…退款…王女士…电话…138 1234 5678…
        林晓点: 已告诉顾客
        提示: …
    """)
    case = await stage.case()
    assert (case.channel, case.control, case.facts.phone) == ("phone", Control.HUMAN, "13812345678")
    assert is_far(case.chat)
    assert case.open_promises
    assert case.promises[0].text, "the promise has the words in which it is told"
    assert case.clocks
    assert [(one.kind, one.state) for one in case.tasks] == [(TaskKind.TELL, TaskState.DONE)]
    lines = [one for one in (await stage.kept())[-1][1] if not one.entry.note]
    assert [one.entry.who for one in lines] == ["customer", "agent"]
    assert lines[0].entry.text == "上周买的电热壶不通电，要求退款"


@pytest.mark.practice("S120", "S48")
async def test_what_a_colleague_writes_there_is_said_by_them_and_recorded_when_said(stage: Stage) -> None:
    """Nothing seems sent that was not: words wait as a task, and answer the complainant once they are said."""
    await stage.play(f"""
        {BY_PHONE}
        林晓: 查过了，给您全额退款，明天到账
        群: 🗣 …打电话告诉王女士…查过了，给您全额退款，明天到账…
    """)
    before = await stage.case()
    assert before.open_escalation is not None, "typed is not said"
    assert [one.kind for one in before.open_promises] == ["person_answers"]
    await stage.do("林晓点", "已告诉顾客")
    case = await stage.case()
    assert [one.text for one in case.open_promises] == ["给您全额退款，明天到账"]
    assert case.open_escalation is None
    assert [one.outcome for one in case.tasks if one.state is TaskState.DONE] == ["phone"]
    said = [
        row.entry for row in (await stage.kept())[-1][1] if row.entry.who == "agent" and not row.entry.note
    ]
    assert [one.text for one in said] == ["查过了，给您全额退款，明天到账"]


@pytest.mark.practice("S120", "S54", "R48")
async def test_what_they_say_later_is_heard_like_any_words_and_danger_still_rings(stage: Stage) -> None:
    """A line behind /heard is the complainant's own: it is read, it makes the case graver, and people are called."""
    await stage.play(f"""
        {BY_PHONE}
        林晓: /heard
        群: …/heard 原话…
        王珂: /heard 我昨天被它烫伤了，正在医院
    """)
    case = await stage.case()
    assert (case.severity, case.queue) == (Severity.SEV1, Queue.SAFETY)
    assert case.story or case.flags
    told = [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert any("🗣" in one and "王女士" in one for one in told[-3:]), (
        "the care that a chat would get is said by phone"
    )


@pytest.mark.practice("S120")
async def test_who_does_not_know_how_is_shown_with_one_tap(stage: Stage) -> None:
    """/log alone asks how it came, and a tap shows the line to copy; nothing is opened by that."""
    await stage.play("""
        林晓在大群: /log
        大群: 这件投诉是怎么来的？
        林晓在大群点: 黑猫
        路人甲在大群: /log 电话 假的 13800000000 乱写
    """)
    shown = stage.demo.world.from_bot(stage.demo.desk.id)[-1].text
    assert "/log 黑猫 王女士" in shown
    assert await stage.kept() == []


@pytest.mark.practice("S120", "R48")
async def test_a_grave_one_goes_to_those_whose_trade_it_is(stage: Stage) -> None:
    """Injury by phone is not kept by whoever picked it up: it waits in the queue for safety, and rings."""
    await stage.play("""
        林晓在大群: /log 门店 陈先生 13900001111 孩子喝了酸奶上吐下泻，在医院
    """)
    case = await stage.case()
    assert (case.severity, case.queue, case.control) == (Severity.SEV1, Queue.SAFETY, Control.QUEUED)
    assert case.channel == "store"


@pytest.mark.practice("S120", "S95")
async def test_an_offer_is_put_by_phone_and_their_yes_is_pressed_for_them(stage: Stage) -> None:
    """The same card, the same buttons, the same agreement: only the mouth is a colleague's."""
    await stage.play(f"""
        {BY_PHONE}
        林晓点: 已告诉顾客
        林晓: /offer 退款 89
    """)
    offered = [
        one
        for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
        if "🗣" in one.text
    ]
    labels = [key["text"] for row in offered[-1].body["reply_markup"]["inline_keyboard"] for key in row]
    assert labels[-1] == "已告诉顾客"
    await stage.do("林晓点", labels[0])
    case = await stage.case()
    assert case.agreement is not None
    assert case.fulfilments
    assert all(one.state is TaskState.DONE or one.made_at == stage.clock.now() for one in case.tasks)


FROM_12315 = """
    林晓在大群: /log 12315 编号 1310115002026070112345 李先生 13900002222 买的酸奶过期三天，要求十倍赔偿
    大群: ✍️ 登记好了：100-0001，12315，…
    话题: 最新
"""


@pytest.mark.practice("R49", "S120", "S53")
async def test_an_official_notice_runs_by_the_laws_own_days_and_holds_the_case_open(stage: Stage) -> None:
    """Its last day stands on the card and among the tasks, the legal trade is called, and its answer ends it."""
    await stage.play(FROM_12315)
    await stage.do("林晓", "/notice")
    await stage.do("林晓", "/notice 转办 浦东市监局 编号 2026-118 6月30日")
    case = await stage.case()
    task = next(one for one in case.open_tasks if one.kind is TaskKind.NOTICE)
    # Tuesday the 30th is not counted: seven working days end on Thursday the 9th
    assert task.due_at == datetime(2026, 7, 9, 18, tzinfo=stage.rules.clock)
    assert (case.queue, case.evidence_hold) == (Queue.LEGAL, True)
    assert case.severity <= Severity.SEV2
    assert "1310115002026070112345" in case.source_ref
    told = topic(stage)
    assert any(
        "浦东市监局 转办，编号 2026-118" in one and "7月9日(周四)18:00前要答复" in one and "方宁" in one
        for one in told
    )
    assert "官方来文" in stage.card()
    await stage.live_through(timedelta(days=7, hours=1))
    assert sum("方宁" in one and "官方来文" in one for one in topic(stage)[len(told) :]) >= 1, (
        "the legal trade is called"
    )
    await stage.do("方宁", f"/done {task.id} 书面答复已送达")
    case = await stage.case()
    assert next(one for one in case.tasks if one.id == task.id).outcome == "书面答复已送达"
    assert not any(one.kind == "task" and one.what == "notice" for one in owed(case))


@pytest.mark.practice("R49")
async def test_a_case_with_an_unanswered_notice_does_not_end(stage: Stage) -> None:
    """Settled with the customer is not settled with the authority."""
    await stage.play(f"""
        {FROM_12315}
        方宁: /notice 和解 12315 7月1日
    """)
    assert any(one.what == "notice" for one in owed(await stage.case()))
    await stage.do("方宁", "/resolve")
    assert "监管来文的答复" in topic(stage)[-1]


@pytest.mark.practice("S120", "S53")
async def test_who_writes_later_goes_on_with_the_case_that_was_logged(stage: Stage) -> None:
    """A supervisor joins both: what was promised by phone is kept in the chat, and nothing is owed twice."""
    await stage.play(BY_PHONE)
    await stage.do("客户", "我就是昨天打电话的，电热壶不通电，转人工")
    await stage.do("陈岚", "/merge 100-0001 同一位顾客，电话里核对过")
    await stage.do("陈岚点", next(one for one in labels_in(stage) if "留这件" in one))
    await stage.live_through(timedelta(seconds=5))
    cases = {one.no: one for one, _ in await stage.kept()}
    logged = cases[CaseNo("100-0001")]
    ours = next(one for no, one in cases.items() if no != logged.no)
    assert logged.merged_into == ours.no
    assert not is_far(ours.chat)
    assert ours.facts.phone == "13812345678"
    assert "要求退款" in " ".join((*ours.story, *(one.verbatim for one in ours.wishes)))


def labels_in(stage: Stage) -> list[str]:
    """The buttons under the newest message with some in the topic."""
    shown = [
        [key["text"] for row in one.body.get("reply_markup", {}).get("inline_keyboard", []) for key in row]
        for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
    ]
    return next(one for one in reversed(shown) if one)


def topic(stage: Stage) -> list[str]:
    """What the bot wrote in the case's topic."""
    return [one.text for one in stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]

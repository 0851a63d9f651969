"""The deadlines that run on a case, with a clock in our hand."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.complaint.case import Control, PromiseStatus, Severity
from bot.complaint.deskwork import ClockKind
from bot.policy.clocks import clock, clock_due
from tests.desk.minded import MindedChat, a_held_chat, running, told

DEEDS = st.lists(
    st.one_of(
        st.sampled_from(["上周买的壶不通电", "转人工", "谢谢", "到底什么时候？", "我女儿被烫伤了", "退款"]),
        st.sampled_from(["/human", "/new", "/withdraw", "/status"]),
        st.sampled_from(
            ["您好", "您什么时候买的？", "/claim", "/release", "/resolve", "/bot", "/task call 明天10-11", "/keep 好",
             "/promise 寄报告 明天18:00", "/postpone 后天12:00", "/done 好了", "/cancel t1 不用了", "/move 后天10-11"]
        ).map(lambda words: f"@{words}"),
        st.integers(min_value=1, max_value=200),
    ),
    max_size=14,
)  # fmt: skip


@given(DEEDS)
@settings(max_examples=60, deadline=None)
@pytest.mark.practice("S2")
def test_no_open_case_is_left_without_something_that_wakes_somebody(deeds: list[str | int]) -> None:
    """Whatever people do, and however long nothing happens: an open case has a timer that has not yet come."""
    chat = MindedChat()
    chat.write("上周买的电热壶不通电")
    for deed in deeds:
        if isinstance(deed, int):
            chat.wait(hours=deed)
        elif deed.startswith("@"):
            chat.agent(deed[1:])
        elif deed.startswith("/"):
            chat.command(deed[1:])
        else:
            chat.write(deed)
        chat.wait(seconds=1)  # what has become due by this is heard at once
        for case in chat.cases.values():
            waking = [when for (no, _), (when, _) in chat.timers.items() if no == case.no]
            assert waking or not case.is_open, (case.no, case.status)
            assert all(when > chat.now for when in waking)


@pytest.mark.practice("S2")
def test_a_question_stops_the_clocks_until_it_is_answered() -> None:
    """While it is the complainant's turn no deadline of ours runs; afterwards it has what it had left."""
    chat = a_held_chat()
    before = clock_due(chat.rules, running(chat, ClockKind.DECISION), chat.case)
    chat.agent("壶底的编号是多少？")
    assert running(chat, ClockKind.DECISION).paused_at is not None
    assert (chat.case.no, "decision") not in chat.timers
    assert told(chat.wait(days=6), "decision_late") == []
    chat.write("编号是 KX-20")
    after = running(chat, ClockKind.DECISION)
    assert after.paused_at is None
    # from Wednesday to Tuesday there are four working days of nine hours
    assert abs(after.lost - timedelta(hours=36)) < timedelta(seconds=1)
    assert clock_due(chat.rules, after, chat.case) > before + timedelta(days=4)


def test_when_it_stood_still_outlasts_the_clocks() -> None:
    """A question, days of waiting, the answer, a close: how long it lay with the complainant is kept on the case."""
    chat = a_held_chat()
    assert not chat.case.pauses
    asked = chat.now
    chat.agent("壶底的编号是多少？")
    chat.wait(days=6)
    chat.write("编号是 KX-20")
    (pause,) = chat.case.pauses or ()
    assert pause.until is not None
    assert timedelta(days=6) <= pause.until - pause.since < timedelta(days=6, minutes=1)
    assert pause.since >= asked
    chat.command("withdraw")
    chat.press("withdraw_yes")
    assert (chat.case.clocks, chat.case.pauses) == ((), (pause,))


@pytest.mark.practice("S2")
def test_a_decision_is_called_for_before_its_time_and_brought_up_at_it() -> None:
    """The holder is reminded, a supervisor hears it at the deadline, once; a verdict or agreement stops it."""
    chat = a_held_chat()
    due = clock_due(chat.rules, running(chat, ClockKind.DECISION), chat.case)
    assert f"{due:%m-%d %H:%M}" == "07-06 18:00"
    moments = chat.wait(days=12)
    near, late = told(moments, "decision_near"), told(moments, "decision_late")
    assert (len(near), len(late)) == (1, 1)
    assert near[0].event.at < due <= late[0].event.at
    assert running(chat, ClockKind.DECISION).missed
    decided = a_held_chat()
    decided.agent("/upheld 封口不牢 | 已加检")
    assert clock(decided.case, ClockKind.DECISION) is None


def test_a_case_that_becomes_more_urgent_has_less_time() -> None:
    """A change of severity moves every deadline at once."""
    chat = a_held_chat()
    before = chat.timers[chat.case.no, "decision"][0]
    chat.write("我女儿被烫伤了，在医院")
    assert chat.case.severity is Severity.SEV1
    assert chat.timers[chat.case.no, "decision"][0] < before


def test_in_danger_a_quarter_of_an_hour_of_silence_is_enough() -> None:
    """Night or day, whoever has a case of danger answers at once, or somebody else has it."""
    chat = a_held_chat(Severity.SEV1)
    chat.wait(hours=14)
    chat.write("孩子还在发烧")
    moments = chat.wait(minutes=16)
    assert told(moments, "silence_near")
    assert told(moments, "silence_over")
    assert chat.case.control is Control.QUEUED
    assert chat.case.open_escalation is not None


def test_the_hours_of_the_night_do_not_count_as_silence() -> None:
    """What is asked at closing time is answered in the morning, and nobody lost the case for it."""
    chat = a_held_chat()
    chat.wait(hours=7, minutes=50)
    chat.write("那什么时候修好？")
    assert told(chat.wait(hours=14), "silence_over") == []
    assert told(chat.wait(hours=4), "silence_over")


@pytest.mark.practice("R5")
def test_the_told_time_of_the_next_word_is_kept_by_telling_it() -> None:
    """News or no news: what was promised to be told is told in time, over weekends and nights."""
    chat = a_held_chat()
    chat.wait(days=20)
    progress = [one.status for one in chat.case.promises if one.kind == "update"]
    assert len(progress) > 2
    assert progress == [PromiseStatus.KEPT] * (len(progress) - 1) + [PromiseStatus.OPEN]


def test_a_closed_case_is_nobodys_business() -> None:
    """No clock runs on it, and no task of it calls anybody."""
    chat = a_held_chat()
    chat.agent("/task call 明天10-11 谈方案")
    chat.command("withdraw")
    chat.press("withdraw_yes")
    assert not chat.case.is_open
    assert chat.case.clocks == ()
    assert chat.case.open_tasks == ()
    assert [one.told for one in chat.wait(days=40) if one.told] == []

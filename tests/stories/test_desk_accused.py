"""Whoever a complaint is about sees nothing of it on lists and cards, and the desk says where they could still read."""

from pathlib import Path

import pytest

from bot.complaint.case import Queue
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage
from tests.stories.test_hidden_queues import asked

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …
    林晓点: 我来接
    机器人: …
    林晓: 您好
    机器人: 您好
"""


@pytest.mark.practice("R7", "R58")
async def test_lists_and_cards_leave_out_what_is_about_their_asker(stage: Stage) -> None:
    """Case, queue, search, customer and promises: for whom it is about there is no such case; others see it as ever."""
    await stage.do("客户", "转人工，你们客服王珂偷拍我")
    number = await stage.case_no()
    for command in (f"/case {number}", "/queue", "/find 偷拍", "/promises all", f"/customer {number}"):
        theirs = await asked(stage, "林晓", command)
        answer = await asked(stage, "王珂", command)
        assert number in theirs, command
        assert number not in answer.replace(f"“{number}”", ""), command
        assert "周敏" not in answer, command


@pytest.mark.practice("R7", "R58")
async def test_its_card_and_its_papers_are_not_shown_to_them(stage: Stage) -> None:
    """In the topic too, what is asked for is refused; their own account of it they may write as a note."""
    await stage.do("客户", "转人工，你们客服王珂偷拍我")
    for command in ("/card", "/pack"):
        before = len(stage.topic_lines())
        await stage.do("王珂", command)
        assert ["涉及 王珂 本人" in one.text for one in stage.topic_lines()[before:]] == [True], command
    before = len(stage.topic_lines())
    await stage.do("王珂", "// 我那天休息")
    assert stage.topic_lines()[before:] == []


@pytest.mark.practice("R7", "R58")
async def test_in_the_common_desk_it_is_said_that_they_can_still_read(stage: Stage) -> None:
    """Nothing hides a topic from a member of its group: a supervisor is called, and reads what would help."""
    await stage.play(f"""
        {HELD}
        林晓: /about @王珂 顾客指的是他
        群: 记下了：投诉涉及 王珂，从现在起由别的同事办。王珂 在这个群里，话题还看得到；要瞒住，给监察单独建个群。…陈岚
    """)


@pytest.mark.practice("R7", "R58")
async def test_with_a_group_for_conduct_one_tap_moves_it_there(tmp_path: Path) -> None:
    """Where there is such a group, the line has the way to it."""
    async with raise_stage(tmp_path, desks={Queue.CONDUCT: "监察群"}) as stage:
        await stage.play(f"""
            {HELD}
            林晓: /about @王珂 顾客指的是他
            群: 记下了：投诉涉及 王珂，…王珂 在这个群里，话题还看得到；转给监察就搬过去了。…陈岚
            陈岚点: 监察
            群: …为什么…
            陈岚点: 要专业的人办
            机器人: …
        """)
        assert (await stage.case()).desk == stage.demo.group("监察群").id

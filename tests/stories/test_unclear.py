"""Words that do not tell what happened, as chat logs: one question, then a person by a time, and no silence."""

from datetime import timedelta

import pytest

from bot.complaint.axes import Severity
from bot.complaint.reading import Category
from tests.stories.stage import Stage


async def test_a_bare_complaint_is_asked_what_happened(stage: Stage) -> None:
    """Nothing is assumed of it: no trouble, no cause, no kind of complaint."""
    await stage.play("""
        客户: 我要投诉
        机器人: 在的，您接着说…
        -- 20秒
        机器人: 我听着。是哪样东西、哪里不对，一两句就行。
        按钮: 转人工
    """)
    case = await stage.case()
    assert (case.category, case.story) == (Category.NONE, ())


async def test_what_is_told_then_is_the_matter(stage: Stage) -> None:
    """The bare word before it leaves no trace in what is read back."""
    await stage.play("""
        客户: 我要投诉
        机器人: …
        -- 20秒
        机器人: 我听着…
        客户: 上周买的电热壶不通电
        -- 20秒
        机器人: …电热壶不通电…订单号…
    """)
    assert (await stage.case()).story == ("上周买的电热壶不通电",)


@pytest.mark.practice("R25", "R5", "S45")
async def test_twice_not_understood_a_person_answers_by_a_time(stage: Stage) -> None:
    """Whoever goes on writing is told by when, once an hour, with another way; nothing they write is lost."""
    await stage.play("""
        客户: 有问题
        机器人: 在的…
        -- 20秒
        机器人: 我听着…
        客户: 嗯
        -- 20秒
        机器人: 在的，您慢慢说，想到哪儿说到哪儿。
        客户: 嗯嗯那个
        -- 5秒
        机器人: 我怕听岔了耽误您，请同事来接。最晚今天14:30前有人答复您，您写的都看得到，不用再说一遍。
        客户: 那个
        机器人: 收到，和前面的放在一起了…
        客户: 怎么办啊
        机器人: 都记着，同事今天14:30前答复您。不想等，可以打 400-000-8841（周一至周五 9:00–18:00）。
        客户: 啊
    """)
    assert (await stage.case()).severity is Severity.SEV3
    await stage.pass_time(timedelta(hours=1))
    await stage.play("""
        客户: 还在吗
        机器人: …
    """)
    assert "14:30" in stage.said()[-1]


async def test_an_unclear_word_leads_to_a_person_in_english_too(english_stage: Stage) -> None:
    """The same words for an English customer."""
    await english_stage.play("""
        Customer: something is wrong
        Bot: …
        -- 20s
        Bot: I'm listening…
        Customer: well, you know
        -- 20s
        Bot: Rather than misread you, I've asked a colleague to take over. You'll have an answer by 14:30 today…
        Customer: blah
        Bot: Got it…
        Customer: so?
        Bot: It's all noted, and a colleague will answer you by 14:30 today…
    """)

"""Whoever asks in plain words for their data, or for its deletion, gets what the command gives."""

import pytest

from bot.complaint.axes import Queue
from tests.stories.stage import Stage
from tests.stories.test_privacy import TOLD, closed, file_of

pytestmark = pytest.mark.practice("R53")


async def test_plain_words_delete_what_the_command_deletes(stage: Stage) -> None:
    """Asked once more with a button, and then it is gone: nobody has to know a command."""
    await stage.play(TOLD)
    await closed(stage)
    await stage.play("""
        客户: 把我的信息删掉
        机器人: 现在就可以删的：…电热壶…要删吗？
        按钮: 删除 | 先不删
        客户点: 删除
        机器人: 删掉了：…电热壶…
    """)
    assert [one.customer.name for one, _ in await stage.kept()] == [""]


async def test_what_must_stay_is_told_and_no_lawyer_is_called(stage: Stage) -> None:
    """While the case is open it is said why it stays; the words are on record, and the case where it was."""
    await stage.play("""
        客户: 电热壶不通电，订单8841
        机器人: …
        -- 4秒
        机器人: …怎么处理比较合适？…
        客户: 删除我的数据
        机器人: 现在还不能删的：…还在办…要先登记下来，到时候删吗？
        客户: 先不删
        机器人: 没有动，都还在。
        客户: 换个新的
        机器人: 可以，就这么办。…
    """)
    case, lines = (await stage.kept())[0]
    assert case.queue is Queue.GENERAL
    assert "删除我的数据" in [one.entry.text for one in lines]


async def test_a_copy_comes_for_plain_words_in_english(english_stage: Stage) -> None:
    """The file is the same as for /mydata."""
    await english_stage.play("""
        Customer: my kettle won't turn on, order 8841
        Bot: …
        -- 4s
        Bot: …What would put this right for you?…
        Customer: Can I have a copy of my data please?
        Bot: …/delete…
        Bot: …
        Customer: forget me
        Bot: Cannot be deleted yet:…Note it down, to be deleted then?
    """)
    assert "8841" in file_of(english_stage)


async def test_who_has_the_case_reads_what_was_asked(stage: Stage) -> None:
    """The bot answers, since it is a right; the colleague who holds the case sees the words."""
    await stage.play("""
        客户: 转人工，电热壶不通电，订单8841
        机器人: …已为您转人工…
        林晓点: 我来接
        机器人: 客服同事已经接手…
        客户: 把我的信息删掉
        机器人: 现在还不能删的：…
        群: 周敏…把我的信息删掉
    """)


async def test_what_is_not_kept_here_people_look_for(stage: Stage) -> None:
    """Who never complained here and wants to be forgotten means the shop's own files: people answer by a time."""
    await stage.play("""
        客户: 删除我的数据
        机器人: …
        -- 4秒
        机器人: …您的要求原样记下了：“删除我的数据”。已经转给专门负责这类诉求的同事，今天12:05前答复您。
    """)


async def test_a_leak_with_a_threat_stays_what_it_is(stage: Stage) -> None:
    """Words about a leak are a complaint for those who answer such, and no wish for a file."""
    await stage.play("""
        客户: 你们泄露我的信息我要告你们
        机器人: …
        -- 4秒
        机器人: …这件事由专门负责这类诉求的同事来办，…
    """)
    assert (await stage.case()).queue is Queue.LEGAL

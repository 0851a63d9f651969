"""Words behind a command that a customer would read are looked over before anything is done."""

import pytest

from bot.complaint.case import Verdict
from tests.stories.stage import Stage

IN_HAND = """
    客户: 转人工，电热壶不通电，订单8841
    机器人: …已为您转人工…
    林晓: 您好，我来处理
    机器人: 客服同事已经接手…
    机器人: 您好，我来处理
"""


@pytest.mark.practice("S20", "S55", "S85")
async def test_a_finding_with_a_but_is_not_told_until_its_writer_insists(stage: Stage) -> None:
    """Nothing is decided and nothing is read; one tap does exactly what was ordered, once."""
    await stage.play(f"""
        {IN_HAND}
        林晓: /upheld 我理解您着急，但是加热管虚焊 | 这批全部复检
        群: …先没办，顾客也没看到。“但是”把前半句收回去了…
    """)
    ((case, _),) = await stage.kept()
    assert case.verdict is None
    await stage.play("""
        林晓点: 照办
        提示: …
        机器人: …加热管虚焊…
        林晓点: 照办
        提示: 这条已经处理过了。
    """)
    ((case, _),) = await stage.kept()
    assert case.verdict is Verdict.UPHELD


@pytest.mark.practice("S53", "S55")
async def test_a_command_that_is_put_right_is_done_by_itself(stage: Stage) -> None:
    """An edit is looked at again: still wrong is said anew; clean is carried out and read by the customer."""
    await stage.play(f"""
        {IN_HAND}
        林晓: /upheld 加热管虚焊 | 尽快复检
        群: …先没办…“尽快”没有时间…
        林晓改: 加热管虚焊 > /upheld 您自己没看清 | 这批全部复检
        群: …先没办…“您自己没”…
        林晓改: 您自己没看清 > /upheld 加热管虚焊 | 这批全部复检
        机器人: …加热管虚焊…
    """)
    ((case, _),) = await stage.kept()
    assert (case.verdict, case.finding) == (Verdict.UPHELD, "加热管虚焊")


@pytest.mark.practice("S28", "R56")
async def test_fault_may_be_owned_with_the_verdict_that_finds_it(stage: Stage) -> None:
    """What /upheld says is judged as after it: our fault may be called ours there, and not in a deadlock's words."""
    await stage.play(f"""
        {IN_HAND}
        林晓: /upheld 这是我们的责任，加热管虚焊 | 这批全部复检
        机器人: …这是我们的责任…
    """)
    ((case, _),) = await stage.kept()
    assert case.verdict is Verdict.UPHELD


@pytest.mark.practice("S55")
async def test_only_its_writer_lets_a_command_go(stage: Stage) -> None:
    """A supervisor may give the command themselves, but not in another's name; dropped, it is a note and no deed."""
    await stage.play(f"""
        {IN_HAND}
        林晓: /promise 尽快寄出检验报告 明天16:00
        群: …先没办…
        陈岚点: 照办
        提示: …林晓…
        林晓点: 改一改
        提示: 没发，留作备注。
        林晓点: 照办
        提示: 这条已经处理过了。
    """)
    ((case, _),) = await stage.kept()
    assert [one.kind for one in case.promises if one.kind == "own_words"] == []


async def test_commands_whose_words_stay_inside_are_not_looked_at(stage: Stage) -> None:
    """A note, a reason for colleagues, a task's words: nobody is asked twice about what no customer reads."""
    await stage.play(f"""
        {IN_HAND}
        林晓: /offer 退款 89 + 赔偿 200 | 尽快吧，但是他真的急
        群: …请批…
    """)
    assert not any("先没办" in one for one in stage.said())

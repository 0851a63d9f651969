"""What a colleague wrote to go with the end of a case is never lost when something else has to be decided first."""

import pytest

from bot.complaint.case import Status
from tests.stories.offering import HELD, OFFERED
from tests.stories.stage import Stage


@pytest.mark.practice("S95", "R22")
async def test_words_for_the_end_wait_while_an_offer_is_open(stage: Stage) -> None:
    """They stand in the question, also when it is asked again; one tap sends them, and their promise is booked."""
    await stage.play(f"""
        {OFFERED}
        林晓: /resolve 新壶明天12:00前给您寄出
        群: 还不能结束，…“收回，问是否解决”会带上您的话：新壶明天12:00前给您寄出
        林晓点: 等顾客答复
        林晓: /resolve
        群: 还不能结束，…会带上您的话：新壶明天12:00前给您寄出
        林晓点: 收回，问是否解决
        机器人: 新壶明天12:00前给您寄出…之前那个方案先收回了。这件事在您看来算解决了吗？
        群: 记下承诺 p2：“新壶明天12:00前给您寄出”，明天12:00前。…
    """)
    assert [one.owner for one in (await stage.case()).open_promises] == ["林晓"]


@pytest.mark.practice("S95", "S55")
async def test_such_words_are_thought_over_when_they_are_written(stage: Stage) -> None:
    """No button sends what a rule speaks against; who insists has them kept as they are."""
    await stage.play(f"""
        {OFFERED}
        林晓: /resolve 尽快给您寄出
        群: ⏸ 先没办，顾客也没看到。“尽快”…
        林晓改: /resolve 尽快给您寄出 > /resolve 新壶寄出了
        群: 还不能结束，…会带上您的话：新壶寄出了
        林晓点: 收回，问是否解决
        机器人: 新壶寄出了…这件事在您看来算解决了吗？
    """)


@pytest.mark.practice("S95")
async def test_words_for_the_end_are_shown_back_after_a_yes_elsewhere(stage: Stage) -> None:
    """The agreement has its own message; what was to be said at the end stands ready to be copied then."""
    await stage.play(f"""
        {OFFERED}
        林晓: /resolve 以后有事直接找我
        群: 还不能结束，…会带上您的话：以后有事直接找我
        林晓: /agreed 电话里同意，10:05
        机器人: 按您跟同事说好的，登记了：…
        群: ✓ 顾客同意：…您的话还没发，结束时用：/resolve 以后有事直接找我
    """)


@pytest.mark.practice("S84")
async def test_words_that_come_too_early_or_twice_are_shown_back(stage: Stage) -> None:
    """Something is owed, or the question was put: the line says that the words did not go out, and has them."""
    await stage.play(f"""
        {HELD}
        林晓: 您好，我在查
        机器人: 您好，我在查
        林晓: /promise 检测报告 明天18:00
        机器人: 跟您约好：…
        群: 林晓 答应了：检测报告…
        林晓: /resolve 报告您留着
        群: 还不能结束，差：…/keep p2 结果…您的话没发：/resolve 报告您留着
        林晓: /keep p2 报告已发
        记号: 👌
        林晓: /resolve
        机器人: 这件事在您看来算解决了吗？
        林晓: /resolve 报告您留着
        群: 已经问了，等顾客回答。您的话没发，直接写就行：报告您留着
    """)
    assert (await stage.case()).status is not Status.CLOSED

"""A tired colleague on a phone: each line says which promise it means, and what an edit of a command does."""

import pytest

from tests.stories.offering import HELD, OFFERED
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

"""What agents ask for in the chat, as chat logs: lists, cards, customers; and who is what."""

import pytest

from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…前有人答复您…
"""


async def test_who_waits_is_shown_where_it_is_asked(stage: Stage) -> None:
    """A colleague asks in General and sees who waits; a stranger who asks the same sees nothing."""
    await stage.play(f"""
        {CALLED}
        林晓在大群: /queue
        大群: 等人接 1 件…100-0001 电热壶…等了…
        路人甲在大群: /queue
    """)

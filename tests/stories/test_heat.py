"""When it gets hot: the card says so, and a colleague takes it in one tap with all that was said."""

import pytest

from bot.complaint.case import Control
from tests.stories.stage import Stage


@pytest.mark.practice("S55", "S57")
async def test_rising_anger_shows_and_a_colleague_takes_over_in_one_tap(stage: Stage) -> None:
    """The card warms as the customer does; one tap hands it on, the customer hears a time, the next has it all."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …已为您转人工…
        林晓: 您好，我来处理
        机器人: 客服同事已经接手…
        机器人: 您好，我来处理
        客户: 壶什么时候换
        群: …
        卡片: …情绪 平静…
        客户: 气死我了！！！你们到底管不管，太过分了！！！
        群: …
        卡片: …情绪 🔥…火气在上来…
        王珂点: 换个人接
        提示: …林晓…
        林晓点: 换个人接
        提示: 交出去了…
        机器人: 这件事转给了…接着办…前答复您…不用重讲。
        群: 林晓 请一位同事接着跟…
        王珂点: 我来接
        卡片: …王珂 在跟…
    """)
    case = await stage.case()
    assert case.control is Control.HUMAN
    assert case.holder is not None
    assert case.holder.name == "王珂"
    assert case.open_escalation is not None

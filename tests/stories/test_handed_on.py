"""A case is handed on, and whoever did it says one more line to the customer."""

import pytest

from bot.complaint.case import Control, Queue
from tests.stories.offering import HELD
from tests.stories.stage import Stage


@pytest.mark.practice("R31", "S53", "S55")
async def test_who_hands_a_case_to_a_team_may_say_so_themselves(stage: Stage) -> None:
    """The line goes out, the case waits for legal as before, and the time that the customer was told holds."""
    await stage.play(f"""
        {HELD}
        林晓: /transfer 法务 要打官司
        机器人: 这件事转给了专门负责这类诉求的同事接着办，今天14:00前答复您。…
        群: 林晓 转给了法务，今天14:00前要答复顾客。…方宁
        群: 🗂 按清单办…
        林晓: 已经请法务的同事接着跟您谈
        机器人: 已经请法务的同事接着跟您谈
        群: 已发给顾客。案子还在法务，等他们接；要拿回来再点。
        林晓: 您写的我都转过去了
        机器人: 您写的我都转过去了
        方宁点: 我来接
        方宁: 您好，我是法务方宁
        机器人: 您好，我是法务方宁
        林晓: 还有一句
        群: ⏸ 先没发：方宁 正在跟。…
    """)
    case = await stage.case()
    assert (case.queue, case.control) == (Queue.LEGAL, Control.HUMAN)
    assert case.holder is not None
    assert case.holder.name == "方宁"


@pytest.mark.practice("R31", "S55")
async def test_who_hands_a_case_to_a_colleague_need_not_ask_them(stage: Stage) -> None:
    """Named colleagues have it at once; one last line still goes out, and says to its writer where the case is."""
    await stage.play(f"""
        {HELD}
        林晓: /transfer @王珂 他懂壶
        群: 林晓 转给了 王珂，接不了就 /release。…
        林晓: 壶的事王珂最懂，他接着跟您谈
        机器人: 壶的事王珂最懂，他接着跟您谈
        群: 已发给顾客。案子还在 王珂 那里。
    """)
    case = await stage.case()
    assert case.holder is not None
    assert case.holder.name == "王珂"


@pytest.mark.practice("R31", "S55")
async def test_an_english_customer_reads_the_last_line_too(english_stage: Stage) -> None:
    """A last line from whoever handed the case on reaches them, and the team is still waited for."""
    await english_stage.play("""
        Customer: I want a human, my kettle is dead, order 8841
        Bot: …
        Lin Xiao点: 我来接
        Bot: …
        Lin Xiao: /transfer legal a court matter
        Bot: …
        Topic: …转给了法务…
        Topic: 🗂 …
        Lin Xiao: My colleagues from legal will go on from here.
        Bot: My colleagues from legal will go on from here.
        Topic: 已发给顾客。案子还在法务，…
    """)
    case = await english_stage.case()
    assert (case.control, case.holder) == (Control.QUEUED, None)

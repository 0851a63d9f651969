"""The weekly sample at the desk: drawn by lot, scored by buttons, never by whoever had the case (S103)."""

from datetime import timedelta

import pytest

from tests.stories import spots
from tests.stories.script import buttons_of
from tests.stories.stage import Stage
from tests.stories.test_lessons import in_general, made

CLOSED = """
    客户: 转人工，电热壶不通电，订单8841
    机器人: …
    林晓点: 我来接
    机器人: 客服同事已经接手…
    林晓: 已经给您换了一件新的，寄出了
    机器人: …
    林晓: /resolve
    机器人: …解决了吗？…
        记号: 👌
    客户点: 解决了
    机器人: …到这里办完了…
"""


def labels(stage: Stage) -> list[str]:
    """The buttons of the last line in General."""
    return buttons_of(spots.from_bot(stage.demo, spots.general(stage.demo, "大群"))[-1])


@pytest.mark.practice("S103")
async def test_a_supervisor_scores_the_weeks_sample_with_buttons(stage: Stage) -> None:
    """The list, one case after the other, point by point; what was scored stands in the list."""
    await stage.play(CLOSED)
    await stage.pass_time(timedelta(days=7))
    await made(stage)
    await stage.do("陈岚在大群", "/samples")
    assert in_general(stage) == "抽查 2026-W27 1 件，看了 0 件\n林晓：100-0001"
    await stage.do("陈岚在大群点", "打分下一件")
    assert in_general(stage).startswith("100-0001 · 林晓 · 2026-W27\n▫️ 听顾客说完，没打断")
    await stage.do("陈岚在大群点", "▫️ 听完了")
    await stage.do("陈岚在大群点", "▫️ 道歉得体")
    await stage.do("陈岚在大群点", "✅ 道歉得体")
    assert "✅ 听顾客说完，没打断" in in_general(stage)
    assert "❌ 道歉得体，没有套话" in in_general(stage)
    await stage.do("陈岚在大群点", "打完了")
    assert in_general(stage) == "抽查 2026-W27 1 件，看了 1 件\n林晓：100-0001 1/2"
    (mark,) = await stage.house.store.marks(["2026-W27"])
    assert (mark.done, mark.by, mark.points) == (True, "陈岚", {"heard": True, "sorry": False})
    assert labels(stage) == []


@pytest.mark.practice("S103")
async def test_agents_neither_draw_nor_score(stage: Stage) -> None:
    """Refused before anything is kept."""
    await stage.play(CLOSED)
    await stage.pass_time(timedelta(days=7))
    await made(stage)
    await stage.do("林晓在大群", "/samples")
    assert "主管" in in_general(stage)
    await stage.do("陈岚在大群", "/samples")
    await stage.do("陈岚在大群点", "打分下一件")
    await stage.do("林晓在大群点", "▫️ 听完了")
    assert "主管" in stage.notice()
    assert await stage.house.store.marks(["2026-W27"]) == []


async def test_a_week_that_is_none_is_told(stage: Stage) -> None:
    """And an empty one too."""
    await stage.play("客户: 你好\n机器人: …")
    await stage.do("陈岚在大群", "/samples 2026-W99")
    assert in_general(stage).startswith("没有这一周：“2026-W99”")
    await stage.do("陈岚在大群", "/samples 2026-W20")
    assert in_general(stage) == "抽查 2026-W20 这周没有结案"

"""What people mean by strong, short or roundabout words, and what of them is said back."""

import pytest

from bot.complaint.reading import Family
from tests.stories.stage import Stage


@pytest.mark.practice("S92", "R45")
async def test_a_step_that_is_announced_is_not_said_back_as_the_trouble(stage: Stage) -> None:
    """Whoever names the authority they would go to hears nothing of it in the sorrow: it is their right."""
    await stage.play("""
        客户: 退一赔十 不然我就去市监局举报
        机器人: …
        -- 5秒
        机器人: …“退一赔十”…
    """)
    assert "举报" not in stage.said()[-1]


@pytest.mark.practice("S92")
async def test_what_a_piece_is_as_large_as_is_not_what_it_is(stage: Stage) -> None:
    """A piece of glass as large as a nail is no nail."""
    await stage.play("""
        客户: 坚果里吃出一截指甲盖那么大的玻璃 幸好没咬下去
        机器人: …
        客户: 没人吃
        机器人: …吃出一截指甲盖那么大的玻璃…
    """)


@pytest.mark.practice("S11", "R25")
async def test_a_promise_and_what_came_instead_is_a_matter(stage: Stage) -> None:
    """No word for a fault stands there, and yet it is told what happened: it is not asked for again."""
    await stage.play("""
        客户: 我想投诉 你们直播间说买二送一 结果就发了两个
        机器人: …
        -- 5秒
        机器人: 谢谢您告诉我们。…
    """)
    assert (await stage.case()).story == ("我想投诉 你们直播间说买二送一 结果就发了两个",)


@pytest.mark.practice("S108")
@pytest.mark.parametrize(
    "words", ["我真的受够你们家了", "你们这个太让人失望了，我真的不想再买你们家的东西了", "stopped now"]
)
async def test_who_is_done_with_a_brand_is_not_done_with_life(stage: Stage, words: str) -> None:
    """Weariness of a brand, or a short answer about what is over, alarms nobody."""
    await stage.play(f"""
        客户: {words}
        机器人: …
    """)
    case = await stage.case()
    assert Family.SELF_HARM not in case.families()

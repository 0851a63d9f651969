"""Ready lines: listed, searched, filled from the case, and said as the colleague's own words."""

import pytest

from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
"""
HELD = f"""
    {CALLED}
    林晓: 您好，我来处理
    机器人: 客服同事已经接手…
    机器人: 您好，我来处理
"""


@pytest.mark.practice("S19", "S31")
async def test_a_line_is_said_by_name_or_by_tap(stage: Stage) -> None:
    """It goes out in the case's own words, once a tap, and the topic shows what was said by whom."""
    await stage.play(f"""
        {HELD}
        林晓: /canned 批号
        群: 现成话 “批号”…要批号…批号在哪儿…
        林晓点: 批号在哪儿
        提示: 发出去了。
        机器人: 批号多半在封口边…
        群: 林晓 发给顾客（批号在哪儿） 批号多半在封口边…
        林晓点: 批号在哪儿
        提示: 这句刚发过了…
        林晓: /say 要照片
        机器人: 麻烦拍两张照片发到这里：一张看得见整件电热壶…
        群: 林晓 发给顾客（要照片）…
        林晓: /say farewell
        机器人: 今天先到这里…编号 100-0001；也可以打…
        群: …
    """)
    _, rows = (await stage.kept())[0]
    spoken = [row.entry for row in rows if row.entry.who == "agent" and not row.entry.note]
    assert [one.by for one in spoken] == ["林晓"] * 4
    assert spoken[1].text.startswith("批号多半在封口边")
    assert all(row.delivery is not None for row in rows if row.entry in spoken[1:])


@pytest.mark.practice("S53", "R22")
async def test_a_line_with_a_time_tells_the_promise_that_stands(stage: Stage) -> None:
    """With a promise on record it names that very time; without one it is not said at all."""
    await stage.play(f"""
        {CALLED}
        林晓点: 我来接
        机器人: …
        林晓: /promise 明天 18:00 查进货记录
        机器人: …
        群: …
        林晓: /say on_it
        机器人: 您的事我在办，…前在这里告诉您结果…
        群: …
    """)


@pytest.mark.practice("S53", "R22")
async def test_a_line_with_a_time_and_no_promise_is_not_said(stage: Stage) -> None:
    """The list says what it lacks, and asked for by name it is refused with the reason."""
    await stage.play(f"""
        {HELD}
        林晓: /canned 在办
        群: …在办，到点回…（要先有登记的承诺）…
        林晓: /say on_it
        群: “在办，到点回”要说一个时间…
    """)


@pytest.mark.practice("R31", "S53")
async def test_a_line_claims_like_first_words(stage: Stage) -> None:
    """Said in a case that nobody has it takes the case, and the promised answer is kept by it."""
    await stage.play(f"""
        {CALLED}
        王珂: /say 谢谢等候
        机器人: 客服同事已经接手…
        机器人: 谢谢您一直等着…
        群: 王珂 发给顾客（谢谢等候）…
        林晓: /say 谢谢等候
        群: …王珂…
        路人甲: /say 谢谢等候
        群: 路人甲 不是座席…
        王珂: /say 没有这句
        群: 没有“没有这句”这样的现成话…
    """)
    case = await stage.case()
    assert case.holder is not None
    assert case.holder.name == "王珂"
    assert case.open_escalation is None


@pytest.mark.practice("S76", "R31")
async def test_a_line_speaks_the_customers_language_and_can_be_answered(stage: Stage) -> None:
    """An English customer reads English; their reply shows under the command, and it can be taken back."""
    await stage.play("""
        Emma: I want to talk to a person, my kettle is broken
        Bot: …
        林晓: /say ask_photo
        Bot: …
        Bot: Could you send two photos here…
        群: 林晓 发给顾客（要照片） Could you send two photos…
        Emma回: Could you send two photos > here they come
        群: Emma here they come
        林晓回: /say ask_photo > /delete
        群: 从顾客那边撤回了…
    """)
    world = stage.demo.world
    shown = next(one for one in world.history(stage.demo.desk.id) if one.text.endswith("here they come"))
    answered = world.message(stage.demo.desk.id, shown.reply_to or 0)
    assert answered is not None
    assert answered.text == "/say ask_photo"
    emma = stage.customers["Emma"]
    gone = [one.text for one in world.from_bot(emma.id) if one.deleted]
    assert not [one for one in world.from_bot(emma.id) if not one.deleted and "two photos" in one.text], gone

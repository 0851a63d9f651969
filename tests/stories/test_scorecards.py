"""What a colleague's card is made of: steps that were done, by whoever said the words."""

import pytest

from bot.insight.facts import Duty
from bot.insight.rows import facts_from
from bot.office.booking.bookkeeping import measures_of, row_of
from bot.store.keeping import Unbooked
from tests.stories.stage import Stage


async def duties(stage: Stage) -> tuple[set[Duty], set[Duty]]:
    """What was done in the newest case, and what is judged."""
    case, lines = (await stage.kept())[-1]
    measures = await measures_of(stage.house.store, stage.rules, stage.clock.now())
    row = row_of(Unbooked(no=case.no, mark=1, case=case, lines=lines), measures)
    assert row.body is not None
    facts = facts_from(row.body)
    return set(facts.duties), set(facts.judged)


@pytest.mark.practice("S1", "S19", "S20", "S21", "S22")
async def test_what_the_bot_says_counts_by_what_it_is(stage: Stage) -> None:
    """Thanks and sorrow in the first answer, causes with the question what is wanted."""
    await stage.play("""
        客户: 上周买的电热壶不通电，订单8841
        机器人: …
        -- 4秒
        机器人: 谢谢您告诉我们…很抱歉…可能是…
    """)
    done, judged = await duties(stage)
    assert done >= {Duty.RECORDED, Duty.THANKED, Duty.SORRY, Duty.CAUSES}
    assert judged == set(Duty)


@pytest.mark.practice("S1", "S19", "S20")
async def test_what_a_colleague_says_counts_by_its_words(stage: Stage) -> None:
    """Who asked for a person at once got no thanks from the bot: the colleague's own words are counted."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …
        林晓: 您好，我来看
        机器人: …
        机器人: 您好，我来看
    """)
    done, judged = await duties(stage)
    assert not done & {Duty.THANKED, Duty.SORRY, Duty.CAUSES}
    assert judged >= {Duty.THANKED, Duty.SORRY, Duty.CAUSES}
    await stage.play("""
        林晓: 谢谢您告诉我们，实在对不起，可能是底座接触不好
        机器人: …
    """)
    assert (await duties(stage))[0] >= {Duty.THANKED, Duty.SORRY, Duty.CAUSES}


@pytest.mark.practice("S1", "S21")
async def test_in_danger_no_thanks_are_owed(stage: Stage) -> None:
    """Who is hurt is sent to help: nobody is marked down for leaving out thanks, sorrow and causes."""
    await stage.play("""
        客户: 孩子吃了嘴肿起来了，喘不上气
        机器人: …
    """)
    _, judged = await duties(stage)
    assert not judged & {Duty.THANKED, Duty.SORRY, Duty.CAUSES}

"""Danger, as chat logs: D3, D8, D14, D20 and their neighbours."""

import pytest

from bot.complaint.case import Control, PromiseStatus, Queue, Severity
from bot.complaint.reading import Family
from tests.stories.stage import Stage


@pytest.mark.practice("S8", "S37", "S21", "S27", "S64", "R27", "S13", "R48", "S112")
async def test_d3_an_insect_in_the_food_safety_comes_before_thanks(stage: Stage) -> None:
    """Was it eaten comes first; then one thing at a time, no verdict, and the sample is kept whole."""
    await stage.play("""
        客户发图: 吃到一半发现虫子！
        机器人: 先问最要紧的…？…编号 100-0001
        按钮: 吃了，没不舒服 | 没人吃 | 有人不舒服 | 转人工
        机器人: …安全专员…今天10:15前联系您…
        大群: …100-0001…
        客户: 咽了一口，没不舒服
        机器人: 谢谢您拍了照片…虫子…很抱歉…别再吃…带盖的盒子…别把它挑出来…先去看医生，票据留着…批号和生产日期…？
        客户发图: 包装
        客户发图: 尺子
        -- 4秒
        机器人: …在哪里买的？…
        客户: 江边店买的
        -- 4秒
        机器人: …常温、冷藏…？…
        客户: 买来就放柜子里
        -- 4秒
        机器人: 我记下的是：吃到一半发现虫子…先不下结论…怎么处理？
        客户: 退钱，查清楚
        机器人: …原样记下…今天10:15前…
    """)
    case = await stage.case()
    assert case.severity is Severity.SEV1
    assert case.facts.eaten
    assert case.facts.harmed is False
    assert len(case.evidence) == 3
    assert case.offers == ()
    assert not any("原因是" in words for words in stage.said())


@pytest.mark.practice("R6", "R27", "S54", "R32", "R47", "R52", "S55")
async def test_d8_a_swollen_mouth_sends_to_help_and_calls_people_at_once(stage: Stage) -> None:
    """One message, help first, no form and no thanks; the desk is alarmed in the same turn."""
    await stage.play("""
        客户: 孩子吃了嘴肿起来了，喘
        机器人: 请立刻拨打 120，或去最近的急诊…听医生的…先不要再吃…安全专员今天10:15前联系您…编号 100-0001
        按钮: 已经去看医生 | 请现在打给我
        大群: …100-0001…
        卡片: …紧急…肿起来…
        客户点: 请现在打给我
        机器人: …哪个号码？…
        客户留号码:
        机器人: …今天10:15前…
        客户: 在去医院的路上
        机器人: …票据留着…
    """)
    case = await stage.case()
    assert (case.severity, case.queue, case.control) == (Severity.SEV1, Queue.SAFETY, Control.QUEUED)
    assert case.facts.phone is not None
    assert len(case.escalations) == 1


@pytest.mark.practice("R21", "S76", "R27")
async def test_d14_smoke_in_english_is_answered_in_english_in_the_same_order(english_stage: Stage) -> None:
    """Unplug it, is anyone hurt, a person by a time; then sorrow, and what would put it right."""
    await english_stage.play("""
        Customer: The blender caught smoke, this is ridiculous
        Bot: …stop using it…by 10:15 today. Is anyone hurt?…automated assistant, a bot…100-0001
        General: …100-0001…
        Customer: No one is hurt
        Bot: …sorry…blender…
        Customer: A replacement please
        Bot: …“A replacement please”…by 10:15 today…
    """)
    case = await english_stage.case()
    assert case.severity is Severity.SEV1
    assert case.offers == ()


@pytest.mark.practice("R27", "R32", "S6", "S112")
async def test_d20_words_of_self_harm_bring_care_numbers_and_a_person(stage: Stage) -> None:
    """Never taken for a trick, never bargained with; more words get more care and no form."""
    await stage.play("""
        客户: 不给解决我就不活了
        机器人: 听到您这么说，我很担心您…12356…110 或 120…投诉的事先放一放…今天10:15前联系您…
        大群: …100-0001…
        客户: 真的没意思
        机器人: …12356…
        客户: 算了
    """)
    case = await stage.case()
    assert Family.SELF_HARM in case.families()
    assert case.open_escalation is not None
    assert case.promises[0].status is PromiseStatus.OPEN


@pytest.mark.practice("S54", "R6")
async def test_a_calm_case_that_turns_dangerous_is_raised_in_that_very_turn(stage: Stage) -> None:
    """Whatever step the talk has reached, danger jumps the order."""
    await stage.play("""
        客户: 买的酸奶涨包了
        机器人: …
        客户: 没人吃
        机器人: …很抱歉…？
        客户: 孩子住院了
        机器人: 请立刻拨打 120…
        大群: …
    """)
    assert (await stage.case()).severity is Severity.SEV1


@pytest.mark.practice("S108", "S46")
async def test_laughing_till_it_hurts_is_no_injury(stage: Stage) -> None:
    """Idioms of joy alarm nobody."""
    await stage.play("""
        客户: 笑死我了，你们家这个饼干好吃到爆炸
        机器人: …
        -- 4秒
        机器人: …谢谢…
    """)
    assert (await stage.case()).severity >= Severity.SEV3


@pytest.mark.practice("R26", "R16", "R55")
async def test_an_identity_number_is_masked_at_the_desk_and_brings_a_person(stage: Stage) -> None:
    """We never ask for it; sent all the same, agents do not see it, and it is not written down."""
    await stage.play("""
        客户: 电热壶不通电，我身份证号11010519491231002X
        机器人: …请…同事…
    """)
    desk = " ".join(one.text for one in stage.demo.world.from_bot(stage.demo.desk.id))
    assert "11010519491231002X" not in desk
    words = [row.entry.text for _, rows in await stage.kept() for row in rows]
    assert "电热壶不通电，我身份证号**************002X" in words
    assert not any("11010519491231002X" in one for one in words)


@pytest.mark.practice("S8", "R27")
async def test_a_splinter_in_food_is_asked_after_as_such(stage: Stage) -> None:
    """Plastic, glass, metal: whether anybody swallowed it comes first, and nobody is told to pull a plug."""
    await stage.play("""
        客户: 饺子里有塑料片
        机器人: 先别再吃…有人吃下去…安全专员今天10:15前…
        按钮: 吃了，没不舒服 | 没人吃 | 有人不舒服 | 转人工
        大群: …异物…饺子里有塑料片
        客户: 没事，没人吃到
        机器人: 谢谢…塑料片，想想都后怕，很抱歉。连包装一起放进带盖的盒子就好。…
    """)


@pytest.mark.practice("S8", "S13")
async def test_who_says_that_nobody_ate_it_is_not_asked_again(stage: Stage) -> None:
    """The answer stood in the first message: thanks and what to do with the thing come next."""
    await stage.play("""
        客户: 面包发霉了，家里人都没吃
        机器人: 在的…
        -- 4秒
        机器人: 谢谢…发霉…很抱歉…
    """)
    assert (await stage.case()).facts.harmed is False

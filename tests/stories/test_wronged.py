"""Violence, harassment, fraud, and steps outside: the first words are about the person, not about an order."""

import pytest

from bot.complaint.case import Queue, Severity
from tests.stories.offering import HELD
from tests.stories.stage import Stage


@pytest.mark.practice("S15", "S110")
async def test_who_threatens_with_violence_is_not_asked_what_thing_it_is(stage: Stage) -> None:
    """A knife is no product: people take over, without a quarrel and without a threat back."""
    await stage.play("""
        客户: 再不处理我拿刀去你们店里
        机器人: 听得出您气到了极点。能定事的同事今天12:00前直接跟您谈。…
        客户: 我说到做到
        机器人: 收到…
    """)
    case = await stage.case()
    assert case.queue is Queue.LEGAL
    assert case.facts.product is None
    assert case.wishes == ()


@pytest.mark.practice("S60", "S64", "R58")
async def test_harassment_is_no_matter_of_an_order(stage: Stage) -> None:
    """Harassed by a courier: their safety first, where and when, and then people; nothing of orders or delay."""
    await stage.play("""
        客户: 送货的小哥加我微信骚扰我，大半夜发消息
        机器人: 在的…
        -- 5秒
        机器人: …换谁都会又气又怕，很抱歉。您先顾着自己，…觉得危险就打 110。…大概什么时候的事？…
        客户: 他怎么有我电话的
        -- 5秒
        机器人: …大概什么时候的事？…
        客户: 昨晚，朝阳路
        -- 5秒
        机器人: …今天12:05前答复您。…您希望怎么处理？…
    """)
    case = await stage.case()
    assert case.severity is Severity.SEV2
    assert case.facts.store == "昨晚，朝阳路"


@pytest.mark.practice("S64", "R26")
async def test_who_was_cheated_hears_whom_to_call_first(stage: Stage) -> None:
    """Cheated by somebody who posed as us: the police line and the bank come before our questions."""
    await stage.play("""
        客户: 有人冒充你们客服，骗了我3000
        机器人: 在的…
        -- 5秒
        机器人: …要先交钱、要验证码、要共享屏幕的，都别照做。钱已经转出去的，先打 110 或 96110，再请银行拦住。…
    """)


@pytest.mark.practice("R45", "S12")
async def test_who_goes_to_a_regulator_is_not_told_to_pull_a_plug(stage: Stage) -> None:
    """Nothing is told yet but the step: it is their right, and then what it is about."""
    await stage.play("""
        客户: 我已经打了12315
        机器人: 在的…
        -- 5秒
        机器人: 那条路您照走，这里也照样办。是哪样东西、哪里不对，一两句就行。
        客户: 面包有虫，没吃
        -- 5秒
        机器人: 谢谢您告诉我们。面包有虫…
    """)


@pytest.mark.practice("S8", "R31")
async def test_bad_food_told_after_the_hand_over_is_still_asked_after(stage: Stage) -> None:
    """Nobody understood the pictures; the words that follow tell of bad food, and health comes first even then."""
    await stage.play("""
        客户发图:
        机器人: 在的…
        -- 5秒
        机器人: 照片收到了…
        客户: 你看看吧
        -- 5秒
        机器人: …请同事来接…
        客户: 饮料里有絮状物
        机器人: 先问最要紧的：有人吃了或者不舒服吗？
    """)


@pytest.mark.practice("S60", "R27")
async def test_nobody_in_despair_reads_of_a_queue(stage: Stage) -> None:
    """Whoever spoke of ending their life and feels left alone hears that somebody is there."""
    await stage.play("""
        客户: 你们再不退钱我真的活不下去了
        机器人: 听到您这么说，我很担心您。…
        客户: 没人管我
        机器人: 我在，您说的每一句都有人看。…
    """)


@pytest.mark.practice("S21", "S64")
async def test_short_weight_is_no_advertising(stage: Stage) -> None:
    """Too little in the bag: a picture with the scales, and causes that fit."""
    await stage.play("""
        客户: 写着500克称了才460
        机器人: 在的…
        -- 5秒
        机器人: …分量对不上，心里不舒服，很抱歉。东西和包装先留着，连秤上的数一起拍一张更好。…
        客户: 跳过
        机器人: …订单号…
        客户: 跳过
        机器人: …可能是秤和称法有差别、存放时走了水分，也可能是我们装的时候少装了…补差价、退款…
    """)


@pytest.mark.practice("R7", "R58", "S110")
async def test_who_is_accused_does_not_go_on_with_the_case(stage: Stage) -> None:
    """Accused by name, they lose it at once: it goes to others, with its checklist, and stays out of their hands."""
    await stage.play(f"""
        {HELD}
        客户: 你们客服林晓还偷拍我骚扰我
        机器人: 这件事转给了专门核查这类事情的同事接着办，…前答复您。…
        群: 记下了：投诉涉及 林晓，从现在起由别的同事办。…12:00前要答复顾客，主管请安排。…陈岚…
        群: 🗂 按清单办：…监控、排班、聊天先锁住留存…
        群: 周敏…你们客服林晓还偷拍我骚扰我
        林晓: 我看看
        群: 这件投诉涉及 林晓 本人，请由别的同事处理；…
        陈岚点: 我来接
        陈岚: 您好，我是陈岚，这件由我来查
        机器人: 您好，我是陈岚，这件由我来查
    """)
    case = await stage.case()
    assert case.holder is not None
    assert (case.holder.name, case.queue) == ("陈岚", Queue.CONDUCT)
    assert "conduct_apart" not in [one.what for one in case.tasks]


@pytest.mark.practice("R7", "S110")
async def test_a_matter_of_our_own_people_comes_with_its_checklist(stage: Stage) -> None:
    """While nobody knows who is meant, the checklist asks to find out and to keep them away."""
    await stage.play("""
        客户: 你们店员偷拍我，转人工
        机器人: …
    """)
    assert "/about" in " ".join(stage.card().split()) or "那位不经手" in stage.card()
    case = await stage.case()
    assert "conduct_apart" in [one.what for one in case.tasks]
    await stage.play("""
        陈岚: /about @王珂
        群: 记下了：投诉涉及 王珂，…
    """)
    (task,) = [one for one in (await stage.case()).tasks if one.what == "conduct_apart"]
    assert task.outcome

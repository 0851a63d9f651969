"""Whoever asks whether it harms them to have swallowed it is answered, whatever the thing is."""

import pytest

from tests.stories.stage import Stage


@pytest.mark.practice("S27", "R27", "R6")
@pytest.mark.parametrize(
    "words",
    [
        "你们的不粘锅用了两个月涂层掉了 吃进去有毒没",
        "锅的涂层掉渣了，掉菜里了，吃进去有毒没",
        "保温杯里面掉漆 喝下去会不会中毒",
        "这个涂层掉了吃下去有事吗",
        "吃进去有毒没",
    ],
)
async def test_a_flaking_pan_is_asked_after_as_food_would_be(stage: Stage, words: str) -> None:
    """What to do meanwhile, and one question: did anybody swallow it, and are they well?"""
    await stage.play(f"""
        客户: {words}
        机器人: …我不是医生，不敢替您断。…有一点不舒服就去看医生，…先问最要紧的：有人吃了或者不舒服吗？
        按钮: 吃了，没不舒服 | 没人吃 | 有人不舒服 | 转人工
    """)


@pytest.mark.practice("S27", "S13")
async def test_after_the_answer_a_pan_is_a_pan_again(stage: Stage) -> None:
    """Nobody is unwell: the talk goes on about the pan, and asks for no pack or batch."""
    await stage.play("""
        客户: 不粘锅涂层掉了 吃进去有毒没
        机器人: …我不是医生，不敢替您断。…先问最要紧的：…
        客户: 可能吃了点吧 没啥感觉
        机器人: 谢谢您告诉我们。不粘锅涂层掉了，…先别再用了，…订单号是多少？…
    """)


@pytest.mark.practice("R27")
async def test_who_is_unwell_after_a_pan_has_a_person(stage: Stage) -> None:
    """Somebody is unwell: a doctor, and a person by a time."""
    await stage.play("""
        客户: 不粘锅涂层掉了 吃进去有毒没
        机器人: …先问最要紧的：…
        客户点: 有人不舒服
        机器人: …安全专员今天10:15前联系您。…
    """)


@pytest.mark.practice("S27", "R27")
async def test_asked_later_it_is_answered_all_the_same(stage: Stage) -> None:
    """The question may come when the order is being asked for; it is answered, and the order waits."""
    await stage.play("""
        客户: 不粘锅涂层掉了
        机器人: …
        -- 5秒
        机器人: …订单号是多少？…
        客户: 吃下去有没有事啊
        机器人: …我不是医生，不敢替您断。…先问最要紧的：…
        客户点: 没人吃
        机器人: 我记下的是：不粘锅涂层掉了。…您觉得怎么处理比较合适？…
    """)


@pytest.mark.practice("S27", "R27")
async def test_a_pan_in_english_is_asked_after_too(english_stage: Stage) -> None:
    """The same in English."""
    await english_stage.play("""
        Customer: The non-stick coating is flaking off, is it poisonous if swallowed?
        Bot: …I'm no doctor, so I won't guess.…First the most important thing: has anyone eaten it,…
        Buttons: Ate it, feeling fine | Nobody ate it | Someone is unwell | Talk to a person
    """)


@pytest.mark.practice("R23", "S108")
async def test_is_anyone_there_is_answered_by_presence(english_stage: Stage) -> None:
    """A bare "is anyone there?" hears that somebody listens, with the way to a person beside it."""
    await english_stage.play("""
        Customer: is anyone there?
        Bot: …automated assistant…
        Buttons: Talk to a person
    """)


@pytest.mark.practice("S18", "R1")
async def test_is_anyone_there_before_the_trouble_is_no_call_for_a_person(english_stage: Stage) -> None:
    """What is wrong is heard, and the talk begins."""
    await english_stage.play("""
        Customer: is anyone there? my kettle leaks
        Bot: I'm here and writing it all down;…
        -- 5s
        Bot: Thank you for telling us. I'm sorry about the kettle.…What is the order number?…
    """)


@pytest.mark.practice("S64", "S13")
async def test_burnt_rice_is_no_fire(stage: Stage) -> None:
    """A cooker that burns the rice: sorry for the cooker, and nobody is asked whether they are hurt."""
    await stage.play("""
        客户: 新电饭煲煮饭都烧糊了 糊锅
        机器人: 在的…
        -- 5秒
        机器人: 谢谢您告诉我们。电饭煲…订单号是多少？…
    """)

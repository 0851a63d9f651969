"""Few words, faces, bare numbers, thanks: each gets the answer that a person would give."""

import pytest

from bot.complaint.reading import RemedyKind
from tests.stories.stage import Stage

KETTLE = """
    客户: 电热壶不通电，订单8841
    机器人: …
    -- 4秒
    机器人: …找到了：6月21日，1.7升电热壶，¥89…怎么处理比较合适？…
"""


@pytest.mark.practice("S13", "S91")
async def test_what_is_told_instead_of_an_answer_was_heard(stage: Stage) -> None:
    """Whoever names the thing when asked for the order is thanked for it, and asked once more."""
    await stage.play("""
        客户: 坏了
        机器人: …
        -- 4秒
        机器人: 谢谢您告诉我们。东西坏了，…订单号是多少？…
        客户: 锅
        -- 4秒
        机器人: 这点也记下了。订单号方便的话发我一下…
    """)
    assert (await stage.case()).facts.product == "锅"


@pytest.mark.practice("S98", "R35")
async def test_without_an_order_a_colleague_checks(stage: Stage) -> None:
    """A wish that only lacks its order is not called beyond us: somebody checks, by a time."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 4秒
        机器人: …订单号是多少？…
        客户: 订单号 99999999
        机器人: 这个号没查到…
        客户: 8814
        机器人: …怎么处理比较合适？…
        客户: 退款
        机器人: 您的要求原样记下了：“退款”。订单还没对上，我请客服同事来核，…前书面答复您。…
    """)


@pytest.mark.practice("S64", "S92")
async def test_an_order_for_something_else_is_said(stage: Stage) -> None:
    """Biscuits were told of and the order is a kettle's: that is said where it is read back."""
    await stage.play("""
        客户: 饼干碎了
        机器人: …
        -- 4秒
        机器人: …
        客户: 订单8841
        -- 4秒
        机器人: 找到了：6月21日，1.7升电热壶，¥89。您说的是饼干；不是这一单的话，把对的订单号发我就行。…
    """)


async def test_a_bare_number_before_any_wish_is_an_order(stage: Stage) -> None:
    """A number alone, typed in anger, is looked up as an order and is no sum that is asked for."""
    await stage.play("""
        客户: 太气人了！！壶漏水，你们到底管不管！！！
        机器人: …您先说，我听着…
        客户: 8841
        -- 4秒
        机器人: …
    """)
    case = await stage.case()
    assert case.facts.order is not None
    assert not any(RemedyKind.COMPENSATION in one.kinds for one in case.wishes)


async def test_faces_alone_are_asked_about(stage: Stage) -> None:
    """A thumb down says that something is wrong, and not what."""
    await stage.play("""
        客户: 👎
        机器人: …
        -- 4秒
        机器人: 我听着。是哪样东西、哪里不对，一两句就行。
    """)
    assert (await stage.case()).story == ()


@pytest.mark.practice("R5", "S45")
async def test_whoever_asks_how_it_stands_hears_what_we_wait_for(stage: Stage) -> None:
    """While a question of ours is open, the status is that question."""
    await stage.play(KETTLE)
    await stage.play("""
        客户: 到哪一步了
        机器人: 编号 100-0001 等您回一句：您觉得怎么处理比较合适？
    """)


async def test_thanks_are_returned(stage: Stage) -> None:
    """Thanks after the agreement are not merely noted."""
    await stage.play(KETTLE)
    await stage.play("""
        客户: 换个新的
        机器人: …这样可以吗？
        客户点: 同意
        机器人: …登记…
        客户: 谢谢
        机器人: 不客气，谈好的照办，7月3日(周五)18:00前办好。
    """)


@pytest.mark.practice("S108", "S27")
async def test_a_tired_word_and_a_second_why_have_answers_of_their_own(stage: Stage) -> None:
    """A sigh is met before it is taken for the end; whoever asks yes or no again does not hear the same again."""
    await stage.play("""
        客户: 过期的，按食品安全法赔我十倍！
        机器人: …
        -- 4秒
        机器人: …
        客户: 到底赔不赔
        机器人: 我不想给您一个做不了数的答案…
        客户: 到底赔不赔
        机器人: 您要的就是一句准话，我明白。…
        客户: 算了
        机器人: 听着还是有些失望。…
        按钮: 撤回 | 不撤，接着办
    """)


@pytest.mark.practice("S69")
async def test_kind_words_are_not_followed_by_reminders(stage: Stage) -> None:
    """Whoever only praised us is thanked, and then left in peace."""
    await stage.play("""
        客户: 你们的电热壶真好用，谢谢！
        机器人: …
        -- 4秒
        机器人: 谢谢您特意说一声…
        .. 6天
    """)
    assert not (await stage.case()).is_open


@pytest.mark.practice("R27", "S53")
async def test_in_danger_no_word_waits_for_its_manners(stage: Stage) -> None:
    """“I call you at once” goes out at once where somebody is hurt."""
    await stage.play("""
        客户: 你们的酸奶里有一块塑料！我儿子吞下去了！！
        机器人: …120…
        林晓点: 我来接
        机器人: …
        林晓: 我马上给您打电话
        机器人: 我马上给您打电话
    """)


@pytest.mark.practice("R6", "R27")
async def test_spoiled_food_told_later_is_asked_about_first(stage: Stage) -> None:
    """A talk that began about something else asks whether anybody ate it as soon as food comes up."""
    await stage.play("""
        客户: 昨天在你们店里，店员态度很差
        机器人: …
        -- 4秒
        机器人: …大概什么时候的事？…
        客户: 买的牛奶也过期了
        -- 4秒
        机器人: 先问最要紧的：有人吃了或者不舒服吗？
    """)


@pytest.mark.practice("S53")
async def test_two_promises_in_own_words_can_be_told_apart(stage: Stage) -> None:
    """The list of promises says what was promised."""
    await stage.play("""
        客户: 转人工
        机器人: …
        林晓点: 我来接
        机器人: …
        林晓: /promise 寄检验报告 明天18:00
        机器人: 跟您约好：寄检验报告…
        群: …
        林晓: /promises
        群: 承诺…“寄检验报告” 明天18:00前…
    """)

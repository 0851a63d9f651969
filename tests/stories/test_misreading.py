"""What was misread is put right, as chat logs: by the complainant in plain words or with a button, and by the desk."""

import pytest

from bot.complaint.case import Severity
from bot.complaint.corrections import ReadField
from bot.complaint.reading import Category, RemedyKind
from tests.stories.stage import Stage

TO_THE_WISH = """
    客户: 上周买的电热壶不通电
    机器人: …编号 100-0001
    -- 4秒
    机器人: 谢谢…电热壶不通电…订单号…
    客户: 8841
    机器人: 找到了：6月21日，1.7升电热壶，¥89。…怎么处理比较合适？…
    按钮: 改产品 | 改订单 | 改时间 | 转人工
"""


@pytest.mark.practice("S92")
async def test_another_order_number_is_taken_in_one_line(stage: Stage) -> None:
    """The order is looked up anew, the new number said back, and the open question stands at the end of the line."""
    await stage.play(f"""
        {TO_THE_WISH}
        客户: 订单号错了，是1250
        机器人: 改好了：订单号是 1250（3升电饭煲，¥189）。…您希望怎么处理？
    """)
    case, rows = (await stage.kept())[-1]
    assert case.facts.order is not None
    assert case.facts.order.price == 18900
    assert case.wishes == ()
    assert any("HS260621-8841 -> 1250" in row.entry.text for row in rows)
    assert any(row.entry.text == "8841" for row in rows)


@pytest.mark.practice("S92")
async def test_what_was_bought_is_put_right_in_plain_words(stage: Stage) -> None:
    """It was another thing: the name changes, and an order that is for the old thing is no longer theirs."""
    await stage.play(f"""
        {TO_THE_WISH}
        客户: 不是壶，是锅
        机器人: 改好了：产品是锅。…怎么处理？
    """)
    facts = (await stage.case()).facts
    assert (facts.product, facts.order, facts.order_no) == ("锅", None, None)


@pytest.mark.practice("S92")
async def test_a_button_under_the_read_back_asks_what_it_should_be(stage: Stage) -> None:
    """One tap, one answer, and the talk goes on where it was; the tapped buttons are gone."""
    await stage.play(f"""
        {TO_THE_WISH}
        客户点: 改时间
        机器人: 好，购买时间应该是什么？
        按钮: 转人工
        客户: 6月20日
        机器人: 改好了：购买时间是6月20日。…怎么处理？
        客户: 换新
        机器人: 可以，就这么办。…
        按钮: 同意 | 改一改
        客户点: 改订单
        提示: …
    """)
    assert (await stage.case()).facts.bought == "6月20日"


@pytest.mark.practice("S92")
async def test_who_says_it_all_at_once_sees_what_was_understood_before_the_card(stage: Stage) -> None:
    """No extra turn: the read-back rides on the first offer, and another order makes the offer anew."""
    await stage.play("""
        客户: 电热壶不通电，订单号8841，我要退款
        机器人: …编号 100-0001
        -- 4秒
        机器人: 谢谢…很抱歉…找到了：6月21日，1.7升电热壶，¥89。…可以，就这么办。…¥89…这样可以吗？
        客户: 不是8841，是3349
        机器人: 改好了：订单号是 3349（1.7升电热壶，¥89）。…可以，就这么办。…¥89…这样可以吗？
    """)
    case = await stage.case()
    assert [one.state for one in case.offers] == ["replaced", "chosen"]


@pytest.mark.practice("S92")
async def test_a_sum_that_was_misheard_is_put_right(stage: Stage) -> None:
    """The wish has the new sum, the one before stays in the list, and nobody is asked again what they want."""
    await stage.play("""
        客户: 电热壶不通电，订单号8841，赔我300
        机器人: …编号 100-0001
        -- 4秒
        机器人: …300元我定不了…
        客户: 不是300，是200
        机器人: 改好了：金额是 200。…200元我定不了…
    """)
    assert [one.amount for one in (await stage.case()).wishes] == [300.0, 200.0]


@pytest.mark.practice("S92", "S24")
async def test_a_product_is_corrected_by_its_colour_in_english_too(english_stage: Stage) -> None:
    """In English too, and named only by what tells it from others."""
    await english_stage.play("""
        Customer: The kettle I bought last week won't turn on
        Bot: …
        -- 4s
        Bot: Thank you…order number…
        Customer: 8841
        Bot: Found it: …
        Buttons: Wrong product | Wrong order | Wrong date | Talk to a person
        Customer: no, it was the blue one
        Bot: Corrected: product blue kettle. … What would you like us to do?
    """)
    assert (await english_stage.case()).facts.product == "blue kettle"


@pytest.mark.practice("S92")
async def test_with_people_a_change_is_confirmed_and_shown_at_the_desk(stage: Stage) -> None:
    """While people are awaited the fields change with one line; while one has it the bot says nothing."""
    await stage.play("""
        客户: 转人工，电热壶不通电，订单8841
        机器人: …已为您转人工…
        客户: 单号错了，是1250
        机器人: 改好了：订单号是 1250（3升电饭煲，¥189）。
        卡片: …HS260607-1250…
        群: …单号错了，是1250
        林晓点: 我来接
        机器人: 客服同事已经接手…
        客户: 不对，单号应该是8841
        群: …8841
        卡片: …HS260621-8841…
    """)
    case = await stage.case()
    assert case.facts.order is not None
    assert case.facts.order.order_no.endswith("8841")


@pytest.mark.practice("R27")
async def test_danger_in_a_correction_is_danger(stage: Stage) -> None:
    """What puts a word right and tells of harm is answered as harm; the word is put right all the same."""
    await stage.play(f"""
        {TO_THE_WISH}
        客户: 不是电热壶，是电饭锅，漏电把我手烫伤了
        机器人: …120…
        大群: …
    """)
    case = await stage.case()
    assert case.severity is Severity.SEV1


@pytest.mark.practice("S54", "S38")
async def test_the_desk_corrects_what_the_bot_read(stage: Stage) -> None:
    """One tap or a few words; the card has it, the machine's own reading stays, and lowering is a supervisor's."""
    await stage.play("""
        客户: 转人工，电热壶不通电，我要退款
        机器人: …已为您转人工…
        林晓: /correct
        群: 机器人读的：售后 · …全额退款。哪个不对点哪个…
        林晓点: 配送
        卡片: …改读 类别 售后 → 配送…
        林晓: /correct remedy 换新 | 说的是换
        群: 林晓 改读：诉求 全额退款 → 换新。原因：说的是换
        林晓: /correct severity 4 不急
        群: …要主管…
        陈岚: /correct severity 4 不急
        群: 陈岚 把级别从普通改成低。原因：不急
    """)
    case = await stage.case()
    assert case.machine is not None
    assert (case.machine.category, case.machine.remedy) == (Category.AFTERSALES, (RemedyKind.REFUND_FULL,))
    assert (case.category, case.severity, case.wishes[-1].kinds) == (
        Category.DELIVERY,
        Severity.SEV4,
        (RemedyKind.REPLACE,),
    )
    assert [one.field for one in case.corrections] == [
        ReadField.CATEGORY,
        ReadField.REMEDY,
        ReadField.SEVERITY,
    ]

"""Who pays, what goes back, and when: asked of an offer, it is answered, and the offer stays open."""

import pytest

from tests.stories.offering import OFFERED
from tests.stories.stage import Stage

KETTLE = """
    客户: 电热壶不通电，订单8841
    机器人: …
    -- 4秒
    机器人: …怎么处理比较合适？…
"""
BEYOND = f"""
    {KETTLE}
    客户: 赔我3000
    机器人: 3000元我定不了，…
"""


@pytest.mark.practice("S95", "R37", "S13")
async def test_a_question_about_the_card_is_answered_and_no_wish(stage: Stage) -> None:
    """The card stays as it was, and its yes is still good: a question is no counter-offer."""
    await stage.play(f"""
        {KETTLE}
        客户: 换个新的吧
        机器人: 可以，就这么办。…旧的由快递上门取走，运费我们付…
        客户: 运费谁出？
        机器人: 东西由快递上门取走，不用您跑，运费我们付。 这样可以吗？
        按钮: 同意 | 改一改
        客户: 多久能收到
        机器人: 今天同意的话，7月3日(周五)18:00前发货，单号发您。 这样可以吗？
        客户点: 同意
        机器人: 好，都登记上了，…
        客户: 要寄回吗
        机器人: 东西由快递上门取走，不用您跑，运费我们付。
    """)
    assert [one.verbatim for one in (await stage.case()).wishes] == ["换个新的吧"]


@pytest.mark.practice("S93", "S95")
async def test_a_question_about_the_options_leaves_them_standing(stage: Stage) -> None:
    """Each way is told with its time, under its number; then they choose."""
    await stage.play(f"""
        {BEYOND}
        客户: 运费谁出？要寄回吗
        机器人: 东西由快递上门取走，…运费我们付。 您看选哪一个？
        客户: 多久能到账
        机器人: 今天同意的话：…①7月6日(周一)18:00前退出，退款号发您…②7月3日(周五)18:00前发货，…
        客户点: ②换新
        机器人: 可以，就这么办。…寄出一件新的…
    """)
    assert [one.verbatim for one in (await stage.case()).wishes] == ["赔我3000"]


@pytest.mark.practice("S96")
async def test_asked_before_any_offer_it_is_said_when_that_is_told(stage: Stage) -> None:
    """Nothing is granted because somebody asks; what they want is asked first."""
    await stage.play(f"""
        {KETTLE}
        客户: 运费谁出
        机器人: 等定下来怎么办，运费谁出、要不要寄回、哪天办好，我都逐条写清，您点了同意才算数。 您希望怎么处理？
        客户: 退款吧
        机器人: 可以，就这么办。…全额退款¥89…
        客户: 什么时候到账
        机器人: 今天同意的话，7月6日(周一)18:00前退出，退款号发您。银行一般 1–3 个工作日入账。 这样可以吗？
        客户: 要寄回吗
        机器人: 这样办不用您寄东西，也没有运费。同事要是想取回去查，也是上门取、我们付。 这样可以吗？
    """)


@pytest.mark.practice("S95")
async def test_asked_of_an_agents_offer_the_agent_answers(stage: Stage) -> None:
    """While a person holds the case the question is that person's; it is no wish, and the offer stands."""
    await stage.play(f"""
        {OFFERED}
        客户: 运费谁出？
        群: 周敏…运费谁出？
        客户: 同意
        机器人: 好，都登记上了，…
        群: ✓ 顾客同意：…
    """)
    assert (await stage.case()).wishes == ()


@pytest.mark.practice("S93", "S45")
async def test_an_answer_that_names_no_option_shows_them_again(stage: Stage) -> None:
    """The buttons under the question are good: nobody is sent to some that have gone stale."""
    await stage.play(f"""
        {BEYOND}
        客户: 嗯嗯呢
        -- 5秒
        机器人: 我没听出您选的是哪一个。点下面一个，…
        客户点: ①全额退款
        机器人: 可以，就这么办。…
    """)


@pytest.mark.practice("S95", "R37")
async def test_the_same_in_english(english_stage: Stage) -> None:
    """Postage, return and time, asked of the card."""
    await english_stage.play("""
        Customer: kettle doesn't work, order 8841
        Bot: …
        -- 4s
        Bot: …What would put this right for you?…
        Customer: a replacement please
        Bot: Yes, let's do that.…
        Customer: who pays the return shipping?
        Bot: A courier collects it from you, at our cost. Is that all right with you?
        Customer: when will I get it?
        Bot: Sent by Fri 3 July, 18:00; you get the tracking number here, if you agree today.…
        Customer presses: Agreed
        Bot: …
    """)
    assert [one.verbatim for one in (await english_stage.case()).wishes] == ["a replacement please"]

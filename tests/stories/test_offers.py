"""Offers that people make, as chat logs: within their level, above it, and what the complainant answers."""

from pathlib import Path

import pytest

from bot.complaint.case import Control, Level, Status
from bot.complaint.evolving import replace
from bot.complaint.reading import Language
from bot.config import load_rules
from tests.stories.offering import HELD, OFFERED
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage


@pytest.mark.practice("S95", "S93", "R11", "S53")
async def test_an_agents_offer_is_agreed_by_the_complainants_yes(stage: Stage) -> None:
    """What an agent may give goes out at once as a card; the yes makes it an agreement with dated tasks."""
    await stage.play(f"""
        {OFFERED}
        客户: 谢谢，我看看
        群: 周敏…谢谢，我看看
        客户点: 同意
        机器人: 好，都登记上了，…前办好…
        群: ✓ 顾客同意：全额退款¥89＋¥30 无门槛券…
        卡片: …要办…全额退款 ¥89…优惠券…
        客户: 好的
        群: 周敏…好的
    """)
    case = await stage.case()
    assert case.agreement is not None
    assert (case.offers[-1].state, case.offers[-1].level) == ("agreed", Level.A1)
    assert "全额退款¥89" in case.agreement.text
    assert [(one.kind.value, one.worth) for one in case.fulfilments] == [
        ("refund_full", 8900),
        ("voucher", 0),
    ]
    assert {one.promise_id for one in case.fulfilments} <= {one.id for one in case.open_promises}
    assert (case.status, case.control) == (Status.FULFILLING, Control.HUMAN)


@pytest.mark.practice("S95")
async def test_a_mere_good_takes_no_offer_and_the_very_word_does(stage: Stage) -> None:
    """Between people "good" may be about anything: only the button, or the very word, agrees to what is offered."""
    await stage.play(f"""
        {OFFERED}
        林晓: 您先把壶的照片发一下
        机器人: 您先把壶的照片发一下
        客户: 好的
        群: 周敏…好的
    """)
    assert (await stage.case()).agreement is None
    await stage.play("""
        客户: 同意。
        机器人: 好，都登记上了，…
        群: ✓ 顾客同意：…
    """)
    assert (await stage.case()).agreement is not None


@pytest.mark.practice("S94", "S95")
async def test_no_and_another_way_come_back_to_the_topic(stage: Stage) -> None:
    """A no, or a wish for another way, is told in the topic and kept as a wish; a new one replaces it."""
    await stage.play(f"""
        {OFFERED}
        客户点: 改一改
        机器人: 好，想改哪一点？直接写在这里，同事看得到。
        群: 顾客想改方案…
        客户: 再补偿100块吧
        群: 周敏…再补偿100块吧
        林晓: /offer 退款 89 + 券 100
        机器人: 同事给您的方案：…①全额退款¥89…¥100优惠券…
        记号: 👌
        客户点: 不接受
        机器人: 好，这个方案先放下，同事接着跟您谈。
        群: 顾客没有接受这个方案。…
        客户点: 同意
        提示: …
    """)
    case = await stage.case()
    assert [one.state for one in case.offers] == ["refused", "refused"]
    assert case.agreement is None
    assert case.wishes[-1].amount == 100


async def test_an_offer_is_replaced_or_taken_back_before_the_yes(stage: Stage) -> None:
    """Of two offers the newer stands; one that is taken back cannot be taken, and the customer hears of it."""
    await stage.play(f"""
        {OFFERED}
        林晓: /offer 换新
        机器人: 同事给您的方案：…①寄出一件新的1.7升电热壶…
        记号: 👌
        林晓点: 收回方案
        机器人: 刚才那个方案先收回，同事会在这里跟您说明。
        群: 林晓 收回了方案，顾客已知道。
        客户点: 同意
        提示: …
    """)
    case = await stage.case()
    assert [one.state for one in case.offers] == ["replaced", "withdrawn"]
    assert case.agreement is None


async def test_an_offer_runs_out_and_both_sides_hear_it(stage: Stage) -> None:
    """After its days an offer binds nobody: the customer and the topic are told."""
    await stage.play(OFFERED)
    await stage.pass_time((await stage.case()).offers[-1].valid_until - stage.clock.now())
    assert (await stage.case()).offers[-1].state == "expired"
    assert "到期了" in "".join(stage.said())
    assert any("方案到期，顾客没有答复" in one.text for one in stage.topic_lines())


async def test_nothing_is_granted_twice(stage: Stage) -> None:
    """What was agreed for an order is not given again for it, in this case or in another one."""
    await stage.play(f"""
        {OFFERED}
        客户点: 同意
        机器人: 好，都登记上了…
        群: ✓ 顾客同意：…
        林晓: /offer 全额退款
        群: 不能给两次：全额退款在 100-0001 已经谈定或办过。…
    """)
    assert len((await stage.case()).offers) == 1


@pytest.mark.practice("S31")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("开除那个店员", "怎么处理员工不能许给顾客"),
        ("告诉他检测结果合格", "检测结果不能先许"),
        ("和别人一样", "别的顾客怎么办的不能拿来许"),
        ("退款 300", "退款不能超过实付"),
        ("补偿", "还差金额"),
        ("随便", "没看懂“随便”"),
        ("", "这样写：/offer 退款 89"),
    ],
)
async def test_what_nobody_may_promise_is_not_offered(stage: Stage, words: str, why: str) -> None:
    """Discipline, lab results and what others got cannot be offered; nor what is not understood."""
    await stage.play(f"""
        {HELD}
        林晓: /offer {words}
        群: …{why}…
    """)
    assert (await stage.case()).offers == ()


async def test_the_usual_remedies_have_buttons(stage: Stage) -> None:
    """Where the order is known, a full refund or a replacement is one tap away, and its line tells what was offered."""
    await stage.play(f"""
        {HELD}
        林晓: /offer
        群: 这样写：/offer 退款 89…
        林晓点: 全额退款 ¥89
        机器人: 同事给您的方案：…①全额退款¥89…
    """)
    assert stage.topic_lines()[-1].text.startswith("林晓 提了方案：全额退款 ¥89，已发给顾客")


async def test_an_offer_is_made_and_taken_in_english_too(tmp_path: Path) -> None:
    """The same in English, from the words of the agent to the customer's yes."""
    rules = replace(load_rules(), languages=(Language.EN, Language.ZH))
    async with raise_stage(tmp_path, lang="en", rules=rules) as stage:
        await stage.play("""
            Customer: I want a human, my kettle does not work, order 8841
            Bot: …
            Lin Xiao presses: I'll take it
            Bot: …
            Lin Xiao: /offer refund 89, compensation 150 | two trips to the shop
            Topic: a1 for approval (supervisor)…Lin Xiao: full refund ¥89 + compensation ¥150. Reason: two trips…
            Chen Lan presses: Approve
            Bot: Here is what we can do:…Full refund ¥89…Compensation ¥150…Is that all right with you?
            Topic: a1 approved (Chen Lan)…
            Customer presses: Agreed
            Bot: All set…
            Topic: …
        """)
        assert (await stage.case()).status is Status.FULFILLING

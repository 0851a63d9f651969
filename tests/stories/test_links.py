"""Links and printed codes as chat logs: what is known is not asked, and what is not ours is a plain start."""

from pathlib import Path

import pytest

from bot.complaint.links import Link
from bot.policy.links import keys_from, sign
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

RECEIPT = Link(product="kettle", batch="L20260618", store="SH-0012", order="8841")
PLAIN = "您好，我是禾穗的自动客服（机器人）。您说的我都会记下，编号"


def _start(stage: Stage, link: Link) -> str:
    """The words that Telegram sends when somebody opens the chat by this link."""
    return f"/start {sign(link, keys_from([], stage.demo.world.token))}"


@pytest.mark.practice("S106", "S13")
async def test_what_the_code_says_is_not_asked(stage: Stage) -> None:
    """Somebody scans the code on a receipt: what is known is said in one line, and nothing of it is asked again."""
    await stage.play(f"""
        客户: {_start(stage, RECEIPT)}
        机器人: 编号 100-0001…已经记下：电热壶，批次号 L20260618，门店 SH-0012，订单号 HS260621-8841。…哪里不满意？
        按钮: 改产品 | 改批次 | 改门店 | 改订单 | 转人工
        客户: 用了三天就不通电了
        -- 4秒
        机器人: 谢谢您告诉我们。电热壶用了三天就不通电了…找到了：6月21日，1.7升电热壶，¥89。…怎么处理比较合适？…
        按钮: 改产品 | 改订单 | 转人工
    """)
    facts = (await stage.case()).facts
    assert (facts.product, facts.batch_no, facts.store) == ("电热壶", "L20260618", "SH-0012")


@pytest.mark.practice("S92")
async def test_what_the_code_says_can_be_put_right(stage: Stage) -> None:
    """A wrong batch is put right by a tap and a word, and the talk goes on listening."""
    await stage.play(f"""
        客户: {_start(stage, Link(product="kettle", batch="L1"))}
        机器人: …批次号 L1…
        客户点: 改批次
        机器人: 好，批次号应该是什么？
        客户: L20260620
        机器人: 改好了：批次号是L20260620
        客户: 壶身漏水
        -- 4秒
        机器人: …电热壶…
    """)
    assert (await stage.case()).facts.batch_no == "L20260620"


async def test_an_order_in_a_link_is_no_proof(stage: Stage) -> None:
    """An order that the order book does not have is told as not found, as a typed one is."""
    await stage.play(f"""
        客户: {_start(stage, Link(product="kettle", order="99999999"))}
        机器人: …订单号 99999999。这个订单号我没查到…
    """)
    facts = (await stage.case()).facts
    assert (facts.order_no, facts.order) == ("99999999", None)


@pytest.mark.parametrize("words", ["EKvKYu6jSkrsBmtldHRsZSlMMjAyNjA2MTg", "group", "../../etc", "a" * 64])
async def test_a_payload_of_somebody_elses_is_a_plain_start(stage: Stage, words: str) -> None:
    """Forged, garbled or unknown: the same hello as without it, and nothing of it is kept as a fact."""
    await stage.play(f"""
        客户: /start {words}
        机器人: {PLAIN} 100-0001…
    """)
    case, lines = (await stage.kept())[-1]
    assert case.facts.product is None
    assert not any(words in line.entry.text for line in lines)


@pytest.mark.practice("S13")
async def test_the_same_matter_is_noted_where_it_is(stage: Stage) -> None:
    """A link while a case is open: asked whether it is the same matter, and noted there."""
    await stage.play(f"""
        客户: 上周买的电热壶不通电
        机器人: …
        -- 4秒
        机器人: …订单号是多少…
        客户: {_start(stage, Link(product="kettle", batch="L20260618"))}
        机器人: 您回来了。这次带来的是：电热壶，批次号 L20260618。和编号 100-0001…是同一件事吗？
        按钮: 是同一件 | 另一件事
        客户点: 是同一件
        机器人: 好，记在编号 100-0001 上了：电热壶，批次号 L20260618。
    """)
    kept = await stage.kept()
    assert [case.facts.batch_no for case, _ in kept] == ["L20260618"]


async def test_another_matter_gets_its_own_case(stage: Stage) -> None:
    """Another matter: a case of its own with what the link says; the first stays open, and both buttons work once."""
    await stage.play(f"""
        客户: 上周买的电热壶不通电
        机器人: …
        -- 4秒
        机器人: …订单号是多少…
        客户: {_start(stage, Link(product="milk", batch="M0603"))}
        机器人: …牛奶，批次号 M0603…是同一件事吗？
        客户点: 另一件事
        机器人: …编号 100-0038…已经记下：牛奶，批次号 M0603…
        客户点: 是同一件
        提示: …按钮…
    """)
    kept = [case for case, _ in await stage.kept()]
    assert [(case.facts.product, case.is_open) for case in kept] == [("电热壶", True), ("牛奶", True)]


@pytest.mark.parametrize(
    ("words", "batches"),
    [("同一件", ["L20260618"]), ("另一件", [None, "L20260618"]), ("same one", ["L20260618"])],
)
async def test_whose_matter_it_is_may_be_typed(stage: Stage, words: str, batches: list[str | None]) -> None:
    """The question has buttons, and words do as well: nobody is asked twice for want of a tap."""
    await stage.do("客户", "上周买的电热壶不通电")
    await stage.do("客户", _start(stage, Link(product="kettle", batch="L20260618")))
    await stage.do("客户", words)
    kept = [case for case, _ in await stage.kept()]
    assert [case.facts.batch_no for case in kept] == batches
    lines = [row.entry.text for _, rows in await stage.kept() for row in rows if row.entry.who == "customer"]
    assert words in lines, "what they typed is kept as they typed it"


async def test_a_link_that_says_nothing_new_is_a_welcome_back(stage: Stage) -> None:
    """The same code scanned once more: welcome back, and no question."""
    link = _start(stage, Link(product="kettle", batch="L20260618"))
    await stage.play(f"""
        客户: {link}
        机器人: …已经记下…
        客户: 不通电
        -- 4秒
        机器人: …订单号…
        客户: {link}
        机器人: 您回来了。编号 100-0001 一直开着…
    """)


async def test_a_link_is_read_back_and_corrected_in_english_too(tmp_path: Path) -> None:
    """The same in English, with the product's English word."""
    async with raise_stage(tmp_path, lang="en") as stage:
        await stage.play(f"""
            Customer: {_start(stage, Link(product="kettle", batch="L20260618"))}
            Bot: …Already noted: kettle, batch L20260618.…What went wrong?
            Customer presses: Wrong product
            Bot: Sure – what should the product be?
            Customer: blender
            Bot: Corrected: product blender
        """)

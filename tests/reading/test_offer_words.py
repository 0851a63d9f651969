"""How agents write an offer, and in which words a complainant takes one."""

import pytest

from bot.complaint.reading import RemedyKind
from bot.reading.offers import accepts, read_offer

R = RemedyKind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "退款 89 + 补偿 200 + 券 30",
            [(R.REFUND_PARTIAL, 8900), (R.COMPENSATION, 20000), (R.VOUCHER, 3000)],
        ),
        ("refund 89, voucher 30", [(R.REFUND_PARTIAL, 8900), (R.VOUCHER, 3000)]),
        ("换新", [(R.REPLACE, None)]),
        ("退货退款", [(R.RETURN, None), (R.REFUND_PARTIAL, None)]),
        ("医药费1,200和误工费 300", [(R.MEDICAL, 120000), (R.LOST_INCOME, 30000)]),
        ("Full refund and a ¥30 voucher", [(R.REFUND_FULL, None), (R.VOUCHER, 3000)]),
        ("补偿两百元", [(R.COMPENSATION, 20000)]),
        ("賠償 5万", [(R.COMPENSATION, 5000000)]),
        ("运费8.5", [(R.POSTAGE, 850)]),
        ("公开道歉", [(R.APOLOGY_PUBLIC, None)]),
    ],
)
def test_an_offer_is_read_part_by_part(text: str, parts: list[tuple[RemedyKind, int | None]]) -> None:
    """Each remedy with its sum, in Chinese and English."""
    assert [(one.kind, one.cents) for one in read_offer(text).parts] == parts


@pytest.mark.parametrize(
    ("text", "times"), [("三倍赔偿", 3), ("退一赔十", 10), ("3 times the price", 3), ("10x", 10)]
)
def test_a_multiple_is_read_as_one(text: str, times: float) -> None:
    """So many times the price is one remedy, whatever words stand around it."""
    (part,) = read_offer(text).parts
    assert (part.kind, part.times) == (R.MULTIPLE, times)


@pytest.mark.parametrize(
    "text", ["随便", "退款 89 退款 50", "补偿 100 200", "补偿 99999999999", "补偿 100 + 什么"]
)
def test_half_an_offer_is_none(text: str) -> None:
    """Where one piece is not understood, or stands twice, nothing is read."""
    found = read_offer(text)
    assert found.parts == ()
    assert found.unclear


@pytest.mark.parametrize(
    ("text", "what"),
    [("退款 89 + 开除店员", "discipline"), ("lab result tomorrow", "lab"), ("和别人一样退款 50", "others")],
)
def test_what_nobody_may_promise_is_named(text: str, what: str) -> None:
    """Discipline, lab results and what others got are no offers."""
    assert read_offer(text).never == what


def test_words_besides_stay_with_their_part() -> None:
    """What is said of a remedy besides its sum is kept: which colour, which part."""
    assert [one.item for one in read_offer("换新 白色大号 + 券 30").parts] == ["白色大号", ""]


@pytest.mark.practice("S95")
def test_only_the_very_word_accepts() -> None:
    """A mere good, or a yes with a condition, takes no offer."""
    assert all(accepts(one) for one in ("同意", "我同意！", "接受。", "I agree", "Accepted."))
    assert not any(
        accepts(one) for one in ("好的", "行吧", "ok", "同意退款，但是要快", "不同意", "I don't agree")
    )

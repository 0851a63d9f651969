"""Facts are taken as written, money as numbers."""

from collections.abc import Callable

import pytest

from bot.complaint.reading import Reading, Slots
from bot.reading.numbers import number

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("两千五", 2500), ("一千二", 1200), ("一万五", 15000), ("一百零五", 105), ("二百五", 250), ("五万二", 52000),
        ("4万8", 48000), ("5w", 50000), ("5个w", 50000), ("壹仟贰佰", 1200), ("1,299.00", 1299), ("三十六", 36),
        ("一千零五十", 1050), ("十", 10), ("3k", 3000), ("1.8万", 18000), ("十二", 12), ("二〇二五", 2025),
        ("三点五", 3.5),
    ],
)  # fmt: skip
def test_a_numeral_has_its_value(written: str, value: float) -> None:
    """Spoken, formal, mixed and short numerals are worth what people mean."""
    assert number(written) == value


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("订单号：20250618123，手机 139 1234 5678", Slots(order_no=("20250618123",), phone=("139 1234 5678",))),
        ("Order No. AB-12345 never came", Slots(order_no=("AB-12345",))),
        ("批号 B2405-17 的酸奶胀袋", Slots(batch_no=("B2405-17",), product=("酸奶",))),
        ("6月3日买的耳机花了399", Slots(purchase_date=("6月3日",), product=("耳机",), amount=(399.0,))),
        ("I bought the kettle on March 3 for $45.50",
         Slots(purchase_date=("March 3",), product=("kettle",), amount=(45.5,))),
        ("618买的面膜", Slots(purchase_date=("618",), product=("面膜",))),
    ],
)  # fmt: skip
def test_facts_are_found(read: Read, said: str, slots: Slots) -> None:
    """Numbers, dates, goods and sums each land in their own place."""
    assert read(said).slots == slots


def test_a_telephone_number_is_no_sum(read: Read) -> None:
    """Digits that belong to a code are not money."""
    assert read("电话13800001111，赔我200").slots.amount == (200.0,)

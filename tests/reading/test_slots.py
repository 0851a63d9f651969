"""Facts are taken as written, money as numbers."""

from collections.abc import Callable

import pytest

from bot.complaint.reading import Language, Reading, Slots
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
def test_each_fact_lands_in_its_own_place(read: Read, said: str, slots: Slots) -> None:
    """Numbers, dates, goods and sums each land in their own place."""
    assert read(said).slots == slots


def test_a_telephone_number_is_no_sum(read: Read) -> None:
    """Digits that belong to a code are not money."""
    assert read("电话13800001111，赔我200").slots.amount == (200.0,)


@pytest.mark.parametrize(
    ("said", "store"),
    [
        ("昨天在南京西路店买的", "南京西路店"), ("你们人民广场分店", "人民广场分店"), ("拼多多买的", "拼多多"),
        ("在天猫旗舰店下单的", "天猫旗舰店"), ("bought dumplings at your Nanjing Rd store", "Nanjing Rd store"),
    ],
)  # fmt: skip
def test_where_it_was_bought_is_read(read: Read, said: str, store: str) -> None:
    """A branch, or a place to shop on the net, by its name."""
    assert read(said).slots.store == (store,)


@pytest.mark.parametrize(
    "said", ["店里的人说不能退", "酒店房间很脏", "我要发抖音", "I went to the store to complain"]
)
def test_a_shop_without_a_name_is_none(read: Read, said: str) -> None:
    """To say that it was a shop, a hotel, or where one will post about it, names no place of buying."""
    assert read(said).slots.store == ()


@pytest.mark.parametrize("said", ["退款打到我卡上 6222021234567890123", "退到这张卡吧 4111111111111111"])
def test_a_bank_card_is_no_order(read: Read, said: str) -> None:
    """Whoever names their card for the money names no order."""
    assert read(said).slots.order_no == ()


@pytest.mark.parametrize("said", ["500ml的洗发水漏了", "用了3个月就坏了", "bought 250 ml of milk, sour"])
def test_a_measure_is_no_sum(read: Read, said: str) -> None:
    """Millilitres and months are neither money nor a day of buying."""
    slots = read(said).slots
    assert (slots.amount, slots.purchase_date) == ((), ())


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("can you speak English", Language.EN), ("English please", Language.EN), ("能说英文吗", Language.EN),
        ("说中文", Language.ZH), ("I don't speak English", Language.ZH), ("客服只会说英文", None),
        ("nobody here speaks English", None), ("英语课老师总迟到", None),
    ],
)  # fmt: skip
def test_the_language_asked_for_is_heard(read: Read, said: str, language: Language | None) -> None:
    """To ask for a language is told from telling of one."""
    assert read(said).wanted_language is language


@pytest.mark.practice("S22")
@pytest.mark.parametrize(
    ("said", "amount"),
    [("pay the £80 vet bill", 80), ("你们算错了，多收四十，退我", 40), ("I want £250 back", 250)],
)
def test_sums_stand_beside_any_sign(read: Read, said: str, amount: float) -> None:
    """English with a pound sign is English, and a sum named before its wish belongs to it."""
    remedy = read(said).remedy
    assert remedy is not None
    assert remedy.amount == amount

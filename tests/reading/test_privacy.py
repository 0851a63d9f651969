"""What nobody needs to see is masked; what everybody needs stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.privacy import holds_identity_data, is_bank_card, is_id_card, masked

ID_CARD = "11010519491231002X"
BANK_CARD = "6222021234567890128"
VISA = "4111 1111 1111 1111"


def luhn(body: str) -> str:
    """The number with its check digit: written forwards, unlike the code under test."""
    for check in "0123456789":
        digits = [int(one) for one in body + check]
        for place in range(len(digits) - 2, -1, -2):
            digits[place] = digits[place] * 2 // 10 + digits[place] * 2 % 10
        if sum(digits) % 10 == 0:
            return body + check
    raise AssertionError


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        (f"我身份证{ID_CARD}", "我身份证**************002X", "id_card"),
        (f"卡号 {VISA} 谢谢", "卡号 **** **** **** 1111 谢谢", "bank_card"),
        ("支付密码是abc123", "支付密码是******", "secret"),
        ("验证码:829103", "验证码:******", "secret"),
        ("my password is hunter22", "my password is ******", "secret"),
        ("CVV: 123", "CVV: ******", "secret"),
        ("身份证号 110105 19491231 002X", "身份证号 ****** ******** 002X", "id_card"),
        ("１１０１０５１９４９１２３１００２Ｘ", "**************００２Ｘ", "id_card"),
        ("卡号 ４１１１ １１１１ １１１１ １１１１", "卡号 **** **** **** １１１１", "bank_card"),
        ("身份证号:110105194912310021", "身份证号:**************0021", "id_card"),
        ("护照号E12345678", "护照号*****5678", "id_card"),
        ("退款打到我卡上 6222021234567890123", "退款打到我卡上 ***************0123", "bank_card"),
        ("银行卡号：6217 0012 3456 7890", "银行卡号：**** **** **** 7890", "bank_card"),
        ("6228480402564890018是我的卡号", "***************0018是我的卡号", "bank_card"),
        ("my card is 4111111111111112", "my card is ************1112", "bank_card"),
        ("my SSN 123-45-6789", "my SSN ***-**-6789", "id_card"),
    ],
)
def test_identity_and_money_are_masked(text: str, expected: str, kind: str) -> None:
    """Identity cards and bank cards keep their last four signs, secrets keep nothing."""
    found = masked(text)
    assert found.text == expected
    assert set(found.found) == {kind}
    assert holds_identity_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "订单号 HS260621-8841",
        "订单 123456789012345678",
        "投诉编号 583-2716",
        "批号 2026062100012345",
        "我电话13812345678",
        "我的身份证还没寄回来 电话13812345678",
        "订单 id 1234567890",
        "密码锁打不开",
        "密码是多少",
        "my password is wrong",
        "pin is stuck in the lid",
        "花了1299.00元",
        "条码6901234567892",
        "条码4902345678906",
        "淘宝订单4210987654321098765",
        "会员卡4210987654321098765",
        "购物卡号 4210987654321098",
        "页面卡住了，订单4210987654321098765",
        "订单4210987654321098765卡在路上",
        "卡上的 89 元",
        "",
    ],
)
def test_what_agents_need_stays_readable(text: str) -> None:
    """Order, case, batch and telephone numbers, prices and words about locks are left as they are."""
    assert masked(text).text == text
    assert not holds_identity_data(text)


@given(
    card=st.sampled_from([("62", 19), ("62", 16), ("4", 16), ("55", 16), ("37", 15), ("36", 14)]),
    digits=st.text("0123456789", min_size=18, max_size=18),
)
def test_every_card_number_is_found_and_only_its_end_is_shown(card: tuple[str, int], digits: str) -> None:
    """Whatever card it is, written in a row or in fours, only its last four digits remain."""
    begins, length = card
    number = luhn((begins + digits)[: length - 1])
    assert is_bank_card(number)
    assert masked(f"卡{number}!").text == f"卡{'*' * (length - 4)}{number[-4:]}!"
    in_fours = " ".join(number[place : place + 4] for place in range(0, length, 4))
    assert sum(one.isdigit() for one in masked(in_fours).text) == 4


@given(place=st.integers(0, 16), step=st.integers(1, 9))
def test_a_wrong_digit_is_no_identity_card(place: int, step: int) -> None:
    """The check digit finds every single slip, so that other long numbers are rarely taken for one."""
    assert is_id_card(ID_CARD)
    slipped = str((int(ID_CARD[place]) + step) % 10)
    assert not is_id_card(ID_CARD[:place] + slipped + ID_CARD[place + 1 :])


@given(st.text())
def test_masking_keeps_the_length_of_what_it_leaves(text: str) -> None:
    """Masking never fails, and masking twice changes nothing more."""
    once = masked(text).text
    assert masked(once).text == once


GAPS = (
    *("  ", "   ", "\t", "\n", "\r\n", "\u00a0", "\u2009", "\u3000", "\u2800", "\u3164"),
    *("–", "—", "−", "‑", "－", ".", "．", "·", "・", "•", "/", "_", ",", "，", "、", ", ", " - "),
    *("\u200b", "\u200d", "\u2060", "\u200f", "\u202e", "\u00ad", "\u034f", "\ufeff", "\ufe0f\u20e3"),
)


@pytest.mark.practice("R26")
@pytest.mark.parametrize("gap", GAPS, ids=ascii)
@pytest.mark.parametrize("size", [1, 4])
@pytest.mark.parametrize("number", [ID_CARD, VISA.replace(" ", ""), BANK_CARD])
def test_no_gap_between_its_figures_keeps_a_number_from_being_known(gap: str, size: int, number: str) -> None:
    """Blanks, strokes, dots, line ends and signs that nobody sees: four signs are left, and every gap."""
    typed = gap.join(number[place : place + size] for place in range(0, len(number), size))
    found = masked(f"用这个 {typed}。")
    shown = [one for one in found.text if one.isalnum() and one != "\u3164"]
    assert "".join(shown) == f"用这个{number[-4:]}"
    assert len(found.text) == len(typed) + len("用这个 。")


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4111111111111111 12/28 123", "************1111 12/28 123"),
        ("4111111111111111.", "************1111."),
        ("2 4111 1111 1111 1111", "2 **** **** **** 1111"),
        ("ID11010519491231002X", "ID**************002X"),
        (f"{ID_CARD}{ID_CARD}", "**************002X**************002X"),
        ("11010519491231002Х", "**************002Х"),
        ("٤١١١١١١١١١١١١١١١", "************١١١١"),
        ("④①①①①①①①①①①①①①①①", "************①①①①"),
        ("一一零一零五一九四九一二三一零零二X", "**************零零二X"),
        ("港澳通行证C12345678", "港澳通行证*****5678"),
    ],
)
def test_what_stands_beside_a_number_or_how_its_figures_look_hides_nothing(text: str, expected: str) -> None:
    """The day and the three figures of a card, a letter before, another number after, figures of other scripts."""
    assert masked(text).text == expected


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    ("before", "secret", "after"),
    [
        ("密码：", "abc123", ""),
        ("密码 ", "abc123", ""),
        ("支付宝密码", "123456", "，帮我看看"),
        ("密码改成了 ", "abc12345", ""),
        ("密码就是", "abc123", ""),
        ("密码是【", "abc123", "】"),
        ("密 码:", "829103", ""),
        ("密\u200b码：", "829103", ""),
        ("密碼 ", "829103", ""),
        ("登录密码：\n", "hunter", ""),
        ("密码：", "ａｂｃ１２３", ""),
        ("密码是", "一二三四五六", ""),
        ("密码是", "六个8", ""),
        ("验证码 ", "829103", " 收到了"),
        ("验证码是：", "829103", ""),
        ("动态码", "829103", ""),
        ("口令是 ", "abc123", ""),
        ("我的password:", "hunter2", ""),
        ("password ", "hunter2", " please"),
        ("ｐａｓｓｗｏｒｄ：", "hunter2", ""),
        ("pwd=", "hunter2", ""),
        ("my PIN ", "4821", "."),
        ("CVV ", "123", ""),
        ("password is '", "hunter2", "'"),
    ],
)
def test_a_password_is_masked_however_it_is_told(before: str, secret: str, after: str) -> None:
    """With a colon of either width, with "is", or with nothing between; in quotes, brackets, or spelt out."""
    assert masked(f"{before}{secret}{after}").text == f"{before}******{after}"


@pytest.mark.parametrize(
    "text",
    [
        "防伪验证码 829103",
        "验证码等了 20 分钟",
        "密码锁打不开 2 次",
        "密码：不对",
        "spin 2026",
        "单价 12.30、45.60、78.90、4.50，一共 141.30",
        "2026.11.20 到 2026.11.23",
        "31.230416, 121.473701",
        "0.4111111111111111",
        "4210 5560 7890 1233",
        "门店 4210、5560、7890、1233",
        "身份证要带吗？我住 4 楼，11 月 23 日 10:30 到 12:00 在",
    ],
)
def test_other_rows_of_figures_stay_as_they_are(text: str) -> None:
    """Prices, days, places, shops and codes of ours are what a complaint is about."""
    assert masked(text).text == text

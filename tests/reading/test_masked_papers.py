"""Papers of other places, and secrets in words: masked as told; what only looks like one stays."""

import pytest

from bot.reading.privacy import masked

CARD = "4111111111111111"


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    "gap", ["+", "*", "~", "～", ":", "：", "=", "#", "(", " + ", ";", "\\", "＊", "+\u200b"]
)
@pytest.mark.parametrize("number", [CARD, "11010519491231002X"])
def test_no_sign_between_fours_hides_a_number(gap: str, number: str) -> None:
    """Whatever somebody puts between the figures, only the last four are left."""
    typed = gap.join(number[place : place + 4] for place in range(0, len(number), 4))
    shown = [one for one in masked(f"用这个 {typed}").text if one.isalnum()]
    assert "".join(shown) == f"用这个{number[-4:]}"


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("passport number: E12345678", "passport number: *****5678"),
        ("Passport No.: 123456789", "Passport No.: *****6789"),
        ("我的护照是 EA1234567", "我的护照是 *****4567"),
        ("香港身份证 A123456(3)", "香港身份证 ****456(3)"),
        ("HKID: R123456(8)", "HKID: ****456(8)"),
        ("這是我的 A123456(3)", "這是我的 ****456(3)"),
        ("A123456（3）", "****456（3）"),
        ("身分證字號 A123456789", "身分證字號 ******6789"),
        ("身分證：A123456789", "身分證：******6789"),
        ("澳門居民身份證 1/234567/8", "澳門居民身份證 */***567/8"),
        ("证件号码：110105194912310021", "证件号码：**************0021"),
        ("ID: 110105194912310021", "ID: **************0021"),
        ("driver's license D1234567", "driver's license ****4567"),
        ("NRIC S1234567D", "NRIC *****567D"),
    ],
)
def test_papers_are_masked(text: str, expected: str) -> None:
    """Known by the word beside them, or by their own check digits; the last four signs stay."""
    found = masked(text)
    assert found.text == expected
    assert found.found


@pytest.mark.practice("R26")
@pytest.mark.parametrize(
    ("before", "secret", "after"),
    [
        ("my password is ", "letmein", ""),
        ("My Password is ", "iloveyou", "."),
        ("my login is joe and the password is ", "Sunshine", ", please check"),
        ("my account password is now ", "swordfish", ""),
        ("pin number is ", "4821", ""),
        ("my PIN number ", "4821", ""),
        ("PIN码 ", "4821", ""),
        ("security code ", "123", ""),
        ("安全码 ", "123", ""),
        ("登录密码", "abcdef", ""),
        ("密码 ", "Sunshine", "，帮我看看"),
        ("密码->", "abc123", ""),
        ("密码是我生日", "880101", ""),
        ("密码", "六个八", ""),
        ("pw: ", "abc123", ""),
    ],
)
def test_a_secret_of_letters_or_in_other_words_is_masked(before: str, secret: str, after: str) -> None:
    """A password of letters alone after the word for it, a number by another name."""
    assert masked(f"{before}{secret}{after}").text == f"{before}******{after}"


INNOCENT = [
    # orders, parcels, cases
    "订单号 HS260621-8841",
    "订单 100001202611230012",
    "订单 100001202611230039 没收到",
    "京东订单 286541239907",
    "拼多多订单 261123-371449635398431",
    "淘宝订单号：2210987654321098765",
    "抖音订单6919876543210987654",
    "支付宝交易号 2026112322001412345678901234",
    "微信支付单号 4200001234202611231234567890",
    "顺丰 SF1234567890123",
    "中通 78912345678901",
    "圆通单号 YT1234567890123",
    "韵达 4312345678901 还没到",
    "UPS 1Z999AA10123456784",
    "tracking number LX123456789CN",
    "order number is 112-1234567-1234567",
    "order id: 1234567890123456",
    "投诉编号 100-0001 和 100-0002",
    "ID: 100001202611230012",
    "IBAN DE89370400440532013000",
    "银行账户：622202123456",
    "case 583-2716, order 20261123-001",
    # batches, codes, models
    "批号 20260621A123456",
    "生产日期 20260621 保质期至 20270621",
    "batch code L6123456",
    "batch A123456789",
    "lot number B1234567",
    "lot A123456 (2 pieces)",
    "型号 KT-1500A1234567",
    "条码 6901234567892",
    "条码 6901234567892 6901234567908",
    "barcode 9780201379624",
    "序列号 SN202611230001234567",
    "防伪码 1234 5678 9012 3456",
    "security code on the label 123456789012",
    "the code on the box is 829103",
    "code is 829103",
    # phones, dates, amounts, places
    "电话 138 1234 5678 或 139 8765 4321",
    "13812345678 13987654321",
    "+86 138 1234 5678",
    "+44 20 7946 0958",
    "400-800-1234 转 5678",
    "收款账号 13812345678",
    "22-11-2026 23-11-2026",
    "from 23-11-2026 to 27-11-2026",
    "25-11-2026 28-11-2026",
    "2026-11-20 10:30 - 2026-11-23 12:00",
    "10:30、11:45、12:15、14:20",
    "1299+299+59+18=1675",
    "退 89.00 元，运费 12.50 元",
    "3*1299=3897",
    "110.00 + 105.19 + 49.12 = 264.31",
    "上海市南京路100号2栋3单元1204室 200001",
    "31.230416, 121.473701",
    # words about secrets without any
    "my password is wrong",
    "my password is not working",
    "my password is expired and I am locked out",
    "the password is required every time",
    "password: wrong",
    "password reset does not work",
    "The pin: bent and broken",
    "pin is stuck in the lid",
    "the plug has a 3-pin connector",
    "密码error",
    "密码：error",
    "密码锁 lock broken",
    "密码锁打不开 2 次",
    "验证码收不到，等了 30 分钟",
    "身份证要不要带？",
    "我的护照丢在店里了，2026 年 11 月 20 日",
    "pass 12 of 15 items",
    "银行卡退款 3 天没到账，订单 286541239907",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_like_one_stays(text: str) -> None:
    """Numbers of orders, parcels, batches, phones, days and sums; accounts, which are put away and not masked (R52)."""
    assert masked(text).text == text

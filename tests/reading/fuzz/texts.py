# ruff: noqa: E501 - a list of pieces
"""Makes texts from bytes: pieces of real messages in any script and order, heavily repeated.

The bytes come from a fuzzer that looks for new paths, or from a seeded generator in the suite.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

_LONGEST: Final = 9000
_REPEATS: Final = (1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 7, 40, 1, 1, 200, 5000)
_PIECES: Final = (
    "退", "退款", "退一赔三", "退一半", "打八折", "赔我", "赔", "倍", "双倍", "不", "不不不", "没有", "如果", "吗", "要么", "或者",
    "5万", "两千五", "壹仟贰佰", "二百五", "几百块", "八百多", "3000到5000", "¥1,299.00", "$50", "5w",
    "一天200", "歇了三天", "30%",
    "１２３１５", "12三15", "139 1234 5678", "+86 13912345678", "021-5555123", "20250618123456", "订单号：",
    "order no. ", "AB-12345",
    "批号 B2405-17", "上周三", "6月3日", "2026-01-05", "March 3", "last friday", "三天前", "bought ", "买的",
    "花了399", "尾号1299",
    "“", "”", '"', "'", "（", "）", "(", ")", "[", "]", "{", "}", "\\", "^", "$", "*", "+", "?", "|", ".",
    "。", "，", ",", "!", "！",
    "不然", "曝光", "封口费", "拉肚子", "死", "不想活了", "傻逼", "转人工", "律师", "refund", "me", "I'll sue",
    "unless you pay",
    "burned my arm", "kill myself", "lawyer", "never again", "ＲＥＦＵＮＤ", "換貨", "賠償", "壞", "tui kuan",
    "tuikuan", "曝guang",
    " ", "\n", "\t", "\r\n", "\u200b", "\u200d", "\u2060", "\ufeff", "\u3000", "\u00a0", "\u2028", "\x00",
    "\x1b", "\x7f",
    "\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "مرحبا", "استرداد", "שלום", "ไม่พอใจ", "환불해 주세요",
    "返金して", "верните", "ﷺ",
    "😡", "👨‍👩‍👧", "🏳️‍🌈", "1️⃣", "🇨🇳", "e\u0301", "a\u0300\u0301\u0302", "½", "㎏", "ﬁ", "İ", "ẞ",
    "Ⅷ", "①", "٣٤", "१२", "𝟏𝟐𝟑", "𠮷", "\U0010ffff",
    "a", "1", "一", "0", "9", "x", "k", "http://a.b/c?d=1", "@someone", "<b>", "&amp;", "{{ 7*7 }}",
    "../../etc", "' OR 1=1 --",
)  # fmt: skip
"""Every kind of thing at least once; the cues of the reader's own files come on top."""
_ASKED: Final = (
    None, "order_no", "order_or_shop", "phone", "eaten", "unharmed", "wish", "remedy", "agree", "batch_no", "purchase_date",
    "settled", "back", "withdraw", "photo", "nonsense",
)  # fmt: skip


@cache
def cue_words() -> tuple[str, ...]:
    """The cues of the reader, as they stand in their files: signs and all."""
    words: list[str] = []
    for file in sorted((files("bot.reading") / "cues").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            words += _strings(tomllib.loads(file.read_text(encoding="utf-8")))
    return tuple(dict.fromkeys(words))


def _strings(table: object) -> Iterator[str]:
    if isinstance(table, str):
        yield table[:80]
    elif isinstance(table, dict):
        for value in table.values():
            yield from _strings(value)
    elif isinstance(table, list):
        for value in table:
            yield from _strings(value)


def made_of(data: bytes) -> tuple[str, str | None]:
    """A text, and the question that it answers; the same bytes make the same text.

    Each piece takes four bytes: what sort it is, which one (two bytes), and how often it is repeated.
    """
    if not data:
        return "", None
    asked = _ASKED[data[0] % len(_ASKED)]
    parts: list[str] = []
    length = 0
    for at in range(1, len(data) - 3, 4):
        sort, number, often = data[at], data[at + 1] * 256 + data[at + 2], data[at + 3]
        part = _piece(sort, number) * _REPEATS[often % len(_REPEATS)]
        parts.append(part[: _LONGEST - length])
        length += len(parts[-1])
        if length >= _LONGEST:
            break
    return "".join(parts), asked


def _piece(sort: int, number: int) -> str:
    match sort % 8:
        case 0 | 1 | 2:
            return _PIECES[number % len(_PIECES)]
        case 3 | 4:
            cues = cue_words()
            return cues[number % len(cues)]
        case 5:
            return str(number)
        case 6:
            return chr(0x4E00 + number % 0x51A0)
        case _:
            return chr(number) if not 0xD800 <= number < 0xE000 else "\ufffd"

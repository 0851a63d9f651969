"""Folding: normalises case, width and script without moving any character.

Every code point folds to exactly one code point, so that a place in the folded text is the same place in the
customer's own text. What would grow or shrink under NFKC (½, ㎏) stays as it is.
"""

import re
import tomllib
import unicodedata
from importlib.resources import files

_WIDE = (
    range(0x00A0, 0x0250),
    range(0x2000, 0x2070),
    range(0x2100, 0x2150),
    range(0x2460, 0x2500),
    range(0x2E80, 0x2FE0),
    range(0x3000, 0x3040),
    range(0xF900, 0xFB00),
    range(0xFE30, 0xFE70),
    range(0xFF00, 0xFFF0),
    range(0x1D400, 0x1D800),
)
_BY_HAND = {
    "’": "'", "‘": "'", "`": "'", "「": "“", "」": "”", "『": "“", "』": "”", "。": "。", "｡": "。", "￥": "¥",
    "\u200b": " ", "\u200c": " ", "\u200d": " ", "\u2060": " ", "\ufeff": " ", "\r": "\n", "\u2028": "\n",
    "–": "-", "—": "-", "−": "-", "〜": "~", "～": "~", "妳": "你", "裏": "里", "‐": "-", "‑": "-",
}  # fmt: skip
_SPACED_WORD = re.compile(r"(?<=[\u3400-\u9fff])[ \t]+(?=[\u3400-\u9fff])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]+")


def _partners() -> tuple[str, str]:
    raw = (files("bot.reading") / "cues" / "traditional.toml").read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    return table["traditional"], table["simplified"]


def _one_to_one() -> dict[int, str]:
    table: dict[int, str] = {}
    for block in _WIDE:
        for code in block:
            folded = unicodedata.normalize("NFKC", chr(code)).lower()
            if len(folded) == 1 and folded != chr(code):
                table[code] = folded
    table.update({code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
    traditional, simplified = _partners()
    table.update(zip(map(ord, traditional), simplified, strict=True))
    table.update({ord(written): meant for written, meant in _BY_HAND.items()})
    return table


_TABLE = _one_to_one()
_SIMPLER = str.maketrans(*_partners())
_TRADITIONAL, _SIMPLIFIED = (frozenset(side) for side in _partners())
_ONLY_TRADITIONAL = _TRADITIONAL - _SIMPLIFIED - frozenset("著乾於么蹟")
_ONLY_SIMPLIFIED = _SIMPLIFIED - _TRADITIONAL


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in a text; "£80" is English though it is not ASCII."""
    return not text.isascii() and _HAN.search(text) is not None


def fold(text: str) -> str:
    """Lower case, half width and simplified characters, with the length of `text`."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, all else as it stands."""
    return text.translate(_SIMPLER)


def close_up(folded: str) -> tuple[str, list[int]] | None:
    """The text without spaces between Chinese characters, and the origin of each position.

    None when there is nothing to close up.
    """
    if " " not in folded or not _SPACED_WORD.search(folded):
        return None
    gone = {place for gap in _SPACED_WORD.finditer(folded) for place in range(gap.start(), gap.end())}
    kept = [place for place in range(len(folded)) if place not in gone]
    return "".join(folded[place] for place in kept), kept


def script(text: str) -> str | None:
    """`zh`, `zh-Hant` or `en` by the letters used; None without letters. For mixed text, the larger part."""
    if text.isascii():
        return "en" if _WORD.search(text) else None
    words = len(_WORD.findall(text))
    if not words and not _HAN.search(text):
        return None
    if words and words > len(_HAN.findall(text)):
        return "en"
    if _ONLY_TRADITIONAL.isdisjoint(text):
        return "zh"
    traditional = sum(map(_ONLY_TRADITIONAL.__contains__, text))
    return "zh-Hant" if traditional > sum(map(_ONLY_SIMPLIFIED.__contains__, text)) else "zh"

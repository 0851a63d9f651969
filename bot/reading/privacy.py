"""Masks identity cards, bank cards and passwords (R26).

Numbers are masked when their own checksum says what they are, or their owner does, so that order, batch and case
numbers stay readable. It is done as words arrive, before they are written down: nobody needs such a number to settle
a complaint, and what is not kept cannot leak. All other words keep their bytes (S18).
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.reading.longnumbers import Place, flat, numbers_in
from bot.reading.longnumbers import is_bank_card as is_bank_card  # noqa: PLC0414 - both are of one subject
from bot.reading.longnumbers import is_id_card as is_id_card  # noqa: PLC0414 - both are of one subject
from bot.reading.papers import named_cards, named_papers
from bot.reading.secretwords import secrets_in

_FIGURES: Final = re.compile(r"\d(?:\D{0,4}\d){12}")
_WORDS: Final = re.compile(
    r"密|验|驗|口令|动态码|動態碼|安全码|安全碼|身份|身分|证件|證件|户口|戶口|护照|護照|通行证|通行證|回乡证|回鄉證|台胞|臺胞"
    r"|居留|军官|軍官|驾驶证|駕駛證|驾照|駕照|社保|医保|醫保|cvv|cvc|pass|pwd|pw|mima|pin|code"
    r"|otp|id |id:|id：|hkid|nric|licen|identity|ssn|social sec",
    re.IGNORECASE,
)
_STRANGE: Final = re.compile(
    r"[\uff21-\uff5a\u2460-\u2473]|[零〇一二三四五六七八九幺]{14}"
    r"|[A-Za-z][0-9]{6}\s?[(（]"
)
"""Figures, words, and letters and figures of other forms: almost no message has any of it, and then nothing needs to
be searched."""
_BEGINS: Final = re.compile(
    r"[\d密验驗身护護口动動通回台臺居军軍驾駕社医醫零〇九幺cpoism\u0131\u0130\u017f\uff21-\uff5a\u2460-\u2473]",
    re.IGNORECASE,
)
"""First characters of everything that is masked; most Chinese messages have none of them."""
_SHOWN: Final = 4
"""How many of its last signs a number keeps."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked text, and what was masked: `id_card`, `bank_card`, `secret`."""

    text: str
    found: frozenset[str]


def masked(text: str) -> Masked:
    """The text with identity cards, bank cards and named secrets masked.

    >>> masked("卡号 6222 0212 3456 7890 128").text
    '卡号 **** **** **** ***0 128'
    """
    if not _is_worth_a_look(text):
        return Masked(text, frozenset())
    found: set[str] = set()
    for search in (numbers_in, named_cards, named_papers, secrets_in):
        places = search(flat(text))
        found.update(one.kind for one in places)
        for one in reversed(places):
            text = f"{text[: one.start]}{_hidden(text, one)}{text[one.end :]}"
    return Masked(text, frozenset(found))


def card_numbers(text: str) -> list[tuple[int, int]]:
    """Where bank cards stand in a text, from and up to: such a number is no order's."""
    if not _is_worth_a_look(text):
        return []
    flattened = flat(text)
    places = [*named_cards(flattened), *numbers_in(flattened)]
    return [(one.start, one.end) for one in places if one.kind == "bank_card"]


def holds_identity_data(text: str) -> bool:
    """Whether somebody wrote an identity card, a bank card or a secret: then a person takes over (R26)."""
    return bool(masked(text).found)


def _is_worth_a_look(text: str) -> bool:
    if _BEGINS.search(text) is None:
        return False
    return any(form.search(text) is not None for form in (_FIGURES, _WORDS, _STRANGE))


def _hidden(text: str, place: Place) -> str:
    number = text[place.start : place.end]
    if place.kind == "secret":
        return "*" * 6
    signs = [at for at, one in enumerate(flat(number)) if one.isalnum()][:-_SHOWN]
    return "".join("*" if at in signs else one for at, one in enumerate(number))

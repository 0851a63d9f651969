"""Masks identity cards, bank cards and passwords (R26).

Numbers are masked when their own checksum says what they are, or their owner does, so that order, batch and case
numbers stay readable. It is done as words arrive, before they are written down: nobody needs such a number to settle
a complaint, and what is not kept cannot leak. All other words keep their bytes (S18).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.reading.longnumbers import GAP, Place, flat, numbers_in
from bot.reading.longnumbers import is_bank_card as is_bank_card  # noqa: PLC0414 - both are of one subject
from bot.reading.longnumbers import is_id_card as is_id_card  # noqa: PLC0414 - both are of one subject

_NAMED_CARD: Final = re.compile(
    r"(?:身份[证證]|护照|通行证|回乡证|台胞证|居留证|军官证|驾驶证|驾照|社保(?=卡|号)|医保(?=卡|号)|(?<![a-z])id card"
    r"|(?<![a-z])identity (?:card|number)|(?<![a-z])id number|passport|social security|(?<![a-z])ssn)"
    r"[\s卡号码是为:]*(?:(?:number|no\.?|is)\s*)*"
    r"(?P<secret>[a-z]{0,2}\d(?:[ -]?\d){6,16}[ -]?[\dx]?)(?![\da-z])"
)
"""A document that its owner names is one, whatever its check digit says: people slip."""
_BESIDE_CARD: Final = re.compile(
    r"(?:(?<![员物品分话机量值惠交禁油饭m])卡|(?:bank|银行|收款|开户)\s?(?:account|账号|帐号|账户|帐户)"
    r"|(?<![a-z])(?:bank|debit|credit|my)\s+card|(?<![a-z])card(?=\s*(?:number|no\b)))"
    r"[\s上里号码是为呢吧,:]*(?:(?:number|no\.?|is)[\s:]*)*"
    rf"(?P<secret>\d(?:{GAP}\d){{15,18}})(?![\da-z])"
)
"""Sixteen to nineteen figures beside the word are a card, whatever their check digit says: people slip."""
_THEN_CARD: Final = re.compile(
    rf"(?<![\da-z])(?P<secret>\d(?:{GAP}\d){{15,18}})"
    r"[\s,]*(?:这?(?:就)?(?:是|为)?(?:我|本人)?的?(?:银行|储蓄|信用|工资)?卡(?![片死顿住在了包])"
    r"|is my (?:bank |debit |credit )?card)"
)
_KEY: Final = (
    r"(?:密\s?码|口令|(?<!防伪)验\s?证\s?码|动态码|verification code|one-time code"
    r"|(?<![a-z])(?:cvv2?|cvc2?|passwords?|passcodes?|passwd|pwd|mima|pin(?: ?code)?|otp))"
)
_SAYS: Final = r"\s*(?:[就还设改换应该用成的了]{0,4}(?:是|为|成)|[改换设]成?了|成了|is|[:=→])[\s:=→是为]*"
_OPENS: Final = "[“\"'\\[(<【《〈{ ]{0,2}"
_SECRETS: Final = (
    re.compile(rf"{_KEY}(?P<link>{_SAYS}){_OPENS}(?P<secret>[a-z0-9!@#$%^&*_.+-]{{3,64}})"),
    re.compile(rf"{_KEY}\s*{_OPENS}(?P<secret>(?=[a-z!@#$%^&*_+-]*\d)[a-z0-9!@#$%^&*_+-]{{4,64}})"),
    re.compile(r"(?<![a-z])(?:cvv2?|cvc2?)\s*(?P<secret>\d{3,4})(?!\d)"),
    re.compile(
        rf"{_KEY}(?:{_SAYS})?\s*{_OPENS}(?P<secret>[零〇一二三四五六七八九幺]{{4,}}|[一二两三四五六七八九十]个[a-z\d])"
    ),
)
"""What follows the word for a secret: anything after "is", else only what has a figure in it."""
_FIGURES: Final = re.compile(r"\d(?:\D{0,4}\d){12}")
_WORDS: Final = re.compile(
    r"密|验|驗|口令|动态码|動態碼|身份|护照|護照|通行证|通行證|回乡证|回鄉證|台胞|臺胞|居留|军官|軍官|驾驶证|駕駛證|驾照|駕照"
    r"|社保|医保|醫保|cvv|cvc|pass|pwd|mima|pin|code|otp|id |identity|ssn|social sec",
    re.IGNORECASE,
)
_STRANGE: Final = re.compile(r"[\uff21-\uff5a\u2460-\u2473]|[零〇一二三四五六七八九幺]{14}")
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
    for search in (numbers_in, _named_cards, _named_documents, _secrets):
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
    places = [*_named_cards(flattened), *numbers_in(flattened)]
    return [(one.start, one.end) for one in places if one.kind == "bank_card"]


def holds_identity_data(text: str) -> bool:
    """Whether somebody wrote an identity card, a bank card or a secret: then a person takes over (R26)."""
    return bool(masked(text).found)


def _is_worth_a_look(text: str) -> bool:
    if _BEGINS.search(text) is None:
        return False
    return any(form.search(text) is not None for form in (_FIGURES, _WORDS, _STRANGE))


def _named_cards(flattened: str) -> list[Place]:
    found = (
        Place(*match.span("secret"), "bank_card")
        for form in (_BESIDE_CARD, _THEN_CARD)
        for match in form.finditer(flattened)
    )
    return _apart(found)


def _named_documents(flattened: str) -> list[Place]:
    return [Place(*match.span("secret"), "id_card") for match in _NAMED_CARD.finditer(flattened)]


def _secrets(flattened: str) -> list[Place]:
    found = (match for form in _SECRETS for match in form.finditer(flattened) if _is_told(match))
    return _apart(Place(*match.span("secret"), "secret") for match in found)


def _is_told(match: re.Match[str]) -> bool:
    """Whether something was told: "my password is wrong" names no secret, "密码是abcdef" does."""
    link = match.groupdict().get("link")
    return link is None or link.strip() != "is" or any(map(str.isdigit, match["secret"]))


def _apart(places: Iterable[Place]) -> list[Place]:
    """In order, and of those that overlap the first."""
    kept: list[Place] = []
    for one in sorted(places):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _hidden(text: str, place: Place) -> str:
    number = text[place.start : place.end]
    if place.kind == "secret":
        return "*" * 6
    signs = [at for at, one in enumerate(flat(number)) if one.isalnum()][:-_SHOWN]
    return "".join("*" if at in signs else one for at, one in enumerate(number))

"""Masks identity cards, bank cards and passwords (R26).

Numbers are masked only when their own checksum says what they are, so that order, batch and case numbers
stay readable. It is done as words arrive, before they are written down: nobody needs such a number to settle a
complaint, and what is not kept cannot leak. All other words keep their bytes (S18).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_ID_CARD = re.compile(r"(?<![\dA-Za-z])\d(?:[ -]?\d){16}[ -]?[\dXxＸｘ](?![\dA-Za-z])")
_NAMED_CARD = re.compile(
    r"(?P<name>身份[证證]|护照|護照|\bid card|\bidentity (?:card|number)|\bid number|passport|social security|\bssn)"
    r"(?P<link>[\s号號码碼是为為:\uff1a]*(?:(?:number|no\.?|is)\s*)*)"
    r"(?P<secret>[A-Za-z]{0,2}\d(?:[ -]?\d){6,16}[ -]?[\dXx]?)(?![\dA-Za-z])",
    re.IGNORECASE,
)
"""A document that its owner names is one, whatever its check digit says: people slip."""
_BANK_CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){13,18}(?![\d.])")
_CARD = re.compile(r"3[0468]\d{12}|3[47]\d{13}|(?:4\d|5[1-5]|2[2-7]|35|60|62|64|65)\d{14}|6[02]\d{15,17}")
"""Diners, American Express, the sixteen digits of most, UnionPay's longer ones: barcodes and order numbers begin
otherwise."""
_BESIDE_CARD = re.compile(
    r"(?P<name>(?<![员物品分话机量值惠交禁油饭m])卡|(?:bank|银行|銀行|收款|开户|開戶)\s?(?:account|账号|帐号|賬號|账户|帳戶)"
    r"|\b(?:bank|debit|credit|my)\s+card|\bcard(?=\s*(?:number|no\b)))"
    r"(?P<link>[\s上里裡号號码碼是为為呢吧,:\uff0c\uff1a]*(?:(?:number|no\.?|is)[\s:\uff1a]*)*)"
    r"(?P<secret>\d(?:[ -]?\d){15,18})(?![\dA-Za-z])",
    re.IGNORECASE,
)
"""Sixteen to nineteen figures beside the word are a card, whatever their check digit says: people slip."""
_THEN_CARD = re.compile(
    r"(?<![\dA-Za-z])(?P<secret>\d(?:[ -]?\d){15,18})"
    r"(?P<link>[\s,，]*(?:(?:这|這)?(?:就)?(?:是|为|為)?(?:我|本人)?的?(?:银行|銀行|储蓄|信用|工资)?卡(?![片死顿住在了包])"
    r"|is my (?:bank |debit |credit )?card))",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"(?P<name>(?:支付|登录|登錄|银行卡|銀行卡|取款)?(?:密码|密碼|验证码|驗證碼)|cvv2?|cvc|passwords?|passcodes?|pin(?=\s*(?:is|:|=))"
    r"|verification code|one-time code|otp)"
    r"(?P<link>\s*(?:是|为|為|is|[::=])+\s*)(?P<secret>[A-Za-z0-9!@#$%^&*_.+-]{3,64})",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"密码|密碼|验证码|驗證碼|身份证号|身分證號|卡号|卡號|cvv|password|passcode|verification code"
    r"|card number|bank account number|id card number|social security number",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"不会|不會|不要|请勿|請勿|别|別|无需|無需|不用|不必|never|not |n't |no need", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^。!?！？.\n;；]+")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"


_WORTH_A_LOOK = re.compile(
    r"\d(?:[ -]?\d){12}|密|验|驗|身份|护照|護照|cv[vc]|pass|pin|code|otp|\bid |identity|ssn|social sec",
    re.IGNORECASE,
)
"""Almost no message has any of it, and then nothing needs to be searched."""
_BEGINS = re.compile(r"[\d密验驗身护護cpois\u0131\u0130\u017f]", re.IGNORECASE)
"""First characters of everything that is masked; most Chinese messages have none of them."""


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
    if _BEGINS.search(text) is None or _WORTH_A_LOOK.search(text) is None:
        return Masked(text, frozenset())
    found: set[str] = set()

    def put(kind: str, real: Callable[[str], bool], keep: int) -> Callable[[re.Match[str]], str]:
        def mask(match: re.Match[str]) -> str:
            if not real(match[0]):
                return match[0]
            found.add(kind)
            return _starred(match[0], keep)

        return mask

    text = _ID_CARD.sub(put("id_card", is_id_card, 4), text)
    text = _BANK_CARD.sub(put("bank_card", is_bank_card, 4), text)
    text = _BESIDE_CARD.sub(lambda match: _named(match, found), text)
    text = _THEN_CARD.sub(lambda match: _named(match, found), text)
    text = _NAMED_CARD.sub(lambda match: _document(match, found), text)
    text = _SECRET.sub(lambda match: _hidden(match, found), text)
    return Masked(text, frozenset(found))


def card_numbers(text: str) -> list[tuple[int, int]]:
    """Where bank cards stand in a text, from and up to: such a number is no order's."""
    if _BEGINS.search(text) is None or _WORTH_A_LOOK.search(text) is None:
        return []
    named = (match.span("secret") for form in (_BESIDE_CARD, _THEN_CARD) for match in form.finditer(text))
    bare = (match.span() for match in _BANK_CARD.finditer(text) if is_bank_card(match[0]))
    return [*named, *bare]


def holds_identity_data(text: str) -> bool:
    """Whether somebody wrote an identity card, a bank card or a secret: then a person takes over (R26)."""
    return bool(masked(text).found)


def asks_for_secret(text: str) -> bool:
    """Whether our own text asks for a secret; a warning not to send one does not count (R26)."""
    return any(_ASKS.search(part) and not _WARNS.search(part) for part in _SENTENCE.findall(text))


def is_id_card(number: str) -> bool:
    """Whether eighteen characters are a resident identity number: birth date and check digit fit."""
    plain = _plain(number)
    digits, check = plain[:17], plain[17:].upper()
    born = re.fullmatch(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}", digits)
    if born is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _CHECK[total % 11] == check


def is_bank_card(number: str) -> bool:
    """Whether a number has the beginning and length of a payment card, and passes Luhn's check."""
    plain = _plain(number)
    if _CARD.fullmatch(plain) is None or len(set(plain)) == 1:
        return False
    digits = [int(one) for one in plain]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _hidden(match: re.Match[str], found: set[str]) -> str:
    # "my password is wrong" names no secret; "密码是abcdef" does
    if match["link"].strip().lower() == "is" and not any(one.isdigit() for one in match["secret"]):
        return match[0]
    found.add("secret")
    return f"{match['name']}{match['link']}{'*' * 6}"


def _named(match: re.Match[str], found: set[str]) -> str:
    found.add("bank_card")
    return match[0].replace(match["secret"], _starred(match["secret"], 4))


def _document(match: re.Match[str], found: set[str]) -> str:
    found.add("id_card")
    return f"{match['name']}{match['link']}{_starred(match['secret'], 4)}"


def _plain(number: str) -> str:
    """Without gaps, in half width, however it was typed."""
    return "".join(one for one in unicodedata.normalize("NFKC", number) if one.isalnum())


def _starred(number: str, keep: int) -> str:
    hidden = sum(one.isalnum() for one in number) - keep
    return re.sub(r"[^\W_]", "*", number, count=hidden)

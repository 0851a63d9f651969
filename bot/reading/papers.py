"""Finds identity papers and bank cards by the word beside them, and Hong Kong's cards by their check digit."""

import re
from collections.abc import Iterable
from typing import Final

from bot.reading.longnumbers import BORN, GAP, Place

_BETWEEN: Final = r"(?:[\s字卡号码是为的:#.]|number|no\b|is\b)*"
"""What people write between the word for a paper and its number."""
_NAMED: Final = re.compile(
    r"(?:身[份分][证證]|护照|通行证|回乡证|台胞证|居留证|军官证|驾驶证|驾照|证件(?=号)|社保(?=卡|号)|医保(?=卡|号)"
    r"|(?<![a-z])id card|(?<![a-z])identity (?:card|number)|(?<![a-z])id number|passport|social security"
    r"|(?<![a-z])(?:ssn|hkid|nric)|driver'?s?'? licen[cs]e)"
    rf"{_BETWEEN}"
    r"(?P<secret>[a-z]{0,2}\d(?:[ /-]?\d){6,16}(?:[ -]?[\dx])?(?:\s?\([\da]\))?"
    r"|[a-z]{1,2}\d{6,7}(?:\s?\([\da]\)|[a-z])?)(?![\da-z])"
)
"""A document that its owner names is one, whatever its check digit says: people slip."""
_PERHAPS: Final = re.compile(rf"(?:户口本?|(?<![a-z])id)[\s号码是:]*(?P<secret>{BORN}[\dx])(?![\da-z])")
"""After a word that may mean another number, what has the shape of a resident's."""
_HONG_KONG: Final = re.compile(
    r"(?<![a-z\d])(?P<secret>(?P<letters>[a-z]{1,2})(?P<digits>\d{6})\s?\((?P<check>[\da])\))"
)
_BESIDE: Final = re.compile(
    r"(?:(?<![员物品分话机量值惠交禁油饭m])卡|(?:bank|银行|收款|开户)\s?(?:account|账号|帐号|账户|帐户)"
    r"|(?<![a-z])(?:bank|debit|credit|my)\s+card|(?<![a-z])card(?=\s*(?:number|no\b)))"
    r"[\s上里号码是为呢吧,:]*(?:(?:number|no\.?|is)[\s:]*)*"
    rf"(?P<secret>\d(?:{GAP}\d){{15,18}})(?![\da-z])"
)
"""Sixteen to nineteen figures beside the word are a card, whatever their check digit says: people slip."""
_BEFORE: Final = re.compile(
    rf"(?<![\da-z])(?P<secret>\d(?:{GAP}\d){{15,18}})"
    r"[\s,]*(?:这?(?:就)?(?:是|为)?(?:我|本人)?的?(?:银行|储蓄|信用|工资)?卡(?![片死顿住在了包])"
    r"|is my (?:bank |debit |credit )?card)"
)


def named_cards(flattened: str) -> list[Place]:
    """Cards that their owner names, in a text made by `flat`."""
    found = (match for form in (_BESIDE, _BEFORE) for match in form.finditer(flattened))
    return apart(Place(*match.span("secret"), "bank_card") for match in found)


def named_papers(flattened: str) -> list[Place]:
    """Documents that their owner names, and Hong Kong's cards, which have a check digit in brackets."""
    named = (match for form in (_NAMED, _PERHAPS) for match in form.finditer(flattened))
    checked = (match for match in _HONG_KONG.finditer(flattened) if _is_of_hong_kong(match))
    return apart(Place(*match.span("secret"), "id_card") for match in (*named, *checked))


def apart(places: Iterable[Place]) -> list[Place]:
    """In order, and of those that overlap the first."""
    kept: list[Place] = []
    for one in sorted(places):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _is_of_hong_kong(match: re.Match[str]) -> bool:
    letters = [36, *(int(one, 36) for one in match["letters"])][-2:]
    values = [*letters, *map(int, match["digits"]), int(match["check"], 36)]
    return sum(value * weight for value, weight in zip(values, range(9, 0, -1), strict=True)) % 11 == 0

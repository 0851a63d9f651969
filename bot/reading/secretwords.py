"""Finds passwords, codes and other secrets by the word for them."""

import re
import tomllib
from importlib.resources import files
from typing import Final

from bot.reading.longnumbers import Place
from bot.reading.papers import apart

_KEY: Final = (
    r"(?:密\s?码|口令|(?<!防伪)验\s?证\s?码|动态码|verification code|one-time code"
    r"|(?<![a-z])(?:cvv2?|cvc2?|passwords?|passcodes?|passwd|pwd|mima|pin(?: ?(?:code|number|no\b\.?|码))?|otp"
    r"|pw(?=\s*[:=])))"
)
_SAYS: Final = (
    r"\s*(?:[就还设改换应该用成的了]{0,4}(?:是|为|成)|[改换设]成?了|成了|is(?: now)?|[-=]{1,2}>|[:=→])"
    r"[\s:=→是为]*"
)
_OPENS: Final = "[“\"'\\[(<【《〈{ ]{0,2}"
_SECRETS: Final = (
    re.compile(rf"{_KEY}(?P<link>{_SAYS}){_OPENS}(?P<secret>[a-z0-9!@#$%^&*_.+-]{{3,64}})"),
    re.compile(rf"{_KEY}\s*{_OPENS}(?P<secret>(?=[a-z!@#$%^&*_+-]*\d)[a-z0-9!@#$%^&*_+-]{{4,64}})"),
    re.compile(r"(?<![a-z])(?:cvv2?|cvc2?)\s*(?P<secret>\d{3,4})(?!\d)"),
    re.compile(rf"(?:(?<![a-z])security code|安全码)(?:{_SAYS})?\s*(?P<secret>\d{{3,4}})(?!\d)"),
    re.compile(
        rf"{_KEY}(?:{_SAYS})?\s*{_OPENS}(?P<secret>[零〇一二三四五六七八九幺]{{4,}}"
        r"|[一二两三四五六七八九十]个[a-z\d]|[三四五六七八]个[零二三四五六七八九](?![\u4e00-\u9fff]))"
    ),
    re.compile(rf"{_KEY}{_SAYS}[我他她]?的?(?:生日|手机号?|电话)\s*(?P<secret>\d{{4,}})"),
    re.compile(r"(?:密\s?码|口令)\s*(?P<secret>[a-z][a-z!@#$%^&*_.+-]{2,62}[a-z!@#$%^&*])(?![a-z0-9])"),
    re.compile(
        r"(?<![a-z])(?:password|passcode)(?: is(?: now)?|'s)\s+(?P<secret>[a-z][a-z!@#$%^&*_.+-]{2,62}[a-z!@#$%^&*])"
        r"(?=\s*(?:$|[\n,.;?。)'\"]|(?:and|but|please|pls|so|thanks)(?![a-z])))"
    ),
)
"""What follows the word for a secret: anything after "is", else only what has a figure in it."""
_UNTOLD: Final = frozenset(
    tomllib.loads((files("bot.reading") / "secretwords.toml").read_text(encoding="utf-8"))["untold"].split()
)
"""What people say of a password without telling it."""
_OF_IT: Final = ("ed", "ing", "able", "ible", "n't")


def secrets_in(flattened: str) -> list[Place]:
    """The secrets in a text made by `flat`."""
    found = (match for form in _SECRETS for match in form.finditer(flattened) if _is_told(match))
    return apart(Place(*match.span("secret"), "secret") for match in found)


def _is_told(match: re.Match[str]) -> bool:
    """Whether something was told: "my password is wrong" names no secret, "密码是abcdef" does."""
    secret, link = match["secret"], match.groupdict().get("link")
    if any(map(str.isdigit, secret)) or not secret.isascii():
        return True
    said = secret.strip("!.")
    if said in _UNTOLD or said.endswith(_OF_IT) or match[0].startswith("pin"):
        return False
    return link is None or not link.strip().startswith("is")

"""Signed start links: the payload of `t.me/<bot>?start=…`, in the 64 characters Telegram leaves for it (S106).

A payload is base64url of: one byte with the version (high half) and the number of the key (low half), eight bytes
of HMAC-SHA256 over that byte and the body, and the body. Eight bytes are enough, since every guess costs a message
to the bot. The body is signed and not hidden: it says what stands on the pack or the receipt.

The body is a row of fields: one byte with the field's number (high three bits) and the length of its value (low
five bits), then the value. Length 31 says that one more byte follows: a name in the brand file's
`[links.values]`, which stands for a value that is too long.

Keys come from a file that the brand file names (`[links] keys`), since what is printed must outlive a token that
is revoked one day. Without it one is derived from the bot's token, as number 0: good for trying out.
"""

import binascii
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.complaint.errors import ComplaintError
from bot.complaint.links import Link

VERSION: Final = 1
LONGEST: Final = 64
"""Signs that Telegram takes after `start=`."""
TAG: Final = 8
MOST_KEYS: Final = 15
LONGEST_VALUE: Final = 120
"""A value of the brand file's table is shown to customers in one line."""
_FIELDS: Final = ("product", "batch", "store", "order", "case", "source", "ref")
"""Their places are their numbers: a new one comes last."""
_BY_NAME: Final = 31
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{12,64}")
_KEY_LINE: Final = re.compile(r"\S{16,}")
RETIRED: Final = "-"
"""In the place of a key that is not to be believed any more."""


class LinkTooLong(ComplaintError):
    """The link is too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRules:
    """The brand file's part: where the keys are, and short names for long values."""

    keys: str = ""
    """A file with one secret a line, the newest last; named from where the brand file lies."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Short names and the long values that they stand for in a link."""

    def __post_init__(self) -> None:
        """A name is short, and a value can be shown in one line."""
        for name, value in self.values.items():
            if re.fullmatch(r"[A-Za-z0-9_-]{1,16}", name) is None:
                raise ValueError(f"links.values {name}: name it with 1 to 16 of A-Z a-z 0-9 _ -")
            if not 0 < len(value.strip()) <= LONGEST_VALUE or not value.isprintable():
                raise ValueError(f"links.values {name}: write one line of 1 to {LONGEST_VALUE} signs")


NO_LINKS: Final = LinkRules()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys for signing and reading links, by number. The highest number signs."""

    known: Mapping[int, bytes] = field(repr=False)

    @property
    def signing(self) -> int:
        """The number of the key that signs.

        Raises:
            ValueError: there is none.
        """
        return max(self.known)


def keys_from(lines: Sequence[str], token: str | None = None) -> Keys:
    """The keys of a file's lines, numbered from 1, and the one of the token, number 0.

    Raises:
        ValueError: a line is no key; the message says which, and what to write.
    """
    if len(lines) > MOST_KEYS:
        raise ValueError(f"line {MOST_KEYS + 1}: a file holds {MOST_KEYS} keys; begin a new one")
    secrets = {0: token} if token else {}
    for number, line in enumerate((one.strip() for one in lines), 1):
        if line == RETIRED:
            continue
        if _KEY_LINE.fullmatch(line) is None:
            raise ValueError(
                f'line {number}: write a secret of 16 signs or more, or "{RETIRED}" for a retired one'
            )
        secrets[number] = line
    return Keys({number: _derived(secret) for number, secret in secrets.items()})


def _derived(secret: str) -> bytes:
    """A key for this purpose alone: the token, or whoever has the key, learns nothing of the other."""
    return hmac.digest(b"complaint-bot signed links 1", secret.encode(), "sha256")


def sign(link: Link, keys: Keys, values: Mapping[str, str] | None = None) -> str:
    """The signed payload.

    Args:
        link: what to bring along.
        keys: the newest of them signs.
        values: the brand file's short names; a long value that has one is brought along by it.

    Raises:
        LinkTooLong: it does not fit; the message says what to do.
        ValueError: there is no key.
    """
    names = {value: name for name, value in (values or {}).items()}
    body = b"".join(_field(number, getattr(link, what), names) for number, what in enumerate(_FIELDS))
    number = keys.signing
    head = bytes([VERSION << 4 | number])
    payload = urlsafe_b64encode(head + _tag(keys.known[number], head + body) + body).rstrip(b"=").decode()
    if len(payload) > LONGEST:
        raise LinkTooLong(_advice(link, len(body) - (LONGEST * 3 // 4 - 1 - TAG)))
    return payload


def _field(number: int, value: str, names: Mapping[str, str]) -> bytes:
    if not value:
        return b""
    raw = value.encode()
    if value in names and (len(raw) >= _BY_NAME or len(names[value]) + 1 < len(raw)):
        name = names[value].encode()
        return bytes([number << 5 | _BY_NAME, len(name)]) + name
    if len(raw) >= _BY_NAME:
        raise LinkTooLong(f'"{value}" is {len(raw)} bytes long, and a link holds {_BY_NAME - 1}. {_TABLE}')
    return bytes([number << 5 | len(raw)]) + raw


_TABLE: Final = (
    'Give it a short name under [links.values] in the brand file, such as s1 = "…"; write it as before.'
)


def _advice(link: Link, over: int) -> str:
    longest = max((getattr(link, what) for what in _FIELDS), key=lambda one: len(one.encode()))
    plural = "s" if over > 1 else ""
    return f'By {over} byte{plural}; the longest value is "{longest}". {_TABLE}'


def _tag(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(key, signed, "sha256")[:TAG]


def read(payload: str, keys: Keys, values: Mapping[str, str] | None = None) -> Link | None:
    """The content of a payload; None if none of these keys signed it, or it names something unknown."""
    if _PAYLOAD.fullmatch(payload) is None:
        return None
    try:
        raw = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    except binascii.Error:
        return None
    head, tag, body = raw[:1], raw[1 : 1 + TAG], raw[1 + TAG :]
    key = keys.known.get(head[0] & 15)
    if head[0] >> 4 != VERSION or key is None or not hmac.compare_digest(tag, _tag(key, head + body)):
        return None
    found = _said(body, values or {})
    return Link(**found) if found else None


def _said(body: bytes, values: Mapping[str, str]) -> dict[str, str] | None:
    """The fields of a body; None where a name, or a field, is not known here."""
    found: dict[str, str] = {}
    while body:
        number, length, body = body[0] >> 5, body[0] & 31, body[1:]
        by_name = length == _BY_NAME
        if by_name:
            length, body = (body[0] if body else 0), body[1:]
        if number >= len(_FIELDS) or not 0 < length <= len(body):
            return None
        try:
            value = body[:length].decode()
        except UnicodeDecodeError:
            return None
        known = values.get(value) if by_name else value
        if known is None:
            return None
        found[_FIELDS[number]], body = known, body[length:]
    return found


def start_link(bot: str, payload: str) -> str:
    """The address that opens the bot's chat with this payload."""
    return f"https://t.me/{bot}?start={payload}"

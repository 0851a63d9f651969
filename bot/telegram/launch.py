"""Verifies the signed data with which Telegram opens a Mini App."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

import msgspec

from bot.complaint.errors import ComplaintError
from bot.complaint.ids import UserId
from bot.telegram.shapes import User

SALT: Final = b"WebAppData"
FRESH: Final = timedelta(hours=1)
"""After that the page is to be opened anew: whoever came by its address later gets nothing."""
AHEAD: Final = timedelta(minutes=1)
"""How far Telegram's clock may be before ours."""
LONGEST: Final = 4096
"""Characters. What Telegram writes has some five hundred."""
MOST_FIELDS: Final = 32


class LaunchUnsigned(ComplaintError):
    """This was not signed by Telegram for this bot."""


class LaunchExpired(ComplaintError):
    """This was signed too long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """Somebody opened the Mini App."""

    user: UserId
    name: str
    at: datetime


def read_launch(signed: str, token: str, now: datetime) -> Launch:
    """Who opened it, from the field `initData`.

    Raises:
        LaunchUnsigned: the signature is not that of this bot's token, or nobody is named.
        LaunchExpired: it is older than `FRESH`.
    """
    fields = _fields(signed)
    shown = fields.pop("hash", "")
    told = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(SALT, token.encode(), "sha256")
    if not hmac.compare_digest(hmac.digest(key, told.encode(), "sha256").hex().encode(), shown.encode()):
        raise LaunchUnsigned
    at = _moment(fields.get("auth_date", ""))
    if not -AHEAD <= now - at <= FRESH:
        raise LaunchExpired
    user = _user(fields.get("user", ""))
    return Launch(user=UserId(user.id), name=f"{user.first_name} {user.last_name}".strip(), at=at)


def _fields(signed: str) -> dict[str, str]:
    if len(signed) > LONGEST:
        raise LaunchUnsigned
    try:
        pairs = parse_qsl(signed, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise LaunchUnsigned from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        # of a field that comes twice nobody knows which was signed
        raise LaunchUnsigned
    return fields


def _moment(seconds: str) -> datetime:
    if not (seconds.isascii() and seconds.isdecimal()):
        raise LaunchUnsigned
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, OSError, ValueError):
        raise LaunchUnsigned from None


def _user(written: str) -> User:
    try:
        return msgspec.json.decode(written, type=User)
    except msgspec.DecodeError:
        raise LaunchUnsigned from None

"""The webhook at Telegram: set, removed, and its state."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from bot.telegram.account import Account, read
from bot.telegram.calls import Call
from bot.telegram.parsing import WANTED

CONNECTIONS: Final = 100
"""How many updates Telegram may bring at once; one of each chat at most."""


LATELY: Final = timedelta(minutes=3)
"""How long a failed delivery tells that the next one would fail too: Telegram tries again within a minute or two."""


class _Info(msgspec.Struct):
    url: str = ""
    pending_update_count: int = 0
    last_error_date: int = 0
    last_error_message: str = ""
    max_connections: int = 0
    allowed_updates: list[str] | None = None


class _Answer(msgspec.Struct):
    result: _Info


class _Stamped(msgspec.Struct):
    update_id: int


_stamped = msgspec.json.Decoder(_Stamped)
_keys = msgspec.json.Decoder(dict[str, msgspec.Raw])
_KINDS: Final = frozenset(WANTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """The state of the webhook at Telegram. It never holds the secret."""

    url: str
    """Where it posts; empty while updates are polled."""
    waiting: int = 0
    """Updates that it keeps for us."""
    error: str = ""
    """Why its last failed post failed; it stays after later ones went well."""
    error_at: datetime | None = None
    connections: int = 0
    wanted: frozenset[str] = frozenset()

    def is_set(self, url: str) -> bool:
        """Whether the webhook is set as wanted."""
        return self.url == url and self.connections == CONNECTIONS and self.wanted == _KINDS

    def failed_since(self, moment: datetime) -> bool:
        """Whether a delivery failed then or later."""
        return self.error_at is not None and self.error_at >= moment

    def leads_nowhere(self, now: datetime) -> bool:
        """Whether updates wait because deliveries fail."""
        return self.waiting > 0 and self.failed_since(now - LATELY)

    @property
    def strange(self) -> bool:
        """Whether the last failure was our refusal of an unknown secret."""
        return "403" in self.error


async def hook_of(account: Account) -> Hook:
    """The state of the webhook now.

    Raises:
        Unreachable: Telegram does not answer.
    """
    found = read(_Answer, await account.ask(Call("getWebhookInfo", {}))).result
    at = found.last_error_date
    return Hook(
        url=found.url,
        waiting=found.pending_update_count,
        error=found.last_error_message,
        error_at=datetime.fromtimestamp(at, UTC) if at > 0 else None,
        connections=found.max_connections,
        wanted=frozenset(found.allowed_updates or ()),
    )


async def set_hook(account: Account, url: str, secret: str) -> None:
    """Set the webhook. Waiting updates are kept.

    Raises:
        Unreachable: Telegram does not answer.
        Refused: Telegram does not bring updates to such an address.
    """
    body = {
        "url": url,
        "secret_token": secret,
        "allowed_updates": list(WANTED),
        "max_connections": CONNECTIONS,
    }
    await account.ask(Call("setWebhook", body))


async def drop_hook(account: Account) -> None:
    """Remove the webhook. Waiting updates are kept.

    Raises:
        Unreachable: Telegram does not answer.
    """
    await account.ask(Call("deleteWebhook", {"drop_pending_updates": False}))


def stamp_of(update: bytes) -> int | None:
    """The update's id; None if it has none that can be read."""
    try:
        return _stamped.decode(update).update_id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def kind_of(update: bytes) -> str:
    """Which kind of update it is, of those that we ask for; `other` if it is none of them."""
    try:
        found = _KINDS.intersection(_keys.decode(update))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "other"
    return next(iter(found), "other")

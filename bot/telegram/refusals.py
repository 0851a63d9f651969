"""A refusal of the Bot API as one of python-telegram-bot's errors, with Telegram's exact sentence."""

from datetime import timedelta
from http import HTTPStatus

import msgspec
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class NotReached(NetworkError):
    """The server was not reached, so nothing happened there: trying again is harmless."""

    __slots__ = ()


class ServerTrouble(NetworkError):
    """The server, or a gateway before it, could not serve the call: it had no effect."""

    __slots__ = ()


class FloodWait(RetryAfter):
    """Telegram asks for a pause. `retry_after` is a timedelta, whatever the library's environment says."""

    __slots__ = ()

    @property
    def retry_after(self) -> timedelta:
        """How long to wait."""
        return self._retry_after


class _Parameters(msgspec.Struct):
    """What to do about a refusal."""

    retry_after: int | None = None
    migrate_to_chat_id: int | None = None


class _Refusal(msgspec.Struct):
    """The body of a refusal."""

    description: str = ""
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


_decoder = msgspec.json.Decoder(_Refusal)

_BY_STATUS: dict[int, type[TelegramError]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: InvalidToken,
    HTTPStatus.CONFLICT: Conflict,
}


def refusal(status: int, body: bytes) -> TelegramError:
    """The error for a refusal. A body that is not the Bot API's is never quoted."""
    try:
        said = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _by_status(status, ServerTrouble)(f"status {status}")
    if said.parameters.migrate_to_chat_id is not None:
        return ChatMigrated(said.parameters.migrate_to_chat_id)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return FloodWait(timedelta(seconds=max(1, said.parameters.retry_after or 1)))
    # the library would lower-case the sentence after this prefix
    sentence = said.description.removeprefix("Bad Request: ") or f"status {status}"
    return _by_status(status, _BY_STATUS.get(status, ServerTrouble))(sentence)


def _by_status(status: int, otherwise: type[TelegramError]) -> type[TelegramError]:
    # a gateway that gave up waiting does not know whether the call had its effect
    return TimedOut if status == HTTPStatus.GATEWAY_TIMEOUT else otherwise

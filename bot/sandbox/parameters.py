"""Parses the parameters of a call: query string, form, multipart or JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.files import Upload

MOST_AT_ONCE = 100
"""The most messages in one call."""
_decode = msgspec.json.decode
_TRUE = frozenset({"true", "True", "1", "yes"})


@dataclass(slots=True)
class Given:
    """What the bot gave with a call: form values are text, JSON values have their own types."""

    values: Json
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def number(self, name: str) -> int | None:
        """Read a whole number."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'invalid parameter "{name}" specified') from None

    def real(self, name: str) -> float:
        """Read a number; 0 when it is missing."""
        try:
            return float(self.values.get(name) or 0)
        except (TypeError, ValueError):
            raise bad_request(f'invalid parameter "{name}" specified') from None

    def words(self, name: str) -> str | None:
        """Read a text."""
        value = self.values.get(name)
        return None if value is None else str(value)

    def text(self, name: str) -> str:
        """Read a text that must be there."""
        value = self.words(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def flag(self, name: str) -> bool:
        """Read a yes or no."""
        value = self.values.get(name)
        return value in _TRUE if isinstance(value, str) else bool(value)

    def nested(self, name: str) -> Any:  # noqa: ANN401 - JSON may be anything
        """Read an object or a list, which forms carry as JSON text."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return _decode(value)
        except msgspec.DecodeError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def required(self, name: str) -> int:
        """Read the number of a chat, which must be there."""
        value = self.number(name)
        if value is None:
            raise bad_request(f"{name} is empty" if name == "chat_id" else f'parameter "{name}" is required')
        return value


def identifiers(given: Given) -> list[int]:
    """Read message_ids: one at least, a hundred at most."""
    ids = given.nested("message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if not isinstance(ids, list):
        raise bad_request("expected an Array of message identifiers")
    if len(ids) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    numbers = [int(one) for one in ids]
    if min(numbers) <= 0:
        raise bad_request("invalid message identifier specified")
    return numbers

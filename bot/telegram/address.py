"""Addresses of the Bot API. The only place that puts the token into a string."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from bot.complaint.errors import SettingsWrong

_TOKEN: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """The root of a Bot API server and the bot's token, which never shows.

    Raises:
        SettingsWrong: the token does not look like one of BotFather's.
    """

    api_url: str
    token: str
    _methods: dict[str, str] = field(default_factory=dict, compare=False, init=False)

    def __post_init__(self) -> None:
        """Refuse a token that is not a number, a colon and a secret, since it is put into a path."""
        if _TOKEN.fullmatch(self.token) is None:
            raise SettingsWrong("COMPLAINT_BOT_TOKEN: this is no bot token, copy it again from BotFather")

    def __repr__(self) -> str:
        """Without the token."""
        return f"<Address {self.api_url}>"

    @property
    def bot_id(self) -> int:
        """The bot's own user id: the part of the token before the colon."""
        return int(self.token.partition(":")[0])

    def method(self, name: str) -> str:
        """The address of a method."""
        url = self._methods.get(name)
        if url is None:
            url = self._methods[name] = f"{self.api_url.rstrip('/')}/bot{self.token}/{name}"
        return url

    def file(self, path: str) -> str:
        """The address of a file."""
        return f"{self.api_url.rstrip('/')}/file/bot{self.token}/{quote(path)}"

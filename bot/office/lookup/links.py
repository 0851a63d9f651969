"""Signs and reads start links with the brand's keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog

from bot.complaint.errors import SettingsWrong
from bot.complaint.links import Link
from bot.policy.links import Keys, LinkRules, keys_from, read, sign

OURS: Final = frozenset({"", "group"})
"""Unsigned words after `start=` that bring nothing along, and are no attempt at anything."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Links:
    """Signs and reads links of this brand."""

    keys: Keys = field(default_factory=lambda: Keys({}))
    values: Mapping[str, str] = field(default_factory=dict)

    def read(self, payload: str) -> Link | None:
        """The content of a payload; None if it is not ours. Its words are not logged."""
        if payload in OURS:
            return None
        found = read(payload, self.keys, self.values)
        if found is None:
            _log.info("start_link_unknown", length=len(payload))
        return found

    def sign(self, link: Link) -> str:
        """The payload that says this.

        Raises:
            LinkTooLong: it does not fit.
            SettingsWrong: there is nothing to sign with.
        """
        if not self.keys.known:
            raise SettingsWrong(
                "There is nothing to sign links with. Set COMPLAINT_BOT_TOKEN, or name a file of keys in the "
                "brand file: [links] keys."
            )
        return sign(link, self.keys, self.values)


def open_links(rules: LinkRules, token: str | None) -> Links:
    """The links of a brand.

    Raises:
        SettingsWrong: the file of keys cannot be used.
    """
    lines: list[str] = []
    try:
        if rules.keys:
            lines = Path(rules.keys).read_text(encoding="utf-8").splitlines()
        return Links(keys_from(lines, token), rules.values)
    except OSError as wrong:
        raise SettingsWrong(
            f"COMPLAINT_BOT_BRAND: links.keys: {rules.keys} cannot be read ({wrong.strerror}). "
            "Name an existing file with one secret a line."
        ) from None
    except ValueError as wrong:
        raise SettingsWrong(f"COMPLAINT_BOT_BRAND: links.keys: {rules.keys}: {wrong}.") from None

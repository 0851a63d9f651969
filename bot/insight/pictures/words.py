"""The words of pictures, passed in, in the language of the reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

_SPANS: Final = (("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1))
_WHOLE_FROM: Final = 10
"""From here on a span is told without a fraction."""
PERCENT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Texts by key, with `{fields}` in them, and names of values by group."""

    texts: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    currency: str = ""
    """The sign of the brand's currency."""

    def say(self, key: str, **fields: object) -> str:
        """A text with its fields.

        Raises:
            KeyError: nobody gave it.
        """
        return self.texts[key].format_map(fields)

    def name(self, group: str, key: object) -> str:
        """What a value is called; a value that nobody named is called as it is."""
        return self.names.get(group, {}).get(str(key), str(key))

    def span(self, seconds: float) -> str:
        """A length of time in the one unit that tells it best."""
        unit, size = next((one for one in _SPANS if seconds >= one[1]), _SPANS[-1])
        count = seconds / size
        whole = count >= _WHOLE_FROM or unit == "seconds" or round(count, 1) == int(round(count, 1))
        text = f"{count:.0f}" if whole else f"{count:.1f}"
        key = f"{unit}_one" if text == "1" and f"{unit}_one" in self.texts else unit
        return self.say(key, n=text)

    def days(self, first: date, last: date) -> str:
        """From one day to another; a single day alone."""
        if first == last:
            return self.day(first)
        return self.say("from_to", first=self.day(first), last=self.day(last))

    def day(self, one: date) -> str:
        """A day without its year."""
        return self.say("day", day=one.day, month=self.name("month", one.month))

    def money(self, cents: float) -> str:
        """An amount, without cents."""
        return f"{self.currency}{cents / 100:,.0f}"


def share(part: float) -> str:
    """A share as whole percent; 99.6 % is not shown as 100 %."""
    shown = round(part * PERCENT)
    if shown == PERCENT and part < 1:
        shown = PERCENT - 1
    if shown == 0 and part > 0:
        return "<1%"
    return f"{shown}%"


def whole(number: float) -> str:
    """A count with its thousands."""
    return f"{number:,.0f}"


def few(number: float) -> str:
    """A rate: one digit behind the point below ten."""
    return f"{number:,.1f}" if abs(number) < _WHOLE_FROM and number != int(number) else f"{number:,.0f}"

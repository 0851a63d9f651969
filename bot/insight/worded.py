"""Formats figures: durations, sums, shares, and samples that are too small to show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from bot.insight.frame import Figure, Unit
from bot.insight.told import Cell, Change, Name, Part

_SPANS: Final = (("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1))
_WHOLE_FROM: Final = 10
_MUCH: Final = 100
_LARGE: Final = 100_000
"""Cents: from 1,000 on nobody asks for them."""
_NEARLY: Final = 0.0005
PERCENT: Final = 100
_POINTS: Final = {Unit.SHARE: 100.0, Unit.PERCENT: 1.0, Unit.POINTS: 1.0}
"""How many percentage points one of these units is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one language."""

    groups: Mapping[str, Mapping[str, str]]
    """Words by group and key; `texts` have `{fields}`."""
    currency: str = ""
    special: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """Groups whose names come from elsewhere: products, colleagues."""

    _tellers: ClassVar[Mapping[Unit, Callable[["Wording", float], str]]] = {
        Unit.SHARE: lambda _, exact: _percent(exact),
        Unit.PERCENT: lambda _, exact: _percent(exact / PERCENT),
        Unit.POINTS: lambda _, exact: f"{exact:+.0f}",
        Unit.SECONDS: lambda self, exact: self.span(exact),
        Unit.CENTS: lambda self, exact: self.money(exact),
        Unit.CENTS_PER_CASE: lambda self, exact: self.money(exact),
        Unit.TIMES: lambda _, exact: f"× {exact:.2f}",
        Unit.COUNT: lambda _, exact: f"{exact:,.0f}",
    }

    def say(self, key: str, **fields: object) -> str:
        """A text with its fields.

        Raises:
            KeyError: there is none.
        """
        return self.groups["texts"][key].format_map(fields)

    def name(self, group: str, key: str) -> str:
        """What a value is called; one without a word as it is."""
        if not key:
            return self.say("unnamed")
        if group in self.special:
            return self.special[group](key)
        name = self.groups.get(group, {}).get(key, key)
        return name[:1].upper() + name[1:]

    def column(self, key: str) -> str:
        """The head of a column."""
        group, dot, of = key.partition(".")
        return self.name(group, of) if dot else self.name("column", key)

    def cell(self, cell: Cell) -> str:
        """What stands in a cell; of a figure what it amounts to."""
        match cell:
            case Name():
                return self.name(cell.group, cell.key)
            case Figure():
                return self.figure(cell)
            case Change():
                return self.change(cell)
            case Part():
                return _percent(cell.share)
        return self._plain(cell)

    def _plain(self, cell: str | float | None) -> str:
        if cell is None:
            return self.say("nothing")
        if isinstance(cell, bool):
            return self.say("yes" if cell else "no")
        return cell if isinstance(cell, str) else f"{cell:,.0f}"

    def figure(self, figure: Figure) -> str:
        """A figure as text, or that its sample is too small."""
        if figure.exact is None:
            return self.say("nothing")
        if figure.hidden:
            return self.say("too_few")
        told = self._amount(figure.exact, figure.unit)
        return f"≈ {told}" if figure.estimate else told

    def _amount(self, exact: float, unit: Unit) -> str:
        tell = self._tellers.get(unit)
        if tell is not None:
            return tell(self, exact)
        return f"{exact:,.1f}" if abs(exact) < _MUCH else f"{exact:,.0f}"

    def span(self, seconds: float) -> str:
        """A length of time in the one unit that tells it best."""
        unit, size = next((one for one in _SPANS if seconds >= one[1]), _SPANS[-1])
        count = seconds / size
        whole = count >= _WHOLE_FROM or unit == "seconds" or round(count, 1) == round(count)
        return self.say(unit, n=f"{count:.0f}" if whole else f"{count:.1f}")

    def money(self, cents: float) -> str:
        """A sum in the brand's currency."""
        return (
            f"{self.currency}{cents / 100:,.0f}"
            if abs(cents) >= _LARGE
            else f"{self.currency}{cents / 100:,.2f}"
        )

    def change(self, change: Change) -> str:
        """The change from the period before: shares in points, everything else in percent."""
        now, before = change.now, change.before
        if before is None or now.value is None or before.value is None:
            return ""
        if now.unit in _POINTS:
            points = (now.value - before.value) * _POINTS[now.unit]
            return (
                self.say("points", n=f"{points:+.1f}")
                if abs(points) >= _NEARLY * PERCENT
                else self.say("same")
            )
        if not before.value:
            return self.say("new") if now.value else ""
        grown = now.value / before.value - 1
        return f"{grown:+.0%}" if abs(grown) >= _NEARLY * _WHOLE_FROM else self.say("same")


def _percent(share: float) -> str:
    """What is not quite all is not called all, and what is something is not called nothing."""
    if 0 < abs(share) < _NEARLY:
        return "<0.1%"
    if share in (0, 1):
        return f"{share:.0%}"
    text = f"{share:.1%}"
    return "99.9%" if text == "100.0%" and share < 1 else text

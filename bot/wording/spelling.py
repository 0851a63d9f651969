"""Template filters that format values: money, times, lists, quotations, phone numbers."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from bot.complaint.evolving import replace
from bot.complaint.moments import aware
from bot.wording.lexicon import Lexicon
from bot.wording.voice import Voice

_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "¥", "TWD": "NT$", "SGD": "S$"}
_SHOUTED = 4
"""Letters from which a word in capitals is a shout, and no name such as TV."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOBILE = re.compile(r"(?:\+?86)?(1\d{2})(\d{4})(\d{4})")
_CUT_WORD = re.compile(r" [a-zA-Z0-9'’-]+$")
_ENDING = "。．.!！?？~～,，、;； "


@dataclass(frozen=True, slots=True)
class Spelling:
    """The filters of one language. Its words (weekdays, "today", "and") come from the lexicon."""

    lexicon: Lexicon
    voice: Voice
    away: bool = False
    """The reader's time zone differs from the brand's."""

    def filters(self) -> dict[str, Callable[..., object]]:
        """Every filter by the name that templates use."""
        return {
            "money": self.money,
            "amount": self.amount,
            **self._of_time(),
            "listing": self.listing,
            "inline": self.inline,
            "together": self.together,
            "either": self.either,
            "quote": self.quote,
            "lines": lines,
            "upfirst": upfirst,
            "lowfirst": lowfirst,
            "phone": phone,
            "masked": masked,
            "term": lambda key, group: self.lexicon.term(group, key),
            "named": self.named,
            "team": lambda name: self.named(name, "teams"),
            "remedy": lambda kind: self.lexicon.term("remedy", kind),
            "remedies": lambda kinds: self._grammar("plus").join(
                self.lexicon.term("remedy", one) for one in kinds
            ),
            "goodwill": lambda key: self.named(key, "goodwill"),
            "promised": self.promised,
            "given": lambda _value: "",
            "option": self.option,
            "mark": lambda number: self._mark(int(number) - 1).strip(),
            "number": lambda value: f"{value:g}",
            "brief": self.brief,
            "worded": pass_context(
                lambda context, things, group: self.worded(things, group, now_in(context))
            ),
        }

    def _of_time(self) -> dict[str, Callable[..., object]]:
        """The filters for times, in the reader's time zone."""
        return {
            "day_time": pass_context(
                lambda context, moment: self.there(context).day_time(moment, now_in(context))
            ),
            "clock_in": lambda moment, zone: self.there({"zone": zone}).clock(moment),
            "full_time": self.day_time,
            "day": self.day,
            "clock": self.clock,
            "window": pass_context(
                lambda context, start, end: self.there(context).window(start, end, now_in(context))
            ),
        }

    def money(self, cents: int) -> str:
        """An amount in `Cents`: ¥89, ¥1,299.50."""
        return self.amount(cents / 100)

    def amount(self, units: float, currency: str | None = None) -> str:
        """An amount in whole units of a currency; without one, of the brand's."""
        code = currency or self.voice.currency
        digits = f"{abs(units):,.2f}".removesuffix(".00")
        return ("-" if units < 0 else "") + _SIGNS.get(code, f"{code} ") + digits

    def day_time(self, moment: datetime, now: datetime | None = None) -> str:
        """A moment in the brand's zone, with "today" and "tomorrow" if the present is known; midnight ends a day."""
        if self.clock(moment) == "0:00":
            return self._timed(moment - timedelta(minutes=1), "24:00", now)
        return self._timed(moment, self.clock(moment), now)

    def day(self, when: datetime | date | str) -> str:
        """The day alone. Text that is no date in ISO form is left as it is."""
        if isinstance(when, str):
            found = _iso_day(when)
            return when if found is None else self._dated("date", found, "")
        return self._dated("date", self._local(when).date() if isinstance(when, datetime) else when, "")

    def clock(self, moment: datetime) -> str:
        """The time of day alone: 9:05, 15:32."""
        local = self._local(moment)
        return f"{local.hour}:{local:%M}"

    def window(self, start: datetime, end: datetime, now: datetime | None = None) -> str:
        """A span on one day: 7月2日(周三)9:30–10:30."""
        return self._timed(start, f"{self.clock(start)}–{self.clock(end)}", now)

    def written(self, moment: datetime) -> str:
        """A moment with its year, for records."""
        return f"{self._local(moment):%Y-%m-%d %H:%M}"

    def listing(self, items: Sequence[object]) -> Markup:
        """A numbered line for each."""
        marked = [Markup("{}{}").format(self._mark(index), upfirst(item)) for index, item in enumerate(items)]
        return Markup("<br>").join(marked)

    def inline(self, items: Sequence[object]) -> str:
        """Numbered, in one line."""
        marked = [f"{self._mark(index)}{str(item).rstrip(_ENDING)}" for index, item in enumerate(items)]
        return self._grammar("between").join(marked)

    def together(self, items: Sequence[object]) -> str:
        """A list as one phrase: a、b和c."""
        return self._phrase(items, "and")

    def either(self, items: Sequence[object]) -> str:
        """Alternatives as one phrase: a、b或c."""
        return self._phrase(items, "or")

    def quote(self, text: str, most: int = 40) -> str:
        """The complainant's words in quotation marks: one line, shortened, safe."""
        opening, closing = self._grammar("quote_open"), self._grammar("quote_close")
        words = harmless(text)
        for mark in (opening, closing, '"'):
            words = words.replace(mark, "'")
        return f"{opening}{shortened(words.rstrip(_ENDING), most)}{closing}"

    def named(self, key: object, *groups: str) -> str:
        """The word for a value, from the first of these groups that has one; else the value itself."""
        return next((self.lexicon.term(one, key) for one in groups if self.lexicon.has(one, key)), str(key))

    def promised(self, name: object) -> str:
        """The word for what is promised; what has none are a colleague's own words, and stands in quotation marks."""
        return self.quote(word) if (word := self.named(name, "promise", "remedy")) == str(name) else word

    def option(self, option: Mapping[str, object]) -> str:
        """An option as a phrase: its `kinds`, and any extra."""
        kinds = option.get("kinds") or [option.get("kind")]
        rows = [{**option, "kind": kind} for kind in kinds] if isinstance(kinds, Sequence) else [option]
        return upfirst(self._grammar("on_top").join(self.worded(rows, "options")))

    def brief(self, text: str | Sequence[str], most: int = 30) -> str | list[str]:
        """The complainant's words, or each of their points, in one short harmless line."""
        if not isinstance(text, str):
            return [shortened(harmless(one).rstrip(_ENDING), most) for one in text]
        return shortened(harmless(text).rstrip(_ENDING), most)

    def worded(self, things: object, group: str, now: datetime | None = None) -> list[str]:
        """The phrases for these things (offers, agreement items, promises), by their `kind`."""
        rows = [things] if isinstance(things, Mapping) else things
        if not isinstance(rows, Sequence):
            raise TypeError(f"{group}: these are no things to word: {things!r}")
        return [line for row in rows for line in self.lexicon.worded(row, group, self.spell(now))]

    def spell(self, now: datetime | None) -> dict[str, Callable[..., object]]:
        """The same formats outside a template, for a given moment."""
        return {
            **self.filters(),
            "day_time": lambda moment: self.day_time(moment, now),
            "window": lambda times: self.window(times[0], times[1], now),
            "clock": self.clock,
        }

    def _phrase(self, items: Sequence[object], last: str) -> str:
        words = [str(item).rstrip(_ENDING) for item in items]
        if len(words) < 2:  # noqa: PLR2004 - one thing needs no joining
            return "".join(words)
        return self._grammar("comma").join(words[:-1]) + self._grammar(last) + words[-1]

    def _mark(self, index: int) -> str:
        if self._grammar("marks") == "circled" and index < len(_CIRCLED):
            return _CIRCLED[index]
        return f"{index + 1}. "

    def there(self, context: Context | Mapping[str, object]) -> "Spelling":
        """The format in the reader's own time zone, if the fields name one, and marked as such."""
        zone = context.get("zone")
        if not isinstance(zone, str) or zone == self.voice.zone:
            return self
        return replace(self, voice=replace(self.voice, zone=zone), away=True)

    def _timed(self, moment: datetime, time: str, now: datetime | None) -> str:
        day = self._local(moment).date()
        today = self._local(now).date() if now is not None else None
        form = "date_time"
        if today == day:
            form = "today"
        elif today is not None and day - today == timedelta(days=1):
            form = "tomorrow"
        elif today is not None and today.year != day.year:
            form = "year_date_time"
        return self._dated(form, day, time) + (self._grammar("there") if self.away else "")

    def _dated(self, form: str, day: date, time: str) -> str:
        weekdays, months = (
            self.lexicon.terms_for("calendar", "weekdays"),
            self.lexicon.terms_for("calendar", "months"),
        )
        return self.lexicon.term("calendar", form).format(
            year=day.year,
            month=months[day.month - 1],
            day=day.day,
            weekday=weekdays[day.weekday()],
            time=time,
        )

    def _grammar(self, key: str) -> str:
        return self.lexicon.term("grammar", key)

    def _local(self, moment: datetime) -> datetime:
        return aware(moment).astimezone(self.voice.clock())


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def harmless(text: str) -> str:
    """One line without control or direction-changing characters."""
    shown = "".join(
        " " if sign.isspace() else sign for sign in text if sign.isspace() or not _is_hidden(sign)
    )
    return " ".join(shown.split())


def shortened(text: str, most: int) -> str:
    """The text in at most so many code points, the last of them an ellipsis if something is left out."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    cut = _CUT_WORD.search(kept) if text[most - 1 : most].isalnum() else None
    # no word is cut in two, unless hardly anything would be left
    whole = kept[: cut.start()] if cut is not None and cut.start() > most // 2 else kept
    return whole.rstrip(_ENDING) + "…"


def upfirst(text: object) -> str:
    """The text with its first letter in upper case."""
    words = str(text)
    return words[:1].upper() + words[1:]


def lowfirst(text: object) -> str:
    """The text as it stands inside a sentence: without the capital that began their message, and not shouted."""
    words = str(text)
    if words.isascii() and words.isupper() and len(words) >= _SHOUTED:
        return words.lower()
    plain = words.isascii() and words[1:].islower()
    return words[:1].lower() + words[1:] if plain else words


def lines(text: str) -> Markup:
    """Text whose own line ends are kept."""
    return Markup("<br>").join(escape(line) for line in str(text).splitlines())


def phone(number: str) -> str:
    """A mobile number in the groups in which it is read aloud: 138 1234 5678."""
    found = _MOBILE.fullmatch(number.replace(" ", "").replace("-", ""))
    return " ".join(found.groups()) if found else number


def masked(number: str) -> str:
    """A number of which only the ends can be read: 138****5678."""
    digits = number.replace(" ", "").replace("-", "")
    kept = 3 if len(digits) >= 9 else 1  # noqa: PLR2004 - shorter numbers would show too much
    return f"{digits[:kept]}****{digits[-4:] if kept > 1 else digits[-1:]}"


def now_in(context: Context | Mapping[str, object]) -> datetime | None:
    """The moment of speaking, if the fields hold it."""
    found = context.get("now")
    return found if isinstance(found, datetime) else None


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") and sign != "\u200d"

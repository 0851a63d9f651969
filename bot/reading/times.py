"""Parses times as colleagues type them: "明天10-11", "7月3日14:00-16:00", "周五下午3点", "in 2 hours"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.reading.grammar import form

_WHEN, _AFTER = form("when"), form("after_a_while")
_DAYS: Final = {"今": 0, "明": 1, "后": 2, "大": 3, "toda": 0, "toni": 0, "tomo": 1}
_WEEKDAYS: Final = {
    **{sign: number for number, sign in enumerate("一二三四五六")}, "日": 6, "天": 6,
    **{name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HAN: Final = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
_LATE: Final = ("下午", "午后", "傍晚", "晚", "晚上", "afternoon", "evening", "night")
_EARLY: Final = ("上午", "早", "早上", "凌晨", "morning")
_GONE: Final = re.compile(r"(?:昨[天日晚]|前[天日晚]|yesterday(?: at)?)\s*\Z")
"""A day that is over, before an hour: that is none of today's."""
_NOON: Final = 12
_LAST_BARE: Final = 6
"""A bare 1 to 6 o'clock is in the afternoon: nobody is called at three at night."""
_WEEK: Final = 7
_FOLD: Final = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFF10, 0xFF1A), 0xFF1A, 0xFF0F, 0xFF0D, 0xFF5E, 0xFF0C)
} | dict.fromkeys(map(ord, "–—−"), "-")
"""Full width digits and signs, one for one, so that what is left over stays as it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A moment or a span, and the text without the words for it."""

    ends: datetime
    rest: str
    begins: datetime | None = None
    whole_day: bool = False
    """Only the day was named: `ends` is its closing time."""


def read_when(text: str, now: datetime, closes: time = time(18)) -> When | None:
    """The first future time in a text; None if there is none, or it is ambiguous.

    `now` is in the zone in which the text was written. A day without a time ends when the desk `closes`; a
    time without a day is today's.
    """
    folded = text.translate(_FOLD).lower()
    while_ = _AFTER.search(folded)
    if while_ is not None and _length(while_):
        return When(ends=now + _length(while_), rest=_without(text, while_))
    for found in _WHEN.finditer(folded):
        when = _moment(found, now, closes) if found[0].strip() else None
        if when is not None and when[1] > now and not _GONE.search(folded[: found.start()]):
            begins, ends, whole = when
            return When(begins=begins, ends=ends, rest=_without(text, found), whole_day=whole)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A time where it stands in a text, whether it lies ahead or has gone by."""

    found: re.Match[str]
    ends: datetime
    clock: bool
    """An hour was named, not a day or a while alone."""


def times_named(folded: str, now: datetime, closes: time) -> Iterator[Named]:
    """Every time in a text that is in half width and lower case already, in the order of its kinds."""
    for found in _AFTER.finditer(folded):
        if _length(found):
            yield Named(found=found, ends=now + _length(found), clock=False)
    for found in _WHEN.finditer(folded):
        when = _moment(found, now, closes) if found[0].strip() else None
        if when is not None:
            yield Named(found=found, ends=when[1], clock=not when[2])


def _without(text: str, found: re.Match[str]) -> str:
    parts = (text[: found.start()].strip(), text[found.end() :].strip(" ,，。；;"))
    return " ".join(one for one in parts if one)


def _length(found: re.Match[str]) -> timedelta:
    said = found["count"] or found["count_en"] or ""
    unit = found["unit"] or found["unit_en"] or ""
    count = 0.5 if said in ("半", "half an") else 1 if said in ("a", "an") else number_of(said)
    if unit.startswith(("分", "min")):
        return timedelta(minutes=count)
    return timedelta(hours=count) if unit.startswith(("小", "hour")) else timedelta(days=count)


def number_of(said: str) -> int:
    """A number of one or two digits, in figures or in Chinese."""
    if said.isdigit():
        return int(said)
    tens, _, ones = said.rpartition("十")
    return (_HAN.get(tens, 1) * 10 if "十" in said else 0) + _HAN.get(ones, 0)


def _moment(
    found: re.Match[str], now: datetime, closes: time
) -> tuple[datetime | None, datetime, bool] | None:
    day = _day(found, now.date())
    timed = found["hour"] is not None or found["hour_zh"] is not None
    if not timed:
        return None if day is None else (None, datetime.combine(day, closes, now.tzinfo), True)
    span = found["hour2"] is not None or found["hour_zh2"] is not None
    if not _sure(found, named_day=day is not None, span=span):
        return None
    late = _late(found)
    first = _clock(found, "", late=late)
    last = (
        _clock(found, "2", late=late if found["part2"] is None else found["part2"] in _LATE) if span else None
    )
    if first is None or (span and last is None):
        return None
    on = day or now.date()
    begins = datetime.combine(on, first, now.tzinfo)
    if last is None:
        return None, begins, False
    ends = datetime.combine(on, last, now.tzinfo)
    return (begins, ends, False) if begins < ends else None


def _sure(found: re.Match[str], *, named_day: bool, span: bool) -> bool:
    """Bare figures are a time only behind a day, and only as a span: "tomorrow 10-11", never "tomorrow 2"."""
    said = found["minute"] or found["mark"] or found["part"] or found["minute2"] or found["mark2"]
    return bool(said) or (named_day and span)


def _late(found: re.Match[str]) -> bool | None:
    """Whether it is said that this is after noon; None when it is not said."""
    rel = found["rel"] or ""
    if found["part"] in _LATE or rel in ("今晚", "明晚", "tonight"):
        return True
    return False if found["part"] in _EARLY or rel in ("今早", "明早") else None


def _clock(found: re.Match[str], which: str, *, late: bool | None) -> time | None:
    han = found[f"hour_zh{which}"]
    hour = number_of(han or found[f"hour{which}"])
    minute = int(found[f"minute{which}"] or found[f"minute_zh{which}"] or 0)
    minute = 30 if found[f"half{which}"] else 15 if found[f"quarter{which}"] else minute
    marked = found[f"ampm{which}"] or (found["ampm2"] if not which else None)
    if marked is not None:
        late = marked == "pm"
    bare = late is None and 0 < hour <= _LAST_BARE and not (found[f"hour{which}"] or "").startswith("0")
    if hour < _NOON and (late or bare):
        hour += _NOON
    if marked == "am" and hour == _NOON:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a day's hours


def _day(found: re.Match[str], today: date) -> date | None:
    rel = found["rel"]
    if rel is not None:
        return today + timedelta(days=_DAYS[rel[:1] if rel[:1] in _DAYS else rel[:4]])
    weekday = found["weekday"] or found["weekday_en"]
    if weekday is not None:
        return _next_weekday(today, _WEEKDAYS[weekday], following=found["next"] is not None)
    return _dated(found, today)


def _next_weekday(today: date, weekday: int, *, following: bool) -> date:
    """This week's, or the next one's when it is said so or gone by."""
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=weekday + (_WEEK if following else 0))
    return day if day >= today else day + timedelta(days=_WEEK)


def _dated(found: re.Match[str], today: date) -> date | None:
    month_en = found["month_en"] or found["month_en2"]
    month = _MONTHS.index(month_en) + 1 if month_en else int(found["y_month"] or found["month"] or 0)
    number = int(
        found["y_day"] or found["day"] or found["day_en"] or found["day_en2"] or found["only_day"] or 0
    )
    if not number:
        return None
    try:
        if not month:
            here = today.replace(day=number)
            return here if here >= today else _month_later(here)
        day = date(int(found["year"] or today.year), month, number)
        return day.replace(year=day.year + 1) if day < today and not found["year"] else day
    except ValueError:
        return None


def _month_later(day: date) -> date:
    return day.replace(year=day.year + 1, month=1) if day.month == 12 else day.replace(month=day.month + 1)  # noqa: PLR2004

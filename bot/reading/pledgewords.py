"""Finds dated promises in what a colleague writes to a customer: "今天18:00前给您答复", "I'll call you by 6 pm".

Better one too few than one too many: questions, duties of the customer, the past, conditions, opening hours, quotes
and whatever is only hoped for bind nobody.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from bot.complaint.evolving import replace
from bot.reading.times import Named, number_of, times_named

MOST: Final = 3
"""Promises that one message makes; whoever lists more writes a plan."""
LONGEST: Final = 2_000
"""Characters of a message that are read."""
ABOUT: Final = timedelta(minutes=30)
"""Around three is kept until half past."""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LAST_MINUTE: Final = time(23, 59)
_TIME: Final = "〇"
_DASHES: Final = dict.fromkeys(map(ord, "–—−"), "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A dated promise: its words, and until when it binds."""

    words: str
    sort: str
    """`call`, `visit`, `money`, `goods` or `other`."""
    due: datetime | None = None
    """None where working days count."""
    working_days: int = 0
    limit: bool = False
    """The time was told as the last one: before it, by it, within it."""
    daily: bool = False
    """It was promised for every day: this is the first time."""


class _Clause(NamedTuple):
    """A part of a sentence, with what is known of its time."""

    words: str
    rest: str
    """In half width and lower case, without courtesies and quotes, with a sign where its time stood."""
    due: datetime | None
    days: int
    relative: bool
    limit: bool = False

    @property
    def timed(self) -> bool:
        return self.due is not None or self.days > 0


def pledges_in(text: str, now: datetime, closes: time = time(18)) -> tuple[Pledge, ...]:
    """The dated promises in a message, in order; a time that has gone by is given as it was written.

    `now` is in the zone in which the text was written; a day without an hour ends when the desk `closes`.

    >>> from datetime import UTC
    >>> [one.words for one in pledges_in("查过了。明天给您回电话，请放心", datetime(2026, 7, 1, 10, tzinfo=UTC))]
    ['明天给您回电话']
    """
    found: list[Pledge] = []
    for sentence in _pattern("parts", "sentence").split(_unquoted(text[:LONGEST])):
        found += _in_sentence(sentence, now, closes)
    return tuple(found[:MOST])


def _unquoted(text: str) -> str:
    return _pattern("parts", "quoted").sub("“”", text)


def _in_sentence(sentence: str, now: datetime, closes: time) -> Iterator[Pledge]:
    tongue = "zh" if _HAN.search(sentence) else "en"
    folded = _fold(sentence)
    if not _matches("hint", folded):
        return
    if _pattern(tongue, "asks").search(folded) or _hangs(tongue, folded):
        return
    clauses: list[_Clause] = []
    for part in _clauses(sentence):
        day = next((one.due for one in reversed(clauses) if one.due), None)
        clauses.append(_clause(part, tongue, now, closes, day))
    seen: set[tuple[str, datetime | None, int]] = set()
    for place, one in enumerate(clauses):
        if not one.timed:
            continue
        with_next = place + 1 if place + 1 < len(clauses) and not clauses[place + 1].timed else None
        parts = _speaking(clauses, place, with_next, tongue)
        if parts:
            words = sentence[sentence.find(parts[0].words) :]
            last = parts[-1].words
            words = words[: words.find(last) + len(last)]
            made = _pledge(words.strip(" ，,。.!！;；\n"), one)
            if (made.sort, made.due, made.working_days) not in seen:
                seen.add((made.sort, made.due, made.working_days))
                yield made


def _speaking(clauses: list[_Clause], place: int, with_next: int | None, tongue: str) -> tuple[_Clause, ...]:
    """The clauses that make the promise whose time stands at `place`; empty if nothing does.

    What is done stands beside its time, in the clause after it, or before a time that stands alone.
    """
    one = clauses[place]
    if not _free(one, tongue):
        return ()
    if _does(one, tongue):
        return (one,)
    alone = _pattern("parts", "bare").match(one.rest)
    if (
        alone
        and with_next is not None
        and _free(clauses[with_next], tongue)
        and _does(clauses[with_next], tongue)
    ):
        return (one, clauses[with_next])
    before = clauses[place - 1] if place else None
    if alone and before and not before.timed and _free(before, tongue) and _does(before, tongue):
        return (before, one)
    return ()


def _does(clause: _Clause, tongue: str) -> bool:
    return _pattern(tongue, "deed").search(" ".join(clause.rest.replace(_TIME, " ").split())) is not None


def _free(clause: _Clause, tongue: str) -> bool:
    """Whether nothing in it says that it binds nobody, or the customer."""
    if _pattern(tongue, "block").search(clause.rest):
        return False
    if tongue == "en":
        return True
    waits = clause.relative and _pattern("zh", "after").search(clause.rest) is not None
    return not waits and _pattern("zh", "theirs").search(clause.rest) is None


def _hangs(tongue: str, folded: str) -> bool:
    """Whether a condition stands in the sentence, other than the courtesy of telling of what might come between."""
    without = _pattern(tongue, "harmless").sub("", folded)
    return _pattern(tongue, "condition").search(without) is not None


def _pledge(words: str, clause: _Clause) -> Pledge:
    sort, daily = sort_of(words), _matches("daily", _fold(clause.words))
    due, days = clause.due, clause.days
    return Pledge(words=words, sort=sort, due=due, working_days=days, limit=clause.limit, daily=daily)


def sort_of(words: str) -> str:
    """Which sort of promise these words make: the same one said twice is one."""
    folded = _fold(words)
    return next((one for one in _tables()["sorts"] if _pattern("sorts", one).search(folded)), "other")


# -- clauses and their times


def _clauses(sentence: str) -> list[str]:
    joined = _pattern("parts", "joined").sub("\x00", sentence)
    return [one.replace("\x00", ",") for one in _pattern("parts", "clause").split(joined) if one]


def _clause(words: str, tongue: str, now: datetime, closes: time, before: datetime | None) -> _Clause:
    folded = _pattern(tongue, "courtesy").sub("", _fold(words)).replace(_TIME, "")
    folded = _in_plain_times(folded, now, closes)
    working = _pattern("parts", "working").search(folded)
    if working is not None:
        rest = folded[: working.start()] + _TIME + folded[working.end() :]
        return _Clause(words, rest, None, number_of(working["days"]), relative=True, limit=True)
    roughly = _matches("about", folded)
    folded = _pattern("parts", "about").sub("", folded)
    times = [one for one in times_named(folded, now, closes) if _is_sure(one, folded)]
    if not times:
        return _Clause(words, folded, None, 0, relative=False)
    last = _until_midnight(_latest(times, before), now)
    rest = folded
    for one in sorted(times, key=lambda one: one.found.start(), reverse=True):
        sign = f"{_TIME}的" if one.found[0].endswith("的") else _TIME
        rest = rest[: one.found.start()] + sign + rest[one.found.end() :]
    due = last.ends + (ABOUT if roughly and last.clock else timedelta())
    if due <= now and _matches("daily", _fold(words)):
        due += timedelta(days=1)
    limit = last.found[0].endswith(("前", "内")) or _matches("limit", folded[: last.found.end()])
    return _Clause(words, rest, due, 0, "hour" not in last.found.re.groupindex, limit)


def _until_midnight(one: Named, now: datetime) -> Named:
    """Today, said after the desk has closed, is the rest of the day."""
    over = not one.clock and one.ends <= now and one.ends.date() == now.date()
    return replace(one, ends=datetime.combine(now.date(), _LAST_MINUTE, now.tzinfo)) if over else one


def _latest(times: list[Named], before: datetime | None) -> Named:
    """The last of several times; an hour is one of the day that is named with it, or `before` it."""
    days = [one for one in times if _names_day(one) and not one.clock]
    hours = [one for one in times if one.clock and not _names_day(one)]
    day = days[-1].ends if days else before
    if not hours or day is None:
        return max(times, key=lambda one: one.ends)
    hour = hours[-1]
    ends = datetime.combine(day.date(), hour.ends.timetz())
    return replace(hour, ends=ends)


def _names_day(one: Named) -> bool:
    return "hour" in one.found.re.groupindex and any(one.found[name] for name in _DAYS_NAMED)


def _is_sure(one: Named, folded: str) -> bool:
    """A number or a piece of a word that only might be a time is none."""
    found, groups = one.found, one.found.re.groupindex
    if "hour" not in groups:
        return True
    before, behind = folded[: found.start()], folded[found.end() :]
    bound = found[0].endswith("前") or _matches("since", before) or _matches("until", behind)
    weekday = found["weekday_en"] is not None and "day" not in found[0][:10]
    month = found["month_en"] or found["month_en2"]
    named = re.search(r"[a-z]+", found[0]) if month else None
    if before[-1:].isascii() and before[-1:].isalpha():
        return False
    if named is not None and not _matches("month", named[0]):
        return False
    if weekday and not _matches("weekday", before):
        return False
    slash = found["month"] is not None and "/" in found[0]
    bare_day = (found["only_day"] is not None or slash) and not one.clock
    bare_hour = one.clock and not _names_day(one) and not found["part"]
    spans = found["hour2"] is not None and found["minute"] is not None
    return bool(bound or spans) if bare_day or bare_hour else True


_DAYS_NAMED: Final = ("rel", "weekday", "weekday_en", "y_day", "day", "day_en", "day_en2", "only_day")


def _matches(name: str, text: str) -> bool:
    return _pattern("parts", name).search(text) is not None


def _in_plain_times(folded: str, now: datetime, closes: time) -> str:
    """The same with parts of days, weeks and the end of the day as days and hours."""
    numbers = _tables()["numbers"]
    folded = _pattern("parts", "number").sub(lambda found: str(numbers[found[1]]), folded)
    days = _days(now, closes)
    for says, form in _rewrites():
        for found in reversed(list(says.finditer(folded))):
            plain = _filled(found.expand(form), days)
            folded = folded[: found.start()] + plain + folded[found.end() :]
    return folded


def _days(now: datetime, closes: time) -> dict[str, str]:
    sunday = now.date() + timedelta(days=6 - now.weekday())
    next_month = (now.date().replace(day=28) + timedelta(days=4)).replace(day=1)
    return {
        "{closes}": closes.strftime("%H:%M"),
        "{sunday}": sunday.isoformat(),
        "{next_sunday}": (sunday + timedelta(days=7)).isoformat(),
        "{month_end}": (next_month - timedelta(days=1)).isoformat(),
    }


def _filled(form: str, days: dict[str, str]) -> str:
    for name, day in days.items():
        form = form.replace(name, day)
    return form


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().translate(_DASHES)


@cache
def _rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(one["says"]), one["as"]) for one in _tables()["rewrite"])


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    written = str(_tables()[table][name])
    return re.compile("".join(line.strip("\n") for line in written.splitlines()))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "pledgewords.toml").read_text(encoding="utf-8"))

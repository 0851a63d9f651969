"""Parses an official notice as a colleague types it: its kind, sender, number and days."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from bot.complaint.notices import NoticeKind
from bot.reading.deskwords import notice_called
from bot.reading.logwords import reference_in

_EDGES = " \t\n,，、;；:：|｜"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """The parts of a notice; a missing one is None or empty."""

    kind: NoticeKind | None = None
    authority: str = ""
    ref: str = ""
    received: date | None = None
    named: date | None = None


def notice_words(text: str, today: date) -> NoticeWords:
    """The parts of a line such as "调解 浦东市监局 编号 2026-118 6月29日". Days without a year are the nearest ones."""
    ref, text = reference_in(text)
    received, named, text = _days(text, today)
    kind: NoticeKind | None = None
    rest = []
    for word in text.split():
        found = notice_called(word.strip(_EDGES)) if kind is None else None
        kind = found or kind
        if found is None and word.strip(_EDGES):
            rest.append(word)
    return NoticeWords(
        kind=kind, authority=" ".join(rest).strip(_EDGES)[:60], ref=ref, received=received, named=named
    )


def _days(text: str, today: date) -> tuple[date | None, date | None, str]:
    received: date | None = None
    named: date | None = None
    row = _forms()
    for words, back in ((row["today"], 0), (row["yesterday"], 1)):
        for word in words:
            if word in text.lower():
                received = today - timedelta(days=back)
                text = re.sub(re.escape(word), " ", text, flags=re.IGNORECASE)
    for found in reversed(list(re.finditer(row["says"], text))):
        before = re.search(row["before"], text[: found.start()], re.IGNORECASE)
        ahead = bool(found["ahead"] or before)
        day = _nearest(found, today, ahead=ahead)
        if day is None:
            continue
        received, named = (received, day) if ahead else (day, named)
        text = f"{text[: before.start() if before else found.start()]} {text[found.end() :]}"
    return received, named, text


def _nearest(found: re.Match[str], today: date, *, ahead: bool) -> date | None:
    """A day without a year: the next one ahead if it lies ahead, else the last one."""
    try:
        day = date(int(found["year"] or today.year), int(found["month"]), int(found["day"]))
        if found["year"]:
            return day
        if ahead and day < today:
            return day.replace(year=day.year + 1)
        return day.replace(year=day.year - 1) if not ahead and day > today else day
    except ValueError:
        return None


@cache
def _forms() -> dict[str, Any]:
    raw = tomllib.loads((files("bot.reading") / "deskwords.toml").read_text(encoding="utf-8"))
    row: dict[str, Any] = raw["notice_days"][0]
    return row

"""What the press says of itself, and what people with a following say of it: as they told it."""

import re
import tomllib
from datetime import datetime, time
from functools import cache
from importlib.resources import files

from bot.complaint.visitors import Following, Inquiry
from bot.reading.logwords import log_words
from bot.reading.times import read_when

MOST_OF_A_FIELD = 300
_EDGES = " \t\n,，。;；:：、"


def inquiry_in(text: str, now: datetime, closes: time, asked: str = "") -> Inquiry:
    """The fields of a press inquiry that this text gives. `asked` is the field whose question it answers."""
    text = text.strip()
    deadline_words = _found("deadline", text) or (text if asked == "deadline" else "")
    when = read_when(deadline_words, now, closes) if deadline_words else None
    contact = log_words(f"{text}\n-")
    outlet = _found("outlet", text)
    rest = text.replace(deadline_words, " ") if deadline_words and asked != "questions" else text
    for way in (contact.phone, contact.other):
        rest = rest.replace(way, " ") if way else rest
    name = _name(text)
    if asked == "who" and not (outlet or name):
        name = text[:60].strip(_EDGES)
    return Inquiry(
        name=name,
        outlet=outlet,
        questions=(_found("questions", rest) or (text if asked == "questions" else ""))[:MOST_OF_A_FIELD],
        deadline=when.ends if when is not None else None,
        contact=contact.phone or contact.other or (text[:80] if asked == "contact" else ""),
    )


def following_in(text: str) -> Following | None:
    """The handle and the number of followers that this text tells; None if it tells neither."""
    handle, followers = _found("handle", text), _found("followers", text)
    return Following(handle=handle, followers=followers) if handle or followers else None


def _name(text: str) -> str:
    for form in _forms("name"):
        for found in form.finditer(text):
            if not _forms("not_a_name")[0].search(found["name"]):
                return found["name"].strip()
    return ""


def _found(what: str, text: str) -> str:
    """The first form that fits; its own part of the words, where it names one."""
    for form in _forms(what):
        found = form.search(text)
        if found is not None:
            return (found[what] if what in found.groupdict() else found[0]).strip(_EDGES)
    return ""


@cache
def _forms(what: str) -> tuple[re.Pattern[str], ...]:
    raw = tomllib.loads((files("bot.reading") / "presswords.toml").read_text(encoding="utf-8"))[what]
    return tuple(re.compile(one) for one in ([raw] if isinstance(raw, str) else raw))

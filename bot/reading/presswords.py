"""What journalists, and people with a following, tell about themselves."""

import re
import tomllib
from datetime import datetime, time
from functools import cache
from importlib.resources import files

from bot.complaint.visitors import Following, Inquiry
from bot.reading.logwords import log_words
from bot.reading.times import read_when

MOST_OF_A_FIELD = 300
LONGEST_OUTLET = 30
SHORTEST_QUESTION = 6
"""Fewer signs ask nothing."""
_HAN_NAME = range(2, 5)
_EDGES = " \t\n,，。;；:：、"


def inquiry_in(text: str, now: datetime, closes: time, asked: str = "") -> Inquiry:
    """The fields of a press inquiry in this text. `asked` is the field that was asked for."""
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
        name, outlet = _introduced(text)
    elif outlet and not name:
        behind = re.split(r"[\s，,。；;]+", text.partition(outlet)[2].removeprefix("的"))[0]
        name = behind if behind and _is_name(behind) else ""
    questions = _found("questions", rest)
    if not questions and asked in {"who", "questions"}:
        questions = text if asked == "questions" else _besides(rest, name, outlet)
    return Inquiry(
        name=name,
        outlet=outlet,
        questions=questions[:MOST_OF_A_FIELD],
        deadline=when.ends if when is not None else None,
        contact=contact.phone or contact.other or (text[:80] if asked == "contact" else ""),
    )


def _introduced(text: str) -> tuple[str, str]:
    """Name and outlet, from an answer that holds nothing else."""
    head = re.split(r"[.!?。！？\n]", text.strip(_EDGES))[0]
    parts = re.split(r"[,/|;]" if head.isascii() else r"[\s,，、/|;；]+", head)
    parts = [one.strip() for one in parts if one.strip() and not _forms("introduces")[0].match(one.strip())]
    name = next((one for one in parts if _is_name(one)), "")
    others = [one for one in parts if one != name]
    if not name or len(others) > 1 or any(len(one) > LONGEST_OUTLET for one in others):
        return "", ""
    return name, others[0] if others else ""


def _is_name(word: str) -> bool:
    if word.isascii():
        return _forms("latin_name")[0].fullmatch(word) is not None
    return len(word) in _HAN_NAME and _forms("surname")[0].match(word) is not None


def _besides(text: str, name: str, outlet: str) -> str:
    """The rest of an answer: what they want to know."""
    if not (name or outlet):
        return ""
    for known in (outlet, name):
        text = text.replace(known, " ") if known else text
    told = [one for one in re.split(r"[，,。；;\n]+", text) if not _forms("introduces")[0].match(one.strip())]
    words = "，".join(one.strip(_EDGES) for one in told if one.strip(_EDGES))
    return words if len(words) >= SHORTEST_QUESTION else ""


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

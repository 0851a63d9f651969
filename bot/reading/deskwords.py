"""The words that agents type behind commands: queues, roles, specialties, categories."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.complaint.axes import Queue
from bot.complaint.channels import Channel
from bot.complaint.colleagues import Role, Specialty
from bot.complaint.corrections import ReadField
from bot.complaint.notices import NoticeKind
from bot.complaint.reading import Category, Language


def command_meant(word: str) -> str | None:
    """The command that somebody means who types this word behind a slash."""
    return _key("meant", word)


def queue_called(word: str) -> Queue | None:
    """The queue that goes by this word, in either language."""
    found = _key("queue", word)
    return Queue(found) if found else None


def role_called(word: str) -> Role | None:
    """The role that goes by this word."""
    found = _key("role", word)
    return Role(found) if found else None


def specialty_called(word: str) -> Specialty | None:
    """The specialty that goes by this word."""
    found = _key("specialty", word)
    return Specialty(found) if found else None


def channel_called(word: str) -> Channel | None:
    """The way by which a complaint came that goes by this word."""
    found = _key("channel", word)
    return Channel(found) if found else None


def notice_called(word: str) -> NoticeKind | None:
    """The kind of official notice that goes by this word."""
    found = _key("notice", word)
    return NoticeKind(found) if found else None


def language_called(word: str) -> Language | None:
    """The language that goes by this word."""
    found = _key("language", word)
    return Language(found) if found else None


def category_called(word: str) -> Category | None:
    """The grievance that goes by this word."""
    found = _key("category", word)
    return Category(found) if found else None


def read_field_called(word: str) -> ReadField | None:
    """What of the reading goes by this word."""
    found = _key("read_field", word)
    return ReadField(found) if found else None


def incident_order_called(word: str) -> str:
    """What is to be done with an incident, by this word: `new`, `link`, `unlink`, `update`, `remedy` or `close`."""
    return _key("incident", word)


def lesson_order_called(word: str) -> str:
    """What is to be done with a corrective action, by this word: `done`, `drop` or `move`."""
    return _key("lesson", word)


def idea_order_called(word: str) -> str:
    """What becomes of a suggestion, by this word: `review`, `adopted`, `declined` or `done`."""
    return _key("idea", word)


def means_all(word: str) -> bool:
    """Whether everybody's are asked for, not one's own."""
    return bool(_key("all", word))


def period_called(word: str) -> str:
    """The days that go by this word, as `this_week` or `last_month`; empty if none do."""
    return _key("period", word)


def days_told(words: str) -> str:
    """Days in the one way of writing them: 7d, 2026-10, 2026-10-01..2026-10-07, whatever language they are told in."""
    for pattern, form in _days():
        words = pattern.sub(form, words.strip())
    return words


def means_here(word: str) -> bool:
    """Whether something is for the topic alone, and not for the complainant."""
    return bool(_key("here", word))


def names_somebody(words: str) -> bool:
    """Whether something in these words may be a name, a number or an address of somebody."""
    return any(one in words.casefold() for one in _tables()["somebody"])


@cache
def _days() -> tuple[tuple[re.Pattern[str], str], ...]:
    raw = tomllib.loads((files("bot.reading") / "deskwords.toml").read_text(encoding="utf-8"))
    return tuple((re.compile(f"(?:{one['says']})\\Z", re.IGNORECASE), one["form"]) for one in raw["days"])


def _key(table: str, word: str) -> str:
    return _tables()[table].get(word.strip().casefold(), "")


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    """By table: which word means which key."""
    raw = tomllib.loads((files("bot.reading") / "deskwords.toml").read_text(encoding="utf-8"))
    return {
        table: {word.casefold(): key for key, words in names.items() for word in words}
        for table, names in raw.items()
        if isinstance(names, dict)
    }

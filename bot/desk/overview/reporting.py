"""`/report`: which days and product are meant, who may ask, and what is posted with the pictures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from bot.complaint.actions import Situation, Tell, Turn
from bot.complaint.colleagues import Colleague
from bot.complaint.events import AgentEdited, AgentWrote, Event, ReportWanted
from bot.complaint.ids import MessageRef, UserId
from bot.complaint.incidents import Crossed
from bot.complaint.reading import Language
from bot.desk.answering import where_asked
from bot.desk.notes import order_of
from bot.desk.rights import Allowed, Right, may
from bot.policy.rules import Rules
from bot.reading.deskwords import days_told, period_called

REPORT: Final = "report"
OWN: Final = "own"
MISSED: Final = "missed"
"""A digest that never came: a later one told its days."""
LIMITS: Final = "limits"
"""The daily look at limits: what it finds is told on the cards of incidents."""
USUAL: Final = 30
"""Days that are shown where none are named: today and those before."""
LONGEST: Final = 731
_SOME_DAYS: Final = re.compile(r"(\d{1,3})d")
_MONTH: Final = re.compile(r"(20\d{2})-(\d{1,2})")
_YEAR: Final = re.compile(r"20\d{2}")
_DAY: Final = re.compile(r"(20\d{2}-\d{2}-\d{2})(?:\.\.(20\d{2}-\d{2}-\d{2}))?")

Days = tuple[date, date]
"""From the first up to, not including, the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as it came from the easel."""

    name: str
    content: str
    """Base64 of a PNG."""
    numbers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The results of a report request: pictures, digest figures, quotations."""

    cases: int = 0
    pictures: tuple[Shown, ...] = ()
    digest: Mapping[str, Any] = field(default_factory=dict)
    voices: tuple[str, ...] = ()
    crossed: tuple[Crossed, ...] = ()
    """Limits that were found to be crossed."""
    failed: bool = False


def report_wanted(event: Event, situation: Situation, rules: Rules) -> ReportWanted | None:
    """The wish that this command is; None for anything else, or where it cannot be understood."""
    by = situation.colleague
    if by is None or not isinstance(event, AgentWrote) or isinstance(event, AgentEdited):
        return None
    order = order_of(event.text)
    if order is None or order.name != REPORT:
        return None
    today = situation.now.astimezone(rules.clock).date()
    language = by.language or rules.languages[0]
    meant = _meant(order.argument, today, rules, language)
    if meant is None:
        return None
    days, product, brand = meant
    all_may = isinstance(may(by, Right.OVERSEE, None), Allowed)
    return ReportWanted(
        at=situation.now,
        chat=event.chat,
        kind=REPORT if all_may else OWN,
        first=days[0],
        until=days[1],
        product=product,
        brand=brand,
        asker=by.id,
        language=language,
        thread=event.thread,
        message=event.message,
    )


def reported(event: AgentWrote, by: Colleague, *, rules: Rules, situation: Situation) -> Turn:
    """The turn of the command itself; pictures follow later, mistakes are answered at once."""
    if report_wanted(event, situation, rules) is not None:
        return Turn(conversation=None, case=None)
    argument = order.argument if (order := order_of(event.text)) is not None else ""
    told = where_asked("report_how", event, situation, by, (), {"asked": argument})
    return Turn(conversation=None, case=None, actions=(told,))


def shown(wanted: ReportWanted, sketch: Sketch) -> tuple[Tell, ...]:
    """The messages with what was drawn."""
    if wanted.kind in (MISSED, LIMITS):
        return ()
    if sketch.failed:
        return (_told(wanted, "report_failed", {}),)
    if wanted.kind not in (REPORT, OWN):
        return _digest(wanted, sketch)
    if not sketch.cases:
        return (_told(wanted, "report_none", {}),)
    return tuple(_picture(wanted, one, place) for place, one in enumerate(sketch.pictures))


def _picture(wanted: ReportWanted, one: Shown, place: int) -> Tell:
    return _told(
        wanted,
        f"report_{one.name}",
        dict(one.numbers),
        picture=one.content,
        quiet=place > 0,
        first=place == 0,
    )


def _digest(wanted: ReportWanted, sketch: Sketch) -> tuple[Tell, ...]:
    """One message; nothing on days on which nothing happened and nothing is due."""
    told = sketch.digest
    if not any(told.get(name) for name in ("came", "closed", "missed", "due_today")):
        return ()
    picture = sketch.pictures[0].content if sketch.pictures else None
    change = sketch.pictures[0].numbers.get("change") if sketch.pictures else None
    fields = {
        **told,
        "kind": wanted.kind,
        "brand": wanted.brand,
        "voices": list(sketch.voices),
        "change": change,
    }
    return (_told(wanted, "digest", fields, picture=picture),)


def _told(
    wanted: ReportWanted,
    name: str,
    fields: dict[str, Any],
    *,
    picture: str | None = None,
    quiet: bool = False,
    first: bool = True,
) -> Tell:
    answers = MessageRef(wanted.chat, wanted.message) if wanted.message is not None and first else None
    days = {"first_day": wanted.first, "last_day": wanted.until - timedelta(days=1)}
    return Tell(
        name=name,
        fields={**fields, **days, "about": wanted.product or wanted.brand},
        general=True,
        chat=wanted.chat,
        thread=wanted.thread,
        private_to=Colleague(id=wanted.asker or UserId(0), language=wanted.language),
        answers=answers,
        picture=picture,
        quiet=quiet,
    )


def _meant(argument: str, today: date, rules: Rules, language: Language) -> tuple[Days, str, str] | None:
    """The days, the product and the brand that the words behind the command name; None if a word names nothing.

    They come in any order. Of several brands one may be named, and the product is then one of its own.
    """
    words = argument.split()
    brand = next((one for one in words if rules.branches and rules.called(one) is not None), "")
    if brand:
        words.remove(brand)
        rules = rules.called(brand) or rules
    found = _days_and_product(words, today, rules, language)
    return found and (*found, brand)


def _days_and_product(
    words: Sequence[str], today: date, rules: Rules, language: Language
) -> tuple[Days, str] | None:
    days = (today - timedelta(days=USUAL - 1), today + timedelta(days=1))
    for length in (2, 1):
        for place in range(len(words) - length + 1):
            found = days_called(" ".join(words[place : place + length]), today)
            if found is not None:
                rest = " ".join((*words[:place], *words[place + length :]))
                return _with_product(found, rest, rules, language)
    return _with_product(days, " ".join(words), rules, language)


def _with_product(days: Days, words: str, rules: Rules, language: Language) -> tuple[Days, str] | None:
    if not words.strip():
        return days, ""
    product = product_called(words.strip(), rules, language)
    return (days, product) if product else None


def product_called(word: str, rules: Rules, language: Language) -> str:
    """The product that goes by this word, as it is called in this language; empty if none does, or several do."""
    wanted = word.casefold()
    exact = [
        one
        for one in rules.products
        if wanted in (one.key.casefold(), *(name.casefold() for name in (*one.names.values(), *one.words)))
    ]
    near = [one for one in rules.products if any(wanted in name.casefold() for name in one.names.values())]
    found = exact or near
    return rules.product_name(found[0].key, language) if len(found) == 1 else ""


def days_called(words: str, today: date) -> Days | None:
    """The days that go by these words: this week, last month, 7 days, 2026-10, 2026-10-01..2026-10-07."""
    words = days_told(words)
    name = period_called(words)
    try:
        return named_days(today)[name] if name else _dated(words, today + timedelta(days=1))
    except ValueError:
        # a thirteenth month, a thirtieth of February
        return None


def _dated(words: str, tomorrow: date) -> Days | None:
    if found := _SOME_DAYS.fullmatch(words):
        return _checked(tomorrow - timedelta(days=int(found[1])), tomorrow)
    if found := _MONTH.fullmatch(words):
        return _month(date(int(found[1]), int(found[2]), 1))
    if found := _YEAR.fullmatch(words):
        return date(int(found[0]), 1, 1), date(int(found[0]) + 1, 1, 1)
    if found := _DAY.fullmatch(words):
        last = date.fromisoformat(found[2] or found[1])
        return _checked(date.fromisoformat(found[1]), last + timedelta(days=1))
    return None


def _checked(first: date, until: date) -> Days | None:
    return (first, until) if timedelta(0) < until - first <= timedelta(days=LONGEST) else None


def named_days(today: date) -> Mapping[str, Days]:
    """The days that have names; those of this week, month and year run up to today."""
    day, monday = timedelta(days=1), today - timedelta(days=today.weekday())
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    return {
        "today": (today, today + day),
        "yesterday": (today - day, today),
        "this_week": (monday, today + day),
        "last_week": (monday - 7 * day, monday),
        "this_month": (month, today + day),
        "last_month": _month((month - day).replace(day=1)),
        "this_year": (year, today + day),
        "last_year": (year.replace(year=year.year - 1), year),
    }


def _month(first: date) -> Days:
    return first, (first + timedelta(days=32)).replace(day=1)

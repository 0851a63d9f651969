"""What is shown of lessons: one card, the list, and whether the cause came back (S65, R18)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.complaint.lessons import Caused, Lesson, LessonState
from bot.desk.learning.causing import OURS
from bot.desk.learning.lesson_orders import Asking, Known
from bot.policy.rules import Rules

LOOKED_BACK: Final = timedelta(days=400)
BEFORE: Final = timedelta(days=90)
"""Days before a fix that are compared with those after it."""
SOON: Final = 14
"""Days after a fix in which nothing can be said of it yet."""
LESS: Final = 2 / 3
MORE: Final = 3 / 2
FEWEST_LOOSE: Final = 2
MOST_LOOSE: Final = 5
MOST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The number of cases of the cause before and after a fix."""

    before: int
    before_days: int
    after: int
    after_days: int

    @property
    def word(self) -> str:
        """`soon`, `gone`, `less`, `same` or `more`."""
        if self.after_days < SOON:
            return "soon"
        if self.after == 0:
            return "gone"
        then, now = self.before / self.before_days, self.after / self.after_days
        if now <= then * LESS:
            return "less"
        return "more" if now >= then * MORE else "same"


def is_of(one: Caused, lesson: Lesson) -> bool:
    """Whether cases like this are what the lesson is about."""
    return (
        one.cause == lesson.cause and lesson.product in ("", one.product) and lesson.batch in ("", one.batch)
    )


def effect_of(lesson: Lesson, caused: Iterable[Caused], today: date, rules: Rules) -> Effect | None:
    """The effect of the fix; None if it is not in force yet."""
    since = lesson.in_force
    if since is None or since > today:
        return None
    days: Counter[date] = Counter()
    for one in caused:
        if is_of(one, lesson):
            days[one.hour.astimezone(rules.clock).date()] += one.count
    return Effect(
        before=sum(count for day, count in days.items() if since - BEFORE <= day < since),
        before_days=BEFORE.days,
        after=sum(count for day, count in days.items() if since <= day <= today),
        after_days=(today - since).days + 1,
    )


def cause_words(rules: Rules, code: str) -> str:
    """What the desk reads for a cause: its code where we have words for it, else the brand's own name."""
    known = next((one for one in rules.causes if one.code == code), None)
    if known is None or (code in OURS and not known.names):
        return code
    return known.name(rules.languages[0])


def list_of(words: str, known: Known, on: Asking) -> dict[str, Any]:
    """Open ones first, the next due first; then what is done, the newest first. By cause or product if one is named."""
    fitting = [one for one in known.lessons if _fits(words, one, on.rules)]
    open_ones = sorted((one for one in fitting if one.state is LessonState.OPEN), key=lambda one: one.due_at)
    ended = [one for one in reversed(fitting) if one.state is LessonState.DONE]
    shown = [*open_ones, *ended][:MOST_SHOWN]
    return {
        "asked": words,
        "total": len(open_ones) + len(ended),
        "open": len(open_ones),
        "lines": [card_of(one, known, on) for one in shown],
        "loose": [] if words else _loose(known, on),
    }


def _fits(words: str, lesson: Lesson, rules: Rules) -> bool:
    wanted = words.casefold()
    names = {lesson.cause, cause_words(rules, lesson.cause), lesson.product, lesson.batch}
    names |= {name for one in rules.causes if one.code == lesson.cause for name in one.names.values()}
    names |= {rules.product_name(lesson.product, language) for language in rules.languages}
    names |= {word for one in rules.products if one.key == lesson.product for word in one.words}
    return not wanted or wanted in {name.casefold() for name in names}


def _loose(known: Known, on: Asking) -> list[dict[str, Any]]:
    """Frequent causes of the last months without any corrective action."""
    since = on.situation.now - BEFORE
    counts: Counter[tuple[str, str]] = Counter()
    for one in known.caused:
        lessons = (each for each in known.lessons if each.state is not LessonState.DROPPED)
        if one.hour >= since and not any(is_of(one, each) for each in lessons):
            counts[one.cause, one.product] += one.count
    return [
        {"cause": cause_words(on.rules, cause), "product": product_words(product, on.rules), "count": count}
        for (cause, product), count in counts.most_common(MOST_LOOSE)
        if count >= FEWEST_LOOSE
    ]


def product_words(key: str, rules: Rules) -> str:
    """What the desk reads for a product's key."""
    return rules.product_name(key, rules.languages[0]) if key else ""


def card_of(lesson: Lesson, known: Known, on: Asking) -> dict[str, Any]:
    """The fields of one lesson."""
    rules, now = on.rules, on.situation.now
    found = effect_of(lesson, known.caused, now.astimezone(rules.clock).date(), rules)
    effect = None
    if found is not None:
        effect = {
            "word": found.word,
            "before": found.before,
            "before_days": found.before_days,
            "after": found.after,
            "after_days": found.after_days,
        }
    recent = (one for one in known.caused if one.hour >= now - BEFORE and is_of(one, lesson))
    return {
        "number": lesson.no,
        "state": lesson.state.value,
        "cause": cause_words(rules, lesson.cause),
        "product": product_words(lesson.product, rules),
        "batch": lesson.batch,
        "what": lesson.what,
        "owner": lesson.owner,
        "until": lesson.due_at,
        "late": lesson.state is LessonState.OPEN and lesson.due_at < now,
        "count": max(sum(one.count for one in recent), int(lesson.made_at >= now - BEFORE)),
        "days": BEFORE.days,
        "proof": lesson.proof,
        "since": _midnight(lesson.in_force, rules) if lesson.in_force else None,
        "effect": effect,
        "from_case": lesson.case_no,
    }


def _midnight(day: date, rules: Rules) -> datetime:
    return datetime.combine(day, time(), rules.clock)

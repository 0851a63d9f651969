"""The reader itself: one text in, one `Reading` out."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from bot.complaint.reading import Category, Family, Intent, Language, Reading, Remedy, RemedyKind
from bot.reading.company import company_of
from bot.reading.contract import as_contract
from bot.reading.corrections import read_fixes
from bot.reading.cuebook import Cues, built_in_cues
from bot.reading.finding import Finder, Found, Hit
from bot.reading.folding import close_up, fold, script
from bot.reading.intents import read_intents
from bot.reading.learned import learned
from bot.reading.marks import marks_of
from bot.reading.money import sums
from bot.reading.remedy import read_remedy
from bot.reading.risks import read_risks
from bot.reading.sense import Sense, read_sense
from bot.reading.shape import shape_of
from bot.reading.slots import read_slots
from bot.reading.weighing import likely, sounds_angry, weighed_risks, weighed_sense

T = TypeVar("T")

_LONGEST = 16_384
_LONG, _WIDEST, _REPEATS = 512, 12, 32
_WALL = re.compile(rf"(.{{1,{_WIDEST}}}?)\1{{{_REPEATS - 1},}}", re.DOTALL)
REMEMBERED = 256
"""Messages whose reading is at hand for a moment."""
_SAME_QUESTION = {"order_or_shop": "order_no", "photo": "order_no"}
"""A bare number after a question for a picture is an order, and no sum."""
_MOST_ISSUES, _LONGEST_ISSUE = 4, 28
_CODES = frozenset({"order_no", "order_or_shop", "phone", "batch_no", "purchase_date", "bought"})
_WHEN = {f"when.{time}": time for time in ("today_afternoon", "tomorrow_morning", "tomorrow_afternoon")}

_TONGUES = {"tongue.en": Language.EN, "tongue.zh": Language.ZH}
_ASKED_BRIEFLY = 60
"""Characters of a message that can hardly hold more than the wish for another language."""

_BEHALF = {f"behalf.{who}": who for who in ("client", "customer", "parent", "child", "partner", "friend")}


class Reader:
    """Reads messages. Built once (some tens of milliseconds), then read-only and safe to share.

    A message is read when it comes, and again a moment later when its burst is over, mostly in the same words; so
    the last `remembered` readings are at hand.
    """

    __slots__ = ("_finder", "_learned", "_once")

    def __init__(self, cues: Cues | None = None, *, remembered: int = REMEMBERED) -> None:
        self._finder = Finder(cues if cues is not None else built_in_cues())
        self._learned = learned()
        self._once = lru_cache(maxsize=remembered)(self._read)

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """The reading of a message, or of a burst joined by line breaks.

        `lang_hint` decides where no letter does; `asked` is the slot of the question the customer was answering.
        All spans are places in `text`, in code points. Beyond four of the longest Telegram messages nothing is read.
        """
        return self._once(_without_wall(text[:_LONGEST]), lang_hint, asked)

    def _read(self, text: str, lang_hint: Language | None, asked: str | None) -> Reading:
        asked = _SAME_QUESTION.get(asked or "", asked)
        folded = fold(text)
        found = self._found(folded)
        money = [one for one in sums(folded) if not (one.bare and asked in _CODES)]
        like = self._learned.likeness(folded, (*marks_of(found), *shape_of(text), *company_of(folded, found)))
        risks = read_risks(text, found, money, asked=asked)
        risks = likely(text, folded, found, risks, like, self._learned)
        fixes = read_fixes(folded, text)
        # a number that is put right is no sum that is asked for
        numbers = any(one.field in _CODES or any(map(str.isdigit, one.was)) for one in fixes)
        remedy = read_remedy(text, folded, found, money, None if numbers else asked)
        intents = read_intents(folded, found, risks, asked)
        sense = read_sense(text, found, risks, remedy, intents)
        risks = weighed_risks(text, folded, found, risks, like, self._learned)
        claims = _claims(remedy) or any(risk.family is Family.ABUSE and not risk.weak for risk in risks)
        # to be done with it sounds like the grievance itself
        if sense.is_complaint or not (Intent.WITHDRAWS in intents or _asks_language(text, found, intents)):
            sense = weighed_sense(text, sense, like, claims=claims)
        written = script(text)
        return Reading(
            language=Language(written) if written else lang_hint or Language.ZH,
            category=sense.category,
            is_complaint=sense.is_complaint,
            emotion=sense.emotion,
            perhaps_angry=sounds_angry(text, sense, like, self._learned),
            risks=risks,
            remedy=remedy,
            slots=read_slots(folded, text, money, found, remedy, asked=asked),
            intents=intents | _praise(found, sense, intents, asked),
            issue=_issues(text, found),
            hazard="sign.hazard" in found and not _is_hurt(found),
            foreign_object=bool(found.get("sign.foreign_object")),
            confidence=sense.confidence,
            fixes=fixes,
            when=_first(_WHEN, found),
            wanted_language=_first(_TONGUES, found),
            behalf=_first(_BEHALF, found),
        )

    def as_contract(self, message_id: str, reading: Reading) -> dict[str, Any]:
        """A reading in the outside form of `complaint-bot read`."""
        return as_contract(message_id, reading)

    def _found(self, folded: str) -> Found:
        """The cues of a text, with and without the spaces inside its words ("退 款")."""
        found = self._finder.find(folded)
        closed = close_up(folded)
        if closed is None:
            return found
        without, places = closed
        for label, hits in self._finder.find(without).items():
            if label not in found and label.startswith(("risk.", "sign.hazard", "want.")):
                found[label] = [Hit(places[hit.start], places[hit.end - 1] + 1, hit.weak) for hit in hits]
        return found


def _first(meant: Mapping[str, T], found: Found) -> T | None:
    """What the first of these labels means that was found."""
    for label, meaning in meant.items():
        if label in found:
            return meaning
    return None


def _without_wall(text: str) -> str:
    """The text up to where it only repeats itself (退款退款退款…)."""
    wall = _WALL.search(text) if len(text) > _LONG else None
    if wall is None or wall.end() < len(text) - _WIDEST:
        return text
    return text[: wall.start() + _REPEATS * len(wall[1])]


def _claims(remedy: Remedy | None) -> bool:
    """Whether anything is demanded; wanting nothing is no demand."""
    return remedy is not None and remedy.kinds != (RemedyKind.NONE,)


def _asks_language(text: str, found: Found, intents: frozenset[Intent]) -> bool:
    """Whether a message hardly does more than ask for another language."""
    asks = Intent.ASKS_LANGUAGE in intents and len(text) <= _ASKED_BRIEFLY
    return asks and "goods.names" not in found


def _praise(found: Found, sense: Sense, intents: frozenset[Intent], asked: str | None) -> frozenset[Intent]:
    """Pure praise counts as thanks."""
    praises = sense.category is Category.NONE and "sign.positive" in found and not intents and asked is None
    return frozenset({Intent.THANKS}) if praises else frozenset()


def _is_hurt(found: Found) -> bool:
    return any(not hit.weak for hit in found.get("risk.injury", ()))


def _issues(text: str, found: Found) -> tuple[str, ...]:
    """The customer's own words for what is wrong, without words inside longer ones."""
    reach = 0
    words = []
    named = found.get("issue.words") or found.get("sign.foreign_object") or found.get("sign.hazard") or []
    for hit in named:
        if hit.start >= reach and hit.end - hit.start <= _LONGEST_ISSUE:
            reach = hit.end
            words.append(text[hit.start : hit.end])
    return tuple(dict.fromkeys(words))[:_MOST_ISSUES]

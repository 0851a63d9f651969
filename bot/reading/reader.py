"""The reader itself: one text in, one `Reading` out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from bot.complaint.reading import (
    Category,
    Family,
    Fix,
    Intent,
    Language,
    Reading,
    Remedy,
    RemedyKind,
    Risk,
    Slots,
)
from bot.reading.company import company_of
from bot.reading.contract import as_contract
from bot.reading.corrections import read_fixes
from bot.reading.cuebook import Cues, built_in_cues
from bot.reading.finding import Finder, Found, Hit
from bot.reading.folding import close_up, fold, script
from bot.reading.intents import PLACES, read_intents
from bot.reading.learned import learned
from bot.reading.marks import marks_of
from bot.reading.matterwords import expires_soon
from bot.reading.money import Money, sums
from bot.reading.remedy import read_remedy
from bot.reading.risks import read_risks
from bot.reading.saidwords import past_measure, without_tail
from bot.reading.scope import Scope, scope_of
from bot.reading.sense import Sense, read_sense
from bot.reading.shape import shape_of
from bot.reading.slots import read_slots
from bot.reading.weighing import (
    Likeness,
    is_unlike_any,
    likely,
    sounds_angry,
    weighed_risks,
    weighed_sense,
)
from bot.reading.wishing import weighed_wish, with_its_sum

T = TypeVar("T")
Question: TypeAlias = tuple[str, Language | None, str | None]
"""A text, the language where no letter tells it, and the slot of the question that it answers."""

_LONGEST = 16_384
_LONG, _WIDEST, _REPEATS = 512, 12, 32
_WALL = re.compile(rf"(.{{1,{_WIDEST}}}?)\1{{{_REPEATS - 1},}}", re.DOTALL)
REMEMBERED = 256
"""Messages whose reading is at hand for a moment."""
_SAME_QUESTION = {"order_or_shop": "order_no", "photo": "order_no"}
"""A bare number after a question for a picture is an order, and no sum."""
_MOST_ISSUES, _LONGEST_ISSUE = 4, 28
_CODES = frozenset({"order_no", "order_or_shop", "phone", "batch_no", "purchase_date", "bought"})
_NO_WISH = frozenset({Intent.WITHDRAWS, Intent.THANKS, Intent.ASKS_STATUS, Intent.AGREES, Intent.REFUSES})
"""Who does this wishes for nothing new."""
_PRESSES = frozenset({Family.ABUSE, Family.LEGAL, Family.REGULATOR})
"""Who says such things about something that went wrong does complain, whatever the rest sounds like."""
_WHEN = {f"when.{time}": time for time in ("today_afternoon", "tomorrow_morning", "tomorrow_afternoon")}

_TONGUES = {"tongue.en": Language.EN, "tongue.zh": Language.ZH}
_ASKED_BRIEFLY = 60
"""Characters of a message that can hardly hold more than the wish for another language."""

_BEHALF = {f"behalf.{who}": who for who in ("client", "customer", "parent", "child", "partner", "friend")}


class _Page:
    """A message on its way through the steps of reading."""

    __slots__ = (
        *("asked", "fixes", "folded", "found", "hint", "intents", "like", "money"),
        *("remedy", "risks", "scope", "sense", "slots", "text"),
    )
    folded: str
    found: Found
    money: list[Money]
    like: Likeness
    scope: Scope
    risks: tuple[Risk, ...]
    fixes: tuple[Fix, ...]
    remedy: Remedy | None
    intents: frozenset[Intent]
    sense: Sense
    slots: Slots

    def __init__(self, question: Question) -> None:
        self.text, self.hint, asked = question
        self.asked = _SAME_QUESTION.get(asked or "", asked)


class Reader:
    """Reads messages. Built once (some tens of milliseconds), then read-only and safe to share.

    A message is read when it comes, and again a moment later when its burst is over, mostly in the same words; so
    the last `remembered` readings are at hand.

    Several messages are read step by step, not one after the other: so what a step needs stays in the processor's
    cache, which saves a third.
    """

    __slots__ = ("_finder", "_kept", "_learned", "_remembered", "_steps")

    def __init__(self, cues: Cues | None = None, *, remembered: int = REMEMBERED) -> None:
        self._finder = Finder(cues if cues is not None else built_in_cues())
        self._learned = learned()
        self._kept: dict[Question, Reading] = {}
        self._remembered = remembered
        self._steps: tuple[Callable[[_Page], None], ...] = (
            *(self._find, self._count, self._compare, self._look_for_risks),
            *(_hear_demand, self._weigh_risks, _make_sense, self._hear_wish, _gather_facts),
        )

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """The reading of a message, or of a burst joined by line breaks.

        `lang_hint` decides where no letter does; `asked` is the slot of the question the customer was answering.
        All spans are places in `text`, in code points. Beyond four of the longest Telegram messages nothing is read.
        """
        question = (_without_wall(text[:_LONGEST]), lang_hint, asked)
        known = self._kept.get(question)
        return known if known is not None else self._read([question])[0]

    def read_ahead(self, questions: Iterable[Question]) -> None:
        """Read several messages, given as text, hint and slot; `read` then has them at hand."""
        wanted = {(_without_wall(text[:_LONGEST]), hint, asked): None for text, hint, asked in questions}
        self._read([one for one in wanted if one not in self._kept])

    def _read(self, questions: Sequence[Question]) -> list[Reading]:
        pages = [_Page(one) for one in questions]
        for step in self._steps:
            for page in pages:
                step(page)
        readings = [self._summed_up(page) for page in pages]
        self._kept.update(zip(questions, readings, strict=True))
        for oldest in list(islice(self._kept, max(0, len(self._kept) - self._remembered))):
            del self._kept[oldest]
        return readings

    def _find(self, page: _Page) -> None:
        page.folded = fold(page.text)
        page.found = self._found(page.folded)

    def _count(self, page: _Page) -> None:
        page.money = [one for one in sums(page.folded) if not (one.bare and page.asked in _CODES)]

    def _compare(self, page: _Page) -> None:
        folded, found = page.folded, page.found
        page.scope = scope_of(folded)
        marks = (*marks_of(found), *shape_of(page.text), *company_of(folded, found), *page.scope.marks)
        page.like = self._learned.likeness(folded, marks)

    def _look_for_risks(self, page: _Page) -> None:
        text, found = page.text, page.found
        risks = read_risks(text, found, page.money, asked=page.asked)
        page.risks = likely(text, page.folded, found, risks, page.like, page.scope, self._learned)

    def _weigh_risks(self, page: _Page) -> None:
        # what sense the cues make goes by the signs that they show
        page.sense = read_sense(page.text, page.found, page.risks, page.remedy, page.intents)
        page.risks = weighed_risks(
            page.text, page.folded, page.found, page.risks, page.like, page.scope, self._learned
        )

    def _hear_wish(self, page: _Page) -> None:
        if page.asked is None and not page.intents & _NO_WISH:
            text, folded, found = page.text, page.folded, page.found
            complains = page.sense.is_complaint
            wish = weighed_wish(
                page.remedy, text, folded, found, page.like, self._learned, complains=complains
            )
            page.remedy = with_its_sum(wish, folded, found, page.money)

    def _summed_up(self, page: _Page) -> Reading:
        text, found, sense = page.text, page.found, page.sense
        written = script(text)
        return Reading(
            language=Language(written) if written else page.hint or Language.ZH,
            category=_category(page),
            is_complaint=sense.is_complaint,
            emotion=sense.emotion,
            perhaps_angry=sounds_angry(text, sense, page.like, self._learned),
            risks=page.risks,
            remedy=page.remedy,
            slots=page.slots,
            intents=page.intents | _praise(found, sense, page.intents, page.asked),
            issue=_issues(text, found),
            hazard="sign.hazard" in found and not _is_hurt(found),
            foreign_object=bool(found.get("sign.foreign_object")),
            confidence=sense.confidence,
            fixes=page.fixes,
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


def _hear_demand(page: _Page) -> None:
    text, folded, found = page.text, page.folded, page.found
    page.fixes = read_fixes(folded, text)
    # a number that is put right is no sum that is asked for
    numbers = any(one.field in _CODES or any(map(str.isdigit, one.was)) for one in page.fixes)
    page.remedy = read_remedy(text, folded, found, page.money, None if numbers else page.asked)
    page.intents = read_intents(folded, found, page.risks, page.asked)


def _make_sense(page: _Page) -> None:
    text, sense = page.text, page.sense
    presses = any(one.family in _PRESSES and not (one.weak or one.perhaps) for one in page.risks)
    # who asks whether it can be eaten, and says what is wrong with it, has found something wrong
    wants = _claims(page.remedy) and not is_unlike_any(page.like)
    claims = presses or wants or not {Intent.ASKS_IF_SAFE, Intent.ASKS_IF_HARMFUL}.isdisjoint(page.intents)
    # to be done with it sounds like the grievance itself
    settled = Intent.WITHDRAWS in page.intents or _asks_language(text, page.found, page.intents)
    if sense.is_complaint or not (settled or page.asked in PLACES):
        page.sense = weighed_sense(text, sense, page.like, claims=claims)


def _gather_facts(page: _Page) -> None:
    page.slots = read_slots(page.folded, page.text, page.money, page.found, page.remedy, asked=page.asked)


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


def _category(page: _Page) -> Category:
    """What it is about; food that is only near its date has made nobody ill."""
    category, found = page.sense.category, page.found
    bad = any(one in found for one in ("sign.foreign_object", "risk.injury"))
    near = category is Category.FOOD_SAFETY and not bad and expires_soon((page.text,))
    return Category.QUALITY if near else category


def _issues(text: str, found: Found) -> tuple[str, ...]:
    """The customer's own words for what is wrong, without words inside longer ones."""
    reach = 0
    words = []
    named = found.get("issue.words") or found.get("sign.foreign_object") or found.get("sign.hazard") or []
    for hit in named:
        if hit.start >= reach and hit.end - hit.start <= _LONGEST_ISSUE:
            reach = past_measure(text, hit.end)
            words.append(without_tail(text[hit.start : reach]))
    return tuple(dict.fromkeys(words))[:_MOST_ISSUES]

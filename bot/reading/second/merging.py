"""Adds a model's answer to a reading: it fills gaps and raises danger, and never lowers anything.

Every value is looked for in the customer's own words, and counts by the place where we find it. What does not
stand there is dropped, whoever said it: the model by mistake, or the customer's text by telling the model to.
"""

import re
from typing import Final

from bot.complaint.evolving import replace
from bot.complaint.reading import Category, Family, Reading, Remedy, RemedyKind, Risk, Slots, Span
from bot.reading.folding import fold
from bot.reading.grammar import form, multipliers
from bot.reading.money import Money, sums
from bot.reading.numbers import number
from bot.reading.second.answering import Answer, Sign, Wish
from bot.reading.second.asking import SURE

_SHORTEST, _LONGEST = 2, 200
_LONGEST_PRODUCT = 24
_GRAVE: Final = frozenset({Category.FOOD_SAFETY, Category.COUNTERFEIT})
"""Categories that weigh by themselves: they are never replaced, and may replace any other."""
_NO_GRIEVANCE: Final = frozenset({Category.NONE, Category.SUGGESTION})
_IN_CONTEXT: Final = frozenset({Family.MASS, Family.VULNERABLE})
"""Signs that weigh by what the case is about: where one is, the case's own category stays in force."""
_DIGITS: Final = {"order_no": 3, "phone": 6, "batch_no": 3, "purchase_date": 0, "product": 0}
"""How many digits a value must have to be one."""
_TIMES: Final = form("times")
_AGREED = 0.8


def merged(built_in: Reading, answer: Answer | None, text: str) -> Reading:
    """The built-in reading with a model's answer added.

    Risks, remedy, slots, intents and emotion of `built_in` all stay. The category is taken over where the built-in
    reader was not sure, and never in place of a grave one. Only words of `text` come in.
    """
    if answer is None:
        return built_in
    folded = fold(text)
    risks, hazard = _risks(built_in, answer.danger, text, folded)
    category, confidence = _category(built_in, answer)
    return replace(
        built_in,
        category=category,
        is_complaint=built_in.is_complaint or (answer.is_complaint and answer.category not in _NO_GRIEVANCE),
        emotion=max(built_in.emotion, answer.emotion),
        risks=risks,
        hazard=hazard,
        remedy=built_in.remedy or _remedy(answer.wish, text, folded),
        slots=_slots(built_in.slots, dict(answer.slots), text, folded),
        confidence=confidence,
    )


def place_of(words: str, text: str, folded: str) -> Span | None:
    """The place of these words in the text, regardless of case, width and script; None if absent."""
    words = words.strip()
    if not _SHORTEST <= len(words) <= _LONGEST:
        return None
    start = text.find(words)
    if start < 0:
        start = folded.find(fold(words))
    end = start + len(words)
    return Span(start, end, text[start:end]) if start >= 0 else None


def _risks(
    built_in: Reading, danger: tuple[Sign, ...], text: str, folded: str
) -> tuple[tuple[Risk, ...], bool]:
    """The signs found, and those that are raised. Danger without harm is only that where nobody is hurt."""
    found = [(sign.family, place_of(sign.words, text, folded)) for sign in danger]
    raised = {
        family or Family.INJURY: Risk(family=family or Family.INJURY, span=span)
        for family, span in sorted(found, key=lambda one: one[0] is not None)
        if span is not None and not built_in.shows(family or Family.INJURY)
    }
    hurt = built_in.shows(Family.INJURY) or any(family is Family.INJURY and span for family, span in found)
    hazard = any(family is None and span for family, span in found) and not hurt
    return (*built_in.risks, *raised.values()), built_in.hazard or hazard


def _category(built_in: Reading, answer: Answer) -> tuple[Category, float]:
    said, read = answer.category, built_in.category
    if said is None or said in _NO_GRIEVANCE or not answer.is_complaint:
        return read, built_in.confidence
    if said is read:
        return read, max(built_in.confidence, _AGREED)
    in_context = any(risk.family in _IN_CONTEXT for risk in built_in.risks)
    in_context = in_context or built_in.says_eaten or built_in.foreign_object or built_in.hazard
    unsure = built_in.confidence < SURE and (said in _GRAVE or not in_context)
    if read in _GRAVE or not unsure:
        return read, built_in.confidence
    return said, max(built_in.confidence, SURE)


def _remedy(wish: Wish | None, text: str, folded: str) -> Remedy | None:
    """What is asked for, where the words that ask for it are the customer's; sums and multiples only if written."""
    span = place_of(wish.words, text, folded) if wish is not None else None
    if wish is None or span is None:
        return None
    money = next((one for one in sums(folded) if wish.amount in (one.low, one.high)), None)
    multiple = wish.multiple if wish.multiple in _multiples(folded) else None
    kinds = tuple(one for one in wish.kinds if one is not RemedyKind.MULTIPLE or multiple is not None)
    if not kinds:
        return None
    return Remedy(
        kinds=kinds,
        span=span,
        amount=wish.amount if money is not None else None,
        currency=_currency(money),
        multiple=multiple,
        open_ended=RemedyKind.OPEN in kinds,
    )


def _currency(money: Money | None) -> str | None:
    return money.currency if money is not None else None


def _multiples(folded: str) -> set[float]:
    """Every multiple that the text names."""
    words = multipliers()
    said = (match["word"] or match["n"] or match["x"] for match in _TIMES.finditer(folded))
    found = (words["double"] if one is None else words.get(one) or number(one) for one in said)
    return {float(one) for one in found if one}


def _slots(built_in: Slots, said: dict[str, tuple[str, ...]], text: str, folded: str) -> Slots:
    """Facts for the slots that are still empty."""

    def filled(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        values = (_value(name, words, text, folded) for words in said.get(name, ()))
        return known or tuple(dict.fromkeys(one for one in values if one is not None))

    return Slots(
        order_no=filled("order_no", built_in.order_no),
        phone=filled("phone", built_in.phone),
        amount=built_in.amount,
        purchase_date=filled("purchase_date", built_in.purchase_date),
        product=filled("product", built_in.product),
        batch_no=filled("batch_no", built_in.batch_no),
    )


def _value(name: str, words: str, text: str, folded: str) -> str | None:
    """The words as they stand in the text, if they are a whole code there, or short enough for a product."""
    span = place_of(words, text, folded)
    if span is None or sum(map(str.isdigit, span.text)) < _DIGITS[name]:
        return None
    if name == "product":
        return span.text if len(span.text) <= _LONGEST_PRODUCT and "\n" not in span.text else None
    around = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return None if any(re.fullmatch(r"[A-Za-z\d]", one) for one in around) else span.text

"""The category of a message, whether it is a complaint, and its emotion."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bot.complaint.reading import Category, Emotion, Family, Intent, Remedy, RemedyKind, Risk
from bot.reading.finding import Found, Hit

_SHOUTED = 4
_STRONG, _WEAK = 2.0, 0.5
_RANK = (
    Category.FOOD_SAFETY, Category.COUNTERFEIT, Category.ACCOUNT, Category.FALSE_AD, Category.BILLING,
    Category.AFTERSALES,
    Category.PACKAGING, Category.DELIVERY, Category.SERVICE, Category.QUALITY,
)  # fmt: skip
_WEIGHT = {
    Category.FOOD_SAFETY: 1.3, Category.COUNTERFEIT: 1.3, Category.ACCOUNT: 1.2, Category.FALSE_AD: 1.1,
    Category.BILLING: 1.1, Category.PACKAGING: 1.1, Category.AFTERSALES: 1.0, Category.DELIVERY: 1.05,
    Category.SERVICE: 0.9, Category.QUALITY: 0.75,
}  # fmt: skip
_LABELS = tuple((category, f"category.{category}") for category in _RANK)
_SEEN = {Category.FOOD_SAFETY: "sign.foreign_object", Category.QUALITY: "sign.hazard"}
_ASIDE = frozenset({
    Intent.IS_PRESS, Intent.REFUSES_DETAILS, Intent.ASKS_VERDICT, Intent.ASKS_LIMIT, Intent.ASKS_IF_BOT,
    Intent.ASKS_RIGHTS, Intent.STOP_MESSAGES, Intent.IMPLICIT_DISPLEASURE,
})  # fmt: skip
_PUT_RIGHT = frozenset({RemedyKind.REFUND_FULL, RemedyKind.RETURN, RemedyKind.REPLACE, RemedyKind.REPAIR})
_MOST = 3
_GRAVE = frozenset({
    Family.INJURY, Family.EXTORTION, Family.LEGAL, Family.REGULATOR, Family.COUNTERFEIT, Family.PRIVACY, Family.MASS,
    Family.BROKEN_PROMISE, Family.ABUSE, Family.SELF_HARM, Family.CHURN,
})  # fmt: skip
_SHOUTS = re.compile(r"[!！]{3,}|[?？]{3,}|(?:[!！][^!！]{0,24}){3,}[!！]")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")


class Sense(NamedTuple):
    """Category, complaint or not, emotion."""

    category: Category
    is_complaint: bool
    emotion: Emotion
    confidence: float
    shares: Mapping[Category, float] = MappingProxyType({})
    """Of all that the cues tell: how much tells of each category."""


def _scores(found: Found) -> dict[Category, float]:
    scores = {}
    for category, label in _LABELS:
        seen = category in _SEEN and _SEEN[category] in found
        if label not in found and not seen:
            continue
        hits = found.get(label) or []
        strong = _plain(hits)
        weak = len(hits) - strong
        strong += seen
        score = min(strong, _MOST) * _STRONG + min(weak, 2) * _WEAK
        scores[category] = score * _WEIGHT[category]
    return scores


def _plain(hits: list[Hit]) -> int:
    return len([hit for hit in hits if not hit.weak])


def _grievances(found: Found) -> int:
    plain = [_plain(found[label]) for _, label in _LABELS if label in found]
    return sum(plain) + len([label for label in _SEEN.values() if label in found])


def read_emotion(text: str, found: Found, risks: tuple[Risk, ...], grievances: int) -> Emotion:
    """The emotion by its strongest words and by shouting."""
    if found.get("sign.extreme"):
        return Emotion.EXTREME
    strong_abuse = any(risk.family is Family.ABUSE and not risk.weak for risk in risks)
    heat = Emotion.CALM
    if strong_abuse or found.get("sign.angry"):
        return Emotion.ANGRY
    if found.get("sign.annoyed"):
        heat = Emotion.ANNOYED
    elif found.get("sign.disappointed"):
        heat = Emotion.DISAPPOINTED
    upset = heat or found.get("sign.negative") or grievances
    if upset and (_SHOUTS.search(text) or _shouts_some(text)):
        return Emotion.ANGRY
    return heat


def _shouts_some(text: str) -> bool:
    """Some words in capitals; a text that is all capitals is a form, not a shout."""
    return any(map(str.islower, text)) and len(_CAPITALS.findall(text)) >= _SHOUTED


def _complains(found: Found, risks: tuple[Risk, ...], remedy: Remedy | None, grievances: int) -> bool:
    minus = (
        grievances
        + len(found.get("sign.negative", ()))
        + sum(r.family in _GRAVE and not r.weak for r in risks)
    )
    if remedy is not None and not set(remedy.kinds) <= {
        RemedyKind.OTHER,
        RemedyKind.NONE,
        RemedyKind.CALLBACK,
    }:
        minus += 1
    if not minus:
        return False
    plus = len({hit.start for hit in found.get("sign.positive", ())})
    if found.get("sign.question") and not grievances and minus <= 1 and not found.get("sign.negative"):
        return False
    if plus >= minus * 2 and not any(r.family in _GRAVE and not r.weak for r in risks):
        return False
    return not (found.get("category.suggestion") and minus <= 1)


def read_sense(
    text: str, found: Found, risks: tuple[Risk, ...], remedy: Remedy | None, intents: frozenset[Intent]
) -> Sense:
    """Category, complaint or not, emotion, and how sure."""
    grievances = _grievances(found)
    emotion = read_emotion(text, found, risks, grievances)
    scores = _scores(found)
    whole = sum(scores.values()) + 0.5
    shares = {category: score / whole for category, score in scores.items()}
    complains = _complains(found, risks, remedy, grievances) or (
        emotion >= Emotion.ANNOYED and not found.get("sign.positive")
    )
    grave = any(risk.family in _GRAVE and not risk.weak for risk in risks)
    if not (grievances or grave or remedy) and intents & _ASIDE and emotion < Emotion.ANGRY:
        complains = False
    if not complains:
        calm = min(emotion, Emotion.DISAPPOINTED)
        if found.get("category.suggestion"):
            return Sense(Category.SUGGESTION, is_complaint=False, emotion=calm, confidence=0.7, shares=shares)
        return Sense(Category.NONE, is_complaint=False, emotion=calm, confidence=0.5, shares=shares)
    category, confidence = _best(scores, risks, remedy)
    return Sense(category, is_complaint=True, emotion=emotion, confidence=confidence, shares=shares)


def _best(
    scores: dict[Category, float], risks: tuple[Risk, ...], remedy: Remedy | None
) -> tuple[Category, float]:
    families = {risk.family for risk in risks if not risk.weak}
    if not scores:
        if Family.PRIVACY in families:
            return Category.ACCOUNT, 0.5
        if Family.BROKEN_PROMISE in families:
            return Category.AFTERSALES, 0.3
        if Family.HUMAN in families or Family.ABUSE in families:
            return Category.SERVICE, 0.3
        if remedy is not None and set(remedy.kinds) & _PUT_RIGHT:
            return Category.AFTERSALES, 0.2
        return Category.QUALITY, 0.2
    best = max(scores, key=lambda one: (scores[one], -_RANK.index(one)))
    return best, round(scores[best] / (sum(scores.values()) + 0.5), 2)

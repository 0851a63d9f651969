"""Combines cues and classifier: the final danger signs, category, and complaint or not.

The cues say what stands in the text; learning says how the whole text sounds. Danger that only learning hears is
`perhaps` there, unless it is sure; what a cue shows it takes back only where the whole text is nothing like it. What
the grievance is about both tell together.
"""

from collections.abc import Iterator, Mapping
from math import exp, log
from typing import Final

from bot.complaint.reading import Category, Family, Risk, Span
from bot.reading.company import company_of
from bot.reading.finding import NOT, Found
from bot.reading.learned import Learned
from bot.reading.marks import marks_of
from bot.reading.scope import Scope, scope_of
from bot.reading.sense import Sense
from bot.reading.shape import shape_of

Likeness = Mapping[str, float]

SURE: Final = {Family.INJURY: 0.7, Family.SELF_HARM: 0.85, Family.EXTORTION: 0.9}
"""From what likeness on a danger counts as shown: high, since people are called by it."""
UNLIKE: Final = {
    Family.INJURY: 0.018, Family.SELF_HARM: 0.03, Family.EXTORTION: 0.06, Family.ABUSE: 0.02, Family.HUMAN: 0.04,
    Family.MEDIA: 0.03, Family.SOCIAL: 0.03, Family.LEGAL: 0.05, Family.REGULATOR: 0.04, Family.MASS: 0.05,
}  # fmt: skip
"""Below what likeness a cue only looks like its sign: so low that of a hundred true ones hardly one is lost."""
UNLIKE_AT_EASE: Final = {
    Family.INJURY: 0.2, Family.SELF_HARM: 0.12, Family.EXTORTION: 0.12, Family.ABUSE: 0.12, Family.HUMAN: 0.2,
    Family.MEDIA: 0.12, Family.SOCIAL: 0.2, Family.LEGAL: 0.3, Family.REGULATOR: 0.3, Family.MASS: 0.3,
}  # fmt: skip
"""The same where the text sounds like no grievance at all: a purchase, a question, a story."""
AT_EASE: Final = 0.5
"""Below what likeness to a grievance a text sounds like none."""
LEAST_AT_EASE: Final = {
    Family.INJURY: 0.3, Family.EXTORTION: 0.08, Family.ABUSE: 0.3, Family.MEDIA: 0.3, Family.LEGAL: 0.3,
    Family.REGULATOR: 0.3, Family.MASS: 0.3, Family.SELF_HARM: 0.1,
}  # fmt: skip
"""From what likeness on a risk may be suspected in such a text."""
HEDGES: Final = {
    Family.INJURY: frozenset({"laugh", "asks", "asked", "told", "supposes", "not_now", "buys", "is_a"}),
    Family.SELF_HARM: frozenset({"laugh", "tale", "not_now", "degree", "price", "told"}),
    Family.EXTORTION: frozenset({"laugh", "tale", "not_now", "degree", "wish", "is_a", "mended", "told"}),
}  # fmt: skip
"""In which settings a sign that is nowhere told as a fact is hardly ever one: of the examples 5 in 100 at most.
Praise is none of them: who praises the sound tells of the sore ear as well."""
LEAST_HEDGED: Final = {Family.INJURY: 0.3, Family.SELF_HARM: 0.12, Family.EXTORTION: 0.12}
"""From what likeness on a risk may be suspected, or a cue for it counts, where its signs stand so."""
_SIGNS: Final = {Family.INJURY: "harm", Family.SELF_HARM: "death", Family.EXTORTION: "deal"}
IN_DOUBT: Final = 0.5
"""From what likeness on a risk is perhaps there although its words only look like it, or a lawful step is named."""
RID: Final = 0.1
"""How likely despair must be beside a plain wish for money or goods: being rid of a thing is not the end of life."""
WEARY: Final = 3.0
"""How much more somebody must sound done with a brand than with life, for only that to be heard."""
LAWFUL: Final = frozenset({Family.EXTORTION, Family.SELF_HARM, Family.ABUSE})
"""What a lawful step speaks against: a right is no threat to anybody (R45)."""
BY_CUES: Final = 1.0
"""How much the cues' share speaks for a category, against the odds of likeness."""
CHOSEN: Final = 0.75
"""How much more speaks for the one that the cues settled on."""
COMPLAINS: Final = 0.75
"""How much the cues' word on whether it is a grievance at all speaks for that, or against it."""
LEANING: Final = 0.6
"""What speaks for a grievance from the start: one that is missed costs more than one that is none."""
NOTHING_LIKE_IT: Final = 0.05
"""Below what likeness to a grievance a wish is no claim either: who asks for a price."""
FEW: Final = 12
"""Below so many characters a grievance that no cue shows must be clear: a number typed is none."""
CLEAR: Final = 0.3
"""How sure it then must be what it is about."""
NO_GRIEVANCE: Final = frozenset({Category.NONE, Category.SUGGESTION})
DEMANDS: Final = ("threat.", "want.", "act.", "wish.", "risk.extortion")
NO_DEMAND: Final = frozenset({"threat.condition", "wish.or_else", "act.replace", "want.replace"})
"""What presses for nothing by itself: a condition, or another size."""
THREATENS: Final = ("threat.unlawful", "threat.exposure", "threat.silence", "risk.abuse", "risk.media")
"""What makes more than a counter-offer of a demand with "or else"."""
DESPAIR: Final = frozenset({Family.SELF_HARM})
"""Whoever speaks of ending their life is never taken for one who threatens."""
_LABELS: Final = tuple((category, f"category.{category}") for category in Category)
_RISKS: Final = tuple((family, f"risk.{family}") for family in Family)
_ANGER: Final = "risk.anger"
_CHURN: Final = "risk.churn"
_COMPLAINT: Final = "complaint"
_NEVER: Final = 2.0
_NEARLY: Final = 1e-6
_NEARLY_ALL: Final = 1 - _NEARLY
_AROUND: Final = 32
_STORY: Final = 80
"""Characters beyond which a sign may drown in the rest."""
_TELLING: Final = 8
"""Characters that it takes to sound like anything."""


def likely(
    text: str,
    folded: str,
    found: Found,
    risks: tuple[Risk, ...],
    like: Likeness,
    scope: Scope,
    learned: Learned,
) -> tuple[Risk, ...]:
    """The signs of the cues without those that all is unlike: a joke, a film, a product's name.

    In a long story a sign may be one word among many others, so what stands around it is asked as well.
    """
    if not risks or len(text) < _TELLING:
        return risks
    unlike = UNLIKE_AT_EASE if _at_ease(like) else UNLIKE
    doubted = {
        family
        for family in {one.family for one in risks}
        if like.get(f"risk.{family}", 1.0) < max(unlike.get(family, 0.0), _hedged(family, scope))
    }
    return tuple(
        one for one in risks if one.family not in doubted or _alike_around(one, text, folded, found, learned)
    )


def _alike_around(risk: Risk, text: str, folded: str, found: Found, learned: Learned) -> bool:
    """Whether what stands around a sign is like it, taken by itself."""
    if len(text) <= _STORY:
        return False
    first, last = max(0, risk.span.start - _AROUND), risk.span.end + _AROUND
    near = {
        label: here
        for label, hits in found.items()
        if (here := [hit._replace(start=hit.start - first) for hit in hits if first <= hit.start < last])
    }
    piece = folded[first:last]
    marks = marks_of(near) | shape_of(text[first:last]) | company_of(piece, near) | scope_of(piece).marks
    by_itself = learned.likeness(piece, marks)
    unlike = UNLIKE_AT_EASE if _at_ease(by_itself) else UNLIKE
    return by_itself[f"risk.{risk.family}"] >= unlike[risk.family]


def _at_ease(like: Likeness) -> bool:
    return like.get(_COMPLAINT, 1.0) < AT_EASE


def _hedged(family: Family, scope: Scope) -> float:
    """What likeness it takes where the signs of a family are asked, supposed, joked or told of others; else none."""
    settings = scope.hedged.get(_SIGNS.get(family, ""), frozenset())
    return LEAST_HEDGED[family] if settings and settings & HEDGES[family] else 0.0


def weighed_risks(
    text: str,
    folded: str,
    found: Found,
    risks: tuple[Risk, ...],
    like: Likeness,
    scope: Scope,
    learned: Learned,
) -> tuple[Risk, ...]:
    """The danger signs: those the classifier is sure of, those of the cues, then suspected ones."""
    if len(text) < _TELLING:
        return risks
    sure, perhaps = [], []
    for family, likeness in _heard(found, risks, like, scope, learned):
        start, end = learned.telling(folded, f"risk.{family}")
        words = Span(start, end, text[start:end])
        if likeness >= SURE.get(family, _NEVER) and not _doubtful(family, found):
            sure.append(Risk(family=family, span=words))
        else:
            perhaps.append(Risk(family=family, span=words, perhaps=True))
    return (*sure, *risks, *perhaps)


def sounds_angry(text: str, sense: Sense, like: Likeness, learned: Learned) -> bool:
    """Whether the whole text sounds angry; who shouts for joy does not."""
    return (
        sense.is_complaint
        and len(text) >= _TELLING
        and like.get(_ANGER, 0.0) >= learned.least.get(_ANGER, _NEVER)
    )


def _heard(
    found: Found, risks: tuple[Risk, ...], like: Likeness, scope: Scope, learned: Learned
) -> Iterator[tuple[Family, float]]:
    """The signs without a cue that the classifier suspects, with their probability."""
    shown = {one.family for one in risks if not one.weak}
    at_ease = _at_ease(like)
    for family, label in _RISKS:
        likeness = like.get(label, 0.0)
        if likeness < learned.least.get(label, _NEVER) or family in shown:
            continue
        least = max(_hedged(family, scope), LEAST_AT_EASE.get(family, 0.0) if at_ease else 0.0)
        if likeness < least or (likeness < IN_DOUBT and _doubtful(family, found)):
            continue
        if family is Family.EXTORTION and (shown & DESPAIR or _bargains(found)):
            continue
        if family is Family.EXTORTION and likeness < IN_DOUBT and not _presses(found):
            continue
        if family is Family.SELF_HARM and _has_had_enough_of_us(likeness, like, found):
            continue
        yield family, likeness


def _has_had_enough_of_us(likeness: float, like: Likeness, found: Found) -> bool:
    """Whether somebody is done with a brand, a thing or a telephone queue rather than with life."""
    if like.get(_CHURN, 0.0) > WEARY * likeness:
        return True
    return likeness < (IN_DOUBT if "sign.weary" in found else RID if _wants(found) else 0.0)


def _wants(found: Found) -> bool:
    """Whether a remedy is asked for by name."""
    return any(label.startswith("want.") for label in found)


def _bargains(found: Found) -> bool:
    """Whether a threat is only to refuse less: a counter-offer, no threat."""
    return "bargain.terms" in found and not any(label in found for label in THREATENS)


def _presses(found: Found) -> bool:
    """Whether more is demanded than the goods put right: without a demand nothing is extortion."""
    only_asks = "sign.question" in found and "threat.condition" not in found
    return not only_asks and any(label.startswith(DEMANDS) and label not in NO_DEMAND for label in found)


def _doubtful(family: Family, found: Found) -> bool:
    """Words that only look like the sign; or a lawful step, which is a right."""
    if f"{NOT}risk.{family}" in found:
        return True
    if family is Family.SELF_HARM and "risk.abuse" in found:
        return True  # who insults others hardly speaks of their own end
    lawful = "risk.regulator" in found or "risk.legal" in found
    unlawful = "threat.unlawful" in found or "threat.silence" in found
    return family in LAWFUL and lawful and not unlawful


def weighed_sense(text: str, sense: Sense, like: Likeness, *, claims: bool = False) -> Sense:
    """Category and complaint-or-not, from cues and classifier together.

    Who `claims` something with their complaint has one, whatever the words sound like.
    """
    if not like or len(text) < _TELLING:
        return sense
    odds = {category: _odds(like.get(label, 0.0)) for category, label in _LABELS}
    complains = (sense.is_complaint and claims) or _complains(odds, like, sense) > 0
    for category, share in sense.shares.items():
        odds[category] += BY_CUES * share
    odds[sense.category] += CHOSEN
    best = max([one for one in odds if (one in NO_GRIEVANCE) is not complains], key=odds.__getitem__)
    sure = exp(odds[best]) / sum(map(exp, odds.values()))
    if len(text) < FEW and complains and not sense.is_complaint and sure < CLEAR:
        return sense
    return sense._replace(category=best, is_complaint=complains, confidence=round(sure, 2))


def _complains(odds: Mapping[Category, float], like: Likeness, sense: Sense) -> float:
    """How much speaks for a grievance: the text as a whole, what each category has of it, and the cues."""
    chances = {category: exp(one) for category, one in odds.items()}
    without = sum([chances[category] for category in NO_GRIEVANCE])
    by_category = log((sum(chances.values()) - without) / without)
    as_a_whole = _odds(like.get(_COMPLAINT, 0.0))
    return (by_category + as_a_whole) / 2 + (COMPLAINS if sense.is_complaint else -COMPLAINS) + LEANING


def is_unlike_any(like: Likeness) -> bool:
    """Whether the text as a whole sounds like anything but a grievance."""
    return like.get(_COMPLAINT, 1.0) < NOTHING_LIKE_IT


def _odds(likeness: float) -> float:
    if not _NEARLY <= likeness <= _NEARLY_ALL:
        likeness = _NEARLY if likeness < _NEARLY else _NEARLY_ALL
    return log(likeness / (1 - likeness))

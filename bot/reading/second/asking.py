"""The question to a model, and when it is worth asking."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.complaint.reading import Category, Emotion, Family, Intent, Reading, RemedyKind
from bot.reading.privacy import holds_identity_data
from bot.reading.second.hiding import Hidden, hidden

HAZARD: Final = "hazard"
RAISED: Final = (
    Family.SELF_HARM, Family.INJURY, Family.MEDIA, Family.SOCIAL, Family.LEGAL, Family.REGULATOR, Family.VULNERABLE,
    Family.COUNTERFEIT, Family.PRIVACY, Family.MASS, Family.HUMAN, Family.URGENCY, Family.CHURN,
)  # fmt: skip
"""The families that a model may raise. Extortion and abuse are not among them: they accuse whoever complains, and
nobody is accused on a model's word."""
WANTED: Final = tuple(one for one in RemedyKind if one is not RemedyKind.NONE)
"""The remedy kinds a model may name; "wants nothing" is never taken from it."""
SLOTS: Final = ("order_no", "phone", "purchase_date", "product", "batch_no")
SURE: Final = 0.6
"""How sure the built-in reader must be for its category to stand, and not to be asked about."""
LONG: Final = 20
"""Words from which a message is asked about however sure the built-in reader is of what it is about: it may say
several things, and a danger that is only hinted at among them."""
FEW: Final = 8
FEW_BESIDE_AN_ANSWER: Final = 20
"""Words below which nothing is asked, and below which nothing is asked if they answer, thank or greet."""
MOST: Final = 4000
"""Code points of a message that are sent."""

_WORD = re.compile(r"[\u3400-\u9fff]|[A-Za-z][A-Za-z'’-]*")
_DANGER: Final = (Family.SELF_HARM, Family.INJURY, Family.EXTORTION, Family.HUMAN)
_OUTRIGHT: Final = frozenset({Intent.WANTS_PERSON, Intent.IS_PRESS})


@dataclass(frozen=True, slots=True)
class Question:
    """One call: instructions, the customer's words as data, the answer's schema, and how to unmask it."""

    system: str
    words: str
    schema: dict[str, Any]
    hidden: Hidden


def is_urgent(built_in: Reading) -> bool:
    """Whether there is danger or a wish for a person: that is acted on at once (R23, R27)."""
    return built_in.hazard or built_in.shows(*_DANGER) or not built_in.intents.isdisjoint(_OUTRIGHT)


def worth_asking(text: str, built_in: Reading) -> bool:
    """Whether a second reading may help.

    Never for what is urgent. Never for what holds an identity card, a bank card or a secret (R26): that stays
    here. Never for short answers.
    """
    words = len(_WORD.findall(text))
    few = FEW_BESIDE_AN_ANSWER if built_in.intents else FEW
    if words < few or is_urgent(built_in) or holds_identity_data(text):
        return False
    return built_in.confidence < SURE or words >= LONG or any(risk.weak for risk in built_in.risks)


def question_for(text: str, built_in: Reading) -> Question:
    """The question about a text, with the customer's words as the only value of a JSON object."""
    safe = hidden(text, built_in.slots)
    words = json.dumps({"customer_words": safe.text[:MOST]}, ensure_ascii=False)
    return Question(system=_system(), words=words, schema=schema(), hidden=safe)


@cache
def _system() -> str:
    return (files("bot.reading.second") / "system.md").read_text(encoding="utf-8")


@cache
def schema() -> dict[str, Any]:
    """The answer's shape in the strict part of JSON Schema: every key is required, none may be added."""
    words = {"type": "string"}
    number = {"type": ["number", "null"]}
    danger = _object(kind=_one_of(*(one.value for one in RAISED), HAZARD), words=words)
    remedy = _object(
        kinds=_list(_one_of(*(one.value for one in WANTED))),
        words=words,
        amount=number,
        currency={"type": ["string", "null"]},
        multiple=number,
    )
    return _object(
        category=_one_of(*(one.value for one in Category)),
        is_complaint={"type": "boolean"},
        emotion={"type": "integer", "enum": [one.value for one in Emotion]},
        danger=_list(danger),
        remedy={"anyOf": [remedy, {"type": "null"}]},
        slots=_object(**{name: _list(words) for name in SLOTS}),
    )


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(*labels: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(labels)}

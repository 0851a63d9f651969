"""What a customer is doing with a message, and what a short answer means to the question before it."""

from bot.complaint.reading import Family, Intent, Risk
from bot.reading.finding import Found

_YES_NO = {"agree", "follow_up", "kept", "arrived"}
_LABELS = {f"intent.{intent}": intent for intent in Intent}
_SHORT = 12


def read_intents(folded: str, found: Found, risks: tuple[Risk, ...], asked: str | None) -> frozenset[Intent]:
    """All intents shown; `asked` is the question that was pending."""
    intents = {intent for label, intent in _LABELS.items() if label in found}
    if (
        any(risk.family is Family.HUMAN and not risk.weak for risk in risks)
        and Intent.ASKS_IF_BOT not in intents
    ):
        intents.add(Intent.WANTS_PERSON)
    if Intent.ASKS_IF_BOT in intents and found.get("risk.human") and _more_than_question(found):
        intents.add(Intent.WANTS_PERSON)
    if any(risk.family in {Family.INJURY, Family.SELF_HARM} and not risk.weak for risk in risks):
        intents.discard(Intent.SAYS_UNHARMED)
    if asked is not None:
        intents |= _answered(folded, found, asked)
        intents -= _not_in_answer(asked, intents)
    elif Intent.REFUSES in intents and Intent.AGREES in intents:
        intents.discard(Intent.AGREES)
    return frozenset(intents)


def _more_than_question(found: Found) -> bool:
    asked = found.get("intent.asks_if_bot", ())
    return any(
        not any(a.start < hit.end and hit.start < a.end for a in asked) for hit in found.get("risk.human", ())
    )


def _answered(folded: str, found: Found, asked: str) -> set[Intent]:
    yes, no = bool(found.get("answer.yes")), bool(found.get("answer.no"))
    if asked == "eaten":
        if no:
            return set()
        return {Intent.SAYS_EATEN} if yes else set()
    if asked == "unharmed":
        return {Intent.SAYS_UNHARMED} if no else set()
    if asked in _YES_NO and len(folded) <= _SHORT:
        return {Intent.AGREES} if yes and not no else {Intent.REFUSES} if no else set()
    if (
        no
        and len(folded) <= _SHORT
        and asked in {"order_no", "batch_no", "phone", "purchase_date", "photo", "receipt"}
    ):
        return {Intent.SKIPS}
    return set()


def _not_in_answer(asked: str, intents: set[Intent]) -> set[Intent]:
    """A bare no to a question of fact refuses nothing; no is no to an agreement."""
    drop: set[Intent] = set()
    if asked in {"eaten", "unharmed", "order_no", "batch_no", "phone", "photo", "receipt", "purchase_date"}:
        drop |= {Intent.REFUSES, Intent.AGREES}
    if Intent.REFUSES in intents and asked in _YES_NO:
        drop.add(Intent.AGREES)
    return drop

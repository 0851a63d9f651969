"""The intents of a message, and what a short answer means to the question before it."""

from bot.complaint.reading import Family, Intent, Risk
from bot.reading.finding import Found

_YES_NO = frozenset({"agree", "arrived", "withdraw"})
_BINDING = frozenset({"agree", "withdraw", "settled", "back"})
"""Questions whose yes settles something: only a plain yes is one (S95)."""
_HARM = frozenset({"unharmed", "eaten"})
_FACTS = frozenset({
    "order_no", "batch_no", "phone", "purchase_date", "photo", "photo_pack", "photo_object", "where_bought",
    "where_eaten", "storage", "when_where", "receipt",
})  # fmt: skip
_LABELS = {f"intent.{intent}": intent for intent in Intent}
PLACES = frozenset({"where_bought", "where_eaten", "storage"})
"""Questions whose answer is told, and no complaint, unless a word says what is wrong."""
_SHORT = 12
_FIRST_WORDS = 4
"""Characters within which a yes to "has anybody eaten it?" begins; a later one is of something else."""


def read_intents(folded: str, found: Found, risks: tuple[Risk, ...], asked: str | None) -> frozenset[Intent]:
    """All intents shown; `asked` is the open question."""
    intents = {intent for label, intent in _LABELS.items() if label in found}
    if (
        any(risk.family is Family.HUMAN and not risk.weak for risk in risks)
        and Intent.ASKS_IF_BOT not in intents
    ):
        intents.add(Intent.WANTS_PERSON)
    if Intent.ASKS_IF_BOT in intents and found.get("risk.human") and _more_than_question(found):
        intents.add(Intent.WANTS_PERSON)
    if asked is not None:
        intents |= _answered(folded, found, asked)
    intents -= _not_in_answer(asked or "", intents)
    if asked in _BINDING and not _plainly_yes(folded, found):
        intents.discard(Intent.AGREES)
    if "sign.over" in found and asked not in _HARM:
        intents.add(Intent.WITHDRAWS)
        intents.discard(Intent.IMPLICIT_DISPLEASURE)
    if "tongue.en" in found or "tongue.zh" in found:
        intents.add(Intent.ASKS_LANGUAGE)
    if "sign.not_eaten" in found and Intent.SAYS_EATEN not in intents:
        intents |= {Intent.SAYS_UNHARMED, Intent.SAYS_UNEATEN}
    elif asked == "eaten" and "answer.uneaten" in found:
        intents.add(Intent.SAYS_UNEATEN)
    if any(risk.family in {Family.INJURY, Family.SELF_HARM} and not risk.weak for risk in risks):
        intents.discard(Intent.SAYS_UNHARMED)
    return frozenset(intents)


def _more_than_question(found: Found) -> bool:
    asked = found.get("intent.asks_if_bot", ())
    return any(
        not any(a.start < hit.end and hit.start < a.end for a in asked) for hit in found.get("risk.human", ())
    )


def _answered(folded: str, found: Found, asked: str) -> set[Intent]:
    yes, no = "answer.yes" in found, "answer.no" in found
    if asked in _HARM:
        yes = yes and found["answer.yes"][0].start < _FIRST_WORDS
        if no:
            return {Intent.SAYS_UNHARMED}
        return {Intent.SAYS_EATEN} if yes and asked == "eaten" else set()
    if asked == "settled":
        return _settled(found)
    if asked == "withdraw" and "answer.let_go" in found:
        return {Intent.WITHDRAWS}
    return _briefly(asked, yes=yes, no=no) if len(folded) <= _SHORT else set()


def _briefly(asked: str, *, yes: bool, no: bool) -> set[Intent]:
    if asked in _YES_NO and (yes or no):
        return {Intent.REFUSES} if no else {Intent.AGREES}
    return {Intent.SKIPS} if no and asked in _FACTS else set()


def _settled(found: Found) -> set[Intent]:
    if "answer.unsettled" in found:
        return {Intent.REFUSES}
    return {Intent.AGREES} if "answer.settled" in found else set()


def _plainly_yes(folded: str, found: Found) -> bool:
    """Nothing stands beside the yes but thanks and the like: no "let me see", no "but", no question."""
    if "?" in folded:
        return False
    labels = ("answer.yes", "answer.settled", "intent.agrees", "intent.thanks", "answer.beside_yes")
    covered = {
        place for label in labels for hit in found.get(label, ()) for place in range(hit.start, hit.end)
    }
    return not any(sign.isalnum() for place, sign in enumerate(folded) if place not in covered)


def _not_in_answer(asked: str, intents: set[Intent]) -> set[Intent]:
    """A bare no to a question of fact refuses nothing; no is no to an agreement."""
    if asked in _HARM or asked in _FACTS or (asked == "withdraw" and Intent.WITHDRAWS in intents):
        return {Intent.REFUSES, Intent.AGREES}
    return {Intent.AGREES} if Intent.REFUSES in intents else set()

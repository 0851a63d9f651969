"""The read-back before any assessment or offer: recorded facts, with a button to correct each (S92)."""

from typing import Any, Final
from zlib import crc32

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Case
from bot.dialogue.draft import Draft
from bot.reading.saidwords import names_same_thing, said_back

POINTS: Final = 3


def understood(draft: Draft) -> dict[str, Any]:
    """The recorded facts for the read-back: the order if found, else their own points."""
    return {"order": draft.order, "points": list(draft.case.story[-POINTS:]), "told": told_other(draft)}


def told_other(draft: Draft) -> str | None:
    """The thing they spoke of, where the order that was found is for another one of ours."""
    told, order = draft.facts.product, draft.facts.order
    if told is None or order is None:
        return None
    ours = next(
        (one for one in draft.rules.products if order.product in (one.key, *one.names.values())), None
    )
    if ours is None:
        return None
    return None if names_same_thing(told, (*ours.names.values(), *ours.words)) else told


def read_back(draft: Draft) -> dict[str, Any]:
    """The same for a message that says it only where it was not said yet as it now stands."""
    facts = draft.facts
    known = repr((facts.product, facts.order_no, facts.bought, facts.batch_no))
    name = f"noted:{crc32(known.encode()):08x}"
    new = not draft.was_said(name)
    draft.remember(name)
    return {**understood(draft), "noted": new and bool(facts.order or draft.case.story)}


def mend_row(draft: Draft) -> Rows:
    """A button to correct each recorded fact; none if nothing is known."""
    facts = draft.facts
    known = {
        "product": facts.product,
        "order_no": facts.order_no,
        "bought": facts.bought,
        "wish": draft.case.wishes,
    }
    row = tuple(Button(f"mend_{one}", "mend", one) for one, value in known.items() if value)
    return (row,) if row else ()


def in_their_words(case: Case) -> str:
    """What happened as they put it, short enough to be said back in half a sentence (S59); empty if nothing fits."""
    product, issue = case.facts.product or "", case.facts.issue
    about = issue or ((product,) if product else ())
    return said_back(case.story, about, product if issue else "")

"""The read-back before any assessment or offer: recorded facts, with a button to correct each (S92)."""

import re
from typing import Any, Final
from zlib import crc32

from bot.complaint.actions import Button, Rows
from bot.dialogue.draft import Draft
from bot.reading.folding import fold

POINTS: Final = 3
_ENDINGS: Final = frozenset("子机器头的")
"""Characters that end the names of many kinds of thing."""
_SIGNS: Final = re.compile(r"[\u4e00-\u9fff]|[a-z]{3,}")


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
    called = {sign for name in (*ours.names.values(), *ours.words) for sign in _signs(name)}
    return None if called & set(_kind(told)) else told


def _kind(name: str) -> list[str]:
    """What makes the thing: the last Chinese character that says so ("an electric kettle" and "an electric pan"
    share only the current), or any word of a Latin name.
    """
    signs = _signs(name)
    if not signs or signs[0].isascii():
        return signs
    telling = [one for one in signs if one not in _ENDINGS]
    return telling[-1:] or signs


def _signs(name: str) -> list[str]:
    """Chinese text by character, other text by word."""
    return _SIGNS.findall(fold(name))


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

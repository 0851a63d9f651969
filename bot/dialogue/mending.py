"""Finds which recorded fact a message corrects, and its new value (S92).

The reader sees that something is put right; only the case knows whether it was ever written down.
"""

from typing import Final

from bot.complaint.actions import Remark
from bot.complaint.case import Case, Facts, Wish
from bot.complaint.conversation import Step
from bot.complaint.events import Commanded, CustomerWrote, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.reading import Fix, Reading
from bot.dialogue.draft import Change, Draft
from bot.dialogue.steps import Signal
from bot.reading.corrections import amount_in
from bot.reading.privacy import masked
from bot.reading.qualities import as_named

A_SIGN, A_WORD = 2, 8
"""How much longer than the name words may be that still are that name ("blue kettle"), in signs and in letters."""
LONGEST: Final = 24
"""More words than that are a story, and no name of anything."""
MENDS: Final = frozenset(
    {
        Signal.TELLS,
        Signal.ANSWERS,
        Signal.NAMES_REMEDY,
        Signal.DECLINES,
        Signal.AGREES,
        Signal.SKIPS,
    }
)
"""Signals that may hold a correction; danger and a call for a person never do."""
STRAY: Final = (Signal.LATE_PRESS, Signal.FOREIGN_PRESS)
"""Presses that change nothing."""
WHERE: Final = (
    Step.CLARIFYING,
    Step.WISH,
    Step.PROPOSING,
    Step.AGREEMENT,
    Step.WITH_PEOPLE,
)
"""Where it is answered at once; elsewhere it is written down, and the talk's next words have it."""


def mending(draft: Draft, event: Event, signal: Signal, before: Facts | None) -> Signal:
    """The signal of a correction, if it is answered at once as one."""
    draft.changes = _mended(draft, event, signal, before)
    asked = draft.talk.mending != ""
    if asked and signal not in STRAY and isinstance(event, CustomerWrote | Commanded | Pressed):
        # whatever it was, the question under the button is over, and the one before it stands again
        before_it = None if draft.talk.step is Step.LISTENING else "wish"
        draft.talk = draft.talk.evolve(mending="", asked=before_it)
    here = draft.talk.step in WHERE or (asked and draft.talk.step is Step.LISTENING)
    at_once = bool(draft.changes) and here and draft.case.is_open and not draft.silent
    if draft.changes and not at_once:
        draft.show_card_if_known()
    return Signal.MENDS if at_once else signal


def _mended(draft: Draft, event: Event, signal: Signal, before: Facts | None) -> tuple[Change, ...]:
    """Record a correction; the old values go to the history."""
    reading, asked = draft.scene.reading, draft.talk.mending
    if not isinstance(event, CustomerWrote) or reading is None or before is None or signal not in MENDS:
        return ()
    told = _told_when_asked(asked, event.text, reading) if asked else None
    found = (
        [told] if told is not None else [_meant(one, reading, draft.case, before) for one in reading.fixes]
    )
    changes = [_beside(one, before) for one in found if one is not None]
    real = {one.what: one for one in changes if _folded(one.now) != _folded(one.was)}
    for one in real.values():
        _write_down(draft, one, event)
        draft.actions.append(Remark(what="put_right", by="customer", why=_history(one)))
    return tuple(real.values())


def _told_when_asked(what: str, text: str, reading: Reading) -> Change | None:
    """The answer to "what should it be?"; None if it is something else."""
    slots = (*reading.slots.product, *reading.slots.purchase_date, *reading.order_numbers)
    if reading.issue or (reading.intents and not slots):
        return None
    if reading.fixes and not reading.fixes[0].was:
        text = reading.fixes[0].now
    words = " ".join(text.split())
    if what == "order_no":
        found = next(iter(reading.order_numbers), None)
        return Change(what=what, now=found) if found else None
    if what == "bought":
        words = next(iter(reading.slots.purchase_date), words)
    return Change(what=what, now=words) if 0 < len(words) <= LONGEST else None


def _meant(fix: Fix, reading: Reading, case: Case, before: Facts) -> Change | None:
    """The fact that is corrected; None if no such fact was recorded."""
    what = (
        _named(fix, case, before)
        or _matching(fix, reading, case, before)
        or ("" if fix.was else _alike(fix, reading, before))
    )
    now = {
        "order_no": fix.order_no or "",
        "product": _product(fix, reading, before),
        "bought": _day(fix, reading, before),
        "amount": _amount(fix.now),
        "phone": next(iter(reading.slots.phone), ""),
    }.get(what, "")
    if what == "amount":
        asked_for = _asked_for(case)
        return Change(what=what, now=now, was=f"{asked_for:g}") if now and asked_for else None
    return Change(what=what, now=now) if now and len(now) <= LONGEST else None


def _named(fix: Fix, case: Case, before: Facts) -> str:
    """The fact that their words name; where no order is known, a bare number is the sum they asked for."""
    ordered = before.order is not None or before.order_no is not None
    if fix.field != "order_no" or ordered:
        return fix.field
    return "amount" if _asked_for(case) is not None and amount_in(fix.now) else ""


def _matching(fix: Fix, reading: Reading, case: Case, before: Facts) -> str:
    """The fact whose old value they deny."""
    if not fix.was:
        return ""
    was, asked_for = _folded(fix.was), _asked_for(case)
    known = _folded(before.order.order_no if before.order else before.order_no or "")
    if asked_for is not None and _amount(fix.was) == f"{asked_for:g}":
        return "amount"
    if fix.order_no and known.endswith(was if known else ""):
        return "order_no"
    if before.bought and _within(was, before.bought):
        return "bought"
    named = {_folded(one) for one in reading.slots.product}
    if before.product and (_names(was, before.product) or {was, _folded(fix.now)} <= named):
        return "product"
    return "product" if before.product and as_named(fix.was, "") == "" and as_named(fix.now, "") == "" else ""


def _alike(fix: Fix, reading: Reading, before: Facts) -> str:
    """Without an old value or a name: the known fact of the same kind as the new value."""
    if before.bought and reading.slots.purchase_date:
        return "bought"
    quality = as_named(fix.now, "") == ""
    return "product" if before.product and (quality or reading.slots.product) else ""


def _product(fix: Fix, reading: Reading, before: Facts) -> str:
    """The name of the goods; a known one where the words begin with it and tell more."""
    named = next((one for one in reading.slots.product if fix.now.startswith(one)), None)
    if named is None and any(one in fix.now for one in reading.issue):
        return ""
    return named or as_named(fix.now, _thing(fix, before))


def _day(fix: Fix, reading: Reading, before: Facts) -> str:
    """The day of buying: one that the reader saw, or words in place of those that stood there."""
    seen = next(iter(reading.slots.purchase_date), "")
    return seen or (fix.now if fix.was and before.bought else "")


def _thing(fix: Fix, before: Facts) -> str:
    """The product as it was written down, without what they say it is not ("white")."""
    quality, _, rest = as_named(fix.was, "|").partition("|")
    known = before.product or ""
    return known if rest or not fix.was else known.removeprefix(quality).strip() or known


def _names(was: str, product: str) -> bool:
    """Whether these words are the product, a part of its name, or its name with a word before it."""
    known = _folded(product)
    longer = len(was) - len(known) <= (A_WORD if was.isascii() else A_SIGN)
    return was in known or (was.endswith(known) and longer)


def _within(was: str, known: str) -> bool:
    return was in _folded(known) or _folded(known) in was


def _folded(words: str) -> str:
    return "".join(words.casefold().split()).replace("-", "")


def _amount(words: str) -> str:
    found = amount_in(words)
    return f"{found:g}" if found else ""


def _asked_for(case: Case) -> float | None:
    return case.wishes[-1].amount if case.wishes else None


def _beside(change: Change, before: Facts) -> Change:
    """The change with what was written down before it."""
    known = {
        "order_no": before.order.order_no if before.order else before.order_no,
        "product": before.product,
        "bought": before.bought,
        "phone": before.phone,
        "batch_no": before.batch_no,
        "store": before.store,
    }
    return change if change.was else replace(change, was=known.get(change.what) or "")


def _write_down(draft: Draft, change: Change, event: CustomerWrote) -> None:
    if change.what == "amount":
        _ask_for(draft, float(change.now), masked(event.text.strip()).text)
        return
    facts = replace(draft.facts, **{change.what: change.now})  # type: ignore[arg-type]
    order = facts.order
    if change.what == "order_no":
        found = draft.situation.order
        facts = replace(facts, order=found, order_no=found.order_no if found else change.now)
    elif change.what == "product" and order is not None and _another_thing(draft, change):
        # it was another thing that they bought: the order that was found is not theirs
        facts = replace(facts, order=None, order_no=None)
    draft.change(facts=facts)


def _another_thing(draft: Draft, change: Change) -> bool:
    """Whether it is no longer what the order is for; a kettle of another colour still is that kettle."""
    now = _folded(change.now)
    names = {one.product for one in (draft.facts.order, draft.order) if one is not None}
    return not (_kind(change.now) == _kind(change.was) or any(_names(now, one) for one in names))


def _kind(name: str) -> str:
    """The kind of a thing: the last word of a Latin name, the last two characters of a Chinese one."""
    return name.casefold().split()[-1] if name.isascii() and name.strip() else name.strip()[-2:]


def _ask_for(draft: Draft, amount: float, words: str) -> None:
    """The same wish with another sum; the one before stays in the list."""
    last: Wish = draft.case.wishes[-1]
    fresh = replace(last, at=draft.at, verbatim=words, amount=amount, amount_most=None)
    draft.change(wishes=(*draft.case.wishes, fresh))


def _history(change: Change) -> str:
    if change.what == "phone":
        return change.what
    return f"{change.what}: {change.was or '-'} -> {change.now}"

"""The card's lines about wishes, offers, promises and remedies."""

from collections import Counter
from datetime import datetime
from typing import Any, Final

from bot.complaint.case import Case, Fulfilment, Offer, Promise, PromiseStatus, Wish
from bot.complaint.shortening import cut
from bot.policy.promise_names import called
from bot.policy.remedies import goes_back
from bot.policy.tasking import task_of_promise

_PROMISES: Final = 6
_OFFERS: Final = 3


def dealings(case: Case, now: datetime) -> dict[str, Any]:
    """What is wanted, offered, promised and done."""
    wish = case.wishes[-1] if case.wishes else None
    return {
        "wish_said": cut(wish.verbatim) if wish else "",
        "wish_read": _wish(wish) if wish else None,
        "promises": _promises(case, now),
        "offers": [_offer(one) for one in case.offers[-_OFFERS:]],
        "fulfilments": [_fulfilment(one) for one in case.fulfilments],
    }


def _wish(wish: Wish) -> dict[str, object]:
    return {
        "kinds": [one.value for one in wish.kinds],
        "amount": wish.amount,
        "amount_most": wish.amount_most,
        "currency": wish.currency,
        "share": wish.share,
        "multiple": wish.multiple,
        "basis": wish.basis,
        "open_ended": wish.open_ended,
        "refuses_money": wish.refuses_money,
    }


def _promises(case: Case, now: datetime) -> list[dict[str, object]]:
    """Open ones, then the others, the newest first; of those missed one for each name, with how often."""
    settled = [one for one in reversed(case.promises) if one.status is not PromiseStatus.OPEN]
    missed = Counter(called(one) for one in settled if one.status is PromiseStatus.LATE)
    newest = {called(one): one.id for one in reversed(settled) if one.status is PromiseStatus.LATE}
    shown = (one for one in settled if one.status is not PromiseStatus.LATE or newest[called(one)] == one.id)
    rows = [_promise(one, case, now) for one in (*case.open_promises, *shown)][:_PROMISES]
    return [{**row, "times": missed[str(row["called"])]} for row in rows]


def _promise(one: Promise, case: Case, now: datetime) -> dict[str, object]:
    late = one.status is PromiseStatus.LATE or (one.status is PromiseStatus.OPEN and one.due_at < now)
    task = task_of_promise(case, one.id)
    return {
        "ref": one.id,
        "task": task.id if task is not None else "",
        "kind": one.kind,
        "called": called(one),
        "due": one.due_at,
        "status": one.status.value,
        "late": late,
    }


def _offer(one: Offer) -> dict[str, object]:
    return {
        "kinds": [kind.value for kind in one.kinds],
        "refund": sum(goes_back(part) for part in one.parts) if one.parts else one.refund,
        "state": "waiting" if one.parts and one.state == "chosen" else one.state,
        "by": one.by,
        "level": one.level.value,
    }


def _fulfilment(one: Fulfilment) -> dict[str, object]:
    return {
        "ref": one.id,
        "kind": one.kind.value,
        "worth": one.worth,
        "due": one.due_at,
        "proof": one.proof,
    }

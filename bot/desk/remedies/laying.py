"""Sends an offer to the complainant, and withdraws, replaces or expires it (S95)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.complaint.actions import Button, CancelTimer, SetTimer
from bot.complaint.case import Case, Level, Offer, Part, Status
from bot.complaint.conversation import Step
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.desk.sheet import Sheet
from bot.policy.deadlines import offer_ends
from bot.policy.remedies import told
from bot.policy.remedy_kinds import GOODS, REFUND

WAITING: Final = ("open", "chosen")
"""States of an offer that the complainant may still take."""


def expiry_key(offer: Offer) -> str:
    """The key of the timer that ends an offer."""
    return f"offer:{offer.id}"


def with_customer(case: Case) -> Offer | None:
    """The offer by people that waits for the complainant's answer."""
    return next((one for one in reversed(case.offers) if one.parts and one.state in WAITING), None)


def lay(
    sheet: Sheet, parts: Sequence[Part], level: Level, *, by: str, approval_id: str | None = None
) -> Offer:
    """Send the offer as a card: what, how, by when, and until when it stands. Older offers end."""
    take_off(sheet, "replaced")
    number = f"o{len(sheet.case.offers) + 1}"
    offer = Offer(
        id=number,
        ref=f"{sheet.case.no}.{number}",
        at=sheet.at,
        kinds=tuple(one.kind for one in parts),
        worth=Cents(sum(one.cents for one in parts)),
        refund=Cents(sum(one.cents for one in parts if one.kind in REFUND)),
        by=by,
        level=level,
        valid_until=offer_ends(sheet.scene.rules, sheet.at),
        state="chosen",
        note="people",
        parts=tuple(parts),
        approval_id=approval_id,
    )
    sheet.change(offers=(*sheet.case.offers, offer), status=Status.PROPOSING)
    sheet.add(SetTimer(kind="offer_ends", key=expiry_key(offer), due=offer.valid_until))
    sheet.answer_escalation()
    _show(sheet, offer)
    sheet.remark("offered", f"{offer.id} {described(offer)}")
    return offer


def _show(sheet: Sheet, offer: Offer) -> None:
    items = items_of(sheet, offer)
    sheet.go(Step.OFFERED)
    sheet.say(
        "offer/card",
        (Button("agree", "offer_yes", offer.ref), Button("change", "offer_change", offer.ref)),
        (Button("decline", "offer_no", offer.ref),),
        ask="wish",
        items=items,
        due=last_due(items),
        until=offer.valid_until,
    )
    sheet.show_card()


def take_off(sheet: Sheet, state: str) -> list[Offer]:
    """End every offer that waits for the complainant; which ones there were."""
    lying = [one for one in sheet.case.offers if one.state in WAITING]
    for one in lying:
        sheet.add(CancelTimer(key=expiry_key(one)))
    settle(sheet, {one.id for one in lying}, state)
    return lying


def without_waiting(case: Case) -> Case:
    """The case without offers that wait for an answer, before a new one takes their place."""
    offers = (replace(one, state="replaced") if one.state in WAITING else one for one in case.offers)
    return case.evolve(offers=tuple(offers))


def settle(sheet: Sheet, ids: set[str], state: str) -> None:
    """Record the outcome of these offers."""
    offers = sheet.case.offers
    sheet.change(offers=tuple(replace(one, state=state) if one.id in ids else one for one in offers))


def items_of(sheet: Sheet, offer: Offer) -> list[dict[str, Any]]:
    """Its parts as replies word them."""
    return told(offer, sheet.case, sheet.scene.rules, sheet.at, sheet.talk.language)


def shown(sheet: Sheet, parts: Sequence[Part]) -> list[dict[str, object]]:
    """Parts as a line at the desk shows them."""
    names = {one.key: one.name(sheet.scene.rules.languages[0]) for one in sheet.scene.rules.goodwill}
    return [
        {
            "kind": one.kind.value,
            # what goods cost us is ours to know, and no sum that was offered; a gesture's name tells its own
            "cents": 0 if one.kind in GOODS or one.item in names else one.cents,
            "item": names.get(one.item, one.item),
        }
        for one in parts
    ]


def last_due(items: Sequence[dict[str, Any]]) -> datetime | None:
    """When the last of it is carried out; None where words alone are offered."""
    times = [one["due"] for one in items if one["due"] is not None]
    return max(times) if times else None


def described(offer: Offer) -> str:
    """Every part with its cents, for the history."""
    return " + ".join(f"{one.kind} {one.cents}{f' {one.item}' if one.item else ''}" for one in offer.parts)

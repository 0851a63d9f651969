"""The complainant's answer to an offer made by people: yes, another way, or no (S94, S95).

The buttons of its card name the offer itself, so that they stay good whatever else is talked of meanwhile, until
the offer is taken back, replaced or past its time.
"""

from datetime import datetime
from typing import Any, Final

from bot.complaint.actions import Button
from bot.complaint.case import Agreement, Offer, Status
from bot.complaint.conversation import Step
from bot.complaint.events import CustomerWrote, Pressed
from bot.complaint.evolving import replace
from bot.complaint.reading import RemedyKind
from bot.dialogue.draft import Draft
from bot.dialogue.fulfilling import set_remedy
from bot.dialogue.offered import standing
from bot.policy.granted import granted_before
from bot.policy.remedies import goes_back, told


def _answered(draft: Draft, state: str) -> Offer | None:
    """Record the answer to the offer, and remove its buttons."""
    offer = standing(draft)
    if offer is None:
        return None
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    after = (replace(one, state=state) if one.id == offer.id else one for one in draft.case.offers)
    draft.change(offers=tuple(after))
    draft.sleep_on(f"offer:{offer.id}")
    return offer


def accept_offer(draft: Draft) -> None:
    """Yes: it is agreed, and each part becomes somebody's task with a promise; people go on holding the case."""
    offer = standing(draft)
    had = granted_before(offer.kinds, draft.case, draft.situation.other_cases) if offer else None
    if had is not None:
        _settled_elsewhere(draft, had[0], had[1])
        return
    offer = _answered(draft, "agreed")
    if offer is None:
        return
    event = draft.scene.event
    pressed = event.message if isinstance(event, Pressed | CustomerWrote) else None
    items = told(offer, draft.case, draft.rules, draft.at, draft.talk.language)
    draft.change(
        agreement=Agreement(offer_id=offer.id, text=offer.words, confirmed_at=draft.at, message=pressed),
        status=Status.FULFILLING,
    )
    for part in offer.parts:
        set_remedy(draft, part.kind, goes_back(part))
    due = _last(items)
    if due is None:
        draft.change(status=Status.FULFILLED)
        draft.say("agreement/apology_done")
    else:
        draft.say("agreement/farewell", due=due, items=items)
    draft.tell("agreed", items=items, due=due)
    draft.show_card()
    draft.go(Step.WITH_PEOPLE)


def lay_again(draft: Draft) -> None:
    """Show a standing offer again, with its end unchanged: they could not see it, or not answer."""
    offer = standing(draft)
    if offer is None:
        return
    items = told(offer, draft.case, draft.rules, draft.at, draft.talk.language)
    draft.say(
        "offer/card",
        (Button("agree", "offer_yes", offer.ref), Button("change", "offer_change", offer.ref)),
        (Button("decline", "offer_no", offer.ref),),
        ask="wish",
        items=items,
        due=_last(items),
        until=offer.valid_until,
    )
    draft.tell("offer_again")


def _settled_elsewhere(draft: Draft, kind: RemedyKind, where: str) -> None:
    """The same was granted in another case meanwhile: nothing is given twice, and people explain."""
    _answered(draft, "replaced")
    draft.tell("offer_twice", kind=kind.value, where=where)
    draft.say("offer/declined")
    draft.show_card()
    draft.go(Step.WITH_PEOPLE)


def _last(items: list[dict[str, Any]]) -> datetime | None:
    times: list[datetime] = [one["due"] for one in items if one["due"] is not None]
    return max(times) if times else None


def bargain(draft: Draft) -> None:
    """Another way: the offer ends, what they say next is their wish, and people are told."""
    offer = _answered(draft, "refused")
    if offer is None:
        return
    draft.say("offer/change", ask="wish")
    draft.tell("offer_change")
    draft.show_card()
    draft.go_asking(Step.WITH_PEOPLE, "wish")


def leave_offer(draft: Draft) -> None:
    """No: people are told, and may offer anew."""
    offer = _answered(draft, "refused")
    if offer is None:
        return
    draft.remark("offer_refused", offer.id)
    draft.say("offer/declined")
    draft.tell("offer_refused")
    draft.show_card()
    draft.go(Step.WITH_PEOPLE)


ACTS: Final = (accept_offer, bargain, leave_offer)

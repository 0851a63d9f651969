"""Corrects a recorded fact in one line; the talk goes on where it was (S92)."""

from typing import Final

from bot.complaint.conversation import Step
from bot.dialogue.acts.settling import settle_wish, show_agreement
from bot.dialogue.acts.steering import go_on
from bot.dialogue.draft import HUMAN, SKIP, Draft
from bot.dialogue.questions import PHOTOS, known, may_ask_again

HINTS: Final = {
    "product": "product",
    "order_no": "order_no",
    "bought": "purchase_date",
    "batch_no": "batch_no",
    "store": "store",
}
"""The slot that the reader expects in the answer."""
PRICED: Final = ("order_no", "product", "amount")
"""Facts on which an offer depends: it is renewed when one of them changes."""


def ask_what_is_right(draft: Draft) -> None:
    """A button under the read-back was pressed: ask what the value should be. The step stays."""
    what = draft.pressed.value
    if what not in HINTS and draft.talk.step is Step.LISTENING:
        draft.notice("press_notice/late")  # nothing was wished for yet
        return
    draft.notice("press_notice/noted")
    draft.strip()
    if what not in HINTS:
        draft.say("wish/ask_in_words", (HUMAN,), ask="wish")
        draft.go_asking(Step.WISH, "wish")
        return
    draft.say("repair/ask", (HUMAN,), what=what)
    draft.talk = draft.talk.evolve(mending=what, asked=HINTS[what])


def confirm_change(draft: Draft) -> None:
    """One line with the new value; the desk sees it on the card."""
    _confirm(draft)


def _confirm(draft: Draft, *, ask_wish: bool = False) -> None:
    draft.answered()
    draft.talk = draft.talk.evolve(misses=0)
    changes = [{"what": one.what, "now": one.now, "was": one.was} for one in draft.changes]
    ordered = any(one.what == "order_no" for one in draft.changes)
    order = draft.order if ordered else None
    draft.say(
        "repair/corrected", changes=changes, order=order, ask_wish=ask_wish, unknown=_order_unknown(draft)
    )
    draft.show_card_if_known()


def go_on_mended(draft: Draft) -> None:
    """Confirm the change, then repeat the open question or offer, renewed if it depended on the fact."""
    if draft.talk.heard and draft.talk.heard[-1].message != getattr(draft.scene.event, "message", None):
        _confirm(draft)
        return
    match draft.talk.step:
        case Step.CLARIFYING:
            _ask_on(draft)
        case Step.WISH:
            _to_the_wish(draft)
        case _:
            _offer_anew(draft)


def _order_unknown(draft: Draft) -> bool:
    return any(one.what == "order_no" for one in draft.changes) and draft.facts.order is None


def _ask_on(draft: Draft) -> None:
    asked = draft.talk.asked
    _confirm(draft)
    open_still = asked is not None and (asked in PHOTOS or not known(draft, asked))
    if asked is None or not open_still or any(one.what == asked for one in draft.changes):
        go_on(draft)
    elif may_ask_again(draft, asked):
        draft.say(
            "clarify/ask", (SKIP, HUMAN), question=asked, again=False, thanks=False, told=False, meant=False
        )
        draft.go_asking(Step.CLARIFYING, asked)


def _to_the_wish(draft: Draft) -> None:
    """The open question still stands: it ends the line."""
    _confirm(draft, ask_wish=True)
    draft.go_asking(Step.WISH, "wish")


def _offer_anew(draft: Draft) -> None:
    hangs = any(one.what in PRICED for one in draft.changes)
    _confirm(draft)
    chosen = next((one for one in reversed(draft.case.offers) if one.state == "chosen"), None)
    if hangs and draft.case.wishes:
        settle_wish(draft, draft.case.wishes[-1])
    elif draft.talk.step is Step.AGREEMENT and chosen is not None:
        show_agreement(draft, chosen)
    else:
        draft.talk = draft.talk.evolve(asked="wish")


ACTS: Final = (ask_what_is_right, confirm_change, go_on_mended)

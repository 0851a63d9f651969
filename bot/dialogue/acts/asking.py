"""Asks on where a wish cannot be dealt with yet: none was named, or a sum or the order is missing."""

from typing import Final

from bot.complaint.actions import Button
from bot.complaint.case import Queue, Wish
from bot.complaint.conversation import Step
from bot.complaint.evolving import replace
from bot.complaint.reading import Category, Family, RemedyKind
from bot.dialogue.acts.people import hand_over_not_understood, pass_on
from bot.dialogue.draft import HUMAN, SKIP, Draft
from bot.dialogue.readback import mend_row, read_back, told_other
from bot.reading.matterwords import awaits_refund, never_came, price_drop

MOST_TIMES: Final = 2
WAYS: Final[dict[Category, tuple[str, ...]]] = {
    Category.DELIVERY: ("resend", "refund"),
    Category.SERVICE: ("apology", "explanation"),
    Category.BILLING: ("price_diff", "refund"),
    Category.ACCOUNT: ("explanation",),
    Category.COUNTERFEIT: ("refund", "explanation"),
}
"""The buttons under the repeated question; elsewhere a new one or the money."""
_MONEY_BACK: Final = {RemedyKind.REFUND_FULL, RemedyKind.REFUND_PARTIAL, RemedyKind.OTHER}


def ask_on(draft: Draft, *, told: bool) -> None:
    """No wish yet: what was found meanwhile is said back; where people have the case they have this too."""
    known = read_back(draft)
    reading = draft.scene.reading
    if (
        reading is not None
        and reading.order_numbers
        and draft.facts.order is None
        and may_ask_for_order(draft)
    ):
        draft.say("clarify/order_unknown", (SKIP, HUMAN), ask="order_no")
        draft.go_asking(Step.CLARIFYING, "order_no")
        return
    if draft.facts.order is not None and known["noted"]:
        draft.say("wish/ask", *mend_row(draft), (HUMAN,), ask="wish", with_causes=False, **known)
        draft.go_asking(Step.WISH, "wish")
    elif told and draft.case.open_escalation is not None:
        pass_on(draft)
        draft.go(Step.WITH_PEOPLE)
    else:
        ask_again(draft, told=told)


def leave_wish_open(draft: Draft) -> None:
    """They name no wish: that is an answer. People look into it, and write by a stated time."""
    promise = draft.hand_over("no_wish", what="written_answer")
    draft.say("wish/none", (HUMAN,), due=promise.due_at, team=draft.team)
    draft.go(Step.WITH_PEOPLE)


def ask_again(draft: Draft, *, told: bool = False, meant: bool = False) -> None:
    """Once more what is wanted, with the common ways as buttons; then a person (R25)."""
    misses = draft.talk.misses + 1
    draft.talk = draft.talk.evolve(misses=misses)
    if misses >= draft.rules.max_misses:
        hand_over_not_understood(draft, told=told)
        return
    ways = WAYS.get(draft.case.category, ("replace", "refund"))
    rows = tuple(Button(one, one) for one in (*ways, "other"))
    draft.say("wish/ask_again", rows, (HUMAN,), ask="wish", told=told, meant=meant)
    draft.go_asking(Step.WISH, "wish")


def ask_how_much(draft: Draft, wish: Wish) -> None:
    """A sum was meant and not said: asked once; then a person."""
    if draft.was_said("wish/how_much"):
        hand_over_not_understood(draft, told=True)
        return
    draft.say("wish/how_much", (HUMAN,), ask="wish", difference=RemedyKind.PRICE_DIFF in wish.kinds)
    draft.go_asking(Step.WISH, "wish")


def may_ask_for_order(draft: Draft) -> bool:
    """Whether the order may still be asked for: not twice already, not in vain, and not passed over."""
    over = draft.was_said("skipped order_no") or draft.was_said("wish/other_order")
    return draft.talk.times_asked("order_no") < MOST_TIMES and not over


def need_order(draft: Draft, wish: Wish, queue: Queue) -> None:
    """The wish hangs on the order alone: asked for, and then looked for by people."""
    if may_ask_for_order(draft) and not _bought_in_a_shop(draft):
        _ask_for_order(draft)
    else:
        _look_for_order(draft, wish, queue)


def _bought_in_a_shop(draft: Draft) -> bool:
    """Asked for the order they named the place: they have no number, and are not asked again (S13)."""
    facts = draft.facts
    return facts.store is not None and facts.order is None and draft.talk.times_asked("order_no") > 0


def _ask_for_order(draft: Draft) -> None:
    """An order for another thing is not taken for theirs (R35)."""
    other = told_other(draft)
    if other is None:
        draft.say("wish/need_order", (SKIP, HUMAN), ask="order_no")
    else:
        draft.say("wish/other_order", (SKIP, HUMAN), ask="order_no", told=other, order=draft.order)
    draft.go_asking(Step.CLARIFYING, "order_no")


def _look_for_order(draft: Draft, wish: Wish, queue: Queue) -> None:
    """No order was found: people look for it, by a stated time."""
    soon = Family.URGENCY in draft.case.families()
    promise = draft.hand_over("no_order", what="first_human" if soon else "written_answer", queue=queue)
    draft.say("wish/no_order", (HUMAN,), due=promise.due_at, team=draft.team, wish=wish.verbatim)
    draft.go(Step.WITH_PEOPLE)


def is_owed_already(draft: Draft, wish: Wish) -> bool:
    """Whether the money that is asked for was granted before: then it is looked for, not granted twice."""
    return set(wish.kinds) <= {*_MONEY_BACK, RemedyKind.RETURN} and awaits_refund(draft.case.story)


def look_for_refund(draft: Draft) -> None:
    """People find out where a refund is that was granted before, by a stated time."""
    promise = draft.hand_over("refund_owed", what="written_answer")
    draft.say("wish/refund_owed", (HUMAN,), due=promise.due_at, team=draft.team)
    draft.go(Step.WITH_PEOPLE)


def as_it_can_be_done(draft: Draft, wish: Wish) -> Wish:
    """What never arrived cannot be fetched back: then "a new one" is sending it again.

    The difference to a price that they told to have fallen is that sum: it is not asked for again.
    """
    if RemedyKind.PRICE_DIFF in wish.kinds and wish.amount is None:
        return replace(wish, amount=price_drop(draft.case.story))
    lost = draft.case.category is Category.DELIVERY and never_came(draft.case.story)
    if not lost or RemedyKind.REPLACE not in wish.kinds:
        return wish
    swapped = {RemedyKind.REPLACE: RemedyKind.RESEND_MISSING}
    return replace(wish, kinds=tuple(dict.fromkeys(swapped.get(one, one) for one in wish.kinds)))

"""Answers a wish: grants it, asks, offers options, or leaves it to people (S97, S98)."""

from collections.abc import Sequence
from typing import Any, Final

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Level, Offer, Queue, Status, Wish
from bot.complaint.conversation import Step
from bot.complaint.evolving import replace
from bot.complaint.reading import Category, RemedyKind
from bot.dialogue.acts.asking import (
    as_it_can_be_done,
    ask_how_much,
    is_owed_already,
    look_for_refund,
    may_ask_for_order,
    need_order,
)
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.questions import WITHOUT_ORDER, matter
from bot.dialogue.readback import mend_row, read_back, told_other
from bot.policy.deadlines import offer_ends
from bot.policy.grounds import GRAVE_QUEUES
from bot.policy.options import Proposal
from bot.policy.remedies import done_by, told
from bot.policy.remedy_kinds import FETCHED
from bot.policy.settlement import Outcome, Settlement, settle

_EXPLAINS: Final = frozenset({RemedyKind.EXPLANATION, RemedyKind.INVESTIGATE})


def settle_wish(draft: Draft, wish: Wish, *, sorry: bool = False) -> None:
    """Do what authority allows; `sorry` adds thanks and apology if they are still due."""
    if is_owed_already(draft, wish):
        look_for_refund(draft)
        return
    found = _for_their_order(draft, what_may_be_done(draft, as_it_can_be_done(draft, wish)))
    match found.outcome:
        case Outcome.GRANT if found.offer is not None:
            lay_card(draft, found.offer)
        case Outcome.NEEDS_ORDER if _may_be_looked_up(draft, sorry=sorry):
            need_order(draft, wish, found.queue)
        case Outcome.OPTIONS:
            show_options(draft, "proposing/options", found)
        case Outcome.WORDS if found.offer is not None and set(found.offer.kinds) == {RemedyKind.APOLOGY}:
            lay_card(draft, found.offer)
        case Outcome.WORDS:
            _promise_words(draft, wish, found, sorry=sorry)
        case Outcome.WITHDRAW:
            draft.say(
                "withdraw/ask",
                (Button("withdraw_yes", "withdraw_yes"), Button("withdraw_no", "withdraw_no")),
                tired=False,
            )
            draft.go(Step.WITHDRAWING)
        case Outcome.UNCLEAR:
            ask_how_much(draft, wish)
        case Outcome.PEOPLE | Outcome.NEEDS_ORDER:
            _leave_to_people(draft, wish, found, sorry=sorry)
        case _:
            say_beyond(draft, wish, found, sorry=sorry)


def what_may_be_done(draft: Draft, wish: Wish) -> Settlement:
    """Policy's answer to a wish. Unchosen options give way to it, so they do not count."""
    case = draft.case.evolve(offers=_replaced(draft.case.offers))
    used, rounds = draft.situation.goodwill_used, draft.talk.rounds
    return settle(wish, case, draft.rules, goodwill_used=used, rounds=rounds)


def _may_be_looked_up(draft: Draft, *, sorry: bool) -> bool:
    """Whether an order helps at all, and is asked for or looked for now."""
    helps = matter(draft.case) not in WITHOUT_ORDER and draft.case.category is not Category.SERVICE
    return helps and (may_ask_for_order(draft) or not sorry)


def _for_their_order(draft: Draft, found: Settlement) -> Settlement:
    """An order for another thing than they speak of verifies nothing (R35)."""
    hangs = found.outcome in (Outcome.GRANT, Outcome.OPTIONS)
    return replace(found, outcome=Outcome.NEEDS_ORDER) if hangs and told_other(draft) else found


def _promise_words(draft: Draft, wish: Wish, found: Settlement, *, sorry: bool) -> None:
    """An explanation is a remedy: somebody finds out and writes, by a stated time (S4). A visit people arrange."""
    if _EXPLAINS.isdisjoint(wish.kinds):
        _leave_to_people(draft, wish, found, sorry=sorry)
        return
    about_goods = draft.case.category in (Category.QUALITY, Category.FOOD_SAFETY, Category.PACKAGING)
    queue = Queue.QUALITY if about_goods else None
    promise = draft.hand_over("explanation", what="written_answer", queue=queue)
    draft.say("wish/explanation", (HUMAN,), due=promise.due_at, team=draft.team)
    draft.go(Step.WITH_PEOPLE)


def _leave_to_people(draft: Draft, wish: Wish, found: Settlement, *, sorry: bool) -> None:
    what = "written_answer" if sorry else "first_human"
    promise = draft.hand_over("severity", what=what, queue=found.queue)
    if sorry:
        _say_recorded(draft, wish, sorry=True)
    else:
        ours = set(wish.kinds) == {RemedyKind.OPEN}
        due, team = promise.due_at, draft.team
        draft.say("wish/recorded_people", (HUMAN,), due=due, team=team, wish=wish.verbatim, ours=ours)
    draft.go(Step.WITH_PEOPLE)


def _say_recorded(draft: Draft, wish: Wish, *, sorry: bool) -> None:
    draft.say(
        "wish/recorded_beyond",
        (HUMAN,),
        due=draft.answer_due,
        team=draft.team,
        wish=wish.verbatim,
        **read_back(draft),
        multiple=wish.multiple,
        basis=wish.basis,
        sorry=sorry,
        ask_evidence=not draft.case.evidence and matter(draft.case) not in WITHOUT_ORDER,
    )


def say_beyond(draft: Draft, wish: Wish, found: Settlement, *, sorry: bool = False) -> None:
    """Beyond the bot's authority: no amount, a person by a time, and what can be done now (D5, D16)."""
    if set(wish.kinds) == {RemedyKind.OTHER} and not sorry:
        _have_it_done(draft, wish, found)
        return
    promise = draft.hand_over("above_authority", what="written_answer", queue=found.queue)
    ours = set(wish.kinds) != {RemedyKind.OTHER} and told_other(draft) is None
    if may_propose(found) and ours:
        asked = {"wish": wish.verbatim, "amount": wish.amount, "currency": wish.currency}
        show_options(draft, "proposing/beyond_options", found, due=promise.due_at, **asked)
    else:
        _say_recorded(draft, wish, sorry=sorry)
        draft.go(Step.WITH_PEOPLE)


def _have_it_done(draft: Draft, wish: Wish, found: Settlement) -> None:
    """Something to be done (an address changed, a parcel sped up) is for people, and does not wait for days."""
    promise = draft.hand_over("above_authority", what="first_human", queue=found.queue)
    due, team = promise.due_at, draft.team
    draft.say("wish/recorded_people", (HUMAN,), due=due, team=team, wish=wish.verbatim, ours=False)
    draft.go(Step.WITH_PEOPLE)


def may_propose(found: Settlement) -> bool:
    """Whether options may be offered too; not once quality or safety have the case."""
    return bool(found.options) and found.queue not in GRAVE_QUEUES


def show_options(draft: Draft, name: str, found: Settlement, **fields: Any) -> None:  # noqa: ANN401 - whatever the reply needs
    """Two or three ways within authority, as numbered buttons (S93)."""
    new = [_offer(draft, one, number) for number, one in enumerate(found.options, 1)]
    draft.change(
        offers=(
            *_replaced(draft.case.offers),
            *new,
        ),
        status=Status.PROPOSING,
    )
    shown = [{"n": n, **option_fields(draft, one)} for n, one in enumerate(found.options, 1)]
    rows: Rows = (
        *option_rows(draft, found.options),
        (Button("wait_people", "wait_people"),) if fields else (HUMAN,),
    )
    noted = read_back(draft)
    if noted["noted"]:
        rows = (*rows[:-1], *mend_row(draft), rows[-1])
    draft.say(name, *rows, options=shown, team=draft.team, **noted, **fields)
    draft.go_asking(Step.PROPOSING, "wish")
    draft.show_card_if_known()


def option_rows(draft: Draft, options: Sequence[Proposal | Offer]) -> Rows:
    """Each option as a numbered button."""
    return tuple(
        (Button("option", "option", str(n), fields={"n": n, **option_fields(draft, one)}),)
        for n, one in enumerate(options, 1)
    )


def option_fields(draft: Draft, option: Proposal | Offer) -> dict[str, Any]:
    """What a reply needs to word an option."""
    return {
        "kind": option.kinds[0].value,
        "kinds": [one.value for one in option.kinds],
        "refund": option.refund,
        "item": draft.item_name(option.item),
        "pickup": option.pickup,
    }


def _replaced(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    return tuple(replace(one, state="replaced") if one.state in ("open", "chosen") else one for one in offers)


def _offer(draft: Draft, option: Proposal, number: int = 1, state: str = "open") -> Offer:
    return Offer(
        id=f"o{len(draft.case.offers) + number}",
        at=draft.at,
        kinds=option.kinds,
        worth=option.worth,
        refund=option.refund,
        item=option.item,
        gift=option.gift,
        pickup=option.pickup,
        by="bot",
        level=Level.BOT,
        valid_until=offer_ends(draft.rules, draft.at),
        state=state,
        note=option.note,
    )


def _worded(kind: RemedyKind, offer: Offer) -> str:
    # what is fetched is not kept: beside it a part of the price is told as a sum alone
    told_as_sum = kind is RemedyKind.REFUND_PARTIAL and not FETCHED.isdisjoint(offer.kinds)
    return "refund_sum" if told_as_sum else kind.value


def lay_card(draft: Draft, option: Proposal) -> None:
    """Show the agreement card and ask for an explicit yes (S95)."""
    offer = _offer(draft, option, state="chosen")
    draft.change(offers=(*_replaced(draft.case.offers), offer), status=Status.PROPOSING)
    show_agreement(draft, offer)


def show_agreement(draft: Draft, offer: Offer) -> None:
    """The agreement card of a chosen offer."""
    draft.say(
        "agreement/card",
        (Button("agree", "agree"), Button("change", "change")),
        ask="agree",
        **read_back(draft),
        items=card_items(draft, offer),
        due=finished_by(draft, offer),
    )
    draft.go_asking(Step.AGREEMENT, "agree")


def finished_by(draft: Draft, offer: Offer) -> Any:  # noqa: ANN401 - a moment, or nothing
    """When the last of it is carried out; None when words alone were agreed."""
    times = [one["due"] for one in card_items(draft, offer) if one["due"] is not None]
    return max(times) if times else None


def card_items(draft: Draft, offer: Offer) -> list[dict[str, Any]]:
    """Each remedy of an offer with its worth and the time by which it is done."""
    if offer.parts:
        return told(offer, draft.case, draft.rules, draft.at, draft.talk.language)
    return [
        {
            "kind": _worded(kind, offer),
            "refund": offer.refund,
            "item": draft.item_name(offer.item),
            "pickup": offer.pickup and (kind is RemedyKind.RETURN or RemedyKind.RETURN not in offer.kinds),
            "product": draft.order.product if draft.order else draft.facts.product,
            "due": done_by(draft.rules, kind, draft.case, draft.at),
        }
        for kind in offer.kinds
    ]

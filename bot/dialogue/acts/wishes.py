"""The wish and the bargaining over it: at most two rounds, then a person (S94)."""

from typing import Final

from bot.complaint.case import Offer, Wish
from bot.complaint.conversation import Step
from bot.complaint.events import CustomerWrote
from bot.complaint.evolving import replace
from bot.complaint.reading import Emotion, Intent, Reading
from bot.dialogue.acts.agreeing import ask_if_agreed, asks_the_same
from bot.dialogue.acts.asking import ask_again, ask_on, leave_wish_open
from bot.dialogue.acts.people import call_a_person
from bot.dialogue.acts.settling import (
    may_propose,
    option_rows,
    settle_wish,
    show_agreement,
    show_options,
    what_may_be_done,
)
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.presses import REMEDIES
from bot.dialogue.telling import tell_more
from bot.dialogue.wishing import note_wish
from bot.policy.settlement import Outcome
from bot.reading.matterwords import asks_what_we_mean


def _wish_of_turn(draft: Draft) -> Wish | None:
    """The wish that this turn names: by a button, or in words."""
    kind = REMEDIES.get(draft.pressed.act)
    if kind is not None:
        wish = Wish(at=draft.at, verbatim=draft.press_label or kind.value, kinds=(kind,))
        draft.change(wishes=(*draft.case.wishes, wish))
        return wish
    reading, event = draft.scene.reading, draft.scene.event
    if reading is None or reading.remedy is None:
        return None
    return note_wish(draft, reading.remedy, event.text.strip() if isinstance(event, CustomerWrote) else None)


def take_wish(draft: Draft) -> None:
    """Record a wish, and answer it."""
    draft.notice("press_notice/noted")
    draft.strip()
    wish = _wish_of_turn(draft)
    draft.talk = draft.talk.evolve(heard=(), misses=0)
    if wish is None:
        ask_again(draft)
    elif not wish.kinds and not wish.amount:
        leave_wish_open(draft)
    else:
        settle_wish(draft, wish)


def answer_wish(draft: Draft) -> None:
    """A burst after the question for a wish: it may hold one."""
    if not draft.talk.heard:
        return
    reading, heard = draft.scene.reading, draft.talk.heard
    draft.talk = draft.talk.evolve(heard=())
    if reading is not None and reading.remedy is not None:
        draft.talk = draft.talk.evolve(misses=0)
        settle_wish(draft, note_wish(draft, reading.remedy))
    elif reading is not None and reading.emotion >= Emotion.EXTREME:
        call_a_person(draft)
    elif reading is not None and Intent.REFUSES in reading.intents and not reading.is_complaint:
        leave_wish_open(draft)
    elif any(asks_what_we_mean(one.text) for one in heard):
        ask_again(draft, meant=True)
    else:
        ask_on(draft, told=tell_more(draft, heard) or _names_a_fact(reading))


def _names_a_fact(reading: Reading | None) -> bool:
    """A batch, a number, a date or a thing: short, and told all the same."""
    slots = reading.slots if reading is not None else None
    return slots is not None and bool(slots.batch_no or slots.phone or slots.purchase_date or slots.product)


def ask_wish_in_words(draft: Draft) -> None:
    """None of the buttons: in their own words then."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.say("wish/ask_in_words", (HUMAN,), ask="wish")
    draft.go_asking(Step.WISH, "wish")


def take_counter(draft: Draft) -> None:
    """A counter-wish: grant it if possible, else the options stand; after two rounds only people."""
    reading = draft.scene.reading
    if reading is not None and reading.remedy is not None and asks_the_same(draft, reading.remedy):
        ask_if_agreed(draft)
        return
    draft.notice("press_notice/noted")
    draft.strip()
    wish = _wish_of_turn(draft)
    draft.talk = draft.talk.evolve(heard=(), rounds=draft.talk.rounds + 1)
    if wish is None:
        return
    found = what_may_be_done(draft, wish)
    beyond = found.outcome in (Outcome.BEYOND, Outcome.PEOPLE, Outcome.UNCLEAR, Outcome.NEEDS_ORDER)
    if not beyond:
        settle_wish(draft, wish)
        return
    promise = draft.hand_over("above_authority", what="written_answer", queue=found.queue)
    if draft.talk.rounds >= draft.rules.caps.rounds or not may_propose(found):
        draft.say("proposing/only_people", (HUMAN,), due=promise.due_at, team=draft.team)
        draft.go(Step.WITH_PEOPLE)
    else:
        show_options(draft, "proposing/again", found, due=promise.due_at)


def answer_counter(draft: Draft) -> None:
    """A burst while options are on offer."""
    if not draft.talk.heard:
        return
    reading = draft.scene.reading
    if reading is not None and reading.remedy is not None:
        take_counter(draft)
        return
    draft.talk = draft.talk.evolve(heard=(), misses=draft.talk.misses + 1)
    if draft.talk.misses >= draft.rules.max_misses:
        promise = draft.hand_over("not_understood")
        draft.say("proposing/only_people", (HUMAN,), due=promise.due_at, team=draft.team)
        draft.go(Step.WITH_PEOPLE)
    else:
        lying = [one for one in draft.case.offers if one.state == "open"]
        draft.say("proposing/choose", *option_rows(draft, lying), (HUMAN,), ask="wish")
        draft.go_asking(Step.PROPOSING, "wish")


def lay_out_choice(draft: Draft) -> None:
    """The chosen option, as a card to confirm."""
    standing = [one for one in draft.case.offers if one.state == "open"]
    number = int(draft.pressed.value) if draft.pressed.value.isdigit() else 0
    if not 1 <= number <= len(standing):
        wait_for_people(draft)
        return
    draft.notice("press_notice/noted")
    draft.strip()
    chosen = standing[number - 1]
    draft.change(offers=tuple(_chosen(one, chosen) for one in draft.case.offers))
    show_agreement(draft, next(one for one in draft.case.offers if one.id == chosen.id))


def _chosen(offer: Offer, chosen: Offer) -> Offer:
    if offer.id == chosen.id:
        return replace(offer, state="chosen")
    return replace(offer, state="replaced") if offer.state == "open" else offer


def wait_for_people(draft: Draft) -> None:
    """None of the options for now: people answer by the time that was promised."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    promise = draft.hand_over("above_authority", what="written_answer")
    draft.say("proposing/only_people", (HUMAN,), due=promise.due_at, team=draft.team)
    draft.go(Step.WITH_PEOPLE)


ACTS: Final = (
    take_wish,
    answer_wish,
    ask_wish_in_words,
    take_counter,
    answer_counter,
    lay_out_choice,
    wait_for_people,
)

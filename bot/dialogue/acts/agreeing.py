"""Acts on the agreement card: an explicit yes gives every remedy an owner, a time and a promise (S95, R11)."""

from typing import Final

from bot.complaint.actions import Button
from bot.complaint.case import Agreement, Status
from bot.complaint.conversation import Step
from bot.complaint.events import Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.complaint.reading import Emotion, Family, Intent, Reading, Remedy
from bot.dialogue.acts.alarms import words_of
from bot.dialogue.acts.people import hand_over_not_understood
from bot.dialogue.acts.settling import card_items, finished_by, settle_wish
from bot.dialogue.acts.surveying import ask_scores
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.fulfilling import set_remedy
from bot.dialogue.wishing import note_wish
from bot.policy.remedy_kinds import PAID_BACK
from bot.reading.matterwords import asks_back, has_come


def settle_agreement(draft: Draft) -> None:
    """Yes: the offer becomes an agreement, and each remedy a task with a promise."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=(), misses=0, rounds=0)
    event = draft.scene.event
    pressed = event.message if isinstance(event, Pressed) else None
    offer = next(one for one in reversed(draft.case.offers) if one.state == "chosen")
    items = card_items(draft, offer)
    draft.change(
        offers=tuple(
            replace(one, state="agreed") if one.id == offer.id else one for one in draft.case.offers
        ),
        agreement=Agreement(offer_id=offer.id, text=offer.words, confirmed_at=draft.at, message=pressed),
        status=Status.AGREED,
    )
    due = finished_by(draft, offer)
    for kind in offer.kinds:
        set_remedy(draft, kind, offer.refund if kind in PAID_BACK else Cents(0))
    if due is None:
        _carry_out_words(draft)
        return
    draft.say("agreement/farewell", due=due, items=items)
    draft.show_card()
    draft.tell("agreed", items=items, due=due)
    draft.go(Step.FULFILLING, Status.FULFILLING)


def _carry_out_words(draft: Draft) -> None:
    """Only an apology was wanted: saying it now fulfils the agreement (S4)."""
    draft.say("agreement/apology_done")
    draft.change(status=Status.FULFILLED)
    ask_scores(draft)


def ask_what_to_change(draft: Draft) -> None:
    """Not quite right: ask what should be different."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    draft.say("agreement/change", (HUMAN,), ask="wish")
    draft.go_asking(Step.WISH, "wish")


def answer_change(draft: Draft) -> None:
    """Words to the card that are neither yes nor no: a changed wish, what is wrong with it, or no telling which."""
    if not draft.talk.heard:
        return
    reading = draft.scene.reading
    draft.talk = draft.talk.evolve(heard=())
    if reading is not None and reading.remedy is not None and not asks_the_same(draft, reading.remedy):
        settle_wish(draft, note_wish(draft, reading.remedy))
    elif reading is not None and _objects(reading):
        ask_what_to_change(draft)
    else:
        ask_if_agreed(draft)


def _objects(reading: Reading) -> bool:
    """Whether they say what is wrong with the card, without anger at us and without a wish."""
    angry = reading.emotion >= Emotion.ANNOYED or reading.shows(Family.ABUSE)
    return reading.is_complaint and not angry and reading.remedy is None


def asks_the_same(draft: Draft, remedy: Remedy) -> bool:
    """Whether they only name again what the card in front of them says."""
    chosen = next((one for one in reversed(draft.case.offers) if one.state == "chosen"), None)
    plain = remedy.amount is None and remedy.multiple is None and remedy.share is None
    on_card = draft.talk.step is Step.AGREEMENT and chosen is not None
    return on_card and plain and chosen is not None and set(remedy.kinds) == set(chosen.kinds)


def ask_if_agreed(draft: Draft) -> None:
    """Neither yes nor no: the card stands, and is asked about once more; then a person (S95, R25)."""
    misses = draft.talk.misses + 1
    draft.talk = draft.talk.evolve(heard=(), misses=misses)
    if misses >= draft.rules.max_misses:
        hand_over_not_understood(draft, told=True)
        return
    offer = next(one for one in reversed(draft.case.offers) if one.state == "chosen")
    buttons = (Button("agree", "agree"), Button("change", "change"))
    draft.say("agreement/unsure", buttons, (HUMAN,), ask="agree", due=finished_by(draft, offer))
    draft.go_asking(Step.AGREEMENT, "agree")


def note_after_agreement(draft: Draft) -> None:
    """More words after the agreement: kept; the same trouble again, a new one or a question goes to people."""
    reading = draft.scene.reading
    draft.talk = draft.talk.evolve(heard=())
    if reading is not None and (reading.happened_again or reading.is_complaint):
        promise = draft.hand_over("reopened" if reading.happened_again else "more_trouble")
        draft.say("people/more_trouble", (HUMAN,), due=promise.due_at, team=draft.team)
        draft.go(Step.WITH_PEOPLE)
        return
    words = words_of(draft)
    if asks_back(words):
        promise = draft.hand_over("more_trouble")
        draft.say("people/waits", due=promise.due_at)
        draft.go(Step.WITH_PEOPLE)
        return
    waiting = () if has_come(words) else draft.case.open_promises
    thanks = reading is not None and Intent.THANKS in reading.intents
    draft.say("fulfil/noted", due=waiting[0].due_at if waiting else None, thanks=thanks)
    draft.show_card()


ACTS: Final = (settle_agreement, ask_what_to_change, answer_change, note_after_agreement)

"""Takes what is said after a question: the answer, more of the story, a skip, or a refusal (S91, D15)."""

from typing import Any, Final

from bot.complaint.conversation import Heard, Step
from bot.complaint.reading import Emotion, Intent, Reading, RemedyKind
from bot.dialogue.acts.asking import leave_wish_open
from bot.dialogue.acts.behalf import take_consent
from bot.dialogue.acts.danger import ask_if_eaten
from bot.dialogue.acts.eaters import mind_who_ate
from bot.dialogue.acts.listening import EMPTY, boils, burst, soothe
from bot.dialogue.acts.steering import go_on
from bot.dialogue.draft import HUMAN, SKIP, Draft
from bot.dialogue.questions import CONSENT, PHOTOS, PICTURES, known, may_ask_again, may_have_been_eaten
from bot.dialogue.telling import note_place, tell_more
from bot.dialogue.wishing import note_wish
from bot.reading.matterwords import asks_back, asks_what_we_mean
from bot.reading.slots import is_waybill


def answer_question(draft: Draft) -> None:
    """Words after a question: an answer, more of the story, or rising anger that ends the questions."""
    asked = draft.talk.asked
    heard, reading = burst(draft)
    if not heard:  # what came before the answer was answered with it
        return
    _note_aside(draft, reading, heard)
    if boils(draft, reading):
        soothe(draft)
    elif asked is not None and _is_weary(reading):
        draft.remember(f"skipped {asked}")
        go_on(draft)
    elif reading.is_complaint and may_have_been_eaten(draft):
        ask_if_eaten(draft)
    elif asked is not None and _take(draft, asked, heard):
        go_on(draft, thanks=True)
    elif reading.remedy is not None:
        note_wish(draft, reading.remedy)
        wants_none = reading.remedy.kinds == (RemedyKind.NONE,)
        (leave_wish_open if wants_none else go_on)(draft)
    elif asked in PHOTOS:  # words instead of a picture: no picture then
        tell_more(draft, heard)
        go_on(draft, thanks=True)
    elif asked is not None and may_ask_again(draft, asked):
        lost = any(asks_what_we_mean(one.text) for one in heard)
        told = not lost and (tell_more(draft, heard) or _tells_something(reading))
        fields: dict[str, Any] = {"again": True, "thanks": False, "told": told, "meant": lost}
        draft.say("clarify/ask", (SKIP, HUMAN), ask=asked, question=asked, **fields)
        draft.go_asking(Step.CLARIFYING, asked)
    else:
        tell_more(draft, heard)
        go_on(draft)


def _note_aside(draft: Draft, reading: Reading, heard: tuple[Heard, ...]) -> None:
    """What the words tell besides: a place, or that somebody ate of it after all."""
    if not _vents(draft):
        note_place(draft, heard)
    if reading.says_eaten:
        mind_who_ate(draft, "\n".join(one.text for one in heard), late=True)


def _is_weary(reading: Reading) -> bool:
    """Whether they only say "whatever": nobody who is tired of it is asked the same again (S108)."""
    tells = reading.is_complaint or reading.remedy is not None or _tells_something(reading)
    return Intent.IMPLICIT_DISPLEASURE in reading.intents and not tells


def _tells_something(reading: Reading) -> bool:
    return bool(reading.issue or reading.slots.product or reading.slots.order_no)


_FIELD_OF: Final = {"storage": "storage"} | dict.fromkeys(
    ("where_bought", "where_eaten", "when_where"), "store"
)


def _take(draft: Draft, asked: str, heard: tuple[Heard, ...]) -> bool:
    """Take a message as the answer to the open question; whether it was one."""
    text = " ".join(one.text for one in heard if one.text).strip()
    photo = any(one.kind in PICTURES for one in heard)
    if asked in PHOTOS:
        return photo
    if asked == CONSENT:
        return take_consent(draft, text)
    if not text or asked in ("order_no", "order_or_shop"):
        return known(draft, asked)
    field = _FIELD_OF.get(asked)
    if field is not None and asks_back(text):
        return False
    if field is not None and not _vents(draft):
        draft.learn(**{field: text[:80]})
    else:
        tell_more(draft, heard)
    return True


def _vents(draft: Draft) -> bool:
    """Anger instead of an answer about the place: it belongs to the story."""
    reading = draft.scene.reading or EMPTY
    return reading.is_complaint and reading.emotion >= Emotion.ANNOYED


def take_answer(draft: Draft) -> None:
    """The order number that was asked for; one unknown to the order book is asked about once more."""
    tell_more(draft, draft.talk.heard)
    draft.talk = draft.talk.evolve(heard=(), misses=0)
    asked = draft.talk.asked or "order_no"
    reading = draft.scene.reading or EMPTY
    if reading.slots.order_no and all(map(is_waybill, reading.slots.order_no)):
        go_on(draft, thanks=True)  # the courier's number: on the card with their words
    elif draft.facts.order is None and asked == "order_no" and may_ask_again(draft, asked):
        draft.say("clarify/order_unknown", (SKIP, HUMAN), ask=asked)
        draft.go_asking(Step.CLARIFYING, asked)
    else:
        go_on(draft, thanks=True)


def skip_question(draft: Draft) -> None:
    """They skip the question: go on without it."""
    draft.notice("press_notice/noted")
    draft.strip()
    draft.talk = draft.talk.evolve(heard=())
    draft.remember(f"skipped {draft.talk.asked}")
    go_on(draft)


def give_time(draft: Draft) -> None:
    """They will look for it: nobody hurries them, and the question stays open."""
    draft.answered()
    if not draft.talk.heard:
        # the buttons of a question or an offer stay good: only "skip" is new
        rows = ((SKIP, HUMAN),) if draft.talk.step is Step.CLARIFYING else ()
        draft.say("clarify/take_time", *rows, question=draft.talk.asked)


def need_no_details(draft: Draft) -> None:
    """They refuse details: say why they were asked for, and go on without (D15, R51)."""
    reassure(draft)
    go_on(draft)


def reassure(draft: Draft) -> None:
    """Why details were asked for, and that it works without."""
    draft.answered()
    waiting = draft.case.open_promises
    due, asked = waiting[0].due_at if waiting else None, draft.talk.asked
    draft.say("clarify/no_need", due=due, photo=asked in PHOTOS, order=asked == "order_no")


ACTS: Final = (
    answer_question,
    take_answer,
    skip_question,
    give_time,
    need_no_details,
    reassure,
)

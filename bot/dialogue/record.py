"""Records a message on the case: words, files, facts, danger signs, severity (S18, S54)."""

from datetime import timedelta
from typing import Final

from bot.complaint.case import (
    Case,
    Evidence,
    Facts,
    Flag,
    Order,
    Person,
    PromiseStatus,
    Severity,
    Status,
)
from bot.complaint.conversation import Heard, Step
from bot.complaint.doors import OWN_CHAT
from bot.complaint.events import (
    Commanded,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    Event,
    Media,
    Pressed,
)
from bot.complaint.evolving import replace
from bot.complaint.reading import Category, Family, Reading
from bot.complaint.seen import HIDDEN, mark_on
from bot.complaint.squares import WroteInPublic
from bot.dialogue.coming_back import reopens
from bot.dialogue.draft import Draft
from bot.dialogue.order_numbers import forget_other_order
from bot.dialogue.pledges import QUEUE_ORDER
from bot.dialogue.questions import says_all_are_well, says_eaten
from bot.dialogue.restricted import restrict
from bot.dialogue.steps import Signal
from bot.dialogue.telling import every_trouble, has_substance
from bot.dialogue.tongue import follow_language
from bot.dialogue.vague import is_guessed
from bot.policy.several import turned_to
from bot.policy.triage import Circumstances, triage
from bot.reading.presswords import following_in
from bot.reading.privacy import holds_identity_data, masked
from bot.reading.slots import is_waybill

WITHOUT_A_CASE: Final = frozenset(
    [
        *(Signal.ASKS_STATUS, Signal.ASKS_CASES, Signal.TURNS, Signal.ASKS_HELP),
        *(Signal.ASKS_RIGHTS, Signal.ASKS_LANGUAGE, Signal.CHOSE_LANGUAGE, Signal.ANSWERS_LEAVE),
        *(Signal.WITHDRAWS, Signal.LATE_PRESS, Signal.FOREIGN_PRESS, Signal.REACTED),
        *(Signal.EDITED, Signal.GONE, Signal.BACK),
    ]
)
"""Commands and presses that can be answered to somebody who has no case; words always open one (S2, R1)."""
STAYS_CLOSED: Final = WITHOUT_A_CASE | {
    Signal.SCORES,
    Signal.STOPS,
    Signal.SURVEY_DUE,
    Signal.ASKS_IF_BOT,
    Signal.ASKS_LIMIT,
    Signal.ASKS_VERDICT,
    Signal.QUIET,
    Signal.NUDGE_DUE,
    Signal.PROMISE_NEAR,
    Signal.PROMISE_DUE,
    Signal.CHECK_DUE,
    Signal.AGREES,
    Signal.DECLINES,
    Signal.TAKES_OFFER,
    Signal.BARGAINS,
    Signal.LEAVES_OFFER,
    Signal.WITHDRAWS,
}
"""Signals that open no new case after one is closed."""
FLAGGED: Final = frozenset(Family) - {Family.HUMAN}
LONGEST_POINT: Final = 200
MOST_EARLIER: Final = 5
"""The number of earlier cases that a new one refers to."""
ANSWERED_WITHIN: Final = timedelta(days=1)


def opens_case(draft: Draft, signal: Signal) -> bool:
    """Whether this signal, here, begins a new case."""
    if not draft.has_case:
        return signal not in WITHOUT_A_CASE or isinstance(draft.scene.event, CustomerWrote)
    closed = draft.talk.step is Step.CLOSED or _is_news(draft)
    return closed and signal not in STAYS_CLOSED and not reopens(draft)


def _is_news(draft: Draft) -> bool:
    """A complaint long after the last survey question opens a case; it is no answer."""
    reading, asked = draft.scene.reading, draft.case.surveys
    if draft.talk.step is not Step.SURVEY or reading is None or not reading.is_complaint or not asked:
        return False
    return draft.at - asked[-1].asked_at > ANSWERED_WITHIN


def open_case(draft: Draft, person: Person) -> None:
    """A new case in this talk; one that is still open is parked. Language and the count of turns go on.

    What is known of the complainant is not asked again (S13, S39).
    """
    talk, situation = draft.talk, draft.situation
    known = situation.other_cases[:MOST_EARLIER]
    draft.case = Case(
        no=situation.fresh_case_no,
        chat=talk.chat,
        customer=person,
        opened_at=draft.at,
        channel="telegram_private" if talk.door == OWN_CHAT else "business",
        door=talk.door,
        language=talk.language,
        status=Status.RECEIVED,
        facts=Facts(phone=next((one.facts.phone for one in known if one.facts.phone), None)),
        earlier=tuple(one.no for one in known),
    )
    opened = turned_to(talk, draft.case)
    number = opened.next_number
    parked = tuple(one for one in opened.parked if one.step is not Step.CLOSED)
    draft.talk = opened.evolve(turn=number, turns=number, step=Step.OPENING, said=(), parked=parked)


def sender_of(event: Event) -> Person | None:
    """Who did it, if it was a person."""
    match event:
        case CustomerWrote() | CustomerEdited() | Commanded() | Pressed() | CustomerReacted():
            return event.sender
        case _:
            return None


def record(draft: Draft, event: Event) -> None:
    """Record a message on the case: words, files, facts, danger signs, mood; then weigh the case anew."""
    if not isinstance(event, CustomerWrote | CustomerEdited):
        return
    _hear(draft, event, closed=restrict(draft, event))
    for media in _shown(event):
        _keep_evidence(draft, event, media)
    reading = draft.scene.reading
    if reading is not None:
        follow_language(draft, reading, event.text)
        _flag(draft, reading, event)
        _learn(draft, reading)
        weigh(draft, reading, secret=event.secret or holds_identity_data(event.text))


def _hear(draft: Draft, event: CustomerWrote | CustomerEdited, *, closed: bool) -> None:
    """Add a message to the story; restricted words stay out of it, since the card is seen by all."""
    kind = event.media.kind if event.media else "text"
    new = Heard(message=event.message, at=event.at, text=event.text, kind=kind)
    others = tuple(one for one in draft.talk.heard if one.message != event.message)
    was_heard = len(others) < len(draft.talk.heard)
    if isinstance(event, CustomerWrote) or was_heard:
        draft.talk = draft.talk.evolve(heard=(*others, new))
    reading = draft.scene.reading
    if (
        any(map(str.isalnum, event.text))
        and not closed
        and reading is not None
        and has_substance(reading, event.text)
    ):
        point = masked(event.text.strip()).text[:LONGEST_POINT]
        story = tuple(one for one in draft.of_case("story") if one != point)
        draft.change(story=(*story, point))


def _shown(event: CustomerWrote | CustomerEdited) -> tuple[Media, ...]:
    """What was sent with the words: one file, or all that were posted in a group."""
    if isinstance(event, WroteInPublic) and event.files:
        return tuple(one.media for one in event.files)
    return (event.media,) if event.media is not None else ()


def _keep_evidence(draft: Draft, event: CustomerWrote | CustomerEdited, media: Media) -> None:
    item = Evidence(
        at=event.at, kind=media.kind, file_id=media.file_id, unique_id=media.unique_id, message=event.message
    )
    kept = ((one.message, one.unique_id) for one in draft.case.evidence)
    # under a picture often only the words change
    if (item.message, item.unique_id) not in kept:
        draft.change(evidence=(*draft.case.evidence, item))
    own = media.unique_id == str(event.sender.id)
    if media.kind == "contact" and media.detail and (own or draft.talk.asked == "phone"):
        draft.learn(phone=media.detail)
        draft.change(facts=replace(draft.facts, phone_own=own))


def _flag(draft: Draft, reading: Reading, event: CustomerWrote | CustomerEdited) -> None:
    flags = [
        Flag(
            family=risk.family,
            cue=HIDDEN if mark_on(draft.of_case("restricted"), event.chat, event.message) else risk.span.text,
            at=event.at,
            message=event.message,
        )
        for risk in reading.risks
        if risk.family in FLAGGED
        and reading.shows(risk.family)
        and not (reading.animal and risk.family is Family.INJURY)
    ]
    if flags:
        draft.change(flags=(*draft.case.flags, *flags))
    if any(one.family is Family.INFLUENCER for one in flags):
        # S72: who looks on knows how many watch; no remedy does
        draft.learn(following=following_in(event.text))


def _learn(draft: Draft, reading: Reading) -> None:
    slots, facts = reading.slots, draft.facts
    order = draft.situation.order or _order_before(draft, reading)
    # words after a question are about the question, unless they are the thing's bare name
    bare = bool(draft.talk.heard) and draft.talk.heard[-1].text.strip() in slots.product
    about_it = reading.is_complaint or bool(reading.issue) or draft.talk.asked is None or bare
    named = [one for one in slots.order_no if not _is_a_sum(one, reading) and not is_waybill(one)]
    if order is None:
        forget_other_order(draft, named)
    draft.learn(
        product=facts.product or (slots.product[0] if slots.product and about_it else None),
        issue=every_trouble(facts.issue, reading.issue),
        order_no=order.order_no if order else (named[0] if named else None),
        order=order,
        phone=slots.phone[0] if slots.phone else None,
        store=facts.store or (slots.store[0] if slots.store else None),
        bought=slots.purchase_date[0] if slots.purchase_date else None,
        batch_no=slots.batch_no[0] if slots.batch_no else None,
        eaten=says_eaten(reading),
        harmed=False if says_all_are_well(reading) else None,
        foreign_object=reading.foreign_object or None,
        on_behalf_of=facts.on_behalf_of or reading.behalf,
    )
    food = reading.category is Category.FOOD_SAFETY and reading.issue and not draft.of_case("corrections")
    new = food or (draft.of_case("category") is Category.NONE and not is_guessed(reading))
    if reading.category not in (Category.NONE, Category.SUGGESTION) and new:
        draft.change(category=reading.category)
        draft.read_as(category=reading.category, confidence=reading.confidence)
    if reading.remedy is not None:
        draft.wish_read_as(reading.remedy.kinds)
    draft.change(emotion=reading.emotion, emotions=(*draft.of_case("emotions"), (draft.at, reading.emotion)))


def _order_before(draft: Draft, reading: Reading) -> Order | None:
    """The order of an earlier case about the same product: not asked for again (S13, S39)."""
    facts, named = draft.facts, set(reading.slots.product)
    if facts.order is not None or facts.order_no is not None or reading.slots.order_no:
        return None
    known = (one.facts for one in draft.situation.other_cases if one.no in draft.case.earlier)
    return next((one.order for one in known if one.order is not None and one.product in named), None)


def _is_a_sum(number: str, reading: Reading) -> bool:
    """A bare number after the question for the order may be the sum that is asked for."""
    amount = reading.remedy.amount if reading.remedy is not None else None
    return amount is not None and number.isdigit() and int(number) == amount


def weigh(draft: Draft, reading: Reading, *, secret: bool = False) -> None:
    """Run triage; severity and queue only ever become more urgent by themselves (S54).

    What a person decided about them stands until a message by itself says something grave. A `secret` was masked on
    arrival, and is in no words any more.
    """
    missed = any(one.status is PromiseStatus.LATE for one in draft.case.promises)
    around = Circumstances(promise_missed=missed, misses=draft.talk.misses, identity_data=secret)
    case, decided = draft.case, draft.case.decided
    if decided:
        around = replace(around, promise_missed=False)
        case = case.evolve(facts=Facts(), flags=(), reopened=0)
    found = triage(reading, case, around, max_misses=draft.rules.max_misses)
    if found.hold_evidence:
        draft.change(evidence_hold=True)
    if not decided:
        graver = draft.case.machine.severity if draft.case.machine else Severity.SEV4
        draft.read_as(severity=min(graver, found.severity))
    if decided and not found.reasons:
        return
    if found.severity < case.severity:
        draft.change(severity=found.severity, severity_why=found.why)
    if QUEUE_ORDER.index(found.queue) < QUEUE_ORDER.index(case.queue):
        draft.change(queue=found.queue)

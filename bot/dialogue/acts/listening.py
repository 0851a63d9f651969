"""Answers a burst of messages once, when it is over (S11, S47)."""

from typing import Final

from bot.complaint.actions import Button
from bot.complaint.case import Case, Queue, Status
from bot.complaint.conversation import Heard, Step
from bot.complaint.reading import Category, Emotion, Family, Intent, Language, Reading, RemedyKind
from bot.dialogue.acts.danger import ask_if_eaten
from bot.dialogue.acts.opening import hear_out
from bot.dialogue.acts.people import hand_over_not_understood, offer_call, pass_on
from bot.dialogue.acts.steering import SUMS_FOR_PEOPLE, first_answer, go_on
from bot.dialogue.acts.unclear import ask_what_happened, knows_the_matter, miss
from bot.dialogue.draft import HUMAN, Draft
from bot.dialogue.questions import may_have_been_eaten
from bot.dialogue.telling import tell_more
from bot.dialogue.vague import names_no_matter
from bot.dialogue.wishing import note_wish
from bot.reading.matterwords import awaits_refund, only_feels, says_no_complaint, sounds_odd, tells_what_came

MOST_BOUNDARIES: Final = 2
MANY_POINTS: Final = 3
"""From this number of points on, they are repeated one by one before anything is asked (D4)."""
BARE_GREETING: Final = 14
"""Characters of a burst that hardly does more than greet."""
EMPTY: Final = Reading(language=Language.ZH)


def burst(draft: Draft) -> tuple[tuple[Heard, ...], Reading]:
    """What was said since the last answer, and its reading; from now on it counts as answered."""
    heard = draft.talk.heard
    draft.talk = draft.talk.evolve(heard=())
    return heard, draft.scene.reading or EMPTY


def answer_burst(draft: Draft) -> None:
    """One answer for all that was said since the last one."""
    if draft.talk.step is Step.WITHDRAWING and draft.case.open_escalation is not None:
        pass_on(draft)
        draft.go(Step.WITH_PEOPLE)
        return
    heard, reading = burst(draft)
    if not heard:
        return
    if draft.talk.step is Step.WITHDRAWING:
        draft.go(Step.LISTENING)
    _answer(draft, heard, reading)


def _answer(draft: Draft, heard: tuple[Heard, ...], reading: Reading) -> None:
    if not any(one.text for one in heard):
        _only_media(draft, heard)
    elif _without_words(heard) and reading.emotion < Emotion.ANGRY:
        miss(draft)
    elif _only_praises(draft, reading):
        draft.say("listening/praise")
    elif _is_a_suggestion(draft, reading) or _says_so_itself(draft, heard, reading):
        _take_suggestion(draft)
    elif (_names_nothing(heard, reading) or _only_feels(heard)) and not knows_the_matter(draft):
        ask_what_happened(draft)
    elif reading.is_complaint or reading.remedy is not None or reading.issue:
        _answer_story(draft, reading)
    elif _asks_what_is_wrong(heard, reading):
        tell_more(draft, heard)
        draft.change(category=Category.QUALITY)
        _answer_story(draft, reading)
    elif awaits_refund(tuple(one.text for one in heard)):
        tell_more(draft, heard)
        draft.change(category=Category.AFTERSALES)
        _answer_story(draft, reading)
    else:
        _small_talk(draft, reading, heard)


def _only_media(draft: Draft, heard: tuple[Heard, ...]) -> None:
    if draft.was_said("listening/tell_more") and draft.was_said("listening/noted"):
        hand_over_not_understood(draft)  # whoever only sends pictures is answered by somebody who sees them
    elif draft.was_said("listening/tell_more"):
        draft.say("listening/noted")
    elif any(one.kind == "photo" for one in heard):
        draft.say("listening/tell_more", (HUMAN,), has_photo=True, outside=False)
    else:
        draft.say("listening/kept", (HUMAN,), kind=heard[-1].kind)


def _asks_what_is_wrong(heard: tuple[Heard, ...], reading: Reading) -> bool:
    """Whether it is normal that a thing does so: who asks that here has found something wrong with it."""
    return bool(reading.slots.product) and any(sounds_odd(one.text) for one in heard)


def _names_nothing(heard: tuple[Heard, ...], reading: Reading) -> bool:
    return names_no_matter(reading) and not any(tells_what_came(one.text) for one in heard)


def _only_feels(heard: tuple[Heard, ...]) -> bool:
    return all(only_feels(one.text) for one in heard if one.text)


def _without_words(heard: tuple[Heard, ...]) -> bool:
    """Emoji alone tell a mood: ask what happened."""
    return not any(sign.isalnum() for one in heard for sign in one.text)


def _only_praises(draft: Draft, reading: Reading) -> bool:
    """Praise for somebody, and nothing wrong: "praise her" is no demand."""
    told = reading.issue or draft.case.story or reading.emotion >= Emotion.ANNOYED
    wish = reading.remedy is None or set(reading.remedy.kinds) <= {RemedyKind.OTHER}
    return Intent.PRAISES in reading.intents and wish and not told


def _is_a_suggestion(draft: Draft, reading: Reading) -> bool:
    """Only a suggestion; one that comes with a complaint is a part of the complaint."""
    complains = reading.is_complaint or draft.case.story or draft.case.wishes or draft.case.escalations
    return reading.category is Category.SUGGESTION and not complains


def _says_so_itself(draft: Draft, heard: tuple[Heard, ...], reading: Reading) -> bool:
    """They say that it is no complaint, and nothing in it contradicts."""
    told = reading.issue or reading.remedy or reading.risks or reading.foreign_object
    known = draft.case.wishes or draft.case.escalations or draft.case.category is Category.FOOD_SAFETY
    return not (told or known) and any(says_no_complaint(one.text) for one in heard)


def _take_suggestion(draft: Draft) -> None:
    """Thank, pass it on, and ask whether we may tell the outcome; no apology, no remedy (S3, D9)."""
    reading = draft.scene.reading or EMPTY
    draft.read_as(category=Category.SUGGESTION, confidence=reading.confidence)
    draft.change(category=Category.SUGGESTION, status=Status.SUGGESTION_LOGGED, queue=Queue.SUGGESTION)
    draft.show_card()
    known = draft.talk.contact_at is not None
    buttons = () if known else ((Button("consent_yes", "consent_yes"), Button("consent_no", "consent_no")),)
    draft.say("suggestion/thanks", *buttons, asks=not known, tells=draft.talk.contact)
    draft.go(Step.SUGGESTION)
    if known:  # asked once: what they said then holds
        draft.change(closed_at=draft.at)
        draft.go(Step.CLOSED)


def _small_talk(draft: Draft, reading: Reading, heard: tuple[Heard, ...]) -> None:
    shows_displeasure = Intent.IMPLICIT_DISPLEASURE in reading.intents
    if reading.category is Category.SUGGESTION:
        go_on(draft)
    elif reading.shows(Family.ABUSE):
        _draw_boundary(draft)
    elif shows_displeasure and (draft.case.story or draft.was_said("listening/tell_more")):
        buttons = (Button("continue", "continue"), Button("withdraw", "withdraw"))
        draft.say("listening/check_in", buttons, (HUMAN,))
    elif Intent.THANKS in reading.intents:
        draft.say("listening/praise")
    elif Intent.ASKS_ELSEWHERE in reading.intents and not draft.case.story:
        draft.say("listening/elsewhere", (HUMAN,))
    elif _only_greets(heard, reading) or _only_nods(draft, reading):
        draft.say("listening/go_on", (HUMAN,))
    else:
        miss(draft)


def _only_greets(heard: tuple[Heard, ...], reading: Reading) -> bool:
    """A greeting, and nothing behind it."""
    brief = sum(len(one.text) for one in heard) <= BARE_GREETING
    return Intent.GREETS in reading.intents and not reading.slots.product and brief


def _only_nods(draft: Draft, reading: Reading) -> bool:
    """A nod or an "oh" before anything was told: they are listened to, not misunderstood."""
    nods = {Intent.AGREES, Intent.IMPLICIT_DISPLEASURE}
    return not nods.isdisjoint(reading.intents) and not draft.was_said("listening/go_on")


def _draw_boundary(draft: Draft) -> None:
    """Abuse: at most two calm lines, then a person; the case stays open (S6)."""
    count = sum(name.startswith("boundary:") for name in draft.talk.said) + 1
    if count > MOST_BOUNDARIES:
        hand_over_not_understood(draft)
        return
    draft.remember(f"boundary:{count}")
    draft.say("calming/boundary", (HUMAN,), count=count)


def _answer_story(draft: Draft, reading: Reading) -> None:
    draft.talk = draft.talk.evolve(misses=0)
    if reading.issue and draft.case.category is Category.NONE:
        draft.change(category=Category.QUALITY)  # something is wrong with it, whatever kind it is
    if reading.remedy is not None:
        note_wish(draft, reading.remedy)
    card = _card(draft)
    if card is not None and not reading.remedy:
        _clear_up(draft, card)
    elif boils(draft, reading):
        soothe(draft)
    elif may_have_been_eaten(draft) and not _claims_a_sum(draft):
        ask_if_eaten(draft)
    elif draft.was_said("listening/thanks_sorry"):
        go_on(draft)
    else:
        first_answer(draft)


def _claims_a_sum(draft: Draft) -> bool:
    """A claim that only people can decide, without a sign that anything was eaten."""
    wishes, facts = draft.case.wishes, draft.facts
    claims = bool(wishes) and not SUMS_FOR_PEOPLE.isdisjoint(wishes[-1].kinds)
    return claims and not facts.eaten and not facts.foreign_object


def _card(draft: Draft) -> str | None:
    """The brand's knowledge card that fits, about something often mistaken for a fault."""
    story = "".join(draft.case.story)
    cards = (one for one in draft.rules.misunderstandings if all(cue in story for cue in one.cues))
    return next((one.key for one in cards), None)


def boils(draft: Draft, reading: Reading) -> bool:
    """Whether anger comes first: no solutions yet, unless one was asked for (S62)."""
    heard_out = draft.was_said("calming/hear_you") and draft.was_said("calming/points")
    return reading.emotion >= Emotion.ANGRY and reading.remedy is None and not heard_out


def soothe(draft: Draft) -> None:
    """Hear them out; after that repeat their points and offer a call (D4)."""
    draft.change(status=Status.COLLECTING)
    if draft.was_said("calming/hear_you"):
        draft.go(Step.CALMING)
        _repeat_points(draft)
        return
    hear_out(draft)


def _repeat_points(draft: Draft) -> None:
    """Repeat their points back, then stop asking and offer a call (D4, S48)."""
    draft.say("calming/points", points=points_of(draft.case))
    offer_call(draft)


def points_of(case: Case) -> list[str]:
    """The complainant's own points, shortest form, at most six."""
    return list(case.story[-6:])


def answer_anger(draft: Draft) -> None:
    """After venting: calmer, the talk goes on; else repeat the points and offer a call."""
    heard, reading = burst(draft)
    if reading.remedy is not None:
        note_wish(draft, reading.remedy)
    tells = reading.is_complaint or reading.remedy is not None or _gives_order(draft, reading)
    calmer = reading.emotion < Emotion.ANGRY and tells
    if heard and _without_words(heard) and not draft.case.story:
        draft.say("listening/tell_more", (HUMAN,), has_photo=False, outside=False)
        draft.go(Step.LISTENING)
    elif heard and calmer and len(draft.case.story) < MANY_POINTS:
        _answer_story(draft, reading)
    elif draft.case.story:
        _repeat_points(draft)
    else:
        offer_call(draft)


def _gives_order(draft: Draft, reading: Reading) -> bool:
    """Whoever looks up the order has come to the matter."""
    return bool(reading.order_numbers) or draft.situation.order is not None


def _clear_up(draft: Draft, card: str) -> None:
    """Explain a misunderstanding politely, with our own share in it; once only (S86, S87, D10)."""
    if draft.was_said(f"misunderstanding/{card}"):
        hand_over_not_understood(draft)
        return
    draft.say(f"misunderstanding/{card}", (HUMAN,))
    draft.go(Step.LISTENING, Status.COLLECTING)


ACTS: Final = (
    answer_burst,
    answer_anger,
)

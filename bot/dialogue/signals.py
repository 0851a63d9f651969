"""Finds the one signal of an event: the first row that fits decides, and danger stands first."""

from typing import Final

from bot.complaint.case import Control, Severity
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import (
    Commanded,
    ContactChanged,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    Due,
    Event,
    Pressed,
    Transcribed,
)
from bot.complaint.reading import Family, Intent, Reading, RemedyKind
from bot.dialogue.acts.voices import spoken
from bot.dialogue.draft import Draft
from bot.dialogue.fitting import BySigns, Fits, at_step, both, says, shows
from bot.dialogue.offered import answer_to_offer
from bot.dialogue.pledges import Scene
from bot.dialogue.presses import signal_of_press
from bot.dialogue.steps import Signal
from bot.reading.privacy import holds_identity_data

COMMANDS: Final = {
    "start": Signal.STARTED,
    "new": Signal.ASKS_NEW,
    "status": Signal.ASKS_STATUS,
    "cases": Signal.ASKS_CASES,
    "human": Signal.WANTS_PERSON,
    "language": Signal.ASKS_LANGUAGE,
    "simple": Signal.ASKS_SIMPLE,
    "withdraw": Signal.WITHDRAWS,
    "rights": Signal.ASKS_RIGHTS,
    "help": Signal.ASKS_HELP,
}
DUE: Final = {
    "quiet": Signal.QUIET,
    "nudge": Signal.NUDGE_DUE,
    "promise_near": Signal.PROMISE_NEAR,
    "promise_due": Signal.PROMISE_DUE,
    "fulfilment_check": Signal.CHECK_DUE,
    "survey": Signal.SURVEY_DUE,
}

_AFTER_HARM: Final = ("hurt", "eaten", "hazard", "splinter", "emergency", "doctor", "vet", "better")
QUESTIONS_AFTER_HARM: Final = frozenset(f"safety/{one}" for one in _AFTER_HARM)
"""What was said where harm was the matter already."""


def _names_remedy(reading: Reading, _talk: Conversation) -> bool:
    return reading.remedy is not None


def _answers(reading: Reading, talk: Conversation) -> bool:
    """The message holds the very thing that was asked for, so nothing is waited for."""
    slots = reading.slots
    return {
        "order_no": bool(slots.order_no),
        "order_or_shop": bool(slots.order_no or slots.store),
        "phone": bool(slots.phone) or reading.when is not None,
    }.get(talk.asked or "", False)


@BySigns
def _unharmed(reading: Reading, _talk: Conversation) -> bool:
    return Intent.SAYS_UNHARMED in reading.intents or Intent.SAYS_EATEN in reading.intents


def _merely(intent: Intent) -> Fits:
    """The message has only this intent and tells nothing else."""
    return BySigns(
        lambda reading, _talk: intent in reading.intents and not reading.is_complaint and not _wants(reading)
    )


def _wants(reading: Reading) -> bool:
    """Whether a remedy is named; wanting nothing is no wish."""
    return reading.remedy is not None and reading.remedy.kinds != (RemedyKind.NONE,)


@BySigns
def _looks_for_it(reading: Reading, _talk: Conversation) -> bool:
    """They will look for what was asked; nothing else is told, and it is not in the message."""
    told = reading.is_complaint or reading.issue or reading.order_numbers or _wants(reading)
    return Intent.NEEDS_TIME in reading.intents and not told


@BySigns
def _asks_language(reading: Reading, talk: Conversation) -> bool:
    """They ask for another language amid the talk; first words are answered in their own anyway."""
    told = bool(reading.issue) or _wants(reading)
    return reading.wanted_language is not None and "opening" in talk.said and not told


@BySigns
def _withdraws(reading: Reading, _talk: Conversation) -> bool:
    """They withdraw, and tell nothing else."""
    return Intent.WITHDRAWS in reading.intents and not reading.is_complaint and not _wants(reading)


@BySigns
def _stops(reading: Reading, talk: Conversation) -> bool:
    """They want no more messages of ours: nothing is in hand, or we may write of our own accord (S40)."""
    ours = (Step.SURVEY, Step.CLOSED, Step.SUGGESTION, Step.WITH_PEOPLE, Step.CLARIFYING)
    unasked = talk.contact or talk.step in ours
    return unasked and _says_stop(reading, talk)


def _says_stop(reading: Reading, _talk: Conversation) -> bool:
    """They want no more messages, and tell nothing besides."""
    says_so = Intent.STOP_MESSAGES in reading.intents
    # "send no more" is read as a wish too: one without a remedy to it
    wish = set(reading.remedy.kinds) if reading.remedy is not None else set()
    return says_so and not reading.issue and wish <= {RemedyKind.NONE, RemedyKind.OTHER}


@BySigns
def _asks_status(reading: Reading, talk: Conversation) -> bool:
    """How it stands with what was told before; "where is my parcel?" in first words is the trouble itself."""
    new = talk.step in (Step.OPENING, Step.LISTENING) and "listening/thanks_sorry" not in talk.said
    return Intent.ASKS_STATUS in reading.intents and not (new and reading.is_complaint)


@BySigns
def _asks_verdict(reading: Reading, talk: Conversation) -> bool:
    """A yes or no about what was told before; angry first words ("到底管不管") only sound like it."""
    tells = talk.step is Step.OPENING and (reading.is_complaint or bool(reading.issue))
    return Intent.ASKS_VERDICT in reading.intents and not tells


@BySigns
def _asks_if_safe(reading: Reading, talk: Conversation) -> bool:
    """They ask whether it may still be eaten, or whether to see a doctor, and were not answered yet."""
    told = "answers/safe" in talk.said or (talk.step is Step.SAFETY and _unharmed(reading, talk))
    return Intent.ASKS_IF_SAFE in reading.intents and not told


def _in_survey(*intents: Intent) -> Fits:
    """A question about us is answered with this, and nothing that is wrong with the goods is told besides."""
    return BySigns(
        lambda reading, talk: (
            talk.step is Step.SURVEY
            and not reading.intents.isdisjoint(intents)
            and not (reading.issue or _wants(reading))
        )
    )


@BySigns
def _perhaps_hurt(reading: Reading, talk: Conversation) -> bool:
    """Harm is suspected, not said, and nobody has asked yet."""
    asked = not QUESTIONS_AFTER_HARM.isdisjoint(talk.said)
    return not asked and not reading.says_unharmed and reading.doubt(Family.INJURY) is not None


@BySigns
def _is_child(reading: Reading, talk: Conversation) -> bool:
    """They are under fourteen, and nobody has asked for their guardian yet."""
    return Intent.IS_MINOR in reading.intents and "people/minor" not in talk.said


DANGER: Final[tuple[tuple[Fits, Signal], ...]] = (
    (shows(Family.SELF_HARM), Signal.SELF_HARM),
    (BySigns(lambda reading, _talk: reading.shows(Family.INJURY) and not reading.hazard), Signal.INJURED),
    (lambda reading, _talk: reading.hazard, Signal.HAZARD),
)
"""Read on every message, whoever speaks, and never waited with (R27)."""

CHANGED: Final[tuple[tuple[Fits, Signal], ...]] = (*DANGER, (shows(Family.EXTORTION), Signal.EXTORTS))
"""Read on a changed message too: what brings people in at once does so in whatever form it comes."""

SPEECH: Final[tuple[tuple[Fits, Signal], ...]] = (
    *CHANGED,
    (_is_child, Signal.MINOR),
    (
        BySigns(lambda said, _talk: Intent.WANTS_PERSON in said.intents or said.shows(Family.HUMAN)),
        Signal.WANTS_PERSON,
    ),
    (says(Intent.IS_PRESS), Signal.JOURNALIST),
    (_merely(Intent.ASKS_SIMPLE), Signal.ASKS_SIMPLE),
    (_asks_language, Signal.CHOSE_LANGUAGE),
    (says(Intent.ASKS_IF_BOT), Signal.ASKS_IF_BOT),
    (_asks_status, Signal.ASKS_STATUS),
    (says(Intent.ASKS_LIMIT), Signal.ASKS_LIMIT),
    (_asks_verdict, Signal.ASKS_VERDICT),
    (says(Intent.ASKS_RIGHTS), Signal.ASKS_RIGHTS),
    (_asks_if_safe, Signal.ASKS_IF_SAFE),
    (_stops, Signal.STOPS),
    (_in_survey(Intent.SKIPS, Intent.REFUSES_DETAILS), Signal.SKIPS),
    (_in_survey(Intent.REFUSES), Signal.DECLINES),
    (both(at_step(Step.CLARIFYING, Step.CALL_BACK), says(Intent.REFUSES_DETAILS)), Signal.KEEPS_DETAILS),
    (says(Intent.REFUSES_DETAILS), Signal.KEEPS_DETAILS),
    (both(at_step(Step.SAFETY), _unharmed), Signal.UNHARMED),
    (both(at_step(Step.WITHDRAWING), _withdraws), Signal.AGREES),
    (_withdraws, Signal.WITHDRAWS),
    (
        both(at_step(Step.CLARIFYING, Step.WISH, Step.PROPOSING, Step.AGREEMENT), _looks_for_it),
        Signal.NEEDS_TIME,
    ),
    (both(at_step(Step.CLARIFYING), says(Intent.SKIPS)), Signal.SKIPS),
    (
        both(at_step(Step.CLARIFYING, Step.WISH, Step.PROPOSING, Step.AGREEMENT), _names_remedy),
        Signal.NAMES_REMEDY,
    ),
    (both(at_step(Step.CLARIFYING, Step.CALL_BACK, Step.WITH_PEOPLE), _answers), Signal.ANSWERS),
    (
        both(
            at_step(
                Step.AGREEMENT,
                Step.WITHDRAWING,
                Step.SUGGESTION,
                Step.RESOLVING,
                Step.RETURNING,
                Step.SURVEY,
            ),
            _merely(Intent.AGREES),
        ),
        Signal.AGREES,
    ),
    (both(at_step(Step.FULFILMENT_CHECK), _merely(Intent.AGREES)), Signal.AGREES),
    (
        both(
            at_step(
                Step.AGREEMENT,
                Step.WITHDRAWING,
                Step.SUGGESTION,
                Step.RESOLVING,
                Step.RETURNING,
                Step.FULFILMENT_CHECK,
            ),
            _merely(Intent.REFUSES),
        ),
        Signal.DECLINES,
    ),
    (both(at_step(Step.CALL_BACK, Step.PROPOSING), _merely(Intent.REFUSES)), Signal.DECLINES),
    (
        both(at_step(Step.OPENING, Step.LISTENING, Step.CALMING, Step.CLARIFYING), _perhaps_hurt),
        Signal.PERHAPS_HURT,
    ),
)
"""The signals of words, in order of precedence. Everything else is TELLS, and answered after the burst."""
_WITHOUT_SIGNS: Final = tuple(row for row in SPEECH if not isinstance(row[0], BySigns))


def signal_of(event: Event, draft: Draft, scene: Scene) -> Signal:
    """The one signal of an event: a press or a command says it outright, words have to be read."""
    if isinstance(event, CustomerEdited):
        changed = _of_words(scene.reading, draft, CHANGED, Signal.EDITED)
        told = draft.was_said("people/secret")
        return Signal.SECRET if changed is Signal.EDITED and _is_secret(event) and not told else changed
    if isinstance(event, CustomerWrote):
        if event.media is not None and event.media.kind == "contact" and draft.talk.asked == "phone":
            return Signal.ANSWERS
        signal = answer_to_offer(event, draft) or _of_words(scene.reading, draft, SPEECH, Signal.TELLS)
        in_danger = signal in (one for _, one in DANGER)
        return Signal.SECRET if _is_secret(event) and not in_danger else signal
    return _outright(event, draft)


def _is_secret(event: CustomerWrote | CustomerEdited) -> bool:
    return event.secret or holds_identity_data(event.text)


def _outright(event: Event, draft: Draft) -> Signal:
    match event:
        case Pressed():
            return answer_to_offer(event, draft) or signal_of_press(event, draft.talk)
        case Commanded():
            return COMMANDS.get(event.name, Signal.ASKS_HELP)
        case Due():
            return _in_time(event, draft)
        case CustomerReacted():
            return Signal.REACTED
        case ContactChanged():
            return Signal.BACK if event.reachable else Signal.GONE
        case _:
            raise LookupError(f"{type(event).__name__} is not for the talk")


def _in_time(event: Due, draft: Draft) -> Signal:
    if isinstance(event, Transcribed):
        return _of_words(draft.scene.reading, draft, DANGER, Signal.TRANSCRIBED)
    return Signal.SPEAKS if event.kind == "quiet" and spoken(draft) else DUE[event.kind]


def _of_words(
    reading: Reading | None, draft: Draft, rows: tuple[tuple[Fits, Signal], ...], otherwise: Signal
) -> Signal:
    if reading is None:
        return otherwise
    spoken = rows
    if _is_held(draft):
        spoken = _while_held(draft, rows)
    elif rows is SPEECH and not (reading.intents or reading.risks):
        spoken = _WITHOUT_SIGNS
    found = next((signal for fits, signal in spoken if fits(reading, draft.talk)), otherwise)
    return otherwise if found is Signal.WITHDRAWS and _in_danger(draft) else found


def _in_danger(draft: Draft) -> bool:
    """While life or health is at stake, a tired "never mind" does not withdraw the case."""
    return draft.has_case and draft.case.severity is Severity.SEV1


def _is_held(draft: Draft) -> bool:
    return draft.has_case and draft.case.control is Control.HUMAN


def _while_held(draft: Draft, rows: tuple[tuple[Fits, Signal], ...]) -> tuple[tuple[Fits, Signal], ...]:
    """The signals that still count while a person holds the case: danger, stop, yes and no.

    The question is that person's own, or the one that the complainant's command to withdraw brought.
    """
    asks = draft.talk.step in (Step.RESOLVING, Step.RETURNING, Step.WITHDRAWING)
    heard = (Signal.AGREES, Signal.DECLINES) if asks else ()
    stops = ((_says_stop, Signal.STOPS),) if rows is SPEECH else ()
    return (*DANGER, *stops, *(row for row in rows if row[1] in heard))

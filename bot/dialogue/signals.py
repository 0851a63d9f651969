"""Finds the one signal of an event: the first row that fits decides, and danger stands first."""

from typing import Final

from bot.complaint.case import Control, Severity
from bot.complaint.conversation import Step
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
from bot.complaint.reading import Family, Intent, Reading
from bot.dialogue.acts.terms import asks_terms
from bot.dialogue.acts.voices import spoken
from bot.dialogue.draft import Draft
from bot.dialogue.fitting import BySigns, Fits, at_step, both, says, shows
from bot.dialogue.meanings import (
    answers,
    asks_if_safe,
    asks_language,
    asks_status,
    asks_verdict,
    in_survey,
    is_child,
    looks_for_it,
    merely,
    names_remedy,
    perhaps_hurt,
    says_stop,
    stops,
    turns_down,
    unharmed,
    wants_something,
    withdraws,
)
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
    (is_child, Signal.MINOR),
    (
        BySigns(lambda said, _talk: Intent.WANTS_PERSON in said.intents or said.shows(Family.HUMAN)),
        Signal.WANTS_PERSON,
    ),
    (says(Intent.IS_PRESS), Signal.JOURNALIST),
    (merely(Intent.ASKS_SIMPLE), Signal.ASKS_SIMPLE),
    (asks_language, Signal.CHOSE_LANGUAGE),
    (says(Intent.ASKS_IF_BOT), Signal.ASKS_IF_BOT),
    (merely(Intent.ASKS_WARRANTY), Signal.ASKS_WARRANTY),
    (asks_status, Signal.ASKS_STATUS),
    (says(Intent.ASKS_LIMIT), Signal.ASKS_LIMIT),
    (asks_verdict, Signal.ASKS_VERDICT),
    (says(Intent.ASKS_RIGHTS), Signal.ASKS_RIGHTS),
    (asks_if_safe, Signal.ASKS_IF_SAFE),
    (stops, Signal.STOPS),
    (in_survey(Intent.SKIPS, Intent.REFUSES_DETAILS), Signal.SKIPS),
    (in_survey(Intent.REFUSES), Signal.DECLINES),
    (both(at_step(Step.CLARIFYING, Step.CALL_BACK), says(Intent.REFUSES_DETAILS)), Signal.KEEPS_DETAILS),
    (says(Intent.REFUSES_DETAILS), Signal.KEEPS_DETAILS),
    (both(at_step(Step.SAFETY), unharmed), Signal.UNHARMED),
    (both(at_step(Step.WITHDRAWING), withdraws), Signal.AGREES),
    (withdraws, Signal.WITHDRAWS),
    (
        both(at_step(Step.CLARIFYING, Step.WISH, Step.PROPOSING, Step.AGREEMENT), looks_for_it),
        Signal.NEEDS_TIME,
    ),
    (both(at_step(Step.CLARIFYING), wants_something), Signal.NAMES_REMEDY),
    (both(at_step(Step.CLARIFYING), says(Intent.SKIPS)), Signal.SKIPS),
    (
        both(at_step(Step.CLARIFYING, Step.WISH, Step.PROPOSING, Step.AGREEMENT), names_remedy),
        Signal.NAMES_REMEDY,
    ),
    (both(at_step(Step.CLARIFYING, Step.CALL_BACK, Step.WITH_PEOPLE), answers), Signal.ANSWERS),
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
            merely(Intent.AGREES),
        ),
        Signal.AGREES,
    ),
    (both(at_step(Step.FULFILMENT_CHECK), merely(Intent.AGREES)), Signal.AGREES),
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
            merely(Intent.REFUSES),
        ),
        Signal.DECLINES,
    ),
    (both(at_step(Step.CALL_BACK), merely(Intent.REFUSES)), Signal.DECLINES),
    (both(at_step(Step.PROPOSING), turns_down), Signal.DECLINES),
    (
        both(at_step(Step.OPENING, Step.LISTENING, Step.CALMING, Step.CLARIFYING), perhaps_hurt),
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
        signal = answer_to_offer(event, draft) or _of_speech(event, draft)
        in_danger = signal in (one for _, one in DANGER)
        return Signal.SECRET if _is_secret(event) and not in_danger else signal
    return _outright(event, draft)


def _of_speech(event: CustomerWrote, draft: Draft) -> Signal:
    """A question about the offer has nothing else in it; all other words are read."""
    if not _is_held(draft) and asks_terms(event, draft):
        return Signal.ASKS_TERMS
    return _of_words(draft.scene.reading, draft, SPEECH, Signal.TELLS)


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
    stops = ((says_stop, Signal.STOPS),) if rows is SPEECH else ()
    return (*DANGER, *stops, *(row for row in rows if row[1] in heard))

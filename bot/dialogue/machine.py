"""The state machine: one event in, one turn out."""

from typing import Final

from bot.complaint.actions import AnswerPress, Say, Situation, Turn
from bot.complaint.case import Case, Control, Severity
from bot.complaint.conversation import Conversation, Step
from bot.complaint.errors import ComplaintError
from bot.complaint.events import Commanded, CustomerWrote, Event, Pressed, Transcribed
from bot.complaint.reading import Reading, RemedyKind
from bot.dialogue.acts import ACTS
from bot.dialogue.acts.linked import is_begun
from bot.dialogue.acts.voices import heed, show_transcript
from bot.dialogue.creatures import with_its_creature
from bot.dialogue.doubts import ask_to_look
from bot.dialogue.draft import Draft
from bot.dialogue.mending import mending
from bot.dialogue.order_numbers import without_number_as_sum, without_order_as_sum
from bot.dialogue.pledges import Scene
from bot.dialogue.record import open_case, opens_case, record, sender_of
from bot.dialogue.restricted import ask_for_leave, veil
from bot.dialogue.signals import signal_of
from bot.dialogue.steps import Move, Signal, move_for
from bot.dialogue.whereabouts import locate
from bot.dialogue.wishing import note_wish, without_grievance, without_question
from bot.policy.rules import Rules
from bot.policy.several import closed_beside, headed
from bot.policy.triage import triage

AWAITING: Final = (
    Step.LISTENING,
    Step.CALMING,
    Step.SAFETY,
    Step.CLARIFYING,
    Step.WISH,
    Step.PROPOSING,
    Step.AGREEMENT,
    Step.CALL_BACK,
)
"""Steps at which the next word is the complainant's."""
_BRINGS_PEOPLE: Final = frozenset({Signal.WANTS_PERSON, Signal.INJURED, Signal.HAZARD})
_NO_WISH: Final = frozenset({RemedyKind.NONE, RemedyKind.OPEN, RemedyKind.OTHER, RemedyKind.CALLBACK})
"""What is wished for in every case that people are called to."""


class OffCourse(ComplaintError):
    """An act ended at a step that its row does not name."""


def advance(
    talk: Conversation,
    case: Case | None,
    event: Event,
    reading: Reading | None,
    rules: Rules,
    situation: Situation,
) -> Turn:
    """One turn: what an event makes of a talk and its case.

    Args:
        talk: where the talk stands.
        case: its case; None before the first.
        event: what happened in the complainant's chat, or a timer of the case.
        reading: what the words say; for the end of a burst, all its words together. None without words.
        rules: the brand's rules.
        situation: the moment, and what the edge looked up.

    Raises:
        OffCourse: an act broke the table; nothing may be written.
    """
    text = event.text if isinstance(event, CustomerWrote) else "\n".join(one.text for one in talk.heard)
    read = without_number_as_sum(without_order_as_sum(reading, case, situation), talk, case, text)
    read = with_its_creature(without_question(without_grievance(read, talk), event), event, case, talk.said)
    draft = Draft(talk, case, Scene(event=event, reading=read, rules=rules, situation=situation))
    signal = signal_of(event, draft, draft.scene)
    person = sender_of(event)
    if person is not None and (opens_case(draft, signal) or _wants_another(draft, signal)):
        open_case(draft, person)
    if draft.has_case:
        signal = _take_down(draft, event, signal)
    heard, begun = draft.talk.heard, draft.talk.step
    move = move_for(_heard_at(draft, signal), signal)
    ACTS[move.act](draft)
    _keep_course(move, begun, draft)
    _see_to_the_case(draft, event, signal, case)
    veil(draft, heard)
    _after_the_act(draft, event)
    return headed(closed_beside(draft.turn(), case, situation))


def _see_to_the_case(draft: Draft, event: Event, signal: Signal, before: Case | None) -> None:
    """What the case needs whatever the act was: its first step, people, and the wish that came along."""
    if isinstance(event, Transcribed):
        show_transcript(draft, event)
    _come_in(draft)
    _bring_people(draft)
    _keep_wish(draft, signal, before)


def _after_the_act(draft: Draft, event: Event) -> None:
    _ask_besides(draft)
    _acknowledge_press(draft, event)
    _mind_silence(draft, event)


def _ask_besides(draft: Draft) -> None:
    """Questions that are due whatever the turn was about."""
    ask_to_look(draft)
    ask_for_leave(draft)


def _take_down(draft: Draft, event: Event, signal: Signal) -> Signal:
    """Record the event on the case; its signal, after any correction it makes."""
    before = draft.facts
    record(draft, event)
    locate(draft)
    signal = mending(draft, event, signal, before)
    if isinstance(event, Transcribed):
        heed(draft, event)
    return signal


def _wants_another(draft: Draft, signal: Signal) -> bool:
    """`/new` opens another case, unless the one that is open has nothing in it yet."""
    if signal is Signal.LINK_OTHER:
        return draft.has_case
    return signal is Signal.ASKS_NEW and draft.has_case and is_begun(draft)


def _heard_at(draft: Draft, signal: Signal) -> Step:
    """The step at which words are interpreted: WITH_PEOPLE while a person holds the case (rule 5)."""
    words = signal in (Signal.TELLS, Signal.QUIET)
    return Step.WITH_PEOPLE if words and draft.has_case and draft.silent else draft.talk.step


def _keep_course(move: Move, begun: Step, draft: Draft) -> None:
    ended = draft.talk.step
    if ended not in (begun, *move.to):
        raise OffCourse(f"{move.act}: {begun} to {ended}")


def _come_in(draft: Draft) -> None:
    """After the first act of a case the step is LISTENING."""
    if draft.has_case and draft.talk.step is Step.OPENING:
        draft.talk = draft.talk.evolve(step=Step.LISTENING)


def _bring_people(draft: Draft) -> None:
    """Every SEV1 case has people, and the complainant knows by when (R27)."""
    if not draft.has_case or not draft.case.is_open:
        return
    case = draft.case
    if case.severity is not Severity.SEV1 or case.control is not Control.BOT or case.escalations:
        return
    reading = draft.scene.reading
    promise = draft.hand_over((triage(reading, case).reason if reading else "") or "severity")
    asks_first = any(isinstance(one, Say) and one.name.startswith("safety/") for one in draft.actions)
    first = next((n for n, one in enumerate(draft.actions) if isinstance(one, Say)), len(draft.actions))
    draft.say("people/called_in", due=promise.due_at, team=draft.team)
    if not asks_first:
        # in one message with the answer, before it; the question after harm stays first of all
        draft.actions.insert(first, draft.actions.pop())


def _keep_wish(draft: Draft, signal: Signal, before: Case | None) -> None:
    """A wish told in the words that bring people in is on the card, so that nobody asks for it again (R31)."""
    reading = draft.scene.reading
    if signal not in _BRINGS_PEOPLE or not draft.has_case or reading is None or reading.remedy is None:
        return
    known = before.wishes if before is not None and before.no == draft.case.no else ()
    if draft.case.wishes == known and not set(reading.remedy.kinds) <= _NO_WISH:
        note_wish(draft, reading.remedy)


def _acknowledge_press(draft: Draft, event: Event) -> None:
    """Answer every press, so that its button stops waiting."""
    if isinstance(event, Pressed) and not any(isinstance(one, AnswerPress) for one in draft.actions):
        draft.actions.insert(0, AnswerPress(query=event.query))


def _mind_silence(draft: Draft, event: Event) -> None:
    """Set a nudge if it is the complainant's turn; else cancel it."""
    if not isinstance(event, CustomerWrote | Commanded | Pressed) or not draft.has_case:
        return
    left = draft.was_said("survey/stopped")
    waiting = (
        not left and draft.talk.step in AWAITING and draft.case.control is Control.BOT and draft.case.is_open
    )
    if draft.talk.step is Step.SUGGESTION and draft.case.is_open:
        draft.wake_kindly("nudge", "nudge", draft.last_nudge)
    elif waiting and draft.case.open_escalation is None:
        draft.wake_kindly("nudge", "nudge", draft.first_nudge)
    else:
        draft.sleep_on("nudge")

"""Voice messages: a person listens and answers by a stated time (R15)."""

from typing import Final

from bot.complaint.actions import Lane, Tell
from bot.complaint.case import Control, Flag, Severity
from bot.complaint.conversation import Step
from bot.complaint.deskwork import TaskKind
from bot.complaint.events import CustomerWrote, Transcribed
from bot.complaint.reading import Family
from bot.complaint.seen import HIDDEN, mark_on
from bot.dialogue.draft import Draft
from bot.dialogue.record import FLAGGED, weigh
from bot.dialogue.restricted import restrict_transcript, source_of
from bot.policy.consents import closed_line, noted, transcript_place

ALOUD: Final = ("voice", "video_note", "audio")
"""Kinds of messages that have to be listened to."""
LONGEST: Final = 1500
"""What of a transcript the desk is shown."""
LISTENED: Final = frozenset(
    {
        Step.LISTENING,
        Step.CALMING,
        Step.CLARIFYING,
        Step.WISH,
        Step.PROPOSING,
        Step.AGREEMENT,
        Step.CALL_BACK,
        Step.SAFETY,
    }
)
"""Where the bot itself would have answered."""


def spoken(draft: Draft) -> bool:
    """Whether the burst holds something that only a person can hear."""
    here = draft.has_case and draft.talk.step in LISTENED and draft.case.control is Control.BOT
    return here and any(one.kind in ALOUD for one in draft.talk.heard)


def have_it_heard(draft: Draft) -> None:
    """A person listens and answers, by when is told; nobody has to type."""
    count = sum(one.kind in ALOUD for one in draft.talk.heard)
    kind = next((one.kind for one in draft.talk.heard if one.kind in ALOUD), ALOUD[0])
    draft.talk = draft.talk.evolve(heard=())
    if draft.case.severity is Severity.SEV4:
        # nobody knows yet what was said
        draft.change(severity=Severity.SEV3, severity_why="voice")
    promise = draft.hand_over("voice")
    draft.set_task(TaskKind.LISTEN, f"×{count}" if count > 1 else "", promise)
    draft.say("listening/voice", lane=Lane.FIRST, due=promise.due_at, kind=kind)
    draft.show_card()
    draft.go(Step.WITH_PEOPLE)


def have_it_heard_too(draft: Draft) -> None:
    """More of it while the case waits for people: one task is enough."""
    event = draft.scene.event
    aloud = isinstance(event, CustomerWrote) and event.media is not None and event.media.kind in ALOUD
    waiting = draft.case.open_escalation
    if not aloud or waiting is None or any(one.kind is TaskKind.LISTEN for one in draft.case.open_tasks):
        return
    standing = next(one for one in draft.case.promises if one.id == waiting.promise_id)
    draft.set_task(TaskKind.LISTEN, "", standing)


def heed(draft: Draft, event: Transcribed) -> None:
    """A machine may have heard wrongly: what it wrote down weighs by its danger alone, and is no fact."""
    reading = draft.scene.reading
    if reading is None or not (reading.hazard or reading.shows(Family.INJURY, Family.SELF_HARM)):
        return
    closed = restrict_transcript(draft, event) is not None
    flags = [
        Flag(family=risk.family, cue=HIDDEN if closed else risk.span.text, at=event.at)
        for risk in reading.risks
        if risk.family in FLAGGED and reading.shows(risk.family)
    ]
    draft.change(flags=(*draft.case.flags, *flags))
    weigh(draft, reading)


def show_transcript(draft: Draft, event: Transcribed) -> None:
    """People read what a machine heard, under that name; the record keeps it as such.

    Of a recording that only a few may hear the desk sees one line, as of the recording itself (R52).
    """
    restrict_transcript(draft, event)
    source = source_of(draft.case, event)
    draft.case = noted(draft.case, draft.case.chat, source, event.text)
    draft.remark("machine_transcript", event.text, source)
    mark = mark_on(draft.case.restricted, draft.case.chat, source)
    if not draft.case.at_desk:
        return
    if mark is not None:
        draft.actions.append(closed_line(draft.case, mark, "voice"))
    else:
        place = transcript_place(draft.case, draft.case.chat, source) if source is not None else None
        fields = {"text": event.text[:LONGEST]}
        draft.actions.append(Tell(name="transcript", fields=fields, place=place, key=place))


ACTS: Final = (have_it_heard,)

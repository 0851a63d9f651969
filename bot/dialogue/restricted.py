"""Medical and bank data in the talk: marked on arrival, kept by consent, seen by few (R52).

It is known by what was asked for, by the words under a file or of a record, and by harm in the case. What is
marked is read for danger like everything else.
"""

from collections.abc import Iterable
from typing import Any, Final

from bot.complaint.actions import Button, Lane, Say
from bot.complaint.case import Case
from bot.complaint.conversation import Heard
from bot.complaint.events import CustomerEdited, CustomerWrote, Transcribed
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageId
from bot.complaint.reading import Family
from bot.complaint.seen import MEDICAL, Leave, Restricted, leave_of, mark_on
from bot.dialogue.draft import Draft
from bot.dialogue.leaves import back_button
from bot.dialogue.questions import PHOTOS
from bot.policy.consents import is_kept_for_law, noted, recalled, taken_back
from bot.reading.sensitivewords import sensitive_in

SHEETS: Final = frozenset({"photo", "document", "video"})
"""Kinds of files that a record or a wound may be on."""
ASKED, WORDS, HARM = "asked", "words", "harm"


def restrict(draft: Draft, event: CustomerWrote | CustomerEdited) -> bool:
    """Mark a message that only a few may see; whether it is one."""
    case: Case = draft.case
    if mark_on(case.restricted, event.chat, event.message) is not None:
        return True
    if any((one.chat, one.message) == (event.chat, event.message) for one in case.restricted):
        return False
    what, why = _known_by(draft, event)
    if not what:
        return False
    mark = Restricted(at=event.at, chat=event.chat, message=event.message, what=what, why=why)
    draft.change(restricted=(*case.restricted, mark))
    return True


def restrict_transcript(draft: Draft, event: Transcribed) -> Restricted | None:
    """The mark on a recording that only a few may hear, made now if its written words say so."""
    case: Case = draft.case
    source = source_of(case, event)
    found = mark_on(case.restricted, case.chat, source)
    what = sensitive_in(event.text)
    if found is not None or not what or source is None:
        return found
    mark = Restricted(at=event.at, chat=case.chat, message=source, what=what, why=WORDS)
    draft.change(restricted=(*case.restricted, mark))
    return mark


def is_closed(draft: Draft) -> bool:
    """Whether only a few may see the message, or hear the recording, that this turn is about."""
    event = draft.scene.event
    if isinstance(event, Transcribed):
        source: int | None = source_of(draft.case, event)
    else:
        source = getattr(event, "message", None)
    return mark_on(draft.case.restricted, event.chat, source) is not None


def source_of(case: Case, event: Transcribed) -> MessageId | None:
    """The message that holds the recording."""
    return next((one.message for one in case.evidence if one.unique_id == event.key), None)


def veil(draft: Draft, heard: Iterable[Heard]) -> None:
    """What the case quotes of restricted messages is put down, so that the desk is not shown it."""
    if not draft.has_case or not draft.case.restricted:
        return
    event = draft.scene.event
    said = [(event.chat, one.message, one.text) for one in heard]
    if isinstance(event, CustomerWrote | CustomerEdited):
        said.append((event.chat, event.message, event.text))
    for chat, message, text in said:
        draft.case = noted(draft.case, chat, message, text)


def _known_by(draft: Draft, event: CustomerWrote | CustomerEdited) -> tuple[str, str]:
    """What it is, and how that is known."""
    sheet = event.media is not None and event.media.kind in SHEETS
    named = sensitive_in(event.text, of_file=sheet)
    if named:
        return named, WORDS
    if not sheet:
        return "", ""
    last = draft.case.leaves[-1] if draft.case.leaves else None
    if last is not None and last.given is not False:
        return last.what, ASKED
    reading = draft.scene.reading
    hurt = draft.facts.harmed or (reading is not None and reading.shows(Family.INJURY))
    return (MEDICAL, HARM) if hurt and draft.talk.asked not in PHOTOS else ("", "")


def awaits_leave(case: Case, chat: int, message: int | None) -> bool:
    """Whether a file must wait for its sender's consent. If somebody is hurt, it does not."""
    mark = mark_on(case.restricted, chat, message)
    if mark is None or mark.why not in (ASKED, WORDS):
        return False
    leave = leave_of(case.leaves, mark.what)
    return leave is None or not leave.given


def ask_for_leave(draft: Draft) -> None:
    """Whoever sends a record unasked is asked once; in an emergency not before the help."""
    if not draft.has_case or not draft.case.is_open:
        return
    urgent = any(isinstance(one, Say) and one.lane is Lane.URGENT for one in draft.actions)
    lacking = [
        one.what
        for one in draft.case.restricted
        if one.why == WORDS and not one.shown and leave_of(draft.case.leaves, one.what) is None
    ]
    if lacking and not urgent and isinstance(draft.scene.event, CustomerWrote | CustomerEdited):
        put_question(draft, lacking[0])


def put_question(draft: Draft, what: str) -> None:
    """What for, who sees it, how long, and that it works without (PIPL 29, 30)."""
    draft.change(leaves=(*draft.case.leaves, Leave(what=what, asked_at=draft.at)))
    draft.say("people/sensitive_ask", buttons_for(what), what=what, came=True)
    if draft.case.at_desk:
        draft.tell("sensitive_asked", by="", what=what)


def buttons_for(what: str) -> tuple[Button, ...]:
    """Yes and no, as good as long as the question stands."""
    return (Button("sensitive_yes", "sensitive_yes", what), Button("sensitive_no", "sensitive_no", what))


def take_leave(draft: Draft) -> None:
    """Their yes or no, with its moment and words; after a no nothing of it is kept."""
    press = draft.pressed
    leave = leave_of(draft.case.leaves, press.value) if draft.has_case else None
    if leave is None or leave.given is not None:
        draft.notice("press_notice/late")
        return
    draft.notice("press_notice/noted")
    draft.strip()
    given = press.act == "sensitive_yes"
    words = getattr(draft.scene.event, "label", "")
    if not given and _refuse(draft, leave, words):
        return
    if given:
        answered = replace(leave, given=True, at=draft.at, words=words)
        draft.change(leaves=tuple(answered if one is leave else one for one in draft.case.leaves))
    draft.remark("sensitive_consent", f"{leave.what} {'yes' if given else 'no'}")
    back = ((back_button(draft.case, leave.what),),) if given else ()
    draft.say("people/sensitive_answer", *back, what=leave.what, given=given)
    if draft.case.at_desk:
        draft.tell("sensitive_answer", what=leave.what, given=given)
        draft.show_card()


def _refuse(draft: Draft, leave: Leave, words: str) -> bool:
    """A no: nothing of it is kept. What an earlier yes had brought leaves colleagues' chats, and that is told."""
    before: Case = draft.case
    agreed = any(one.what == leave.what and one.given for one in before.leaves)
    draft.case = after = taken_back(before, leave.what, draft.at, words)
    draft.actions.extend(recalled(before, after))
    if not agreed:
        return False
    gone = sum(bool(one.file_id) for one in before.evidence) - sum(
        bool(one.file_id) for one in after.evidence
    )
    fields: dict[str, Any] = {
        "what": leave.what,
        "count": gone,
        "kept": is_kept_for_law(after),
        "left": False,
    }
    draft.remark("sensitive_consent", f"{leave.what} taken_back")
    draft.say("people/leave_taken", **fields)
    if after.at_desk:
        draft.tell("sensitive_back", **fields)
        draft.show_card()
    return True


ACTS: Final = (take_leave,)

"""Taking back a consent to keep medical or bank data, as easily as it was given (R52; PIPL 15).

It may be about any case of the chat, also a closed one, so it stands beside the table of the talk.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.complaint.actions import (
    Action,
    AnswerPress,
    Button,
    Remark,
    Rows,
    Say,
    ShowCard,
    StripButtons,
    Tell,
    Turn,
)
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import Event, Pressed
from bot.complaint.ids import MessageRef
from bot.complaint.seen import leave_of
from bot.dialogue.presses import Press, read_press
from bot.policy.consents import files_under, is_kept_for_law, one_taken_back, recalled, taken_back

BACK, ALL, ONE = "leave_back", "leave_all", "leave_one"
"""Acts: take it back; all of it, where there are several files; this one file."""
MOST: Final = 8
"""Files that are offered one by one."""
Served = tuple[Turn, Case | None]


def concerns_leave(event: Event) -> bool:
    """Whether this is about taking such a consent back."""
    press = read_press(event.data) if isinstance(event, Pressed) else None
    return press is not None and press.act in (BACK, ALL, ONE)


def back_button(case: Case, what: str) -> Button:
    """The way to take it back, under the answer that gave it."""
    return Button(BACK, BACK, f"{case.no}.{what}")


def back_buttons(cases: Sequence[Case]) -> Rows:
    """The same for every consent that stands, by kind and case."""
    return tuple(
        (Button(f"{BACK}_{what}", BACK, f"{case.no}.{what}", fields={"no": case.no}),)
        for case in cases
        for what in dict.fromkeys(one.what for one in case.leaves)
        if (leave := leave_of(case.leaves, what)) is not None and leave.given
    )


def serve_leave(event: Pressed, talk: Conversation, cases: Sequence[Case], now: datetime) -> Served:
    """The turn, and the case as it was before. Only the complainant's own press counts."""
    press = read_press(event.data)
    if press is None or int(event.sender.id) != int(talk.chat):
        return _notice(event, talk, "press_notice/not_yours"), None
    number, _, name = press.value.partition(".")
    case = next((one for one in cases if one.no == number), None)
    if case is None:
        return _notice(event, talk, "press_notice/late"), None
    after, what = _after(case, press, name, event.label, now)
    if press.act == BACK and len(files := files_under(case, name)) > 1 and after is not case:
        return _which(event, talk, case, name, len(files)), case
    if after is case:
        return _notice(event, talk, "press_notice/late"), None
    return _taken(event, talk, case, after, what), case


def _after(case: Case, press: Press, name: str, words: str, now: datetime) -> tuple[Case, str]:
    """The case after this press, unchanged where there is nothing to take back; and the kind of data."""
    if press.act != ONE:
        leave = leave_of(case.leaves, name)
        stands = leave is not None and leave.given is True
        return (taken_back(case, name, now, words) if stands else case), name
    place = int(name) if name.isascii() and name.isdecimal() else 0
    mark = next((one for one in case.restricted if (one.chat, one.message) == (case.chat, place)), None)
    if mark is None or mark.gone is not None:
        return case, ""
    return one_taken_back(case, place, now), mark.what


def _which(event: Pressed, talk: Conversation, case: Case, what: str, count: int) -> Turn:
    """One file, or all: asked where there are several."""
    ones = tuple(
        (Button(ONE, ONE, f"{case.no}.{one.message}", fields={"at": one.at}),)
        for one in files_under(case, what)[-MOST:]
    )
    rows = (*ones, (Button(ALL, ALL, f"{case.no}.{what}"),))
    ask = Say(name="people/leave_which", fields={"what": what, "count": count}, buttons=rows)
    return Turn(conversation=talk, case=case, actions=(AnswerPress(query=event.query), ask))


def _taken(event: Pressed, talk: Conversation, before: Case, after: Case, what: str) -> Turn:
    gone = sum(bool(one.file_id) for one in before.evidence) - sum(
        bool(one.file_id) for one in after.evidence
    )
    fields = {
        "what": what,
        "count": gone,
        "kept": is_kept_for_law(after),
        "left": bool(files_under(after, what)),
    }
    actions: tuple[Action, ...] = (
        AnswerPress(query=event.query, name="press_notice/noted"),
        StripButtons(message=MessageRef(event.chat, event.message)),
        Say(name="people/leave_taken", fields=fields),
        Remark(what="sensitive_consent", by="customer", why=f"{what} taken_back"),
        *recalled(before, after),
    )
    if after.at_desk:
        actions = (*actions, Tell(name="sensitive_back", fields=fields), ShowCard())
    return Turn(conversation=talk, case=after, actions=actions)


def _notice(event: Pressed, talk: Conversation, name: str) -> Turn:
    return Turn(conversation=talk, case=None, actions=(AnswerPress(query=event.query, name=name),))

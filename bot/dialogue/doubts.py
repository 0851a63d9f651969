"""Suspected danger: a person is asked to look, and the talk goes on calmly.

Despair is looked at by a person at once. A suspected threat is a line at the desk, and never changes what may be
given. A suspected injury is asked after in the talk itself. All else that is only suspected changes nothing.
"""

from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.case import Control, Severity
from bot.complaint.reading import Family, Reading
from bot.complaint.seen import HIDDEN
from bot.dialogue.draft import Draft
from bot.dialogue.restricted import is_closed

LOOKED_AT: Final = (Family.SELF_HARM, Family.INJURY, Family.EXTORTION)


def ask_to_look(draft: Draft) -> None:
    """Tell the desk of each suspicion once per case (R27: severity may rise by it, never fall)."""
    reading = draft.scene.reading
    if reading is None or not draft.has_case or not draft.case.is_open:
        return
    for family in LOOKED_AT:
        _look(draft, reading, family)


def _look(draft: Draft, reading: Reading, family: Family) -> None:
    cue = reading.doubt(family)
    told = f"doubt/{family}"
    if cue is None or family in draft.case.families() or draft.was_said(told):
        return
    if family is Family.EXTORTION and draft.silent:
        return  # whoever holds the case reads the words, and judges them better
    if is_closed(draft):
        cue = HIDDEN
    despair = family is Family.SELF_HARM
    unseen = draft.case.control is Control.BOT
    if despair:
        if draft.case.severity > Severity.SEV2:
            draft.change(severity=Severity.SEV2, severity_why=cue)
        draft.show_card()
    if draft.case.at_desk:
        lane = Lane.URGENT if family is not Family.EXTORTION else Lane.DESK
        draft.tell("look", general=despair and unseen, lane=lane, family=family.value, cue=cue)
        draft.remember(told)

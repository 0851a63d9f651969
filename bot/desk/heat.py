"""Cases in which anger rises: marked on the card, and handed to a colleague with one tap (S55, S57)."""

from typing import Final

from bot.complaint.actions import Button
from bot.complaint.case import Case, Control, HandedOn
from bot.complaint.conversation import Step
from bot.complaint.reading import Emotion
from bot.desk.acts import Act, Acts
from bot.desk.rights import Right
from bot.desk.sheet import Sheet

RECENT: Final = 4
"""The number of latest messages by which rising anger is judged."""


def is_hot(case: Case) -> bool:
    """Whether anger is extreme, has risen, or persists; one angry word is not enough."""
    lately = [mood for _, mood in case.emotions[-RECENT:]]
    if not case.is_open or not lately or lately[-1] < Emotion.ANGRY:
        return False
    if lately[-1] is Emotion.EXTREME:
        return True
    return len(lately) > 1 and (lately[-1] > lately[0] or lately[-2] >= Emotion.ANGRY)


def is_hot_since_taken(case: Case) -> bool:
    """Whether whoever has it may hand the anger on: it showed while they had it.

    What was handed to them with the case is no reason to pass it on: nobody is passed from one to the next.
    """
    if case.control is not Control.HUMAN or not is_hot(case):
        return False
    return case.held_since is None or case.emotions[-1][0] >= case.held_since


def gets_hot(before: Case, after: Case | None) -> bool:
    """Whether it is hot since just now, while a person has it: the card then says so."""
    return after is not None and after.control is Control.HUMAN and is_hot(after) and not is_hot(before)


def hand_on(sheet: Sheet, _value: str = "") -> None:
    """Give an angry case to a colleague, with a new time that the complainant is told."""
    sheet.hold(None)
    sheet.change(handed_on=HandedOn(by=sheet.by.id))
    sheet.go(Step.WITH_PEOPLE)
    promise = sheet.escalate("handed_on")
    sheet.notice("notice_handed_on")
    sheet.remark("handed_on", sheet.case.emotion.name.lower())
    sheet.say("people/released", team=sheet.case.queue.value, due=promise.due_at)
    sheet.tell(
        "handed_on",
        ((Button("claim", "claim"),),),
        by=sheet.by.name,
        due=promise.due_at,
        emotion=sheet.case.emotion.name.lower(),
    )
    sheet.ring("released", promise.due_at)
    sheet.show_card()


ACTS: Final = Acts(presses={"hand_on": Act(Right.RELEASE, hand_on)})

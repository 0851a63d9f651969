"""Claiming, taking over and giving back a case: one holder at a time."""

from typing import Final

from bot.complaint.case import Severity
from bot.complaint.conversation import Step
from bot.desk.acts import Act, Acts
from bot.desk.rights import Right, holds, is_held
from bot.desk.sheet import Sheet


def claim(sheet: Sheet, _argument: str = "") -> None:
    """The agent takes the case. The promised answer is still owed until they write."""
    if holds(sheet.by, sheet.case):
        sheet.notice("notice_claimed")
        if _written(sheet):
            sheet.tell("already_yours")
        return
    told = take(sheet)
    sheet.notice("notice_claimed")
    waiting = sheet.case.open_promises
    due = waiting[0].due_at if waiting else None
    if _written(sheet):
        sheet.tell("claimed", by=sheet.by.name, due=due, told=told)


def _written(sheet: Sheet) -> bool:
    """Confirm: on the screen for a press, in the topic for words."""
    return not sheet.scene.query


def take(sheet: Sheet) -> bool:
    """Make this agent the holder; whether the complainant was told, which happens once per case."""
    if holds(sheet.by, sheet.case):
        return False
    sheet.hold(sheet.by)
    sheet.go(Step.WITH_PEOPLE)
    sheet.remark("claimed")
    sheet.show_card()
    if "people/taken_over" in sheet.talk.said:
        return False
    grave = sheet.case.severity is Severity.SEV1
    sheet.say("people/taken_over", team=sheet.case.queue.value, grave=grave)
    return True


def take_over(sheet: Sheet, value: str = "") -> None:
    """Take the case from another holder, with everything in it (S55)."""
    before = sheet.case.holder
    if not is_held(sheet.case) or before is None or str(before.id) != value:
        sheet.notice("notice_late")
        sheet.strip()
        return
    sheet.notice("notice_done")
    sheet.strip()
    if before.id == sheet.by.id:
        return
    sheet.hold(sheet.by)
    sheet.remark("taken_over", before.name)
    sheet.tell("taken_over", by=sheet.by.name, before=before.name)
    sheet.show_card()


def release(sheet: Sheet, _argument: str = "") -> None:
    """Back to the queue: an answer is owed by a time, and the complainant is told it."""
    sheet.hold(None)
    sheet.go(Step.WITH_PEOPLE)
    promise = sheet.escalate("released")
    sheet.notice("notice_done")
    sheet.remark("released")
    sheet.say("people/released", team=sheet.case.queue.value, due=promise.due_at)
    sheet.tell("released", by=sheet.by.name, due=promise.due_at)
    sheet.ring("released", promise.due_at)
    sheet.show_card()


ACTS: Final = Acts(
    commands={
        "claim": Act(Right.CLAIM, claim),
        "release": Act(Right.RELEASE, release),
    },
    presses={
        "claim": Act(Right.CLAIM, claim),
        "take_over": Act(Right.TAKE_OVER, take_over),
        "release": Act(Right.RELEASE, release),
    },
)

"""`/reopen`: a closed case is open again, with its number and history (D18)."""

from typing import Final

from bot.complaint.actions import CloseTopic
from bot.complaint.conversation import Step
from bot.desk.acts import Act, Acts
from bot.desk.holding import take
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.summoning import summon
from bot.policy.commitments import handed_over
from bot.policy.reopening import reopened
from bot.policy.summoning import deciders


def reopen(sheet: Sheet, _argument: str = "") -> None:
    """Reopen one step more urgent, and tell the supervisor. Whoever closed it does not get it back."""
    again = sheet.case.held_before == sheet.by.id
    sheet.case = reopened(sheet.case, "reopened")
    sheet.talk = sheet.talk.as_new("people/taken_over")
    sheet.add(CloseTopic(reopen=True))
    sheet.remark("reopened")
    sheet.notice("notice_done")
    who = deciders(sheet.case, sheet.scene.situation.roster)
    if again:
        _to_somebody_else(sheet)
    else:
        take(sheet)
    summon(sheet, "reopened_by", who, by=sheet.by.name, again=again)


def _to_somebody_else(sheet: Sheet) -> None:
    sheet.hold(None)
    sheet.go(Step.WITH_PEOPLE)
    promise = sheet.promise("person_answers", "reopen_answer")
    sheet.case = handed_over(sheet.case, "reopened", promise, sheet.at)
    sheet.say("people/reopened_here", team=sheet.case.queue.value, due=promise.due_at)
    sheet.ring("reopened", promise.due_at)
    sheet.show_card()


ACTS: Final = Acts(
    commands={"reopen": Act(Right.REOPEN, reopen)},
    presses={"reopen": Act(Right.REOPEN, reopen)},
)

"""Closes a case that the complainant did not accept: after our last word, with nothing owed (R10)."""

from typing import Final

from bot.complaint.actions import CancelTimer, CloseTopic
from bot.complaint.case import Control, Status
from bot.complaint.conversation import Step
from bot.desk.acts import Act, Acts
from bot.desk.cases.closing import missing, tell_missing
from bot.desk.remedies.asking import drop_requests
from bot.desk.remedies.laying import items_of, take_off
from bot.desk.rights import Right
from bot.desk.sheet import Sheet

TOLD: Final = (Status.NOT_UPHELD_TOLD, Status.DEADLOCK)
"""Where they have heard the reasons, and the ways outside."""


def close_unaccepted(sheet: Sheet, _argument: str = "") -> None:
    """Close it as not accepted: they get the summary, and every way outside stays open to them."""
    lacking = missing(sheet.case)
    if sheet.case.status not in TOLD:
        sheet.notice("notice_cannot")
        sheet.tell("unaccepted_how", key="unaccepted_how")
        return
    if lacking:
        sheet.notice("notice_cannot")
        tell_missing(sheet, lacking)
        return
    take_off(sheet, "expired")
    drop_requests(sheet)
    holder = sheet.case.holder
    sheet.notice("notice_done")
    sheet.say("close/summary", agreed=_agreed(sheet), accepted=False)
    for key in ("nudge", "quiet"):
        sheet.add(CancelTimer(key=key))
    sheet.change(
        status=Status.CLOSED_UNACCEPTED,
        closed_at=sheet.at,
        control=Control.BOT,
        holder=None,
        held_before=holder.id if holder else sheet.case.held_before,
    )
    sheet.go(Step.CLOSED)
    sheet.remark("closed_unaccepted")
    sheet.show_card()
    sheet.add(CloseTopic())


def _agreed(sheet: Sheet) -> list[dict[str, object]] | None:
    agreement = sheet.case.agreement
    offer = next((one for one in sheet.case.offers if agreement and one.id == agreement.offer_id), None)
    return items_of(sheet, offer) if offer is not None and offer.parts else None


ACTS: Final = Acts(
    commands={"unaccepted": Act(Right.RESOLVE, close_unaccepted)},
    presses={"unaccepted": Act(Right.RESOLVE, close_unaccepted)},
)

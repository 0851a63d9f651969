"""`/outside`: records what an authority, a court or a consumers' association made of our decision."""

from typing import Final

from bot.complaint.actions import Button
from bot.desk.acts import Act, Acts
from bot.desk.rights import Right
from bot.desk.sheet import Sheet

CHANGED: Final = "changed"
KEPT: Final = "kept"


def outside(sheet: Sheet, value: str = "") -> None:
    """`/outside changed` or `kept`, or the button; the last entry counts."""
    wanted = value.strip().casefold()
    if wanted not in (CHANGED, KEPT):
        sheet.notice("notice_late")
        buttons = tuple(Button(f"outside_{one}", "outside", one) for one in (CHANGED, KEPT))
        sheet.tell("outside_how", (buttons,), key="outside_how")
        return
    sheet.change(overturned=wanted == CHANGED)
    sheet.remark("outside", wanted)
    sheet.notice("notice_done")
    sheet.strip()
    sheet.tell("outside_set", changed=wanted == CHANGED)


ACTS: Final = Acts(
    commands={"outside": Act(Right.OUTSIDE, outside)}, presses={"outside": Act(Right.OUTSIDE, outside)}
)

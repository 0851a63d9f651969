"""`/cause`: the root cause of a case, from the brand's list; an upheld case cannot close without (S65)."""

from typing import Final

from bot.complaint.actions import Button, Rows
from bot.desk.acts import Act, Acts
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.brand import CAUSES, Cause

IN_A_ROW: Final = 3
OURS: Final = frozenset(one.code for one in CAUSES)
"""Codes that have words of their own at the desk; a brand names its others itself."""


def ask_cause(sheet: Sheet) -> Rows:
    """A button for each."""
    buttons = tuple(_button(sheet, one) for one in sheet.scene.rules.causes)
    return tuple(buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW))


def _button(sheet: Sheet, cause: Cause) -> Button:
    if cause.code in OURS and not cause.names:
        return Button(f"cause_{cause.code}", "cause", cause.code)
    return Button("cause_own", "cause", cause.code, fields={"name": name_of(sheet, cause)})


def name_of(sheet: Sheet, cause: Cause) -> str:
    """What the desk reads for it."""
    return cause.name(sheet.scene.rules.languages[0])


def choose(sheet: Sheet, value: str = "") -> None:
    """`/cause CODE` or the button."""
    wanted = value.strip().casefold()
    named = (
        one
        for one in sheet.scene.rules.causes
        if wanted in {one.code.casefold(), *(name.casefold() for name in one.names.values())}
    )
    cause = next(named, None) if wanted else None
    if cause is None:
        sheet.notice("notice_late")
        sheet.tell("cause_how", ask_cause(sheet), key="cause_how")
        return
    sheet.change(cause=cause.code)
    sheet.remark("cause", cause.code)
    sheet.notice("notice_done")
    # its buttons stay: another tap corrects it, and the card shows what was chosen
    if not sheet.scene.query:
        sheet.tell("cause_set", cause=name_of(sheet, cause))
    if sheet.case.at_desk:
        sheet.show_card()


ACTS: Final = Acts(commands={"cause": Act(Right.CAUSE, choose)}, presses={"cause": Act(Right.CAUSE, choose)})

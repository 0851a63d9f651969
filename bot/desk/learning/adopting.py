"""`/adopted`: a complainant who wanted to know that their idea was taken up is thanked, once (S41, S100)."""

from datetime import datetime
from typing import Final

from bot.complaint.actions import CloseTopic, SetTimer
from bot.complaint.reading import Category
from bot.desk.acts import Act, Acts
from bot.desk.notes import stays_inside
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.following_up import agreed_to_hear, free_from

DUE: Final = "idea_thanks"


def adopt(sheet: Sheet, argument: str = "") -> None:
    """`/adopted what`: kept on the case, and told to them if they agreed to hear of it (S40)."""
    what = argument.strip()
    if sheet.case.category is not Category.SUGGESTION:
        sheet.tell("adopted_no_idea")
        return
    if sheet.case.adopted:
        sheet.tell("adopted_twice", what=sheet.case.adopted)
        return
    if not what or stays_inside(what):
        sheet.tell("adopted_how")
        return
    sheet.change(adopted=what, adopted_at=sheet.at)
    sheet.remark("adopted", what)
    wanted = agreed_to_hear(sheet.case, sheet.talk)
    when = _thank_or_wait(sheet) if wanted else None
    sheet.tell("adopted_set", what=what, wanted=wanted, when=when)
    sheet.show_card()
    if not sheet.case.is_open:
        sheet.add(CloseTopic())


def thank(sheet: Sheet, _key: str = "") -> None:
    """At its time: thank them, if their consent still holds."""
    case = sheet.case
    if case.adopted and case.thanked_at is None and agreed_to_hear(case, sheet.talk):
        _thank_or_wait(sheet)


def _thank_or_wait(sheet: Sheet) -> datetime | None:
    """Thanks now, or when it may be: never in the quiet hours, nor while a case of theirs is open (S77)."""
    scene = sheet.scene
    when = free_from(scene.rules, sheet.case, scene.situation.other_cases, sheet.at)
    if when > sheet.at:
        sheet.add(SetTimer(kind=DUE, key=DUE, due=when))
        return when
    sheet.change(thanked_at=sheet.at)
    sheet.say("suggestion/adopted", what=sheet.case.adopted)
    return None


ACTS: Final = Acts(commands={"adopted": Act(Right.ADOPT, adopt)}, dues={DUE: thank})

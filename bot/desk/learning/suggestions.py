"""`/idea`: who looks at a suggestion, and what becomes of it (S41, S100)."""

from datetime import datetime
from typing import Final

from bot.complaint.actions import CloseTopic, SetTimer
from bot.complaint.case import Case
from bot.complaint.lessons import Fate, Idea
from bot.complaint.reading import Category
from bot.desk.acts import Act, Acts
from bot.desk.learning.adopting import adopt
from bot.desk.notes import stays_inside
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.following_up import agreed_to_hear, free_from
from bot.reading.deskwords import idea_order_called

DUE: Final = "idea_done"
LONGEST: Final = 200


def fate_of(case: Case) -> Fate:
    """What has become of a suggestion so far."""
    if case.idea is not None and case.idea.fate in (Fate.DECLINED, Fate.DONE):
        return case.idea.fate
    if case.adopted:
        return Fate.ADOPTED
    return case.idea.fate if case.idea is not None else Fate.NEW


def decide(sheet: Sheet, argument: str = "") -> None:
    """`/idea @who`, `/idea adopted what`, `/idea declined why`, `/idea done what`."""
    if sheet.case.category is not Category.SUGGESTION:
        sheet.tell("adopted_no_idea")
        return
    words = argument.strip()
    if words.startswith("@"):
        _give(sheet, words)
        return
    verb, _, rest = words.partition(" ")
    fate, rest = idea_order_called(verb), rest.strip()
    if fate == Fate.REVIEW:
        _give(sheet, rest)
    elif fate == Fate.ADOPTED:
        adopt(sheet, rest)
    elif fate and rest and not stays_inside(rest):
        _end(sheet, Fate(fate), rest[:LONGEST])
    else:
        sheet.tell("idea_how", asked=words)


def _give(sheet: Sheet, words: str) -> None:
    """Somebody looks at it: whoever is named, else who writes."""
    name = words.partition(" ")[0]
    found = sheet.scene.situation.roster.named(name) if name.startswith("@") else ()
    who = (found[0] if found else None) if name.startswith("@") else sheet.colleague
    if who is None:
        sheet.tell("task_whose", key="task_whose")
        return
    if fate_of(sheet.case) in (Fate.DECLINED, Fate.DONE):
        sheet.tell("idea_how", asked=words)
        return
    idea = Idea(fate=Fate.REVIEW, at=sheet.at, owner=who.name, owner_id=who.id)
    sheet.change(idea=idea)
    sheet.remark("idea_review", who.name)
    _confirm(sheet, idea)


def _end(sheet: Sheet, fate: Fate, words: str) -> None:
    """Declined with its reason; or done, after it was adopted, and told once more to whoever wanted to hear."""
    before = sheet.case.idea
    fitting = fate_of(sheet.case) is Fate.ADOPTED if fate is Fate.DONE else not sheet.case.adopted
    if not fitting:
        sheet.tell("idea_how", asked=words)
        return
    idea = Idea(
        fate=fate,
        at=sheet.at,
        owner=before.owner if before else sheet.by.name,
        owner_id=before.owner_id if before else sheet.by.id,
        why=words,
    )
    sheet.change(idea=idea)
    sheet.remark(f"idea_{fate.value}", words)
    wanted = fate is Fate.DONE and agreed_to_hear(sheet.case, sheet.talk)
    _confirm(sheet, idea, told=wanted, when=_tell_or_wait(sheet) if wanted else None)


def _confirm(sheet: Sheet, idea: Idea, *, told: bool = False, when: datetime | None = None) -> None:
    fate = fate_of(sheet.case).value
    sheet.tell("idea_set", fate=fate, owner=idea.owner, why=idea.why, told=told and when is None, when=when)
    sheet.show_card()
    if not sheet.case.is_open:
        sheet.add(CloseTopic())


def tell_them(sheet: Sheet, _key: str = "") -> None:
    """At its time: tell the outcome, if their consent still holds."""
    if fate_of(sheet.case) is Fate.DONE and agreed_to_hear(sheet.case, sheet.talk):
        _tell_or_wait(sheet)


def _tell_or_wait(sheet: Sheet) -> datetime | None:
    """Now, or when it may be: never in the quiet hours, nor while a case of theirs is open (S77)."""
    scene, idea = sheet.scene, sheet.case.idea
    when = free_from(scene.rules, sheet.case, scene.situation.other_cases, sheet.at)
    if when > sheet.at:
        sheet.add(SetTimer(kind=DUE, key=DUE, due=when))
        return when
    sheet.say("suggestion/done", what=idea.why if idea is not None else "")
    return None


ACTS: Final = Acts(commands={"idea": Act(Right.ADOPT, decide)}, dues={DUE: tell_them})

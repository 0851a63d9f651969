"""Supervisors' decisions about a case: who has it, whom it is about, its severity, the lock on its evidence."""

import re
from typing import Final

from bot.complaint.actions import Button, Lane, Rows, Tell
from bot.complaint.case import Queue, Severity
from bot.complaint.colleagues import Role, Roster
from bot.complaint.conversation import Step
from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.desk.acts import Act, Acts
from bot.desk.cases.transferring import LONGEST, give, person_meant
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.desk.summoning import MOST
from bot.policy.consents import without_refused
from bot.policy.deadlines import due

DEGREE: Final = re.compile(r"(?:sev)?([1-4])(?:\s+|\Z)", re.IGNORECASE)


def assign(sheet: Sheet, argument: str = "") -> None:
    """A supervisor gives the case to somebody, even to whoever had it when it was closed."""
    who, why = person_meant(sheet, argument)
    if who is None:
        sheet.tell("assign_how", key="assign", asked=argument[:40])
    else:
        give(sheet, who, why[:LONGEST], assigned=True)


def about(sheet: Sheet, argument: str = "") -> None:
    """The complaint is about this colleague: they may do nothing to it from now on (R58)."""
    who, why = person_meant(sheet, argument)
    if who is None:
        sheet.tell("about_how", key="about", asked=argument[:40])
        return
    name, case = who.name or who.username, sheet.case
    if who.id in case.about:
        sheet.tell("about_known", key="about", name=name)
        return
    sheet.change(about=(*case.about, who.id))
    sheet.remark("about", f"{name} ({who.id}){f': {why}' if why else ''}")
    holds = case.is_open and case.holder is not None and case.holder.id == who.id
    hand_back(sheet, who.id, name)
    if holds:
        take_away(sheet)
    told_of(sheet, name, sheet.scene.situation.roster, taken=holds)
    sheet.show_card()


def told_of(sheet: Sheet, name: str, roster: Roster, *, taken: bool) -> None:
    """Say whom it is about; supervisors are called to a case that was taken from them, or that they can still read.

    Nobody can be kept from reading a topic of a group they belong to: it is said, with what would help.
    """
    supervisors = tuple(one for one in roster.at_least(Role.SUPERVISOR) if one.id not in sheet.case.about)
    case, rules = sheet.case, sheet.scene.rules
    common = case.at_desk and case.is_open and case.desk is None and rules.queue(case.queue).desk is None
    move = common and rules.queue(Queue.CONDUCT).desk is not None
    ways: Rows = ((Button("to_conduct", "transfer", Queue.CONDUCT.value),),) if move else ()
    sheet.add(
        Tell(
            name="about_set",
            fields={"name": name, "taken": taken, "reads": common, "move": move},
            calls=supervisors[:MOST] if taken or common else (),
            buttons=ways,
            lane=Lane.URGENT if case.severity is Severity.SEV1 else Lane.DESK,
        )
    )


def hand_back(sheet: Sheet, who: UserId, name: str) -> None:
    """What they had to do in the case is the team's: they may do nothing to it, and nobody calls them to it."""
    team, case = sheet.case.queue.value, sheet.case
    open_ones = {one.id for one in case.open_tasks if one.owner_id == who}
    tasks = (replace(one, owner=team, owner_id=None) if one.id in open_ones else one for one in case.tasks)
    owed = {one.id for one in case.open_promises if one.owner == name}
    promises = (replace(one, owner=team) if one.id in owed else one for one in case.promises)
    sheet.change(tasks=tuple(tasks), promises=tuple(promises))


def take_away(sheet: Sheet) -> None:
    """Back to the queue: whom it is about has it no more, and an answer is owed by somebody else."""
    sheet.hold(None)
    sheet.go(Step.WITH_PEOPLE)
    promise = sheet.escalate("about")
    sheet.say("people/released", team=sheet.case.queue.value, due=promise.due_at)


def set_severity(sheet: Sheet, argument: str = "") -> None:
    """Set the severity; lowering it needs a reason (S54)."""
    match = DEGREE.match(argument.strip())
    if match is None:
        sheet.tell("severity_how", key="severity")
        return
    degree, why = Severity(int(match[1])), argument.strip()[match.end() :].strip()[:LONGEST]
    before = sheet.case.severity
    if degree == before:
        sheet.tell("severity_same", key="severity")
    elif degree > before and not why:
        sheet.tell("severity_why", key="severity", wanted=int(degree))
    else:
        sheet.change(severity=degree, severity_why=why or "by_hand", decided=True)
        sheet.remark("severity", f"SEV{int(before)} -> SEV{int(degree)}{f': {why}' if why else ''}")
        owed = sooner(sheet)
        sheet.tell("severity_set", by=sheet.by.name, was=int(before), why=why)
        if degree < before and owed:
            sheet.ring("by_hand", sheet.case.open_promises[0].due_at)
        sheet.show_card()


def excuse(sheet: Sheet, why: str = "") -> None:
    """A case of danger may end without a finding, for a reason that stays in its history (R7)."""
    case, why = sheet.case, why.strip()[:LONGEST]
    if case.severity is not Severity.SEV1 or case.verdict is not None:
        sheet.tell("nofinding_not_needed", key="nofinding")
    elif not why:
        sheet.tell("nofinding_why", key="nofinding")
    else:
        sheet.change(excused=why)
        sheet.remark("excused", why)
        sheet.tell("nofinding_set", ((Button("resolve", "resolve"),),), by=sheet.by.name, why=why)


def sooner(sheet: Sheet) -> bool:
    """Give the owed answer an earlier due time after the severity rose. Whether an answer is owed."""
    waiting, rules = sheet.case.open_escalation, sheet.scene.rules
    owed = next((one for one in sheet.case.open_promises if waiting and one.id == waiting.promise_id), None)
    if waiting is None or owed is None:
        return False
    when = due(rules, "first_human", sheet.case.severity, sheet.at, sheet.case.queue)
    if when < owed.due_at:
        sheet.renegotiate(owed.id)
        made = sheet.promise("person_answers", by=when)
        sheet.repromise(owed.id, made.id)
    return True


def hold(sheet: Sheet, why: str = "") -> None:
    """Lock the evidence: nothing is deleted or made anonymous from now on."""
    _lock(sheet, why, locked=True)


def unhold(sheet: Sheet, why: str = "") -> None:
    """Unlock the evidence, by a supervisor and with a reason."""
    if sheet.case.evidence_hold and not why:
        sheet.tell("unhold_why", key="hold")
        return
    _lock(sheet, why, locked=False)


def _lock(sheet: Sheet, why: str, *, locked: bool) -> None:
    if sheet.case.evidence_hold is locked:
        sheet.tell("hold_already", key="hold", locked=locked)
        return
    sheet.change(evidence_hold=locked)
    sheet.case = without_refused(sheet.case)
    sheet.remark("hold" if locked else "unhold", why[:LONGEST])
    sheet.tell("hold_set", key="hold", by=sheet.by.name, locked=locked, why=why[:LONGEST])
    sheet.show_card()


ACTS: Final = Acts(
    commands={
        "assign": Act(Right.ASSIGN, assign),
        "about": Act(Right.ABOUT, about),
        "severity": Act(Right.SEVERITY, set_severity),
        "nofinding": Act(Right.EXCUSE, excuse),
        "hold": Act(Right.HOLD, hold),
        "unhold": Act(Right.LIFT_HOLD, unhold),
    }
)

"""Applies an incident to each of its cases, by timers: the link, the updates, the offer."""

from typing import Final

from bot.complaint.actions import Lane, Say, SetTimer, ShowCard
from bot.complaint.axes import Control, Severity
from bot.complaint.case import Approval, Case, Part
from bot.complaint.deskwork import ApprovalState
from bot.complaint.errors import AboveAuthority
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.complaint.incidents import Decision, Incident, IncidentState
from bot.desk.acts import Acts
from bot.desk.cases.deciding import sooner
from bot.desk.incidents.declaring import PART
from bot.desk.incidents.news import WORD
from bot.desk.remedies.laying import lay
from bot.desk.remedies.parts import NotSo, parts_of
from bot.desk.sheet import Sheet
from bot.desk.tasks.pledging import bind_for_many
from bot.policy.affected import not_to_hear
from bot.policy.calendar import after_quiet
from bot.policy.granted import granted_before
from bot.policy.ladder import guard

OFFER: Final = "incident_offer"
"""The kind of the timer by which one complainant is offered what was decided for all."""


def incident_of(key: str) -> int | None:
    """Which incident a timer's key names."""
    number = key.partition(":")[2].partition(".")[0]
    return int(number) if number.isdecimal() else None


def take_part(sheet: Sheet, _key: str) -> None:
    """Add the incident to the case, or remove it; danger raises the severity to that of the incident (S54)."""
    incident, case = sheet.scene.situation.incident, sheet.case
    if incident is None or case.merged_into is not None or case.retired_at is not None:
        return
    known = incident.state is IncidentState.DECLARED or (
        incident.state in (IncidentState.PROPOSED, IncidentState.LATER) and incident.severity is Severity.SEV1
    )
    number = incident.no if known else None
    if number is None and case.incident != incident.no:
        return
    if number != case.incident:
        sheet.change(incident=number)
        sheet.remark("incident" if number else "incident_none", str(incident.no))
    if known and case.is_open and not case.decided and incident.severity < case.severity:
        sheet.change(severity=incident.severity, severity_why="same_batch")
        sheet.remark(
            "severity", f"SEV{int(case.severity)} -> SEV{int(incident.severity)}: incident {incident.no}"
        )
        # whoever waits for a person waits no longer than the gravest do
        sooner(sheet)
    if sheet.case != case and sheet.case.at_desk:
        sheet.show_card()


def hear(sheet: Sheet, key: str) -> None:
    """Send the update to this complainant, once; skip those who may not be written to by now."""
    incident, name = sheet.scene.situation.incident, key.rpartition(".")[2]
    news = incident.update(name) if incident is not None else None
    mark = _mark(key)
    if incident is None or news is None or news.state != "sent" or mark in sheet.talk.said:
        return
    if sheet.case.incident != incident.no:
        # taken out meanwhile
        return
    why = not_to_hear(sheet.case, sheet.talk)
    if why:
        sheet.remark("incident_not_told", f"{incident.no} {name} {why}")
        return
    if _sleeps(sheet, WORD, key):
        return
    sheet.remember(mark)
    sheet.add(Say(name="incident/update", fields={"words": news.text}, lane=Lane.REST, by=news.name))
    sheet.remark("incident_told", f"{incident.no} {name}")
    before = [one.text for one in incident.updates if one.state == "sent" and one.id != name]
    bind_for_many(sheet, news.text, news.name, before)
    if sheet.case.control is Control.HUMAN:
        sheet.tell("incident_told", number=incident.no, name=name)


def offered(sheet: Sheet, key: str) -> None:
    """Make the decided offer in this case, with the decision's id (S97)."""
    incident, name = sheet.scene.situation.incident, key.rpartition(".")[2]
    decision = incident.decision(name) if incident is not None else None
    mark = _mark(key)
    if incident is None or decision is None or decision.state != "sent" or mark in sheet.talk.said:
        return
    mine = sheet.case.is_open and sheet.case.incident == incident.no
    if not mine or not_to_hear(sheet.case, sheet.talk) or _sleeps(sheet, OFFER, key):
        return
    sheet.remember(mark)
    why = _offer(sheet, incident, decision)
    if why:
        sheet.remark("incident_not_offered", f"{incident.no} {name} {why}")
        if sheet.case.at_desk:
            sheet.tell("incident_not_offered", number=incident.no, name=name, why=why)


def _offer(sheet: Sheet, incident: Incident, decision: Decision) -> str:
    """Why it cannot be offered here; empty if it is."""
    others = sheet.scene.situation.other_cases
    try:
        parts = parts_of(decision.words, sheet.case, sheet.scene.rules)
    except NotSo as wrong:
        return wrong.why
    if granted_before([one.kind for one in parts], sheet.case, others) is not None:
        return "granted"
    before, actions, talk = sheet.case, list(sheet.actions), sheet.talk
    approval = _approved(sheet, incident, decision, parts)
    sheet.change(approvals=(*sheet.case.approvals, approval))
    made = lay(sheet, parts, decision.level, by=decision.name, approval_id=approval.id)
    sheet.change(
        approvals=tuple(
            replace(one, offer_id=made.id) if one.id == approval.id else one for one in sheet.case.approvals
        )
    )
    try:
        guard(sheet.scene.rules, before, sheet.case, others)
    except AboveAuthority:
        sheet.case, sheet.actions, sheet.talk = before, actions, talk
        return "above"
    _spare_the_group(sheet, before)
    return ""


def _spare_the_group(sheet: Sheet, before: Case) -> None:
    """Do not open a topic for the offer: one opens if its complainant answers."""
    others = [one for one in sheet.actions if not isinstance(one, ShowCard)]
    cards = [ShowCard(lane=Lane.REST)] if before.at_desk else []
    sheet.actions = [*others, *cards]
    sheet.change(at_desk=before.at_desk)


def _approved(sheet: Sheet, incident: Incident, decision: Decision, parts: tuple[Part, ...]) -> Approval:
    """The decision as this case's own granted request, with its votes."""
    return Approval(
        id=f"a{len(sheet.case.approvals) + 1}",
        at=decision.at,
        by=decision.by,
        name=decision.name,
        parts=parts,
        worth=Cents(sum(one.cents for one in parts)),
        reason=_named(incident, decision),
        needs=decision.needs,
        expires_at=sheet.at,
        people=decision.people,
        legal=decision.legal,
        level=decision.level,
        state=ApprovalState.APPROVED,
        votes=decision.votes,
        settled_at=sheet.at,
    )


def _named(incident: Incident, decision: Decision) -> str:
    return f"incident {incident.no} {decision.id}: {decision.reason}"


def _sleeps(sheet: Sheet, kind: str, key: str) -> bool:
    """In the quiet hours, wait until the morning."""
    when = after_quiet(sheet.scene.rules, sheet.at)
    if when <= sheet.at:
        return False
    sheet.add(SetTimer(kind=kind, key=key, due=when))
    return True


def _mark(key: str) -> str:
    return key.replace(":", " ")


ACTS: Final = Acts(dues={PART: take_part, WORD: hear, OFFER: offered})

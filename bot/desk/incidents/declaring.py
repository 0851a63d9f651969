"""`/incident`: shows, declares, dismisses, postpones, creates, links and closes incidents."""

from datetime import timedelta
from typing import Any, Final

from bot.complaint.actions import AnswerPress, Rows, Tell, Turn
from bot.complaint.axes import Severity
from bot.complaint.colleagues import Colleague, Specialty
from bot.complaint.deskwork import Deed
from bot.complaint.events import Pressed
from bot.complaint.evolving import replace
from bot.complaint.incidents import Alarm, Incident, IncidentState, Linked, Matter, Sighting
from bot.desk.answering import no_right, noticed, where_asked
from bot.desk.incidents.cards import buttons_of, card_of, line_of, shown
from bot.desk.incidents.orders import Affair, Asking, Wanted, Work, errand, told
from bot.desk.rights import Refused, Right, may
from bot.policy.clusters import KEPT_SKETCHES

PART: Final = "incident_part"
"""The kind of the timer by which a case comes to know its incident."""
AGAIN: Final = "incident_again"
"""The kind of the timer by which somebody who said "later" is asked again."""
LONGEST_TITLE: Final = 40
LOOKS: Final = frozenset({"list", "show", "how"})


def refused(wanted: Wanted, by: Colleague, on: Asking) -> Work | None:
    """Why this colleague may not; None if they may. A remedy for all is a manager's (batch action)."""
    act = _act(wanted)
    if wanted.what in ("agree", "refuse") and Specialty.LEGAL in by.specialties:
        return None
    answer = may(by, act, None)
    if not isinstance(answer, Refused):
        return None
    deed = replace(_deed(on, by, wanted.what, None), refused=answer.reason)
    line = no_right(on.event, on.situation, by, act)
    return Work(turn=Turn(conversation=None, case=None, actions=(line,), deeds=(deed,)))


def strange(event: Pressed) -> Turn:
    """Ignore presses by people who are not members of the desk."""
    notice = AnswerPress(query=event.query, name="desk/notice_not_member", alert=True)
    return Turn(conversation=None, case=None, actions=(notice,))


def _act(wanted: Wanted) -> Right:
    if wanted.what in LOOKS:
        return Right.LOOK_UP
    return Right.BATCH_REMEDY if wanted.what in ("remedy", "give") else Right.INCIDENT


def tell(name: str, on: Asking, by: Colleague, /, rows: Rows = (), **fields: Any) -> Tell:  # noqa: ANN401 - a reply's own
    """A line where it was asked."""
    return where_asked(name, on.event, on.situation, by, rows, fields)


def not_ready(incident: Incident | None) -> str:
    """The line for an incident in which nobody is written to: not declared yet, or over; empty where it may be."""
    if incident is None or incident.state is IncidentState.DECLARED:
        return ""
    return "incident_over" if incident.state is IncidentState.CLOSED else "incident_not_declared"


def show(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """The list of those that live, one card anew, or how it is written."""
    if wanted.what == "how":
        return told(tell("incident_how", on, by))
    if wanted.what == "list":
        return told(tell("incidents", on, by, rows=(), lines=[line_of(one) for one in affair.live]))
    incident = affair.incident
    if incident is None:
        return told(tell("incident_how", on, by, asked=wanted.number))
    fields = card_of(incident, affair, on.rules, on.situation.now)
    return told(tell("incident", on, by, rows=buttons_of(incident), **fields))


def decide(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """Declare it, dismiss it, or put it off."""
    incident = affair.incident
    if incident is None or incident.state not in (IncidentState.PROPOSED, IncidentState.LATER):
        return told(*noticed(on.event, "notice_late"))
    now = on.situation.now
    states = {
        "declare": IncidentState.DECLARED,
        "not_one": IncidentState.DISMISSED,
        "later": IncidentState.LATER,
    }
    after = incident.evolve(state=states[wanted.what], changed_at=now, by=by.name, again_at=None)
    if wanted.what == "declare":
        after = after.evolve(declared_at=now)
    if wanted.what == "later":
        after = after.evolve(again_at=now + timedelta(minutes=on.rules.incidents.later_minutes))
    work = changed(incident, after, affair, by, on, wanted.what, *noticed(on.event))
    if wanted.what == "later" and affair.pairs and after.again_at is not None:
        again = errand(affair.pairs[-1][0], AGAIN, str(after.no), after.again_at)
        return replace(work, timers=(again,))
    return replace(work, timers=tuple(errand(one, PART, str(after.no), now) for one, _ in affair.pairs))


def changed(
    before: Incident | None,
    after: Incident,
    affair: Affair,
    by: Colleague,
    on: Asking,
    act: str,
    *more: Any,  # noqa: ANN401 - actions
) -> Work:
    """The changed incident, its card, and the audit line."""
    after = after.evolve(shown=after.count)
    card = shown(after, affair, on.rules, on.situation.now)
    deed = _deed(on, by, act, after, before)
    turn = Turn(conversation=None, case=None, actions=(*more, card), deeds=(deed,))
    return Work(turn=turn, incidents=(after,))


def make(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """`/incident new TITLE`: declared at once; in a case's topic, or with numbers, those cases are its first."""
    title = " ".join(word for word in wanted.words.split() if not any(one in word for one in wanted.cases))
    if not title and not affair.named:
        return told(tell("incident_how", on, by))
    incident = Incident(
        no=affair.next_number,
        matter=Matter(),
        alarm=Alarm.BY_HAND,
        opened_at=on.situation.now,
        state=IncidentState.DECLARED,
        declared_at=on.situation.now,
        changed_at=on.situation.now,
        title=title[:LONGEST_TITLE],
        by=by.name,
    )
    return _with_cases(None, incident, affair, by, on, "new")


def link(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """`/incident link 3 583-2716 …`: in a case's topic that case. One of another incident moves here."""
    incident = affair.incident
    if incident is None or not incident.live or not affair.named:
        return told(tell("incident_how", on, by, asked=wanted.number))
    return _with_cases(incident, incident, affair, by, on, "link")


def _with_cases(
    before: Incident | None, incident: Incident, affair: Affair, by: Colleague, on: Asking, act: str
) -> Work:
    now = on.situation.now
    known = {case.no for case, _ in affair.pairs}
    new = [one for one in affair.named if one.no not in known]
    after = incident
    for case in new:
        after = after.joined(case.no, harmed=bool(case.facts.harmed))
    if new and after.matter == Matter() and affair.seen:
        after = of_first(after, affair.seen[0])
    grave = any(one.severity is Severity.SEV1 for one in new)
    after = after.evolve(severity=Severity.SEV1) if grave else after
    work = changed(before, after, affair, by, on, act)
    answer = tell("incident_linked", on, by, number=after.no, count=len(new), total=after.count)
    turn = replace(work.turn, actions=(*work.turn.actions, answer))
    return replace(
        work,
        turn=turn,
        linked=tuple(Linked(incident=after.no, case_no=one.no, at=now) for one in new),
        timers=tuple(errand(one, PART, str(after.no), now) for one in new),
    )


def of_first(incident: Incident, seen: Sighting) -> Incident:
    """An incident without a matter takes that of its first case, so that others can join."""
    batch = Matter(product=seen.product, batch=seen.batch, category=seen.category, brand=seen.brand)
    return incident.evolve(matter=batch, sketches=(*incident.sketches, seen.words)[-KEPT_SKETCHES:])


def unlink(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """`/incident unlink 583-2716 …`: it is no part of it; nothing of it is told to them any more."""
    incident = affair.incident
    mine = {case.no for case, _ in affair.pairs}
    gone = [one for one in affair.named if one.no in mine]
    if incident is None or not gone:
        return told(tell("incident_how", on, by, asked=wanted.number))
    numbers = {one.no for one in gone}
    harmed = sum(bool(one.facts.harmed) for one in gone)
    after = incident.evolve(
        count=max(0, incident.count - len(gone)),
        harmed=max(0, incident.harmed - harmed),
        newest=tuple(one for one in incident.newest if one not in numbers),
    )
    work = changed(incident, after, affair, by, on, "unlink")
    answer = tell("incident_unlinked", on, by, number=after.no, count=len(gone), total=after.count)
    free = tuple(one.evolve(incident=None) for one in gone if one.incident == incident.no)
    now = on.situation.now
    return replace(
        work,
        turn=replace(work.turn, actions=(*work.turn.actions, answer), others=free),
        linked=tuple(Linked(incident=after.no, case_no=one.no, at=now, on=False) for one in gone),
        cancelled=tuple((one.no, f"{kind}:{after.no}") for one in gone for kind in (PART,)),
    )


def close(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """`/incident close 3 CAUSE | WHAT WAS DONE`: an incident ends with both, or not at all (R18, S65)."""
    incident = affair.incident
    cause, _, done = wanted.words.replace("\uff5c", "|").partition("|")
    ready = incident is not None and incident.state is IncidentState.DECLARED
    if incident is None or not ready or not cause.strip() or not done.strip():
        return told(tell("incident_close_how", on, by, asked=wanted.number))
    now = on.situation.now
    after = incident.evolve(
        state=IncidentState.CLOSED, closed_at=now, changed_at=now, cause=cause.strip(), done=done.strip()
    )
    answer = tell("incident_closed", on, by, number=after.no)
    return changed(incident, after, affair, by, on, "close", answer)


def _deed(
    on: Asking, by: Colleague, act: str, after: Incident | None, before: Incident | None = None
) -> Deed:
    """The line of the audit; `after` tells which incident, and what it is now."""
    return Deed(
        at=on.situation.now,
        by=by.id,
        name=by.name,
        act=f"incident_{act}",
        chat=on.situation.where,
        before=_said(before),
        after=_said(after),
    )


def _said(incident: Incident | None) -> dict[str, str]:
    if incident is None:
        return {}
    words = {"incident": str(incident.no), "state": incident.state.value, "cases": str(incident.count)}
    return words | ({"cause": incident.cause, "done": incident.done} if incident.cause else {})

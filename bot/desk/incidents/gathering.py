"""Due reminders of many unanswered cases of one incident share one line, not a topic each (R39).

Each complainant keeps a promise with a time, and is told. A person decides from the line: one update or remedy for
all, a topic for one, or a topic for each. Whoever is hurt or in danger themselves is never gathered; those who are
grave for the sake of the batch alone are, since a topic for each of hundreds would hold up the hurt ones' topics.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.complaint.actions import Button, Lane, Rows, SetTimer, ShowCard, Tell, Turn
from bot.complaint.axes import Severity
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague, Role, Roster
from bot.complaint.events import Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, MessageRef
from bot.complaint.incidents import Incident, IncidentState
from bot.desk.acts import Acts
from bot.desk.answering import noticed
from bot.desk.cards.cards import NO_DANGER
from bot.desk.incidents.declaring import changed
from bot.desk.incidents.orders import Affair, Asking, Wanted, Work, errand, told
from bot.desk.sheet import Sheet
from bot.policy.deadlines import due

GATHER: Final = "gather_stopped"
"""The kind of the timer by which a case comes onto the line of its incident."""
BRING: Final = "incident_bring"
"""The kind of the timer by which one of them gets its topic."""
SHOWN: Final = 8
IN_A_ROW: Final = 2
MOST_CALLED: Final = 3
SAME_BATCH: Final = "same_batch"
"""Why a case is grave that others of its incident made so."""


def is_gathered(case: Case) -> bool:
    """Whether what comes due in this case is told with that of others: without a topic, and nobody in danger."""
    if case.incident is None or case.at_desk:
        return False
    return case.severity is not Severity.SEV1 or _is_grave_by_others(case)


def _is_grave_by_others(case: Case) -> bool:
    facts = case.facts
    unhurt = not facts.harmed and not facts.eaten and not case.families() - NO_DANGER
    return unhurt and case.severity_why == SAME_BATCH


def gathered(turn: Turn, before: Case, now: datetime) -> Turn:
    """The turn of a timer, with its lines for the desk left to the incident's line."""
    case = turn.case
    if case is None or not case.is_open or not is_gathered(before):
        return turn
    if case.severity is Severity.SEV1 and not _is_grave_by_others(case):
        return turn
    kept = tuple(one for one in turn.actions if not isinstance(one, Tell | ShowCard))
    if len(kept) == len(turn.actions):
        return turn
    key = f"{GATHER}:{case.incident}"
    timer = SetTimer(kind=GATHER, key=key, due=now)
    return replace(turn, case=case.evolve(at_desk=False), actions=(*kept, timer))


def promise_answer(sheet: Sheet) -> None:
    """A person answers by a time that the complainant is told; a promise that runs already stands."""
    case = sheet.case
    if any(one.kind == "person_answers" and one.due_at > sheet.at for one in case.open_promises):
        return
    by = due(sheet.scene.rules, "first_human", case.severity, sheet.at, case.queue)
    made = sheet.promise("person_answers", by=by)
    sheet.say("people/called_in", team=case.queue.value, due=made.due_at)


def waits(case: Case) -> bool:
    """Whether it still belongs onto the line."""
    return case.is_open and is_gathered(case)


def line_of_waiting(
    incident: Incident, known: Mapping[CaseNo, Case], now: datetime, calls: Sequence[Colleague] = ()
) -> Tell:
    """The line in General: how many, the first of them, and by when the next is promised an answer.

    One line a day; where they are grave another one each time that they have doubled, so that phones ring again.
    """
    promised = (
        one.due_at for no in incident.unanswered if (case := known.get(no)) for one in case.open_promises
    )
    grave = incident.severity is Severity.SEV1
    doubled = f":{len(incident.unanswered).bit_length()}" if grave else ""
    return Tell(
        name="incident_unanswered",
        fields={
            "number": incident.no,
            "over": incident.state is IncidentState.CLOSED,
            "title": incident.title or incident.matter.product,
            "severity": int(incident.severity),
            "count": len(incident.unanswered),
            "cases": [str(one) for one in incident.unanswered[:SHOWN]],
            "next": min((one for one in promised if one > now), default=None),
        },
        buttons=_choices(incident),
        general=True,
        lane=Lane.URGENT if grave else Lane.DESK,
        calls=tuple(calls),
        place=f"incident_unanswered:{incident.no}:{now.date()}{doubled}",
        key=f"incident_unanswered:{incident.no}",
    )


def _choices(incident: Incident) -> Rows:
    """A topic for each of the first ones, and for all of them."""
    if not incident.unanswered:
        return ()
    keys = [
        Button("incident_one", "incident_open", f"{incident.no}.{one}", fields={"case": str(one)})
        for one in incident.unanswered[:SHOWN]
    ]
    rows = tuple(tuple(keys[at : at + IN_A_ROW]) for at in range(0, len(keys), IN_A_ROW))
    return (*rows, (Button("incident_open", "incident_open", str(incident.no)),))


def called(roster: Roster) -> tuple[Colleague, ...]:
    """Who decides about many cases."""
    return roster.at_least(Role.SUPERVISOR)[:MOST_CALLED]


def with_waiting(incident: Incident, numbers: Collection[CaseNo], known: Mapping[CaseNo, Case]) -> Incident:
    """The incident with these cases on its line, and without those that were answered meanwhile."""
    named = dict.fromkeys((*incident.unanswered, *numbers))
    return incident.evolve(unanswered=tuple(no for no in named if no not in known or waits(known[no])))


def open_topics(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """A topic for each of them, or for the one named; the courier opens them as fast as Telegram takes them."""
    incident = affair.incident
    cases = [
        case
        for case, _ in affair.pairs
        if incident and case.no in incident.unanswered and waits(case) and wanted.words in ("", case.no)
    ]
    if incident is None or not cases:
        return told(*noticed(on.event, "notice_late"))
    gone, now = {one.no for one in cases}, on.situation.now
    after = incident.evolve(unanswered=tuple(no for no in incident.unanswered if no not in gone))
    work = changed(incident, after, affair, by, on, "open", *noticed(on.event))
    timers = tuple(errand(one, BRING, str(incident.no), now) for one in cases)
    turn = _without(work.turn, after, affair, on) if wanted.words else work.turn
    return Work(turn=turn, incidents=work.incidents, timers=timers)


def _without(turn: Turn, after: Incident, affair: Affair, on: Asking) -> Turn:
    """The line without the case that has its topic now; the card shows nothing new."""
    line = line_of_waiting(after, {case.no: case for case, _ in affair.pairs}, on.situation.now)
    event = on.event
    if isinstance(event, Pressed):
        line = replace(line, place=None, key=None, instead_of=MessageRef(event.chat, event.message))
    return replace(turn, actions=(*noticed(on.event), line))


def bring(sheet: Sheet, _key: str) -> None:
    """The case comes to the desk: from now on people have it."""
    if sheet.case.at_desk or not sheet.case.is_open:
        return
    if sheet.case.open_escalation is None:
        made = sheet.escalate("incident")
        sheet.say("people/called_in", team=sheet.case.queue.value, due=made.due_at)
    sheet.show_card()


ACTS: Final = Acts(dues={BRING: bring})

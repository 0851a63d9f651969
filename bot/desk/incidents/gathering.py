"""Due reminders of many unanswered cases of one incident share one line, not a topic each (R39).

Each complainant keeps a promise with a time, and is told. A person decides from the line: one update or remedy for
all, or a topic for each. Danger is never gathered.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.complaint.actions import Button, SetTimer, ShowCard, Tell, Turn
from bot.complaint.axes import Severity
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague, Role, Roster
from bot.complaint.evolving import evolved
from bot.complaint.ids import CaseNo
from bot.complaint.incidents import Incident
from bot.desk.answering import noticed
from bot.desk.books import Book
from bot.desk.incidents.declaring import changed
from bot.desk.incidents.orders import Affair, Occasion, Wanted, Work, errand, told
from bot.desk.sheet import Sheet
from bot.policy.deadlines import due

GATHER: Final = "gather_stopped"
"""The kind of the timer by which a case comes onto the line of its incident."""
BRING: Final = "incident_bring"
"""The kind of the timer by which one of them gets its topic."""
SHOWN: Final = 8
MOST_CALLED: Final = 3


def is_gathered(case: Case) -> bool:
    """Whether what comes due in this case is told with that of others: it has no topic, and is not dangerous."""
    return case.incident is not None and not case.at_desk and case.severity is not Severity.SEV1


def gathered(turn: Turn, before: Case, now: datetime) -> Turn:
    """The turn of a timer, with its lines for the desk left to the incident's line."""
    case = turn.case
    if case is None or not case.is_open or not is_gathered(before) or case.severity is Severity.SEV1:
        return turn
    kept = tuple(one for one in turn.actions if not isinstance(one, Tell | ShowCard))
    if len(kept) == len(turn.actions):
        return turn
    key = f"{GATHER}:{case.incident}"
    timer = SetTimer(kind=GATHER, key=key, due=now)
    return evolved(turn, {"case": case.evolve(at_desk=False), "actions": (*kept, timer)})


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
    """The line in General: how many, the first of them, and by when the next is promised an answer."""
    promised = (
        one.due_at for no in incident.unanswered if (case := known.get(no)) for one in case.open_promises
    )
    return Tell(
        name="incident_unanswered",
        fields={
            "number": incident.no,
            "title": incident.title or incident.matter.product,
            "count": len(incident.unanswered),
            "cases": [str(one) for one in incident.unanswered[:SHOWN]],
            "next": min((one for one in promised if one > now), default=None),
        },
        buttons=((Button("incident_open", "incident_open", str(incident.no)),),)
        if incident.unanswered
        else (),
        general=True,
        calls=tuple(calls),
        place=f"incident_unanswered:{incident.no}:{now.date()}",
        key=f"incident_unanswered:{incident.no}",
    )


def called(roster: Roster) -> tuple[Colleague, ...]:
    """Who decides about many cases."""
    return roster.at_least(Role.SUPERVISOR)[:MOST_CALLED]


def with_waiting(incident: Incident, numbers: Collection[CaseNo], known: Mapping[CaseNo, Case]) -> Incident:
    """The incident with these cases on its line, and without those that were answered meanwhile."""
    named = dict.fromkeys((*incident.unanswered, *numbers))
    return incident.evolve(unanswered=tuple(no for no in named if no not in known or waits(known[no])))


def open_topics(_wanted: Wanted, affair: Affair, by: Colleague, on: Occasion) -> Work:
    """A topic for each of them; the courier opens them as fast as Telegram takes them."""
    incident = affair.incident
    cases = [case for case, _ in affair.pairs if incident and case.no in incident.unanswered and waits(case)]
    if incident is None or not cases:
        return told(*noticed(on.event, "notice_late"))
    after = incident.evolve(unanswered=())
    work = changed(incident, after, affair, by, on, "open", *noticed(on.event))
    now = on.situation.now
    timers = tuple(errand(one, BRING, str(incident.no), now) for one in cases)
    return Work(turn=work.turn, incidents=work.incidents, timers=timers)


def bring(sheet: Sheet, _key: str) -> None:
    """The case comes to the desk: from now on people have it."""
    if sheet.case.at_desk or not sheet.case.is_open:
        return
    if sheet.case.open_escalation is None:
        made = sheet.escalate("incident")
        sheet.say("people/called_in", team=sheet.case.queue.value, due=made.due_at)
    sheet.show_card()


BOOK: Final = Book(dues={BRING: bring})

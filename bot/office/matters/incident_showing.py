"""When the card and the line of an incident are edited: at once for what is new or much, else together (R31)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Tell
from bot.complaint.axes import Severity
from bot.complaint.case import Case
from bot.complaint.ids import CaseNo
from bot.complaint.incidents import Incident
from bot.complaint.records import Timer
from bot.desk.incidents.cards import shown
from bot.desk.incidents.gathering import line_of_waiting
from bot.desk.incidents.orders import Affair
from bot.policy.card_edits import grown
from bot.policy.rules import Rules

SHOW: Final = "incident_shown"
"""The kind of the timer by which an incident's card and line are edited for what came since."""


def shown_later(incident: Incident, case: Case, rules: Rules, now: datetime) -> tuple[Incident, Timer | None]:
    """The incident with the moment of its next edit, and the timer for it; None while one runs."""
    if incident.card_due is not None and incident.card_due > now:
        return incident, None
    grave = incident.severity is Severity.SEV1
    due = now + timedelta(seconds=rules.cards.waiting_seconds if grave else rules.cards.held_seconds)
    timer = Timer(case_no=case.no, kind=SHOW, key=f"{SHOW}:{incident.no}", due=due, chat=case.chat)
    return incident.evolve(card_due=due), timer


def line_is_due(incident: Incident) -> bool:
    """Whether the line of those who wait is edited at once: there are many more, or it began anew."""
    waiting = len(incident.unanswered)
    return waiting < incident.shown_unanswered or grown(incident.shown_unanswered, waiting)


def stale(incident: Incident, known: Mapping[CaseNo, Case], rules: Rules, now: datetime) -> tuple[Tell, ...]:
    """Card and line, as far as they tell of fewer than there are."""
    card = (shown(incident, Affair(), rules, now),) if incident.shown < incident.count else ()
    less = incident.shown_unanswered < len(incident.unanswered)
    return (*card, *((line_of_waiting(incident, known, now),) if less else ()))


def caught_up(incident: Incident) -> Incident:
    """The incident after that edit."""
    return incident.evolve(shown=incident.count, shown_unanswered=len(incident.unanswered), card_due=None)

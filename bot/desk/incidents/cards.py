"""The card of an incident: one message in General, edited in place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.complaint.actions import Button, Lane, Rows, Tell
from bot.complaint.axes import Severity
from bot.complaint.colleagues import Colleague, Role, Roster
from bot.complaint.incidents import Crossed, Incident, IncidentState
from bot.complaint.reading import Category
from bot.desk.incidents.orders import Affair
from bot.desk.overview.boards import address
from bot.policy.recalls import recall_clocks
from bot.policy.rules import Rules

MOST_CALLED: Final = 5
SHOWN_UPDATES: Final = 2
SHOWN_LIMITS: Final = 2


def card_of(incident: Incident, affair: Affair, rules: Rules, now: datetime) -> dict[str, Any]:
    """The card's fields."""
    matter = incident.matter
    return {
        "number": incident.no,
        "state": incident.state.value,
        "severity": int(incident.severity),
        "title": incident.title or matter.product,
        "batch": matter.batch,
        "store": matter.store,
        "category": "" if matter.category is Category.NONE else matter.category.value,
        "count": incident.count,
        "harmed": incident.harmed,
        "alarm": incident.alarm.value,
        "limits": _limits(incident.crossed[-SHOWN_LIMITS:], rules),
        "newest": [{"no": one, "url": address(affair.places.get(one))} for one in incident.newest],
        "opened_at": incident.opened_at,
        "declared_at": incident.declared_at,
        "again_at": incident.again_at,
        "by": incident.by,
        "clocks": clocks_of(incident, rules, now),
        "updates": [
            {"id": one.id, "at": one.sent_at, "to": one.to, "text": one.text}
            for one in incident.updates
            if one.state == "sent"
        ][-SHOWN_UPDATES:],
        "decisions": [
            {"id": one.id, "words": one.words, "state": one.state, "to": one.to, "by": one.name}
            for one in incident.decisions
            if one.state != "refused"
        ],
        "cause": incident.cause,
        "done": incident.done,
    }


def _limits(crossed: Sequence[Crossed], rules: Rules) -> list[dict[str, Any]]:
    """Limits that were crossed, as the card tells them; what people said stands under the last."""
    return [
        {
            "product": rules.product_name(one.product, rules.languages[0]),
            "batch": one.batch,
            "ppm": f"{one.ppm:,.0f}",
            "limit": f"{one.limit:,.0f}",
            "days": one.days,
            "count": one.count,
            "said": [{"words": words, "count": count} for words, count in one.said]
            if one is crossed[-1]
            else [],
        }
        for one in crossed
    ]


def clocks_of(incident: Incident, rules: Rules, now: datetime) -> list[dict[str, Any]]:
    """The recall clocks, where there is danger and it is not over (R48)."""
    danger = incident.severity is Severity.SEV1 or incident.harmed > 0
    if not danger or incident.state not in (IncidentState.PROPOSED, IncidentState.DECLARED):
        return []
    clocks = recall_clocks(rules, incident.declared_at or incident.opened_at, food=incident.food)
    return [{"name": one.name, "due": one.due, "late": one.due < now} for one in clocks]


def buttons_of(incident: Incident) -> Rows:
    """What is decided with one tap."""
    value = str(incident.no)
    if incident.state not in (IncidentState.PROPOSED, IncidentState.LATER):
        return ()
    first = (
        Button("incident_declare", "incident_declare", value),
        Button("incident_not_one", "incident_not_one", value),
    )
    later = (Button("incident_later", "incident_later", value),)
    return (first, later) if incident.state is IncidentState.PROPOSED else (first,)


def shown(
    incident: Incident, affair: Affair, rules: Rules, now: datetime, *, calls: Sequence[Colleague] = ()
) -> Tell:
    """The card where it stands, as the incident now is."""
    place = f"incident:{incident.no}"
    return Tell(
        name="incident",
        fields=card_of(incident, affair, rules, now),
        buttons=buttons_of(incident),
        general=True,
        lane=Lane.URGENT if incident.severity is Severity.SEV1 else Lane.DESK,
        calls=tuple(calls),
        place=place,
        key=place,
    )


def called_for(incident: Incident, roster: Roster) -> tuple[Colleague, ...]:
    """Who is called at once: for danger the safety and quality trades and the supervisors; else nobody."""
    if incident.severity is not Severity.SEV1:
        return ()
    trades = (one for one in roster if {"safety", "quality"} & {skill.value for skill in one.specialties})
    ranks = (one for one in roster if one.role is Role.SUPERVISOR)
    return tuple(dict.fromkeys((*trades, *ranks)))[:MOST_CALLED]


def line_of(incident: Incident) -> dict[str, Any]:
    """One line of the list."""
    return {
        "number": incident.no,
        "state": incident.state.value,
        "severity": int(incident.severity),
        "title": incident.title or incident.matter.product,
        "batch": incident.matter.batch,
        "count": incident.count,
    }

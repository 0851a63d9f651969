"""`/incident update`: one message to every complainant concerned, checked and previewed before it goes."""

from datetime import datetime, timedelta
from typing import Any, Final

from bot.complaint.actions import Button, Rows
from bot.complaint.colleagues import Colleague
from bot.complaint.evolving import replace
from bot.complaint.incidents import Incident, IncidentState, News
from bot.complaint.records import Timer
from bot.desk.answering import noticed
from bot.desk.incidents.declaring import changed, not_ready, tell
from bot.desk.incidents.orders import Affair, Asking, Wanted, Work, errand, told
from bot.desk.notes import stays_inside
from bot.desk.tasks.dating import dated
from bot.policy.affected import Reach, reached
from bot.policy.calendar import after_quiet
from bot.wording.drafts import draft_findings

WORD: Final = "incident_word"
"""The kind of the timer by which one complainant is told."""
A_SECOND: Final = 25
"""Messages of an update per second; other messages go before them."""
LONGEST: Final = 1500


def write(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """`/incident update 3 TEXT`: shown as a draft, with how many it reaches and what speaks against its words."""
    incident, text = affair.incident, wanted.words.strip()
    ready = incident is not None and incident.state is IncidentState.DECLARED
    if incident is None or not ready or not text or stays_inside(text) or len(text) > LONGEST:
        name = not_ready(incident) or "incident_update_how"
        return told(tell(name, on, by, number=wanted.number))
    news = News(id=f"u{len(incident.updates) + 1}", text=text, by=by.id, name=by.name, at=on.situation.now)
    dropped = tuple(
        replace(one, state="dropped") if one.state == "draft" else one for one in incident.updates
    )
    after = incident.evolve(updates=(*dropped, news))
    reach = reached(affair.pairs)
    line = tell(
        "incident_preview", on, by, rows=_choices(after, news, reach), **_shown(after, news, reach, on)
    )
    work = changed(incident, after, affair, by, on, "update")
    return replace(work, turn=replace(work.turn, actions=(line,)))


def _choices(incident: Incident, news: News, reach: Reach) -> Rows:
    value = f"{incident.no}.{news.id}"
    send = Button("incident_send", "incident_send", value, fields={"count": len(reach.cases)})
    drop = Button("incident_drop", "incident_drop", value)
    return ((send, drop),) if reach.cases else ((drop,),)


def _shown(incident: Incident, news: News, reach: Reach, on: Asking) -> dict[str, Any]:
    found = draft_findings(news.text, on.rules.languages[0], level=2)
    starts = after_quiet(on.rules, on.situation.now)
    promised, wrong = dated(on.rules, news.text, starts, starts)
    return {
        "number": incident.no,
        "text": news.text,
        "count": len(reach.cases),
        "left_out": left_out(reach),
        "findings": [{"rule": one.rule, "words": one.words} for one in found],
        "by": news.name,
        "promised": [{"words": one.words, "until": one.due} for one in promised],
        "wrong": [{"words": one.words, "until": one.due, "past": one.due <= starts} for one in wrong],
        "when": starts if starts > on.situation.now else None,
    }


def left_out(reach: Reach) -> list[dict[str, Any]]:
    """How many are not written to, by why."""
    return [{"why": why, "count": count} for why, count in sorted(reach.left_out.items())]


def send(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """The draft goes out: a timer for each, so that a sudden end loses none and doubles none."""
    incident = affair.incident
    news = incident.update(wanted.words) if incident is not None else None
    if incident is None or news is None or news.state != "draft" or not incident.live:
        return told(*noticed(on.event, "notice_late"))
    if wanted.what == "drop":
        after = with_news(incident, replace(news, state="dropped"))
        return _over(incident, after, affair, by, on, "incident_dropped", {})
    reach = reached(affair.pairs)
    sent = replace(
        news,
        state="sent",
        sent_at=on.situation.now,
        to=len(reach.cases),
        left_out=tuple(sorted(reach.left_out.items())),
    )
    after = with_news(incident, sent)
    fields = {"name": sent.id, "count": sent.to}
    work = _over(incident, after, affair, by, on, "incident_sent", fields)
    return replace(work, timers=errands(reach, WORD, f"{incident.no}.{sent.id}", on))


def errands(reach: Reach, kind: str, name: str, on: Asking) -> tuple[Timer, ...]:
    """A timer for each recipient, a few a second, after the quiet hours."""
    starts: datetime = after_quiet(on.rules, on.situation.now)
    return tuple(
        errand(case, kind, name, starts + timedelta(seconds=number // A_SECOND))
        for number, case in enumerate(reach.cases)
    )


def with_news(incident: Incident, news: News) -> Incident:
    """The incident with this update as it now is."""
    return incident.evolve(updates=tuple(news if one.id == news.id else one for one in incident.updates))


def _over(
    before: Incident,
    after: Incident,
    affair: Affair,
    by: Colleague,
    on: Asking,
    name: str,
    fields: dict[str, Any],
) -> Work:
    """Replace the question's buttons with its result."""
    line = tell(name, on, by, number=after.no, by=by.name, **fields)
    return changed(before, after, affair, by, on, name.removeprefix("incident_"), *noticed(on.event), line)

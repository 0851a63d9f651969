"""`/incident remedy`: one remedy for all cases, approved once for the sum of all."""

from typing import Any, Final

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Approval, Case, Facts, Part
from bot.complaint.colleagues import Colleague, Specialty
from bot.complaint.deskwork import ApprovalState, Vote
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.complaint.incidents import Decision, Incident, IncidentState
from bot.desk.answering import noticed
from bot.desk.incidents.declaring import changed, not_ready, tell
from bot.desk.incidents.news import errands, left_out
from bot.desk.incidents.orders import Affair, Asking, Wanted, Work, told
from bot.desk.incidents.parts import OFFER
from bot.desk.remedies.offering import BETWEEN
from bot.desk.remedies.parts import NotSo, parts_of
from bot.policy.affected import Reach, reached
from bot.policy.ladder import Need, enough, required

LONGEST: Final = 200


def propose(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """`/incident remedy 3 REMEDY | REASON`: reckoned over all, counted once against the ladder (no splitting)."""
    incident = affair.incident
    words, _, reason = _parted(wanted.words)
    ready = incident is not None and incident.state is IncidentState.DECLARED
    if incident is None or not ready or not words or not reason:
        name = not_ready(incident) or "incident_remedy_how"
        return told(tell(name, on, by, number=wanted.number))
    reach = _open(affair)
    sums = _reckoned(words, reach, on)
    if not sums:
        return told(
            tell("incident_remedy_how", on, by, number=incident.no, words=words, why=_why(words, reach, on))
        )
    bare = sums[0][0].evolve(facts=Facts(), offers=(), approvals=())
    parts = tuple(part for _, found in sums for part in found)
    need = required(on.rules, by.level, parts, bare)
    decision = _decision(incident, words, reason, by, need, parts, len(sums), on)
    after = incident.evolve(decisions=(*incident.decisions, decision))
    fields = _shown(after, decision, reach, len(sums))
    line = tell("incident_decision", on, by, rows=_choices(after, decision), **fields)
    return _answered(incident, after, affair, by, on, "remedy", line)


def _parted(words: str) -> tuple[str, str, str]:
    pieces = BETWEEN.split(words.strip(), maxsplit=1)
    return pieces[0], "|", pieces[1][:LONGEST] if pieces[1:] else ""


def _open(affair: Affair) -> Reach:
    """Whose case is open and who may be written to."""
    return reached((case, talk) for case, talk in affair.pairs if case.is_open)


def _reckoned(words: str, reach: Reach, on: Asking) -> list[tuple[Case, tuple[Part, ...]]]:
    """The remedy's parts for each case in which it can be offered."""
    found = []
    for case in reach.cases:
        try:
            found.append((case, parts_of(words, case, on.rules)))
        except NotSo:
            continue
    return found


def _why(words: str, reach: Reach, on: Asking) -> str:
    """Why it can be offered in none of the cases: what holds for most of them."""
    reasons = []
    for case in reach.cases:
        try:
            parts_of(words, case, on.rules)
        except NotSo as not_so:
            reasons.append(not_so.why)
    return max(reasons, key=reasons.count, default="")


def _decision(  # noqa: PLR0913, PLR0917 - all that a decision is
    incident: Incident,
    words: str,
    reason: str,
    by: Colleague,
    need: Need,
    parts: tuple[Part, ...],
    count: int,
    on: Asking,
) -> Decision:
    return Decision(
        id=f"d{len(incident.decisions) + 1}",
        words=words,
        reason=reason,
        by=by.id,
        name=by.name,
        level=by.level,
        at=on.situation.now,
        worth=Cents(sum(one.cents for one in parts)),
        needs=need.level,
        people=need.people,
        legal=need.legal,
        state="open" if need.people else "decided",
        to=count,
    )


def _shown(incident: Incident, decision: Decision, reach: Reach, count: int) -> dict[str, Any]:
    return {
        "number": incident.no,
        "name": decision.id,
        "words": decision.words,
        "reason": decision.reason,
        "worth": decision.worth,
        "count": count,
        "cannot": len(reach.cases) - count,
        "left_out": left_out(reach),
        "state": decision.state,
        "people": decision.people,
        "agreed": len(decision.votes),
        "legal": decision.legal,
        "needs": decision.needs.value,
        "by": decision.name,
    }


def _choices(incident: Incident, decision: Decision) -> Rows:
    value = f"{incident.no}.{decision.id}"
    if decision.state == "decided":
        return ((Button("incident_give", "incident_give", value, fields={"count": decision.to}), _no(value)),)
    return ((Button("incident_agree", "incident_agree", value), _no(value)),)


def _no(value: str) -> Button:
    return Button("incident_refuse", "incident_refuse", value)


def settle(wanted: Wanted, affair: Affair, by: Colleague, on: Asking) -> Work:
    """Approve it, refuse it, or, once decided, have it offered to all."""
    incident = affair.incident
    decision = incident.decision(wanted.words) if incident is not None else None
    over = decision is None or decision.state not in ("open", "decided")
    if incident is None or decision is None or over or not incident.live:
        return told(*noticed(on.event, "notice_late"))
    if wanted.what == "refuse":
        return _changed(incident, replace(decision, state="refused"), affair, by, on)
    if wanted.what == "agree":
        return _agree(incident, decision, affair, by, on)
    if decision.state != "decided":
        return told(*noticed(on.event, "notice_more_needed"))
    reach = _open(affair)
    work = _changed(incident, replace(decision, state="sent", to=len(reach.cases)), affair, by, on)
    return replace(work, timers=errands(reach, OFFER, f"{incident.no}.{decision.id}", on))


def _agree(incident: Incident, decision: Decision, affair: Affair, by: Colleague, on: Asking) -> Work:
    """Add a vote; never the requester's own, and each voter counts once."""
    if by.id == decision.by:
        return told(*noticed(on.event, "notice_own_request"))
    if any(one.by == by.id for one in decision.votes):
        return told(*noticed(on.event, "notice_late"))
    vote = Vote(
        by=by.id,
        name=by.name,
        level=by.level,
        at=on.situation.now,
        says=ApprovalState.APPROVED,
        legal=Specialty.LEGAL in by.specialties,
    )
    after = replace(decision, votes=(*decision.votes, vote))
    if _enough(after, affair):
        after = replace(after, state="decided")
    return _changed(incident, after, affair, by, on)


def _enough(decision: Decision, affair: Affair) -> bool:
    """The same count as for a request in one case; whom any of the cases is about does not vote (R58)."""
    accused = tuple(one for case, _ in affair.pairs for one in case.about)
    case = affair.pairs[0][0].evolve(about=accused) if affair.pairs else None
    if case is None:
        return False
    request = Approval(
        id=decision.id,
        at=decision.at,
        by=decision.by,
        name=decision.name,
        parts=(),
        worth=decision.worth,
        reason=decision.reason,
        needs=decision.needs,
        expires_at=decision.at,
        people=decision.people,
        legal=decision.legal,
        level=decision.level,
        votes=decision.votes,
    )
    need = Need(level=decision.needs, people=decision.people, legal=decision.legal)
    return enough(need, request, case)


def _changed(incident: Incident, decision: Decision, affair: Affair, by: Colleague, on: Asking) -> Work:
    known = incident.decisions
    after = incident.evolve(decisions=tuple(decision if one.id == decision.id else one for one in known))
    fields = _shown(after, decision, _open(affair), decision.to)
    rows = _choices(after, decision) if decision.state in ("open", "decided") else ()
    line = tell("incident_decision", on, by, rows=rows, **fields)
    return _answered(incident, after, affair, by, on, decision.state, line)


def _answered(
    before: Incident,
    after: Incident,
    affair: Affair,
    by: Colleague,
    on: Asking,
    act: str,
    line: Any,  # noqa: ANN401 - a Tell
) -> Work:
    return changed(before, after, affair, by, on, act, *noticed(on.event), line)

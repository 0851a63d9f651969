"""Requests approval of a remedy above its maker's limit (R35)."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.complaint.actions import Button, CancelTimer, Lane, Rows, SetTimer, Tell
from bot.complaint.case import Approval, Case, Level, Part, Severity
from bot.complaint.colleagues import Colleague, Role, Specialty
from bot.complaint.deskwork import ApprovalState
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.desk.acts import Acts
from bot.desk.remedies.laying import shown
from bot.desk.sheet import Sheet
from bot.policy.deadlines import term_ends
from bot.policy.ladder import Need

ROLES: Final = {Level.A1: Role.AGENT, Level.A2: Role.SUPERVISOR, Level.A3: Role.MANAGER}
MOST_CALLED: Final = 5
"""Names under one line: more read like nobody in particular."""


def expiry_key(request: Approval) -> str:
    """The key of the timer that ends a request."""
    return f"approval:{request.id}"


def request_named(case: Case, word: str) -> Approval | None:
    """The request with this id; without one, the only one that is open."""
    if word:
        return next((one for one in case.approvals if one.id == word.lower()), None)
    waiting = case.open_approvals
    return waiting[0] if len(waiting) == 1 else None


def change(sheet: Sheet, request: Approval) -> None:
    """The request as it now is."""
    known = sheet.case.approvals
    sheet.change(approvals=tuple(request if one.id == request.id else one for one in known))


def settle(sheet: Sheet, request: Approval, state: ApprovalState) -> Approval:
    """It is decided, or over: nothing wakes us for it any more."""
    after = replace(request, state=state, settled_at=sheet.at)
    change(sheet, after)
    sheet.add(CancelTimer(key=expiry_key(request)))
    sheet.remark(f"request_{state}", f"{request.id} {request.worth}")
    return after


def drop_requests(sheet: Sheet) -> bool:
    """End open requests that a newer offer, or their maker, replaces; whether there were any."""
    waiting = sheet.case.open_approvals
    for one in waiting:
        settle(sheet, one, ApprovalState.EXPIRED)
    return bool(waiting)


def ask_for(sheet: Sheet, parts: Sequence[Part], need: Need, reason: str) -> None:
    """Ask those who may decide."""
    drop_requests(sheet)
    request = Approval(
        id=f"a{len(sheet.case.approvals) + 1}",
        at=sheet.at,
        by=sheet.by.id,
        name=sheet.by.name,
        level=sheet.level,
        parts=tuple(parts),
        worth=Cents(sum(one.cents for one in parts)),
        reason=reason,
        needs=need.voting(sheet.level),
        people=need.people,
        legal=need.legal,
        expires_at=term_ends(sheet.scene.rules, sheet.scene.rules.approval_term, sheet.at),
    )
    sheet.change(approvals=(*sheet.case.approvals, request))
    sheet.remark("asked_for", f"{request.id} {request.worth} {reason}")
    sheet.notice("notice_asked")
    put_up(sheet, request, "approval_wanted")
    sheet.show_card()


def put_up(sheet: Sheet, request: Approval, line: str) -> None:
    """Announce the request and call the approvers: in the topic, and in General if the case is grave."""
    wake(sheet, request)
    calls = called(sheet, request)
    fields: dict[str, object] = {**fields_of(sheet, request), "nobody": not calls}
    buttons = choices(request)
    sheet.add(Tell(name=line, fields=fields, buttons=buttons, calls=calls))
    if sheet.case.severity <= Severity.SEV2:
        sheet.add(Tell(name=line, fields=fields, buttons=buttons, calls=calls, general=True, lane=Lane.FIRST))


def wake(sheet: Sheet, request: Approval) -> None:
    """Come back when its time is over."""
    sheet.add(SetTimer(kind="approval_ends", key=expiry_key(request), due=request.expires_at))


def fields_of(sheet: Sheet, request: Approval) -> dict[str, object]:
    """What every line about a request may say."""
    return {
        "ref": request.id,
        "by": request.name,
        "parts": shown(sheet, request.parts),
        "reason": request.reason,
        "needs": ROLES[request.needs].value,
        "people": request.people,
        "law": request.legal,
        "until": request.expires_at,
    }


def choices(request: Approval) -> Rows:
    """The four answers."""
    first = (Button("approve", "approve", request.id), Button("lower", "lower", request.id))
    return (first, (Button("refuse", "refuse", request.id), Button("evidence", "evidence", request.id)))


def called(sheet: Sheet, request: Approval) -> tuple[Colleague, ...]:
    """Who may decide: of the lowest rank that may those first, and the legal trade where it is needed."""
    voted = {one.by for one in request.votes}
    from_rank = Role.MANAGER if request.raised else ROLES[request.needs]
    able = tuple(
        one
        for one in sheet.scene.situation.roster.at_least(from_rank)
        if one.id not in voted and may_vote(one, request, sheet.case)
    )
    lowest = tuple(one for one in able if one.role is able[0].role)
    return tuple(dict.fromkeys((*lowest, *_legal(sheet, request))))[:MOST_CALLED]


def _legal(sheet: Sheet, request: Approval) -> Iterable[Colleague]:
    if not request.legal or any(one.legal for one in request.votes):
        return ()
    trade = (one for one in sheet.scene.situation.roster if is_legal(one))
    return (one for one in trade if may_vote(one, request, sheet.case))


def may_vote(colleague: Colleague, request: Approval, case: Case) -> bool:
    """Whether this colleague may vote: never the requester, nor anyone whom the case is about."""
    if colleague.id == request.by or colleague.id in case.about:
        return False
    return colleague.at_least(ROLES[request.needs]) or (request.legal and is_legal(colleague))


def is_legal(colleague: Colleague) -> bool:
    """Whether they are of the legal trade."""
    return Specialty.LEGAL in colleague.specialties


def run_out(sheet: Sheet, key: str) -> None:
    """Nobody decided in time: escalate one level, once; then it is over, and the requester is told."""
    request = next((one for one in sheet.case.open_approvals if expiry_key(one) == key), None)
    if request is None or not sheet.case.is_open:
        return
    if request.raised:
        settle(sheet, request, ApprovalState.EXPIRED)
        asker = Colleague(id=request.by, name=request.name)
        sheet.add(Tell(name="approval_expired", fields=fields_of(sheet, request), calls=(asker,)))
        sheet.show_card()
        return
    rules = sheet.scene.rules
    again = replace(
        request,
        raised=True,
        expires_at=term_ends(rules, rules.approval_term, sheet.at),
    )
    change(sheet, again)
    sheet.remark("request_raised", request.id)
    put_up(sheet, again, "approval_raised")
    sheet.show_card()


ACTS: Final = Acts(dues={"approval_ends": run_out})

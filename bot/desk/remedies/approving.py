"""Decisions on a request for approval: approve, lower, refuse, or ask for evidence."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.complaint.actions import Button, Rows, Tell
from bot.complaint.case import Approval, Part
from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import ApprovalState, Vote
from bot.complaint.evolving import replace
from bot.complaint.ids import Cents
from bot.desk.acts import Act, Acts
from bot.desk.notes import stays_inside
from bot.desk.remedies.asking import (
    called,
    change,
    fields_of,
    is_legal,
    may_vote,
    put_up,
    request_named,
    settle,
)
from bot.desk.remedies.laying import lay, shown, without_waiting
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.policy.deadlines import term_ends
from bot.policy.granted import granted_before
from bot.policy.ladder import CLIMB, GRANTED, Need, enough, required
from bot.policy.lowering import lower_to, lowered_amounts

_ID: Final = re.compile(r"[aA]\d+")
_AMOUNT: Final = re.compile(r"[^\d\s]?(\d[\d,]*(?:\.\d{1,2})?)[^\d\s]*")
"""A sum, with a sign of currency before or behind it."""
LONGEST: Final = 200


class _Said(NamedTuple):
    """A command's arguments: the request, and the words after it."""

    request: Approval | None
    words: str


def _read(sheet: Sheet, argument: str) -> _Said:
    first, _, rest = argument.strip().partition(" ")
    named = first if _ID.fullmatch(first) else ""
    words = rest.strip() if named else argument.strip()
    return _Said(request_named(sheet.case, named), "" if stays_inside(words) else words[:LONGEST])


def _decidable(sheet: Sheet, request: Approval | None) -> Approval | None:
    """The open request that this colleague may decide on; else tell them why not."""
    if request is None or request.state is not ApprovalState.OPEN:
        sheet.notice("notice_late")
        sheet.strip()
        if not sheet.scene.query:
            waits = request is not None and request.state is ApprovalState.EVIDENCE
            asker = request.name if request is not None and waits else ""
            ref = request.id if request is not None and waits else ""
            sheet.tell("no_request", key="no_request", ref=ref, asker=asker)
        return None
    who = sheet.colleague
    if who is not None and may_vote(who, request, sheet.case):
        return request
    reason = "own_request" if sheet.by.id == request.by else "request_needs"
    sheet.refused = reason
    sheet.notice(f"notice_{reason}", alert=True, **fields_of(sheet, request))
    if not sheet.scene.query:
        key = f"refused:{sheet.by.id}:{request.id}"
        sheet.add(Tell(name=reason, fields=fields_of(sheet, request), key=key))
    return None


def approve(sheet: Sheet, argument: str = "") -> None:
    """Approve it; with the last approval that it needs, the offer goes out at once."""
    said = _read(sheet, argument)
    request = _decidable(sheet, said.request)
    if request is not None:
        _agree(sheet, request, ApprovalState.APPROVED, said.words)


def _agree(sheet: Sheet, request: Approval, says: ApprovalState, words: str) -> None:
    after = _with_vote(sheet, request, says, words)
    others = sheet.scene.situation.other_cases
    had = granted_before([one.kind for one in after.parts], sheet.case, others)
    if had is not None:
        settle(sheet, after, ApprovalState.REFUSED)
        _answered(sheet)
        sheet.tell("offer_twice", kind=had[0].value, where=had[1])
        sheet.show_card()
        return
    need = required(sheet.scene.rules, after.level, after.parts, without_waiting(sheet.case), others)
    after = _as_needed(after, need)
    change(sheet, after)
    if enough(need, after, sheet.case):
        _send(sheet, after)
    else:
        _call_the_rest(sheet, after)


def _with_vote(sheet: Sheet, request: Approval, says: ApprovalState, words: str) -> Approval:
    who = sheet.colleague
    vote = Vote(
        by=sheet.by.id,
        name=sheet.by.name,
        level=sheet.level,
        at=sheet.at,
        says=says,
        legal=who is not None and is_legal(who),
        words=words,
    )
    others = tuple(one for one in request.votes if one.by != vote.by)
    sheet.remark(f"voted_{says}", f"{request.id} {words}".strip())
    return replace(request, votes=(*others, vote))


def _as_needed(request: Approval, need: Need) -> Approval:
    """Recompute the approvals needed, since other offers may have been made meanwhile."""
    return replace(
        request,
        people=max(need.people, 1),
        legal=need.legal,
        needs=need.voting(request.level),
    )


def _send(sheet: Sheet, request: Approval) -> None:
    """Fully approved: send it now, under the highest level that approved."""
    says = [one.says for one in request.votes]
    state = ApprovalState.LOWERED if ApprovalState.LOWERED in says else ApprovalState.APPROVED
    done = settle(sheet, request, state)
    granted = [one for one in done.votes if one.says in GRANTED]
    level = max((done.level, *(one.level for one in granted)), key=CLIMB.index)
    made = lay(sheet, done.parts, level, by=done.name, approval_id=done.id)
    change(sheet, replace(done, offer_id=made.id))
    _answered(sheet)
    back: Rows = ((Button("withdraw_offer", "withdraw_offer", made.id),),)
    sheet.add(
        Tell(
            name="approval_given",
            fields={
                **fields_of(sheet, done),
                "voters": [one.name for one in granted],
                "lowered": state is ApprovalState.LOWERED,
                "words": next((one.words for one in reversed(granted) if one.words), ""),
                "until": made.valid_until,
            },
            buttons=back,
            calls=(Colleague(id=done.by, name=done.name),),
        )
    )


def _call_the_rest(sheet: Sheet, request: Approval) -> None:
    sheet.notice("notice_more_needed")
    voters = [one.name for one in request.votes]
    fields = {**fields_of(sheet, request), "voters": voters}
    sheet.add(Tell(name="approval_more", fields=fields, calls=called(sheet, request)))
    sheet.show_card()


def _answered(sheet: Sheet) -> None:
    sheet.notice("notice_done")
    sheet.strip()


def lower(sheet: Sheet, argument: str = "") -> None:
    """`/lower a1 150 REASON`: agree to less; from the button, the sums that fit are shown to choose from."""
    said = _read(sheet, argument)
    request = _decidable(sheet, said.request)
    if request is None:
        return
    first, _, reason = said.words.partition(" ")
    amount = _AMOUNT.fullmatch(first)
    if amount is None:
        _show_sums(sheet, request)
        return
    _lower(sheet, request, Cents(round(float(amount[1].replace(",", "")) * 100)), reason.strip())


def lower_by_button(sheet: Sheet, value: str = "") -> None:
    """One of the sums that were shown."""
    named, _, cents = value.partition(".")
    request = _decidable(sheet, request_named(sheet.case, named) if named else None)
    if request is not None and cents.isdigit():
        _lower(sheet, request, Cents(int(cents)), "")


def _lower(sheet: Sheet, request: Approval, cents: Cents, words: str) -> None:
    parts = lower_to(request.parts, cents)
    if parts is None:
        sheet.notice("notice_cannot")
        _show_sums(sheet, request)
        return
    less = replace(request, parts=parts, worth=Cents(sum(one.cents for one in parts)))
    _agree(sheet, less, ApprovalState.LOWERED, words)


def _show_sums(sheet: Sheet, request: Approval) -> None:
    sheet.notice("notice_see_topic")
    case, others = without_waiting(sheet.case), sheet.scene.situation.other_cases

    def alone(parts: Sequence[Part]) -> bool:
        return not required(sheet.scene.rules, request.level, parts, case, others).people

    rows: Rows = tuple(
        (
            Button(
                "lower_to" if cents else "lower_drop",
                "lower_to",
                f"{request.id}.{cents}",
                fields={"amount": cents},
            ),
        )
        for cents in lowered_amounts(request.parts, alone)
    )
    sheet.tell(
        "lower_how", rows, key=f"lower:{request.id}", ref=request.id, parts=shown(sheet, request.parts)
    )


def refuse(sheet: Sheet, argument: str = "") -> None:
    """`/refuse a1 REASON`, or the button: it is not given, and who asked is told why."""
    said = _read(sheet, argument)
    request = _decidable(sheet, said.request)
    if request is not None:
        done = settle(
            sheet, _with_vote(sheet, request, ApprovalState.REFUSED, said.words), ApprovalState.REFUSED
        )
        _tell_asker(sheet, done, "approval_refused", said.words)


def ask_evidence(sheet: Sheet, argument: str = "") -> None:
    """More has to be shown first; who asked is told, and asks again with one tap."""
    said = _read(sheet, argument)
    request = _decidable(sheet, said.request)
    if request is not None:
        vote = _with_vote(sheet, request, ApprovalState.EVIDENCE, said.words)
        done = settle(sheet, vote, ApprovalState.EVIDENCE)
        again: Rows = ((Button("ask_again", "ask_again", done.id),),)
        _tell_asker(sheet, done, "approval_evidence", said.words, again)


def _tell_asker(sheet: Sheet, done: Approval, line: str, words: str, rows: Rows = ()) -> None:
    _answered(sheet)
    fields = {**fields_of(sheet, done), "decider": sheet.by.name, "words": words}
    asker = Colleague(id=done.by, name=done.name)
    sheet.add(Tell(name=line, fields=fields, buttons=rows, calls=(asker,)))
    sheet.show_card()


def ask_again(sheet: Sheet, value: str = "") -> None:
    """The evidence is there: the same request once more, with all its time before it."""
    old = request_named(sheet.case, value) if value else None
    if old is None or old.state is not ApprovalState.EVIDENCE or old.by != sheet.by.id:
        sheet.notice("notice_late")
        return
    rules = sheet.scene.rules
    request = replace(
        old,
        state=ApprovalState.OPEN,
        votes=tuple(one for one in old.votes if one.says in GRANTED),
        settled_at=None,
        expires_at=term_ends(rules, rules.approval_term, sheet.at),
    )
    change(sheet, request)
    sheet.remark("asked_again", request.id)
    sheet.notice("notice_asked")
    sheet.strip()
    put_up(sheet, request, "approval_wanted")
    sheet.show_card()


ACTS: Final = Acts(
    commands={
        "approve": Act(Right.APPROVE, approve),
        "lower": Act(Right.APPROVE, lower),
        "refuse": Act(Right.APPROVE, refuse),
        "evidence": Act(Right.APPROVE, ask_evidence),
    },
    presses={
        "approve": Act(Right.APPROVE, approve),
        "lower": Act(Right.APPROVE, lower),
        "lower_to": Act(Right.APPROVE, lower_by_button),
        "refuse": Act(Right.APPROVE, refuse),
        "evidence": Act(Right.APPROVE, ask_evidence),
        "ask_again": Act(Right.OFFER, ask_again),
    },
)

"""Closes and reopens a case: never silently, and never with something owed."""

from typing import Final

from bot.complaint.actions import CloseTopic, Lane
from bot.complaint.case import Control, PromiseStatus, Status
from bot.complaint.conversation import Step
from bot.complaint.deskwork import ApprovalState
from bot.complaint.evolving import replace
from bot.dialogue.acts.settling import card_items
from bot.dialogue.coming_back import says_undone
from bot.dialogue.draft import HUMAN, Draft
from bot.policy.endings import owed
from bot.policy.reopening import reopened
from bot.policy.summoning import deciders

TAKEN_OVER: Final = "people/taken_over"
"""Said once when a person takes the case; somebody new who takes it says it again."""
ANSWERED = ("person_answers", "call_back")
"""Promises that are kept by the talk itself."""


def settle_answers(draft: Draft, status: PromiseStatus = PromiseStatus.KEPT) -> None:
    """The answer that people owed is given, or no longer wanted: settle promise and escalation."""
    for one in draft.case.open_promises:
        if one.kind in ANSWERED:
            draft.settle_promise(one.id, status)
    after = tuple(
        replace(one, open=False, answered_at=one.answered_at or draft.at) if one.open else one
        for one in draft.case.escalations
    )
    draft.change(escalations=after)


def may_close(draft: Draft) -> bool:
    """Whether nothing is owed: no promise, remedy, task or request is open, and our fault is explained (S65)."""
    return not owed(draft.case)


def close(draft: Draft, status: Status, reply: str = "close/summary") -> None:
    """Close with a summary for the complainant and a closed topic at the desk (R12)."""
    case = draft.case
    offer = next((one for one in case.offers if case.agreement and one.id == case.agreement.offer_id), None)
    agreed = card_items(draft, offer) if offer else None
    draft.say(reply, agreed=agreed, accepted=status is Status.CLOSED)
    for key in ("nudge", "quiet"):
        draft.sleep_on(key)
    _end_dealings(draft)
    last = case.holder.id if case.holder is not None else case.held_before
    draft.change(status=status, closed_at=draft.at, control=Control.BOT, holder=None, held_before=last)
    draft.go(Step.CLOSED)
    if case.at_desk:
        draft.show_card()
        draft.actions.append(CloseTopic())


def _end_dealings(draft: Draft) -> None:
    """End open offers and requests with the case, and cancel their timers."""
    case = draft.case
    for offer in case.offers:
        if offer.parts and offer.state == "chosen":
            draft.sleep_on(f"offer:{offer.id}")
    for request in case.open_approvals:
        draft.sleep_on(f"approval:{request.id}")
    draft.change(
        offers=tuple(
            replace(one, state="expired") if one.parts and one.state == "chosen" else one
            for one in case.offers
        ),
        approvals=tuple(
            replace(one, state=ApprovalState.EXPIRED, settled_at=draft.at)
            if one.state is ApprovalState.OPEN
            else one
            for one in case.approvals
        ),
    )


def reopen_as_told(draft: Draft) -> None:
    """It came again, or what we had called done was not: reopen, with an apology that is true (D18)."""
    reply = "people/undone" if says_undone(draft) else "people/reopened"
    reopen(draft, "reopened")
    draft.say(reply, (HUMAN,), lane=Lane.FIRST, due=draft.answer_due, team=draft.team)


def reopen(draft: Draft, reason: str) -> None:
    """Reopen the case, one step more urgent, with people (D18)."""
    case = draft.case
    draft.talk = draft.talk.as_new(TAKEN_OVER).evolve(heard=(), misses=0, rounds=0)
    draft.case = reopened(case, reason)
    if case.at_desk:
        draft.actions.append(CloseTopic(reopen=True))
        draft.tell("reopened", calls=deciders(case, draft.situation.roster))
    draft.hand_over(reason, what="reopen_answer")
    draft.go(Step.WITH_PEOPLE)

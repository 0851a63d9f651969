"""The permission check: is this person a colleague, have they the right, and does the case's state allow it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.complaint.case import Case, Control, Person
from bot.complaint.colleagues import Colleague, Role, Specialty


class Right(StrEnum):
    """What somebody may do at the desk, each a right of its own."""

    SPEAK = "speak"
    EDIT = "edit"
    UNSEND = "unsend"
    REACT = "react"
    NOTE = "note"
    LOOK = "look"
    SEND_HELD = "send_held"
    DROP_HELD = "drop_held"
    CLAIM = "claim"
    TAKE_OVER = "take_over"
    RELEASE = "release"
    TRANSFER = "transfer"
    ASSIGN = "assign"
    RESOLVE = "resolve"
    TO_BOT = "to_bot"
    DECIDE = "decide"
    CAUSE = "cause"
    ADOPT = "adopt"
    OUTSIDE = "outside"
    CORRECT = "correct"
    SEVERITY = "severity"
    EXCUSE = "excuse"
    HOLD = "hold"
    LIFT_HOLD = "lift_hold"
    LEGAL_HOLD = "legal_hold"
    LIFT_LEGAL_HOLD = "lift_legal_hold"
    LOOK_UP = "look_up"
    ACCESS = "access"
    INCIDENT = "incident"
    BATCH_REMEDY = "batch_remedy"
    OVERSEE = "oversee"
    ABOUT = "about"
    OFFER = "offer"
    WITHDRAW_OFFER = "withdraw_offer"
    APPROVE = "approve"
    TASK = "task"
    DONE = "done"
    PROMISE = "promise"
    MERGE = "merge"
    REOPEN = "reopen"
    ROLE = "role"
    LANGUAGE = "language"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The act is allowed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The act is refused, with the reason."""

    reason: str
    """`not_member`, `no_right`, `no_case`, `about_you`, `own_case`, `yours_before`, `closed`, `merged`, `retired`,
    `open`, `held` or `not_held`."""


ALLOWED: Final = Allowed()
INSIDE: Final = frozenset(
    {
        Right.NOTE,
        Right.LOOK,
        Right.LOOK_UP,
        Right.ACCESS,
        Right.OVERSEE,
        Right.INCIDENT,
        Right.BATCH_REMEDY,
        Right.LANGUAGE,
        Right.ROLE,
        Right.DROP_HELD,
    }
)
"""Acts that touch neither complainant nor case: always allowed, whoever the holder is."""

FOR_THE_HOLDER: Final = frozenset({Right.RELEASE, Right.TO_BOT})
"""Acts for the holder only. Other acts claim an unclaimed case."""

WHOEVER_HOLDS: Final = frozenset(
    {
        Right.EDIT,
        Right.UNSEND,
        Right.REACT,
        Right.TAKE_OVER,
        Right.ASSIGN,
        Right.TRANSFER,
        Right.DONE,
        Right.TASK,
        Right.APPROVE,
        Right.SEVERITY,
        Right.EXCUSE,
        Right.HOLD,
        Right.LIFT_HOLD,
        Right.LEGAL_HOLD,
        Right.LIFT_LEGAL_HOLD,
        Right.ABOUT,
        Right.CORRECT,
        Right.CAUSE,
        Right.ADOPT,
        Right.OUTSIDE,
        Right.MERGE,
        Right.SEND_HELD,
        Right.SENSITIVE,
    }
)
"""What does not ask who has the case: one's own words stay one's own, a remedy may be carried out by those whose
trade it is, and those who decide decide on others' cases."""

AFTERWARDS: Final = frozenset(
    {
        Right.CAUSE,
        Right.ADOPT,
        Right.OUTSIDE,
        Right.ABOUT,
        Right.HOLD,
        Right.LIFT_HOLD,
        Right.LEGAL_HOLD,
        Right.LIFT_LEGAL_HOLD,
        Right.TASK,
        Right.DONE,
        Right.UNSEND,
        Right.SENSITIVE,
    }
)
"""Acts that are allowed on a closed case."""

NEEDS: Final[Mapping[Right, Role]] = {
    Right.ASSIGN: Role.SUPERVISOR,
    Right.SEVERITY: Role.SUPERVISOR,
    Right.EXCUSE: Role.SUPERVISOR,
    Right.LIFT_HOLD: Role.SUPERVISOR,
    Right.LEGAL_HOLD: Role.SUPERVISOR,
    Right.LIFT_LEGAL_HOLD: Role.MANAGER,
    Right.ACCESS: Role.MANAGER,
    Right.INCIDENT: Role.SUPERVISOR,
    Right.BATCH_REMEDY: Role.MANAGER,
    Right.OVERSEE: Role.SUPERVISOR,
    Right.APPROVE: Role.SUPERVISOR,
    Right.SENSITIVE: Role.SUPERVISOR,
    Right.ROLE: Role.MANAGER,
}
"""Who may do it at all; what is missing here, everybody in the group may. What needs the legal trade, that trade
decides on too, whatever its rank."""

TRADES: Final = frozenset({Specialty.SAFETY, Specialty.LEGAL})
"""Trades that work with medical and bank data."""
_HOLDING: Final = frozenset(
    {Right.SPEAK, Right.CLAIM, Right.TAKE_OVER, Right.RESOLVE, Right.DECIDE, Right.OFFER, Right.REOPEN}
)


def may(colleague: Colleague | None, what: Right, case: Case | None) -> Allowed | Refused:
    """Whether this colleague may do this to this case now; a colleague of None is a stranger.

    Nobody handles a complaint about themselves (R58), or one that they make: beside notes, they can do nothing to it.
    A case that was reopened goes to somebody else than the one who closed it (D18), unless a supervisor assigns it to
    them.
    """
    if colleague is None:
        return Refused("not_member")
    reason = _no_right(colleague, what, case) or (_not_now(what, case) if case else "")
    if reason:
        return Refused(reason)
    return ALLOWED if case is None else _by_holder(colleague, what, case)


def _no_right(colleague: Colleague, what: Right, case: Case | None) -> str:
    """Why this colleague may never do this to this case; empty if they may."""
    trade = what is Right.APPROVE and Specialty.LEGAL in colleague.specialties
    trade = trade or (what is Right.SENSITIVE and _works_with_it(colleague, case))
    if not trade and not colleague.at_least(NEEDS.get(what, Role.AGENT)):
        return "no_right"
    if what is Right.LOOK and case is not None and colleague.id in case.about:
        return "about_you"
    if what in INSIDE:
        return ""
    if case is None:
        return "no_case"
    if colleague.id in case.about or colleague.id == case.customer.id:
        return "about_you" if colleague.id in case.about else "own_case"
    before = case.is_open and case.held_before == colleague.id and not holds(colleague, case)
    return "yours_before" if before and what in _HOLDING else ""


def _works_with_it(colleague: Colleague, case: Case | None) -> bool:
    """Who may see medical and bank data: the holder, and the safety and legal queues (R52)."""
    return not TRADES.isdisjoint(colleague.specialties) or (case is not None and holds(colleague, case))


def _not_now(what: Right, case: Case) -> str:
    """Why nobody may do this in the case's present state; empty if it may be done."""
    if what in INSIDE:
        return ""
    if case.retired_at is not None:
        return "retired"
    if case.merged_into is not None:
        return "merged"
    if what not in AFTERWARDS and case.is_open is (what is Right.REOPEN):
        return "open" if case.is_open else "closed"
    return ""


def _by_holder(colleague: Colleague, what: Right, case: Case) -> Allowed | Refused:
    if what in WHOEVER_HOLDS or what in INSIDE:
        return ALLOWED
    if what is Right.SPEAK and handed_on(colleague, case):
        return ALLOWED
    if is_held(case) and not holds(colleague, case):
        return Refused("held")
    if what in FOR_THE_HOLDER and not is_held(case):
        return Refused("not_held")
    return ALLOWED


def is_held(case: Case) -> bool:
    """Whether a person has the case."""
    return case.control is Control.HUMAN and case.holder is not None


def holds(person: Person | Colleague, case: Case) -> bool:
    """Whether this person has the case."""
    return is_held(case) and case.holder is not None and case.holder.id == person.id


def handed_on(person: Person | Colleague, case: Case) -> bool:
    """Whether this person handed it on to others who have not answered yet: a last word takes nothing back."""
    gave = case.handed_on is not None and case.handed_on.by == person.id
    return gave and case.control is not Control.BOT and not holds(person, case)

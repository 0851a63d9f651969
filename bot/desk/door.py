"""The one door at the desk: is this person one of us, and may this be done to this case now?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.complaint.case import Case, Control, Person
from bot.complaint.conversation import Conversation


class Act(StrEnum):
    """All that an agent can do."""

    SPEAK = "speak"
    EDIT = "edit"
    REACT = "react"
    NOTE = "note"
    LOOK = "look"
    CLAIM = "claim"
    TAKE_OVER = "take_over"
    RELEASE = "release"
    RESOLVE = "resolve"
    TO_BOT = "to_bot"
    UPHELD = "upheld"
    DONE = "done"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not: `not_member`, `no_case`, `closed`, `open`, `other_case`, `held` or `not_held`."""

    reason: str


ALLOWED: Final = Allowed()
INSIDE: Final = frozenset({Act.NOTE, Act.LOOK})
"""What touches neither complainant nor case: open to every member, at any time."""

FOR_THE_HOLDER: Final = frozenset({Act.RELEASE, Act.TO_BOT})
"""What only the one who has the case can do. Other acts claim a case that nobody has."""

WHOEVER_HOLDS: Final = frozenset({Act.EDIT, Act.REACT, Act.TAKE_OVER, Act.DONE})
"""What does not ask who has the case: one's own words stay one's own, and a remedy may be carried out by
those whose trade it is."""


def may(
    person: Person, what: Act, case: Case | None, conversation: Conversation | None = None, *, member: bool
) -> Allowed | Refused:
    """Whether this person may do this to this case now. Only members of the desk's group act."""
    if not member:
        return Refused("not_member")
    if case is None:
        return Refused("no_case")
    if what in INSIDE:
        return ALLOWED
    if case.is_open is (what is Act.REOPEN):
        return Refused("open" if case.is_open else "closed")
    if conversation is not None and what not in WHOEVER_HOLDS and not _talked_of(case, conversation):
        return Refused("other_case")
    return _by_holder(person, what, case)


def _talked_of(case: Case, conversation: Conversation) -> bool:
    """Whether the complainant's talk is about this case now, so that an answer of theirs would come here."""
    return conversation.case_no == case.no and not conversation.aside


def _by_holder(person: Person, what: Act, case: Case) -> Allowed | Refused:
    if what in WHOEVER_HOLDS:
        return ALLOWED
    if is_held(case) and not holds(person, case):
        return Refused("held")
    if what in FOR_THE_HOLDER and not is_held(case):
        return Refused("not_held")
    return ALLOWED


def is_held(case: Case) -> bool:
    """Whether a person has the case."""
    return case.control is Control.HUMAN and case.holder is not None


def holds(person: Person, case: Case) -> bool:
    """Whether this person has the case."""
    return is_held(case) and case.holder is not None and case.holder.id == person.id

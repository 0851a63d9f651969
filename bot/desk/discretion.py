"""Hides how to reach a complainant who asked to be forgotten and is kept for the law alone (R53).

Restricted words are hidden (R52), and the way to a complainant who is kept for the law alone (R53).
"""

import re
from typing import Final

from bot.complaint.case import Case
from bot.complaint.evolving import replace
from bot.policy.consents import veiled

UNNAMED: Final = "***"
_NUMBER: Final = re.compile(r"\d(?=\d{3})")
_LONG: Final = re.compile(r"\d{5,}")


def discreet(case: Case) -> Case:
    """The case as agents may read it."""
    case = veiled(case)
    if not case.is_private:
        return case
    facts = replace(
        case.facts,
        phone=None,
        best_time=None,
        zone=None,
        on_behalf_of=None,
        consent=None,
        contact=None,
        logged_name=None,
        inquiry=None,
        following=None,
    )
    return case.evolve(
        customer=replace(case.customer, name=UNNAMED, username=None),
        facts=facts,
        story=tuple(hushed(one) for one in case.story),
        wishes=tuple(replace(one, verbatim=hushed(one.verbatim)) for one in case.wishes),
        flags=tuple(replace(one, cue=hushed(one.cue)) for one in case.flags),
    )


def hushed(words: str) -> str:
    """Text with its long numbers masked but for the last three digits."""
    return _LONG.sub(lambda match: _NUMBER.sub("*", match[0]), words)

"""Parses deadlines as a brand writes them: "15 minutes", "4 working hours", "3 working days"."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache

from bot.complaint.case import Severity


class Clock(StrEnum):
    """What kind of time counts: all of it, on-call hours, or working hours."""

    ALWAYS = ""
    ON_CALL = "on-call"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time on a clock: in whole days, or in minutes."""

    clock: Clock
    minutes: int = 0
    days: int = 0


_TERM = re.compile(r"(?P<n>\d+)\s+((?P<clock>on-call|working)\s+)?(?P<unit>minute|hour|day)s?")


@lru_cache(maxsize=256)
def term(text: str) -> Term:
    """Read a deadline.

    >>> term("4 working hours")
    Term(clock=<Clock.WORKING: 'working'>, minutes=240, days=0)

    Raises:
        ValueError: it is not a number, perhaps `working` or `on-call`, and minutes, hours or days.
    """
    match = _TERM.fullmatch(text.strip().lower())
    if match is None or int(match["n"]) == 0:
        raise ValueError(
            f'"{text}" is no deadline: write it like "15 minutes", "4 working hours", "3 working days"'
        )
    clock, amount = Clock(match["clock"] or ""), int(match["n"])
    if match["unit"] == "day":
        return Term(clock, days=amount)
    return Term(clock, minutes=amount * (60 if match["unit"] == "hour" else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The deadlines of one severity, each as a term, as told to the complainant."""

    first_human: str
    update: str
    decision: str
    fulfil: str
    refund: str = "3 working days"
    ship: str = "2 working days"
    call_back: str
    written_answer: str
    reopen_answer: str

    def __post_init__(self) -> None:
        """Refuse a term that cannot be parsed, by its name."""
        for one in fields(self):
            try:
                term(getattr(self, one.name))
            except ValueError as wrong:
                raise ValueError(f"{one.name}: {wrong}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineTable:
    """The deadlines of the four severities."""

    sev1: Stages = Stages(
        first_human="15 minutes",
        update="4 hours",
        decision="24 hours",
        fulfil="3 working days",
        call_back="15 minutes",
        written_answer="24 hours",
        reopen_answer="15 minutes",
    )
    sev2: Stages = Stages(
        first_human="2 on-call hours",
        update="24 hours",
        decision="2 working days",
        fulfil="3 working days",
        call_back="2 on-call hours",
        written_answer="2 working days",
        reopen_answer="2 on-call hours",
    )
    sev3: Stages = Stages(
        first_human="4 working hours",
        update="2 working days",
        decision="3 working days",
        fulfil="5 working days",
        call_back="4 working hours",
        written_answer="2 working days",
        reopen_answer="4 working hours",
    )
    sev4: Stages = Stages(
        first_human="1 working day",
        update="5 working days",
        decision="5 working days",
        fulfil="7 working days",
        call_back="1 working day",
        written_answer="5 working days",
        reopen_answer="1 working day",
    )

    def of(self, severity: Severity) -> Stages:
        """The row of one severity."""
        return (self.sev1, self.sev2, self.sev3, self.sev4)[severity - 1]


DEADLINES = DeadlineTable()
"""The table of the trade."""

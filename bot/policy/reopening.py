"""Reopens a closed case: same number, one step more urgent, without its old holder (D18)."""

from datetime import datetime, timedelta
from typing import Final

from bot.complaint.case import Case, Control, Severity, Status
from bot.policy.rules import Rules

SECOND: Final = 2
"""From this reopening on the case is at least SEV2."""


def may_reopen(rules: Rules, case: Case, at: datetime) -> bool:
    """Whether a closed case may still come back as itself; later it is a new one."""
    return case.closed_at is not None and at - case.closed_at <= timedelta(days=rules.reopen_days)


def reopened(case: Case, why: str) -> Case:
    """The case, open again and held by nobody. It becomes SEV1 only for danger."""
    count = case.reopened + 1
    step = Severity(max(Severity.SEV2, case.severity - 1))
    severity = min(case.severity, Severity.SEV2 if count >= SECOND else step)
    return case.evolve(
        status=Status.REOPENED,
        closed_at=None,
        reopened=count,
        holder=None,
        held_since=None,
        handed_on=None,
        excused="",
        control=Control.BOT,
        severity=severity,
        severity_why=why if severity < case.severity else case.severity_why,
    )

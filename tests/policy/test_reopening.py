"""A case that comes back: one step up each time, and never as if nothing had been."""

from datetime import timedelta

import pytest

from bot.complaint.case import Control, Severity, Status
from bot.complaint.evolving import replace
from bot.policy.reopening import may_reopen, reopened
from bot.policy.rules import Rules
from tests.desk.desk_scene import LI, NOW, quiet_case


@pytest.mark.practice("R10")
@pytest.mark.parametrize(
    ("before", "times", "after"),
    [
        (Severity.SEV4, 0, Severity.SEV3),
        (Severity.SEV3, 0, Severity.SEV2),
        (Severity.SEV4, 1, Severity.SEV2),
        (Severity.SEV2, 3, Severity.SEV2),
        (Severity.SEV1, 0, Severity.SEV1),
    ],
)
def test_each_return_weighs_more(before: Severity, times: int, after: Severity) -> None:
    """One step the first time, SEV2 from the second on; nobody is called out of bed for it, and danger stays danger."""
    closed = replace(
        quiet_case(), severity=before, reopened=times, closed_at=NOW, status=Status.CLOSED, holder=LI
    )
    case = reopened(closed, "reopened")
    assert (case.severity, case.reopened, case.status) == (after, times + 1, Status.REOPENED)
    assert (case.is_open, case.holder, case.control, case.no) == (True, None, Control.BOT, closed.no)


def test_a_case_comes_back_within_thirty_days() -> None:
    """On the thirtieth day it is the same case, on the thirty-first a new one; an open one need not come back."""
    closed = replace(quiet_case(), closed_at=NOW, status=Status.CLOSED)
    assert may_reopen(Rules(), closed, NOW + timedelta(days=30))
    assert not may_reopen(Rules(), closed, NOW + timedelta(days=30, seconds=1))
    assert not may_reopen(Rules(), quiet_case(), NOW)

"""A case that comes back: one step up each time, and never as if nothing had been."""

import pytest

from bot.complaint.case import Control, Severity, Status
from bot.complaint.evolving import replace
from bot.policy.reopening import reopened
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

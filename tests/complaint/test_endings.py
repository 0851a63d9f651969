"""A case keeps every close, and when it was opened again."""

from datetime import timedelta

from bot.complaint.axes import Status
from bot.complaint.endings import with_endings
from tests.contract.store import NOW, SOON, a_case

LATER = SOON + timedelta(days=2)


def test_each_close_is_kept_with_what_came_after_it() -> None:
    """Closed, opened again, closed otherwise: two endings, the first with its reopening."""
    opened = a_case()
    closed = with_endings(opened, opened.evolve(closed_at=SOON, status=Status.CLOSED), SOON)
    again = with_endings(closed, closed.evolve(closed_at=None, status=Status.REOPENED, reopened=1), LATER)
    last = with_endings(again, again.evolve(closed_at=LATER, status=Status.WITHDRAWN), LATER)
    assert [(one.at, one.status, one.reopened_at) for one in last.endings] == [
        (SOON, Status.CLOSED, LATER),
        (LATER, Status.WITHDRAWN, None),
    ]


def test_what_is_neither_closed_nor_opened_keeps_its_endings() -> None:
    """Other changes add nothing, and a case that is closed from its first moment has its close."""
    case = a_case()
    assert with_endings(case, case.evolve(finding="x"), NOW).endings == ()
    assert len(with_endings(None, a_case(closed_at=NOW, status=Status.CLOSED), NOW).endings) == 1

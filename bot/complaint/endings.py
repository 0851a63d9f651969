"""How a case keeps each of its closes, and when it was opened again."""

from datetime import datetime

from bot.complaint.case import Case
from bot.complaint.dealings import Ending
from bot.complaint.evolving import replace


def with_endings(before: Case | None, case: Case, at: datetime | None) -> Case:
    """The case with its list of closes brought up to date: one closed now, or one reopened now."""
    if case.is_open == (before is None or before.is_open):
        return case
    if case.closed_at is not None:
        return case.evolve(endings=(*case.endings, Ending(at=case.closed_at, status=case.status)))
    if not case.endings:
        return case
    return case.evolve(endings=(*case.endings[:-1], replace(case.endings[-1], reopened_at=at)))

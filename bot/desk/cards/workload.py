"""The card's lines about open tasks, waiting requests and watching queues."""

from datetime import datetime
from typing import Any, Final

from bot.complaint.case import Case
from bot.complaint.deskwork import ApprovalState, TaskKind

_MOST: Final = 3
"""Lines of each kind: the card is one screen."""


def workload(case: Case, now: datetime) -> dict[str, Any]:
    """Open tasks with the next due first, requests not yet decided, and the queues that look on."""
    return {
        "tasks": [
            {
                "ref": one.id,
                "kind": one.kind.value,
                "what": one.what,
                "owner": one.owner,
                "due": one.due_at,
                "late": one.due_at < now,
            }
            for one in sorted(case.open_tasks, key=lambda one: one.kind is not TaskKind.NOTICE)[:_MOST]
        ],
        "more_tasks": max(0, len(case.open_tasks) - _MOST),
        "requests": [
            {
                "ref": one.id,
                "by": one.name,
                "worth": one.worth,
                "needs": one.needs.value,
                "agreed": sum(vote.says is ApprovalState.APPROVED for vote in one.votes),
                "people": one.people,
            }
            for one in case.open_approvals[:_MOST]
        ],
        "watchers": [one.value for one in case.watchers],
    }

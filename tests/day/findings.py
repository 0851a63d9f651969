"""What is found after a day at the desk: every promise, every limit, every customer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.complaint.case import Case, PromiseStatus
from bot.sandbox.state import Call
from tests.day.shift import Shift

FIRST_WORDS = 10.0
"""Seconds within which whoever writes is answered (R4)."""
A_MINUTE = 60.0
OF_A_GROUP = 20
TOO_MANY = 429
EVENTS = frozenset(
    {
        "sendMessage",
        "copyMessage",
        "copyMessages",
        "sendMediaGroup",
        "editMessageText",
        "editMessageReplyMarkup",
        "editMessageCaption",
        "createForumTopic",
        "editForumTopic",
        "closeForumTopic",
        "reopenForumTopic",
    }
)
"""What costs a group one of its twenty a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The figures of a day."""

    cases: int
    closed: int
    promises: int
    busiest_minute: int
    """The most events that the group had in any sixty seconds."""
    slowest_first_words: float
    """Seconds from somebody's first message to the first answer."""
    findings: tuple[str, ...]


async def look_back(shift: Shift) -> Day:
    """Everything that can be known of the day."""
    stage = shift.stage
    cases = [case for case, _ in await stage.kept()]
    calls = stage.demo.world.calls
    busiest = _busiest([one for one in calls if one.chat_id == stage.demo.desk.id])
    slowest = max((_first_words(shift, one) for one in shift.visitors), default=0.0)
    findings = (
        *_promises(cases, shift.now),
        *(f"429 for {one.method} in {one.chat_id}" for one in calls if one.code == TOO_MANY),
        *([f"{busiest} events in one minute of the group"] if busiest > OF_A_GROUP else []),
        *([f"first words after {slowest:.0f} s"] if slowest > FIRST_WORDS else []),
    )
    return Day(
        cases=len(cases),
        closed=sum(not case.is_open for case in cases),
        promises=sum(len(case.promises) for case in cases),
        busiest_minute=busiest,
        slowest_first_words=slowest,
        findings=findings,
    )


def _promises(cases: list[Case], now: datetime) -> Iterator[str]:
    for case in cases:
        for one in case.promises:
            missed = one.status in (PromiseStatus.LATE, PromiseStatus.BROKEN)
            if missed or (
                one.status is PromiseStatus.OPEN and one.due_at < now - timedelta(seconds=A_MINUTE)
            ):
                yield f"case {case.no} (SEV{int(case.severity)}): {one.kind} due {one.due_at:%H:%M} is {one.status}"


def _busiest(calls: list[Call]) -> int:
    moments = sorted(one.at for one in calls if one.ok and one.method in EVENTS)
    first, most = 0, 0
    for number, moment in enumerate(moments):
        while moments[first] <= moment - A_MINUTE:
            first += 1
        most = max(most, number - first + 1)
    return most


def _first_words(shift: Shift, person: int) -> float:
    history = shift.stage.demo.world.history(person)
    wrote = next((float(one.body["date"]) for one in history if not one.from_bot), None)
    answered = next(
        (float(one.body["date"]) for one in history if one.from_bot and one.service is None), None
    )
    if wrote is None:
        return 0.0
    return (answered or shift.now.timestamp()) - wrote

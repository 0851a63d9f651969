"""The weekly sample: closed cases drawn at random per colleague, and all with a poor score (S103).

The order is a hash of the week and the case number, so drawing a week again gives the same cases.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import Final

from bot.complaint.ids import CaseNo, UserId
from bot.complaint.lessons import Mark
from bot.insight.facts import CaseFacts

OF_AN_AGENT: Final = 3
OF_THE_BOT: Final = 5
MOST_POOR: Final = 20
POOR: Final = 2
"""Scores up to this are always in the sample."""
MARKED_LATER: Final = 60
"""Days after which nobody scores a sample any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A case of the sample, and whose work is scored; `agent` None is the bot."""

    no: CaseNo
    agent: UserId | None
    poor: bool = False
    """It is in the sample because of its poor score."""


def week_of(day: date) -> str:
    """The week of a day, as `2026-W45`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def first_day(week: str) -> date | None:
    """The Monday of a week; None where this names none."""
    try:
        return date.fromisocalendar(int(week[:4]), int(week[6:]), 1) if week[4:6] == "-W" else None
    except ValueError:
        return None


def draw(week: str, facts: Iterable[CaseFacts], clock: tzinfo) -> list[Drawn]:
    """The sample of a week: some of each colleague's closed cases, some that only the bot had, all poor ones."""
    monday = first_day(week)
    if monday is None:
        return []
    strata: dict[UserId | None, list[CaseFacts]] = defaultdict(list)
    for one in facts:
        closed = one.first_closed_at
        if closed is not None and monday <= closed.astimezone(clock).date() < monday + timedelta(days=7):
            strata[one.agent].append(one)
    drawn: list[Drawn] = []
    for agent in sorted(strata, key=lambda one: (one is None, one or 0)):
        lots = sorted(strata[agent], key=lambda one: _lot(week, one.no))
        few = OF_THE_BOT if agent is None else OF_AN_AGENT
        drawn += [Drawn(no=one.no, agent=agent) for one in lots[:few]]
    known = {one.no for one in drawn}
    poor = [one for cases in strata.values() for one in cases if _is_poor(one) and one.no not in known]
    poor.sort(key=lambda one: _lot(week, one.no))
    return drawn + [Drawn(no=one.no, agent=one.agent, poor=True) for one in poor[:MOST_POOR]]


def unscored(facts: Iterable[CaseFacts], marks: Iterable[Mark], today: datetime) -> list[Drawn]:
    """What nobody has scored yet of the sample of the last whole week; `today` is in the brand's zone."""
    week = week_of(today.date() - timedelta(days=7))
    done = {one.case_no for one in marks if one.done and one.week == week}
    return [one for one in draw(week, facts, today.tzinfo or UTC) if one.no not in done]


def _lot(week: str, no: CaseNo) -> bytes:
    return blake2b(f"{week}:{no}".encode(), digest_size=8).digest()


def _is_poor(one: CaseFacts) -> bool:
    scores = (score for each in one.opinions for score in (each.handling, each.outcome))
    return any(score is not None and score <= POOR for score in scores)

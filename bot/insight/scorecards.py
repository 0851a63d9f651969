"""Scorecards of colleagues, and the rows they are made of (S1)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.complaint.axes import PromiseStatus
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.lessons import Mark
from bot.insight.cohorts import GOOD, invited, net_promoters
from bot.insight.facts import CaseFacts, Duty, Opinion
from bot.insight.frame import PERCENT, Figure, Period, Unit, closed_in, count, mean, ratio
from bot.insight.times import fate

Facts = Sequence[CaseFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One case of one colleague."""

    agent: UserId
    no: CaseNo
    done: frozenset[Duty]
    judged: frozenset[Duty]
    """The steps of which the record can tell; the others are neither done nor left out."""
    kept: int
    due: int
    lint_hits: int | None
    reopened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The figures of one colleague."""

    agent: UserId
    figures: tuple[Figure, ...]


def card_rows(facts: Facts, period: Period) -> list[CardRow]:
    """A row for each case that was closed in the period and that a colleague had."""
    return [_row(one, one.agent) for one in closed_in(facts, period) if one.agent is not None]


def _row(one: CaseFacts, agent: UserId) -> CardRow:
    fates = [
        fate(each.status, in_time=each.settled_at is not None and each.settled_at <= each.due_at)
        for each in one.promises
        if each.status is not PromiseStatus.WITHDRAWN
    ]
    return CardRow(
        agent=agent,
        no=one.no,
        done=one.duties & one.judged,
        judged=one.judged,
        kept=fates.count("kept"),
        due=len(fates),
        lint_hits=one.lint_hits,
        reopened=one.reopened > 0,
    )


def scorecards(facts: Facts, period: Period, marks: Sequence[Mark] = ()) -> list[Card]:
    """A scorecard per colleague, ordered by id, since rankings help nobody.

    `marks` tell how a supervisor scored cases of theirs out of the weekly sample (S103).
    """
    rows: dict[UserId, list[CardRow]] = defaultdict(list)
    for row in card_rows(facts, period):
        rows[row.agent].append(row)
    said: dict[UserId | None, list[Opinion]] = defaultdict(list)
    for case, opinion in invited(facts, period):
        said[case.agent].append(opinion)
    return [
        Card(
            agent=agent,
            figures=(
                *_card(mine),
                *_liked(said[agent]),
                *_scored([one for one in marks if one.agent == agent], period),
            ),
        )
        for agent, mine in sorted(rows.items())
    ]


def sampled(marks: Sequence[Mark], period: Period, name: str = "sample_score") -> Figure:
    """How cases of the weekly samples were handled, the bot's too: good points of those looked at (S103)."""
    start, end = period.moments()
    scored = [one for one in marks if one.done and start <= one.at < end]
    points = [good for one in scored for good in one.points.values()]
    return ratio(name, sum(points), len(points))


def _scored(mine: Sequence[Mark], period: Period) -> Iterator[Figure]:
    """Nothing where nobody looked."""
    figure = sampled(mine, period, "agent_sample")
    if figure.n:
        yield figure


def _liked(said: Sequence[Opinion]) -> Iterator[Figure]:
    """What complainants of theirs who were asked in the period thought of it."""
    handling = [one.handling for one in said if one.handling is not None]
    recommend = [one.recommend for one in said if one.recommend is not None]
    good = sum(one >= GOOD for one in handling)
    yield ratio("agent_csat", good, len(handling), Unit.PERCENT, scale=PERCENT)
    yield ratio("agent_nps", net_promoters(recommend), len(recommend), Unit.POINTS, scale=PERCENT)
    yield mean("agent_ces", [one.ease for one in said if one.ease is not None])


def _card(mine: Sequence[CardRow]) -> Iterator[Figure]:
    linted = [row.lint_hits for row in mine if row.lint_hits is not None]
    steps = sum(len(row.judged) for row in mine)
    yield count("agent_cases", len(mine))
    yield ratio("agent_steps_done", sum(len(row.done) for row in mine), steps)
    for duty in Duty:
        judged = [duty in row.done for row in mine if duty in row.judged]
        yield ratio("agent_step", sum(judged), len(judged), of=(duty.value,))
    yield ratio("agent_promise_kept", sum(row.kept for row in mine), sum(row.due for row in mine))
    yield Figure(
        name="agent_lint_hits", exact=sum(linted) if linted else None, n=len(linted), unit=Unit.COUNT
    )
    yield ratio("agent_reopened", sum(row.reopened for row in mine), len(mine))

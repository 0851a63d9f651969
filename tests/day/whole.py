"""Starts and ends one whole day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from bot.complaint.axes import Queue
from bot.complaint.case import Severity
from bot.complaint.evolving import replace
from bot.config import load_rules
from bot.office.outgoing.pacing import Limits
from bot.policy.card_edits import USUAL_CARDS
from bot.policy.hours import Pause
from bot.policy.rules import Rules
from bot.sandbox.pacing import TELEGRAM_LIMITS
from bot.sandbox.people import Person
from tests.day.colleagues import Colleagues, Duty
from tests.day.findings import Day, look_back
from tests.day.roads import Roads
from tests.day.screens import Screens
from tests.day.shift import Shift
from tests.day.visitors import Visitors
from tests.day.waits import waits
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage

MORNING = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
"""Wednesday, nine in the morning in Shanghai."""
HOUR = timedelta(hours=1)
AFTERWARDS = HOUR
"""How long the agents stay after the last customer of a short day came."""
NOON, ONE, SIX, TEN, EIGHT, NINE = (MORNING + number * HOUR for number in (3, 4, 9, 13, 23, 24))
BUSY, AT_ONCE, UNHURRIED, AT_NIGHT = (30, 80), (15, 40), (40, 90), (60, 150)
"""Seconds from one act of somebody's to the next: on a whole day, on a short one, on call, at night."""
BY_DAY = 0.8
"""The share of a whole day's customers who come before the desk closes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What kind of day it is."""

    cases: int = 300
    hours: float = 26
    """From nine in the morning; beyond nine hours there is an evening, a night, and the next morning."""
    seed: int = 1
    own_group: bool = True
    """Danger has a group of its own."""
    dangers: int = 0
    """So many people in danger come beside the others."""
    more: int = 2
    """How many agents there are beside the demo's five people."""

    @property
    def is_whole(self) -> bool:
        """It goes on over the night."""
        return self.hours > 24


async def a_day(folder: Path, form: Form) -> Day:
    """So many customers, the demo's colleagues and two agents more, Telegram's own limits; what was found."""
    desks = {Queue.SAFETY: "安全群"} if form.own_group else {}
    async with raise_stage(
        folder,
        start=MORNING,
        pace=Limits(),
        telegram=TELEGRAM_LIMITS,
        rules=_rules(form),
        desks=desks,
        cards=USUAL_CARDS,
    ) as stage:
        shift = Shift(stage=stage, chance=Random(form.seed))  # noqa: S311 - nothing here is a secret
        screens = Screens(stage)
        colleagues = Colleagues(shift, screens, Roads(shift, screens))
        visitors = Visitors(shift)
        ends = MORNING + form.hours * HOUR
        colleagues.roster(list(_duties(_people(stage, form.more), ends, form)))
        _customers(visitors, form, ends)
        await shift.run(ends if form.is_whole else ends + AFTERWARDS)
        day = await look_back(shift, visitors, colleagues)
        return replace(day, waits=waits(folder / "desk.db"))


def _rules(form: Form) -> Rules:
    """The demo brand's; a whole day has its lunch hour."""
    rules = load_rules()
    if not form.is_whole:
        return rules
    lunch = Pause(begins=time(12), ends=time(13))
    return replace(rules, hours=replace(rules.hours, lunch=lunch))


def _people(stage: Stage, count: int) -> tuple[Person, ...]:
    """The demo's five, and so many who are agents by their place in the group alone."""
    world, more = stage.demo.world, []
    named = (("孙悦", "sun_yue"), ("何川", "he_chuan"))
    for name, username in (*named, *((f"座席{one}", f"agent_{one}") for one in range(count)))[:count]:
        person = world.add_user(name, username=username, role="agent")
        for group in stage.demo.desks:
            world.join(person.id, group.id)
        more.append(person)
    return (*stage.demo.agents, *more)


def _duties(people: tuple[Person, ...], ends: datetime, form: Form) -> Iterator[Duty]:
    """Who works when; whoever is on call has only what is grave."""
    supervisor, manager = people[2], people[3]
    if not form.is_whole:
        yield from (Duty(who=one, begins=MORNING, ends=ends + AFTERWARDS, pace=AT_ONCE) for one in people)
        return
    for one in people:
        for begins, until in ((MORNING, NOON), (ONE, SIX), (NINE, ends)):
            yield Duty(who=one, begins=begins, ends=until, pace=BUSY)
    for who, begins, until, only, pace in (
        (supervisor, NOON, ONE, Severity.SEV2, UNHURRIED),
        (supervisor, SIX, TEN, Severity.SEV2, UNHURRIED),
        (manager, TEN, EIGHT, Severity.SEV1, AT_NIGHT),
        (supervisor, EIGHT, NINE, Severity.SEV2, UNHURRIED),
    ):
        yield Duty(who=who, begins=begins, ends=until, only=only, pace=pace)


def _customers(visitors: Visitors, form: Form, ends: datetime) -> None:
    if not form.is_whole:
        visitors.expect(form.cases, MORNING, ends)
        visitors.hurt(form.dangers, MORNING + HOUR / 3, ends)
        visitors.shift.plan(MORNING + HOUR / 2, visitors.second_matters(0.06))
        return
    by_day = round(form.cases * BY_DAY)
    visitors.expect(by_day, MORNING, SIX)
    visitors.expect(form.cases - by_day, SIX, ends - HOUR)
    for hour in (2, 5, 7):
        visitors.shift.plan(MORNING + hour * HOUR, visitors.second_matters(0.06))
    visitors.shift.plan(NINE, visitors.come_back(0.08))

"""The checks after a simulated day: every promise, limit, end and customer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.complaint.case import Case, Offer, PromiseStatus
from bot.complaint.reading import RemedyKind
from bot.policy.endings import owed
from bot.policy.ladder import GRANTED, load_of
from bot.policy.rules import Rules
from bot.store.port import Store
from tests.day.colleagues import Colleagues
from tests.day.figures import (
    A_MINUTE,
    Spent,
    busiest,
    costs,
    events,
    first_words,
    is_ordinary,
    slowest,
    table,
)
from tests.day.roads import NEVER_OUT
from tests.day.shift import Shift
from tests.day.visitors import Visitors
from tests.day.waits import Waited

FIRST_WORDS = 10.0
"""Seconds within which whoever writes is answered (R4)."""
OF_A_GROUP = 20
TOO_MANY = 429
MONEY = frozenset({RemedyKind.COMPENSATION, RemedyKind.LOST_INCOME, RemedyKind.MULTIPLE})
"""What somebody else than its maker must always agree to."""
MISSED = (PromiseStatus.LATE, PromiseStatus.BROKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The figures of a day."""

    cases: int
    closed: int
    kept: int
    """Promises kept, of those that are settled."""
    put_off: int
    """Told with a new time before they were due."""
    late: int
    approvals: int
    offers: int
    tasks: int
    transfers: int
    busiest_minute: int
    """The most events that any group had in any sixty seconds."""
    events: float
    """What a case costs its groups on average, beside the words of customers."""
    events_ordinary: float
    """The same where nothing was offered, asked for, set or handed on."""
    spent: tuple[Spent, ...]
    """By kind, the words of customers and what stands in General among them; the most frequent first."""
    slowest_first_words: float
    """Seconds from somebody's first message to the first answer."""
    slowest_first_human: timedelta
    """Time in which somebody was there, from hand-over to a person's answer."""
    slowest_in_danger: timedelta
    findings: tuple[str, ...]
    waits: tuple[Waited, ...] = ()
    """How long letters waited until the groups took them."""

    def __str__(self) -> str:
        """The figures in one line."""
        return (
            f"{self.cases} cases, {self.closed} closed; promises {self.kept} kept, {self.put_off} put off, "
            f"{self.late} late; {self.offers} offers, {self.approvals} requests, {self.tasks} tasks, "
            f"{self.transfers} transfers; busiest minute of a group {self.busiest_minute} events, "
            f"{self.events:.1f} events a case ({self.events_ordinary:.1f} an ordinary one); "
            f"first words after {self.slowest_first_words:.0f} s at most, "
            f"a person after {self.slowest_first_human} (in danger {self.slowest_in_danger}); "
            f"{len(self.findings)} findings"
        )


async def look_back(shift: Shift, visitors: Visitors, colleagues: Colleagues) -> Day:
    """Everything that can be known of the day."""
    stage, store = shift.stage, shift.stage.house.store
    cases = [case for case, _ in await stage.kept()]
    calls = stage.demo.world.calls
    groups = {one.id: [call for call in calls if call.chat_id == one.id] for one in stage.demo.desks}
    most = max(busiest(of_group) for of_group in groups.values())
    longest = max((first_words(shift, one.person, one.message) for one in visitors.openings), default=0.0)
    every = await events(shift, visitors)
    spent = costs(every, cases)
    promises = [one for case in cases for one in case.promises]
    findings = (
        *_promises(cases, shift.now),
        *_ends(cases),
        *(words for case in cases for words in _authority(case, stage.rules)),
        *await _ownerless(store, cases, shift.now),
        *_leaks(shift, visitors),
        *colleagues.unfair,
        *await _unsound(store),
        *(f"429 for {one.method} in {one.chat_id}" for one in calls if one.code == TOO_MANY),
        *([f"{most} events in one minute of a group"] if most > OF_A_GROUP else []),
        *([f"first words after {longest:.0f} s"] if longest > FIRST_WORDS else []),
    )
    ordinary = [spent[case.no] for case in cases if case.no in spent and is_ordinary(case)]
    return Day(
        cases=len(cases),
        closed=sum(not case.is_open for case in cases),
        kept=sum(one.status is PromiseStatus.KEPT for one in promises),
        put_off=sum(one.status is PromiseStatus.RENEGOTIATED for one in promises),
        late=sum(one.status in MISSED for one in promises),
        approvals=sum(len(case.approvals) for case in cases),
        offers=sum(bool(one.parts) for case in cases for one in case.offers),
        tasks=sum(len(case.tasks) for case in cases),
        transfers=sum(one.reason == "transferred" for case in cases for one in case.escalations),
        busiest_minute=most,
        events=_mean(list(spent.values())),
        events_ordinary=_mean(ordinary),
        spent=table(every, cases),
        slowest_first_words=longest,
        slowest_first_human=slowest(cases, stage.rules, danger=False),
        slowest_in_danger=slowest(cases, stage.rules, danger=True),
        findings=findings,
    )


def _mean(counts: Sequence[int]) -> float:
    return sum(counts) / len(counts) if counts else 0.0


# -- what must hold


def _promises(cases: Sequence[Case], now: datetime) -> Iterator[str]:
    """Every promise is kept, or told anew before it was due."""
    for case in cases:
        for one in case.promises:
            overdue = one.status is PromiseStatus.OPEN and one.due_at < now - timedelta(seconds=A_MINUTE)
            if one.status in MISSED or overdue:
                yield (
                    f"case {case.no} (SEV{int(case.severity)}): {one.id} {one.kind} of {one.owner}, made "
                    f"{one.made_at:%d %H:%M}, due {one.due_at:%d %H:%M} UTC is {one.status}"
                )


def _ends(cases: Sequence[Case]) -> Iterator[str]:
    """Nothing is closed that still owes something."""
    for case in cases:
        left = owed(case) if not case.is_open and case.merged_into is None else ()
        if left:
            yield f"case {case.no} is {case.status} and owes {', '.join(f'{one.kind} {one.ref}' for one in left)}"


def _authority(case: Case, rules: Rules) -> Iterator[str]:
    """No offer lies above what its maker may give, but that others of the right level agreed to it."""
    for offer in case.offers:
        request = next((one for one in case.approvals if one.id == offer.approval_id), None)
        if request is not None:
            yes = [one for one in request.votes if one.says in GRANTED]
            if (
                request.by in [one.by for one in request.votes]
                or len({one.by for one in yes}) < request.people
            ):
                yield f"case {case.no}: {offer.id} was approved by its maker or too few"
            if request.parts != offer.parts or (request.legal and not any(one.legal for one in yes)):
                yield f"case {case.no}: {offer.id} is not what was approved"
        elif offer.parts and _is_above(offer, rules):
            yield f"case {case.no}: {offer.id} of {offer.by} ({offer.level}) went out without approval"


def _is_above(offer: Offer, rules: Rules) -> bool:
    rung, load = rules.ladder.of(offer.level), load_of(offer.parts)
    sums = (
        (load.refund, rung.refund_cents),
        (load.goods, rung.goods_cents),
        (load.goodwill, rung.goodwill_cents),
        (load.money, rung.money_cents),
    )
    return bool(MONEY & set(offer.kinds)) or any(most is not None and taken > most for taken, most in sums)


async def _ownerless(store: Store, cases: Sequence[Case], now: datetime) -> list[str]:
    """Every open case has somebody, a promise, or a moment at which it wakes."""
    timers = {one.case_no for one in await store.due(now + timedelta(days=400), limit=100_000)}
    return [
        f"case {case.no} ({case.status}, {case.control}) is nobody's, and nothing wakes it"
        for case in cases
        if case.is_open and case.holder is None and not case.open_promises and case.no not in timers
    ]


def _leaks(shift: Shift, visitors: Visitors) -> Iterator[str]:
    """No words of notes, commands or drafts that were dropped stand in a customer's chat."""
    for person in visitors.known:
        for message in shift.stage.demo.world.history(person, everything=True):
            said = " ".join(str(body.get("text", "")) for body in (message.body, *message.versions))
            if message.from_bot and any(words in said for words in NEVER_OUT):
                yield f"customer {person} read “{said[:60]}”"


async def _unsound(store: Store) -> list[str]:
    broken, counts = await store.broken_seal(), await store.counts()
    return [
        *([f"line {broken} of the audit is not as it was written"] if broken is not None else []),
        *([f"{counts['set_aside']} updates were set aside"] if counts["set_aside"] else []),
    ]

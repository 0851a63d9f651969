"""Figures of a simulated day: events per case and minute, waiting times for replies and for people."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from bot.complaint.case import Case, Severity
from bot.complaint.ids import ChatId, MessageId, MessageRef
from bot.policy.calendar import open_between
from bot.policy.rules import Rules
from bot.sandbox.messages import Message
from bot.sandbox.state import Call
from tests.day.shift import Shift
from tests.day.visitors import Visitors

A_MINUTE = 60.0
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
CARD_EDITED, THEIR_WORDS = "card edited", "customers' words"
CHANGES = {
    "editMessageText": "other changes",
    "editMessageReplyMarkup": "other changes",
    "editMessageCaption": "other changes",
    "editForumTopic": "topic renamed",
    "closeForumTopic": "topic closed",
    "reopenForumTopic": "topic reopened",
}
"""Events that leave no message."""
SEVERAL = {"copyMessages": "message_ids", "sendMediaGroup": "media"}


class Spent(NamedTuple):
    """How many events of one kind a case costs its groups: on average, and an ordinary one."""

    kind: str
    each: float
    ordinary: float


def is_ordinary(case: Case) -> bool:
    """Whether it was closed by people with nothing but words: no offer, task or verdict, and handed over once."""
    handed = len(case.escalations)
    asked = (
        any(one.parts for one in case.offers)
        or case.approvals
        or case.tasks
        or case.verdict
        or case.fulfilments
    )
    return not case.is_open and handed == 1 and not asked and case.reopened == 0


def _weight(call: Call) -> int:
    return len(call.params.get(SEVERAL[call.method], ())) if call.method in SEVERAL else 1


def busiest(calls: Sequence[Call]) -> int:
    """The most events in any sixty seconds."""
    moments = sorted(one.at for one in calls if one.ok and one.method in EVENTS for _ in range(_weight(one)))
    first, most = 0, 0
    for number, moment in enumerate(moments):
        while moments[first] <= moment - A_MINUTE:
            first += 1
        most = max(most, number - first + 1)
    return most


async def events(shift: Shift, visitors: Visitors) -> Counter[tuple[str, str]]:
    """What the groups got, by case and kind; no case: what stands in General."""
    world, talk = shift.stage.demo.world, await _talk(shift, visitors)
    found: Counter[tuple[str, str]] = Counter()
    for group in shift.stage.demo.desks:
        cases = {topic.id: topic.name.rpartition(" · ")[2] for topic in group.topics.values()}
        cards: dict[int, int] = {}
        for one in world.history(group.id, everything=True):
            if one.from_bot and one.service is None:
                found[cases.get(one.thread_id or 0, ""), _kind_of(one, talk, cards)] += 1
        for call in world.calls:
            if call.ok and call.chat_id == group.id and call.method in CHANGES:
                thread, kind = _thread(shift, call), CHANGES[call.method]
                if kind == "other changes" and call.params.get("message_id") == cards.get(thread or 0):
                    kind = CARD_EDITED
                found[cases.get(thread or 0, ""), kind] += 1
        found.update((no, "topic opened") for no in cases.values())
    return found


def _kind_of(said: Message, talk: set[MessageRef], cards: dict[int, int]) -> str:
    """What a message of the bot's is; the first in a topic is the card, and is noted."""
    if said.thread_id is None:
        return "in General"
    if MessageRef(ChatId(said.chat_id), MessageId(said.id)) in talk:
        return THEIR_WORDS
    if cards.setdefault(said.thread_id, said.id) == said.id:
        return "card with the talk so far"
    return "lines"


def costs(spent: Counter[tuple[str, str]], cases: Sequence[Case]) -> dict[str, int]:
    """By case: the events of its topics, the words of customers left out."""
    numbers = {str(case.no) for case in cases}
    sums: Counter[str] = Counter()
    for (no, kind), count in spent.items():
        if no in numbers and kind != THEIR_WORDS:
            sums[no] += count
    return dict(sums)


def table(spent: Counter[tuple[str, str]], cases: Sequence[Case]) -> tuple[Spent, ...]:
    """A line a kind of event: how many a case costs, of all that have a topic and of the ordinary ones."""
    numbers = costs(spent, cases)
    ordinary = {str(case.no) for case in cases if case.no in numbers and is_ordinary(case)}
    kinds = sorted({kind for _, kind in spent}, key=lambda one: -sum(_of(spent, one).values()))
    return tuple(
        Spent(
            kind=kind,
            each=sum(_of(spent, kind).values()) / max(1, len(numbers)),
            ordinary=sum(_of(spent, kind)[no] for no in ordinary) / max(1, len(ordinary)),
        )
        for kind in kinds
    )


def _of(spent: Counter[tuple[str, str]], kind: str) -> Counter[str]:
    return Counter({no: count for (no, own), count in spent.items() if own == kind})


def _thread(shift: Shift, call: Call) -> int | None:
    """The topic that a change was in: named in the call, or where the message stands."""
    named = call.params.get("message_thread_id")
    if named is not None:
        return int(named)
    changed = call.params.get("message_id")
    message = shift.stage.demo.world.message(call.chat_id or 0, int(changed)) if changed is not None else None
    return message.thread_id if message is not None else None


async def _talk(shift: Shift, visitors: Visitors) -> set[MessageRef]:
    """The messages at the desk that are customers' words."""
    world = shift.stage.demo.world
    said = [
        MessageRef(ChatId(person), MessageId(one.id))
        for person in visitors.known
        for one in world.history(person, everything=True)
        if not one.from_bot
    ]
    found = await shift.stage.house.store.copies(said)
    return {ref for copies in found.values() for ref in copies}


def first_words(shift: Shift, person: int, message: int) -> float:
    """Seconds until the bot answered this message."""
    history = shift.stage.demo.world.history(person, everything=True)
    wrote = next(float(one.body["date"]) for one in history if one.id == message)
    later = (one for one in history if one.id > message and one.from_bot and one.service is None)
    answered = next((float(one.body["date"]) for one in later), None)
    return (answered or shift.now.timestamp()) - wrote


def slowest(cases: Sequence[Case], rules: Rules, *, danger: bool) -> timedelta:
    """How long somebody waited for a person: in danger by any clock, else while the desk was open."""
    waits = [timedelta()]
    for case in cases:
        for one in case.escalations:
            if one.answered_at is not None and (case.severity is Severity.SEV1) is danger:
                ends = one.answered_at
                waits.append(
                    ends - one.at if danger else open_between(rules.hours, rules.clock, one.at, ends)
                )
    return timedelta(minutes=round(max(waits).total_seconds() / 60))

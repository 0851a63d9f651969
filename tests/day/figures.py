"""What a day at the desk costs and how quick it is: events by case and by minute, waits for words and for people."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.complaint.case import Case, Severity
from bot.complaint.ids import ChatId, MessageId, MessageRef
from bot.policy.calendar import open_between
from bot.policy.rules import Rules
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
SEVERAL = {"copyMessages": "message_ids", "sendMediaGroup": "media"}


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


async def costs(shift: Shift, visitors: Visitors, cases: Sequence[Case]) -> dict[str, int]:
    """By case: the events of its topics, the words of customers left out."""
    world, desks = shift.stage.demo.world, shift.stage.demo.desks
    spent: dict[tuple[int, Any], int] = defaultdict(int)
    for call in world.calls:
        if call.ok and call.method in EVENTS and call.chat_id is not None and call.chat_id < 0:
            spent[call.chat_id, _thread(shift, call)] += _weight(call)
    for ref in await _talk(shift, visitors):
        message = world.message(ref.chat, ref.message)
        if message is not None:
            spent[ref.chat, message.thread_id] -= 1
    costs: dict[str, int] = defaultdict(int)
    numbers = {case.no for case in cases}
    for group in desks:
        for topic in group.topics.values():
            no = topic.name.rpartition(" · ")[2]
            if no in numbers:
                costs[no] += 1 + spent[group.id, topic.id]  # one is the topic itself
    return costs


def _thread(shift: Shift, call: Call) -> int | None:
    """The topic that an event was in: named in the call, or where the message stands."""
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

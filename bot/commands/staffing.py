"""Gives the demo brand the demo world's people as colleagues; the sandbox knows nothing of roles."""

from collections.abc import Mapping

from bot.complaint.axes import Queue
from bot.complaint.colleagues import Role, Specialty
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, UserId
from bot.policy.brand import StaffMember
from bot.policy.rules import Rules
from bot.sandbox.demo import Demo
from bot.sandbox.people import Person


def staffed(rules: Rules, demo: Demo, desks: Mapping[Queue, str] | None = None) -> Rules:
    """Give the rules the demo's people; `desks` names the group that a queue has to itself, by its title."""
    own = {
        queue: replace(rules.queue(queue), desk=ChatId(demo.group(title).id))
        for queue, title in (desks or {}).items()
    }
    people = tuple(_member(one) for one in demo.agents)
    return replace(rules, people=people, queues={**rules.queues, **own})


def _member(person: Person) -> StaffMember:
    is_specialist = person.standing in set(Specialty)
    return StaffMember(
        id=UserId(person.id),
        name=person.name,
        role=Role.AGENT if is_specialist else Role(person.standing),
        specialties=(Specialty(person.standing),) if is_specialist else (),
        username=person.username or "",
    )

"""Who works at the desk: roles, specialties, and what level of authority goes with them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from bot.complaint.axes import Level, Queue
from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.complaint.reading import Language


class Role(StrEnum):
    """A role at the desk. Members of its group without a role are agents."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"

    @property
    def level(self) -> Level:
        """The rung of the authority ladder that goes with it."""
        return {Role.AGENT: Level.A1, Role.SUPERVISOR: Level.A2, Role.MANAGER: Level.A3}[self]

    @property
    def rank(self) -> int:
        """The higher, the more they may decide."""
        return tuple(Role).index(self)


class Specialty(StrEnum):
    """What somebody is called in for, whatever their role."""

    SAFETY = "safety"
    LEGAL = "legal"
    CONDUCT = "conduct"
    MEDIA = "media"
    QUALITY = "quality"

    @property
    def queue(self) -> Queue:
        """The queue whose cases are theirs first."""
        return Queue.MEDIA_PR if self is Specialty.MEDIA else Queue(self.value)


class Colleague(Struct, frozen=True, kw_only=True):
    """Somebody at the desk, as the roster has them."""

    id: UserId
    name: str = ""
    role: Role = Role.AGENT
    specialties: tuple[Specialty, ...] = ()
    language: Language | None = None
    """What lists and notices for them alone are written in; None is the desk's language."""
    username: str = ""
    changed_by: UserId | None = None
    """Who set the role in the chat; None where the brand file does, or nobody."""
    changed_at: datetime | None = None

    @property
    def level(self) -> Level:
        """The rung of the authority ladder they act on."""
        return self.role.level

    def at_least(self, role: Role) -> bool:
        """Whether they have this role or a higher one."""
        return self.role.rank >= role.rank


class Roster(Struct, frozen=True):
    """The colleagues whose role is recorded; everybody else in the group is an agent."""

    colleagues: Mapping[UserId, Colleague] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Colleague]:
        """Everybody, those who may decide most first, then by name."""
        return iter(sorted(self.colleagues.values(), key=lambda one: (-one.role.rank, one.name, one.id)))

    def of(self, user: UserId, name: str = "") -> Colleague:
        """Somebody who is known to be in the group; an agent if nothing else is written down."""
        return self.colleagues.get(user) or Colleague(id=user, name=name)

    def named(self, word: str) -> tuple[Colleague, ...]:
        """Everybody with this @name or name, in any case."""
        wanted = word.removeprefix("@").casefold()
        return tuple(one for one in self if wanted in (one.username.casefold(), one.name.casefold()))

    def at_least(self, role: Role) -> tuple[Colleague, ...]:
        """Everybody who may do what this role may, the lowest rank first: they are called first."""
        return tuple(sorted((one for one in self if one.at_least(role)), key=lambda one: one.role.rank))

    def specialists(self, queue: Queue) -> tuple[Colleague, ...]:
        """Colleagues whose specialty is this queue."""
        return tuple(one for one in self if any(skill.queue is queue for skill in one.specialties))

    def with_changes(self, changes: Mapping[UserId, Colleague]) -> "Roster":
        """The roster with what was set in the chat laid over what the brand file says.

        Where nobody set a role (`changed_by` is None) only name and language are laid over: somebody was seen
        at the desk, or chose a language, and their role stays what the brand file says now.
        """
        return Roster({**self.colleagues, **{one.id: self._laid_over(one) for one in changes.values()}})

    def _laid_over(self, change: Colleague) -> Colleague:
        if change.changed_by is not None:
            return change
        known = self.of(change.id)
        return replace(
            known,
            name=known.name or change.name,
            username=change.username or known.username,
            language=change.language or known.language,
        )

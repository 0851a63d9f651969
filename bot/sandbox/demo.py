"""The demo world of `try`: a brand's bot, its desk with five colleagues, a stranger, a customer."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.sandbox.errors import ImpossibleError
from bot.sandbox.pacing import Limits
from bot.sandbox.people import ADMIN_RIGHTS, Chat, Person
from bot.sandbox.state import DEFAULT_TOKEN
from bot.sandbox.world import World

_NAMES = {
    "zh": {
        "bot": "示范品牌客服",
        "desk": "客诉处理群",
        "customer": "周敏",
        "square": "小区团购群",
        "lin_xiao": "林晓",
        "wang_ke": "王珂",
        "chen_lan": "陈岚",
        "zhao_ming": "赵铭",
        "fang_ning": "方宁",
        "stranger": "路人甲",
    },
    "en": {
        "bot": "Demo Brand Care",
        "desk": "Complaints desk",
        "customer": "Emma Clarke",
        "square": "Neighbours’ group buy",
        "lin_xiao": "Lin Xiao",
        "wang_ke": "Wang Ke",
        "chen_lan": "Chen Lan",
        "zhao_ming": "Zhao Ming",
        "fang_ning": "Fang Ning",
        "stranger": "A stranger",
    },
}
_LANGUAGE_CODES = {"zh": "zh-hans", "en": "en"}
_STANDINGS = {
    "lin_xiao": "agent",
    "wang_ke": "agent",
    "chen_lan": "supervisor",
    "zhao_ming": "manager",
    "fang_ning": "legal",
}
_ADMINISTRATORS = frozenset({"lin_xiao", "zhao_ming"})


class Demo(NamedTuple):
    """A demo world and who is who in it."""

    world: World
    desk: Chat
    agents: tuple[Person, ...]
    """Lin Xiao and Wang Ke (agents), Chen Lan (supervisor), Zhao Ming (manager), Fang Ning (legal)."""
    stranger: Person
    customer: Person
    groups: tuple[Chat, ...] = ()
    """Desks of their own beside the common one, in the order in which they were asked for."""
    square: Chat | None = None
    """A public group that the customer is in."""

    @property
    def desks(self) -> tuple[Chat, ...]:
        """The common desk and all others."""
        return (self.desk, *self.groups)

    def group(self, title: str) -> Chat:
        """The desk with this title."""
        found = next((one for one in self.desks if one.title == title), None)
        if found is None:
            raise ImpossibleError(f"there is no group {title}")
        return found


def demo_world(
    lang: str = "zh",
    *,
    brand: str | None = None,
    token: str = DEFAULT_TOKEN,
    now: Callable[[], float] = time.time,
    limits: Limits | None = None,
    extra_groups: Sequence[str] = (),
    square: bool = False,
) -> Demo:
    """Build the demo world in a language ("zh" or "en"); `brand` is the bot's name.

    Every colleague is in the desk and in each of the `extra_groups`, the first and the manager as
    administrators, the others as plain members; the stranger is in none. With `square`
    there is a public group with the customer in it.
    """
    names = _NAMES.get(lang, _NAMES["en"])
    code = _LANGUAGE_CODES.get(lang, lang)
    world = World(token=token, bot_name=brand or names["bot"], now=now, limits=limits)
    desk, *groups = (world.add_forum(title) for title in (names["desk"], *extra_groups))
    agents = tuple(
        world.add_user(names[key], username=key, language_code=code, role="agent") for key in _STANDINGS
    )
    for agent, standing in zip(agents, _STANDINGS.values(), strict=True):
        agent.standing = standing
    for chat in (desk, *groups):
        for agent in agents:
            is_administrator = agent.username in _ADMINISTRATORS
            status, rights = ("administrator", ADMIN_RIGHTS) if is_administrator else ("member", frozenset())
            world.join(agent.id, chat.id, status=status, rights=rights)
    stranger = world.add_user(names["stranger"], username="passer_by", language_code=code, role="stranger")
    customer = world.add_user(names["customer"], language_code=code, phone="+8613800001234")
    public = _square(world, names["square"], (customer, stranger)) if square else None
    world.updates.clear()
    return Demo(world, desk, agents, stranger, customer, tuple(groups), public)


def _square(world: World, title: str, people: Sequence[Person]) -> Chat:
    """A public group: the bot is a plain member, and hears what is meant for it."""
    group = world.add_group(title, bot_rights=None)
    for one in people:
        world.join(one.id, group.id)
    return group

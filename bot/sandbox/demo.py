"""The world that `try` shows: a brand's bot, its desk with two agents, a stranger, a customer."""

import time
from collections.abc import Callable
from typing import NamedTuple

from bot.sandbox.pacing import Limits
from bot.sandbox.people import ADMIN_RIGHTS, Chat, Person
from bot.sandbox.state import DEFAULT_TOKEN
from bot.sandbox.world import World

_NAMES = {
    "zh": {
        "bot": "示范品牌客服",
        "desk": "客诉处理群",
        "customer": "周敏",
        "agents": ("林晓", "王珂"),
        "stranger": "路人甲",
    },
    "en": {
        "bot": "Demo Brand Care",
        "desk": "Complaints desk",
        "customer": "Emma Clarke",
        "agents": ("Lin Xiao", "Wang Ke"),
        "stranger": "A stranger",
    },
}
_LANGUAGE_CODES = {"zh": "zh-hans", "en": "en"}


class Demo(NamedTuple):
    """A demo world and who is who in it."""

    world: World
    desk: Chat
    agents: tuple[Person, Person]
    stranger: Person
    customer: Person


def demo_world(
    lang: str = "zh",
    *,
    brand: str | None = None,
    token: str = DEFAULT_TOKEN,
    now: Callable[[], float] = time.time,
    limits: Limits | None = None,
) -> Demo:
    """Build the demo world in a language ("zh" or "en"); `brand` is the bot's name.

    The first agent is an administrator of the desk, the second a plain member, the stranger is not in it.
    """
    names = _NAMES.get(lang, _NAMES["en"])
    code = _LANGUAGE_CODES.get(lang, lang)
    world = World(token=token, bot_name=brand or str(names["bot"]), now=now, limits=limits)
    desk = world.add_forum(str(names["desk"]))
    first, second = (
        world.add_user(name, username=username, language_code=code, role="agent")
        for name, username in zip(names["agents"], ("lin_xiao", "wang_ke"), strict=True)
    )
    world.join(first.id, desk.id, status="administrator", rights=ADMIN_RIGHTS)
    world.join(second.id, desk.id)
    stranger = world.add_user(
        str(names["stranger"]),
        username="passer_by",
        language_code=code,
        role="stranger",
    )
    customer = world.add_user(str(names["customer"]), language_code=code, phone="+8613800001234")
    world.updates.clear()
    return Demo(world, desk, (first, second), stranger, customer)

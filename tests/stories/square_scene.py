"""A public group, the people who write there, and what they read."""

from bot.sandbox.messages import Message
from bot.sandbox.people import ADMIN_RIGHTS, Chat, Person
from tests.stories.stage import Stage


def square_in(stage: Stage, *people: Person, hears_all: bool = False) -> Chat:
    """A group that is no desk; the bot is a plain member there, and hears only what is meant for it."""
    world = stage.demo.world
    group = world.add_group("小区团购群", bot_rights=ADMIN_RIGHTS if hears_all else None)
    for one in people:
        world.join(one.id, group.id)
    return group


async def call(stage: Stage, person: Person, words: str, group: Chat) -> None:
    """Somebody calls the bot by its name, before all."""
    stage.demo.world.say(person.id, f"@{stage.demo.world.bot.username} {words}", chat_id=group.id)
    await stage.settle()


def lines(stage: Stage, group: Chat) -> list[Message]:
    """What the bot said before all."""
    world = stage.demo.world
    return [one for one in world.from_bot(group.id) if one.sender is world.bot]


def payload(line: Message) -> str:
    """What the button's address brings along."""
    return str(line.buttons[0][0]["url"]).partition("?start=")[2]


async def open_link(stage: Stage, person: Person, line: Message) -> list[str]:
    """Somebody presses the button: Telegram opens the private chat and sends what it brings along."""
    stage.demo.world.open_link(person.id, payload(line))
    await stage.settle()
    return [one.text for one in stage.demo.world.from_bot(person.id)]


def desk_lines(stage: Stage) -> list[str]:
    """What General of the desk reads."""
    found = stage.demo.world.from_bot(stage.demo.desk.id)
    return [one.text for one in found if one.thread_id is None]

"""Finds places in the agents' groups: a case's current topic, General, and buttons."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.sandbox.demo import Demo
from bot.sandbox.messages import Message
from bot.sandbox.people import Chat, Person, Topic
from tests.stories.script import StoryBroken, button_now, button_once, buttons_of

_NUMBER = re.compile(r"\d+-\d+")


class Spot(NamedTuple):
    """A topic in its group; the group's General without a topic."""

    group: Chat
    topic: Topic | None = None

    @property
    def thread(self) -> int | None:
        """The topic's thread."""
        return self.topic.id if self.topic else None

    @property
    def key(self) -> str:
        """What its lines are counted under."""
        return f"{self.group.title} {self.thread or 'General'}"


def groups(demo: Demo) -> tuple[Chat, ...]:
    """Every group of the desk, under the id that it has now."""
    chats = demo.world.chats
    return tuple(chats[one.moved_to] if one.moved_to else one for one in demo.desks)


def topic_of(demo: Demo, case_no: str) -> Spot:
    """A case's topic in whichever group it is now: the newest that is open, else the newest."""
    found = [one for one in _topics(demo) if one.topic and case_no in one.topic.name]
    if not found:
        raise StoryBroken(f"there is no topic for {case_no}")
    return next((one for one in reversed(found) if one.topic and not one.topic.closed), found[-1])


def newest_topic(demo: Demo) -> Spot:
    """The topic that was opened last; its case may have moved since."""
    found = list(_topics(demo))
    if not found or found[-1].topic is None:
        raise StoryBroken("there is no topic at the desk")
    number = _NUMBER.search(found[-1].topic.name)
    return topic_of(demo, number[0]) if number else found[-1]


def _topics(demo: Demo) -> list[Spot]:
    """All topics of all groups, the oldest first."""
    every = [
        (topic.root.seq, Spot(group, topic)) for group in groups(demo) for topic in group.topics.values()
    ]
    return [spot for _, spot in sorted(every, key=lambda pair: pair[0])]


def general(demo: Demo, title: str) -> Spot:
    """The General of the common desk (大群), or of the group with this title."""
    if title in ("大群", "General"):
        return Spot(groups(demo)[0])
    found = next((one for one in groups(demo) if one.title == title), None)
    if found is None:
        raise StoryBroken(f"there is no group {title}")
    return Spot(found)


def history(demo: Demo, spot: Spot) -> list[Message]:
    """What was said there, by anybody."""
    return [one for one in demo.world.history(spot.group.id) if one.thread_id == spot.thread]


def said_with(demo: Demo, spot: Spot | None, by: Person, words: str, *, own: bool) -> Message:
    """The newest message with these words: there, or in their own chat; else anywhere at the desk.

    `own`: one that they wrote themselves.
    """
    nearby = history(demo, spot) if spot is not None else demo.world.history(by.id)
    for messages in (nearby, at_desk(demo) if spot is not None else []):
        if found := [one for one in messages if words in one.text and not (own and one.sender.id != by.id)]:
            return found[-1]
    raise StoryBroken(f"nobody said {words}")


def from_bot(demo: Demo, spot: Spot) -> list[Message]:
    """What the bot said there, service messages left out."""
    return [one for one in history(demo, spot) if one.from_bot and one.service is None]


def talk_under(card: Message) -> str:
    """The talk so far, where it stands under a case's card."""
    begins = max(card.text.find(words) for words in ("前面的对话（", "The talk so far ("))
    return card.text[begins:] if begins > 0 else ""


def after_card(demo: Demo, spot: Spot) -> list[Message]:
    """What the bot said in a topic after its card and the talk so far."""
    said = from_bot(demo, spot)
    return said[1:] if said and talk_under(said[0]) else said[2:]


def sign(demo: Demo, spot: Spot) -> str:
    """What the bot put as a reaction on the newest words of a person there."""
    newest = next(one for one in reversed(history(demo, spot)) if not one.from_bot)
    return "".join(newest.reactions.get(demo.world.bot.id, []))


def at_desk(demo: Demo) -> list[Message]:
    """All that was said in any of the groups, in order."""
    said = (one for group in groups(demo) for one in demo.world.history(group.id))
    return sorted(said, key=lambda one: one.seq)


def button_at(demo: Demo, near: Iterable[Spot], label: str, *, only_there: bool) -> tuple[Message, str]:
    """The newest button with this label, what is on the screen first: there, in its General, then anywhere."""
    places = list(_said_near(demo, list(near), only_there=only_there))
    for find in (button_now, button_once):
        for messages in places:
            if found := find(messages, label):
                return found
    raise StoryBroken(f"there is no button {label}")


def _said_near(demo: Demo, near: list[Spot], *, only_there: bool) -> Iterator[list[Message]]:
    for spot in near:
        yield from_bot(demo, spot)
    if not only_there:
        for spot in near:
            yield from_bot(demo, Spot(spot.group))
        yield [one for one in at_desk(demo) if one.from_bot]


def transcript(demo: Demo, newcomers: tuple[Person, ...]) -> str:
    """Everything that was said anywhere, chat by chat, with its buttons."""
    lines = ["what happened:"]
    chats = [
        *(one.id for one in (demo.customer, *newcomers, *demo.agents)),
        *(one.id for one in groups(demo)),
    ]
    for message in (one for chat in chats for one in demo.world.history(chat)):
        who = "机器人" if message.from_bot else message.sender.name
        topic = f" [{message.thread_id}]" if message.thread_id else ""
        lines.append(f"  {who}{topic}: {message.text or message.service or message.media}")
        if labels := buttons_of(message):
            lines.append(f"      按钮: {' | '.join(labels)}")
    return "\n".join(lines)

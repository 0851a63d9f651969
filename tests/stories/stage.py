"""The stage on which conversations are played: the real house, real HTTP, a real database, and a clock in our hand.

A story is a chat log. Each line says who speaks; what the bot says is checked against the line, where `…` stands
for words that may be anything. Everything the bot says has its line, so nothing unexpected can hide.

    客户: 上周买的电热壶不通电          a customer writes (also 客户2, Customer)
    客户发图: 说明                      … sends a photo with a caption (发语音, 发位置 …)
    客户点: 同意                        … presses the button with this label, on the newest message that has it
    机器人: …抱歉…订单号…               the bot's next message to that customer (Bot)
    按钮: 跳过 | 转人工                  its buttons
    林晓: 您好，我来处理                 an agent writes in the case's topic (王珂 likewise; 路人甲 is no member)
    林晓点: 我来接                       … presses a button of the card or of the newest line
    林晓表情: 您好 > 👍                 … reacts to the newest message there with these words (无: takes it back)
    林晓在大群: 中午吃什么              … writes in General
    话题: 100-0001                      from here on agents write in this case's topic (else in the newest)
    群: …                               the next line the bot writes in the topic (card and log excepted)
    提示: …                             the notice that answers the last press
    卡片: …                             what the case's card now holds
    -- 4秒                              time passes (秒 分钟 小时 天, s min h d)
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from bot.app import House
from bot.complaint.case import Case
from bot.complaint.ids import CaseNo
from bot.policy.rules import Rules
from bot.sandbox.demo import Demo
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.state import Query
from bot.store.port import TimelineRow
from tests.handclock import HandClock
from tests.stories.deeds import react, send_thing
from tests.stories.script import (
    StoryBroken,
    button_of,
    buttons_of,
    lines_of,
    match_words,
    span_of,
    who_and_deed,
)

JOB = 10.0
"""Real seconds that the house gets to become quiet; it needs milliseconds."""


@dataclass(slots=True)
class Stage:
    """A house with its little Telegram; `play` a log on it, and then look at what was kept."""

    house: House
    demo: Demo
    clock: HandClock
    rules: Rules
    heard: dict[str, int] = field(default_factory=dict)
    """How many of the bot's messages were checked, by chat or topic."""
    customers: dict[str, Person] = field(default_factory=dict)
    speaking: str = "客户"
    pressed: Query | None = None
    """The last press, with the notice that answered it."""
    chosen_topic: int | None = None
    """Where agents write, if it is not the newest topic."""

    # -- the log

    async def play(self, log: str) -> None:
        """Play a log to its end; then nothing may be left unsaid."""
        for number, line in enumerate(lines_of(log), 1):
            try:
                await self._play_line(line)
            except StoryBroken as broken:
                raise StoryBroken(f"line {number}: {line}\n{broken}\n\n{self.transcript()}") from None
        self._nothing_more()

    async def _play_line(self, line: str) -> None:
        if line.startswith("--"):
            await self.pass_time(span_of(line[2:].strip()))
            return
        who, _, words = line.partition(":")
        who, words = who.strip(), words.strip()
        if who in ("机器人", "Bot"):
            self._expect(self._chat_key(), self._bot_messages(), words)
        elif who in ("按钮", "Buttons"):
            self._expect_buttons(words)
        elif who in ("群", "Topic"):
            self._expect(f"topic {self.thread}", self._topic_lines(), words)
        elif who in ("大群", "General"):
            self._expect("general", self._general_lines(), words)
        elif who in ("提示", "Notice"):
            match_words(words, self.notice(), "the notice")
        elif who in ("卡片", "Card"):
            match_words(words, self.card(), "the card")
        elif who in ("话题", "Case"):
            self.chosen_topic = self.thread_of(words)
        else:
            await self.do(who, words)

    async def do(self, who: str, words: str = "") -> None:
        """One line of a log, whatever the bot says to it."""
        await self._act(who, words)
        await self.settle()

    async def _act(self, who: str, words: str) -> None:
        name, deed = who_and_deed(who)
        person = self._person(name)
        in_topic = person.id in {agent.id for agent in (*self.demo.agents, self.demo.stranger)}
        place = (self.demo.desk.id, self.thread) if in_topic else (None, None)
        world = self.demo.world
        if not in_topic:
            self.speaking = name
        if deed == "点":
            self._press(person, words, at_desk=in_topic)
        elif deed == "回":
            quoted, _, text = words.partition(" > ")
            target = self._find(quoted, at_desk=in_topic)
            world.say(person.id, text, chat_id=place[0], thread_id=place[1], reply_to=target.id)
        elif deed == "改":
            old, _, new = words.partition(" > ")
            target = self._find(old, at_desk=in_topic)
            world.edit(person.id, target.chat_id, target.id, new)
        elif deed == "表情":
            said, _, emoji = words.partition(" > ")
            react(world, person, self._find(said, at_desk=in_topic), "" if emoji == "无" else emoji)
        elif deed == "在大群":
            world.say(person.id, words, chat_id=self.demo.desk.id)
        else:
            send_thing(world, person, deed, words, *place)

    def _press(self, person: Person, label: str, *, at_desk: bool) -> None:
        """Press a button; one that is gone from the screen is pressed as an old screen would."""
        chat = self.demo.desk.id if at_desk else self._person(self.speaking).id
        message, data = button_of(self.demo.world.from_bot(chat), label)
        self.pressed = self.demo.world.press_unseen(person.id, message, data)

    # -- time and quiet

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass, and let the house do what is due."""
        self.clock.move(by)
        self.house.watch.look()
        await self.settle()

    async def settle(self) -> None:
        """Wait until all that came in is worked off and sent."""
        async with asyncio.timeout(JOB):
            while True:
                await self.demo.world.wait_until(lambda: not self.demo.world.pending(), JOB)
                await self.house.clerk.idle()
                await self.house.courier.idle()
                # timers first: one that fires meanwhile is then seen in the inbox
                due = await self.house.store.next_due()
                counts = await self.house.store.counts()
                quiet = counts["inbox_pending"] == 0 and (due is None or due > self.clock.now())
                if quiet and counts["letters_waiting"] == 0 and not self.demo.world.pending():
                    return
                self.house.clerk.wake()
                self.house.watch.look()

    # -- looking

    @property
    def thread(self) -> int:
        """The newest topic's thread, or the chosen one's."""
        topics = self.demo.world.topics(self.demo.desk.id)
        if self.chosen_topic is not None:
            return self.chosen_topic
        if not topics:
            raise StoryBroken("there is no topic at the desk")
        return topics[-1].id

    def thread_of(self, case_no: str) -> int:
        """The thread of a case's topic."""
        topics = self.demo.world.topics(self.demo.desk.id)
        found = [one.id for one in topics if case_no in one.name]
        if not found:
            raise StoryBroken(f"there is no topic for {case_no}")
        return found[-1]

    def _person(self, name: str) -> Person:
        agents = {agent.name: agent for agent in (*self.demo.agents, self.demo.stranger)}
        if name in agents:
            return agents[name]
        if name in ("客户", "Customer"):
            return self.demo.customer
        if name not in self.customers:
            code = "en" if name.isascii() else "zh-hans"
            self.customers[name] = self.demo.world.add_user(name, language_code=code)
        return self.customers[name]

    def _chat_key(self) -> str:
        return f"chat {self._person(self.speaking).id}"

    def _bot_messages(self) -> list[Message]:
        return self.demo.world.from_bot(self._person(self.speaking).id)

    def _topic_lines(self) -> list[Message]:
        """What the bot wrote in the topic after its card and its log."""
        said = self.demo.world.from_bot(self.demo.desk.id, thread_id=self.thread)
        return said[2:]

    def _general_lines(self) -> list[Message]:
        said = self.demo.world.from_bot(self.demo.desk.id)
        return [one for one in said if one.thread_id is None]

    def card(self) -> str:
        """The text of the newest topic's card."""
        said = self.demo.world.from_bot(self.demo.desk.id, thread_id=self.thread)
        return said[0].text if said else ""

    def notice(self) -> str:
        """What the last press was answered with."""
        return (self.pressed.answer or {}).get("text", "") if self.pressed else ""

    def log(self) -> str:
        """The talk so far, as the topic shows it first."""
        said = self.demo.world.from_bot(self.demo.desk.id, thread_id=self.thread)
        return said[1].text if len(said) > 1 else ""

    def said(self) -> list[str]:
        """All that the bot has said to the customer who speaks."""
        return [one.text for one in self._bot_messages()]

    def _expect(self, key: str, messages: list[Message], words: str) -> None:
        seen = self.heard.get(key, 0)
        if seen >= len(messages):
            raise StoryBroken(f"the bot said nothing more ({key})")
        match_words(words, messages[seen].text or "", key)
        self.heard[key] = seen + 1

    def _expect_buttons(self, words: str) -> None:
        seen = self.heard.get(self._chat_key(), 0)
        labels = buttons_of(self._bot_messages()[seen - 1])
        wanted = [one.strip() for one in words.split("|") if one.strip()]
        if labels != wanted:
            raise StoryBroken(f"the buttons are {' | '.join(labels)}")

    def _nothing_more(self) -> None:
        for name in ["客户", *self.customers]:
            self.speaking = name
            said = self._bot_messages()
            seen = self.heard.get(self._chat_key(), 0)
            if seen < len(said):
                more = "\n".join(f"机器人: {one.text}" for one in said[seen:])
                raise StoryBroken(f"the bot said more to {name}:\n{more}\n\n{self.transcript()}")

    def _find(self, words: str, *, at_desk: bool) -> Message:
        chat = self.demo.desk.id if at_desk else self._person(self.speaking).id
        found = [one for one in self.demo.world.history(chat) if words in one.text]
        if not found:
            raise StoryBroken(f"nobody said {words}")
        return found[-1]

    def transcript(self) -> str:
        """What really happened, for reading when a story breaks."""
        lines = ["what happened:"]
        chats = [self.demo.customer.id, *(one.id for one in self.customers.values()), self.demo.desk.id]
        for chat in chats:
            for one in self.demo.world.history(chat):
                who = "机器人" if one.from_bot else one.sender.name
                topic = f" [{one.thread_id}]" if one.thread_id else ""
                lines.append(f"  {who}{topic}: {one.text or one.service or one.media}")
                if labels := buttons_of(one):
                    lines.append(f"      按钮: {' | '.join(labels)}")
        return "\n".join(lines)

    async def case(self, number: int = -1) -> Case:
        """The newest case, as it is kept."""
        return (await self.kept())[number][0]

    async def kept(self) -> list[tuple[Case, list[TimelineRow]]]:
        """Every case with its timeline."""
        return [pair async for pair in self.house.store.cases()]

    async def case_no(self) -> CaseNo:
        """The newest case's number."""
        return (await self.case()).no

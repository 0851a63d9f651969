"""Plays conversations on the real bot: real HTTP, a real database, and a controlled clock.

A story is a chat log. Each line says who speaks; what the bot says is checked against the line, where `…` stands
for words that may be anything. Everything the bot says has its line, so nothing unexpected can hide.

    客户: 上周买的电热壶不通电          a customer writes (also 客户2, Customer)
    客户发图: 说明                      … sends a photo with a caption (发语音, 发位置 …)
    客户点: 同意                        … presses the button with this label, on the newest message that has it
    机器人: …抱歉…订单号…               the bot's next message to that customer (Bot)
    按钮: 跳过 | 转人工                  its buttons
    林晓: 您好，我来处理                 an agent writes in the case's topic. At the desk are 林晓 and 王珂 (agents),
                                        陈岚 (supervisor), 赵铭 (manager), 方宁 (legal); 路人甲 is no member
    林晓点: 我来接                       … presses a button of the topic; if it has none with this label, of General
    林晓回: 您好 > /delete               … replies to the newest message there with these words
    林晓改: 您好 > 你好                  … edits an own message
    林晓删: 您好                         … deletes a message by hand, of which Telegram tells nobody
    林晓表情: 您好 > 👍                 … reacts to it (无: takes it back)
    林晓在大群: 中午吃什么              … writes in General of the common desk (陈岚在大群点: …, 在大群回: … likewise)
    林晓在安全群: 收到                  … in General of the queue's own group with this title (在安全群点: … likewise)
    林晓私聊: 我要投诉                  … in their own chat with the bot, as a customer would (私聊点: … likewise)
    话题: 100-0001                      from here on agents are in this case's topic, in whichever group it is
                                        now (else in the newest; 话题: 最新 goes back to that)
    群: …                               the next line the bot writes in the topic (card and log excepted)
    大群: …                             the next line it writes in General of the common desk
    安全群: …                           … in General of the group with this title
    提示: …                             the notice that answers the last press
    卡片: …                             what the case's card now holds
    记号: 👌                            the sign that the bot put on what an agent wrote last in the topic
    -- 4秒                              time passes at one go (秒 分钟 小时 天, s min h d)
    .. 3天                              … and what is due meanwhile happens when it is due
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

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
from tests.stories import spots
from tests.stories.deeds import do_deed
from tests.stories.script import (
    IN_PRIVATE,
    StoryBroken,
    button_once,
    buttons_of,
    lines_of,
    match_words,
    span_of,
    who_where_deed,
)
from tests.stories.spots import Spot

JOB = 60.0
"""Real seconds that the house gets to become quiet; it needs milliseconds, unless the machine is busy."""
LOOKED_AT = ("提示", "Notice", "卡片", "Card", "记号", "Sign")


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
    chosen_case: str | None = None
    """In whose topic agents are, if it is not the newest."""

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
        if line.startswith(".."):
            await self.live_through(span_of(line[2:].strip()))
            return
        who, _, words = line.partition(":")
        who, words = who.strip(), words.strip()
        if who in ("机器人", "Bot"):
            self._expect(self._chat_key(), self._bot_messages(), words)
        elif who in ("按钮", "Buttons"):
            self._expect_buttons(words)
        elif who in ("群", "Topic"):
            self._expect(self.spot.key, self.topic_lines(), words)
        elif who in ("大群", "General", *self._titles()):
            there = spots.general(self.demo, who)
            self._expect(there.key, spots.from_bot(self.demo, there), words)
        elif who in LOOKED_AT:
            match_words(words, self._looked_at(who), who)
        elif who in ("话题", "Case"):
            self.chosen_case = None if words in ("最新", "newest") else words
            _ = self.spot
        else:
            await self.do(who, words)

    async def do(self, who: str, words: str = "") -> None:
        """One line of a log, whatever the bot says to it."""
        await self._act(who, words)
        await self.settle()

    async def _act(self, who: str, words: str) -> None:
        name, place, deed = who_where_deed(who, self._titles())
        person, where = self._person(name), self._where(self._person(name), place)
        if where is None:
            self.speaking = name
        if deed == "点":
            self._press(person, words, where, only_there=bool(place))
        else:
            speaker = self._person(self.speaking) if where is None else person
            find = partial(spots.said_with, self.demo, where, speaker, own=deed == "改")
            do_deed(self.demo.world, person, deed, words, where, find)

    def _where(self, person: Person, place: str) -> Spot | None:
        """Where somebody acts: a customer in their own chat (None), an agent in the topic or where the log says."""
        colleagues = {agent.id for agent in (*self.demo.agents, self.demo.stranger)}
        if place == IN_PRIVATE or person.id not in colleagues:
            return None
        return spots.general(self.demo, place) if place else self.spot

    def _press(self, person: Person, label: str, where: Spot | None, *, only_there: bool) -> None:
        """Press a button; one that is gone from the screen is pressed as an old screen would."""
        world = self.demo.world
        if where is not None:
            message, data = spots.button_at(self.demo, [where], label, only_there=only_there)
        elif found := button_once(world.from_bot(person.id), label):
            message, data = found
        else:
            raise StoryBroken(f"there is no button {label}")
        self.pressed = world.press_unseen(person.id, message, data)

    # -- time and quiet

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass, and let the house do what is due."""
        self.clock.move(by)
        self.house.watch.look()
        self.house.archivist.wake()
        await self.settle()

    async def live_through(self, span: timedelta) -> None:
        """Let time pass from one thing that is due to the next, as it does."""
        end = self.clock.now() + span
        while (due := await self.house.store.next_due()) is not None and due < end:
            await self.pass_time(max(due - self.clock.now(), timedelta(0)))
        await self.pass_time(end - self.clock.now())

    async def settle(self) -> None:
        """Wait until all that came in is worked off and sent."""
        async with asyncio.timeout(JOB):
            while True:
                await self.demo.world.wait_until(lambda: not self.demo.world.pending(), JOB)
                await self.house.clerk.idle()
                await self.house.courier.idle()
                await self.house.archivist.idle()
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
    def spot(self) -> Spot:
        """The newest topic, or the chosen case's, in whichever group it is now."""
        if self.chosen_case is not None:
            return spots.topic_of(self.demo, self.chosen_case)
        return spots.newest_topic(self.demo)

    @property
    def thread(self) -> int:
        """The thread of that topic."""
        return self.spot.thread or 0

    def thread_of(self, case_no: str) -> int:
        """The thread of a case's topic."""
        return spots.topic_of(self.demo, case_no).thread or 0

    def _looked_at(self, who: str) -> str:
        if who in ("卡片", "Card"):
            return self.card()
        return self.notice() if who in ("提示", "Notice") else spots.sign(self.demo, self.spot)

    def _titles(self) -> tuple[str, ...]:
        return tuple(one.title or "" for one in self.demo.groups)

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

    def topic_lines(self) -> list[Message]:
        """What the bot wrote in the topic after its card and its log."""
        return spots.after_card(self.demo, self.spot)

    def card(self) -> str:
        """The text of the card in the newest or chosen topic."""
        said = spots.from_bot(self.demo, self.spot)
        return said[0].text.removesuffix(spots.talk_under(said[0])).rstrip() if said else ""

    def notice(self) -> str:
        """What the last press was answered with."""
        return (self.pressed.answer or {}).get("text", "") if self.pressed else ""

    def log(self) -> str:
        """The talk so far, as the topic shows it first."""
        said = spots.from_bot(self.demo, self.spot)
        return (spots.talk_under(said[0]) or "".join(one.text for one in said[1:2])) if said else ""

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
        agents = [one.name for one in self.demo.agents if f"chat {one.id}" in self.heard]
        for name in ["客户", *self.customers, *agents]:
            self.speaking = name
            said = self._bot_messages()
            seen = self.heard.get(self._chat_key(), 0)
            if seen < len(said):
                more = "\n".join(f"机器人: {one.text}" for one in said[seen:])
                raise StoryBroken(f"the bot said more to {name}:\n{more}\n\n{self.transcript()}")

    def transcript(self) -> str:
        """What really happened, for reading when a story breaks."""
        return spots.transcript(self.demo, tuple(self.customers.values()))

    async def case(self, number: int = -1) -> Case:
        """The newest case, as it is kept."""
        return (await self.kept())[number][0]

    async def kept(self) -> list[tuple[Case, list[TimelineRow]]]:
        """Every case with its timeline."""
        return [pair async for pair in self.house.store.cases()]

    async def case_no(self) -> CaseNo:
        """The newest case's number."""
        return (await self.case()).no

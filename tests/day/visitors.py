"""The customers of a day: most are content, some bargain, say no, get angry, vanish, block the bot, come back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.complaint.ids import UserId
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from tests.day.shift import Deed, Shift
from tests.stories.script import buttons_of

STORIES = (
    "上周买的电热壶不通电，订单8841",
    "收到的吐司发霉了，昨天才到的货",
    "少发了两包坚果，怎么办，订单1790",
    "酸奶漏了一箱，包装都湿了，订单1638",
    "客服电话打了三次都没人接",
    "退款说好三天到账，一周了还没有",
    "破壁机声音大得像拖拉机，订单1029",
    "炒锅用了两次就粘锅，订单1317",
    "牛奶里有头发，恶心",
    "我要退货，跟页面说的完全不一样，电饭煲，订单1250",
    "蜂蜜瓶盖是松的，流了一地，订单2036",
    "面条过期了，赔我十倍",
    "转人工，电热壶不通电，订单2208",
    "找你们的人，炒锅粘锅，订单2618",
)
WISHES = ("退款", "换个新的", "给我个说法", "赔我500", "你们看着办")
DANGERS = (
    "孩子喝了你们的牛奶，上吐下泻，在医院挂水",
    "吃了你们的饼干，孩子嘴肿起来了，喘不上气",
    "电热壶漏电，我手被电麻了，烫伤一大片",
)
LEGAL = "我要起诉你们，律师函这周就到，订单8841的电热壶"
HOT = ("气死我了！！！你们到底管不管，太过分了！！！", "垃圾公司！骗子！我要气死了！！")
ANSWERS = ("好的，谢谢", "大概什么时候能有消息", "东西还在我这里", "上个月买的", "好的，麻烦快一点")
YES = ("同意", "解决了", "会", "到了", "没有不舒服", "没人吃", "没人受伤")
NO = ("不接受", "还没有", "还是找同事")
BARGAIN = "改一改"
SCORES = ("4", "5")
AT_ONCE = 3
RARELY = 3
"""Whoever hears nothing looks half as often each time, so many times."""
SKIP = "跳过"

MOODS = (
    *("easy",) * 58, *("bargains",) * 11, *("refuses",) * 8, *("vanishes",) * 7, *("angry",) * 7,
    *("blocks",) * 3, *("withdraws",) * 2, *("press",) * 4,
)  # fmt: skip
"""A hundred of them."""


class Opening(NamedTuple):
    """A word of somebody's that wants an answer at once."""

    person: int
    message: int


@dataclass(slots=True)
class Visitor:
    """Somebody who complains: answers what is asked for a while, then wants a person."""

    person: Person
    mood: str
    patience: int
    read: int = 0
    """How many of the bot's messages they have seen."""
    refused: int = 0
    angry: int = 0
    gone: bool = False
    with_person: bool = False
    """Somebody at the desk has their case."""
    idle: int = 0
    """How often they looked, and there was nothing new."""
    again: bool = False
    """They have come back, or opened a second complaint."""


@dataclass(slots=True)
class Visitors:
    """All who come this day."""

    shift: Shift
    known: dict[int, Visitor] = field(default_factory=dict)
    openings: list[Opening] = field(default_factory=list)

    def expect(self, cases: int, begins: datetime, ends: datetime) -> None:
        """So many come between these moments."""
        span = (ends - begins).total_seconds()
        for _ in range(cases):
            self.shift.plan(begins + timedelta(seconds=self.shift.chance.uniform(0, span)), self._arrival())

    def hurt(self, cases: int, begins: datetime, ends: datetime) -> None:
        """So many people in danger come beside them, three in the first minute."""
        span = (ends - begins).total_seconds()
        for number in range(cases):
            after = number * 15 if number < AT_ONCE else self.shift.chance.uniform(60, span)
            self.shift.plan(begins + timedelta(seconds=after), self._arrival(grave=True))

    def _arrival(self, *, grave: bool = False) -> Deed:
        async def come() -> None:
            chance = self.shift.chance
            person = self.shift.stage.demo.world.add_user(
                f"顾客{len(self.known) + 1}", language_code="zh-hans", phone="+8613800005678"
            )
            visitor = Visitor(person=person, mood=chance.choice(MOODS), patience=chance.randint(0, 3))
            self.known[person.id] = visitor
            share = chance.random()
            story = (
                chance.choice(DANGERS)
                if grave or share < 0.04
                else LEGAL
                if share < 0.06
                else chance.choice(STORIES)
            )
            self._open(visitor, story)
            self.shift.soon(15, 60, self._turn(visitor))

        return come

    def _open(self, visitor: Visitor, words: str) -> None:
        self.openings.append(Opening(visitor.person.id, self._write(visitor, words)))

    def _write(self, visitor: Visitor, words: str) -> int:
        if self._blocked(visitor):
            self.shift.stage.demo.world.unblock(visitor.person.id)
            visitor.gone = False
        return self.shift.stage.demo.world.say(visitor.person.id, words).id

    def _turn(self, visitor: Visitor) -> Deed:
        async def look() -> None:
            said = self.shift.stage.demo.world.from_bot(visitor.person.id)
            fresh, visitor.read = said[visitor.read :], len(said)
            visitor.idle = 0 if fresh else min(visitor.idle + 1, RARELY)
            if fresh and not visitor.gone:
                self._react(visitor, fresh)
            self.shift.soon(30 * 2**visitor.idle, 240 * 2**visitor.idle, self._turn(visitor))

        return look

    def _react(self, visitor: Visitor, fresh: Sequence[Message]) -> None:
        asking = next((one for one in reversed(fresh) if buttons_of(one)), None)
        if self._moody(visitor, fresh):
            return
        if asking is not None:
            self._answer(visitor, asking, buttons_of(asking))
        elif visitor.with_person and self.shift.luck(0.3) and not _is_over(fresh[-1]):
            self._write(visitor, self.shift.chance.choice(ANSWERS))

    def _moody(self, visitor: Visitor, fresh: Sequence[Message]) -> bool:
        """What only some do once a person is there."""
        taken = any("接手" in one.text for one in fresh)
        visitor.with_person = visitor.with_person or taken
        if not taken:
            return False
        if visitor.mood == "vanishes" and self.shift.luck(0.5):
            visitor.gone = True
        elif visitor.mood == "blocks":
            visitor.gone = True
            self.shift.stage.demo.world.block(visitor.person.id)
            if self.shift.luck(0.6):
                self.shift.soon(1800, 7200, self._unblock(visitor))
        elif visitor.mood == "angry" and visitor.angry < len(HOT):
            self._write(visitor, HOT[visitor.angry])
            visitor.angry += 1
        elif visitor.mood == "withdraws":
            self._write(visitor, "/withdraw")
        else:
            return False
        return True

    def _unblock(self, visitor: Visitor) -> Deed:
        async def back() -> None:
            self.shift.stage.demo.world.unblock(visitor.person.id)
            visitor.gone = False

        return back

    def _answer(self, visitor: Visitor, asking: Message, labels: Sequence[str]) -> None:
        label = self._choice(visitor, labels)
        if label is not None:
            self._press(visitor, asking, label)
        elif visitor.with_person:
            return
        elif visitor.patience > 0:
            visitor.patience -= 1
            self._write(visitor, self.shift.chance.choice(WISHES))
        elif visitor.patience == 0:
            visitor.patience = -1
            self._write(visitor, "转人工")

    def _choice(self, visitor: Visitor, labels: Sequence[str]) -> str | None:
        """The button they press; None if they write instead."""
        if "不接受" in labels:
            return self._to_offer(visitor)
        if "撤回" in labels:
            return "撤回"
        if scores := [one for one in labels if one in SCORES]:
            return self.shift.chance.choice(scores)
        reluctant = visitor.mood in ("refuses", "angry") and visitor.refused < 2
        if reluctant and (refusal := next((one for one in labels if one in NO), None)):
            visitor.refused += 1
            return refusal
        yes = next((one for one in labels if one.startswith((*YES, "可以"))), None)
        hours = next((one for one in labels if "–" in one), None)
        return yes or hours or (SKIP if SKIP in labels and self.shift.luck(0.5) else None)

    def _to_offer(self, visitor: Visitor) -> str | None:
        """What they say to an offer by people."""
        if visitor.mood == "bargains" and visitor.refused == 0:
            visitor.refused += 1
            self.shift.soon(20, 60, self._say_later(visitor, "再补偿100块吧"))
            return BARGAIN
        if visitor.mood == "refuses" and visitor.refused < 3:
            visitor.refused += 1
            return "不接受"
        return "同意"

    def _say_later(self, visitor: Visitor, words: str) -> Deed:
        async def say() -> None:
            self._write(visitor, words)

        return say

    def _press(self, visitor: Visitor, message: Message, label: str) -> None:
        rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
        data = next((key.get("callback_data") for row in rows for key in row if key["text"] == label), None)
        if data is not None:
            self.shift.stage.demo.world.press_unseen(visitor.person.id, message, data)

    # -- some come again

    def second_matters(self, share: float) -> Deed:
        """Of those who are here then, so many open another complaint beside the first."""

        async def choose() -> None:
            for visitor in self._some(share):
                self.shift.soon(60, 3600, self._second(visitor))

        return choose

    def _second(self, visitor: Visitor) -> Deed:
        async def open_another() -> None:
            visitor.with_person = False
            self._open(visitor, "/new")
            self.shift.soon(5, 20, self._say_later(visitor, self.shift.chance.choice(STORIES)))

        return open_another

    def come_back(self, share: float) -> Deed:
        """Of those who were here before, so many come with the same trouble."""

        async def choose() -> None:
            for visitor in self._some(share):
                self.shift.soon(60, 5400, self._same_again(visitor))

        return choose

    def _same_again(self, visitor: Visitor) -> Deed:
        async def write() -> None:
            cases = await self.shift.stage.house.store.cases_of(UserId(visitor.person.id), self.shift.now)
            words = "昨天的事又来了，还是坏的，没解决"
            visitor.with_person = False
            if any(one.is_open for one in cases):
                self._write(visitor, words)
            else:
                self._open(visitor, words)

        return write

    def _some(self, share: float) -> list[Visitor]:
        """Of those who were not chosen before, and can write."""
        here = [one for one in self.known.values() if not one.again and not self._blocked(one)]
        chosen = [one for one in here if self.shift.luck(share)]
        for one in chosen:
            one.again, one.gone = True, False
        return chosen

    def _blocked(self, visitor: Visitor) -> bool:
        chat = self.shift.stage.demo.world.chats.get(visitor.person.id)
        return chat is not None and chat.blocked


def _is_over(newest: Message) -> bool:
    """They were thanked, or told that it is done: nothing more is to be said."""
    return any(words in newest.text for words in ("办完了", "谢谢您", "撤回了"))

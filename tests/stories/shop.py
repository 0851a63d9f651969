"""A stage with accounts of the brand's own, to which customers write as to anybody.

客户在小店: 电热壶漏水           a customer writes to the account 小店 (点, 发图, 回, 改 … as in their own chat)
机器人: …                       the bot's next message in the chat where the customer wrote last
小店: 您好，我是周老板            the owner answers that customer from the phone (小店改: old > new, 小店发图: …)
小店接上 / 小店断开 / 小店收权:    the owner connects the bot (anew), lets it go, takes the right to reply away
小店放权:                        … and gives it back
看: 私聊                        … or 看: 小店: which of the customer's chats the next lines are about
删了: 电热壶                      the newest message with these words is deleted in that chat
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.accounts import RIGHTS, AccountChat
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from tests.stories.deeds import do_deed
from tests.stories.raising import raise_stage
from tests.stories.script import StoryBroken, button_once, who_where_deed
from tests.stories.spots import Spot
from tests.stories.stage import Stage

CONNECTED = "大群: …小店 的账号接上了…"
KETTLE = "上周买的电热壶不通电，壶嘴一倒就漏水"
HEARD = f"""
    {CONNECTED}
    客户在小店: {KETTLE}
    机器人: 在的…编号 100-0001…
"""
"""A customer has complained to the account, and was told that somebody listens."""
ASKED = f"""
    {HEARD}
    -- 6秒
    机器人: 谢谢您告诉我们…订单号是多少…
"""
"""… and was asked for the order."""
CALLED = f"""
    {ASKED}
    客户在小店: 转人工
    机器人: 已为您转人工…
"""
"""… and has asked for a person."""


@dataclass(slots=True)
class Shop(Stage):
    """A stage on which customers have two doors."""

    owners: dict[str, Person] = field(default_factory=dict)
    behind: str = ""
    """The account whose chat the customer is in; empty for the bot's own."""

    def open(self, name: str = "小店") -> Person:
        """An owner connects the bot to an account of this name."""
        world = self.demo.world
        self.owners[name] = world.add_user(name, language_code="zh-hans", role="owner")
        world.connect(self.owners[name].id)
        return self.owners[name]

    def chat(self, name: str, customer: str = "客户") -> AccountChat:
        """The chat of a customer with an account."""
        return self.demo.world.account_chat(self.owners[name].id, self._person(customer).id)

    async def _act(self, who: str, words: str) -> None:
        account = next((one for one in self.owners if one in who), "")
        if who == "删了":
            self._erase(words)
        elif who == "看":
            self.behind = "" if words == "私聊" else words
        elif account and who.startswith(account):
            self._owner(account, who.removeprefix(account), words)
        elif account and f"在{account}" in who:
            self._customer(account, who.replace(f"在{account}", ""), words)
        else:
            await Stage._act(self, who, words)
            if self.speaking in ("客户", *self.customers) and who.startswith(self.speaking):
                self.behind = ""

    def _customer(self, account: str, who: str, words: str) -> None:
        name, _, deed = who_where_deed(who)
        self.speaking, self.behind = name, account
        person, chat = self._person(name), self.chat(account, name)
        if deed == "点":
            found = button_once(self.demo.world.from_bot(chat.id), words)
            if found is None:
                raise StoryBroken(f"there is no button {words}")
            self.pressed = self.demo.world.press_unseen(person.id, *found)
            return
        do_deed(self.demo.world, person, deed, words, Spot(chat), self._newest)

    def _owner(self, account: str, deed: str, words: str) -> None:
        world, owner = self.demo.world, self.owners[account]
        if deed == "接上":
            world.connect(owner.id)
        elif deed == "断开":
            world.disconnect(owner.id)
        elif deed in ("收权", "放权"):
            world.give_rights(owner.id, RIGHTS if deed == "放权" else ("can_read_messages",))
        else:
            chat = self.chat(account, self.speaking)
            do_deed(world, owner, deed, words, Spot(chat), self._newest)

    def _erase(self, words: str) -> None:
        found = self._newest(words)
        self.demo.world.delete(found.chat_id, found.id)

    def _newest(self, words: str) -> Message:
        """The newest message with these words in the chat where the customer is."""
        said = [one for one in self.demo.world.history(self._place()) if words in one.text]
        if not said:
            raise StoryBroken(f"nobody said {words}")
        return said[-1]

    def _place(self) -> int:
        if self.behind:
            return self.chat(self.behind, self.speaking).id
        return self._person(self.speaking).id

    def _chat_key(self) -> str:
        return f"chat {self._place()}"

    def _bot_messages(self) -> list[Message]:
        return self.demo.world.from_bot(self._place())

    def _nothing_more(self) -> None:
        speaking, behind = self.speaking, self.behind
        self.behind = ""
        Stage._nothing_more(self)
        for account, owner in self.owners.items():
            for name in ("客户", *self.customers):
                person = self._person(name)
                if person.id in self.demo.world.account(owner.id).chats:
                    self.speaking, self.behind = name, account
                    seen = self.heard.get(self._chat_key(), 0)
                    if seen < len(self._bot_messages()):
                        more = "\n".join(one.text for one in self._bot_messages()[seen:])
                        raise StoryBroken(
                            f"the bot said more to {name} at {account}:\n{more}\n\n{self.transcript()}"
                        )
        self.speaking, self.behind = speaking, behind

    def transcript(self) -> str:
        """What really happened, the accounts' chats too."""
        lines = [Stage.transcript(self)]
        for account, owner in self.owners.items():
            for chat in self.demo.world.account(owner.id).chats.values():
                lines.append(f"  -- {account} / {chat.name}")
                for one in self.demo.world.history(chat.id, everything=True):
                    who = "机器人" if one.from_bot else one.sender.name
                    lines.append(f"  {who}{'（删了）' if one.deleted else ''}: {one.text or one.media}")
                    if labels := [key["text"] for row in one.buttons for key in row]:
                        lines.append(f"      按钮: {' | '.join(labels)}")
        return "\n".join(lines)


@asynccontextmanager
async def raise_shop(folder: Path, **more: Any) -> AsyncIterator[Shop]:  # noqa: ANN401 - passed on
    """A house with one account, 小店, to which the bot is connected."""
    async with raise_stage(folder, **more) as raised:
        shop = Shop(
            house=raised.house, demo=raised.demo, clock=raised.clock, rules=raised.rules, heard=raised.heard
        )
        shop.open()
        await shop.settle()
        yield shop


def refused(shop: Shop) -> list[str]:
    """What Telegram said no to."""
    return [f"{one.method}: {one.description}" for one in shop.demo.world.calls if not one.ok]

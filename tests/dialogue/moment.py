"""Building blocks for dialogue tests: people, orders, and a moment with its results."""

from dataclasses import dataclass
from typing import TypeVar

from bot.complaint.actions import Say, Tell, Turn
from bot.complaint.case import Case, Order, Person
from bot.complaint.conversation import Conversation
from bot.complaint.events import Event
from bot.complaint.ids import Cents, ChatId, UserId
from bot.complaint.reading import Reading
from bot.dialogue.steps import Signal

CHAT = ChatId(700)
DESK = ChatId(-1001)
CUSTOMER = Person(id=UserId(700), name="周敏")
SOMEBODY_ELSE = Person(id=UserId(701), name="路人甲")
AGENTS = (Person(id=UserId(11), name="林晓"), Person(id=UserId(12), name="王珂"))

KETTLE = Order(order_no="HS260621-8841", product="1.7升电热壶", price=Cents(89_00), bought_on="2026-06-21")
BLENDER = Order(order_no="HS260603-1029", product="轻音破壁机", price=Cents(399_00), bought_on="2026-06-03")
BREAD = Order(order_no="HS260610-1502", product="全麦吐司面包", price=Cents(15_80), bought_on="2026-06-10")
ORDERS = {order.order_no[-4:]: order for order in (KETTLE, BLENDER, BREAD)}
"""A cheap order, one above the bot's authority, and food."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """One event and all that came of it."""

    event: Event
    before: Case | None
    talk_before: Conversation
    reading: Reading | None
    signal: Signal | None
    """None for an agent's act."""
    turn: Turn
    words: tuple[str, ...]
    """What the complainant reads, a message each, as HTML."""

    @property
    def case(self) -> Case:
        """The case afterwards."""
        assert self.turn.case is not None
        return self.turn.case

    @property
    def talk(self) -> Conversation:
        """The talk afterwards."""
        assert self.turn.conversation is not None
        return self.turn.conversation

    @property
    def says(self) -> list[Say]:
        """What the complainant is told."""
        return self.all(Say)

    @property
    def said(self) -> list[str]:
        """The names of the replies."""
        return [one.name for one in self.says]

    @property
    def told(self) -> list[str]:
        """The names of the desk's lines."""
        return [one.name for one in self.all(Tell)]

    def all(self, kind: type[T]) -> list[T]:
        """The actions of one kind."""
        return [one for one in self.turn.actions if isinstance(one, kind)]

    def reply(self, name: str) -> Say:
        """The reply of this name; it must have been given."""
        return next(one for one in self.says if one.name == name)

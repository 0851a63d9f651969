"""Recognises requests for a list, a case, a customer or the roster."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.complaint.boards import Board, Filter, Hits
from bot.complaint.case import Case, Queue
from bot.complaint.deskwork import SealedDeed
from bot.complaint.events import AgentEdited, AgentWrote, Event, Pressed
from bot.complaint.ids import CaseNo, ThreadRef, UserId, case_no_from
from bot.desk.notes import order_of
from bot.desk.presses import NO_CASE, press_data, read_press
from bot.policy.rules import Rules
from bot.reading.deskwords import means_all, queue_called

LISTS: Final = frozenset(one.value for one in Board)
BOARD: Final = "board"
"""Asks for the way to the supervisor's page."""
ASKS: Final = LISTS | {"case", "customer", "roster", "access", BOARD}
"""Commands that only look, wherever they are given."""
TURNED: Final = "page"
"""The act of a button that turns a page of a list, or shows it anew."""
PAGE: Final = 8
"""Lines on one page: with its head a list fits a phone."""
MOST_PAGES: Final = 99
LONGEST_DATA: Final = 64
"""Bytes that Telegram gives a button to say."""
CASE_DIGITS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request: what to show, which page, and whose."""

    kind: str
    asker: UserId
    """Whoever asked first: pages stay theirs, whoever turns them."""
    argument: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was looked up for an ask."""

    hits: Hits = field(default_factory=Hits)
    page: int = 0
    """The page that is shown; the last one, where what was asked for lies behind it."""
    cases: Mapping[CaseNo, Case] = field(default_factory=dict)
    places: Mapping[CaseNo, ThreadRef] = field(default_factory=dict)
    """Where the topics of these cases are."""
    case: Case | None = None
    """The one that was asked for."""
    history: tuple[Case, ...] = ()
    """A page of the cases of the customer who is meant, the newest first."""
    blocked: bool = False
    """That customer blocked the bot."""
    deeds: tuple[SealedDeed, ...] = ()
    """Who looked, from the audit, the newest first."""
    known: bool = True
    """Whether what was named is a case or a colleague at all."""


NOTHING: Final = Found()


def asked(event: Event) -> Ask | None:
    """The request in this event; None if there is none. Editing a command asks nothing."""
    if isinstance(event, Pressed):
        press = read_press(event.data)
        return _turned(press.value) if press is not None and press.act == TURNED else None
    if not isinstance(event, AgentWrote) or isinstance(event, AgentEdited):
        return None
    order = order_of(event.text)
    if order is None or order.name not in ASKS:
        return None
    ask = Ask(kind=order.name, asker=event.sender.id)
    return Ask(kind=ask.kind, asker=ask.asker, argument=fitting(ask, order.argument))


def _turned(value: str) -> Ask | None:
    """The page that a button stands for; None if no button of ours says this."""
    kind, _, rest = value.partition(".")
    page, _, rest = rest.partition(".")
    asker, _, argument = rest.partition(".")
    if kind not in ASKS or not (page.isdecimal() and asker.isdecimal()):
        return None
    return Ask(kind=kind, asker=UserId(int(asker)), argument=argument, page=min(int(page), MOST_PAGES))


def value_of(ask: Ask, page: int) -> str:
    """What the button says that leads to this page."""
    return f"{ask.kind}.{page}.{ask.asker}.{ask.argument}"


def fitting(ask: Ask, argument: str) -> str:
    """As many of the search words as a button's data can hold."""
    words = " ".join(argument.replace("|", " ").split())
    bare = press_data(TURNED, value_of(ask, MOST_PAGES), NO_CASE)
    room = LONGEST_DATA - len(bare.encode())
    return words.encode()[:room].decode(errors="ignore").strip()


def filter_of(ask: Ask, rules: Rules) -> Filter | None:
    """What the store is asked; None where the words behind the command name nothing."""
    board = Board(ask.kind)
    if board is Board.QUEUE:
        queue = queue_named(ask.argument, rules)
        return Filter(board=board, queue=queue) if queue or not ask.argument else None
    if board is Board.FIND:
        return Filter(board=board, words=ask.argument) if ask.argument else None
    everybodys = board is not Board.MINE and means_all(ask.argument)
    return Filter(board=board, person=None if everybodys else ask.asker)


def queue_named(word: str, rules: Rules) -> Queue | None:
    """The queue that goes by this word: as the trade calls it, or as the brand does."""
    wanted = word.strip().casefold()
    brands = (
        queue
        for queue in Queue
        for name in (rules.queue(queue).owner, *rules.queue(queue).names.values())
        if name and name.casefold() == wanted
    )
    return queue_called(word) or next(brands, None)


def number_in(words: str) -> CaseNo | None:
    """The case number that is written here, in any spelling."""
    digits = re.sub(r"[\s-]", "", words)
    return case_no_from(int(digits)) if digits.isdecimal() and len(digits) == CASE_DIGITS else None

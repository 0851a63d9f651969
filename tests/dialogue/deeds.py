"""Every kind of event, tried once at every step of a talk."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.complaint.errors import ComplaintError
from bot.complaint.events import Due
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageId
from bot.dialogue.offered import ANSWERS as OFFER_ANSWERS
from bot.dialogue.presses import ACTS as PRESSES
from bot.dialogue.presses import ALWAYS, press_data
from tests.dialogue import pool
from tests.dialogue.moment import SOMEBODY_ELSE, Moment
from tests.dialogue.roads import Road
from tests.dialogue.talk_scene import Chat


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can happen, by the name that a failing test shows."""

    name: str
    do: Callable[[Chat], object]


def deeds() -> Iterator[Deed]:
    """Everything that can happen in a talk, once."""
    words = {text: None for kind in pool.KINDS for text in kind}
    for text in words:
        yield Deed(text, lambda chat, text=text: chat.write(text))  # type: ignore[misc]
        yield Deed(f"{text} (then quiet)", lambda chat, text=text: _write_and_wait(chat, text))  # type: ignore[misc]
        yield Deed(f"{text} (by edit)", lambda chat, text=text: chat.edit(text, MessageId(1)))  # type: ignore[misc]
    for kind in ("photo", "voice", "contact", "sticker"):
        yield Deed(kind, lambda chat, kind=kind: _send_and_wait(chat, kind))  # type: ignore[misc]
    for name in ("start", "new", "status", "human", "language", "withdraw", "rights", "help", "nonsense"):
        yield Deed(f"/{name}", lambda chat, name=name: chat.command(name))  # type: ignore[misc]
    for act in (*PRESSES, *ALWAYS, "nonsense"):
        for value in ("", "1", "9", "h1", "o1", "o5", "yes", "1782900000"):
            yield Deed(f"press {act} {value}", lambda chat, act=act, value=value: _press(chat, act, value))  # type: ignore[misc]
    for act in OFFER_ANSWERS:
        yield Deed(f"press {act}", lambda chat, act=act: _answer_offer(chat, act))  # type: ignore[misc]
        yield Deed(f"press {act} of another", lambda chat, act=act: _press(chat, act, "999-9999.o1"))  # type: ignore[misc]
    for kind in ("nudge", "quiet", "promise_near", "promise_due", "task_due", "fulfilment_check"):
        yield Deed(f"{kind} comes", lambda chat, kind=kind: _comes(chat, kind))  # type: ignore[misc]
    yield Deed("reacts", lambda chat: chat.react())
    yield Deed("blocks", lambda chat: chat.reach(reachable=False))
    yield Deed("comes back", lambda chat: chat.reach(reachable=True))
    yield Deed("foreign", lambda chat: chat.press_data(press_data("human", "", 1), SOMEBODY_ELSE))


def _write_and_wait(chat: Chat, text: str) -> None:
    chat.write(text)
    _hush(chat)


def _send_and_wait(chat: Chat, kind: str) -> None:
    chat.send(kind, detail="13800138000")
    _hush(chat)


def _hush(chat: Chat) -> None:
    if chat.current is not None and (chat.case.no, "quiet") in chat.timers:
        chat.quiet()


def _press(chat: Chat, act: str, value: str) -> None:
    chat.press_data(press_data(act, value, chat.talk.turn))


def _answer_offer(chat: Chat, act: str) -> None:
    """A button of the newest offer, in a turn long past: it stays good as long as the offer stands."""
    case = chat.current
    number = len(case.offers) if case is not None else 1
    chat.press_data(press_data(act, f"{case.no if case is not None else ''}.o{number}", 1))


def _comes(chat: Chat, kind: str) -> None:
    """A timer of this kind, whether one was set or not: restarts and outages bring them at any step."""
    case = chat.current
    if case is not None:
        promise = case.open_promises[0].id if case.open_promises else "p1"
        key = f"due:{promise}" if kind.startswith("promise") else kind
        chat.feed(Due(at=chat.now, chat=case.chat, case_no=case.no, kind=kind, key=key))


def _again(chat: Chat) -> Chat:
    """The same chat, to try something on."""
    return replace(
        chat,
        cases=dict(chat.cases),
        timers=dict(chat.timers),
        shown=list(chat.shown),
        last=list(chat.last),
        messages=dict(chat.messages),
        passed=[],
    )


def walk(road: Road) -> tuple[tuple[str, Moment], ...]:
    """What every deed leads to at the end of a road; each is tried on the same chat."""
    # a mutation run forks from a process that has walked already: each mutant walks for itself, and while it is
    # noted which test reaches what, every test does
    mutant = os.environ.get("MUTANT_UNDER_TEST", "")
    return _walk.__wrapped__(road, mutant) if mutant == "stats" else _walk(road, mutant)


@cache
def _walk(road: Road, _mutant: str) -> tuple[tuple[str, Moment], ...]:
    start = Chat()
    road(start)
    return tuple(step for deed in deeds() for step in _tried(deed, _again(start)))


def _tried(deed: Deed, chat: Chat) -> list[tuple[str, Moment]]:
    try:
        deed.do(chat)
    except ComplaintError as refused:
        raise AssertionError(f"{deed.name}: {refused}") from refused
    return [(deed.name, moment) for moment in chat.passed]

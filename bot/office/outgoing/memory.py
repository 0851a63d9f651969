"""Takes up, after a restart, the letters that wait and the rate limits already used."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

from bot.complaint.ids import LetterId
from bot.complaint.letters import Letter
from bot.office.clock import Clock
from bot.office.outage import LONGEST_PAUSE
from bot.office.outgoing.costs import FREE_KINDS
from bot.office.outgoing.lines import Lines
from bot.office.outgoing.pacing import MINUTE, Pace
from bot.store.port import NO_LETTER, Store

PAGE: Final = 1000
"""Letters read at once."""
GRACE: Final = (LONGEST_PAUSE + timedelta(seconds=0.2)).total_seconds()
"""Seconds in which a former courier, delayed by an outage, may still report its outcomes."""

LONGEST_REST: Final = 8.0
"""The longest delay in seconds of a letter that was attempted several times without an answer."""


async def take_up(store: Store, lines: Lines, pace: Pace, clock: Clock) -> None:
    """Load the letters, and the rate limits that the earlier run used.

    What was attempted and never answered for goes once more at every start, however often it was, and is marked:
    each of those ends may have come before Telegram had it, and a reply said twice is better than one lost. But
    one that was attempted before more than once rests first, so that a bot that dies as soon as it has started
    says it no more.
    """
    now = clock.now()
    for sent in await store.sent_to_groups(now - timedelta(seconds=MINUTE)):
        if sent.kind not in FREE_KINDS:
            # of what was under way when that run ended nobody knows when it was counted
            pace.note(sent.chat, min(sent.at or now, now).timestamp(), sent.parts)
    async for letter in _waiting(store):
        lines.add(letter, clock.now().timestamp(), _rest(letter, shared=store.shared))
    if len(lines):
        # what that run sent to people just now is not known
        pace.careful(clock.now().timestamp())
    lines.open(clock.now().timestamp())


def _rest(letter: Letter, *, shared: bool) -> float:
    """The delay in seconds for a letter that an earlier run attempted."""
    if letter.attempted_at is None:
        return 0.0
    again = min(LONGEST_REST, 2.0 ** (letter.attempts - 2)) if letter.attempts > 1 else 0.0
    return max(again, GRACE if shared else 0.0)


async def take_up_letters(store: Store, lines: Lines, clock: Clock, after: LetterId = NO_LETTER) -> None:
    """Take up the letters above this one that wait; those that are known stay as they are.

    One that is attempted and not known was settled while we read: nobody else attempts any.
    """
    async for letter in _waiting(store, after, untried=True):
        lines.add(letter, clock.now().timestamp())


async def _waiting(
    store: Store, after: LetterId = NO_LETTER, *, untried: bool = False
) -> AsyncIterator[Letter]:
    while page := await store.waiting(after=after, limit=PAGE, untried=untried):
        for letter in page:
            yield letter
        after = page[-1].id

"""What an earlier run left: its letters, and what it spent of the groups' minutes. Telegram counts on over it."""

from datetime import timedelta
from typing import Final

from bot.complaint.ids import LetterId
from bot.office.clock import Clock
from bot.office.courier_costs import FREE_KINDS
from bot.office.courier_lines import Lines
from bot.office.pacing import MINUTE, Pace
from bot.store.port import NO_LETTER, Store

PAGE: Final = 1000
"""Letters read at once."""


async def take_up(store: Store, lines: Lines, pace: Pace, clock: Clock) -> None:
    """Take up the letters, and go on at the pace of the run before."""
    now = clock.now()
    for sent in await store.sent_to_groups(now - timedelta(seconds=MINUTE)):
        if sent.kind not in FREE_KINDS:
            # of what was under way when that run ended nobody knows when it was counted
            pace.note(sent.chat, min(sent.at or now, now).timestamp(), sent.parts)
    await take_up_letters(store, lines, clock)
    if len(lines):
        # what that run sent to people just now is not known
        pace.careful(clock.now().timestamp())


async def take_up_letters(store: Store, lines: Lines, clock: Clock, after: LetterId = NO_LETTER) -> None:
    """Take up the letters above this one that wait; those that are known stay as they are."""
    while page := await store.waiting(after=after, limit=PAGE):
        seconds = clock.now().timestamp()
        for letter in page:
            lines.add(letter, seconds)
        after = page[-1].id

"""What follows from Telegram's answer to a letter: done, again later, or given up. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.events import DeskMoved, Event, Undelivered
from bot.complaint.ids import ChatId
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.complaint.records import Arrival
from bot.office.incoming.post import encode_event
from bot.office.outgoing.line import Pending
from bot.telegram.delivery import Delivered
from bot.telegram.failures import Fate

IDEMPOTENT: Final = frozenset(
    {
        LetterKind.EDIT,
        LetterKind.BUTTONS,
        LetterKind.REACT,
        LetterKind.CLOSE_TOPIC,
        LetterKind.REOPEN_TOPIC,
        LetterKind.RENAME_TOPIC,
        LetterKind.ANSWER_PRESS,
        LetterKind.TYPING,
        LetterKind.DELETE,
        LetterKind.DELETE_TOPIC,
        LetterKind.READ,
    }
)
"""Kinds that may be repeated without effect."""
TRIES_UNKNOWN: Final = 8
"""Trips of unknown outcome before the desk is told instead, in about two minutes. Each may have brought the letter
once more, but a line that breaks some times in a row mostly broke before, and a reply that is lost is worse."""
TRIES_PUZZLING: Final = 8
"""Attempts refused with an unknown description; about four minutes."""
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
NO_DESK: Final = 300.0
"""Seconds at most between attempts at a desk that the bot was put out of, or where it lacks a right."""
JITTER: Final = 0.25
"""Seconds at most, so that chats that were paused together do not come back together."""

_OUTCOMES: Final = {
    Fate.BLOCKED: Outcome.BLOCKED,
    Fate.NO_RIGHTS: Outcome.BLOCKED,
    Fate.GONE: Outcome.GONE,
    Fate.TARGET_GONE: Outcome.GONE,
    Fate.TOPIC_GONE: Outcome.GONE,
    Fate.QUERY_TOO_OLD: Outcome.EXPIRED,
    Fate.SHUT: Outcome.SHUT,
}
CARRIED_ON: Final = frozenset({LetterKind.TEXT, LetterKind.COPY, LetterKind.ALBUM, LetterKind.OPEN_TOPIC})
"""Kinds that go to the common desk when their group is unusable."""
SHUT_OUT: Final = frozenset({Fate.BLOCKED, Fate.GONE, Fate.NO_RIGHTS})
"""Outcomes at the desk that a person has to repair."""
_WORTH_TELLING: Final = frozenset(
    {
        LetterKind.TEXT,
        LetterKind.COPY,
        LetterKind.ALBUM,
        LetterKind.DOCUMENT,
        LetterKind.EDIT,
        LetterKind.OPEN_TOPIC,
        LetterKind.DELETE,
    }
)
"""Kinds that carry somebody's words, or without which words cannot be carried."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What to record, and when to try again (None: never)."""

    receipts: tuple[Receipt, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    again_at: datetime | None = None
    chat_rests: float = 0.0
    """Seconds for which the whole chat should rest."""


def conclude(pending: Pending, delivered: Delivered, now: datetime, jitter: float) -> Conclusion:
    """Judge a finished call. `jitter` is between 0 and 1. Counts the failure in `pending`."""
    fate = delivered.fate
    if fate in (Fate.DONE, Fate.DONE_ALREADY):
        return Conclusion(_arrived(pending, delivered, now))
    extra = jitter * JITTER
    if fate is Fate.FLOOD:
        wait = delivered.verdict.wait.total_seconds() + extra
        return _later(pending, delivered, now, wait, chat_rests=wait)
    if fate is Fate.MIGRATED and delivered.verdict.new_chat is not None and pending.letter.chat < 0:
        return _moved(pending, delivered, now, delivered.verdict.new_chat)
    pending.failures += 1
    return _trouble(pending, delivered, now, extra)


def _trouble(pending: Pending, delivered: Delivered, now: datetime, extra: float) -> Conclusion:
    fate, letter = delivered.fate, pending.letter
    if fate is Fate.UNKNOWN and letter.kind not in IDEMPOTENT:
        return _unknown(pending, delivered, now, extra)
    if fate in (Fate.LATER, Fate.UNKNOWN) or (fate is Fate.PUZZLING and pending.failures < TRIES_PUZZLING):
        return _later(pending, delivered, now, _growing(pending, LONGEST_PAUSE) + extra)
    if letter.chat < 0 and fate in SHUT_OUT and letter.kind is not LetterKind.DELETE_TOPIC:
        # somebody must let the bot back in; until then the desk's letters are kept, not lost
        wait = _growing(pending, NO_DESK) + extra
        return _later(pending, delivered, now, wait, chat_rests=wait)
    return _failed(pending, delivered, now, _OUTCOMES.get(fate, Outcome.REFUSED))


def detoured(pending: Pending, why: str, now: datetime) -> Conclusion:
    """The group became unusable: text goes to the common desk, everything else is dropped."""
    if pending.letter.kind in CARRIED_ON:
        return Conclusion(again_at=now)
    return Conclusion(
        tuple(Receipt(letter=one, outcome=Outcome.EXPIRED, at=now, reason=why) for one in pending.ids)
    )


def expired(letter: Letter, now: datetime) -> Receipt:
    """The receipt of a letter that is of no use any more."""
    return Receipt(letter=letter.id, outcome=Outcome.EXPIRED, at=now)


def arrival_of(event: Event, key: str) -> Arrival:
    """An event of the courier's for the inbox."""
    return Arrival(source="courier", key=key, chat=event.chat, body=encode_event(event), at=event.at)


def _arrived(pending: Pending, delivered: Delivered, now: datetime) -> tuple[Receipt, ...]:
    letter = pending.letter
    twice = letter.kind not in IDEMPOTENT and (pending.unknown > 0 or letter.attempted_at is not None)
    made = pending.messages or delivered.messages
    first = Receipt(
        letter=letter.id,
        outcome=Outcome.MAYBE_TWICE if twice else Outcome.SENT,
        at=now,
        message=made[0] if made else delivered.message,
        messages=made,
        thread=delivered.thread,
        reason=delivered.verdict.reason,
        chat=delivered.chat,
    )
    merged = (
        Receipt(letter=number, outcome=Outcome.MERGED, at=now, message=first.message, chat=delivered.chat)
        for number in pending.merged
    )
    return (first, *merged)


def _later(
    pending: Pending, delivered: Delivered, now: datetime, wait: float, *, chat_rests: float = 0.0
) -> Conclusion:
    again = now + timedelta(seconds=wait)
    reason = delivered.verdict.reason
    receipts = tuple(
        Receipt(letter=number, outcome=Outcome.WAITING, at=now, reason=reason, retry_at=again)
        for number in pending.ids
    )
    # an album that is half done, or a trip that perhaps arrived once, must stay marked as attempted
    open_end = pending.unknown or pending.messages or pending.letter.attempted_at is not None
    return Conclusion(() if open_end else receipts, again_at=again, chat_rests=chat_rests)


def _unknown(pending: Pending, delivered: Delivered, now: datetime, extra: float) -> Conclusion:
    pending.unknown += 1
    if pending.unknown >= TRIES_UNKNOWN:
        return _failed(pending, delivered, now, Outcome.REFUSED)
    # no receipt: after a crash the store must know that it was attempted
    return Conclusion(again_at=now + timedelta(seconds=_growing(pending, LONGEST_PAUSE) + extra))


def _failed(pending: Pending, delivered: Delivered, now: datetime, outcome: Outcome) -> Conclusion:
    letter, reason = pending.letter, delivered.verdict.reason
    receipts = tuple(Receipt(letter=number, outcome=outcome, at=now, reason=reason) for number in pending.ids)
    if letter.kind not in _WORTH_TELLING:
        return Conclusion(receipts)
    event = Undelivered(
        at=now,
        chat=letter.chat,
        case_no=letter.case_no,
        letter=letter.id,
        outcome=outcome.value,
        reason=reason,
        kind=letter.kind.value,
        source=letter.source,
    )
    return Conclusion(receipts, (arrival_of(event, str(letter.id)),))


def _moved(pending: Pending, delivered: Delivered, now: datetime, new_chat: ChatId) -> Conclusion:
    old = pending.letter.chat
    event = DeskMoved(at=now, chat=old, new_chat=new_chat)
    later = _later(pending, delivered, now, 0.0)
    return Conclusion(later.receipts, (arrival_of(event, f"moved:{old}:{new_chat}"),), again_at=now)


def _growing(pending: Pending, most: float) -> float:
    return float(min(most, FIRST_PAUSE * 2 ** min(16, pending.failures - 1)))

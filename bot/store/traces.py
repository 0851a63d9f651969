"""What delivered letters leave behind: mirrors, places, topics."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from bot.complaint.errors import RecordUnreadable
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, LetterId, MessageId, MessageRef, ThreadId
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.store.rows import Row, Trace, trace_from

ARRIVED = (Outcome.SENT, Outcome.MAYBE_TWICE, Outcome.MERGED)
_NOWHERE = (None,) * 4

Topic = tuple[str | None, ChatId]
"""A case's topic in a group."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Traces:
    """What is left behind: each thing once, in its final state."""

    links: dict[MessageRef, MessageRef] = field(default_factory=dict)
    """The newest copy of a message is its mirror."""
    backward: dict[MessageRef, MessageRef] = field(default_factory=dict)
    """Of several messages behind one copy, the first; one that is known already stays."""
    places: dict[str, Row] = field(default_factory=dict)
    """By name: chat, message, topic, and what stays under the words."""
    opened: dict[Topic, tuple[ThreadId, str]] = field(default_factory=dict)
    turned: dict[Topic, bool] = field(default_factory=dict)
    """Whether it is open."""
    renamed: dict[Topic, str] = field(default_factory=dict)

    def follow(self, letter: Trace, receipt: Receipt) -> None:
        """Add what this letter leaves behind, after earlier ones."""
        if receipt.chat is not None:
            letter = replace(letter, chat=receipt.chat)
        copies = receipt.messages or ((receipt.message,) if receipt.message is not None else ())
        originals = letter.sources or ((letter.source,) if letter.source is not None else ())
        for original, copy in zip(originals, copies, strict=False):
            self._link(original, MessageRef(letter.chat, copy))
        if letter.part_of is not None:
            # the first part stands for the whole; from each part the way back is known
            for copy in copies:
                self.backward.setdefault(MessageRef(letter.chat, copy), letter.part_of)
        if letter.place is not None and copies:
            before = self.places.get(letter.place)
            stays = before[3] if before is not None and before[0] == letter.chat else ""
            self.places[letter.place] = (letter.chat, copies[0], letter.topic, letter.below or stays)
        self._topic(letter, receipt.thread)

    def _link(self, original: MessageRef, copy: MessageRef) -> None:
        self.links[original] = copy
        self.backward.setdefault(copy, original)

    def _topic(self, letter: Trace, thread: ThreadId | None) -> None:
        topic = (letter.topic or letter.case_no, letter.chat)
        if letter.kind is LetterKind.OPEN_TOPIC and thread is not None:
            self.opened[topic] = (thread, letter.html)
        elif letter.kind in (LetterKind.CLOSE_TOPIC, LetterKind.REOPEN_TOPIC):
            self.turned[topic] = letter.kind is LetterKind.REOPEN_TOPIC
        elif letter.kind is LetterKind.RENAME_TOPIC:
            self.renamed[topic] = letter.html


def followed(written: Iterable[Row], receipts: dict[LetterId, Receipt]) -> Traces:
    """What the letters of these rows (number, body) leave behind; one that is damaged leaves nothing."""
    traces = Traces()
    for number, body in sorted(tuple(row) for row in written):
        try:
            traces.follow(trace_from(number, body), receipts[number])
        except RecordUnreadable as error:
            _log.error("letter_unreadable", letter=number, why=error.detail)
    return traces


def leaves_nothing(letter: Letter) -> bool:
    """Whether a letter is mere words, of which its own row says all."""
    aims = (letter.source, letter.part_of, letter.place, letter.key)
    return letter.kind is LetterKind.TEXT and not letter.sources and aims == _NOWHERE


def first_message(receipt: Receipt) -> MessageId | None:
    """The id of the message that stands for the letter."""
    return receipt.messages[0] if receipt.messages else receipt.message


def parts_of(body: str) -> int:
    """How many messages the letter became: those of an album, else 1."""
    try:
        return max(1, len(trace_from(0, body).sources))
    except RecordUnreadable:
        return 1

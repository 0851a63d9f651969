"""Measures of a transcript: who answered when, sessions, repetitions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple, Self

from bot.complaint.records import Entry

CUSTOMER: Final = "customer"
OURS: Final = ("bot", "agent")
SESSION_GAP: Final = timedelta(hours=4)
"""After a longer silence it is another session."""
ANSWER_WITHIN: Final = timedelta(hours=24)
"""A complainant's turn without an answer for this time counts as unanswered."""
TELLING: Final = 6
"""Signs that a line has at least before saying it twice means something: a "yes" is said often."""


class ArrivedEntry(NamedTuple):
    """A timeline line, and when it arrived; None if it never did."""

    entry: Entry
    arrived: datetime | None


class Spoken(NamedTuple):
    """Words that were said and arrived."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The delivered messages of one case in order, without notes and edits."""

    said: tuple[Spoken, ...]
    first_word: datetime | None
    turns: int = 0
    unanswered: int = 0
    questions: int = 0
    asked_again: int = 0

    @classmethod
    def of(cls, lines: Iterable[ArrivedEntry], now: datetime) -> Self:
        """The talk in a timeline; a turn that may still be answered in time is not unanswered."""
        said = tuple(sorted(_spoken(lines), key=lambda one: one.at))
        turns = list(_turns(said, now.astimezone(UTC)))
        asked = [one.text for one in said if one.who == "bot" and one.text.rstrip().endswith(("?", "？"))]
        return cls(
            said=said,
            first_word=next((one.at for one in said if one.who == CUSTOMER), None),
            turns=len(turns),
            unanswered=sum(wait > ANSWER_WITHIN for wait in turns),
            questions=len(asked),
            asked_again=len(asked) - len(set(asked)),
        )

    def after(self, who: str, since: datetime | None) -> datetime | None:
        """When this side first spoke at or after that moment."""
        if since is None:
            return None
        return next((one.at for one in self.said if one.who == who and one.at >= since), None)

    def reply(self, who: str) -> timedelta | None:
        """From the complainant's first word to the first answer of this side."""
        answer = self.after(who, self.first_word)
        return answer - self.first_word if answer and self.first_word else None

    def sessions(self, until: datetime | None) -> int:
        """How many talks it took up to that moment (all of it, if None)."""
        moments = [one.at for one in self.said if until is None or one.at <= until]
        gaps = (later - earlier for earlier, later in pairwise(moments))
        return 1 + sum(gap > SESSION_GAP for gap in gaps)

    def said_again(self, since: datetime) -> bool:
        """Whether the complainant repeated, after that moment, a line from before it."""
        theirs = [(one.at, _plain(one.text)) for one in self.said if one.who == CUSTOMER]
        before = {text for at, text in theirs if at < since and len(text) >= TELLING}
        return any(at >= since and text in before for at, text in theirs)

    def people_say(self, words: Sequence[str]) -> bool:
        """Whether any line of a colleague's holds one of these words."""
        return any(word in one.text.casefold() for one in self.said if one.who == "agent" for word in words)


def _spoken(lines: Iterable[ArrivedEntry]) -> Iterator[Spoken]:
    for entry, arrived in lines:
        if entry.note or entry.edit or entry.who not in (CUSTOMER, *OURS):
            continue
        at = entry.at if entry.who == CUSTOMER else arrived
        if at is not None:
            yield Spoken(at.astimezone(UTC), entry.who, entry.text)


def _turns(said: Sequence[Spoken], now: datetime) -> Iterator[timedelta]:
    """For each turn of the complainant's how long it waited for words of ours, or waits by now."""
    began: datetime | None = None
    for one in said:
        if one.who == CUSTOMER:
            began = began or one.at
        elif began is not None:
            yield one.at - began
            began = None
    if began is not None:
        yield now - began


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())

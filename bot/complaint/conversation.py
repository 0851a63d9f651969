"""The state of the talk with one complainant. It is stored in the same transaction as the case."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from bot.complaint.case import Person
from bot.complaint.deskwork import HeldWords
from bot.complaint.doors import OWN_CHAT, Visit
from bot.complaint.ids import CaseNo, ChatId, MessageId
from bot.complaint.links import Link
from bot.complaint.reading import Language
from bot.complaint.squares import Square


class Step(StrEnum):
    """The steps of a talk; `bot.dialogue.steps` says how one leads to another."""

    OPENING = "opening"
    LISTENING = "listening"
    CALMING = "calming"
    SAFETY = "safety"
    CLARIFYING = "clarifying"
    WISH = "wish"
    PROPOSING = "proposing"
    AGREEMENT = "agreement"
    CALL_BACK = "call_back"
    WITHDRAWING = "withdrawing"
    PRESS = "press"
    WITH_PEOPLE = "with_people"
    RESOLVING = "resolving"
    RETURNING = "returning"
    OFFERED = "offered"
    FULFILLING = "fulfilling"
    FULFILMENT_CHECK = "fulfilment_check"
    SURVEY = "survey"
    SUGGESTION = "suggestion"
    CLOSED = "closed"


class Heard(Struct, frozen=True, kw_only=True):
    """A message that has not been answered yet."""

    message: MessageId
    at: datetime
    text: str
    kind: str = "text"


class Conversation(Struct, frozen=True, kw_only=True):
    """The talk in one private chat. `asked` is the question that waits for its answer."""

    chat: ChatId
    case_no: CaseNo | None = None
    step: Step = Step.OPENING
    language: Language = Language.ZH
    language_chosen: bool = False
    asked: str | None = None
    asked_count: tuple[tuple[str, int], ...] = ()
    """How often each question was put: never more than twice (S91)."""
    heard: tuple[Heard, ...] = ()
    """The burst so far: answered once, when it is quiet (S11)."""
    misses: int = 0
    """Messages in a row on this matter that were not understood: at two a person takes over (R25)."""
    rounds: int = 0
    """Counter-offers: at two a person takes over (S94)."""
    said: tuple[str, ...] = ()
    """Replies that are given only once in a case (thanks, apology, boundary, fixed lines)."""
    turn: int = 0
    """The turn in which this talk showed buttons last. A button carries the turn it was made in: an older one
    is late."""
    turns: int = 0
    """The highest number that a turn of this chat has, whatever it was about: no number is given twice."""
    mending: str = ""
    """The fact that the complainant puts right just now, by a button: `product`, `order_no` or `bought`."""
    link: Link | None = None
    """The content of a start link, until they say which case it belongs to."""
    simple: bool = False
    """They want plain language."""
    blocked: bool = False
    no_surveys: bool = False
    """They do not want to be asked how it was: they never are again, in no case."""
    contact: bool = False
    """We may write when something came of it, later and of our own accord (S40)."""
    contact_at: datetime | None = None
    """When they last said so or took it back; None: they were never asked."""
    spoken_of: CaseNo | None = None
    """The case that the last message to the complainant was about: words about another name it first."""
    parked: tuple["Conversation", ...] = ()
    """The talks about other open cases of the same complainant, as they were left; none of them parks any."""
    drafts: tuple[HeldWords, ...] = ()
    """Held drafts of agents."""
    parting: tuple[str, str] = ("", "")
    """An offer that still waits, and the words that an agent wrote to go with the end over it."""
    door: int = OWN_CHAT
    """The door they used last, through which they are answered."""
    visits: tuple[Visit, ...] = ()
    """When they came through each door last; none is noted of who only ever used the bot's own chat."""
    choices: tuple[tuple[str, str], ...] = ()
    """The buttons of the newest message: label and press data."""
    hushed_at: datetime | None = None
    """When somebody at the account's own phone wrote to them last."""
    hushed_by: Person | None = None
    """Who that was."""
    square: Square | None = None
    """For a public group: what is kept of it."""
    version: int = 0

    def evolve(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields carry the types
        """A copy with some fields changed."""
        return replace(self, **changes)

    @property
    def in_own_chat(self) -> bool:
        """Whether they have opened the bot's own chat."""
        return not self.visits or any(one.door == OWN_CHAT for one in self.visits)

    def heard_at(self, door: int) -> datetime | None:
        """When they last wrote through this door."""
        return next((one.at for one in self.visits if one.door == door), None)

    def next_turn(self) -> Self:
        """The talk with its next turn number, which is new in the whole chat."""
        number = self.next_number
        return self.evolve(turn=number, turns=number)

    @property
    def next_number(self) -> int:
        """The number of the turn after this one, new in the whole chat."""
        return max(self.turns, self.turn) + 1

    def as_new(self, *names: str) -> Self:
        """The talk with its once-only replies allowed again, since somebody else goes on with it."""
        return self.evolve(said=tuple(one for one in self.said if one not in names))

    def times_asked(self, question: str) -> int:
        """How often this question was put."""
        return dict(self.asked_count).get(question, 0)

    def asking(self, question: str | None) -> Self:
        """The talk with this question open."""
        if question is None:
            return self.evolve(asked=None)
        counts = dict(self.asked_count)
        counts[question] = counts.get(question, 0) + 1
        return self.evolve(asked=question, asked_count=tuple(counts.items()))


@lru_cache(maxsize=1024)
def unbegun(chat: ChatId) -> Conversation:
    """The talk of somebody unknown."""
    return Conversation(chat=chat)

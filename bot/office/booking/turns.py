"""What is known of the turn being booked, and what comes of it."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from bot.complaint.actions import HandOver, Lane, Turn
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import FileWanted, Task, TaskKind
from bot.complaint.doors import OWN_CHAT
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, LetterId
from bot.complaint.letters import Enclosed, Key, Letter, LetterKind
from bot.complaint.reading import Language
from bot.complaint.records import Entry, Timer
from bot.dialogue.questions import matter
from bot.dialogue.readback import in_their_words

Keys = tuple[tuple[Key, ...], ...]


class Booked(Struct, kw_only=True):
    """The rows of one event, to be added to the round."""

    letters: list[Letter] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    timers: dict[tuple[CaseNo, str], Timer | None] = field(default_factory=dict)
    """Set, or (None) cancelled: of several in a round the last counts."""
    typing: list[ChatId] = field(default_factory=list)
    files: list[FileWanted] = field(default_factory=list)
    """Files of this case that are to be fetched and kept."""
    by_mouth: list[tuple[str, Keys]] = field(default_factory=list)
    """Words for somebody who has no chat, with their buttons: people say them."""
    card_mark: str | None = None
    """Fingerprint of the card that goes out with this turn."""


def worded(case: Case, booked: Booked) -> Case:
    """The case with the rendered words of this turn's promises and cards."""
    if booked.card_mark is not None:
        case = case.evolve(card_mark=booked.card_mark)
    said = [entry.text for entry in booked.entries if entry.who == "bot"]
    words = "\n".join((*said, *(one for one, _ in booked.by_mouth)))
    if booked.by_mouth:
        case = case.evolve(tasks=tuple(_with_words(one, words) for one in case.tasks))
    if not words or (all(one.text for one in case.promises) and all(one.words for one in case.offers)):
        return case
    promises = tuple(one if one.text else replace(one, text=words) for one in case.promises)
    offers = tuple(
        replace(one, words=words) if one.state == "chosen" and not one.words else one for one in case.offers
    )
    return case.evolve(promises=promises, offers=offers)


def _with_words(task: Task, words: str) -> Task:
    return replace(task, what=words) if task.kind is TaskKind.TELL and not task.what else task


class Occasion(Struct, frozen=True, kw_only=True):
    """The turn that is being booked: with the case before it, and the moment."""

    turn: Turn
    before: Case | None
    at: datetime
    where: ChatId | None = None
    """At the desk: the group in which it was asked for; None is the common desk."""
    by: Colleague | None = None
    """At the desk: who acts, and reads the answer to a press in their language."""

    @property
    def case(self) -> Case:
        """The case after the turn."""
        if self.turn.case is None:
            raise LookupError("this turn has no case")
        return self.turn.case

    @property
    def merges(self) -> bool:
        """Whether another case becomes a part of this one in this turn."""
        return self.before is not None and len(self.case.merged) > len(self.before.merged)

    def named(self, no: CaseNo | None) -> Case:
        """The case of this number among those that the turn changed; its own, if none is named."""
        if not self.turn.others:
            return self.case
        return next((one for one in self.turn.others if one.no == no), None) or self.case

    @property
    def chat(self) -> ChatId:
        """The complainant's chat; 0 if no case is concerned."""
        if self.turn.conversation is not None:
            return self.turn.conversation.chat
        return self.turn.case.chat if self.turn.case is not None else ChatId(0)

    @property
    def language(self) -> Language:
        """The language that the complainant is answered in."""
        if self.turn.conversation is not None:
            return self.turn.conversation.language
        return self.turn.case.language if self.turn.case is not None else Language.ZH

    @property
    def reaches_desk(self) -> bool:
        """Whether this turn brings the case to the desk, or to another of its groups, for the first time."""
        before = self.before
        if not self.case.at_desk:
            return False
        return before is None or not before.at_desk or before.desk != self.case.desk

    @property
    def renamed(self) -> bool:
        """Whether the case's topic is to be given another name; one that opens now has it."""
        case, before = self.turn.case, self.before
        if case is None or before is None or case.no != before.no or self.reaches_desk:
            return False
        return case.renames > before.renames

    def fields(self) -> dict[str, object]:
        """The fields that every reply may use."""
        case = self.turn.case
        return {
            "no": case.no if case else None,
            "now": self.at,
            "product": case.facts.product if case else None,
            "issue": list(case.facts.issue) if case else [],
            "said": in_their_words(case) if case else "",
            "category": matter(case) if case else "none",
            "first": False,
        }


def enclosed(action: HandOver, words: str) -> Iterator[tuple[str, Enclosed]]:
    """The papers as files of letters; the words stand under the first."""
    for one in action.papers:
        content = b64encode(one.data).decode()
        yield words, Enclosed(name=one.name, mime=one.mime, content=content, coded=True)
        words = ""


class Forms:
    """Makes letters and timeline lines. `numbers` gives fresh letter numbers."""

    def __init__(self, numbers: Callable[[int], Sequence[LetterId]]) -> None:
        self._numbers = numbers

    def letter(self, on: Occasion, kind: LetterKind, chat: ChatId, lane: Lane, **fields: Any) -> Letter:  # noqa: ANN401 - Letter's own fields
        """A letter to a chat; one to the complainant goes through the door by which they came."""
        door = _door(on, chat)
        if door != OWN_CHAT:
            fields.setdefault("door", door)
        return Letter(
            id=self._numbers(1)[0],
            kind=kind,
            chat=chat,
            lane=lane,
            written_at=on.at,
            case_no=on.turn.case.no if on.turn.case else None,
            **fields,
        )

    def entry(self, on: Occasion, who: str, text: str, **fields: Any) -> Entry:  # noqa: ANN401 - Entry's own fields
        """A line of the case's timeline."""
        return Entry(case_no=on.case.no, at=on.at, who=who, chat=on.case.chat, text=text, **fields)


def _door(on: Occasion, chat: ChatId) -> int:
    """The door by which the complainant is answered: the last one used, else that of the case."""
    talk, case = on.turn.conversation, on.turn.case
    if talk is not None:
        return talk.door if chat == talk.chat else OWN_CHAT
    return case.door if case is not None and chat == case.chat else OWN_CHAT

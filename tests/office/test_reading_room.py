from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.complaint.case import Person
from bot.complaint.conversation import Conversation
from bot.complaint.events import CustomerWrote
from bot.complaint.ids import ChatId, MessageId, UserId
from bot.complaint.reading import Language, Reading
from bot.office.lookup.reading_room import ReadingRoom
from bot.office.lookup.worksheet import Worksheet
from bot.reading.reader import Question, Reader
from bot.store.port import State
from tests.furniture import the_reader

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Listener:
    """Reads by the built-in reader, notes what it is asked, and cannot read one word."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Language | None, str | None]] = []

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """The reading, as the built-in reader has it."""
        self.asked.append((text, lang_hint, asked))
        if text == "毒":
            raise RuntimeError("cannot be read")
        return the_reader().read(text, lang_hint=lang_hint, asked=asked)

    def read_ahead(self, questions: Iterable[Question]) -> None:
        """One after the other."""
        for text, language, asked in questions:
            self.read(text, lang_hint=language, asked=asked)


@contextmanager
def all_logs() -> Iterator[list[EventDict]]:
    """What is logged, however quiet the suite is otherwise."""
    quiet = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        with capture_logs() as logs:
            yield logs
    finally:
        structlog.configure(wrapper_class=quiet)


def wrote(chat: int, text: str) -> CustomerWrote:
    sender = Person(id=UserId(chat), name="Li", language_code="zh")
    return CustomerWrote(at=AT, chat=ChatId(chat), sender=sender, message=MessageId(1), text=text)


def sheet_with(*talks: Conversation) -> Worksheet:
    state = State(conversations={}, cases={}, threads={}, unreadable_conversations={}, unreadable_cases={})
    desk = ChatId(-1)
    known = {one.chat: one for one in talks}
    return Worksheet(state=state, desk=desk, desks=frozenset({desk}), talks=known, cases={}, mirrors={})


def test_what_is_read_ahead_is_what_is_asked_for_later() -> None:
    """The words of a chat's first message are read ahead just as its turn will ask for them."""
    listener = Listener()
    room = ReadingRoom(listener, (Language.ZH, Language.EN))
    talk = Conversation(chat=ChatId(5), asked="order_no", language=Language.EN, version=3)
    event = wrote(5, "8841")
    room.ahead([event, wrote(5, "还有")], sheet_with(talk))
    room.read(event, talk)
    assert listener.asked == [("8841", Language.EN, "order_no")] * 2


def test_words_that_cannot_be_read_hold_up_nobody() -> None:
    """One message that breaks the reader leaves those beside it to be read at their own turn, and is found at its."""
    listener = Listener()
    room = ReadingRoom(listener, (Language.ZH,))
    with all_logs() as told:
        room.ahead([wrote(1, "毒"), wrote(2, "坏了")], sheet_with())
    assert [(one["event"], one["messages"], one["error"]) for one in told] == [
        ("not_read_ahead", 2, "RuntimeError")
    ]
    assert "毒" not in str(told)
    assert room.read(wrote(2, "坏了"), Conversation(chat=ChatId(2))) is not None
    with pytest.raises(RuntimeError):
        room.read(wrote(1, "毒"), Conversation(chat=ChatId(1)))


def test_what_is_read_together_reads_the_same_alone() -> None:
    """Messages read step by step beside each other are read as each would be by itself, and are then at hand."""
    texts = [
        "上周买的电热壶不通电",
        "吃了住院了，赔我一万",
        "8841",
        "",
        "I want my money back!!!",
        "电热壶漏电，麻手",
    ]
    questions = [(text, Language.ZH, "order_no" if text == "8841" else None) for text in texts]
    together, alone = Reader(), Reader()
    together.read_ahead([*questions, questions[0]])
    read = [together.read(text, lang_hint=hint, asked=asked) for text, hint, asked in questions]
    assert read == [alone.read(text, lang_hint=hint, asked=asked) for text, hint, asked in questions]
    assert together.read(texts[0], lang_hint=Language.ZH) is read[0]


class Starved(Listener):
    """Has no memory left to read with."""

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """Nothing."""
        super().read(text, lang_hint=lang_hint, asked=asked)
        raise MemoryError


def test_what_the_machine_lacks_is_not_passed_over() -> None:
    """A reader without memory or files is no matter of one message: the round stops, and is tried again."""
    with pytest.raises(MemoryError):
        ReadingRoom(Starved(), (Language.ZH,)).ahead([wrote(1, "坏了")], sheet_with())

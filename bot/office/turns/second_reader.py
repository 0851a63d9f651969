"""The second reader: asks a model about unclear messages while they wait in the inbox.

The built-in reader reads every message. Where it is not sure, a model is asked too, while the message waits in the
inbox; only its own chat waits with it, and no longer than the model's time limit. Then the message is worked, with
the answer or without. Answers are kept in memory: after a crash the row is still in the inbox, and is asked about
again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.complaint.events import Commanded, CustomerEdited, CustomerWrote, Event, Pressed
from bot.complaint.reading import Language, Reading
from bot.model import Breaker, Budget, Endpoint, ModelSilent, Session
from bot.model.endpoint import AT_ONCE
from bot.office.lookup.reading_room import Reads
from bot.reading.reader import Question
from bot.reading.second import Answer, answer_from, is_urgent, merged, question_for, worth_asking

KEPT: Final = 2000
"""Answers kept in memory, for reading the whole burst later."""
MOST_LINES: Final = 40
"""Lines of a burst in which messages are looked for that were asked about."""

_log = structlog.get_logger(__name__)


class SecondReader:
    """Reads like the built-in reader, with a model's answers merged in.

    Args:
        first: the built-in reader.
        line: the line to the model.
        budget: calls a day.
        now: tells the time.
    """

    def __init__(self, first: Reads, line: Session, budget: Budget, now: Callable[[], datetime]) -> None:
        self._first = first
        self._line = line
        self._budget = budget
        self._breaker = Breaker()
        self._now = now
        self._answers: OrderedDict[str, Answer | None] = OrderedDict()
        self._asked: dict[str, asyncio.Task[None]] = {}

    def read(self, text: str, *, lang_hint: Language | None = None, asked: str | None = None) -> Reading:
        """The reading of a message or burst, with the answers about its parts."""
        reading = self._first.read(text, lang_hint=lang_hint, asked=asked)
        for answer in self._answers_to(text):
            reading = merged(reading, answer, text)
        return reading

    def read_ahead(self, questions: Iterable[Question]) -> None:
        """Have the built-in reader's part at hand."""
        self._first.read_ahead(questions)

    def waits(self, events: Iterable[Event], then: Callable[[], None]) -> bool:
        """Whether a chat's events wait for the model; asks it if that is worth it.

        Whoever presses a button, gives a command or is in danger waits for nothing, and neither does what came
        before in their chat. `then` is called when an answer is there, or will not come.
        """
        events = list(events)
        if any(isinstance(one, Pressed | Commanded) for one in events):
            return False
        texts = [one.text for one in events if isinstance(one, CustomerWrote | CustomerEdited) and one.text]
        asked = [text for text in texts if self._is_asked(text, then)]
        if not asked:
            return False
        return not any(is_urgent(self._first.read(text)) for text in texts if text not in self._asked)

    async def close(self) -> None:
        """Ask nothing more; what is under way is dropped, its messages stay in the inbox."""
        asked = list(self._asked.values())
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    def _is_asked(self, text: str, then: Callable[[], None]) -> bool:
        """Whether an answer about this message is pending; asks if it is worth it.

        Nobody stands in line for the model: where it has its hands full, the built-in reader is enough.
        """
        if text in self._asked:
            return True
        if text in self._answers or len(self._asked) >= AT_ONCE:
            return False
        built_in, now = self._first.read(text), self._now()
        if not worth_asking(text, built_in) or not self._budget.left(now) or not self._breaker.lets(now):
            return False
        self._budget.take(now)
        if not self._budget.left(now):
            _log.warning("model_budget_spent", calls=self._budget.daily)
        task = asyncio.create_task(self._ask(text, built_in), name="second reading")
        task.add_done_callback(lambda _: then())
        self._asked[text] = task
        return True

    async def _ask(self, text: str, built_in: Reading) -> None:
        answer: Answer | None = None
        try:
            answer = await self._answer(text, built_in)
        except ModelSilent as silent:
            self._note_failure(silent)
        else:
            if self._breaker.worked():
                _log.info("model_works_again")
        finally:
            del self._asked[text]
            self._answers[text] = answer
            if len(self._answers) > KEPT:
                self._answers.popitem(last=False)

    async def _answer(self, text: str, built_in: Reading) -> Answer:
        question = question_for(text, built_in)
        content = await self._line.ask(question.system, question.words, question.schema)
        answer = answer_from(content, question.hidden)
        if answer is None:
            raise ModelSilent("no_json")
        return answer

    def _note_failure(self, silent: ModelSilent) -> None:
        rest = self._breaker.failed(self._now(), silent.rest)
        _log.info("model_silent", reason=silent.reason, failures=self._breaker.failures)
        if rest is not None:
            _log.warning("model_rests", reason=silent.reason, seconds=rest.total_seconds())

    def _answers_to(self, text: str) -> Iterator[Answer]:
        """The answer to a text; or, for a burst, to each of its messages, which its lines are made of."""
        if not self._answers:
            return
        lines = [] if text in self._answers else text.split("\n")[:MOST_LINES]
        whole = self._answers.get(text)
        if whole is not None:
            yield whole
        start = 0
        while start < len(lines):
            ends = range(len(lines), start, -1)
            end = next((end for end in ends if "\n".join(lines[start:end]) in self._answers), start)
            answer = self._answers.get("\n".join(lines[start:end])) if end > start else None
            if answer is not None:
                yield answer
            start = max(end, start + 1)


@asynccontextmanager
async def open_second_reader(
    first: Reads, endpoint: Endpoint, daily: int, zone: ZoneInfo, now: Callable[[], datetime]
) -> AsyncIterator[SecondReader]:
    """A second reader beside the first, with its line to the model, which is closed in the end."""
    async with Session(endpoint) as line:
        reader = SecondReader(first, line, Budget(daily, zone), now)
        try:
            yield reader
        finally:
            await reader.close()
